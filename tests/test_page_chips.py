"""What heed heard is shown at once on chips, and a person corrects them, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from data import ledger
from tests.looking import NAMELESS, PALE, SMALL
from tests.serving import Served, ask, finished, ready

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
]
SCREENS = Path(__file__).parent / "screens"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    one = Served(tmp_path, pause=0.005)
    yield one
    one.close()


@pytest.fixture
def page(served: Served, browser: Browser) -> Iterator[Page]:
    made = ready(browser.new_page(), served.address)
    made.set_default_timeout(20_000)
    yield made
    made.context.close()


def says(page: Page, words: str, replies: int) -> Locator:
    """The last chip after a new request and a critique of its reply."""
    ask(page, f"Why is the sky blue, number {replies}?")
    finished(page, replies)
    page.fill("#words", words)
    page.keyboard.press("Control+Enter")
    finished(page, replies + 1)
    return page.locator(".wish").last


def press(chip: Locator, name: str) -> None:
    chip.get_by_role("button", name=name).click()


def test_a_chip_says_what_where_and_from_which_words(page: Page) -> None:
    chip = says(page, "way too long", 1)

    expect(chip.locator("summary")).to_contain_text("make it much shorter")
    expect(chip.locator("summary")).to_contain_text("this reply only")
    expect(chip.locator("summary")).to_contain_text("from \u201cway too long\u201d")
    for name in ("Edit", "Only here", "Always", "When \u2026", "Not feedback"):
        expect(chip.get_by_role("button", name=name)).to_be_visible()


def test_when_holds_in_that_place_and_only_here_takes_it_back(served: Served, page: Page) -> None:
    chip = says(page, "just one sentence please", 1)

    press(chip, "When \u2026")
    page.keyboard.type("emails to my boss")
    page.keyboard.press("Enter")
    expect(chip.locator(".h-chip")).to_have_text("email, my boss")
    expect(chip.locator(".tag")).to_have_text("Confirmed")
    (lesson,) = ledger.all(served.session.store)
    assert (lesson.scope, lesson.status) == ("emails to my boss", "active")
    press(chip, "Only here")

    expect(chip.locator(".h-chip")).to_have_text("this reply only")
    assert ledger.get(served.session.store, lesson.id).status == "retired"


def test_always_and_an_edit_say_what_they_are(served: Served, page: Page) -> None:
    chip = says(page, "just one sentence please", 1)

    press(chip, "Always")
    expect(chip.locator(".h-chip")).to_have_text("from now on")
    expect(chip.get_by_role("button", name="Always")).to_have_attribute("aria-pressed", "true")
    press(chip, "Edit")
    page.keyboard.type("use at most 12 words")
    page.keyboard.press("Enter")

    expect(chip.locator(".tag")).to_have_text("Corrected")
    (lesson,) = ledger.all(served.session.store, ledger.ACTING)
    assert lesson.effect == "use at most 12 words"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_what_was_often_corrected_is_asked_and_says_why(
    served: Served, browser: Browser, width: int, scheme: str
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 860},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    ready(page, served.address)
    for turn in (1, 3, 5):
        chip = says(page, "just one sentence please", turn)
        press(chip, "Not feedback")
        expect(chip.locator(".tag")).to_have_text("Ignored")
    chip = says(page, "just one sentence please", 7)

    expect(chip.locator(".tag")).to_have_text("Heard, not sure")
    expect(chip.locator(".because")).to_have_text(
        "You corrected 3 of 3 wishes of this kind, so heed is not sure of this one."
    )
    chip.scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)  # colours fade in
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"chips-{width}-{scheme}.png")
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(PALE) == []
    assert page.evaluate(SMALL) == [] or width > 390
    assert not page.evaluate(SIDEWAYS)
    press(chip, "That is it")
    expect(chip.locator(".tag")).to_have_text("Confirmed")
    page.context.close()
