"""Temperature of a field, and its scores by folds: accuracy, macro-F1, calibration error.

Knows no text and no features.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
HEATS = np.exp(np.linspace(np.log(0.2), np.log(5), 65))


@dataclass(frozen=True, slots=True)
class Score:
    """One field over n rows, each judged by a model that did not see its fold."""

    n: int
    accuracy: float
    macro: float
    majority: float  # accuracy of the commonest label
    ece: float  # temperature taken from the other folds
    sure: float  # share of rows whose best label has at least 0.6
    right_if_sure: float


def shares(scores: NDArray[np.floating], heat: float) -> NDArray[np.float64]:
    """Probabilities [n, K] of scores [n, K]."""
    cooled = scores.astype(np.float64) / heat
    grown = np.exp(cooled - cooled.max(1, keepdims=True))
    return np.asarray(grown / grown.sum(1, keepdims=True))


def heat(scores: NDArray[np.floating], right: NDArray[np.intp]) -> float:
    """The temperature at which the right labels are likeliest."""
    rows = np.arange(len(right))
    losses = [-np.log(shares(scores, h)[rows, right] + 1e-12).mean() for h in HEATS]
    return float(HEATS[int(np.argmin(losses))])


def ece(sure: NDArray[np.floating], right: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins of equal width."""
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [
        abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).sum()
        for b in range(BINS)
        if (place == b).any()
    ]
    return float(sum(gaps) / max(1, len(sure)))


def macro_f1(said: Sequence[str], right: Sequence[str]) -> float:
    """The mean F1 of the labels that stand in `right`."""
    found = []
    for label in sorted(set(right)):
        hit = sum(s == r == label for s, r in zip(said, right, strict=True))
        named = sum(s == label for s in said) + sum(r == label for r in right)
        found.append(2 * hit / named)
    return float(np.mean(found))


def score(
    labels: Sequence[str],
    scores: NDArray[np.floating],
    given: Sequence[str],
    folds: NDArray[np.intp],
    only: NDArray[np.bool_] | None = None,
) -> Score:
    """Of the rows in `only`, or all."""
    right = np.array([labels.index(g) for g in given])
    sure = np.zeros(len(right))
    for fold in sorted(set(folds.tolist())):
        cool = heat(scores[folds != fold], right[folds != fold])
        sure[folds == fold] = shares(scores[folds == fold], cool).max(1)
    keep = np.ones(len(right), bool) if only is None else only
    said = scores.argmax(1)
    hit = (said == right)[keep]
    certain = sure[keep] >= 0.6
    counts = np.bincount(right[keep])
    return Score(
        int(keep.sum()),
        float(hit.mean()),
        macro_f1([labels[i] for i in said[keep]], [labels[i] for i in right[keep]]),
        float(counts.max() / counts.sum()),
        ece(sure[keep], hit),
        float(certain.mean()),
        float(hit[certain].mean()) if certain.any() else 0.0,
    )
