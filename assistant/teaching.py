"""The verbs about lessons and versions: note, approve, edit, undo, forget.

Knows no model and no job: what takes long is started in rounds.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant import (
    adapters,
    blocks,
    build,
    checkpoint,
    curriculum,
    forget,
    history,
    notice,
    opposites,
    places,
    proof,
    remainder,
    trace,
    untested,
)
from assistant.hub import Hub
from assistant.rounds import Rounds
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.typed import clean
from data import consent, critiques, ledger, tasks, versions
from data.checks import registry
from data.store import Store
from data.types import Lesson, Reach, Refusal, Settled, Stance, Turn, Wish
from feedback import conflicts, propose

PASTED = "What was pasted or imported makes no lesson; if it should hold, say it in your own words."


@dataclass(slots=True)
class Teaching:
    """Acts on the ledger and versions of the kept store; temporary chats teach nothing."""

    shelf: Shelf
    hub: Hub
    rounds: Rounds
    settings: Settings

    def note(
        self, store: Store, task: str, wishes: Sequence[Wish], path: Sequence[Turn]
    ) -> Mapping[str, str]:
        """Lessons for the wishes that reach beyond their reply: wish -> lesson, new or repeated."""
        if tasks.get(store, task).mode != "normal" or not all(one.learn for one in path):
            return {}
        noted = {}
        for wish in wishes:
            lesson = propose.lesson_from(wish, history.subject_of(path), store.now())
            if lesson is None:
                continue
            if not _typed(store, wish):
                self.hub.notify(PASTED)
                continue
            known = _twin(lesson, ledger.all(store)) or ledger.add(store, lesson)
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
        when: str | None,
    ) -> None:
        """Stores the corrected chip; a wider reach the person chose is a lesson they approve.

        What a lesson stood on before the correction, it does not any more. Raises Refusal for words
        that say no place.
        """
        if when is not None and reach == "topic" and not re.search(r"\w", when):
            raise Refusal("Say when it should hold, for example: emails to my boss.")
        condition = None if when is None else propose.condition_of(clean(when) if when else "")
        changed = replace(
            wish,
            settled=settled,
            effect=clean(effect) if effect else wish.effect,
            check=wish.check if effect in (None, wish.effect) else propose.check_of(effect),
            reach=reach or wish.reach,
            condition=wish.condition if condition is None else condition,
        )
        entry = critiques.get(store, wish.critique)
        draft = tasks.turn(store, entry.turn)
        if settled != "rejected" and reach in ("topic", "always") and not _typed(store, wish):
            raise Refusal(PASTED)
        with store.transaction():
            critiques.change_wish(
                store, changed, "the person corrected the chip", entry.origin.rater
            )
            stands: list[str] = []
            if settled != "rejected" and reach in ("topic", "always"):
                path = tasks.path_to(store, draft.id)
                stands = [*self.note(store, draft.task, [changed], path).values()]
                for lesson in stands:
                    self.approve(lesson)
            if settled == "rejected" or reach is not None:
                self._narrow(wish, stands)
            elif changed.effect != wish.effect:
                self._reword(changed)
        self.hub.moved()

    def approve(self, lesson: str) -> None:
        """Yes, from now on: the lesson acts from the next request; what it contradicts retires.

        A rule that was kept in memory waits to be taught again. Raises Refusal for a check that no
        reply can pass, or that every reply passes.
        """
        kept = self.shelf.kept
        found = ledger.get(kept, lesson)
        if found.status in ("active", "learned") and found.stance in ledger.MEANT:
            return
        if found.check is not None and (wrong := registry.problem(found.check)) is not None:
            raise Refusal(wrong)
        stance: Stance = found.stance if found.stance == "wished" else "endorsed"
        with kept.transaction():
            self._set_aside(found)
            if lesson in consent.closed(kept):
                consent.renew(kept, lesson)
            status = places.approved(found)
            self._change(replace(found, status=status, stance=stance, until=None), "approved")
            places.follow_live(kept)  # a version that the person chose may hold it already
            self._tell_untested(lesson)
        self.hub.moved()  # again: a page that looked before the commit saw it as it was

    def disable(self, lesson: str) -> None:
        """The lesson stops acting at once; if weights hold it, its block is silent from now on."""
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
        with kept.transaction():
            if any(lesson in version.lessons for version in versions.all(kept)):
                self._withdraw(found, "edited: another lesson took its place")
                changed = ledger.add(kept, replace(changed, id="", since=kept.now()))
                for kind, ref, sign in ledger.evidence(kept, lesson):
                    ledger.add_evidence(kept, changed.id, kind, ref, sign)
            else:
                self._change(changed, "edited by the person")
                ledger.remove_exceptions(kept, lesson)
            if changed.status in ledger.ACTING and changed.stance in ledger.MEANT:
                self._set_aside(changed)
        self.hub.moved()
        return changed.id

    def set_stance(self, lesson: str, stance: Stance) -> None:
        """Only endorsed and wished lessons act and are taught; also weights let another one go."""
        found = ledger.get(self.shelf.kept, lesson)
        self._change(replace(found, stance=stance), "the person said how they stand to it")
        if stance in ledger.MEANT and found.status in ledger.ACTING:
            self._set_aside(found)
            self._tell_untested(lesson)
        if stance not in ledger.MEANT:
            self._out_of_weights(lesson)

    def undo(self, task: str | None) -> int | None:
        """Back to what was live before and is sound. Raises Refusal when nothing was."""
        kept = self.shelf.kept
        now = versions.live(kept)
        if now is None:
            raise Refusal("Nothing to undo: the untaught model is answering.")
        before = remainder.before(kept)
        self.use(before, task)
        return before

    def use(self, number: int | None, task: str | None) -> None:
        """Makes a version live; lessons that it does not hold act from the prompt again."""
        kept = self.shelf.kept
        now = versions.live(kept)
        was = now.number if now else None
        if number == was:
            raise Refusal(f"{_named(number).capitalize()} is answering already.")
        with kept.transaction():
            if number is None:
                versions.retire_live(kept, "the person chose the untaught model")
            else:
                chosen = versions.get(kept, number)
                if chosen.state == "purged":
                    raise Refusal(f"Version {number} was removed when a lesson was forgotten.")
                if chosen.state == "candidate":
                    raise Refusal(
                        f"Version {number} has not passed its test, so it can be looked at but "
                        "does not answer."
                    )
                if (damage := adapters.damage(chosen)) is not None:
                    raise Refusal(f"Version {number} cannot answer any more: {damage}")
                versions.promote(kept, number, "chosen by the person")
            places.follow_live(kept)
        said = f"{_named(number).capitalize()} is live (was {_named(was)})."
        told = (said, self._still_heard(number), untested.told(kept))
        self._say(task, " ".join(filter(None, told)))

    def forget(self, lesson: str, task: str | None) -> str:
        """Removes a lesson for good; what came after it is rebuilt, and the forgetting is proved.

        Both go on in the background. Gives the receipt's id.
        """
        kept, home = self.shelf.kept, self.settings.home
        with self.rounds.still():
            taught = {one.id for one in ledger.all(kept, ("learned",))}
            claims = []
            for each in (*self._said_before(lesson), lesson):
                claim = proof.capture(kept, ledger.get(kept, each))
                receipt = forget.forget(kept, home, each)
                if forget.provable(receipt):
                    claims.append(replace(claim, task=task, receipt=receipt.id))
            rebuild = bool(taught & {one.id for one in build.waiting(kept)})
            self._say(task, forget.told(kept, home, receipt, proving=bool(claims)))
            for claim in claims:
                self.rounds.prove(replace(claim, rebuilt=rebuild))
            if rebuild:
                self.rounds.learn(task)
        return receipt.id

    def keep_out(self, store: Store, turn: str, learn: bool) -> None:
        """Keeps a turn and what hangs below it out of learning, or lets it back in.

        A lesson of which every word is kept out now waits for a fresh yes.
        """
        with store.transaction():
            before = consent.closed_wishes(store)
            tasks.set_learn(store, turn, learn)
            newly = consent.closed_wishes(store) - before
            resting = consent.withdraw(store, sorted(newly)) & consent.closed(store)
            for lesson in ledger.all(store, ledger.ACTING):
                if lesson.id in resting:
                    self._leave(lesson.id)
                    found = ledger.get(store, lesson.id)
                    self._change(
                        replace(found, status="noted", place="prompt", learned_in=None),
                        "all that it rests on is kept out of learning",
                    )
                    self._say(
                        tasks.turn(store, turn).task,
                        f"{trace.quoted(lesson.effect)} waits for your yes again: all that it "
                        "rests on is kept out of learning now.",
                    )
            if resting:
                checkpoint.mend(store, self.settings.home)

    def _set_aside(self, lesson: Lesson) -> None:
        """What says the opposite of a lesson that acts now is set aside, and the person is asked.

        A narrower one is an exception of the wider: both stay.
        """
        kept = self.shelf.kept
        for one in conflicts.find(lesson, curriculum.standing(kept, ledger.ACTING)):
            other = ledger.get(kept, one.lesson_id)
            if one.kind == "contradicts":
                ledger.add_edge(kept, lesson.id, other.id, "contradicts")
                self._withdraw(other, opposites.WHY)
                self._say(self._chat_of(lesson), opposites.asked(other, lesson))
            else:
                winner, loser = (lesson, other) if one.narrower == "this" else (other, lesson)
                ledger.add_edge(kept, winner.id, loser.id, "exception_to", winner.condition)
                self._out_of_weights(loser.id)  # where others share its block it cannot be silent

    def _chat_of(self, lesson: Lesson) -> str | None:
        """The chat in which a lesson was said; None once it is deleted."""
        kept = self.shelf.kept
        try:
            said = critiques.get(kept, critiques.wish(kept, lesson.wish).critique)
            return tasks.turn(kept, said.turn).task
        except Refusal:
            return None

    def _said_before(self, lesson: str) -> list[str]:
        """What this lesson was before it was edited: a retired one that rests on the same words."""
        kept = self.shelf.kept

        def rests_on(id: str) -> set[str]:
            own = {ledger.get(kept, id).wish} - {""}
            said = ledger.evidence(kept, id)
            return own | {ref for kind, ref, _ in said if kind != "stance"}

        mine = rests_on(lesson)
        retired = [one.id for one in ledger.all(kept, ("retired",)) if one.id != lesson]
        return [id for id in retired if mine & rests_on(id)]

    def _withdraw(self, lesson: Lesson, why: str) -> None:
        kept = self.shelf.kept
        self._out_of_weights(lesson.id)
        found = ledger.get(kept, lesson.id)
        self._change(
            replace(found, status="retired", place="prompt", learned_in=None, until=kept.now()), why
        )
        checkpoint.mend(kept, self.settings.home)

    def _still_heard(self, number: int | None) -> str:
        """What is switched off and yet speaks in a version: its block is that of others, too."""
        if number is None:
            return ""
        found = adapters.blocks_of(versions.get(self.shelf.kept, number).folder)
        shared = {id for one in found if len(one.lessons) > 1 for id in one.lessons}
        resting = ledger.all(self.shelf.kept, ("noted", "retired"))
        off = "; ".join(trace.quoted(one.effect) for one in resting if one.id in shared)
        return f"It also holds what you switched off: {off}." if off else ""

    def _out_of_weights(self, lesson: str) -> None:
        """A block of its own is silent from now on; one of several lessons leaves what answers."""
        live = versions.live(self.shelf.kept)
        if live is not None and lesson in live.lessons and not _alone(live.folder, lesson):
            self._leave(lesson)

    def _leave(self, lesson: str) -> None:
        """If the live version holds the lesson, what is left of it answers."""
        kept, home = self.shelf.kept, self.settings.home
        live = versions.live(kept)
        if live is not None and lesson in live.lessons:
            with kept.transaction():
                self.use(remainder.of(kept, home, live, lesson, "a lesson left it"), None)

    def _narrow(self, wish: Wish, stands: Sequence[str]) -> None:
        """Takes back what stands on this wish alone, also a lesson that acts, but for `stands`."""
        for lesson in self._of_alone(wish):
            if lesson.id not in stands:
                self._withdraw(lesson, "its wish was narrowed")

    def _reword(self, wish: Wish) -> None:
        """The lesson that stands on this wish alone has the words that the person gave it."""
        for lesson in self._of_alone(wish):
            self.edit(lesson.id, wish.effect, None)

    def _of_alone(self, wish: Wish) -> list[Lesson]:
        kept = self.shelf.kept
        found = []
        for lesson in ledger.all(kept, ("noted", *ledger.ACTING)):
            said = [ref for kind, ref, _ in ledger.evidence(kept, lesson.id) if kind == "wish"]
            if lesson.wish == wish.id and said in ([], [wish.id]):
                found.append(lesson)
        return found

    def _change(self, lesson: Lesson, why: str) -> None:
        ledger.change(self.shelf.kept, lesson, why)
        self.hub.moved()

    def _tell_untested(self, lesson: str) -> None:
        if said := untested.told(self.shelf.kept, lesson):
            self._say(self._chat_of(ledger.get(self.shelf.kept, lesson)), said)

    def _say(self, task: str | None, sentence: str) -> None:
        notice.say(self.shelf, self.hub, task, sentence)


def _alone(folder: Path, lesson: str) -> bool:
    """Whether a lesson's weights can be silent by themselves; not if the record is spoilt."""
    try:
        return blocks.alone(adapters.blocks_of(folder), lesson)
    except Refusal:
        return False


def _twin(lesson: Lesson, known: Sequence[Lesson]) -> Lesson | None:
    """The lesson that this one repeats, in the same words or, where no check tells, in others."""
    same = [old for old in known if propose.same(old, lesson)]
    if lesson.kind == "rule" and lesson.check is None and not same:
        alike = conflicts.alike(lesson, known)
        same = [old for old in alike if old.check is None and old.kind == "rule"]
    return next(iter(same), None)


def _named(number: int | None) -> str:
    return "the untaught model" if number is None else f"version {number}"


def _typed(store: Store, wish: Wish) -> bool:
    """Only words that a person typed as feedback, or confirmed, ever teach."""
    return critiques.get(store, wish.critique).origin.trust in ("typed", "confirmed")
