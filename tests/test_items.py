"""What a plan becomes before it is learned: items with their sequences."""

from __future__ import annotations

import pytest

from assistant import items, neutral
from tests import tiny
from tests.test_learn import A, plan_of

pytestmark = pytest.mark.weights  # imports torch


def test_rejected_replies_are_scored_only_where_pairs_count() -> None:
    encoder, plan = tiny.network().encoder, plan_of(1, None, A)

    with_pairs, without = (items.of_plan(encoder, plan, pairs=pairs) for pairs in (True, False))

    assert sum(one.rejected is not None for one in with_pairs) == len(A)
    assert all(one.rejected is None for one in without)
    assert [one.chosen for one in without] == [one.chosen for one in with_pairs]


def test_without_general_rows_neutral_passages_hold_the_base() -> None:
    found = items.of_plan(tiny.network().encoder, plan_of(1, None, A), pairs=True)

    general = [item for item in found if item.role == "general"]
    assert len(general) == len(neutral.ANCHORS)
    assert all(item.chosen.start == 1 for item in general)
