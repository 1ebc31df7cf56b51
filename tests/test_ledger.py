"""The ledger page in a real browser: what was taught is shown, changed, taught and taken back."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from assistant.session import Session
from data import ledger as lessons
from data import versions
from tests import stand_ins
from ui import story

pytestmark = pytest.mark.browser

SKY = "Why is the sky blue?"
TOO_LONG = "Way too long. From now on answer in one short sentence."
CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session in which one lesson was noted and waits for a yes."""
    model = story.read().model(tmp_path, fast=True)
    with stand_ins.session(tmp_path, model) as made:
        task = made.new_task()
        made.ask(SKY, task=task)
        made.wait(30)
        draft = made.hub.snapshot(task).turns[-1]
        made.critique(draft.id, TOO_LONG)
        made.wait(30)
        made.accept(made.hub.snapshot(task).turns[-1].id)
        yield made


@pytest.fixture
def address(session: Session) -> Iterator[str]:
    """The page of this session, served on a free port until the test ends."""
    import uvicorn

    from ui import serve

    door = serve.bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(serve.site(session), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    server.should_exit = server.force_exit = True  # views stay open as long as their tabs
    thread.join(timeout=20)
    door.close()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """The ledger in a browser of its own; an error on the console fails the test."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this computer")
    wrong: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--disable-dev-shm-usage"])
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.set_default_timeout(20_000)
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        tab.goto(f"{address}/lessons")
        expect(tab.locator(".l-card")).to_have_count(1)
        yield tab
        browser.close()
    assert [text for text in wrong if "Connection errored out" not in text] == []


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
    other.goto(f"{address}/lessons")
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
    expect(live.locator(".l-report")).to_contain_text("new prompts")
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
    page.keyboard.type("half a sen")

    session.hub.notify("Something else happened.")

    expect(page.locator(".h-toast")).to_contain_text("Something else happened.")
    expect(page.locator("textarea")).to_have_value("half a sen")
    expect(page.locator("textarea")).to_be_focused()


def test_escape_leaves_a_lesson_as_it_was(page: Page) -> None:
    press(page, "Edit")
    page.keyboard.type("nonsense")
    page.keyboard.press("Escape")

    expect(card(page).locator("h3")).to_contain_text("Answer in one short sentence")
    expect(page.get_by_role("button", name="Edit")).to_be_focused()


def test_forgetting_asks_first_and_then_forgets(page: Page, session: Session) -> None:
    press(page, "Forget")
    press(page, "Keep it")
    expect(card(page)).to_be_visible()

    press(page, "Forget")
    press(page, "Forget for good")

    expect(page.get_by_role("heading", name="Nothing yet")).to_be_visible()
    assert lessons.all(session.store) == ()


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
