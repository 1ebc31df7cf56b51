"""A critique without the words of some of its wishes; what the others rest on stays.

Knows no table. Only quotes say whose words are whose: what stands between two wishes that stay is
kept, what stands beside one that goes is not, for it may be its condition.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from data.checks import registry
from data.types import Span, Wish

OMITTED = " … "


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a critique: its text, and the wishes that stay with their quotes in it."""

    text: str
    wishes: tuple[Wish, ...]


def without(text: str, wishes: Sequence[Wish], gone: Collection[str]) -> Cut:
    """The critique without the wishes of these ids; text "" where no wish stays.

    Of two wishes read from one clause the earlier one's words stand inside the quote of the later
    one: they are cut out of it. Where both have the very same words, these go, and the wish that
    stays has an empty quote.
    """
    spans = {wish.id: _place(text, wish.quote) for wish in wishes}
    stay = [wish for wish in wishes if wish.id not in gone]
    cut: set[int] = set()
    for wish in wishes:
        if wish.id in gone:
            start, end = spans[wish.id]
            inner = [spans[one.id] for one in stay if _inside(spans[one.id], (start, end))]
            cut |= {at for at in range(start, end) if not any(a <= at < b for a, b in inner)}
    held = {at for wish in stay for at in range(*spans[wish.id])} - cut
    kept = _with_gaps(len(text), held, cut)
    left, moved = _joined(text, kept)
    return Cut(left, tuple(replace(one, quote=_moved(left, spans[one.id], moved)) for one in stay))


def _with_gaps(length: int, held: set[int], cut: set[int]) -> list[int]:
    """The places that stay: those of the wishes, and every gap that touches nothing cut."""
    kept: list[int] = []
    gap: list[int] = []
    clean = True  # whether nothing was cut since the last held place
    for at in range(length):
        if at in held:
            kept += gap if clean else []
            kept.append(at)
            gap, clean = [], True
        elif at in cut:
            gap, clean = [], False
        else:
            gap.append(at)
    return kept + gap if clean and held else kept


def _joined(text: str, kept: Sequence[int]) -> tuple[str, dict[int, int]]:
    """The kept places as a text, and where each of them stands in it."""
    left, moved, before = "", {}, -1
    for at in kept:
        if left and at != before + 1:
            left = left.rstrip() + OMITTED
        if left or not text[at].isspace():
            moved[at] = len(left)
            left += text[at]
        before = at
    return left.rstrip(), moved


def _moved(left: str, span: tuple[int, int], moved: dict[int, int]) -> Span:
    places = [moved[at] for at in range(*span) if at in moved]
    if not places:
        return Span("")
    start, end = places[0], min(places[-1] + 1, len(left))
    while start < end and left[start] in " ,;…":
        start += 1
    while end > start and left[end - 1] in " ,;…":
        end -= 1
    return registry.span_at(left, start, end)


def _place(text: str, quote: Span) -> tuple[int, int]:
    """Where a quote stands; an empty place if it has no words."""
    if quote.start is not None and text[quote.start : quote.end] == quote.quote:
        return quote.start, quote.start + len(quote.quote)
    at = -1
    for _ in range(quote.occurrence if quote.quote else 0):
        at = text.find(quote.quote, at + 1)
    return (at, at + len(quote.quote)) if at >= 0 else (0, 0)


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer
