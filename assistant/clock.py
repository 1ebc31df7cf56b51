"""Seconds that a job's parts took, kept with its run: what passes while it waits is not counted.

Knows no job: its caller says which part has ended, and which steps are its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import TypeVar

from data import versions
from data.store import Store
from data.types import Run

Step = TypeVar("Step")
Result = TypeVar("Result")


@dataclass(slots=True)
class Clock:
    """Seconds by part; a part that is named again adds up."""

    now: Callable[[], float] = field(default=time.monotonic, repr=False)
    spent: dict[str, float] = field(default_factory=dict)
    _since: float = field(init=False)

    def __post_init__(self) -> None:
        self._since = self.now()

    @property
    def seconds(self) -> float:
        """Since the last lap, or since the clock was made."""
        return self.now() - self._since

    def only(self, steps: Generator[Step, None, Result]) -> Generator[Step, None, Result]:
        """The same steps; what passes between two of them is nobody's time.

        Steps within such steps are not to be given to the same clock again.
        """
        try:
            while True:
                try:
                    step = next(steps)
                except StopIteration as end:
                    result: Result = end.value
                    return result
                yield from self.told(step)
        finally:
            steps.close()

    def told(self, step: Step) -> Generator[Step, None, None]:
        """One step, told; what passes until it goes on is nobody's time."""
        left = self.now()
        yield step
        self._since += self.now() - left

    def lap(self, part: str) -> None:
        """All since the last lap belongs to this part."""
        self.spent[part] = round(self.spent.get(part, 0.0) + self.seconds, 1)
        self._since = self.now()

    def keep(self, store: Store, run: Run) -> None:
        """Stores them as metrics of the run."""
        for part, seconds in self.spent.items():
            versions.add_metric(store, run.id, f"seconds {part}", "train", seconds)
