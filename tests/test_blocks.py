"""Which blocks speak, which a lesson had a part in, and what several are side by side."""

from __future__ import annotations

import numpy as np
import pytest

from assistant import blocks
from assistant.blocks import Block, Tensors

WIDE = Block(("wide",), "1")
MAILS = Block(("mails",), "2", beneath=("wide",), preferences=("P2",))
IDEAS = Block(("ideas",), "3", preferences=("P3",))
BOSS = Block(("boss",), "4", beneath=("mails", "wide"))
ALL = (WIDE, MAILS, IDEAS, BOSS)


def test_a_block_speaks_where_one_of_its_lessons_holds() -> None:
    both = Block(("a", "b"), "5")

    assert blocks.speaking((*ALL, both), {"mails", "b"}) == (MAILS, both)
    assert blocks.speaking(ALL, ()) == ()
    assert blocks.speaking(ALL, None) == ALL


@pytest.mark.parametrize(
    ("lesson", "rows", "left"),
    [
        ("ideas", (), (WIDE, MAILS, BOSS)),
        ("mails", (), (WIDE, IDEAS)),
        ("wide", (), (IDEAS,)),
        ("boss", (), (WIDE, MAILS, IDEAS)),
        ("unknown", (), ALL),
        ("unknown", ("P2",), (WIDE, IDEAS)),
        ("boss", ("P3",), (WIDE, MAILS)),
    ],
)
def test_what_a_lesson_had_a_part_in_goes_with_it(
    lesson: str, rows: tuple[str, ...], left: tuple[Block, ...]
) -> None:
    assert blocks.without(ALL, lesson, rows) == left


def test_only_what_is_wholly_taught_anew_makes_room() -> None:
    both = Block(("mails", "ideas"), "5")

    assert blocks.after((WIDE, both), ("mails",)) == (WIDE, both)
    assert blocks.after((WIDE, both), ("mails", "ideas")) == (WIDE,)


def test_beneath_are_all_lessons_that_had_a_part() -> None:
    assert blocks.beneath((MAILS, BOSS)) == ("wide", "mails", "boss")


def test_a_lesson_is_alone_if_no_other_shares_a_block_of_it() -> None:
    assert blocks.alone(ALL, "mails")
    assert not blocks.alone((Block(("mails", "ideas"), "5"),), "mails")


def test_side_by_side_blocks_add_their_deltas() -> None:
    draw = np.random.default_rng(0)

    def made() -> Tensors:
        return {
            "x.lora_A.weight": draw.standard_normal((2, 5)).astype(np.float32),
            "x.lora_B.weight": draw.standard_normal((3, 2)).astype(np.float32),
        }

    one, other = made(), made()

    both = blocks.joined([one, other])

    def delta(some: Tensors) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return some["x.lora_B.weight"] @ some["x.lora_A.weight"]

    np.testing.assert_allclose(delta(both), delta(one) + delta(other), rtol=1e-5, atol=1e-6)


def test_the_order_is_part_of_the_name() -> None:
    assert blocks.name_of((WIDE, MAILS)) != blocks.name_of((MAILS, WIDE))
