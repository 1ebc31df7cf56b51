"""How far drafts written for different options differ, and what a wrong guess would cost.

Knows no request, no facet and no person: it compares texts by the given checks and vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.checks import registry
from data.types import Check, Embed

FAR = 0.5  # cosine distance that counts as wholly different; an estimate
PER_CHECK = 0.5  # what one check that tells two drafts apart adds; an estimate
HALF = 0.5  # a draft with less than this share of another's words is of another length
FEWEST = 8  # words; equal lengths are never cut below this
RHO = 0.85  # 12-17 % of answers contradict the person's own target (Zou 2020)
WARMTH = 0.25  # softmax temperature over cosine nearness; an estimate
BELIEF = 4.0  # how many choices of the person the drafts' own nearness is worth


@dataclass(frozen=True, slots=True)
class Regret:
    """What guessing costs: the expected share of the text that a wrong guess gets wrong, 0 to 1."""

    delta: float
    default: int  # the option whose guess costs least
    largest: float  # the largest distance between two drafts
    chances: tuple[float, ...]  # of each option being the wanted one; sums to 1


@dataclass(frozen=True, slots=True)
class Noise:
    """How far a draft moves for no reason: by cosine distance, and by what checks see."""

    vectors: float
    checks: float


def equal(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts cut to one length in words, since sentence vectors react to length and style."""
    words = [text.split() for text in texts]
    shortest = max(FEWEST, min((len(one) for one in words), default=0))
    return tuple(" ".join(one[:shortest]) for one in words)


def apart(a: str, b: str, checks: Sequence[Check], by_length: bool) -> float:
    """How far two drafts differ by what code can see, 0 to 1."""
    telling = sum(registry.passes(check, a) != registry.passes(check, b) for check in checks)
    if by_length:
        shorter, longer = sorted((len(a.split()), len(b.split())))
        telling += shorter < HALF * longer
    return min(1.0, PER_CHECK * telling)


def distances(
    vectors: NDArray[np.float64],
    drafts: Sequence[str],
    checks: Sequence[Check],
    by_length: bool,
    noise: Noise,
) -> NDArray[np.float64]:
    """Distances of shape (n, n) between n drafts, 0 to 1: by vectors (n, 384) or by checks.

    What a sentence that asks for nothing already changes is taken off first.
    """
    cosines = np.clip(vectors @ vectors.T, -1.0, 1.0)
    table = np.clip((1.0 - cosines - noise.vectors) / FAR, 0.0, 1.0)
    for i, a in enumerate(drafts):
        for j, b in enumerate(drafts):
            seen = max(0.0, apart(a, b, checks, by_length) - noise.checks)
            table[i, j] = 0.0 if a.split() == b.split() else max(table[i, j], seen)
    return table


def regret(table: NDArray[np.float64], chances: NDArray[np.float64]) -> Regret:
    """Delta and the best guess, from distances (n, n) and chances (n,)."""
    costs = table @ chances  # (n,): what each guess is expected to cost
    best = int(np.argmin(costs))
    return Regret(RHO * float(costs[best]), best, float(table.max()), tuple(map(float, chances)))


def chances(nearness: NDArray[np.float64], chosen: Sequence[float]) -> NDArray[np.float64]:
    """Chances of shape (n,): nearness of each option's draft to the plain one, and past choices."""
    weights = np.exp((nearness - nearness.max()) / WARMTH)
    counts = np.asarray(chosen, dtype=np.float64)
    mixed: NDArray[np.float64] = (BELIEF * weights / weights.sum() + counts) / (
        BELIEF + counts.sum()
    )
    return mixed


def compare(
    plain: str,
    placebo: str,
    drafts: Sequence[str],
    chosen: Sequence[float],
    checks: Sequence[Check],
    by_length: bool,
    embed: Embed,
) -> Regret:
    """The regret of guessing among drafts, one per option; `plain` was written without one.

    `placebo` was written with a sentence that settles nothing. A small model's draft moves with any
    added sentence, so only what moves it further than that is a difference of the options.
    """
    vectors = np.asarray(embed(equal((plain, placebo, *drafts))), dtype=np.float64)
    noise = Noise(
        max(0.0, 1.0 - float(vectors[0] @ vectors[1])), apart(plain, placebo, checks, by_length)
    )
    nearness = vectors[2:] @ vectors[0]
    table = distances(vectors[2:], drafts, checks, by_length, noise)
    return regret(table, chances(nearness, chosen))
