"""The counting of `make bench-asking`: measures on scores whose answer is known, and its folds."""

from __future__ import annotations

import numpy as np
import pytest

from bench import gates
from prior import rows

LABELS = np.array([1.0] * 20 + [0.0] * 10)


def scores(*parts: tuple[float, int]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.concatenate([np.full(n, value) for value, n in parts])


def test_auroc_counts_pairs_and_ties_half() -> None:
    right, wrong = scores((1.0, 20), (-1.0, 10)), scores((-1.0, 20), (1.0, 10))
    mixed = scores((1.0, 10), (0.0, 10), (0.0, 10))

    assert gates.auroc(right, LABELS) == 1.0
    assert gates.auroc(wrong, LABELS) == 0.0
    assert gates.auroc(np.zeros(30), LABELS) == 0.5
    assert gates.auroc(mixed, LABELS) == pytest.approx(0.75)


def test_asking_always_is_half_right() -> None:
    assert gates.balanced(np.ones(30), LABELS) == 0.5
    assert gates.balanced(scores((1.0, 16), (-1.0, 4), (-1.0, 9), (1.0, 1)), LABELS) == (
        pytest.approx((0.8 + 0.9) / 2)
    )


def test_specificity_is_taken_where_recall_reaches_its_mark() -> None:
    found = scores((3.0, 17), (0.0, 3), (1.0, 6), (4.0, 4))

    assert gates.specificity(found, LABELS) == pytest.approx(0.6)


def test_calibration_error_is_the_mean_gap_of_the_bins() -> None:
    labels = np.array([1.0, 1.0, 1.0, 0.0])

    assert gates.error(np.full(4, 0.75), labels) == 0.0
    assert gates.error(np.full(4, 0.25), labels) == 0.5


def test_an_interval_holds_its_value_and_shrinks_with_n() -> None:
    draw = np.random.default_rng(0)
    few = gates.within(gates.auroc, LABELS + draw.normal(size=30), LABELS)
    labels = np.tile(LABELS, 20)
    many = gates.within(gates.auroc, labels + draw.normal(size=600), labels)

    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low


def test_near_duplicates_share_a_group_by_words_by_vector_and_by_a_chain() -> None:
    texts = ("Plan a trip", "plan  a TRIP", "Cook rice", "Boil rice", "Steam rice", "Sing")
    vectors = np.eye(6, dtype=np.float32)
    vectors[3] = [0, 0, 0.85, 0.527, 0, 0]
    vectors[4] = [0, 0, 0.45, 0.85, 0.274, 0]  # like the one before it, not like the first

    group = rows.groups(texts, vectors)

    assert group.tolist() == [0, 0, 2, 2, 2, 5]


def test_no_group_stands_in_two_folds() -> None:
    group = np.array([0, 0, 2, 3, 3, 5, 6, 7, 8, 9] * 5)

    fold = rows.folds(group)

    assert all(len(set(fold[group == name].tolist())) == 1 for name in set(group.tolist()))
    assert set(fold.tolist()) == {0, 1, 2, 3, 4}


def test_the_rows_are_what_the_readme_says() -> None:
    found = rows.read()

    assert len(found) == len({row.id for row in found}) == 1155
    assert sum(row.vague for row in found) == 929
    assert all(row.details for row in found if row.vague)
