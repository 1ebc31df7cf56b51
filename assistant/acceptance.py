"""What a person's yes becomes: preferences, as if the critique had never been said, and lessons.

Knows no model. A preference is made only from a chat that may be learned from.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant import history
from assistant.shelf import Shelf
from assistant.teaching import Teaching
from assistant.writer import Writer
from data import critiques, preferences, tasks
from data.store import Store
from data.types import Critique, Refusal, Trust, Turn, Wish
from feedback import pairs

SIGNALS: tuple[Trust, ...] = ("typed", "confirmed")


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
            # The wishes of every round stood in the last prompt, so one pasted word is enough.
            trusts = [entry.origin.trust for entry in entries]
            trust: Trust = next((each for each in trusts if each not in SIGNALS), "typed")
            for one, entry in zip(rounds, entries, strict=True):
                wishes = [
                    wish for wish in critiques.wishes(store, entry.id) if wish.settled != "rejected"
                ]
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
                    similarity=SequenceMatcher(None, shown, draft.text, autojunk=False).ratio(),
                    trust=trust,
                )
                for preference in outcome.preferences:
                    preferences.add(store, preference)
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

    def _learns(self, store: Store, draft: Turn) -> bool:
        path = tasks.path_to(store, draft.id)
        return tasks.get(store, draft.task).mode == "normal" and all(one.learn for one in path)
