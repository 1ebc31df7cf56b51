"""The verbs about lessons and versions: note, approve, teach, undo, forget.

Knows no heavy library: a round of learning is an iterator of micro-steps, run by the worker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Event

from assistant import adapters, build, checkpoint, forget, history, places, report, strength
from assistant.hub import Hub
from assistant.protocols import Progress
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.typed import clean
from assistant.worker import Job, Rank, Worker
from assistant.writer import Writer
from data import critiques, ledger, tasks, versions
from data.checks import registry
from data.store import Store
from data.types import (
    AdapterVersion,
    Condition,
    Lesson,
    Reach,
    Refusal,
    Settled,
    Stance,
    Turn,
    Wish,
)
from feedback import conflicts, propose

IDLE_SECONDS = 20.0  # how long nobody has typed before idle learning begins
LEARNING = "Teaching"
PATIENCE = 120.0  # seconds for one micro-step of learning to end


@dataclass(slots=True)
class Teaching:
    """Acts on the ledger and versions of the kept store; temporary chats teach nothing."""

    shelf: Shelf
    hub: Hub
    writer: Writer
    worker: Worker
    settings: Settings
    _failed: frozenset[str] = frozenset()  # lessons of the last failed idle round: not tried again

    def note(
        self, store: Store, task: str, wishes: Sequence[Wish], path: Sequence[Turn]
    ) -> Mapping[str, str]:
        """Lessons for the wishes that reach beyond their reply: wish -> lesson, new or repeated."""
        if tasks.get(store, task).mode != "normal" or not all(one.learn for one in path):
            return {}
        noted = {}
        for wish in wishes:
            lesson = propose.lesson_from(wish, history.request_of(path).text, store.now())
            if lesson is None or not _typed(store, wish):
                continue
            twin = next((old for old in ledger.all(store) if propose.same(old, lesson)), None)
            known = twin or ledger.add(store, lesson)
            if ("wish", wish.id, 1) not in ledger.evidence(store, known.id):
                ledger.add_evidence(store, known.id, "wish", wish.id)
            noted[wish.id] = known.id
            if self.settings.approve == "on_accept" and known.status == "noted":
                self.approve(known.id)
        return noted

    def settle(
        self,
        store: Store,
        wish: Wish,
        settled: Settled,
        effect: str | None,
        reach: Reach | None,
        condition: Condition | None,
    ) -> None:
        """Stores the corrected chip; a wider reach the person chose is a lesson they approve."""
        changed = replace(
            wish,
            settled=settled,
            effect=clean(effect) if effect else wish.effect,
            check=wish.check if effect in (None, wish.effect) else propose.check_of(effect),
            reach=reach or wish.reach,
            condition=wish.condition if condition is None else condition,
            route="accept" if settled in ("yes", "edited") else wish.route,
        )
        entry = critiques.get(store, wish.critique)
        draft = tasks.turn(store, entry.turn)
        with store.transaction():
            critiques.change_wish(store, changed, "the person corrected the chip")
            if settled != "rejected" and reach in ("topic", "always"):
                path = tasks.path_to(store, draft.id)
                for lesson in self.note(store, draft.task, [changed], path).values():
                    self.approve(lesson)
            if settled == "rejected" or reach in ("reply", "task"):
                self._narrow(wish)
        self.hub.moved()

    def approve(self, lesson: str) -> None:
        """Yes, from now on: the lesson acts from the next request; what it contradicts retires.

        A rule that was kept in memory waits to be taught again. Raises Refusal for a check that no
        reply can pass, or that every reply passes.
        """
        kept = self.shelf.kept
        found = ledger.get(kept, lesson)
        if found.status in ("active", "learned") and found.stance in ("endorsed", "wished"):
            return
        wrong = None if found.check is None else registry.problem(found.check)
        if wrong is not None:
            raise Refusal(wrong)
        stance: Stance = found.stance if found.stance == "wished" else "endorsed"
        with kept.transaction():
            for one in conflicts.find(found, ledger.all(kept, ledger.ACTING)):
                other = ledger.get(kept, one.lesson_id)
                if one.kind == "contradicts":
                    ledger.add_edge(kept, lesson, other.id, "contradicts")
                    self._withdraw(other, "a newer lesson says the opposite")
                    self.hub.notify(f"{other.effect!r} no longer holds: {found.effect!r} is newer.")
                else:
                    winner, loser = (found, other) if one.narrower == "this" else (other, found)
                    ledger.add_edge(kept, winner.id, loser.id, "exception_to", winner.condition)
            status = places.approved(found)
            self._change(replace(found, status=status, stance=stance, until=None), "approved")
            places.follow_live(kept)  # a version that the person chose may hold it already
        self.hub.moved()  # again: a page that looked before the commit saw it as it was

    def disable(self, lesson: str) -> None:
        """The lesson stops acting at once; if weights hold it, a version without it answers."""
        self._withdraw(ledger.get(self.shelf.kept, lesson), "switched off by the person")

    def edit(self, lesson: str, effect: str | None, scope: str | None) -> str:
        """Other words or another scope. Gives the id: a new one if weights hold the old words."""
        kept = self.shelf.kept
        found = ledger.get(kept, lesson)
        if effect is not None and not effect.strip():
            raise Refusal("A lesson needs words; to remove it, forget it.")
        words = found.effect if effect is None else clean(effect)
        where = found.scope if scope is None else clean(scope) if scope.strip() else ""
        changed = replace(
            found,
            effect=words,
            scope=where,
            check=found.check if words == found.effect else propose.check_of(words),
            condition=found.condition if where == found.scope else propose.condition_of(where),
            status=places.approved(found) if found.status in ledger.ACTING else found.status,
            place="prompt",
            learned_in=None,
        )
        if not any(lesson in version.lessons for version in versions.all(kept)):
            self._change(changed, "edited by the person")
            return lesson
        with kept.transaction():
            self._withdraw(found, "edited: another lesson took its place")
            anew = ledger.add(kept, replace(changed, id="", since=kept.now()))
            for kind, ref, sign in ledger.evidence(kept, lesson):
                ledger.add_evidence(kept, anew.id, kind, ref, sign)
        self.hub.moved()
        return anew.id

    def set_stance(self, lesson: str, stance: Stance) -> None:
        """Only endorsed and wished lessons act and are taught; also weights let another one go."""
        found = ledger.get(self.shelf.kept, lesson)
        self._change(replace(found, stance=stance), "the person said how they stand to it")
        if stance not in ("endorsed", "wished"):
            self._out_of_weights(lesson)

    def learn(self, task: str | None) -> str:
        """Starts a round, unless one runs. Raises Refusal when there is nothing to teach."""
        if any(job.rank is Rank.LEARN for job in self.worker.jobs()):
            raise Refusal("heed is being taught already.")
        if not build.waiting(self.shelf.kept):
            raise Refusal(
                "There is nothing new to teach: no approved lesson is waiting. Tell heed what to "
                "do always, accept its reply and say 'Yes, from now on'."
            )
        stop = Event()
        job = Job(
            Rank.LEARN, LEARNING, None, lambda: self._round(task, stop), self.hub.notify, stop
        )
        self._put(job)
        return LEARNING

    def when_idle(self, seconds: float) -> None:
        """Called while nothing happens; starts a round once it has been quiet for a while."""
        waiting = frozenset(one.id for one in build.waiting(self.shelf.kept))
        if seconds > IDLE_SECONDS and waiting - self._failed:
            self._failed = waiting
            self.learn(None)

    def undo(self, task: str | None) -> int | None:
        """Back to what was live before. Raises Refusal when nothing was."""
        kept = self.shelf.kept
        now = versions.live(kept)
        if now is None:
            raise Refusal("Nothing to undo: the untaught model is answering.")
        before = versions.before_live(kept)
        self.use(before, task)
        return before

    def use(self, number: int | None, task: str | None) -> None:
        """Makes a version live; lessons that it does not hold act from the prompt again."""
        kept = self.shelf.kept
        now = versions.live(kept)
        was = now.number if now else None
        if number == was:
            raise Refusal(f"{_named(number).capitalize()} is answering already.")
        inside: tuple[str, ...] = ()
        with kept.transaction():
            if number is None:
                versions.retire_live(kept, "the person chose the untaught model")
            else:
                chosen = versions.get(kept, number)
                if chosen.state == "purged":
                    raise Refusal(f"Version {number} was removed when a lesson was forgotten.")
                damage = adapters.verify(chosen.folder)
                if damage is not None:
                    raise Refusal(f"Version {number} cannot answer any more: {damage}")
                versions.promote(kept, number, "chosen by the person")
                inside = chosen.lessons
            places.follow_live(kept)
        off = [one.effect for one in ledger.all(kept, ("retired",)) if one.id in inside]
        also = f" It also holds what you switched off: {'; '.join(off)}." if off else ""
        self._say(task, f"{_named(number).capitalize()} is live (was {_named(was)}).{also}")

    def forget(self, lesson: str, task: str | None) -> str:
        """Removes a lesson for good; what came after it is rebuilt in the background."""
        kept = self.shelf.kept
        self.stop_learning()
        taught = {one.id for one in ledger.all(kept, ("learned",))}
        found = ledger.get(kept, lesson)
        for older in ledger.all(kept, ("retired",)):  # what this lesson said before it was edited
            if found.wish and older.wish == found.wish and older.id != lesson:
                forget.forget(kept, self.settings.home, older.id)
        receipt = forget.forget(kept, self.settings.home, lesson)
        self._say(task, f"Forgotten. The receipt {receipt.id} says what was removed.")
        if taught & {one.id for one in build.waiting(kept)}:
            self.learn(task)
        return receipt.id

    def measure_strength(self) -> str:
        """Measures how far each strength of the live version drifts; gives the label of the job.

        Raises Refusal if the untaught model answers, or if it was measured already.
        """
        version = strength.measurable(self.shelf.kept)
        if any(job.label == strength.MEASURING for job in self.worker.jobs()):
            raise Refusal("The strengths are being measured already.")
        stop = Event()
        job = Job(
            Rank.COMPARE,
            strength.MEASURING,
            None,
            lambda: self._measure(version, stop),
            self.hub.notify,
            stop,
        )
        self._put(job)
        return strength.MEASURING

    def report(self, task: str | None) -> str:
        """Measures the live version on the audit panel; gives the label of the job.

        Raises Refusal if there is nothing to report, or if a report is being made.
        """
        report.reportable(self.shelf.kept)
        if any(job.label == report.REPORTING for job in self.worker.jobs()):
            raise Refusal("A report is being made already.")
        stop = Event()
        job = Job(
            Rank.COMPARE,
            report.REPORTING,
            None,
            lambda: self._report(task, stop),
            self.hub.notify,
            stop,
        )
        self._put(job)
        return report.REPORTING

    def stop_learning(self) -> None:
        """Ends a running round at its next step, and waits for that; approved stays approved."""
        for job in self.worker.jobs():
            if job.rank is Rank.LEARN:
                job.stop.set()
        if not self.worker.wait(PATIENCE, Rank.LEARN):
            raise Refusal("The round of teaching has not stopped yet; try again in a moment.")

    def _round(self, task: str | None, stop: Event) -> Iterator[Progress | None]:
        yield Progress("Loading the model")
        if stop.is_set():
            return
        model = self.writer.model()
        kept = self.shelf.kept
        steps = build.build(
            kept,
            model,
            self.writer.embed,
            self.settings.home,
            self.settings.seed,
            min(build.LIMIT, self.settings.tokens),
        )
        for progress in steps:
            if stop.is_set():
                steps.close()
                self._say(
                    task, "Teaching was stopped. Approved lessons keep acting from the prompt."
                )
                return
            yield progress
        self._failed = frozenset(one.id for one in build.waiting(kept))
        self._say(task, build.told(kept))

    def _measure(self, version: AdapterVersion, stop: Event) -> Iterator[Progress | None]:
        yield Progress("Loading the model")
        if stop.is_set():
            return
        yield from strength.measure(self.shelf.kept, self.writer.model(), version, stop)
        self.hub.moved()

    def _report(self, task: str | None, stop: Event) -> Iterator[Progress | None]:
        yield Progress("Loading the model")
        if stop.is_set():
            return
        kept, chosen = self.shelf.kept, self.settings
        limit = min(build.LIMIT, chosen.tokens)
        steps = report.make(kept, self.writer.model(), self.writer.embed, chosen.seed, limit)
        for progress in steps:
            if stop.is_set():
                steps.close()
                return
            yield progress
        made = report.last(kept)
        if made is not None:
            self._say(task, report.told(made, ledger.all(kept)))

    def _withdraw(self, lesson: Lesson, why: str) -> None:
        kept = self.shelf.kept
        self._out_of_weights(lesson.id)
        found = ledger.get(kept, lesson.id)
        self._change(
            replace(found, status="retired", place="prompt", learned_in=None, until=kept.now()), why
        )
        checkpoint.mend(kept, self.settings.home)

    def _out_of_weights(self, lesson: str) -> None:
        """If the live version holds the lesson, the newest sound one without it answers."""
        kept = self.shelf.kept
        live = versions.live(kept)
        if live is None or lesson not in live.lessons:
            return
        number = versions.newest_without(kept, lesson)
        if number is not None and adapters.verify(versions.get(kept, number).folder) is not None:
            number = None
        self.use(number, None)

    def _narrow(self, wish: Wish) -> None:
        """Takes back the lesson that stands on this wish alone, also one that acts already."""
        kept = self.shelf.kept
        for lesson in ledger.all(kept, ("noted", *ledger.ACTING)):
            said = [ref for kind, ref, _ in ledger.evidence(kept, lesson.id) if kind == "wish"]
            if lesson.wish == wish.id and said in ([], [wish.id]):
                self._withdraw(lesson, "its wish was narrowed")

    def _change(self, lesson: Lesson, why: str) -> None:
        ledger.change(self.shelf.kept, lesson, why)
        self.hub.moved()

    def _say(self, task: str | None, sentence: str) -> None:
        """A notice in the chat, so that it is not only in a log; and one line on every page."""
        if task is not None:
            store = self.shelf.of_task(task)
            head = tasks.get(store, task).head
            notice = Turn("", task, head, "notice", sentence, 0, "model", "typed", store.now())
            tasks.add_turn(store, notice)
        self.hub.notify(sentence)
        self.hub.moved()

    def _put(self, job: Job) -> None:
        self.worker.put(job)
        self.hub.tell(None, tuple((one.task, one.label) for one in self.worker.jobs()))


def _named(number: int | None) -> str:
    return "the untaught model" if number is None else f"version {number}"


def _typed(store: Store, wish: Wish) -> bool:
    """Only words that a person typed as feedback, or confirmed, ever teach."""
    return critiques.get(store, wish.critique).origin.trust in ("typed", "confirmed")
