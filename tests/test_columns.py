"""Every record comes back from its table as it went in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from data import columns, critiques, ledger, rows, tasks
from data.store import Store
from data.types import (
    Check,
    Choice,
    Critique,
    Disclosure,
    Event,
    Metric,
    Origin,
    Question,
    Receipt,
    Refusal,
    Run,
    Span,
    Wish,
)
from tests.records import AT, a_critique, a_lesson, a_wish

ORIGIN = Origin("ada", "novice+list", "simulated", "confirmed", 1200, 800, 4)
SPAN = Span("the café", "in ", " at noon", 2, 17, 25)


@pytest.mark.parametrize(
    "record",
    [
        Question("t", "drafts differ", "tone", ("formal", "warm"), "formal", ORIGIN, "words", "a"),
        Disclosure("d", "t", "I am not sure.", "doubt", False),
        Event("e", "s", "noted", "active", 'it\'s "yes"', AT),
        replace(a_critique("t"), id="c", origin=ORIGIN, span=SPAN, mark="change", thumb="down"),
        Critique("c", "t", "", Origin(), AT, edit="An edit\nof two lines \u2764"),
        replace(a_wish(), id="w", critique="c", target=SPAN, condition=(("channel", "email"),)),
        replace(a_wish(), id="w", check=Check("contains", (("word", "a;b"),), negate=True)),
        replace(a_lesson("w"), id="l", until=AT + timedelta(days=3), learned_in=7),
        Choice("h", "t1", "t2", "both_bad", "they differ", "neither", ORIGIN),
        Run("r", "learn", 3, "abc", '{"seed": 1}', "", 2, AT, None, ""),
        Metric("r", "adherence", "held", 0.75, None, 0.9, 12),
        Receipt("x", '{"lesson": "l"}', AT),
    ],
    ids=lambda record: type(record).__name__,
)
def test_a_record_comes_back_as_it_was_kept(record: object) -> None:
    store = Store(None)

    rows.insert(store, record)

    assert rows.select(store, type(record)) == (record,)


def test_a_moment_of_another_zone_is_kept_as_the_same_moment() -> None:
    store = Store(None)
    evening = datetime(2026, 5, 4, 20, 0, tzinfo=timezone(timedelta(hours=9)))

    rows.insert(store, Event("e", "s", "", "", "", evening))

    (event,) = rows.select(store, Event)
    assert event.at == evening
    assert event.at.tzinfo == UTC


def test_only_the_changed_columns_are_written() -> None:
    store = Store(None)
    lesson = ledger.add(store, a_lesson())
    store.execute("UPDATE lesson SET effect = 'written by another thread'")

    changed = rows.change(store, lesson, replace(lesson, scope="emails", status="retired"))

    assert changed == ("scope", "status")
    assert ledger.get(store, lesson.id).effect == "written by another thread"


@pytest.mark.parametrize("get", [tasks.get, tasks.turn, tasks.question, critiques.get, ledger.get])
def test_an_unknown_id_is_refused_by_its_name(get: object) -> None:
    assert callable(get)

    with pytest.raises(Refusal, match=r"There is no .* 'nobody'"):
        get(Store(None), "nobody")


def test_closed_sets_are_read_from_the_records_themselves() -> None:
    wish, critique = columns.closed_sets(Wish), columns.closed_sets(Critique)

    assert wish["settled"] == ("no", "yes", "edited", "rejected")
    assert critique["thumb"] == ("up", "down")
    assert critique["trust"] == ("typed", "confirmed", "pasted", "imported")
    assert "text" not in critique
