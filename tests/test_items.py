"""What a plan becomes before it is learned: items with their sequences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, items, neutral, prompt
from assistant.beneath import Beneath
from assistant.items import Item
from assistant.protocols import Plan
from tests import tiny
from tests.rows import ASKED, A, plan_of

pytestmark = pytest.mark.weights  # imports torch


def test_rejected_replies_are_scored_only_where_pairs_count() -> None:
    encoder, plan = tiny.network().encoder, plan_of(1, None, A)

    with_pairs, without = (
        items.of_plan(encoder, plan, Beneath(plan), pairs=pairs) for pairs in (True, False)
    )

    assert sum(one.rejected is not None for one in with_pairs) == len(A)
    assert all(one.rejected is None for one in without)
    assert [one.chosen for one in without] == [one.chosen for one in with_pairs]


def items_of(plan: Plan) -> tuple[Item, ...]:
    return items.of_plan(tiny.network().encoder, plan, Beneath(plan), pairs=True)


def test_what_holds_everywhere_is_learned_beside_neutral_passages_that_hold_the_base() -> None:
    found = items_of(plan_of(1, None, A, holds=lambda _: ("A",)))

    general = [item for item in found if item.role == "general"]
    assert len(general) == len(neutral.ANCHORS)
    assert all(item.chosen.start == 1 for item in general)


def test_what_holds_in_a_place_moves_no_other_text_so_nothing_is_held_still() -> None:
    found = items_of(plan_of(1, None, A, holds=lambda request: ("A",) if request else ()))

    assert [item.role for item in found] == ["in"] * len(A)


def test_each_item_knows_the_older_blocks_that_speak_at_its_request(tmp_path: Path) -> None:
    parent = adapters.save(
        tmp_path,
        number=1,
        parent=None,
        base=tiny.NAME,
        lessons=("B",),
        preferences=(),
        seed=0,
        tensors={"x.lora_B": np.ones((1, 1), dtype=np.float32)},
        settings={},
        losses=(),
    )
    (block,) = adapters.blocks_of(parent.folder)
    holds = {ASKED[0]: ("A", "B")}

    found = items_of(plan_of(2, parent, A, holds=lambda request: holds.get(request, ("A",))))

    first = tiny.network().encoder.pair(prompt.plain(A[0].prompt), A[0].chosen)
    assert [item.chosen for item in found if item.beneath == (block,)] == [first]
    assert {item.beneath for item in found if item.chosen != first} == {()}
