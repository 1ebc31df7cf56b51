"""Ids sort by time, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from data.ids import LENGTH, RANDOM_BITS, new_id
from data.store import Store


def test_an_id_of_a_later_millisecond_sorts_behind_whatever_the_random_bits() -> None:
    early = new_id(1_700_000_000_000, 2**RANDOM_BITS - 1)
    late = new_id(1_700_000_000_001, 0)

    assert early < late
    assert {len(early), len(late)} == {LENGTH}


def test_within_one_millisecond_the_next_id_follows_the_last() -> None:
    first = new_id(1_700_000_000_000, 99)

    second = new_id(1_700_000_000_000, 3, after=first)

    assert second > first
    assert second == new_id(1_700_000_000_000, 100)


def test_a_clock_that_is_set_back_does_not_reorder_a_conversation() -> None:
    moments = iter([0, 5, -3600, -3600, 1])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    store = Store(None, now=lambda: start + timedelta(seconds=next(moments)), bits=lambda: 7)

    ids = [store.new_id() for _ in range(4)]

    assert ids == sorted(set(ids))
