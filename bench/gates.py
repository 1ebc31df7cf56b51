"""What is counted of a gate that says whether a request needs a question, with intervals.

Knows no request and no gate: scores and labels come in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarify.logistic import sigmoid

RECALL = 0.85
DRAWS = 1_000  # bootstrap
BINS = 10
Floats = NDArray[np.float64]
Measure = Callable[[Floats, Floats], float]


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % bootstrap interval over rows."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]"


def auroc(scores: Floats, labels: Floats) -> float:
    """The chance that a row that needs a question scores above one that does not; ties half."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.bincount(place, ranks) / count)[place]  # equal scores share their mean rank
    ones = labels.sum()
    zeros = len(labels) - ones
    return float((ranks[labels == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def balanced(scores: Floats, labels: Floats) -> float:
    """Mean of recall and specificity where scores above 0 ask."""
    asks = scores > 0
    return float((asks[labels == 1].mean() + (~asks)[labels == 0].mean()) / 2)


def specificity(scores: Floats, labels: Floats) -> float:
    """The share of clear rows left alone at the highest threshold that finds .85 of the vague."""
    found = np.sort(scores[labels == 1])[::-1]
    threshold = found[int(np.ceil(RECALL * len(found))) - 1]
    return float((scores[labels == 0] < threshold).mean())


def rate(scores: Floats, labels: Floats) -> float:
    """The share of rows that are asked about."""
    return float((scores > 0).mean())


def error(chances: Floats, labels: Floats) -> float:
    """Expected calibration error of chances in ten equal bins."""
    places = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [
        abs(chances[places == at].mean() - labels[places == at].mean()) * (places == at).mean()
        for at in np.unique(places)
    ]
    return float(sum(gaps))


def chances(scores: Floats, shift: Floats) -> Floats:
    """Log-odds, moved by how much commoner vague rows are than in a balanced fit, as chances."""
    return np.array([sigmoid(one) for one in scores + shift])


def within(measure: Measure, scores: Floats, labels: Floats, seed: int = 0) -> Interval:
    """A measure with its interval; both labels are drawn anew on their own."""
    draw = np.random.default_rng(seed)
    ones, zeros = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    values = []
    for _ in range(DRAWS):
        rows = np.concatenate([draw.choice(ones, len(ones)), draw.choice(zeros, len(zeros))])
        values.append(measure(scores[rows], labels[rows]))
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(measure(scores, labels), float(low), float(high))
