"""A person teaches the page in a real browser: answers, criticises, corrects, accepts, undoes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from clarify import ask as asking
from tests.serving import SHORT, Served, ask, finished, ready, writing

pytestmark = [
    pytest.mark.browser,
    # gradio 6.31 sets an option that pandas 3.1 calls old, as it counts its own events
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
]
CRITIQUE = "too long, always use one short sentence"


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
    expect(page.locator(".changes")).to_contain_text(re.compile(r"[1-9]\d* words? out"))
    page.click('text="Accept"')
    expect(page.locator(".lesson").first).to_contain_text("A lesson from this")
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


def test_an_edited_reply_is_the_reply(page: Page) -> None:
    ask(page)
    finished(page)

    page.get_by_label("Edit this reply").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("It scatters.")
    page.click('text="Save"')
    finished(page, 2)

    expect(page.locator(".row.draft").last).to_contain_text("It scatters.")
    expect(page.locator(".row.draft").last).to_contain_text("You edited this")


SELECT = """quote => {
  const text = document.querySelector('.row.draft .body').firstChild;
  const at = text.data.indexOf(quote), range = document.createRange();
  range.setStart(text, at);
  range.setEnd(text, at + quote.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
