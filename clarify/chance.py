"""The chance P that an answer changes a kept result, and its refitting on outcomes.

Nine numbers go in; they start at the weights of the design and move with what became of decisions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clarify import logistic
from clarify.logistic import Line

# need, 2 delta and use as in the formula; entropy, importance, log L, progress, questions at 0.
START = Line((1.0, 2.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0), -0.74)  # bias: the mean of P is .3
EVERY = 10  # labelled events between two refits
PULL = 4.0  # L2 towards the start; an estimate
CLIP = 10.0  # largest weight that a rare action gives
LEAST = 0.15  # below this chance nothing is asked


@dataclass(frozen=True, slots=True)
class Seen:
    """A labelled decision: its numbers, whether the answer was wanted, how much it counts."""

    features: tuple[float, ...]
    y: float
    weight: float
    propensity: float


def features(
    need: float,
    delta: float,
    useful: float,
    chances: Sequence[float],
    importance: float,
    lost: float,
    progress: float,
    asked: int,
) -> tuple[float, ...]:
    """The numbers that P rests on; `lost` in seconds, `importance` 0 to 1."""
    return (
        logistic.logit(need),
        delta,
        logistic.logit(useful),
        entropy(chances),
        importance,
        math.log(max(1.0, lost)) - 4.0,
        progress,
        asked / 3.0,
    )


def entropy(chances: Sequence[float]) -> float:
    """Of the options' chances, 0 (one is certain) to 1 (all alike)."""
    if len(chances) < 2:
        return 0.0
    return -sum(p * math.log(p) for p in chances if p > 0.0) / math.log(len(chances))


def wanted(line: Line, numbers: Sequence[float]) -> float:
    """P of a decision."""
    return logistic.sigmoid(line.logit(np.array(numbers)))


def refit(seen: Sequence[Seen]) -> Line:
    """The weights after these labelled decisions, oldest first; the same give equal weights.

    Refitted at every tenth, on those up to it: rare actions count more, ten times at most.
    """
    sound = [one for one in seen if len(one.features) == len(START.weights)]
    sound = sound[: len(sound) // EVERY * EVERY]
    if not sound:
        return START
    rows = np.array([one.features for one in sound])
    labels = np.array([one.y for one in sound])
    counts = np.array([one.weight * min(CLIP, 1.0 / one.propensity) for one in sound])
    return logistic.fit(rows, labels, counts, PULL, START)
