"""Of two lessons that say the opposite the newest stays; the person is asked about the older."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant import opposites
from data import ledger
from data.store import Store
from data.types import Check, Condition, Lesson, LessonStatus

AT = datetime(2026, 1, 1, tzinfo=UTC)
LISTS, NO_LISTS = Check("bullets", (("min", 2),)), Check("no_bullets")
MAILS: Condition = (("channel", "email"),)


def lesson(
    store: Store, check: Check, where: Condition = (), status: LessonStatus = "active"
) -> Lesson:
    made = Lesson("", "", check.name, "", where, check, AT, status, "endorsed")
    return ledger.add(store, made)


def outdone(store: Store, *waiting: Lesson) -> list[tuple[str, str]]:
    standing = ledger.all(store, ledger.ACTING)
    return [(older.id, newer.id) for older, newer in opposites.outdone(store, waiting, standing)]


def test_the_older_of_two_that_wait_is_outdone() -> None:
    store = Store(None)
    old, new = lesson(store, LISTS), lesson(store, NO_LISTS)

    assert outdone(store, old, new) == [(old.id, new.id)]


def test_newer_is_what_the_person_said_yes_to_last() -> None:
    store = Store(None)
    old, new = lesson(store, LISTS, status="noted"), lesson(store, NO_LISTS)

    again = ledger.change(store, replace(old, status="active"), "approved")

    assert outdone(store, again, new) == [(new.id, old.id)]


def test_a_version_that_goes_makes_no_lesson_newer() -> None:
    store = Store(None)
    old, new = lesson(store, LISTS, status="learned"), lesson(store, NO_LISTS)

    waits = ledger.change(store, replace(old, status="active"), "the untaught model is live")

    assert outdone(store, waits, new) == [(old.id, new.id)]


def test_a_lesson_that_a_version_holds_outdoes_an_older_one_and_is_itself_left_alone() -> None:
    store = Store(None)
    old, learned = lesson(store, LISTS), lesson(store, NO_LISTS, status="learned")
    new = lesson(store, LISTS)

    assert outdone(store, old, new) == [(old.id, learned.id)]


def test_what_is_outdone_outdoes_no_other() -> None:
    store = Store(None)
    many = lesson(store, Check("min_sentences", (("n", 9),)))
    some = lesson(store, Check("sentences_between", (("low", 4), ("high", 6))))
    few = lesson(store, Check("max_sentences", (("n", 2),)))
    more = lesson(store, Check("min_sentences", (("n", 3),)))

    assert outdone(store, many, some, few, more) == [(few.id, more.id), (many.id, some.id)]


def test_an_exception_and_its_rule_both_stay() -> None:
    store = Store(None)
    wide, narrow = lesson(store, LISTS), lesson(store, NO_LISTS, MAILS)

    assert outdone(store, wide, narrow) == []


def test_what_is_set_aside_keeps_no_word_of_the_other() -> None:
    store = Store(None)
    old, new = lesson(store, LISTS), lesson(store, replace(NO_LISTS))

    opposites.set_aside(store, old, new)

    now = ledger.get(store, old.id)
    assert (now.status, now.place) == ("retired", "prompt")
    assert [(edge.winner, edge.loser, edge.kind) for edge in ledger.edges(store)] == [
        (new.id, old.id, "contradicts")
    ]
    assert all(new.effect not in event.why for event in ledger.events(store, old.id))
