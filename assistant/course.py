"""What moves while a learning run goes on: the readings of its steps, the weights of two terms.

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
    near: float = 0.0
    general: float = 0.0
    open_pairs: int = 0  # those that are not satisfied yet
    pairs: int = 0
    margins: float = 0.0  # sum over the pairs, scaled by beta

    def __add__(self, other: Reading) -> Reading:
        return Reading(
            self.loss + other.loss,
            self.fit + other.fit,
            self.near + other.near,
            self.general + other.general,
            self.open_pairs + other.open_pairs,
            self.pairs + other.pairs,
            self.margins + other.margins,
        )

    @property
    def margin(self) -> float | None:
        """The mean scaled margin of its pairs; None where there are none."""
        return self.margins / self.pairs if self.pairs else None


@dataclass(slots=True)
class Course:
    """A run up to its last whole step."""

    sigma_near: float = 1.0
    sigma_general: float = 1.0
    steps: list[Reading] = field(default_factory=list)

    @property
    def margin(self) -> float | None:
        """Of the last step; None before the first and where it had no pairs."""
        return self.steps[-1].margin if self.steps else None

    @property
    def margins(self) -> tuple[float, ...]:
        """Of every step that had pairs, in order."""
        return tuple(one.margin for one in self.steps if one.margin is not None)


def mean(values: Sequence[float]) -> float:
    """Zero of none."""
    return sum(values) / len(values) if values else 0.0
