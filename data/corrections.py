"""What a person did to the chips: what each was, what it became, by whom and when.

Keeps every step and gives back how each reading ended; knows nothing of what follows from that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from data import columns, rows
from data.store import Store
from data.types import Correction, Field, Reach, Wish, WishKind

FIELDS: tuple[Field, ...] = ("settled", "effect", "reach", "condition")
ACCEPTED = "accepted"  # what "settled" became where the person took the reply and left the chip


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one reading ended: `meant` where kind and words stayed, `reached` where the scope did.

    `reached` is None where nothing of the wish was left to have a scope.
    """

    kind: WishKind
    reach: Reach  # as it was read
    meant: bool
    reached: bool | None


def add(store: Store, before: Wish, after: Wish, by: str) -> tuple[Correction, ...]:
    """One row for each field in which a settled chip differs; none where it stayed as it was."""
    made = tuple(
        Correction(store.new_id(), before.id, name, _said(before, name), _said(after, name), by,
                   store.now())
        for name in FIELDS
        if name in columns.changed(before, after)
    )  # fmt: skip
    for one in made:
        rows.insert(store, one)
    return made


def accept(store: Store, wishes: Sequence[Wish], by: str) -> None:
    """The person took a reply and left these chips as they were read; each counts once."""
    for wish in wishes:
        if wish.settled == "no" and not of_wish(store, wish.id):
            entry = Correction(store.new_id(), wish.id, "settled", "no", ACCEPTED, by, store.now())
            rows.insert(store, entry)


def of_wish(store: Store, wish: str) -> tuple[Correction, ...]:
    """What was done to one chip, oldest first."""
    return rows.select(store, Correction, "WHERE wish = ? ORDER BY id", [wish])


def outcomes(store: Store, by: str) -> tuple[Outcome, ...]:
    """How every reading ended that this person settled or took, oldest first."""
    steps: dict[str, list[Correction]] = {}
    for one in rows.select(store, Correction, 'WHERE "by" = ? ORDER BY id', [by]):
        steps.setdefault(one.wish, []).append(one)
    wishes = rows.select(
        store, Wish, "WHERE list_contains(?, id) ORDER BY id", [list(steps)]
    )  # a wish that is gone took its steps with it
    return tuple(_outcome(wish, steps[wish.id]) for wish in wishes)


def remove_of(store: Store, wishes: Sequence[str]) -> None:
    """Deletes what was done to some chips; for deleting and forgetting only."""
    store.execute("DELETE FROM correction WHERE list_contains(?, wish)", [list(wishes)])


def _outcome(wish: Wish, steps: Sequence[Correction]) -> Outcome:
    first = {one.field: one.was for one in reversed(steps)}  # the oldest of each field stays
    same = {name: first.get(name, _said(wish, name)) == _said(wish, name) for name in FIELDS}
    rejected = wish.settled == "rejected"
    read = next((one for one in get_args(Reach) if one == first.get("reach")), wish.reach)
    return Outcome(
        kind=wish.kind,
        reach=read,
        meant=not rejected and same["effect"],
        reached=None if rejected else same["reach"] and same["condition"],
    )


def _said(wish: Wish, name: str) -> str:
    return str(columns.pack_field(wish, name)[0] or "")
