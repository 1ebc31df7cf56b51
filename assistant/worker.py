"""The one thread that owns the model: a queue of jobs in three ranks, advanced step by step.

What is not a chat's stands still while the person types. Knows nothing of what a job does. Source
of the rule: one owner instead of a lock on the model.
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
TYPING = 4.0  # seconds that a pressed key holds learning: keys are told once a second, people pause
READING = 2.0  # seconds after a reply in which the person reads it and begins to type
LOOK = 0.1  # seconds between two looks at whether a job that stands still was stopped
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
    """Runs jobs on a thread of its own. `tell` hears each step, `idle` the quiet seconds.

    `paused` hears when all that is left to do stands still for the person, and when it goes on.
    """

    def __init__(
        self,
        tell: Callable[[Job, Progress | None], None],
        idle: Callable[[float], None] = lambda seconds: None,
        paused: Callable[[bool], None] = lambda now: None,
    ) -> None:
        self._tell, self._idle, self._paused = tell, idle, paused
        self._order = itertools.count()
        self._jobs: list[tuple[Rank, int, Job]] = []
        self._running: dict[int, Iterator[Progress | None]] = {}
        self._latest: dict[int, Progress] = {}  # what each running job told last
        self._standing = False  # whether `paused` was last told that all stands still
        # Protects _jobs: "no job is left" and "idle" are one decision, so no late job is missed.
        # And the two times below, which a person's key moves and the thread reads.
        self._change = threading.Condition()
        self._held_until = 0.0
        self._quiet_since = time.monotonic()
        self._closing = False
        self._thread = threading.Thread(target=self._loop, name="heed-worker", daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Adds a job; one that is not a chat's ends a hold, for the person has just asked for it.

        Raises Refusal once the worker is closing.
        """
        with self._change:
            if self._closing:
                raise Refusal("heed is closing; nothing new can be started.")
            if job.rank is not Rank.CHAT:
                self._held_until = 0.0
            self._jobs.append((job.rank, next(self._order), job))
            self._change.notify_all()

    def hold(self, seconds: float = TYPING) -> None:
        """The person is typing: after the running step only chats go on, for this long."""
        with self._change:
            self._quiet_since = time.monotonic()
            self._held_until = max(self._held_until, self._quiet_since + seconds)

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
        while True:
            with self._change:
                if not self._jobs:
                    if self._closing:
                        return
                    self._change.wait(timeout=1.0)
                entry = self._first()
                quiet = time.monotonic() - self._quiet_since
                held = self._held()
                dropped = self._closing and entry is not None and entry[0] is Rank.LEARN
                if dropped and entry is not None:
                    self._jobs.remove(entry)  # what it learned so far is rebuilt from the ledger
            if entry is None:
                self._rest(quiet)
                continue
            if dropped:
                self._forget(entry[1])  # closes it, while the memory is still open
                continue
            self._stand(held, entry[1], entry[2])
            if held:
                with self._change:
                    self._change.wait_for(lambda: not self._held(), LOOK)
                continue
            ended = self._step(entry[1], entry[2])
            with self._change:
                self._quiet_since = time.monotonic()
                if ended:
                    self._forget(entry[1])
                    self._jobs.remove(entry)
                    if entry[0] is Rank.CHAT and entry[2].task is not None:
                        self._held_until = max(self._held_until, self._quiet_since + READING)
                    self._change.notify_all()
            if ended:
                self._tell(entry[2], None)

    def _first(self) -> tuple[Rank, int, Job] | None:
        return min(self._jobs, key=lambda one: one[:2]) if self._jobs else None

    def _held(self) -> bool:
        """Whether the next job waits for the person; one that was stopped goes on to its end."""
        entry = self._first()
        if entry is None or entry[0] is Rank.CHAT or self._closing or entry[2].stop.is_set():
            return False
        return time.monotonic() < self._held_until

    def _stand(self, held: bool, number: int, job: Job) -> None:
        """Tells that all stands still, and at what; or that something goes on."""
        if held == self._standing:
            return
        self._standing = held
        self._paused(held)
        if held:
            self._tell(job, self._latest.get(number, Progress(job.label)))

    def _forget(self, number: int) -> None:
        self._running.pop(number, None)
        self._latest.pop(number, None)

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
            self._latest[number] = progress
            self._tell(job, progress)
        return False
