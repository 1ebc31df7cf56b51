"""A person talks to the page in a real browser: asks, steers, stops, answers, teaches, undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from clarify import ask as asking
from tests.serving import SHORT, Served, ask, chromium, finished, ready, writing

pytestmark = [
    pytest.mark.browser,
    # gradio 6.31 sets an option that pandas 3.1 calls old, as it counts its own events
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
]
HARMLESS = ("Connection errored out", "signal is aborted")  # a reload ends the view of the old page
CRITIQUE = "too long, always use one short sentence"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    one = Served(tmp_path_factory.mktemp("page"))
    yield one
    one.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.set_default_timeout(15_000)
    complaints: list[str] = []
    one = context.new_page()
    one.on("console", lambda said: _complain(said.text, complaints, said.type == "error"))
    one.on("pageerror", lambda error: _complain(str(error), complaints))
    yield ready(one, served.address)
    context.close()
    served.session.wait(20)
    assert complaints == []


def _complain(said: str, complaints: list[str], bad: bool = True) -> None:
    if bad and not any(one in said for one in HARMLESS):
        complaints.append(said)


def test_the_whole_loop_by_clicks(tmp_path: Path, browser: Browser) -> None:
    served = Served(tmp_path, pause=0.01)
    page = ready(browser.new_page(), served.address)
    page.set_default_timeout(20_000)

    page.click(".example >> nth=0")
    finished(page)
    page.click("text=What is wrong?")
    page.keyboard.type(CRITIQUE)
    page.keyboard.press("Enter")
    expect(page.locator(".wish").first).to_contain_text("Heard")
    finished(page, 2)
    expect(page.locator(".row.draft").last).to_contain_text(SHORT)
    expect(page.locator(".changes")).to_contain_text("words out")
    page.click('text="Accept"')
    expect(page.locator(".lesson").first).to_contain_text("Learned from this")
    page.click("text=Yes, from now on")
    expect(page.locator(".teach")).to_contain_text("1 new lesson, about 3 minutes")
    page.click('.teach >> text="Teach it"')
    expect(page.locator(".row.notice").last).to_contain_text("Version 1")
    ask(page, "And why is grass green?")
    finished(page, 3)
    expect(page.locator(".row.draft").last).to_contain_text("Version 1 is brief.")
    page.locator(".row.notice").get_by_text("Undo").click()
    expect(page.locator(".row.notice").last).to_contain_text("The untaught model is live")

    page.context.close()
    served.close()


def test_the_page_comes_back_after_a_restart_with_draft_and_rows(
    tmp_path: Path, browser: Browser
) -> None:
    first = Served(tmp_path, pause=0.0)
    page = ready(browser.new_page(), first.address)
    ask(page)
    finished(page)
    page.fill("#words", "half a thought")

    first.close()
    expect(page.locator(".h-toast")).to_contain_text("heed is not running", timeout=15_000)
    again = Served(tmp_path, pause=0.0, port=first.port)

    expect(page.locator(".h-toast")).to_have_count(0, timeout=15_000)
    expect(page.locator(".row")).to_have_count(2, timeout=15_000)
    expect(page.locator("#words")).to_have_value("half a thought")
    page.context.close()
    again.close()


def test_what_is_typed_while_it_writes_is_kept(page: Page) -> None:
    ask(page)
    writing(page)

    page.type("#words", "a second thought that takes a while to type", delay=15)
    finished(page)

    expect(page.locator("#words")).to_have_value("a second thought that takes a while to type")
    expect(page.locator(".composer .about")).to_be_visible()  # still about the reply it began with


def test_enter_while_it_writes_steers(page: Page) -> None:
    ask(page)
    writing(page)

    page.type("#words", "too long")
    page.keyboard.press("Enter")
    finished(page, 2)

    rows = page.locator(".row")
    expect(rows.nth(1)).to_contain_text("You stopped it here. The text is kept.")
    expect(rows.nth(2)).to_contain_text("too long")
    expect(rows.nth(3)).to_contain_text("Revised")
    expect(page.locator("#words")).to_have_value("")


def test_a_critique_during_the_last_words_is_answered(page: Page) -> None:
    ask(page)
    page.wait_for_function(
        "() => document.querySelector('.row.draft .body')?.textContent.includes('a very long')"
    )

    page.fill("#words", "too long")
    page.keyboard.press("Enter")
    finished(page, 2)

    expect(page.locator(".row.critique")).to_have_count(1)
    expect(page.locator(".row.draft").last).to_contain_text("Revised")


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_stop_keeps_the_text_and_asks_what_was_wrong(page: Page, way: str) -> None:
    ask(page)
    writing(page)
    before = page.locator(".row.draft .body").inner_text()

    if way == "button":
        page.click("text=Stop")
    else:
        page.press("#words", "Escape")
    finished(page)

    assert page.locator(".row.draft .body").inner_text().startswith(before)
    expect(page.locator(".row.draft")).to_contain_text("You stopped it here")
    expect(page.locator("#words")).to_be_focused()
    expect(page.locator("#words")).to_have_attribute(
        "placeholder", "What was wrong with it? Say it in your own words"
    )


def test_a_reload_goes_on_with_the_same_reply_and_draft(page: Page) -> None:
    ask(page)
    writing(page)
    page.type("#words", "half a thou")
    shown = page.locator(".row.draft .body").inner_text()[:30]

    page.reload()
    page.wait_for_selector('.chat-page[data-ready="true"]')
    finished(page)

    assert page.locator(".row.draft .body").inner_text().startswith(shown)
    expect(page.locator(".row.draft .state")).to_have_count(0)
    expect(page.locator("#words")).to_have_value("half a thou")


def test_a_second_tab_shows_the_same_chat(page: Page) -> None:
    ask(page)
    writing(page)

    other = ready(page.context.new_page(), page.url)
    writing(other)
    finished(other)
    finished(page)

    assert (
        other.locator(".row.draft .body").inner_text()
        == page.locator(".row.draft .body").inner_text()
    )
    assert other.locator(".row").count() == 2


def test_a_new_chat_is_empty_and_the_old_one_comes_back(page: Page) -> None:
    ask(page, "A question to come back to")
    finished(page)

    page.click("text=New chat >> nth=0")
    expect(page.locator(".row")).to_have_count(0)
    expect(page.locator(".empty h2")).to_be_visible()
    page.click(".chats >> text=A question to come back to")
    expect(page.locator(".row.draft")).to_have_count(1)
    page.go_back()
    expect(page.locator(".row")).to_have_count(0)
    page.fill("[type=search]", "come back")
    expect(page.locator(".chats li")).to_have_count(1)


def test_a_chat_is_renamed_and_deleted(page: Page) -> None:
    ask(page, "Rename me")
    finished(page)
    item = page.locator(".chats li.here")

    item.hover()
    item.get_by_role("button", name="Rename").first.click()
    page.keyboard.type("Another name")
    page.keyboard.press("Enter")
    expect(page.locator(".bar .title")).to_have_text("Another name")
    item.hover()
    item.get_by_role("button", name="Delete").last.click()
    item.get_by_role("button", name="Delete", exact=True).click()

    expect(page.locator(".chats >> text=Another name")).to_have_count(0)
    expect(page.locator(".row")).to_have_count(0)


def test_a_temporary_chat_shows_its_lock_and_learns_nothing(page: Page, served: Served) -> None:
    page.click("text=Temporary chat >> nth=0")
    expect(page.locator(".bar .lock")).to_be_visible()

    ask(page, "A secret request")
    finished(page)

    expect(page.locator(".bar .lock")).to_be_visible()
    assert served.session.store.rows("SELECT 1 FROM turn WHERE text = 'A secret request'") == []


def test_regenerate_keeps_the_old_reply_behind_a_pager(page: Page) -> None:
    ask(page)
    finished(page)

    page.get_by_label("Try again").click()
    expect(page.locator(".row.draft .pager")).to_contain_text("2/2")
    finished(page)
    page.get_by_label("Earlier version").click()

    expect(page.locator(".row.draft .pager")).to_contain_text("1/2")


@pytest.fixture
def asks(monkeypatch: pytest.MonkeyPatch) -> None:
    question = asking.Decision(
        action="ask",
        question="Who is it for?",
        reason="The drafts differ in tone.",
        trait="register",
        options=("a friend", "a boss"),
        assumption="a friend",
        instruction={"a friend": "Write casually.", "a boss": "Write formally."},
    )
    monkeypatch.setattr(asking, "decide", lambda *given: question)


@pytest.mark.usefixtures("asks")
def test_a_number_key_answers_a_question_once(page: Page) -> None:
    ask(page, "Write a note")
    page.wait_for_selector(".ask .options")

    page.keyboard.press("2")
    finished(page)

    expect(page.locator(".ask")).to_contain_text("You answered: a boss")
    expect(page.locator(".row.draft")).to_have_count(1)


@pytest.mark.usefixtures("asks")
def test_a_digit_in_the_composer_is_a_digit(page: Page) -> None:
    ask(page, "Write a note")
    page.wait_for_selector(".ask .options")

    page.click("#words")
    page.keyboard.type("2 things")

    expect(page.locator("#words")).to_have_value("2 things")
    expect(page.locator(".ask .options")).to_be_visible()


@pytest.mark.usefixtures("asks")
def test_an_open_question_survives_a_reload_and_takes_words(page: Page) -> None:
    ask(page, "Write a note")
    page.wait_for_selector(".ask .options")

    page.reload()
    page.fill(".ask .other input", "my grandmother")
    page.keyboard.press("Enter")
    finished(page)

    expect(page.locator(".ask")).to_contain_text("You answered: my grandmother")


def test_marked_words_get_a_comment_also_while_it_writes(page: Page) -> None:
    ask(page)
    writing(page, 120)
    quote = "air scatters short waves"

    page.evaluate(SELECT, quote)
    page.wait_for_selector(".opener:not([hidden])")
    assert page.evaluate("getSelection().toString()") == quote  # alive while words are added
    page.click(".opener")
    page.keyboard.type("say it in simpler words")
    page.keyboard.press("Enter")
    finished(page, 2)

    expect(page.locator(".row.critique")).to_contain_text(quote)
    expect(page.locator(".row.critique")).to_contain_text("say it in simpler words")


def test_a_refusal_gives_the_words_back(page: Page) -> None:
    page.fill("#words", "x" * 30_000)
    page.press("#words", "Enter")

    page.click("text=Put my words back")

    assert len(page.input_value("#words")) == 30_000
    expect(page.locator(".row")).to_have_count(0)


def test_a_chip_can_be_edited_and_refused(page: Page) -> None:
    ask(page)
    finished(page)
    page.fill("#words", "too long")
    page.keyboard.press("Control+Enter")
    finished(page, 2)

    page.locator(".wish >> text=Edit").click()
    page.keyboard.type("use at most 12 words")
    page.keyboard.press("Enter")
    expect(page.locator(".wish b")).to_have_text("use at most 12 words")
    page.locator(".wish >> text=Not feedback").click()

    expect(page.locator(".wish")).to_contain_text("Ignored")


def test_keep_old_puts_the_repair_aside(page: Page) -> None:
    ask(page)
    finished(page)
    page.fill("#words", "too long")
    page.keyboard.press("Control+Enter")
    finished(page, 2)

    page.click("text=Keep old")

    expect(page.locator(".row.draft")).to_have_count(1)
    expect(page.locator(".row.draft")).to_contain_text("Red light is long")


SELECT = """quote => {
  const text = document.querySelector('.row.draft .body').firstChild;
  const at = text.data.indexOf(quote), range = document.createRange();
  range.setStart(text, at);
  range.setEnd(text, at + quote.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
