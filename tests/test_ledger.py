"""The ledger page in a real browser: what was taught is shown, changed, taught and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.session import Session
from data import ledger as lessons
from data import standing, versions
from tests.saying import noted
from tests.serving import Served, quiet

pytestmark = [
    pytest.mark.browser,
    # gradio 6.31 sets an option that pandas 3.1 calls old, as it counts its own events
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

TOO_LONG = "Way too long. From now on answer in one short sentence."


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A heed in which one lesson was noted and waits for a yes."""
    one = Served(tmp_path, pause=0.0)
    noted(one.session, TOO_LONG)
    yield one
    one.close()


@pytest.fixture
def session(served: Served) -> Session:
    return served.session


@pytest.fixture
def address(served: Served) -> str:
    return served.address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The ledger in a context of its own."""
    with quiet(browser, wait=20) as tab:
        tab.goto(f"{address}lessons")
        expect(tab.locator(".l-card")).to_have_count(1)
        yield tab


def card(page: Page) -> Locator:
    return page.locator(".l-card").first


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def test_a_noted_lesson_shows_the_words_it_came_from_and_waits_for_a_yes(page: Page) -> None:
    expect(page.get_by_role("heading", name="Waiting for your yes")).to_be_visible()
    expect(card(page)).to_contain_text("Answer in one short sentence")
    expect(card(page).locator("blockquote")).to_contain_text(TOO_LONG)
    expect(card(page).locator("mark")).to_contain_text("one short sentence")
    expect(card(page).locator(".l-steps .now")).to_have_text("noted")


def test_a_yes_makes_it_act_and_a_second_tab_sees_it(page: Page, address: str) -> None:
    other = page.context.new_page()
    other.goto(f"{address}lessons")
    expect(other.locator(".l-card")).to_have_count(1)

    press(page, "Yes, from now on")

    for tab in (page, other):
        expect(tab.get_by_role("heading", name="Acting now")).to_be_visible()
        expect(tab.locator(".l-steps .now")).to_have_text("active in the prompt")


def test_a_lesson_is_taught_undone_and_chosen_again(page: Page, session: Session) -> None:
    press(page, "Yes, from now on")
    press(page, "Teach now")

    live = page.locator(".l-time li.live")
    expect(live).to_contain_text("Version 1")
    expect(live.locator(".l-report").first).to_contain_text("new prompts")
    expect(card(page).locator(".l-steps .now")).to_have_text("learned in version 1")
    press(page, "Undo")
    expect(live).to_contain_text("Untaught model")
    assert versions.live(session.store) is None
    press(page, "Use version 1")
    expect(live).to_contain_text("Version 1")


def test_a_lesson_is_said_differently_by_keyboard(page: Page, session: Session) -> None:
    press(page, "Edit")
    page.keyboard.press("Control+A")
    page.keyboard.type("use at most ten words")
    page.keyboard.press("Enter")

    expect(card(page).locator("h3")).to_have_text("Use at most ten words.")
    assert [one.effect for one in lessons.all(session.store)] == ["use at most ten words"]


def test_what_is_typed_into_a_card_survives_a_change_of_the_page(
    page: Page, session: Session
) -> None:
    press(page, "Edit")
    page.keyboard.press("Control+A")
    page.keyboard.type("half a sen")

    session.hub.notify("Something else happened.")

    expect(page.locator(".h-toast")).to_contain_text("Something else happened.")
    expect(page.locator("textarea")).to_have_value("half a sen")
    expect(page.locator("textarea")).to_be_focused()


def test_a_reload_keeps_what_is_typed_into_a_card(page: Page) -> None:
    press(page, "Edit")
    page.keyboard.press("Control+A")
    page.keyboard.type("half a sentence")

    page.reload()

    expect(page.locator("textarea")).to_have_value("half a sentence")
    press(page, "Cancel")
    page.reload()
    expect(card(page).locator("h3")).to_contain_text("Answer in one short sentence")


def test_escape_leaves_a_lesson_as_it_was(page: Page) -> None:
    press(page, "Edit")
    page.keyboard.type("nonsense")
    page.keyboard.press("Escape")

    expect(card(page).locator("h3")).to_contain_text("Answer in one short sentence")
    expect(page.get_by_role("button", name="Edit")).to_be_focused()


def test_forgetting_asks_first_and_then_forgets(page: Page, session: Session) -> None:
    press(page, "Forget")
    expect(page.get_by_role("alertdialog")).to_contain_text("copies outside heed's folder")
    press(page, "Keep it")
    expect(card(page)).to_be_visible()

    press(page, "Forget")
    press(page, "Forget for good")

    expect(page.get_by_role("heading", name="Nothing yet")).to_be_visible()
    assert lessons.all(session.store) == ()


def test_what_stands_is_shown_on_both_pages_until_it_is_dismissed(
    page: Page, session: Session, address: str
) -> None:
    standing.say(session.store, "The model has changed.")
    session.hub.moved()
    stands = page.locator(".h-toast.stands")
    expect(stands).to_contain_text("The model has changed.")
    for words in ("One.", "Two.", "Three.", "Four."):
        session.hub.notify(words)
        expect(page.get_by_text(words)).to_be_visible()
    expect(stands).to_have_count(1)
    page.reload()
    expect(stands).to_be_visible()

    page.goto(address)
    expect(stands).to_contain_text("The model has changed.")
    stands.get_by_role("button", name="Close").click()

    expect(stands).to_have_count(0)
    page.goto(f"{address}lessons")
    expect(page.locator(".l-card")).to_have_count(1)
    expect(stands).to_have_count(0)
    assert standing.read(session.store) == ""


def test_a_no_switches_off_and_it_can_be_switched_on_again(page: Page) -> None:
    press(page, "No")
    expect(page.get_by_role("heading", name="Switched off")).to_be_visible()

    press(page, "Switch on again")

    expect(page.get_by_role("heading", name="Acting now")).to_be_visible()


def test_a_refusal_is_said_on_the_page(page: Page, session: Session) -> None:
    lesson = lessons.all(session.store)[0].id
    press(page, "Forget")
    session.forget(lesson)  # in another window, a moment earlier

    expect(page.get_by_role("heading", name="Nothing yet")).to_be_visible()
    expect(page.locator(".h-toast").first).to_contain_text("Forgotten")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_narrow_screen_in_both_themes(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 390, "height": 800})
    press(page, "Forget")

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    ground = page.evaluate("getComputedStyle(document.querySelector('.heed')).backgroundColor")
    assert (int(ground.strip("rgb()").split(",")[0]) < 100) == (scheme == "dark")
    small = page.evaluate(
        "[...document.querySelectorAll('.heed button')].filter(one => one.offsetParent"
        " && one.getBoundingClientRect().height < 43).map(one => one.textContent)"
    )
    assert small == []
