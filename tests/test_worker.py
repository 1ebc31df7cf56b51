"""One thread runs all jobs, chat before learning, and a failing job never ends it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from assistant.protocols import Progress
from assistant.worker import Job, Rank, Worker
from data.types import Refusal


def _worker() -> tuple[Worker, list[str]]:
    heard: list[str] = []
    return Worker(lambda job, progress: heard.append(progress.label if progress else "")), heard


def _job(rank: Rank, name: str, steps: int, log: list[str], failures: list[str]) -> Job:
    def run() -> Iterator[Progress | None]:
        for step in range(steps):
            log.append(f"{name}{step}")
            yield Progress(f"{name}{step}")

    return Job(rank, name, None, run, failures.append)


def test_a_chat_job_goes_between_two_steps_of_learning() -> None:
    worker, _ = _worker()
    log: list[str] = []
    began, answer = threading.Event(), threading.Event()

    def learning() -> Iterator[Progress | None]:
        log.append("learn0")
        began.set()
        answer.wait(5)
        yield None
        log.append("learn1")
        yield None

    worker.put(Job(Rank.LEARN, "learn", None, learning, log.append))
    assert began.wait(5)
    worker.put(_job(Rank.CHAT, "chat", 2, log, []))
    answer.set()

    assert worker.wait(5)
    assert log == ["learn0", "chat0", "chat1", "learn1"]
    worker.close()


class Pupil:
    """A worker with a learning job that is in the middle of its first step."""

    def __init__(self, steps: int = 2) -> None:
        self.log: list[str] = []
        self.heard: list[str] = []
        self.standing = threading.Event()
        self.told: list[bool] = []
        self.go_on = threading.Event()
        self.worker = Worker(self._hear, paused=self._pause)
        began = threading.Event()

        def learning() -> Iterator[Progress | None]:
            for step in range(steps):
                self.log.append(f"learn{step}")
                began.set()
                self.go_on.wait(5)
                yield Progress(f"step {step}")

        self.job = Job(Rank.LEARN, "learn", None, learning, self.log.append)
        self.worker.put(self.job)
        assert began.wait(5)

    def _hear(self, job: Job, progress: Progress | None) -> None:
        self.heard.append(progress.label if progress else f"{job.label} ended")

    def _pause(self, now: bool) -> None:
        self.told.append(now)
        if now:
            self.standing.set()

    def chat(self, steps: int = 2, task: str | None = None) -> None:
        """A chat of so many steps, to its end."""

        def run() -> Iterator[Progress | None]:
            for step in range(steps):
                self.log.append(f"chat{step}")
                yield None

        self.worker.put(Job(Rank.CHAT, "chat", task, run, self.log.append))
        self.go_on.set()
        assert self.worker.wait(5, Rank.CHAT)


def test_while_a_person_types_learning_stands_still_and_chats_go_on() -> None:
    pupil = Pupil()

    pupil.worker.hold(60)
    pupil.go_on.set()
    assert pupil.standing.wait(5)
    pupil.chat()

    assert pupil.log == ["learn0", "chat0", "chat1"]
    pupil.worker.close()


def test_learning_goes_on_by_itself_once_nothing_is_typed_any_more() -> None:
    pupil = Pupil()

    pupil.worker.hold(1.0)
    pupil.go_on.set()

    assert pupil.worker.wait(9)
    assert pupil.log == ["learn0", "learn1"]
    assert pupil.told == [True, False]
    pupil.worker.close()


def test_the_longest_hold_counts() -> None:
    pupil = Pupil()

    pupil.worker.hold(60)
    pupil.worker.hold(0)
    pupil.go_on.set()

    assert pupil.standing.wait(5)
    pupil.worker.close()


def test_learning_stands_still_after_a_reply_for_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assistant.worker.READING", 60)
    pupil = Pupil()

    pupil.chat(task="t")

    assert pupil.standing.wait(5)
    assert pupil.log == ["learn0", "chat0", "chat1"]
    pupil.worker.close()


def test_what_stands_still_is_told_again_after_a_chat() -> None:
    pupil = Pupil()
    pupil.worker.hold(60)
    pupil.go_on.set()
    assert pupil.standing.wait(5)

    pupil.standing.clear()
    pupil.chat(0)
    assert pupil.standing.wait(5)
    pupil.worker.close()

    assert pupil.heard == ["step 0", "step 0", "chat ended", "step 0"]
    assert pupil.told == [True, False, True]


def test_stopping_does_not_wait_until_nothing_is_typed() -> None:
    pupil = Pupil()

    pupil.worker.hold(60)
    pupil.go_on.set()
    assert pupil.standing.wait(5)
    pupil.job.stop.set()

    assert pupil.worker.wait(5)
    pupil.worker.close()


def test_what_is_asked_for_begins_though_a_key_was_pressed_just_before() -> None:
    worker, heard = _worker()

    worker.hold(60)
    worker.put(_job(Rank.LEARN, "learn", 2, [], []))

    assert worker.wait(5)
    assert heard == ["learn0", "learn1", ""]
    worker.close()


def test_a_key_begins_the_quiet_anew() -> None:
    quiet: list[float] = []
    twice = threading.Event()

    def idle(seconds: float) -> None:
        quiet.append(seconds)
        worker.hold()
        if len(quiet) == 2:
            twice.set()

    worker = Worker(lambda job, progress: None, idle)

    assert twice.wait(10)
    assert quiet[1] < quiet[0] + 1.0
    worker.close()


def test_two_chat_jobs_keep_their_order() -> None:
    worker, _ = _worker()
    log: list[str] = []
    gate = threading.Event()

    def first() -> Iterator[Progress | None]:
        gate.wait(5)
        for step in range(3):
            log.append(f"a{step}")
            yield None

    worker.put(Job(Rank.CHAT, "a", None, first, log.append))
    worker.put(_job(Rank.CHAT, "b", 2, log, []))
    gate.set()

    assert worker.wait(5)
    assert log == ["a0", "a1", "a2", "b0", "b1"]
    worker.close()


def test_a_refusal_is_told_and_the_worker_lives_on() -> None:
    worker, _ = _worker()
    told: list[str] = []
    log: list[str] = []

    def refuses() -> Iterator[Progress | None]:
        yield None
        raise Refusal("The model does not fit.")

    worker.put(Job(Rank.CHAT, "bad", None, refuses, told.append))
    worker.put(_job(Rank.CHAT, "good", 1, log, told))

    assert worker.wait(5)
    assert told == ["The model does not fit."]
    assert log == ["good0"]
    worker.close()


def test_a_bug_is_logged_and_told_in_plain_words(caplog: pytest.LogCaptureFixture) -> None:
    worker, _ = _worker()
    told: list[str] = []

    def breaks() -> Iterator[Progress | None]:
        yield None
        raise ZeroDivisionError("a bug")

    worker.put(Job(Rank.CHAT, "bad", None, breaks, told.append))

    assert worker.wait(5)
    assert "log.txt" in told[0]
    assert "ZeroDivisionError" in caplog.text
    worker.close()


def test_a_worker_outlives_a_failure_that_can_be_neither_logged_nor_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker, _ = _worker()
    log: list[str] = []

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    def breaks() -> Iterator[Progress | None]:
        yield None
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("assistant.worker.LOG.exception", full)
    worker.put(Job(Rank.CHAT, "bad", None, breaks, full))
    worker.put(_job(Rank.CHAT, "good", 1, log, []))

    assert worker.wait(5)
    assert log == ["good0"]
    worker.close()


def test_nothing_new_starts_once_it_closes_and_learning_is_dropped() -> None:
    worker, _ = _worker()
    began = threading.Event()

    def endless() -> Iterator[Progress | None]:
        while True:
            began.set()
            yield None

    worker.put(Job(Rank.LEARN, "learn", None, endless, lambda _: None))
    assert began.wait(5)
    worker.close()

    with pytest.raises(Refusal, match="closing"):
        worker.put(_job(Rank.CHAT, "late", 1, [], []))


def test_progress_is_heard_and_the_end_of_each_job() -> None:
    worker, heard = _worker()

    worker.put(_job(Rank.CHAT, "a", 2, [], []))

    assert worker.wait(5)
    worker.close()
    assert heard == ["a0", "a1", ""]


def test_the_worker_outlives_what_is_done_while_nobody_types() -> None:
    idle = threading.Event()

    def broken(seconds: float) -> None:
        idle.set()
        raise OSError("the disk is full")

    worker = Worker(lambda job, progress: None, broken)
    assert idle.wait(5)
    log: list[str] = []
    worker.put(_job(Rank.CHAT, "good", 1, log, []))

    assert worker.wait(5)
    worker.close()
    assert log == ["good0"]


def test_learning_that_is_dropped_at_the_end_is_closed_on_the_workers_thread() -> None:
    worker, _ = _worker()
    began, closed = threading.Event(), list[str]()

    def endless() -> Iterator[Progress | None]:
        try:
            while True:
                began.set()
                yield None
        finally:
            closed.append(threading.current_thread().name)

    worker.put(Job(Rank.LEARN, "learn", None, endless, lambda _: None))
    assert began.wait(5)
    worker.close()

    assert closed == ["heed-worker"]
