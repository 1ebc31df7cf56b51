"""What was counted for one lesson, and the figures that counts amount to.

Knows no model and no file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


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


def summary(found: Mapping[str, Any]) -> dict[str, float]:
    """Adherence and leak right after each lesson, retention at the end; the mean of the three.

    `found` has rows of Counts, lesson by lesson: "before", "first" and "last". The leak is by how
    much more often near requests obey than before the lesson: older ones may have a part in it.
    """
    before, first, last = (
        [Count(**row) for row in found[name]] for name in ("before", "first", "last")
    )
    adherence = _mean([one.inside / one.of_inside for one in first])
    leak = _mean(
        [
            max(0.0, (now.near - was.near) / now.of_near)
            for now, was in zip(first, before, strict=True)
            if now.of_near
        ]
    )
    kept = _mean(
        [
            min(1.0, now.inside / was.inside)
            for now, was in zip(last, first, strict=True)
            if was.inside
        ]
    )
    return {
        "adherence": round(adherence, 3),
        "leak": round(leak, 3),
        "retention": round(kept, 3),
        "mean": round((adherence + 1 - leak + kept) / 3, 3),
        "last": round(_mean([one.inside / one.of_inside for one in last]), 3),
        "drift": float(found["drift"]),
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
