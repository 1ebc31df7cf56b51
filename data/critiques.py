"""Critiques in a person's own words, the wishes read from them, and choices between two drafts.

Knows neither how words are read nor what a wish leads to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data import columns, corrections, cutting, ledger, rows
from data.store import Store
from data.types import Choice, Critique, Wish

_CHANGEABLE = ("settled", "effect", "reach", "condition", "check")


def add(
    store: Store, critique: Critique, wishes: Sequence[Wish]
) -> tuple[Critique, tuple[Wish, ...]]:
    """Stores a critique and what was read from it, together; fills ids and numbers."""
    added = replace(critique, id=critique.id or store.new_id())
    with store.transaction():
        rows.insert(store, added)
        return added, add_wishes(store, added.id, wishes)


def add_wishes(store: Store, critique: str, wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """More wishes of a stored critique, as a newer parser reads them; the older ones stay."""
    with store.transaction():
        ((first,),) = store.rows(
            "SELECT coalesce(max(number), 0) + 1 FROM wish WHERE critique = ?", [critique]
        )
        added = tuple(
            replace(wish, id=wish.id or store.new_id(), critique=critique, number=number)
            for number, wish in enumerate(wishes, first)
        )
        for wish in added:
            rows.insert(store, wish)
    return added


def get(store: Store, id: str) -> Critique:
    """The critique. Raises Refusal if there is none of this id."""
    return rows.one(store, Critique, id)


def of_turn(store: Store, turn: str) -> tuple[Critique, ...]:
    """What was said about a turn, oldest first."""
    return rows.select(store, Critique, "WHERE turn = ? ORDER BY id", [turn])


def of_task(store: Store, task: str) -> tuple[Critique, ...]:
    """What was said about any turn of a task, oldest first."""
    return rows.select(
        store,
        Critique,
        "WHERE turn IN (SELECT id FROM turn WHERE task = ?) ORDER BY id",
        [task],
    )


def wish(store: Store, id: str) -> Wish:
    """The wish. Raises Refusal if there is none of this id."""
    return rows.one(store, Wish, id)


def wishes(store: Store, critique: str) -> tuple[Wish, ...]:
    """The wishes of a critique, in the order of its words."""
    return rows.select(store, Wish, "WHERE critique = ? ORDER BY number", [critique])


def wishes_of_task(store: Store, task: str) -> tuple[Wish, ...]:
    """The wishes of all critiques of a task, critique by critique, oldest first."""
    return rows.select(
        store,
        Wish,
        "WHERE critique IN (SELECT critique.id FROM critique JOIN turn ON critique.turn = turn.id"
        " WHERE turn.task = ?) ORDER BY critique, number",
        [task],
    )


def aspects(store: Store) -> dict[str, str]:
    """What each lesson is about, by its id: the aspect of the wish that it came from."""
    found = store.rows("SELECT lesson.id, aspect FROM lesson JOIN wish ON lesson.wish = wish.id")
    return dict(found)


def change_wish(store: Store, wish: Wish, why: str, by: str = "owner") -> Wish:
    """Writes what the person settled, edited or widened: an event and a correction a field.

    Raises Refusal if there is no such wish, ValueError if what the parser read would change.
    """
    with store.transaction():
        before = rows.one(store, Wish, wish.id)
        names = columns.changed(before, wish)
        fixed = [name for name in names if name not in _CHANGEABLE]
        if fixed:
            raise ValueError(f"a wish keeps its {fixed[0]!r} as it was read")
        rows.change(store, before, wish)
        corrections.add(store, before, wish, by)
        for name in names:
            was, now = columns.pack_field(before, name)[0], columns.pack_field(wish, name)[0]
            ledger.note(store, wish.id, was or "", now or "", why)
    return wish


def remove(store: Store, id: str) -> None:
    """Deletes a critique with its wishes and their events; for forgetting only.

    A lesson that came from it stays, without its wish; preferences that rest on it are withdrawn.
    The bytes go with `Store.rewrite`.
    """
    get(store, id)
    with store.transaction():
        _remove_wishes(store, [wish.id for wish in wishes(store, id)])
        store.execute(
            "UPDATE preference SET withdrawn = ? WHERE withdrawn IS NULL AND critique = ?",
            [columns.naive(store.now()), id],
        )
        store.execute("DELETE FROM critique WHERE id = ?", [id])


def remove_wishes(store: Store, id: str, gone: Sequence[str]) -> str:
    """Deletes some wishes of a critique with their words; for forgetting only.

    The other wishes stay, each with its own words. Gives back what the critique says now; where no
    wish stays the whole critique is removed, and "" comes back.
    """
    before = get(store, id)
    left = cutting.without(before.text, wishes(store, id), gone)
    with store.transaction():
        if not left.wishes:
            remove(store, id)
            return ""
        _remove_wishes(store, gone)
        rows.change(store, before, replace(before, text=left.text))
        for wish in left.wishes:
            rows.change(store, rows.one(store, Wish, wish.id), wish)
    return left.text


def _remove_wishes(store: Store, ids: Sequence[str]) -> None:
    gone = [list(ids)]
    store.execute("UPDATE lesson SET wish = '' WHERE list_contains(?, wish)", gone)
    store.execute("DELETE FROM event WHERE list_contains(?, subject)", gone)
    corrections.remove_of(store, ids)
    store.execute("DELETE FROM wish WHERE list_contains(?, id)", gone)


def add_choice(store: Store, choice: Choice) -> Choice:
    """Which of two drafts the person preferred; fills its id."""
    added = replace(choice, id=choice.id or store.new_id())
    rows.insert(store, added)
    return added


def choices(store: Store, task: str) -> tuple[Choice, ...]:
    """The choices between drafts of a task, oldest first."""
    return rows.select(
        store, Choice, 'WHERE "left" IN (SELECT id FROM turn WHERE task = ?) ORDER BY id', [task]
    )
