"""How the page looks on a phone and a screen, light and dark; pictures go to tests/screens/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from clarify import ask as asking
from tests.looking import NAMELESS, PALE, SMALL
from tests.serving import Served, ask, finished, ready, writing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
]
SCREENS = Path(__file__).parent / "screens"
SIZES = {"wide": (1280, 860), "phone": (390, 844)}
Scheme = Literal["light", "dark"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    one = Served(tmp_path, pause=0.02)
    yield one
    one.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_teaching_chat_fits_and_is_kept_as_pictures(
    served: Served, browser: Browser, size: str, scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(browser, size, scheme)
    ready(page, served.address)
    _keep(page, f"{size}-{scheme}-1-empty")

    monkeypatch.setattr(asking, "decide", lambda *given: QUESTION)
    ask(page, "Write two lines for a birthday card.")
    page.wait_for_selector(".ask .options")
    _keep(page, f"{size}-{scheme}-2-question")
    monkeypatch.undo()
    page.keyboard.press("1")
    writing(page, 60)
    page.fill("#words", "too long, always use one short sentence")
    _keep(page, f"{size}-{scheme}-3-steering")
    page.press("#words", "Enter")
    finished(page, 2)
    page.locator(".changes summary").click()
    _keep(page, f"{size}-{scheme}-4-repaired")
    page.click('text="Accept"')
    page.click('text="Yes, from now on"')
    page.wait_for_selector(".teach:not([hidden])")
    _keep(page, f"{size}-{scheme}-5-lesson")
    page.click('.teach >> text="Teach it"')
    page.wait_for_selector(".row.notice")
    _keep(page, f"{size}-{scheme}-6-taught")
    if size == "phone":
        page.get_by_label("Open the list of chats").click()
        page.wait_for_timeout(300)  # it slides in
        _keep(page, f"{size}-{scheme}-7-chats")

    page.context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 2560])
def test_no_width_scrolls_sideways(served: Served, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    served.model.queue(
        "A reply with `" + "long_words_" * 30 + "` and\n\n```\n" + "x" * 300 + "\n```"
    )
    ready(page, served.address)

    ask(page, "y" * 300)
    finished(page)
    page.fill("#words", "z" * 300)

    assert page.evaluate(SIDEWAYS) == []
    page.context.close()


def test_dark_follows_the_system_until_it_is_switched(served: Served, browser: Browser) -> None:
    page = _page(browser, "wide", "dark")
    ready(page, served.address)
    dark = page.evaluate(GROUND)

    page.get_by_label("Theme: as the system").click()
    light = page.evaluate(GROUND)
    page.reload()
    page.wait_for_selector('.chat-page[data-ready="true"]')

    assert dark == "rgb(23, 22, 20)"
    assert light == "rgb(250, 249, 246)"
    assert page.evaluate(GROUND) == light
    page.context.close()


def test_what_can_be_pressed_is_large_enough(served: Served, browser: Browser) -> None:
    page = _page(browser, "phone", "light")
    ready(page, served.address)
    ask(page)
    finished(page)
    page.fill("#words", "too long")
    page.keyboard.press("Control+Enter")
    finished(page, 2)

    assert page.evaluate(SMALL) == []
    page.context.close()


def test_every_control_has_a_name_and_text_has_contrast(served: Served, browser: Browser) -> None:
    for scheme in SCHEMES:
        page = _page(browser, "wide", scheme)
        ready(page, served.address)
        ask(page)
        finished(page)
        page.fill("#words", "too long, always")
        page.keyboard.press("Control+Enter")
        finished(page, 2)
        page.mouse.move(0, 0)
        page.wait_for_timeout(300)  # colours fade in

        assert page.evaluate(NAMELESS) == []
        assert page.evaluate(PALE) == []
        page.context.close()


def test_a_screen_reader_hears_the_start_and_the_reply_once(
    served: Served, browser: Browser
) -> None:
    page = _page(browser, "wide", "light")
    ready(page, served.address)
    page.evaluate(
        """() => {
            window.heard = [];
            const node = document.querySelector('[role=status]');
            new MutationObserver(() => node.textContent && heard.push(node.textContent))
                .observe(node, {childList: true, characterData: true, subtree: true});
        }"""
    )

    ask(page)
    finished(page)

    page.wait_for_function("heard.length >= 2")
    heard = page.evaluate("heard")
    assert heard[0] == "heed is writing"
    assert [one.startswith("heed: The sky") for one in heard] == [False, True]
    expect(page.locator(".log")).to_have_attribute("aria-live", "off")
    page.context.close()


def test_gradio_says_nothing_of_its_own_to_a_screen_reader(
    served: Served, browser: Browser
) -> None:
    page = _page(browser, "wide", "light")
    ready(page, served.address)

    own = page.locator(".gradio-container .wrap > [role=status]")
    expect(own).to_have_count(1)  # once gradio has none, its rule in page.css can go
    assert own.evaluate("node => node.checkVisibility()") is False
    expect(page.get_by_role("status")).to_have_count(1)
    page.context.close()


SCHEMES: tuple[Scheme, ...] = ("light", "dark")
QUESTION = asking.Decision(
    action="ask",
    question="Who is the card for?",
    reason="The drafts differ: one is warm, one is formal.",
    trait="register",
    options=("a friend", "a colleague"),
    assumption="a friend",
    instruction={"a friend": "Write warmly.", "a colleague": "Write politely."},
)


def _page(browser: Browser, size: str, scheme: Scheme) -> Page:
    width, height = SIZES[size]
    phone = size == "phone"
    return browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        has_touch=phone,
        is_mobile=phone,
        device_scale_factor=2 if phone else 1,
        reduced_motion="reduce",
    ).new_page()


def _keep(page: Page, name: str) -> None:
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png")
    assert page.evaluate(SIDEWAYS) == []


GROUND = "getComputedStyle(document.querySelector('.heed')).backgroundColor"
SIDEWAYS = """() => 'html .chat-page .side .foot .main .scroller .composer .log'.split(' ')
    .map(name => document.querySelector(name))
    .filter(node => node.scrollWidth > node.clientWidth + 1).map(node => node.className)"""
