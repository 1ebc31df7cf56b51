"""How sure a reading is for this person: the parser's own number and their record, both heard.

Pure: knows no store and no text. A record is how earlier readings of one kind, or with one scope,
ended: taken as they were, or corrected.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from data.corrections import Outcome
from data.types import Route, Wish, WishKind
from feedback.certainty import ENOUGH

OWN = 4  # readings that the parser's own number counts for, at least (an estimate)
_SCOPED: tuple[WishKind, ...] = ("style", "content", "once")  # those whose scope is in question
_SNIDE = 0.3


@dataclass(frozen=True, slots=True)
class Count:
    """Readings that stood and readings that were corrected."""

    right: int = 0
    wrong: int = 0

    @property
    def all(self) -> int:
        """How many there were."""
        return self.right + self.wrong


@dataclass(frozen=True, slots=True)
class Record:
    """One person's counts: by the kind that was read, and by the scope."""

    kinds: Mapping[str, Count] = field(default_factory=dict)
    scopes: Mapping[str, Count] = field(default_factory=dict)


def tally(outcomes: Sequence[Outcome]) -> Record:
    """The counts of a person's settled readings; a scope counts where the wish itself was right."""
    kinds: dict[str, Count] = {}
    scopes: dict[str, Count] = {}
    for one in outcomes:
        kinds[one.kind] = _counted(kinds.get(one.kind, Count()), one.meant)
        if one.reached is not None and one.kind in _SCOPED:
            scopes[one.reach] = _counted(scopes.get(one.reach, Count()), one.reached)
    return Record(kinds, scopes)


def sure(own: float, count: Count) -> float:
    """The mean of a Beta: the own number as OWN readings, or as many as the record has, and it.

    So a long record weighs as much as the reading itself and never more.
    """
    weight = max(OWN, count.all)
    return (own * weight + count.right) / (weight + count.all)


def calibrated(wish: Wish, record: Record) -> Wish:
    """The wish as sure as this person's record leaves it, and its route with it.

    The lower of kind and scope counts. A route falls only where the record lowers `sure`, and rises
    only where it raises it and nothing in the words speaks against it. Without a record the wish
    comes back as it was.
    """
    found: list[tuple[float, Literal["kind", "scope"], Count]] = []
    kind = record.kinds.get(wish.kind, Count())
    scope = record.scopes.get(wish.reach, Count()) if wish.kind in _SCOPED else Count()
    if kind.all:
        found.append((sure(wish.sure, kind), "kind", kind))
    if scope.all:
        found.append((sure(wish.sure, scope), "scope", scope))
    if not found:
        return wish
    now, of, count = min(found, key=lambda each: each[0])
    route: Route = wish.route
    if route == "accept" and now < wish.sure and now < ENOUGH:
        route = "ask"
    elif route == "ask" and now > wish.sure and now >= ENOUGH and not _doubted(wish):
        route = "accept"
    slots = json.loads(wish.slots)
    slots["record"] = {"of": of, "right": count.right, "wrong": count.wrong}
    slots["moved"] = route != wish.route
    return replace(
        wish,
        sure=round(now, 3),
        route=route,
        slots=json.dumps(slots, ensure_ascii=False, sort_keys=True),
    )


def _counted(count: Count, right: bool) -> Count:
    return Count(count.right + right, count.wrong + (not right))


def _doubted(wish: Wish) -> bool:
    """Whether the words may mock, or a check on the reply does not fit what was said of it."""
    mocks = json.loads(wish.slots).get("sarcasm_p", 0.0) >= _SNIDE
    failed = wish.check_on_target is not None and wish.polarity != 0
    return mocks or (failed and wish.check_on_target == (wish.polarity < 0))
