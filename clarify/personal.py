"""The probe that learns from one person: their labelled prefill vectors, and how far it is heard.

Knows no store. It is refitted from the labels in milliseconds, so forgetting only folds again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarify import logistic
from clarify.logistic import Line

LEAST = 20  # labels before it is heard
HALF = 40  # labels at which it counts as much as the prior
PULL = 0.1  # L2 on rows of length 1; docs/log.md


@dataclass(frozen=True, slots=True)
class Labelled:
    """A prefill vector and whether an answer was wanted there."""

    vector: tuple[float, ...]
    y: float
    weight: float


@dataclass(frozen=True, slots=True)
class Probe:
    """A probe on vectors of one key, and from how many labels."""

    line: Line
    centre: tuple[float, ...]
    n: int

    def logit(self, vector: Sequence[float]) -> float:
        """Log-odds that an answer is wanted."""
        return self.line.logit(scaled(np.array(vector), np.array(self.centre)))


def scaled(vectors: NDArray[np.float64], centre: NDArray[np.float64]) -> NDArray[np.float64]:
    """Vectors (..., d) seen from the centre (d,), each of length 1: else a few places rule."""
    away = vectors - centre
    sizes = np.linalg.norm(away, axis=-1, keepdims=True)
    return np.asarray(away / np.maximum(sizes, 1e-9), np.float64)


def fit(seen: Sequence[Labelled]) -> Probe | None:
    """The probe of these labels, or None while they are few, of one kind or of several sizes."""
    labels = np.array([one.y for one in seen])
    if len(seen) < LEAST or labels.min() == labels.max():
        return None
    if len({len(one.vector) for one in seen}) != 1:
        return None
    vectors = np.array([one.vector for one in seen], np.float64)
    centre = vectors.mean(0)
    counts = logistic.balanced(labels, np.array([one.weight for one in seen]))
    start = Line((0.0,) * vectors.shape[1], 0.0)
    line = logistic.fit(scaled(vectors, centre), labels, counts, PULL, start)
    return Probe(line, tuple(map(float, centre)), len(seen))


def mixed(prior: float, own: float, n: int) -> float:
    """Log-odds of the prior and of the person's probe together; n is the probe's labels."""
    share = n / (n + HALF)
    return (1.0 - share) * prior + share * own
