"""The ledger page while heed learns and after: the curve, the knob, the versions, the look."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant import forecast, places
from assistant.protocols import Plan, Progress
from assistant.session import Session
from data import ledger, tasks, versions
from data.types import Message
from tests.looking import NAMELESS, PALE, SMALL
from tests.saying import approved
from tests.serving import LONG, Served, Talker, quiet

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]
SCREENS = Path(__file__).parent / "screens"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (360, 1280)
GAINS = (-0.2, 0.1, 0.5, 0.4, 0.9, 1.2, 1.1, 1.3)


class Slow:
    """Learning that stands at step 9 of 12 until it is let go."""

    def __init__(self, learn: Callable[[Plan], Iterator[Progress]]) -> None:
        self._learn = learn
        self.go = threading.Event()

    def __call__(self, plan: Plan) -> Iterator[Progress]:
        for at in range(9):
            yield Progress(f"Learning: step {at + 1} of 12", at + 1, 12, 41.0, gains=GAINS[:at])
        while not self.go.wait(0.02):
            yield Progress("Learning: step 9 of 12", 9, 12, 41.0, gains=GAINS)
        yield from self._learn(plan)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A heed with one approved lesson, whose learning stands still half-way."""
    one = Served(tmp_path, pause=0.0)
    approved(one.session, "Way too long. From now on answer in one short sentence.")
    yield one
    one.close()


@pytest.fixture
def session(served: Served) -> Session:
    return served.session


@pytest.fixture
def slow(served: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    made = Slow(served.model.learn)
    monkeypatch.setattr(served.model, "learn", made)
    yield made
    made.go.set()
    served.session.wait(30)


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """The ledger, opened from the chat of the lesson."""
    chat = served.session.hub.snapshot(None).tasks[0].id
    with quiet(browser, wait=60, reduced_motion="reduce", color_scheme="light") as tab:
        tab.goto(f"{served.address}lessons?chat={chat}")
        expect(tab.locator(".l-card")).to_have_count(1)
        yield tab


def taught(session: Session) -> None:
    """Teaches what waits, and waits for it."""
    session.learn()
    assert session.wait(60)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def keep(page: Page, name: str) -> None:
    """Pictures of the whole page, narrow and wide, light and dark; nothing may be out of order."""
    SCREENS.mkdir(exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.mouse.move(0, 0)
            page.evaluate("document.querySelector('.h-toasts').replaceChildren()")
            page.screenshot(path=SCREENS / f"lessons-{name}-{width}-{scheme}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert page.evaluate(PALE) == []
        assert page.evaluate(SMALL) == []
        assert page.evaluate(NAMELESS) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_while_it_learns_the_card_shows_step_time_and_gain(
    page: Page, slow: Slow, session: Session
) -> None:
    earlier = versions.start_run(session.store, "learn")
    for part in forecast.LESSON:
        seconds = 19.0 if part == "testing" else 0.0
        versions.add_metric(session.store, earlier.id, f"seconds {part}", "train", seconds)

    press(page, "Teach now")

    curve = page.get_by_role("figure", name="Gain 1.3 after step 8 of 12")
    expect(curve).to_be_visible()
    expect(page.locator(".l-label")).to_have_text("Learning: step 9 of 12")
    expect(page.locator(".l-time-left")).to_have_text("about 60 s left")
    expect(page.get_by_role("progressbar", name="Teaching")).to_have_attribute(
        "aria-valuenow", "75"
    )
    expect(curve.locator(".l-plot")).to_contain_text("0 untaught")
    line = curve.locator("path.l-line").get_attribute("d") or ""
    assert line.count("L") == len(GAINS) - 1
    keep(page, "teaching")


def test_while_somebody_types_the_card_says_that_it_waits(
    page: Page, slow: Slow, session: Session
) -> None:
    press(page, "Teach now")
    expect(page.get_by_role("figure")).to_contain_text("after step 8 of 12")

    press(page, "Edit")
    page.keyboard.type("say it in ")

    expect(page.locator(".l-time-left")).to_have_text("Paused while you type.")
    expect(page.locator(".l-label")).to_have_text("Learning: step 9 of 12")
    assert session.hub.snapshot(None).paused


@pytest.mark.parametrize("how", ["stopped on its card", "stopped from the chat", "it broke"])
def test_after_a_round_that_came_to_no_end_all_is_as_it_was_before(
    page: Page, slow: Slow, served: Served, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "it broke":
        monkeypatch.setattr(served.model, "_fails_at", 2)
        slow.go.set()
    press(page, "Teach now")
    if how == "it broke":
        expect(page.locator(".h-toast")).to_contain_text("log.txt")
    if how == "stopped on its card":
        expect(page.get_by_role("figure")).to_be_visible()
        press(page, "Stop")
    if how == "stopped from the chat":
        page.get_by_role("navigation").get_by_role("link", name="Chat").click()
        page.get_by_role("button", name="Stop learning").click()
        expect(page.locator(".work")).to_be_hidden()
        expect(page.get_by_role("button", name="Teach it")).to_be_visible()
        page.goto(f"{served.address}lessons")

    expect(page.get_by_role("button", name="Teach now")).to_be_visible()
    expect(page.get_by_role("heading", name="Teach 1 lesson")).to_be_visible()
    expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
    expect(page.get_by_role("progressbar", name="Teaching")).to_have_count(0)
    expect(page.locator(".l-curve")).to_have_count(0)
    expect(page.locator(".l-card .l-steps .now")).to_have_text("active in the prompt")
    monkeypatch.setattr(served.model, "_fails_at", None)
    slow.go.set()
    press(page, "Teach now")
    expect(page.locator(".l-time li.live")).to_contain_text("Version 1")


def test_a_curve_ends_with_its_round(page: Page, slow: Slow) -> None:
    press(page, "Teach now")
    expect(page.get_by_role("figure")).to_be_visible()

    slow.go.set()

    expect(page.locator(".l-time li.live")).to_contain_text("Version 1")
    expect(page.locator(".l-curve")).to_have_count(0)


def test_the_knob_changes_the_chat_that_the_page_was_opened_from(
    page: Page, session: Session
) -> None:
    chat = session.hub.snapshot(None).tasks[0].id
    expect(page.locator(".l-strength")).to_be_hidden()
    taught(session)
    newer = session.new_task()

    knob = page.get_by_role("slider", name="In the chat “Why does it rain?”")
    knob.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")

    expect(page.locator(".l-value")).to_have_text("0.25")
    expect(knob).to_have_attribute("aria-valuetext", "0.25, drift not measured")
    _until(lambda: tasks.get(session.store, chat).scale == 0.25)
    assert tasks.get(session.store, newer).scale == 1.0
    page.get_by_role("navigation").get_by_role("link", name="Chat").click()
    page.get_by_role("link", name="Strength 0.25").click()
    expect(page.locator(".l-value")).to_have_text("0.25")


def test_what_each_strength_costs_is_measured_once_on_demand(
    page: Page, session: Session, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drift(pairs: Sequence[tuple[Sequence[Message], str]]) -> Sequence[float]:
        return tuple(0.028 * served.model.scale**2 for _ in pairs)

    monkeypatch.setattr(served.model, "drift", drift)
    taught(session)
    expect(page.locator(".l-strength")).to_contain_text("is not measured yet")

    press(page, "Measure")

    table = page.get_by_role("table", name="What each strength costs")
    expect(table.get_by_role("row", name="1 0.028", exact=True)).to_have_class("now")
    expect(table.get_by_role("row", name="1.5 0.063", exact=True)).to_be_visible()
    expect(table.get_by_role("row", name="0 none: untaught")).to_be_visible()
    expect(page.get_by_role("button", name="Measure", exact=True)).to_have_count(0)
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "1, drift 0.028")
    expect(page.locator(".l-strength")).to_contain_text("8 passages that nothing was trained on")


def test_a_lesson_in_memory_says_why_and_can_be_sent_to_be_taught_again(
    page: Page, session: Session
) -> None:
    (lesson,) = ledger.all(session.store)
    why = "'answer in one short sentence' stays in the prompt: it obeyed in 2 of 12."
    places.to_memory(session.store, lesson.id, why)
    session.hub.moved()

    card = page.locator(".l-card")
    expect(card.locator(".l-steps .now")).to_have_text("kept in memory")
    expect(card).to_contain_text("stays in the prompt: it obeyed in 2 of 12.")
    expect(page.locator(".l-teach")).to_contain_text("in the weights or kept in memory")
    keep(page, "memory")
    press(page, "Try to teach it again")
    expect(card.locator(".l-steps .now")).to_have_text("active in the prompt")
    expect(page.get_by_role("button", name="Teach now")).to_be_visible()


def test_what_speaks_against_a_version_is_folded_away(
    page: Page, session: Session, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    talker = Talker()
    monkeypatch.setattr(
        served.model, "_write", lambda said, version: LONG if version else talker(said, None)
    )
    monkeypatch.setattr(
        served.model, "_complete", lambda said, version: LONG if version else talker(said, None)
    )
    taught(session)

    failed = page.locator(".l-time > li").first
    expect(failed).to_contain_text("did not pass")
    why = failed.get_by_text("Why it does not answer")
    expect(failed.locator(".bad").first).to_be_hidden()
    why.focus()
    page.keyboard.press("Enter")
    expect(failed.locator(".bad").first).to_be_visible()
    expect(failed.locator(".l-report").first).to_contain_text("of 12 new prompts")
    keep(page, "rejected")


def test_what_the_weights_save_is_one_quiet_line(page: Page, session: Session) -> None:
    taught(session)
    expect(page.locator(".l-saved")).to_be_hidden()

    session.ask("What does a plumber do?")
    session.wait(20)

    expect(page.locator(".l-saved")).to_contain_text("Lessons in the weights saved ")
    expect(page.locator(".l-saved")).to_contain_text(" in the last reply, ")
    session.rounds.measure_strength()
    session.wait(30)
    expect(page.get_by_role("table")).to_be_visible()
    keep(page, "learned")


def test_before_and_after_is_measured_when_asked_for(page: Page, session: Session) -> None:
    expect(page.locator(".l-compare")).to_be_hidden()
    taught(session)
    section = page.get_by_role("region", name="Before and after")
    expect(section).to_contain_text("Nothing is measured yet.")

    section.get_by_role("button", name="Measure now").click()

    look = section.get_by_role("article", name="Answer in one short sentence, at most 25 words")
    obeyed = look.get_by_role("group", name="Obeyed")
    expect(obeyed.locator(".before .l-count-of")).to_have_text("0 of 12")
    expect(obeyed.locator(".after .l-count-of")).to_have_text("12 of 12")
    expect(obeyed.locator(".after")).to_contain_text("95 % interval 0.76 to 1.00")
    section.get_by_text("What these figures hold under").click()
    expect(section.get_by_text("The audit panel was read")).to_be_visible()
    keep(page, "compared")
    session.undo()
    expect(section).to_contain_text("Now the untaught model answers.")
    expect(section.get_by_role("button", name="Measure now")).to_be_hidden()


def test_a_version_with_many_lessons_folds_their_names(page: Page, session: Session) -> None:
    taught(session)
    (made,) = versions.all(session.store)
    held = tuple(f"forgotten {n}" for n in range(5))
    versions.add(session.store, replace(made, number=2, lessons=held, state="retired"))
    session.hub.moved()

    newest = page.locator(".l-time > li").first
    expect(newest.get_by_text("Holds 5 lessons")).to_be_visible()
    expect(newest.get_by_text("A forgotten lesson").first).to_be_hidden()
    newest.get_by_text("Holds 5 lessons").click()
    expect(newest.get_by_text("A forgotten lesson")).to_have_count(5)


def _until(true: Callable[[], bool]) -> None:
    waited = threading.Event()
    for _ in range(200):
        if true():
            return
        waited.wait(0.05)
    raise AssertionError("it did not come true within 10 seconds")
