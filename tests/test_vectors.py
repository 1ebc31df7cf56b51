"""Cosine, neighbours and near-duplicates of given vectors."""

from __future__ import annotations

import pytest

from data.vectors import Neighbour, cosine, near_duplicates, nearest


def test_cosine_sees_directions_and_not_lengths() -> None:
    assert cosine([1, 0], [5, 0]) == pytest.approx(1.0)
    assert cosine([1, 0], [0, 2]) == pytest.approx(0.0)
    assert cosine([1, 1], [-2, -2]) == pytest.approx(-1.0)
    assert cosine([0, 0], [1, 2]) == 0.0


def test_the_nearest_come_first_and_no_more_than_there_are() -> None:
    found = nearest([1, 0], [[0, 1], [2, 0], [1, 1]], count=5)

    assert [each.place for each in found] == [1, 2, 0]
    assert found[0] == Neighbour(1, 1.0)
    assert nearest([1, 0], []) == ()


def test_a_rewording_is_near_and_another_topic_is_not() -> None:
    kept = [[1.0, 0.0, 0.0]]

    near = near_duplicates([[0.99, 0.05, 0.0], [0.7, 0.7, 0.0], [0.0, 0.0, 1.0]], kept)

    assert near == frozenset({0})
    assert near_duplicates([], kept) == frozenset()
    assert near_duplicates([[1.0, 0.0, 0.0]], []) == frozenset()
