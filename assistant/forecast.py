"""How long a job will still take, from what the last ones of its kind took, part by part.

Knows no model and no lesson; the seconds are those that a clock has kept with each run.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from statistics import median

from assistant.clock import Clock
from assistant.protocols import Progress
from data import versions
from data.store import Store

RUNS = 5  # the last ones that came to their end: older ones held fewer lessons
LESSON = ("choosing prompts", "base answers", "teacher", "choosing rows", "learning", "testing")
_NAME = "seconds "  # of a metric, before its part


@dataclass(frozen=True, slots=True)
class Forecast:
    """Seconds of each part, in the order in which they come; empty if none was ever measured."""

    parts: Mapping[str, float]

    @property
    def whole(self) -> float:
        """Of all parts, in seconds."""
        return sum(self.parts.values())

    def left(self, clock: Clock, now: float | None, more: int = 0) -> float | None:
        """Seconds until the end of the parts that the clock has not seen, and of `more` such jobs.

        `now` are the seconds that the running part gives itself, or None; the longer of the two
        is believed. None if nothing was ever measured.
        """
        if not self.parts:
            return None
        running, *later = [part for part in self.parts if part not in clock.spent] or [""]
        rest = max(self.parts.get(running, 0.0) - clock.seconds, now or 0.0)
        return rest + sum(self.parts[part] for part in later) + more * self.whole

    def along(
        self, steps: Generator[Progress, None, None], clock: Clock, which: str, more: int = 0
    ) -> Generator[Progress, None, None]:
        """The steps of a job that the clock is on, told with the seconds left; `which` job it is.

        `more` such jobs come after it.
        """
        with closing(steps):
            for step in steps:
                left = self.left(clock, step.seconds_left, more)
                yield replace(step, label=which + step.label, seconds_left=left)


def of(store: Store, kind: str, parts: Sequence[str]) -> Forecast:
    """From the medians of the last runs of this kind that went through all these parts."""
    found: list[dict[str, float]] = []
    for run in reversed(versions.runs(store, kind)):
        spent = {one.name: one.value for one in versions.metrics(store, run.id)}
        if all(_NAME + part in spent for part in parts):
            found.append({part: spent[_NAME + part] for part in parts})
        if len(found) == RUNS:
            break
    if not found:
        return Forecast({})
    return Forecast({part: median(one[part] for one in found) for part in parts})
