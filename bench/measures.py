"""Measures of a parser on labelled critiques: counts by critique, figures, bootstrap intervals.

A wish is a mapping with start, end, kind, aspect, polarity, scope, and of a parser also sure and
route. Knows no parser and prints no text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.agreement import matched
from bench.critiques import Row

RESAMPLES = 1000
REACH = ("reply", "task", "topic", "always")
BINS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval and the count that it rests on."""

    value: float
    low: float
    high: float
    n: int

    def cell(self) -> str:
        """For a table: .712 [.640, .781] (167)."""
        if not self.n:
            return "-"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}] ({self.n})"


def resampled(
    counts: NDArray[np.float64], figure: Callable[[NDArray[np.float64]], float], n: int
) -> Figure:
    """A figure of the summed counts [critiques, k], its interval from resampling critiques."""
    if not len(counts):
        return Figure(float("nan"), float("nan"), float("nan"), 0)
    rng = np.random.default_rng(0)
    drawn = rng.integers(0, len(counts), (RESAMPLES, len(counts)))
    spread = [figure(counts[rows].sum(0)) for rows in drawn]
    low, high = np.nanquantile(spread, (0.025, 0.975)) if n else (0.0, 0.0)
    return Figure(figure(counts.sum(0)), float(low), float(high), n)


def of_wishes(found: Sequence[Sequence[Row]], gold: Sequence[Sequence[Row]]) -> dict[str, Figure]:
    """P9, P10 and P14 of what a parser found in each critique beside the labels."""
    pairs = [matched(mine, right) for mine, right in zip(found, gold, strict=True)]
    sizes = np.array([[len(a), len(b)] for a, b in zip(found, gold, strict=True)], float)
    n = int(sizes[:, 1].sum())

    def f1(same: Callable[[Row, Row], bool]) -> Figure:
        hits = [[float(sum(same(a, b) for a, b in two))] for two in pairs]
        counts = np.hstack([np.array(hits).reshape(-1, 1), sizes])
        return resampled(counts, lambda c: _f1(c[0], c[1] + c[2]), n)

    return {
        "P9 wish F1": f1(lambda a, b: True),
        "P9 + kind": f1(lambda a, b: a["kind"] == b["kind"]),
        "P9 + polarity and aspect": f1(lambda a, b: _judges(a, b)),
        "P9 + kind, polarity and aspect": f1(right),
        "kind, of matched": _share(pairs, lambda a, b: a["kind"] == b["kind"]),
        "polarity, of matched": _share(pairs, lambda a, b: a["polarity"] == b["polarity"]),
        "aspect, of matched": _share(pairs, lambda a, b: a["aspect"] == b["aspect"]),
        "P10 scope, of matched": _share(pairs, lambda a, b: a["scope"] == b["scope"]),
        "P10 wider than gold, unasked": _share(pairs, _widened),
        **sureness(found, pairs),
    }


def sureness(
    found: Sequence[Sequence[Row]], pairs: Sequence[Sequence[tuple[Row, Row]]]
) -> dict[str, Figure]:
    """P14: a wish is right if it matches one with its kind, polarity and aspect."""
    rows = []
    for mine, two in zip(found, pairs, strict=True):
        hits = {id(a) for a, b in two if right(a, b)}
        rows.append([(float(w["sure"]), w["route"], id(w) in hits) for w in mine])
    n = sum(map(len, rows))
    bins = np.zeros((len(rows), 3 * BINS))
    accepted = np.zeros((len(rows), 3))
    for i, said in enumerate(rows):
        for sure, route, good in said:
            place = 3 * min(int(sure * BINS), BINS - 1)
            bins[i, place : place + 3] += (1, sure, good)
            accepted[i] += (1, route == "accept", good and route == "accept")
    taken = int(accepted[:, 1].sum())
    return {
        "P14 calibration error": resampled(bins, _error, n),
        "P14 right at route accept": resampled(accepted, lambda c: c[2] / max(1, c[1]), taken),
        "P14 share at route accept": resampled(accepted, lambda c: c[1] / max(1, c[0]), n),
    }


def right(a: Row, b: Row) -> bool:
    """Whether a matched wish has the kind, polarity and aspect of the labels."""
    return bool(a["kind"] == b["kind"] and _judges(a, b))


def _f1(hits: float, both: float) -> float:
    """1 where there is nothing to find and nothing was found."""
    return 2 * hits / both if both else 1.0


def _judges(a: Row, b: Row) -> bool:
    return bool(a["polarity"] == b["polarity"] and a["aspect"] == b["aspect"])


def _widened(a: Row, b: Row) -> bool:
    return a["route"] == "accept" and REACH.index(a["scope"]) > REACH.index(b["scope"])


def _share(pairs: Sequence[Sequence[tuple[Row, Row]]], same: Callable[[Row, Row], bool]) -> Figure:
    counts = np.array([[sum(same(a, b) for a, b in two), len(two)] for two in pairs], float)
    return resampled(counts, lambda c: c[0] / max(1, c[1]), int(counts[:, 1].sum()))


def _error(counts: NDArray[np.float64]) -> float:
    """Calibration error of the sums n, sure and right of each bin."""
    size, sure, good = counts.reshape(BINS, 3).T
    return float(np.abs(sure - good).sum() / max(1.0, size.sum()))


def polarity_f1(said: Sequence[int], gold: Sequence[int]) -> Figure:
    """Macro-F1 of good (1) and bad (-1)."""
    counts = np.zeros((len(gold), 6))
    for i, (a, b) in enumerate(zip(said, gold, strict=True)):
        for place, label in enumerate((1, -1)):
            counts[i, 3 * place : 3 * place + 3] = (a == b == label, a == label, b == label)

    def macro(c: NDArray[np.float64]) -> float:
        return float(np.mean([2 * c[k] / max(1.0, c[k + 1] + c[k + 2]) for k in (0, 3)]))

    return resampled(counts, macro, len(gold))


def tokens_f1(said: Sequence[str], gold: Sequence[str]) -> Figure:
    """Mean F1 of lower-cased words, text by text."""
    scores = np.array([[_overlap(a, b)] for a, b in zip(said, gold, strict=True)])
    return resampled(
        np.hstack([scores, np.ones_like(scores)]), lambda c: c[0] / max(1, c[1]), len(gold)
    )


def _overlap(a: str, b: str) -> float:
    left, right_ = a.lower().split(), b.lower().split()
    if not left or not right_:
        return float(left == right_)
    common = sum(min(left.count(word), right_.count(word)) for word in set(left))
    return 2 * common / (len(left) + len(right_))


def rate(hits: Sequence[bool]) -> Figure:
    """The share of hits."""
    counts = np.array([[float(hit), 1.0] for hit in hits]).reshape(-1, 2)
    return resampled(counts, lambda c: c[0] / max(1, c[1]), len(hits))
