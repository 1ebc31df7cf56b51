"""The one thread that owns the model: a queue of jobs in three ranks, advanced step by step.

Knows nothing of what a job does. Source of the rule: one owner instead of a lock on the model.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum

from assistant.protocols import Progress
from data.types import Refusal

LOG = logging.getLogger("heed")
SORRY = "Something went wrong inside heed; the details are in log.txt. Nothing was lost."


class Rank(IntEnum):
    """Who goes first. A job of a lower rank moves only while none of a higher one waits."""

    CHAT = 0
    COMPARE = 1
    LEARN = 2


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do in micro-steps: `run` is called on the worker, each next() is one step."""

    rank: Rank
    label: str
    task: str | None
    run: Callable[[], Iterator[Progress | None]]
    failed: Callable[[str], None]  # given a sentence for the person
    stop: threading.Event = field(default_factory=threading.Event)


class Worker:
    """Runs jobs on a thread of its own. `tell` hears each step, `idle` the quiet seconds."""

    def __init__(
        self,
        tell: Callable[[Job, Progress | None], None],
        idle: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self._tell, self._idle = tell, idle
        self._order = itertools.count()
        self._jobs: list[tuple[Rank, int, Job]] = []
        self._running: dict[int, Iterator[Progress | None]] = {}
        # Protects _jobs: "no job is left" and "idle" are one decision, so no late job is missed.
        self._change = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._loop, name="heed-worker", daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Adds a job. Raises Refusal once the worker is closing."""
        with self._change:
            if self._closing:
                raise Refusal("heed is closing; nothing new can be started.")
            self._jobs.append((job.rank, next(self._order), job))
            self._change.notify_all()

    def jobs(self, task: str | None = None) -> tuple[Job, ...]:
        """The running and waiting jobs, first to be advanced first; of one task if it is named."""
        with self._change:
            ordered = sorted(self._jobs, key=lambda entry: entry[:2])
        return tuple(job for _, _, job in ordered if task is None or job.task == task)

    def wait(self, timeout: float | None = None, rank: Rank | None = None) -> bool:
        """True as soon as nothing (of this rank) runs or waits; False after timeout seconds."""
        with self._change:
            return self._change.wait_for(
                lambda: not any(rank is None or job.rank is rank for _, _, job in self._jobs),
                timeout,
            )

    def close(self) -> None:
        """Stops every job at its next step and ends the thread."""
        with self._change:
            self._closing = True
            for _, _, job in self._jobs:
                job.stop.set()
            self._change.notify_all()
        self._thread.join(timeout=30)

    def _loop(self) -> None:
        quiet_since = time.monotonic()
        while True:
            with self._change:
                if not self._jobs:
                    if self._closing:
                        return
                    self._change.wait(timeout=1.0)
                entry = min(self._jobs, key=lambda one: one[:2]) if self._jobs else None
                dropped = self._closing and entry is not None and entry[0] is Rank.LEARN
                if dropped and entry is not None:
                    self._jobs.remove(entry)  # what it learned so far is rebuilt from the ledger
            if entry is None:
                self._rest(time.monotonic() - quiet_since)
                continue
            if dropped:
                self._running.pop(entry[1], None)  # closes it, while the memory is still open
                continue
            if self._step(entry[1], entry[2]):
                with self._change:
                    self._running.pop(entry[1], None)
                    self._jobs.remove(entry)
                    self._change.notify_all()
                self._tell(entry[2], None)
            quiet_since = time.monotonic()

    def _rest(self, seconds: float) -> None:
        try:
            self._idle(seconds)
        except Exception:
            with suppress(Exception):
                LOG.exception("what is done while nobody types failed")

    def _step(self, number: int, job: Job) -> bool:
        """Advances a job once; True when it has ended. A failing job never ends the thread."""
        try:
            if number not in self._running:
                self._running[number] = job.run()
            progress = next(self._running[number])
        except StopIteration:
            return True
        except Refusal as refusal:
            with suppress(Exception):  # see below
                job.failed(str(refusal))
            return True
        except Exception:
            # A full disk takes neither the log nor what became of the turn; the thread outlives it.
            with suppress(Exception):
                LOG.exception("a job failed: %s", job.label)
            with suppress(Exception):
                job.failed(SORRY)
            return True
        if progress is not None:
            self._tell(job, progress)
        return False
