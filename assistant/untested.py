"""Lessons that speak together from the weights although no round ever heard them together.

While a lesson is off another may be taught: its block is learned, and its version tested, without
the first. Switched on again, both speak in one reply, and the person is told. Teaching one of them
again at the next round would not do better: its test compares with the version that answers, in
which both speak by then, and what was learned on top of it would have to go. A report asks what
answers now, so that is named. Knows no weights and no request: whether two hold in one place is
told by their scopes alone.
"""

from __future__ import annotations

import json
from typing import get_args

from assistant import compact, curriculum, trace
from data import ledger, versions
from data.store import Store
from data.types import Lesson, LessonStatus, Stance
from feedback import holding

# Whether a lesson of this status, or of this stance, acts.
_STATUSES: dict[str, bool] = {one: one in ledger.ACTING for one in get_args(LessonStatus)}
_STANCES: dict[str, bool] = {one: one in ledger.MEANT for one in get_args(Stance)}


def told(store: Store, lesson: str | None = None) -> str:
    """What was never heard together of what answers now, for the person; "" if nothing.

    None: any two lessons, else this one and another.
    """
    held = curriculum.held_by(store, versions.live(store))
    said = []
    for at, one in enumerate(held):
        others = [
            trace.quoted(other.effect)
            for other in held[at + 1 :]
            if lesson in (None, one.id, other.id)
            and _meet(one, other)
            and _apart(store, one, other)
        ]
        if others:
            said.append(f"{trace.quoted(one.effect)} and {', '.join(others)}")
    if not said:
        return ""
    return (
        f"Both speak now, and were never tested together: {'; '.join(said)}. A report "
        "(heed report) counts how each holds."
    )


def _meet(one: Lesson, other: Lesson) -> bool:
    """Whether both hold somewhere for sure: one holds everywhere, or both in the same place."""
    if holding.exceptions(one, [other]) or holding.exceptions(other, [one]):
        return False  # where both hold, one of them is silent
    same = (one.scope, one.condition) == (other.scope, other.condition)
    return same or curriculum.everywhere(one) or curriculum.everywhere(other)


def _apart(store: Store, one: Lesson, other: Lesson) -> bool:
    """Whether one of them was off when the last round began that taught the other, or both."""
    both = {one.id, other.id}
    rounds = [
        (run.id, taught)
        for run in versions.runs(store)
        if run.outcome == "live" and both & (taught := _taught(run.kind, run.settings))
    ]
    if not rounds:
        return False  # nobody knows
    began, taught = rounds[-1]
    return not all(_stood(store, each, began) for each in (one, other) if each.id not in taught)


def _taught(kind: str, settings: str) -> set[str]:
    about = json.loads(settings)
    if kind == compact.KIND:
        return set(about["lessons"])
    return {about["lesson"]} if kind == "learn" else set()


def _stood(store: Store, lesson: Lesson, when: str) -> bool:
    """Whether it acted at the time of an id, and the person stood behind it: ids sort by time."""
    so_far = [one.after for one in ledger.events(store, lesson.id) if one.id < when]
    acted = [_STATUSES[one] for one in so_far if one in _STATUSES]
    meant = [_STANCES[one] for one in so_far if one in _STANCES]
    return (not acted or acted[-1]) and (not meant or meant[-1])
