"""What moves while a learning run goes on: the readings of its steps, the weight of a term.

Knows no tensor and no loss: plain numbers, so that a run can be put aside and taken up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """What a micro-batch, or a whole step, read; nats per token, but for what is said of pairs."""

    loss: float = 0.0
    fit: float = 0.0
    general: float = 0.0
    open_pairs: int = 0  # those that are not satisfied yet
    gain: float = 0.0  # of the new answers over the base, mean

    def __add__(self, other: Reading) -> Reading:
        return Reading(
            self.loss + other.loss,
            self.fit + other.fit,
            self.general + other.general,
            self.open_pairs + other.open_pairs,
            self.gain + other.gain,
        )


@dataclass(slots=True)
class Course:
    """A run up to its last whole step."""

    sigma: float = 1.0  # weight of the drift term
    steps: list[Reading] = field(default_factory=list)

    @property
    def gains(self) -> tuple[float, ...]:
        """Of every whole step, in order."""
        return tuple(one.gain for one in self.steps)


def mean(values: Sequence[float]) -> float:
    """Zero of none."""
    return sum(values) / len(values) if values else 0.0
