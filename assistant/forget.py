"""Forgetting a lesson: out of what answers, the weights, the caches and the file; with a receipt.

Knows no model: what came after the lesson is taught anew by the next round, from a version that
never saw it, and comes out as if it had never been taught.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import adapters, places, targets
from data import caches, critiques, ledger, preferences, tasks, versions
from data.store import Store
from data.types import Lesson, Preference, Receipt, Refusal

MARK = "forgetting"  # a file in the home while a forgetting is not finished
BLANK = "(forgotten)"


@dataclass(frozen=True, slots=True)
class _Said:
    """Where the words of a lesson stand."""

    critiques: tuple[str, ...]
    turns: tuple[str, ...]
    words: tuple[str, ...]


def forget(store: Store, home: Path, lesson: str) -> Receipt:
    """Removes a lesson for good, and says in ids and counts what went.

    At once the newest version answers that never held it, and later lessons act from the prompt
    until they are taught anew. Replies that were made under it stay in their chats; its critiques
    do not. Raises Refusal if there is no such lesson.
    """
    found = ledger.get(store, lesson)
    said = _said(store, found)
    mark = home / MARK
    mark.write_text(lesson, encoding="utf-8")
    with store.transaction():
        holding = [one for one in versions.all(store) if lesson in one.lessons]
        live = versions.live(store)
        if live is not None and lesson in live.lessons:
            before = versions.newest_without(store, lesson)
            if before is None:
                versions.retire_live(store, "a lesson was forgotten")
            else:
                versions.promote(store, before, "a lesson was forgotten")
        for one in holding:
            versions.set_state(store, one.number, "purged", "a lesson was forgotten")
        _withdraw_written(store, lesson, [one.number for one in holding])
        cached = caches.remove_targets(store, lesson)
        _withdraw_taught(store)
        for words in said.words:
            caches.remove_vectors(store, words)
        for turn in said.turns:
            # The words of a finished turn stay as they are, so it is opened first.
            tasks.write_turn(store, turn, state="writing")
            tasks.write_turn(store, turn, text=BLANK, made_with="{}", state="done")
        for critique in said.critiques:
            critiques.remove(store, critique)
        removed = preferences.remove_of(store, lesson)
        ledger.remove(store, lesson)
        places.follow_live(store)
        receipt = versions.add_receipt(
            store,
            json.dumps(
                {
                    "lesson": lesson,
                    "versions": [one.number for one in holding],
                    "preferences": len(removed),
                    "critiques": len(said.critiques),
                    "cached": cached,
                }
            ),
        )
    mend(store, home)
    return receipt


def mend(store: Store, home: Path) -> bool:
    """Finishes a forgetting that was begun, also one that a crash cut short; whether there was one.

    Files go after the rows that say so: weights of purged versions, orphaned caches, backups, and
    at last the old bytes of the memory itself.
    """
    mark = home / MARK
    if not mark.exists():
        return False
    lesson = mark.read_text(encoding="utf-8")
    known = {one.id for one in ledger.all(store)}
    if lesson and lesson not in known:  # else the crash came before any row went
        for version in versions.all(store):
            if version.state == "purged":
                adapters.purge(version.folder)
        for folder in adapters.holding(home, lesson):  # of a round that was stopped: without a row
            adapters.purge(folder)
        targets.index(store, home)
        for backup in sorted((home / "backups").rglob("*.duckdb*")):
            backup.unlink()
        store.rewrite()
    mark.unlink()
    return True


def _said(store: Store, lesson: Lesson) -> _Said:
    """The critiques that the lesson came from, their turns, and the words to look for in caches."""
    wishes = {lesson.wish}
    refs: set[str] = set()
    for kind, ref, _ in ledger.evidence(store, lesson.id):
        (wishes if kind == "wish" else refs).add(ref)
    own: set[str] = set()
    effects = [lesson.effect]
    words = {lesson.effect, lesson.scope}
    for wish in filter(None, wishes):
        try:
            found = critiques.wish(store, wish)
        except Refusal:  # its chat was deleted
            continue
        own.add(found.critique)
        effects.append(found.effect)
        words |= {found.effect, found.quote.quote}
    turns = []
    for critique in sorted(own):
        said = critiques.get(store, critique)
        words.add(said.text)
        draft = tasks.turn(store, said.turn)
        turns += [
            turn.id
            for turn in tasks.turns(store, draft.task)
            if turn.kind == "critique" and turn.parent == draft.id and turn.text == said.text
        ]
    turns += _notices(store, effects)
    return _Said(tuple(sorted(own)), tuple(turns), tuple(sorted(filter(None, words))))


def _notices(store: Store, effects: Sequence[str]) -> list[str]:
    """Turns in which heed told what became of the lesson; they quote its words by `repr`."""
    quoted = [repr(effect) for effect in effects]
    return [
        turn.id
        for task in tasks.listing(store)
        for turn in tasks.turns(store, task.id)
        if turn.kind == "notice" and any(each in turn.text for each in quoted)
    ]


def _withdraw_written(store: Store, lesson: str, numbers: Sequence[int]) -> None:
    """Takes back what a version or prompt with the lesson wrote, but not the person's words."""

    def tainted(row: Preference) -> bool:
        if row.critique is None or row.made_by == "edit" or row.lesson == lesson:
            return False
        draft = tasks.turn(store, critiques.get(store, row.critique).turn)
        return draft.adapter in numbers or lesson in draft.lessons

    # Also rows of lessons that are not approved yet: a later yes would bring them back.
    rows = preferences.signals(store)
    preferences.withdraw(
        store, [row.id for row in rows if tainted(row)], "written under a forgotten lesson"
    )


def _withdraw_taught(store: Store) -> None:
    """Takes back made examples whose teacher held the lesson: their cached drafts are gone."""
    gone = [
        row.id
        for row in preferences.signals(store)
        if row.target_key is not None and caches.target(store, row.target_key) is None
    ]
    preferences.withdraw(store, gone, "made under a forgotten lesson")
