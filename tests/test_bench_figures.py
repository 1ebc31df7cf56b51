"""The figures of the sequential bench, from result files written by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from bench import figures, tables

Row = dict[str, Any]


def count(lesson: str, inside: int, near: int = 0, of_near: int = 0) -> Row:
    """Of ten requests inside."""
    return {
        "lesson": lesson, "inside": inside, "twin": inside, "of_inside": 10, "near": near,
        "of_near": of_near,
    }  # fmt: skip


def taught(lesson: str, inside: int, *, near: int = 0, of_near: int = 0, **more: object) -> Row:
    """Right after its round; before it no near request obeyed."""
    plain: Row = {
        "outcome": "live",
        "before": count(lesson, 0, 0, of_near),
        "first": count(lesson, inside, near, of_near),
        "seconds": {"wall": 20.0, "cpu": 10.0},
        "parts": {"drafts": 12.0, "seconds teacher": 3.0, "seconds learning": 5.0},
        "whole": True,
        "peak GiB": 1.0,
        "tokens": 5,
    }
    return {**plain, **more}


def seed(**lessons: Row) -> Row:
    """Every lesson can be reached in half of its requests by telling."""
    row: Row = {"base": "tiny", "seed": 0}
    row |= {f"untaught {name}": count(name, 0) | {"told": 4, "any": 5} for name in lessons}
    return row | {f"taught {name}": one for name, one in lessons.items()}


def counted(**inside: int) -> Row:
    return {"counts": [count(name, n) for name, n in inside.items()], "drift": 0.01}


def values(*rows: Row) -> dict[str, tuple[float, ...]]:
    return {one.name: tuple(round(each, 3) for each in one.values) for one in figures.of(rows)}


def test_retention_is_the_share_of_the_first_rate_and_never_above_one() -> None:
    row = seed(a=taught("a", 8), b=taught("b", 4), c=taught("c", 10))
    row |= {"after 6": counted(a=4, b=8), "last": counted(a=2, b=4, c=10)}

    found = values(row)

    assert found["retention after 6 lessons"] == (0.75,)  # of 4/8 and 8/4, taken as 1
    assert found["retention at the end"] == (0.75,)  # of 2/8, 4/4 and 10/10


def test_adherence_is_also_told_as_a_share_of_what_the_teacher_reaches() -> None:
    found = values(seed(a=taught("a", 3), b=taught("b", 4)))

    assert found["adherence right after the round"] == (0.35,)
    assert found["the same over the teacher's reach (any)"] == (0.7,)


def test_only_lessons_in_the_weights_count_and_only_scoped_ones_leak() -> None:
    row = seed(
        a=taught("a", 10),
        b=taught("b", 6, near=2, of_near=10),
        c=taught("c", 0, outcome="rejected"),
    )

    found = {one.name: one for one in figures.of([row])}

    assert found["adherence right after the round"].lessons == (2,)
    assert found["adherence right after the round"].mean == pytest.approx(0.8)
    assert found["leak right after the round"].lessons == (1,)
    assert found["leak right after the round"].mean == pytest.approx(0.2)
    assert not any("retention" in name for name in found)


def test_a_mean_over_seeds_lies_in_its_interval_which_one_lesson_alone_does_not_widen() -> None:
    wide = seed(a=taught("a", 10), b=taught("b", 0))
    narrow = seed(a=taught("a", 6))

    both, alone = figures.of([wide, narrow])[0], figures.of([narrow])[0]

    assert both.values == (0.5, 0.6)
    assert both.mean == pytest.approx(0.55)
    assert (both.low, both.high) == pytest.approx((0.3, 0.8))
    assert (alone.low, alone.high) == pytest.approx((0.6, 0.6))


def test_growth_is_the_last_lesson_over_the_second_unless_one_was_cut_short() -> None:
    slow: Row = {"seconds": {"wall": 60.0, "cpu": 15.0}, "parts": {"seconds learning": 6.0}}
    row = seed(a=taught("a", 1), b=taught("b", 1), c=taught("c", 1, **slow))
    cut = seed(a=taught("a", 1), b=taught("b", 1), c=taught("c", 1, **slow, whole=False))

    assert figures.growth(row, figures.of_round) == 1.5
    assert figures.growth(row, figures.of_lesson) == 0.75
    assert math.isnan(figures.growth(cut, figures.of_round))
    assert math.isnan(figures.growth(seed(a=taught("a", 1)), figures.of_round))


def test_the_table_has_a_line_for_every_figure_and_for_what_was_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = seed(a=taught("a", 8), b=taught("b", 4), c=taught("c", 10))
    row |= {"after 6": counted(a=4, b=8), "last": counted(a=2, b=4, c=10)}
    row["forgotten b"] = {
        "seconds until served": 0.5,
        "seconds until rebuilt": None,
        "now": count("b", 1),
        "never taught": count("b", 0),
        "same bits": True,
        "files with its words": [],
    }
    home = tmp_path / "build"
    (home / "nf4-quick-0").mkdir(parents=True)
    (home / "nf4-quick-0" / "results.json").write_text(json.dumps(row), encoding="utf-8")
    monkeypatch.setattr(tables, "_plot", lambda *_: None)

    tables.learning((home,), tmp_path)

    told = (tmp_path / "bench-learning.md").read_text("utf-8")
    assert "| retention after 6 lessons | 2 | 0.75 | 0.75 [0.50, 1.00] |" in told
    assert "| retention at the end | 3 | 0.75 | 0.75 [0.25, 1.00] |" in told
    assert "of the last lesson over those of the second (wall) | - | 1.00 | 1.00 |" in told
    assert "served in 0.5 s, rebuilt in more than one process; files with its words: 0." in told
