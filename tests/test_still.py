"""What a forgetting ends first, what it begins again, and what only the person ends."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import build, forget, proof, report
from assistant.protocols import Progress
from assistant.rounds import LEARNING
from assistant.scripted import ScriptedModel
from assistant.session import Session
from assistant.worker import Rank
from data import ledger, tasks, versions
from data.types import Refusal
from tests.records import a_lesson
from tests.saying import learned
from tests.stand_ins import session, talk
from ui.desk import Desk


class Endless:
    """A job's steps that go on until they are closed; `began` is set once the first is done."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.times = 0

    def __call__(self, *_: object) -> Iterator[Progress]:
        self.times += 1
        while True:
            yield Progress("Endless")
            self.began.set()
            threading.Event().wait(0.01)


@pytest.fixture
def ranks(monkeypatch: pytest.MonkeyPatch) -> Callable[[Session], list[Rank]]:
    """Which jobs run or wait while a lesson is forgotten."""

    def watch(made: Session) -> list[Rank]:
        found: list[Rank] = []
        real = forget.forget

        def watched(*given: object) -> object:
            found.extend(job.rank for job in made.worker.jobs())
            return real(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(forget, "forget", watched)
        return found

    return watch


def test_nothing_is_reported_on_while_a_lesson_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ranks: Callable[[Session], list[Rank]]
) -> None:
    endless = Endless()
    monkeypatch.setattr(report, "make", endless)
    with session(tmp_path, ScriptedModel(home=tmp_path, write=talk)) as made:
        learned(made)
        noted = ledger.add(made.store, a_lesson(status="noted"))
        ran = ranks(made)
        made.report()
        assert endless.began.wait(20)

        made.forget(noted.id)

        assert ran == []


def test_the_persons_stop_leaves_a_report_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Endless()
    monkeypatch.setattr(report, "make", endless)
    with session(tmp_path, ScriptedModel(home=tmp_path, write=talk)) as made:
        learned(made)
        made.report()
        assert endless.began.wait(20)

        made.stop(None)

        assert [job.stop.is_set() for job in made.worker.jobs()] == [False]


def test_a_command_that_is_broken_off_ends_all_that_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Endless()
    monkeypatch.setattr(report, "make", endless)

    def pressed(desk: Desk, task: str | None) -> None:
        assert endless.began.wait(20)
        raise KeyboardInterrupt

    monkeypatch.setattr(Desk, "_watch", pressed)
    with session(tmp_path, ScriptedModel(home=tmp_path, write=talk)) as made:
        learned(made)
        made.report()

        with pytest.raises(KeyboardInterrupt):
            Desk(made, io.StringIO(), io.StringIO(), as_json=False).follow(None)

        assert made.worker.jobs() == ()


class Proving:
    """A forgetting whose proof stands still until it is asked for."""

    def __init__(self, made: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made, self.go, self._real = made, threading.Event(), proof.measure
        _, lesson = learned(made)
        monkeypatch.setattr(proof, "measure", self._measure)
        self.receipt = made.forget(lesson.id)

    def found(self) -> object:
        """What the receipt says of the proof once nothing runs any more."""
        self.go.set()
        assert self.made.wait(60)
        return json.loads(versions.receipt(self.made.store, self.receipt).removed)["proof"]

    def _measure(self, *given: object) -> Iterator[Progress]:
        self.go.wait(20)
        return self._real(*given)  # type: ignore[arg-type]


def test_the_persons_stop_leaves_a_proof_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(tmp_path, ScriptedModel(home=tmp_path, write=talk)) as made:
        proving = Proving(made, monkeypatch)

        made.stop(None)

        assert isinstance(proving.found(), dict)


def test_a_proof_that_was_stopped_is_measured_once_nothing_else_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(tmp_path, ScriptedModel(home=tmp_path, write=talk)) as made:
        proving = Proving(made, monkeypatch)
        for job in made.worker.jobs():
            job.stop.set()

        for _ in range(20):  # the worker's own beat may come first
            if isinstance(proving.found(), dict):
                break
            made.rounds.when_idle(0.0)

        assert isinstance(proving.found(), dict)


@pytest.mark.parametrize("by_itself", [True, False])
def test_what_the_person_stopped_is_not_begun_again_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_itself: bool
) -> None:
    endless = Endless()
    monkeypatch.setattr(build, "build", endless)
    with session(tmp_path, learn="idle") as made:
        ledger.add(made.store, a_lesson())
        if by_itself:
            made.rounds.when_idle(99.0)
        else:
            made.learn()
        assert endless.began.wait(20)
        ledger.add(made.store, a_lesson())  # approved meanwhile

        made.stop(None)
        assert made.wait(20)
        made.rounds.when_idle(99.0)

        assert made.worker.jobs() == ()
        ledger.add(made.store, a_lesson())
        made.rounds.when_idle(99.0)
        assert len(made.worker.jobs()) == 1, "a new lesson is taught"


def test_what_is_approved_while_a_round_fails_is_taught_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []
    with session(tmp_path, learn="idle") as made:
        ledger.add(made.store, a_lesson())

        def fails(*_: object) -> Iterator[Progress]:
            waited.append(len(build.waiting(made.store)))
            if len(waited) == 1:
                ledger.add(made.store, a_lesson())
            yield Progress("Fails")
            raise RuntimeError("it was told to")

        monkeypatch.setattr(build, "build", fails)
        for _ in range(3):
            made.rounds.when_idle(99.0)
            assert made.wait(20)

        assert waited == [1, 2], "the second round is for the new lesson, and there is no third"


@pytest.mark.parametrize("by_itself", [True, False])
def test_forgetting_another_lesson_begins_the_round_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_itself: bool
) -> None:
    endless = Endless()
    monkeypatch.setattr(build, "build", endless)
    with session(tmp_path, learn="idle") as made:
        task = made.new_task()
        ledger.add(made.store, a_lesson())
        noted = ledger.add(made.store, a_lesson(status="noted"))
        if by_itself:
            made.rounds.when_idle(99.0)
        else:
            made.learn(task)
        assert endless.began.wait(20)
        endless.began.clear()

        made.forget(noted.id, task)

        assert endless.began.wait(20)
        assert endless.times == 2
        said = [turn.text for turn in tasks.turns(made.store, task)]
        assert len(said) == 1
        assert said[0].startswith("Forgotten.")


def test_a_round_that_the_person_stopped_is_not_begun_again_by_a_forgetting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Endless()
    monkeypatch.setattr(build, "build", endless)
    with session(tmp_path) as made:
        ledger.add(made.store, a_lesson())
        noted = ledger.add(made.store, a_lesson(status="noted"))
        made.learn()
        assert endless.began.wait(20)

        made.stop(None)
        made.forget(noted.id)

        assert made.wait(20)
        assert endless.times == 1


def test_a_round_for_the_forgotten_lesson_alone_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Endless()
    monkeypatch.setattr(build, "build", endless)
    with session(tmp_path) as made:
        lesson = ledger.add(made.store, a_lesson())
        made.learn()
        assert endless.began.wait(20)

        made.forget(lesson.id)

        assert made.wait(20)
        assert made.hub.snapshot(None).notice.startswith("Forgotten.")


def test_a_forgetting_that_fails_begins_again_what_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds, reports = Endless(), Endless()
    monkeypatch.setattr(report, "make", reports)
    with session(tmp_path) as made:
        learned(made)
        monkeypatch.setattr(build, "build", rounds)
        ledger.add(made.store, a_lesson())
        made.learn()
        assert rounds.began.wait(20)
        made.report()
        assert reports.began.wait(20)

        with pytest.raises(Refusal, match="There is no lesson 'nobody'"):
            made.forget("nobody")

        assert {job.label for job in made.worker.jobs()} == {LEARNING, report.REPORTING}
        assert not any(job.stop.is_set() for job in made.worker.jobs())


@pytest.mark.parametrize("first", ["the round", "a reply"])
def test_the_page_says_at_once_that_the_round_will_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    began, go = threading.Event(), threading.Event()

    def stands(*_: object) -> Iterator[Progress]:
        yield Progress("Learning: step 1 of 9", 1, 9)
        began.set()
        go.wait(20)
        yield Progress("Learning: step 2 of 9", 2, 9)

    monkeypatch.setattr(build, "build", stands)
    with session(tmp_path) as made:
        ledger.add(made.store, a_lesson())
        made.learn()
        assert began.wait(20)
        if first == "a reply":
            made.ask("Why does it rain?")

        made.stop(None)
        progress = made.hub.snapshot(None).progress
        go.set()
        assert made.wait(20)

        said = None if first == "a reply" else "Stopping after this step"
        assert (None if progress is None else progress.label) == said
        assert made.hub.snapshot(None).progress is None
        assert made.hub.snapshot(None).queue == ()
