"""Lessons of which a newer one says the opposite: which they are, and what the person is asked.

Knows no model and no chat. Of two places the narrower is an exception, and both lessons stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import trace
from data import ledger
from data.store import Store
from data.types import Lesson
from feedback import conflicts

WHY = "a newer lesson says the opposite"
_YES = ("active", "endorsed", "wished", "edited")  # what a person's word makes of a lesson


def outdone(
    store: Store, waiting: Sequence[Lesson], standing: Sequence[Lesson]
) -> tuple[tuple[Lesson, Lesson], ...]:
    """(older, newer) for each waiting lesson that one of the standing contradicts.

    Newer is what the person said yes to, or edited, last. One that is outdone outdoes no other.
    """
    wait = {one.id for one in waiting}
    stays: list[Lesson] = []
    found = []
    for lesson in sorted(standing, key=lambda one: _said(store, one), reverse=True):
        against = {
            one.lesson_id for one in conflicts.find(lesson, stays) if one.kind == "contradicts"
        }
        newer = next((one for one in stays if one.id in against), None)
        if newer is not None and lesson.id in wait:
            found.append((lesson, newer))
        else:
            stays.append(lesson)
    return tuple(found)


def set_aside(store: Store, older: Lesson, newer: Lesson) -> None:
    """Retires a lesson that waits; why it is retired names the newer one by its id alone."""
    with store.transaction():
        ledger.add_edge(store, newer.id, older.id, "contradicts")
        retired = replace(
            older, status="retired", place="prompt", learned_in=None, until=store.now()
        )
        ledger.change(store, retired, WHY)


def asked(older: Lesson, newer: Lesson) -> str:
    """The question for the person about a lesson that was set aside."""
    return (
        f"Should {trace.quoted(older.effect)} still hold? It is set aside, because "
        f"{trace.quoted(newer.effect)} is newer and says the opposite. 'Switch on again' under "
        f"Lessons (heed lessons --approve {older.id}) brings it back in its place."
    )


def _said(store: Store, lesson: Lesson) -> str:
    """When the person last wanted it: the id of the event, and ids sort by time."""
    wanted = [
        event.id
        for event in ledger.events(store, lesson.id)
        if event.after in _YES and event.before != "learned"  # that is a version's doing
    ]
    return wanted[-1] if wanted else lesson.id
