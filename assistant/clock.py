"""Seconds that each part of a job took, kept with its run.

Knows no job: its caller says which part has ended.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from data import versions
from data.store import Store
from data.types import Run


@dataclass(slots=True)
class Clock:
    """Seconds by part; a part that is named again adds up."""

    spent: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.monotonic)

    def lap(self, part: str) -> None:
        """All since the last lap belongs to this part."""
        now = time.monotonic()
        self.spent[part] = round(self.spent.get(part, 0.0) + now - self._since, 1)
        self._since = now

    def keep(self, store: Store, run: Run) -> None:
        """Stores them as metrics of the run."""
        for part, seconds in self.spent.items():
            versions.add_metric(store, run.id, f"seconds {part}", "train", seconds)
