"""Lessons, their edges and evidence, and the events of everything that changes its state.

Knows neither how a lesson was read from words nor how it is learned.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from data import caches, columns, rows
from data.store import Store
from data.types import Condition, Edge, EdgeKind, Event, Lesson, LessonStatus, Stance

ACTING: tuple[LessonStatus, ...] = ("active", "learned", "memory")  # those that shape replies
MEANT: tuple[Stance, ...] = ("endorsed", "wished")  # of lessons that a person stands behind
VECTORS = "lesson "  # how the name begins under which lessons' vectors are cached
_STATES = ("status", "stance", "place")
_WORDS = {"effect", "scope", "condition", "check"}
_EDITED = "edited"  # what an event says of other words; before it stands what they were, as JSON


def add(store: Store, lesson: Lesson) -> Lesson:
    """Stores a new lesson; fills its id."""
    added = replace(lesson, id=lesson.id or store.new_id())
    with store.transaction():
        rows.insert(store, added)
        note(store, added.id, "", added.status, "new")
    return added


def get(store: Store, id: str) -> Lesson:
    """The lesson. Raises Refusal if there is none of this id."""
    return rows.one(store, Lesson, id)


def all(store: Store, statuses: Sequence[LessonStatus] = ()) -> tuple[Lesson, ...]:
    """All lessons, or those of some statuses, oldest first."""
    if not statuses:
        return rows.select(store, Lesson, "ORDER BY id")
    return rows.select(
        store, Lesson, "WHERE list_contains(?, status) ORDER BY id", [list(statuses)]
    )


def change(store: Store, lesson: Lesson, why: str) -> Lesson:
    """Writes what differs from the stored lesson, with an event per status, stance or place.

    Other words or another scope are the event "edited", which keeps the former ones. Vectors of
    words that no acting lesson holds any more go at once. Raises Refusal if there is no lesson of
    this id.
    """
    with store.transaction():
        before = get(store, lesson.id)
        names = rows.change(store, before, lesson)
        states = zip(
            _STATES,
            (before.status, before.stance, before.place),
            (lesson.status, lesson.stance, lesson.place),
            strict=True,
        )
        for name, was, now in states:
            if name in names:
                note(store, lesson.id, was, now, why)
        if _WORDS & set(names):
            words = {"effect": before.effect, "scope": before.scope, "where": before.condition}
            note(store, lesson.id, json.dumps(words), _EDITED, why)
        if names:
            caches.remove_stale_vectors(store, VECTORS)
    return lesson


def former(store: Store, lesson: Lesson) -> tuple[Lesson, ...]:
    """The lesson as it was before each edit, oldest first: effect, scope and condition alone."""
    found = [one.before for one in events(store, lesson.id) if one.after == _EDITED and one.before]
    return tuple(
        replace(
            lesson,
            effect=was["effect"],
            scope=was["scope"],
            condition=tuple((key, value) for key, value in was["where"]),
        )
        for was in map(json.loads, found)
    )


def remove(store: Store, id: str) -> None:
    """Deletes a lesson with its edges, evidence, events and marks on turns; for forgetting only.

    The rows of preferences are `preferences.remove_of`'s; the bytes go with `Store.rewrite`.
    """
    get(store, id)
    with store.transaction():
        store.execute("DELETE FROM lesson WHERE id = ?", [id])
        caches.remove_stale_vectors(store, VECTORS)
        store.execute("DELETE FROM lesson_edge WHERE winner = ? OR loser = ?", [id, id])
        store.execute("DELETE FROM lesson_evidence WHERE lesson = ?", [id])
        store.execute("DELETE FROM event WHERE subject = ?", [id])
        store.execute(
            "UPDATE turn SET lessons = list_filter(lessons, lambda each: each <> ?)"
            " WHERE list_contains(lessons, ?)",
            [id, id],
        )


def add_evidence(store: Store, lesson: str, kind: str, ref: str, sign: int = 1) -> None:
    """What speaks for (1) or against (-1) a lesson: a kind, for example "critique", and an id."""
    store.execute(
        "INSERT OR REPLACE INTO lesson_evidence (lesson, kind, ref, sign) VALUES (?, ?, ?, ?)",
        [lesson, kind, ref, sign],
    )


def evidence(store: Store, lesson: str) -> tuple[tuple[str, str, int], ...]:
    """(kind, ref, sign) of a lesson, oldest first."""
    found = store.rows(
        "SELECT kind, ref, sign FROM lesson_evidence WHERE lesson = ? ORDER BY ref, kind", [lesson]
    )
    return tuple((kind, ref, sign) for kind, ref, sign in found)


def add_edge(
    store: Store, winner: str, loser: str, kind: EdgeKind, condition: Condition = ()
) -> Edge:
    """Says which of two lessons holds; the same pair under the same condition is said anew."""
    edge = Edge(winner, loser, condition, kind, store.now())
    key = "winner = ? AND loser = ? AND condition = ?"
    with store.transaction():
        store.execute(
            f"DELETE FROM lesson_edge WHERE {key}",
            [winner, loser, columns.condition_text(condition)],
        )
        rows.insert(store, edge)
    return edge


def remove_exceptions(store: Store, lesson: str) -> None:
    """Takes back of which lessons this one is an exception, and which are ones of it."""
    store.execute(
        "DELETE FROM lesson_edge WHERE kind = 'exception_to' AND (winner = ? OR loser = ?)",
        [lesson, lesson],
    )


def edges(store: Store, lesson: str | None = None) -> tuple[Edge, ...]:
    """All edges, or those that a lesson wins or loses, oldest first."""
    return rows.select(
        store,
        Edge,
        'WHERE ? IS NULL OR winner = ? OR loser = ? ORDER BY "at", winner, loser',
        [lesson, lesson, lesson],
    )


def note(store: Store, subject: str, before: str, after: str, why: str) -> Event:
    """Keeps one change of a status, stance, state or the like; `subject` is an id."""
    event = Event(store.new_id(), subject, before, after, why, store.now())
    rows.insert(store, event)
    return event


def events(store: Store, subject: str | None = None) -> tuple[Event, ...]:
    """All events, or those of one subject, oldest first."""
    return rows.select(
        store, Event, "WHERE ? IS NULL OR subject = ? ORDER BY id", [subject, subject]
    )
