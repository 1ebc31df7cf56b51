"""What was counted for one lesson, and the figures that counts amount to.

Knows no model and no file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

MIDDLE = 6  # lessons of the sequential bench after which all so far are counted once more


@dataclass(frozen=True, slots=True)
class Count:
    """Replies that obey one lesson: inside its scope by check and by twin, and near it."""

    lesson: str  # slug
    inside: int
    twin: int
    of_inside: int
    near: int
    of_near: int

    def to_row(self) -> dict[str, object]:
        """For a JSON file."""
        return asdict(self)


def adherence(first: Sequence[Count]) -> float:
    """Share of replies that obey, as a mean over lessons."""
    return _mean([one.inside / one.of_inside for one in first])


def leak(before: Sequence[Count], now: Sequence[Count]) -> float:
    """By how much more often near requests obey; older lessons may have a part in it."""
    return _mean(
        [
            max(0.0, (one.near - was.near) / one.of_near)
            for one, was in zip(now, before, strict=True)
            if one.of_near
        ]
    )


def retention(first: Sequence[Count], now: Sequence[Count]) -> float:
    """Share of the first rate that is left, at most 1 for each lesson that ever held."""
    return _mean(
        [
            min(1.0, one.inside / was.inside)
            for one, was in zip(now, first, strict=True)
            if was.inside
        ]
    )


def summary(found: Mapping[str, Any]) -> dict[str, float]:
    """Adherence and leak right after each lesson, retention at the end; the mean of the three.

    `found` has rows of Counts, lesson by lesson: "before", "first" and "last".
    """
    before, first, last = (
        [Count(**row) for row in found[name]] for name in ("before", "first", "last")
    )
    obeyed, leaked, kept = adherence(first), leak(before, first), retention(first, last)
    return {
        "adherence": round(obeyed, 3),
        "leak": round(leaked, 3),
        "retention": round(kept, 3),
        "mean": round((obeyed + 1 - leaked + kept) / 3, 3),
        "last": round(adherence(last), 3),
        "drift": float(found["drift"]),
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
