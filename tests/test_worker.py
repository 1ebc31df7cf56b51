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
