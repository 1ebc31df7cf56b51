"""How many replies passed, before and after, and how far such counts can be trusted.

Knows no lesson and no check. Intervals: Wilson's for one rate, a seeded bootstrap for a paired one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000
SEED = 0
Z95 = 1.959964  # of the normal distribution, two-sided 95 %


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of n replies passed a check."""

    passed: int
    n: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 if there was nothing to count."""
        return self.passed / self.n if self.n else 0.0

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share; from 0 to 1 if there was nothing to count."""
        if not self.n:
            return 0.0, 1.0
        spread = Z95**2 / self.n
        centre = self.share + spread / 2
        half = Z95 * math.sqrt(self.share * (1 - self.share) / self.n + spread / (4 * self.n))
        low, high = (centre - half) / (1 + spread), (centre + half) / (1 + spread)
        return max(0.0, low), min(1.0, high)

    def __str__(self) -> str:
        return f"{self.passed} of {self.n}"


@dataclass(frozen=True, slots=True)
class Paired:
    """The same prompts before and after, one sign each in their order: 1 passed, 0 did not."""

    what: str  # the id of a lesson, or one of the gate's own parts
    before: str
    after: str

    @classmethod
    def of(cls, what: str, before: Sequence[bool], after: Sequence[bool]) -> Paired:
        """From what each prompt's reply did. Raises ValueError if the two differ in length."""
        if len(before) != len(after):
            raise ValueError(f"{len(before)} outcomes before are not {len(after)} after")
        return cls(what, "".join("01"[one] for one in before), "".join("01"[one] for one in after))

    @property
    def rate_before(self) -> Rate:
        """Of all prompts, before."""
        return Rate(self.before.count("1"), len(self.before))

    @property
    def rate_after(self) -> Rate:
        """Of all prompts, after."""
        return Rate(self.after.count("1"), len(self.after))

    @property
    def gained(self) -> int:
        """Prompts that passed after and not before; with `lost`, what McNemar's test looks at."""
        return list(zip(self.before, self.after, strict=True)).count(("0", "1"))

    @property
    def lost(self) -> int:
        """Prompts that passed before and not after."""
        return list(zip(self.before, self.after, strict=True)).count(("1", "0"))

    def chance(self) -> float:
        """How likely so many losses among the prompts that changed are if nothing got worse.

        One-sided exact McNemar test: with a dozen prompts a bootstrap takes three losses for proof.
        """
        moved = self.lost + self.gained
        return math.ldexp(sum(math.comb(moved, k) for k in range(self.lost, moved + 1)), -moved)

    def change(self, sure: float = 0.9) -> tuple[float, float]:
        """Bootstrap interval of share after minus share before, over pairs; 0 to 0 without any.

        The draw is seeded, so that the same outcomes always have the same interval.
        """
        if not self.before:
            return 0.0, 0.0
        moved = np.array([int(b) - int(a) for a, b in zip(self.before, self.after, strict=True)])
        draw = np.random.default_rng(SEED)
        means = moved[draw.integers(0, len(moved), (RESAMPLES, len(moved)))].mean(axis=1)
        low, high = np.quantile(means, [(1 - sure) / 2, (1 + sure) / 2])
        return float(low), float(high)
