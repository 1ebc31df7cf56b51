"""A person types in a real browser while heed is taught: learning waits, and hears none of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Event

import pytest
from playwright.sync_api import Page, Request

from assistant.protocols import Progress
from assistant.worker import Job, Rank
from tests.serving import Served, ask, finished

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
]
WORDS = "a most private sentence"


class Lesson:
    """A round of learning that goes on until it is told to end."""

    def __init__(self, served: Served) -> None:
        self.steps = 0
        self._end = Event()
        self._served = served
        served.session.worker.put(Job(Rank.LEARN, "Teaching", None, self._run, print))

    def _run(self) -> Iterator[Progress | None]:
        while not self._end.wait(0.01):
            self.steps += 1
            yield Progress(f"step {self.steps}", self.steps)

    def end(self) -> None:
        """Ends it, also while a person types."""
        self._end.set()
        for job in self._served.session.worker.jobs():
            job.stop.set()
        assert self._served.session.wait(20)


@pytest.fixture
def lesson(served: Served) -> Iterator[Lesson]:
    one = Lesson(served)
    yield one
    one.end()


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits until something holds; fails after 20 seconds."""
    latest = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < latest
        page.wait_for_timeout(20)


def test_typing_holds_learning_and_tells_nothing_of_the_words(
    page: Page, served: Served, lesson: Lesson
) -> None:
    told: list[str] = []

    def hear(request: Request) -> None:
        if request.method == "POST":
            told.append(request.post_data or "")

    page.on("request", hear)
    page.click("#words")
    began = time.monotonic()
    page.keyboard.type(WORDS, delay=100)
    seconds = time.monotonic() - began
    until(page, lambda: served.session.hub.snapshot(None).paused)
    before = lesson.steps
    page.keyboard.type(" and more")
    shown = served.session.hub.snapshot(None)

    assert lesson.steps == before > 0
    assert shown.progress == Progress(f"step {before}", before)
    assert 1 <= len(told) <= seconds + 2
    assert not [one for one in told if "private" in one or "more" in one]
    until(page, lambda: lesson.steps > before)
    assert not served.session.hub.snapshot(None).paused


def test_a_reply_is_written_while_learning_waits(
    page: Page, served: Served, lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.worker.READING", 60)
    page.click("#words")
    page.keyboard.type("Hello")
    until(page, lambda: served.session.hub.snapshot(None).paused)
    before = lesson.steps

    ask(page)
    finished(page)

    assert lesson.steps == before


def test_typing_leaves_the_words_that_are_on_their_way(page: Page, served: Served) -> None:
    ask(page)
    page.keyboard.type("And")
    finished(page)

    assert page.evaluate("document.querySelector('#words').value") == "And"
    page.wait_for_function("!document.querySelector('.h-toasts').textContent")
    served.session.wait(20)
