"""What replies look like whatever the lesson is: whole, varied, of the usual length, on the matter.

Knows no lesson and no model: it counts over texts, and compares two such counts.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from assistant import teacher
from data.types import Check

VARIED = 0.8  # of the distinct word pairs before
CUT = 0.25  # share of replies that may be cut by the limit, if none was before
SHORTEST, LONGEST = 0.5, 2.0  # mean words of a reply, of what they were before
FEW = 40  # mean words that are never too many


@dataclass(frozen=True, slots=True)
class Sanity:
    """Counts over n replies."""

    n: int
    empty: int  # nothing, or a single word
    cut: int  # not ended before the limit
    alike: int  # replies that repeat, word for word, the reply to another prompt
    distinct: float  # distinct word pairs over word pairs
    leaked: int  # replies that speak of instructions
    words: float = 0.0  # of a reply, mean; 0 in reports that were made before it was counted


def of(replies: Sequence[str], limit: int, check: Check | None = None) -> Sanity:
    """Counts over some replies, each cut at `limit` tokens; `check` may say how they should end."""
    pairs = [pair for text in replies for pair in _pairs(text)]
    return Sanity(
        n=len(replies),
        empty=sum(len(text.split()) < 2 for text in replies),
        cut=sum(not teacher.finished(text, limit, check) for text in replies),
        alike=len(replies) - len({text.strip() for text in replies}),
        distinct=sum(len(set(_pairs(text))) for text in replies) / len(pairs) if pairs else 1.0,
        leaked=sum(any(phrase in text.lower() for phrase in LEAKS) for text in replies),
        words=round(fmean(len(text.split()) for text in replies), 1) if replies else 0.0,
    )


def faults(before: Sanity, after: Sanity, *, any_length: bool) -> tuple[str, ...]:
    """What is wrong with the replies after, one sentence each; `any_length` if length was taught.

    Before is what the version that answers now says to the same prompts, and not the base: a lesson
    that it holds may have made replies shorter.
    """
    reasons = []
    if after.empty > before.empty + after.n // 12:
        reasons.append(f"{after.empty} of {after.n} replies were empty or a single word.")
    if after.cut > max(before.cut, round(CUT * after.n)):
        reasons.append(f"{after.cut} of {after.n} replies did not come to an end.")
    if after.alike > before.alike + max(1, after.n // 6):
        reasons.append(f"{after.alike} of {after.n} replies repeated another one.")
    if after.distinct < VARIED * before.distinct:
        reasons.append("Replies repeat themselves more than before.")
    if after.leaked > before.leaked:
        reasons.append(f"{after.leaked} of {after.n} replies speak of instructions.")
    usual = SHORTEST * before.words <= after.words <= max(FEW, LONGEST * before.words)
    if not any_length and not usual:
        reasons.append(
            f"Replies went from {before.words:g} to {after.words:g} words, which nobody asked for."
        )
    return tuple(reasons)


def _pairs(text: str) -> list[tuple[str, str]]:
    return list(itertools.pairwise(text.lower().split()))


LEAKS = (
    "as you requested",
    "as requested",
    "as you asked",
    "per your instruction",
    "as instructed",
)
