"""The ledger keeps lessons, what speaks for them, which of two holds, and every change of state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data import ledger, tasks
from data.store import Store
from data.types import Refusal
from tests.records import a_lesson, a_turn


@pytest.fixture
def store() -> Store:
    return Store(None)


def test_lessons_are_listed_by_status_oldest_first(store: Store) -> None:
    first = ledger.add(store, a_lesson(status="noted"))
    second = ledger.add(store, a_lesson(status="active"))
    third = ledger.add(store, a_lesson(status="learned"))

    assert ledger.all(store) == (first, second, third)
    assert ledger.all(store, ("active", "learned")) == (second, third)
    assert ledger.all(store, ["retired"]) == ()


def test_each_change_of_status_stance_place_and_words_is_an_event(store: Store) -> None:
    lesson = ledger.add(store, a_lesson(status="noted", stance="observed"))

    ledger.change(store, replace(lesson, status="active", stance="endorsed", scope="emails"), "yes")
    ledger.change(
        store, replace(ledger.get(store, lesson.id), place="weights", learned_in=1), "learned"
    )
    ledger.change(store, ledger.get(store, lesson.id), "nothing changed")

    told = [(event.before, event.after, event.why) for event in ledger.events(store, lesson.id)]
    assert told == [
        ("", "noted", "new"),
        ("noted", "active", "yes"),
        ("observed", "endorsed", "yes"),
        ('{"effect": "use at most 25 words", "scope": "", "where": []}', "edited", "yes"),
        ("prompt", "weights", "learned"),
    ]
    assert ledger.get(store, lesson.id).scope == "emails"


def test_what_a_lesson_was_before_each_edit_is_known_until_it_is_removed(store: Store) -> None:
    first = ledger.add(store, a_lesson())
    second = replace(first, effect="be brief", scope="emails", condition=(("channel", "email"),))
    third = replace(second, effect="be kind", condition=())

    ledger.change(store, second, "edited")
    ledger.change(store, third, "edited")

    was = [(one.effect, one.scope, one.condition) for one in ledger.former(store, third)]
    assert was == [(one.effect, one.scope, one.condition) for one in (first, second)]
    ledger.remove(store, first.id)
    assert ledger.former(store, third) == ()


def test_evidence_is_counted_once_per_source_and_may_turn(store: Store) -> None:
    lesson = ledger.add(store, a_lesson())

    ledger.add_evidence(store, lesson.id, "critique", "c1")
    ledger.add_evidence(store, lesson.id, "critique", "c2")
    ledger.add_evidence(store, lesson.id, "critique", "c1", sign=-1)

    assert ledger.evidence(store, lesson.id) == (("critique", "c1", -1), ("critique", "c2", 1))


def test_which_of_two_lessons_holds_is_said_once_per_condition(store: Store) -> None:
    short, long = ledger.add(store, a_lesson()), ledger.add(store, a_lesson())
    other = ledger.add(store, a_lesson())

    ledger.add_edge(store, short.id, long.id, "contradicts")
    edge = ledger.add_edge(store, short.id, long.id, "prefers")
    mails = ledger.add_edge(store, long.id, short.id, "exception_to", (("channel", "email"),))

    assert ledger.edges(store, long.id) == (edge, mails)
    assert ledger.edges(store) == (edge, mails)
    assert ledger.edges(store, other.id) == ()


def test_a_forgotten_lesson_leaves_no_trace_in_the_ledger_nor_on_turns(store: Store) -> None:
    gone, kept = ledger.add(store, a_lesson()), ledger.add(store, a_lesson())
    ledger.add_edge(store, gone.id, kept.id, "prefers")
    ledger.add_evidence(store, gone.id, "critique", "c1")
    task = tasks.create(store, "Tea")
    draft = replace(a_turn(task.id, kind="draft"), lessons=(gone.id, kept.id))
    turn = tasks.add_turn(store, draft)

    ledger.remove(store, gone.id)

    assert ledger.all(store) == (kept,)
    assert ledger.edges(store) == ()
    assert ledger.evidence(store, gone.id) == ()
    assert ledger.events(store, gone.id) == ()
    assert tasks.turn(store, turn.id).lessons == (kept.id,)
    assert store.verify() == ()
    with pytest.raises(Refusal, match="There is no lesson"):
        ledger.change(store, gone, "too late")
