"""The long jobs around lessons: a round of teaching, the proof of a forgetting, what is measured.

Knows no heavy library and no verb about a lesson: each job is an iterator of micro-steps, run by
the worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, RLock

from assistant import build, notice, proof, report, strength
from assistant.hub import Hub
from assistant.proof import Claim, Proofs
from assistant.protocols import Progress
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.worker import Job, Rank, Worker
from assistant.writer import Writer
from data import ledger
from data.types import AdapterVersion, Refusal

IDLE_SECONDS = 20.0  # how long nobody has typed before idle learning begins
LEARNING = "Teaching"
STOPPING = "Stopping after this step"
STOPPED = "Teaching was stopped. Approved lessons keep acting from the prompt."
PATIENCE = 120.0  # seconds for one micro-step of learning to end


class Rounds:
    """Puts jobs on the worker and says what became of them."""

    def __init__(
        self, shelf: Shelf, hub: Hub, writer: Writer, worker: Worker, settings: Settings
    ) -> None:
        self._shelf, self._hub, self._writer = shelf, hub, writer
        self._worker, self._settings = worker, settings
        self._left = frozenset[str]()  # no idle round begins for them: theirs failed or was stopped
        self._again: dict[str, Callable[[], str]] = {}  # label -> begins it once more
        # Protects "no such job runs, so one begins": two pages may ask at once. And _again: a
        # forgetting may end a job and begin it again while the person stops it.
        self._beginning = RLock()
        self._proofs = Proofs(
            shelf.kept, writer.model, writer.embed, settings.seed, self._limit(), self._say
        )

    def learn(self, task: str | None) -> str:
        """Starts a round, unless one runs. Raises Refusal when there is nothing to teach."""
        if not build.waiting(self._shelf.kept):
            raise Refusal(
                "There is nothing new to teach: no approved lesson is waiting. Tell heed what to "
                "do always, accept its reply and say 'Yes, from now on'."
            )
        return self._begin(
            Rank.LEARN,
            LEARNING,
            lambda stop: self._round(task, stop),
            "heed is being taught already.",
            lambda: self.learn(task),
        )

    def stop(self) -> None:
        """Ends the round of teaching at its next step; reports and proofs go on."""
        with self._beginning:
            self._again.pop(LEARNING, None)
            for place, job in enumerate(self._worker.jobs()):
                if job.label == LEARNING:
                    job.stop.set()
                    if place == 0:  # else what is told is of the job that goes first
                        self._hub.doing(Progress(STOPPING))
            if not self._worker.jobs():  # it has ended by itself, and nobody tells it any more
                self._hub.tell(None, ())

    def when_idle(self, seconds: float) -> None:
        """Called while nothing happens: goes on with proofs, and teaches if it may by itself."""
        if not self._beginning.acquire(blocking=False):
            return  # something begins just now, and may wait for the thread that calls this
        try:
            if self._proofs.open:
                self._prove()
            elif self._may_teach(seconds):
                self.learn(None)
        finally:
            self._beginning.release()

    def measure_strength(self) -> str:
        """Measures how far each strength of the live version drifts; gives the label of the job.

        Raises Refusal if the untaught model answers, or if it was measured already.
        """
        version = strength.measurable(self._shelf.kept)
        return self._begin(
            Rank.COMPARE,
            strength.MEASURING,
            lambda stop: self._measure(version, stop),
            "The strengths are being measured already.",
            self.measure_strength,
        )

    def report(self, task: str | None) -> str:
        """Measures the live version on the audit panel; gives the label of the job.

        Raises Refusal if there is nothing to report, or if a report is being made.
        """
        report.reportable(self._shelf.kept)
        return self._begin(
            Rank.COMPARE,
            report.REPORTING,
            lambda stop: self._report(task, stop),
            "A report is being made already.",
            lambda: self.report(task),
        )

    def prove(self, claim: Claim) -> None:
        """Proves a forgetting as soon as nothing else is to be done, and says so in its chat."""
        self._proofs.open.append(claim)
        self._prove()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Ends at its next step all that reads lessons or examples, and lets none begin inside.

        Approved stays so. What was ended begins again afterwards, if there is still something to
        do. Raises Refusal if a step takes too long.
        """
        with self._beginning:
            ended = [job for job in self._worker.jobs() if job.rank is not Rank.CHAT]
            again = [self._again[job.label] for job in ended if job.label in self._again]
            for job in ended:
                job.stop.set()
            if not all(self._worker.wait(PATIENCE, rank) for rank in {one.rank for one in ended}):
                self._again.clear()
                raise Refusal(f"{ended[0].label!r} has not stopped yet; try again in a moment.")
            try:
                yield
            finally:
                if self._proofs.open and not self._runs(proof.PROVING):
                    self._prove()
                for begin in again:
                    with suppress(Refusal):
                        begin()

    def _may_teach(self, seconds: float) -> bool:
        quiet = self._settings.learn == "idle" and seconds > IDLE_SECONDS
        return quiet and bool(self._waiting() - self._left)

    def _waiting(self) -> frozenset[str]:
        return frozenset(one.id for one in build.waiting(self._shelf.kept))

    def _runs(self, label: str) -> bool:
        return any(job.label == label for job in self._worker.jobs())

    def _begin(
        self,
        rank: Rank,
        label: str,
        run: Callable[[Event], Iterator[Progress | None]],
        busy: str,
        again: Callable[[], str],
    ) -> str:
        with self._beginning:
            if self._runs(label):
                raise Refusal(busy)
            self._put(rank, label, run)
            self._again[label] = again
        return label

    def _put(
        self, rank: Rank, label: str, run: Callable[[Event], Iterator[Progress | None]]
    ) -> None:
        stop = Event()
        self._worker.put(Job(rank, label, None, lambda: run(stop), self._hub.notify, stop))
        self._hub.tell(None, tuple((one.task, one.label) for one in self._worker.jobs()))

    def _prove(self) -> None:
        with suppress(Refusal):  # heed is closing: then the receipt says "not measured"
            self._put(Rank.LEARN, proof.PROVING, self._proofs.run)

    def _round(self, task: str | None, stop: Event) -> Iterator[Progress | None]:
        begun = self._waiting()
        try:
            yield from self._taught(task, stop)
        finally:
            if not stop.is_set():
                self._left = self._waiting() & begun  # what was approved meanwhile had no try yet
            elif LEARNING not in self._again:  # the person stopped it, and wants quiet
                self._left = self._waiting()
                self._say(task, STOPPED)

    def _taught(self, task: str | None, stop: Event) -> Iterator[Progress | None]:
        yield Progress("Loading the model")
        if stop.is_set():
            return
        kept, seed = self._shelf.kept, self._settings.seed
        steps = build.build(
            kept,
            self._writer.model(),
            self._writer.embed,
            self._settings.home,
            seed,
            self._limit(),
        )
        for progress in steps:
            if stop.is_set():
                steps.close()
                return
            if 0 < progress.total == progress.done:  # a part has ended: a version may be live now
                self._hub.moved()
            yield progress
        self._say(task, build.told(kept))
        if self._proofs.rebuilt():
            self._prove()

    def _measure(self, version: AdapterVersion, stop: Event) -> Iterator[Progress | None]:
        yield Progress("Loading the model")
        if stop.is_set():
            return
        yield from strength.measure(self._shelf.kept, self._writer.model(), version, stop)
        self._hub.moved()

    def _report(self, task: str | None, stop: Event) -> Iterator[Progress | None]:
        yield Progress("Loading the model")
        if stop.is_set():
            return
        kept, seed = self._shelf.kept, self._settings.seed
        steps = report.make(kept, self._writer.model(), self._writer.embed, seed, self._limit())
        for progress in steps:
            if stop.is_set():
                steps.close()
                return
            yield progress
        made = report.last(kept)
        if made is not None:
            self._say(task, report.told(made, ledger.all(kept)))

    def _limit(self) -> int:
        """Tokens of a reply while teaching, testing and proving."""
        return min(build.LIMIT, self._settings.tokens)

    def _say(self, task: str | None, sentence: str) -> None:
        notice.say(self._shelf, self._hub, task, sentence)
