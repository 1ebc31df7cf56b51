"""What a person's yes becomes: preferences, as if the critique had never been said, and lessons.

Knows no model. A preference is made only from a chat that may be learned from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant import deciding, history
from assistant.shelf import Shelf
from assistant.teaching import Teaching
from assistant.writer import Writer
from data import corrections, critiques, ledger, preferences, tasks
from data.store import Store
from data.types import Choice, Critique, Message, Origin, Refusal, Trust, Turn, Wish
from feedback import pairs

SIGNALS: tuple[Trust, ...] = ("typed", "confirmed")
REPHRASED = "the same request in other words"  # why such a choice was shown
ALIKE = 0.5  # of the words of both requests together (an estimate)
UNUSABLE = "no usable pair"  # in an event of a draft, before the gate that refused

REASONS: Mapping[str, str] = {
    "request": "there is no request that the reply answers",
    "empty": "one of the two replies is empty",
    "claim": "it rests on a fact that nobody has checked",
    "kind": "what was said concerns this task alone, or heed itself",
    "edit": "the edit changed next to nothing, or nearly all",
    "copy": "the new reply copies the old one",
    "check": "the new reply does not do all that was asked for",
    "kept": "a part that should stay is gone",
    "same": "the old reply does all that code can check, too",
    "length": "one reply is more than twice as long as the other",
}


@dataclass(slots=True)
class Acceptance:
    """Turns accepted and praised drafts into rows that learning may read."""

    shelf: Shelf
    writer: Writer
    teaching: Teaching

    def accept(self, turn: str) -> tuple[str, ...]:
        """Stores the pairs of each round that led here; ids of lessons noted or strengthened.

        Accepting a draft twice adds nothing. Raises Refusal if it is not a finished draft.
        """
        store = self.shelf.of_turn(turn)
        draft = tasks.turn(store, turn)
        if draft.kind != "draft" or draft.state == "writing":
            raise Refusal("Only a finished reply can be accepted.")
        path = tasks.path_to(store, turn)
        basis = history.basis_of(path)
        said = self.writer.conversation(store, basis)
        ids: list[str] = []
        with store.transaction():
            made = json.loads(tasks.turn(store, turn).made_with)  # two clicks may come at once
            rounds = history.repair_chain(path)
            entries = [critiques.get(store, one.critique) for one in rounds]
            trust = _trust(entries)
            for one, entry in zip(rounds, entries, strict=True):
                wishes = [
                    wish for wish in critiques.wishes(store, entry.id) if wish.settled != "rejected"
                ]
                if not made.get("accepted"):
                    corrections.accept(store, wishes, entry.origin.rater)
                lessons = self.teaching.note(store, draft.task, wishes, path)
                ids += [lesson for lesson in lessons.values() if lesson not in ids]
                if not self._learns(store, draft) or made.get("accepted"):
                    continue
                shown = one.draft.text[: one.draft.stop_at]
                outcome = pairs.from_acceptance(
                    history=said,
                    rejected=shown or None,
                    chosen=draft.text,
                    wishes=wishes,
                    lesson_ids=lessons,
                    critique_id=entry.id,
                    made_by="edit" if entry.edit is not None else "accepted",
                    similarity=pairs.similarity(shown, draft.text),
                    trust=trust,
                )
                _keep(store, draft, outcome)
            if self._learns(store, draft) and not made.get("accepted"):
                heard = [wish for entry in entries for wish in critiques.wishes(store, entry.id)]
                deciding.accepted(store, basis[-1].id, heard)
            if not rounds and self._learns(store, draft) and not made.get("accepted"):
                self._rephrased(store, draft, basis[-1])
            tasks.write_turn(store, turn, made_with=json.dumps({**made, "accepted": True}))
        return tuple(ids)

    def praise(self, draft: Turn, critique: Critique, wishes: Sequence[Wish]) -> None:
        """A light demonstration from a praised draft, if the chat may be learned from."""
        store = self.shelf.of_turn(draft.id)
        if not self._learns(store, draft) or not draft.text:
            return
        basis = history.basis_of(tasks.path_to(store, draft.id))
        said = self.writer.conversation(store, basis)
        for preference in pairs.from_praise(said, draft.text, wishes, critique).preferences:
            preferences.add(store, preference)

    def left(self, turn: str | None) -> None:
        """The person goes on after a reply without a word about it.

        If it repairs another and code can see that it does all that was asked for, that is a pair.
        """
        if turn is None:
            return
        store = self.shelf.of_turn(turn)
        draft, path = tasks.turn(store, turn), tasks.path_to(store, turn)
        if draft.kind != "draft" or draft.state != "done" or not self._learns(store, draft):
            return
        rounds, made = history.repair_chain(path), json.loads(draft.made_with)
        if not rounds or made.get("accepted") or made.get("left"):
            return
        said = self.writer.conversation(store, history.basis_of(path))
        first = rounds[0].draft
        entries = [critiques.get(store, one.critique) for one in rounds]
        wishes = [wish for entry in entries for wish in critiques.wishes(store, entry.id)]
        shown = first.text[: first.stop_at]
        outcome = pairs.from_checked(
            history=said,
            rejected=shown,
            chosen=draft.text,
            wishes=wishes,
            critique_id=entries[-1].id,
            similarity=pairs.similarity(shown, draft.text),
            trust=_trust(entries),
        )
        with store.transaction():
            for preference in outcome.preferences:
                preferences.add(store, preference)
            tasks.write_turn(store, turn, made_with=json.dumps({**made, "left": True}))

    def _rephrased(self, store: Store, draft: Turn, request: Turn) -> None:
        """A reply that was right at last, against those to the same request in other words."""
        turns = tasks.turns(store, draft.task)
        for asked in turns:
            beside = asked.kind == "request" and asked.parent == request.parent
            if not beside or asked.id >= request.id or not _alike(asked.text, request.text):
                continue
            replies = [one for one in turns if one.parent == asked.id and one.kind == "draft"]
            if not replies or not replies[-1].text or not self._learns(store, replies[-1]):
                continue
            before = replies[-1]
            origin = Origin(trust=request.trust)
            picked = critiques.add_choice(
                store, Choice("", before.id, draft.id, "right", REPHRASED, "", origin)
            )
            said: tuple[Message, ...] = self.writer.conversation(
                store, tasks.path_to(store, asked.id)
            )
            shown = before.text[: before.stop_at]
            outcome = pairs.from_acceptance(
                history=said,
                rejected=shown or None,
                chosen=draft.text,
                wishes=(),
                lesson_ids={},
                critique_id=None,
                made_by="choice",
                similarity=pairs.similarity(shown, draft.text),
                trust=request.trust,
                choice=picked.id,
            )
            _keep(store, draft, outcome)

    def _learns(self, store: Store, draft: Turn) -> bool:
        path = tasks.path_to(store, draft.id)
        return tasks.get(store, draft.task).mode == "normal" and all(one.learn for one in path)


def unusable(store: Store, draft: str) -> tuple[str, ...]:
    """Why rounds of an accepted reply made no pair, one clause each; empty where all did."""
    gates = [one.why for one in ledger.events(store, draft) if one.after == UNUSABLE]
    return tuple(REASONS[gate] for gate in dict.fromkeys(gates) if gate in REASONS)


def _trust(entries: Sequence[Critique]) -> Trust:
    """The wishes of every round stood in the last prompt, so one pasted word is enough."""
    trusts = [entry.origin.trust for entry in entries]
    return next((each for each in trusts if each not in SIGNALS), "typed")


def _alike(one: str, other: str) -> bool:
    """Whether a request was put in other words: an edited one may be another request altogether."""
    left, right = ({*re.findall(r"\w+", text.casefold())} for text in (one, other))
    return len(left & right) >= ALIKE * len(left | right)


def _keep(store: Store, draft: Turn, outcome: pairs.Outcome) -> None:
    """Stores the pairs, or which gate refused; the sentence of it may quote, so it is not kept."""
    for preference in outcome.preferences:
        preferences.add(store, preference)
    if outcome.gate is not None:
        ledger.note(store, draft.id, "", UNUSABLE, outcome.gate)
