"""Checks that compare a text with the one it replaces, and whether a given part was kept.

Knows neither which turn the earlier text was nor who asked.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from data.checks import kind
from data.checks.kind import CheckKind, number
from data.checks.units import word_count, word_list

KEPT = 0.8  # of the words of a praised part


def retained(part: str, text: str) -> float:
    """The share of the part's words that the text still has, in order and at least two together."""
    wanted, given = word_list(part), word_list(text)
    if not wanted:
        return 1.0 if part.strip() in text else 0.0
    blocks = SequenceMatcher(None, wanted, given, autojunk=False).get_matching_blocks()
    least = min(2, len(wanted))
    return sum(b.size for b in blocks if b.size >= least) / len(wanted)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= 8 else " ".join(words[:6]) + " ..."


KINDS = (
    CheckKind(
        "shorter_than_before",
        "relative",
        ("ratio",),
        lambda a, t, b: word_count(t) <= number(a, "ratio") * word_count(b),
        lambda a: f"make it shorter, at most {100 * number(a, 'ratio'):.0f} % of what it was",
        lambda a: f"keep at least {100 * number(a, 'ratio'):.0f} % of the length",
        relative=True,
    ),
    CheckKind(
        "longer_than_before",
        "relative",
        ("ratio",),
        lambda a, t, b: word_count(t) >= number(a, "ratio") * word_count(b),
        lambda a: f"make it longer, at least {100 * number(a, 'ratio'):.0f} % of what it was",
        lambda a: f"stay under {100 * number(a, 'ratio'):.0f} % of the length",
        relative=True,
    ),
    CheckKind(
        "kept",
        "relative",
        ("text",),
        lambda a, t, _b: retained(kind.words(a, "text"), t) >= KEPT,
        lambda a: f'keep "{_short(kind.words(a, "text"))}"',
        lambda a: f'leave out "{_short(kind.words(a, "text"))}"',
    ),
)
