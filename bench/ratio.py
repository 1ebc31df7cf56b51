"""Two sides timed in turn, and the row that says how they compare.

Knows neither side: it is given callables.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

HEAD = f"{'ours against a peer, medians':<52} {'ours ms':>9} {'peer ms':>9} {'ratio':>7} {'n':>4}"
CRITIQUES = (
    "too long",
    "Shorter please, and no bullet points.",
    "I like the tone, but drop the exclamation marks and never start with 'Sure'.",
    "In emails to my boss, keep it under 80 words and end with a question.",
)
REPLY = "Sure! Here are some ideas:\n- walk more\n- sleep more!\n- eat less\nHope that helps!"


@dataclass(frozen=True, slots=True)
class Ratio:
    """Median seconds of ours and of a peer, and how often each was run."""

    name: str
    peer: str
    ours: float
    theirs: float
    n: int

    def line(self) -> str:
        """One row of the table, times in milliseconds."""
        return (
            f"{self.name:<52} {self.ours * 1e3:>9.3f} {self.theirs * 1e3:>9.3f} "
            f"{self.ours / self.theirs:>7.2g} {self.n:>4}   {self.peer}"
        )


def against(
    name: str, ours: Callable[[], object], peer: str, theirs: Callable[[], object], n: int
) -> Ratio:
    """Both sides n times in turn, after one unmeasured round, so that no cache favours one."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for round_ in range(n + 1):
        for side, run in enumerate((ours, theirs)):
            started = time.perf_counter()
            run()
            if round_:
                seconds[side].append(time.perf_counter() - started)
    mine, others = map(statistics.median, seconds)
    return Ratio(name, peer, mine, others, n)
