"""What the seeds of the sequential bench amount to: a few figures, each with its interval.

Knows no model and no file. Only lessons that went into the weights count: the others act from the
prompt, and are listed lesson by lesson.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from bench.count import MIDDLE, Count, adherence, leak, retention

Row = dict[str, Any]
T = TypeVar("T")
SAMPLES = 4000  # of the bootstrap


@dataclass(frozen=True, slots=True)
class Held:
    """One lesson in the weights: what obeyed before its round, right after it, and later.

    `reach` is the share of requests for which telling the rule gives a verified reply. The later
    counts are None where they were not taken.
    """

    reach: float
    before: Count
    first: Count
    middle: Count | None
    end: Count | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value for each seed that has one, and the interval of their mean."""

    name: str
    lessons: tuple[int, ...]  # that count, by seed
    values: tuple[float, ...]  # by seed
    low: float
    high: float

    @property
    def mean(self) -> float:
        """Over seeds."""
        return sum(self.values) / len(self.values)


def of(rows: Sequence[Row]) -> list[Figure]:
    """Every figure that these result files, one a seed, have something for."""
    seeds = [held(row) for row in rows]
    found = []
    for name, counts, value in FIGURES:
        some = [[one for one in each if counts(one)] for each in seeds]
        some = [each for each in some if each and not math.isnan(value(each))]
        if some:
            by_seed = tuple(value(each) for each in some)
            found.append(Figure(name, tuple(map(len, some)), by_seed, *interval(some, value)))
    return found


def held(row: Row) -> list[Held]:
    """The lessons of one seed that went into the weights, in the order of teaching."""
    found = []
    for slug in slugs(row):
        taught, alone = row.get(f"taught {slug}"), row[f"untaught {slug}"]
        if taught is not None and taught["outcome"] == "live":
            before, first = Count(**taught["before"]), Count(**taught["first"])
            middle, end = counted(row, f"after {MIDDLE}", slug), counted(row, "last", slug)
            found.append(Held(alone["any"] / alone["of_inside"], before, first, middle, end))
    return found


def growth(row: Row, seconds: Callable[[Row], float]) -> float:
    """Seconds of the last lesson over those of the second; NaN where one was cut short."""
    taught = [row[f"taught {slug}"] for slug in slugs(row) if f"taught {slug}" in row]
    if len(taught) < 3 or not all(taught[at].get("whole", True) for at in (1, -1)):
        return math.nan
    second, last = seconds(taught[1]), seconds(taught[-1])
    return last / second if second else math.nan


def of_round(taught: Row) -> float:
    """CPU seconds of its whole round, in which rejected lessons are tried again."""
    return float(taught["seconds"]["cpu"])


def of_lesson(taught: Row) -> float:
    """Wall seconds of what was done for this lesson alone."""
    parts: Row = taught["parts"]
    return float(sum(value for name, value in parts.items() if name.startswith("seconds ")))


def interval(
    seeds: Sequence[Sequence[T]], value: Callable[[Sequence[T]], float]
) -> tuple[float, float]:
    """95 % of the means over seeds, lessons drawn anew within each; the generator is seeded.

    A draw for which a seed has no value (NaN) is made without that seed.
    """
    draw = np.random.default_rng(0)
    means = []
    for _ in range(SAMPLES):
        drawn = [[some[at] for at in draw.integers(0, len(some), len(some))] for some in seeds]
        if values := [one for one in map(value, drawn) if not math.isnan(one)]:
            means.append(float(np.mean(values)))
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def slugs(row: Row) -> list[str]:
    """The lessons of a seed, in the order in which they are taught."""
    return [name.removeprefix("untaught ") for name in row if name.startswith("untaught ")]


def counted(row: Row, when: str, slug: str) -> Count | None:
    """What a lesson's count was when all were counted; None if it was not among them."""
    counts = row[when]["counts"] if when in row else []
    return next((Count(**one) for one in counts if one["lesson"] == slug), None)


def _adherence(some: Sequence[Held]) -> float:
    return adherence([one.first for one in some])


def _of_reach(some: Sequence[Held]) -> float:
    """Of both means: by single lessons it has no value where only code brought drafts to obey."""
    reach = sum(one.reach for one in some) / len(some)
    return _adherence(some) / reach if reach else math.nan


def _leak(some: Sequence[Held]) -> float:
    return leak([one.before for one in some], [one.first for one in some])


def _kept(when: Callable[[Held], Count | None]) -> Callable[[Sequence[Held]], float]:
    def kept(some: Sequence[Held]) -> float:
        pairs = [(one.first, now) for one in some if (now := when(one)) is not None]
        return retention([first for first, _ in pairs], [now for _, now in pairs])

    return kept


def _mean(some: Sequence[Held]) -> float:
    return (_adherence(some) + 1 - _leak(some) + _kept(_end)(some)) / 3


def _middle(one: Held) -> Count | None:
    return one.middle


def _end(one: Held) -> Count | None:
    return one.end


# The name of a figure, which lessons count for it, and its value for some of them.
FIGURES: tuple[tuple[str, Callable[[Held], bool], Callable[[Sequence[Held]], float]], ...] = (
    ("adherence right after the round", lambda one: True, _adherence),
    ("the same over the teacher's reach (any)", lambda one: True, _of_reach),
    ("leak right after the round", lambda one: one.first.of_near > 0, _leak),
    (
        f"retention after {MIDDLE} lessons",
        lambda one: one.middle is not None and one.first.inside > 0,
        _kept(_middle),
    ),
    (
        "retention at the end",
        lambda one: one.end is not None and one.first.inside > 0,
        _kept(_end),
    ),
    (
        "mean of adherence, 1 - leak and retention at the end",
        lambda one: one.end is not None,
        _mean,
    ),
)
