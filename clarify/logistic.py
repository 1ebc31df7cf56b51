"""Logistic regression by Newton's method, pulled towards given weights.

Knows no text and no person: rows, labels and weights of rows come in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEPS = 25
CLOSE = 1e-9  # largest change of a weight at which it has arrived


@dataclass(frozen=True, slots=True)
class Line:
    """Weights (d,) and bias of a logistic regression."""

    weights: tuple[float, ...]
    bias: float

    def logit(self, row: Floats) -> float:
        """The log-odds of a row (d,)."""
        return float(np.dot(self.weights, row)) + self.bias


def sigmoid(logit: float) -> float:
    """Log-odds as a chance."""
    return float(1.0 / (1.0 + np.exp(-np.clip(logit, -40.0, 40.0))))


def logit(chance: float) -> float:
    """A chance as log-odds; .001 to .999."""
    held = min(0.999, max(0.001, chance))
    return float(np.log(held / (1.0 - held)))


def fit(rows: Floats, labels: Floats, counts: Floats, pull: float, start: Line) -> Line:
    """The line that fits rows (n, d) with labels 0 to 1 (n,) and weights of rows (n,).

    `pull` is the L2 penalty on the way from `start`; the bias is pulled a tenth as much. With more
    columns than rows it is found in the space that the rows span, which gives the same line.
    """
    begun = np.array(start.weights)
    if len(rows) < rows.shape[1]:
        left, sizes, right = np.linalg.svd(rows, full_matrices=False)
        offset = rows @ begun + start.bias
        moved, bias = _newton(left * sizes, labels, counts, pull, offset)
        moved = right.T @ moved
    else:
        moved, bias = _newton(rows, labels, counts, pull, rows @ begun + start.bias)
    return Line(tuple(map(float, begun + moved)), start.bias + bias)


def balanced(labels: Floats, counts: Floats) -> Floats:
    """Row weights (n,) under which both labels count the same; as they were if one is absent."""
    ones, zeros = float((labels * counts).sum()), float(((1 - labels) * counts).sum())
    if not ones or not zeros:
        return counts
    share = labels * (0.5 / ones) + (1 - labels) * (0.5 / zeros)
    return np.asarray(counts * share * (ones + zeros), np.float64)


def _newton(
    rows: Floats, labels: Floats, counts: Floats, pull: float, offset: Floats
) -> tuple[Floats, float]:
    """The way from an offset (n,): weights (d,) and bias."""
    table = np.hstack([rows, np.ones((len(rows), 1))])
    penalty = np.full(table.shape[1], pull)
    penalty[-1] = pull / 10.0
    way = np.zeros(table.shape[1])
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(offset + table @ way, -40.0, 40.0)))
        slope = table.T @ (counts * (chance - labels)) + penalty * way
        bend = (table * (counts * chance * (1.0 - chance))[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        size = float(np.abs(step).max())
        way -= step * min(1.0, 2.0 / size) if size else step
        if size < CLOSE:
            break
    return way[:-1], float(way[-1])
