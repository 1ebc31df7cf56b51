"""A person talks to the page in a real browser: asks, steers, stops, reloads, finds old chats."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Served, ask, finished, ready, writing


@pytest.fixture
def unhurried(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply that takes long enough for what is done meanwhile, also on a busy computer."""
    monkeypatch.setattr(served.model, "pause", 0.1)


pytestmark = [
    pytest.mark.browser,
    # gradio 6.31 sets an option that pandas 3.1 calls old, as it counts its own events
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
]


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
    writing(page)
    page.type("#words", "too long")  # about the reply that is written, also if it ends first
    page.wait_for_function(
        "() => document.querySelector('.row.draft .body').textContent.includes('a very long')"
    )

    page.press("#words", "Enter")
    finished(page, 2)

    expect(page.locator(".row.critique")).to_have_count(1)
    expect(page.locator(".row.draft").last).to_contain_text("Revised")


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("way", ["button", "Escape"])
def test_stop_keeps_the_text_and_asks_what_was_wrong(page: Page, way: str) -> None:
    ask(page)
    writing(page)
    before = page.locator(".row.draft .body").inner_text().rstrip()

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


@pytest.mark.usefixtures("unhurried")
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


@pytest.mark.usefixtures("unhurried")
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


def test_keys_reach_everything(page: Page) -> None:
    page.keyboard.press("Control+/")
    expect(page.locator("dialog.help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.locator("[type=search]")).to_be_focused()
    page.keyboard.press("Shift+Escape")
    expect(page.locator("#words")).to_be_focused()
    ask(page)
    finished(page)
    page.keyboard.press("F6")
    expect(page.locator(".log")).to_be_focused()
    page.keyboard.press("g")
    expect(page.locator(".row.draft")).to_contain_text("Accepted")
    page.keyboard.press("c")
    expect(page.locator(".composer .about")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".composer .about")).to_be_hidden()
    page.keyboard.press("Control+Shift+O")
    expect(page.locator(".row")).to_have_count(0)


def test_a_request_can_be_kept_out_of_what_is_learned(page: Page, served: Served) -> None:
    page.get_by_label("Don\u2019t learn from this").click()
    ask(page, "A private question")
    finished(page)

    expect(page.locator(".row.request")).to_contain_text("Not learned from")
    rows = served.session.store.rows("SELECT learn FROM turn WHERE text = 'A private question'")
    assert rows == [(False,)]
    expect(page.get_by_label("Don\u2019t learn from this")).to_have_attribute(
        "aria-pressed", "false"
    )


def test_regenerate_keeps_the_old_reply_behind_a_pager(page: Page) -> None:
    ask(page)
    finished(page)

    page.get_by_label("Try again").click()
    expect(page.locator(".row.draft .pager")).to_contain_text("2/2")
    finished(page)
    page.get_by_label("Earlier version").click()

    expect(page.locator(".row.draft .pager")).to_contain_text("1/2")


def test_a_refusal_gives_the_words_back(page: Page) -> None:
    page.fill("#words", "x" * 30_000)
    page.press("#words", "Enter")

    page.click("text=Put my words back")

    assert len(page.input_value("#words")) == 30_000
    expect(page.locator(".row")).to_have_count(0)


def test_a_temporary_chat_shows_its_lock_and_learns_nothing(page: Page, served: Served) -> None:
    page.click("text=Temporary chat >> nth=0")
    expect(page.locator(".bar .lock")).to_be_visible()

    ask(page, "A secret request")
    finished(page)

    expect(page.locator(".bar .lock")).to_be_visible()
    assert served.session.store.rows("SELECT 1 FROM turn WHERE text = 'A secret request'") == []


def test_an_edited_request_is_a_branch(page: Page) -> None:
    ask(page)
    finished(page)
    ask(page, "First words")
    finished(page, 2)
    request = page.locator(".row.request").last

    request.hover()
    request.get_by_label("Edit this request").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Better words")
    page.click('text="Save"')
    expect(request.locator(".body")).to_have_text("Better words")
    finished(page, 2)
    request.hover()
    request.get_by_label("Earlier version").click()

    expect(request.locator(".body")).to_have_text("First words")
