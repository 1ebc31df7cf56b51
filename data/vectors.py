"""Cosine, nearest neighbours and near-duplicates of given vectors.

Knows neither what the vectors stand for nor who made them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NEAR_DUPLICATE = 0.95  # cosine; an estimate, above the usual distance of two rewordings


class Neighbour(NamedTuple):
    """A vector of the given list, and how close it is."""

    place: int  # index into the given list
    cosine: float


def cosine(a: Sequence[float], b: Sequence[float]) -> float:
    """Cosine of two vectors of one length, -1 to 1; 0.0 if either is all zero."""
    return float(_cosines([a], [b])[0, 0])


def nearest(
    query: Sequence[float], vectors: Sequence[Sequence[float]], count: int = 1
) -> tuple[Neighbour, ...]:
    """The `count` nearest of `vectors`, nearest first; fewer when there are fewer."""
    if not vectors:
        return ()
    closeness = _cosines([query], vectors)[0]
    order = np.argsort(-closeness, kind="stable")[:count]
    return tuple(Neighbour(int(index), float(closeness[index])) for index in order)


def near_duplicates(
    vectors: Sequence[Sequence[float]],
    others: Sequence[Sequence[float]],
    limit: float = NEAR_DUPLICATE,
) -> frozenset[int]:
    """Indices into `vectors` whose cosine to any of `others` is at least `limit`."""
    if not vectors or not others:
        return frozenset()
    closest = _cosines(vectors, others).max(axis=1)
    return frozenset(int(index) for index in np.flatnonzero(closest >= limit))


def _cosines(
    rows: Sequence[Sequence[float]], columns: Sequence[Sequence[float]]
) -> NDArray[np.float64]:
    """Cosines of shape (len(rows), len(columns))."""
    left, right = _unit(rows), _unit(columns)
    return np.clip(left @ right.T, -1.0, 1.0)


def _unit(vectors: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    matrix = np.asarray(vectors, dtype=np.float64)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(lengths == 0.0, 1.0, lengths)
