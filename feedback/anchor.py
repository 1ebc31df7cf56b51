"""Finds a span again in a text that may have changed, and the part of a reply that words name.

Compares letters; a part is found by its place, its quoted words, or a date, number or name.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from data.checks.registry import span_at
from data.checks.units import HEADING_LINE, LIST_LINE, code_blocks, lines, paragraphs, sentences
from data.types import Span

_CLOSE = 0.75  # of the letters, for words that changed a little; an estimate
_ORDER = {
    "first": 0, "opening": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3,
    "4th": 3, "fifth": 4, "5th": 4, "last": -1, "final": -1, "closing": -1,
}  # fmt: skip
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b|\b\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?: of)? {_MONTH}(?:,? \d{{4}})?\b"
    rf"|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|\b{_MONTH} \d{{4}}\b"
    rf"|\b(?:1[0-9]|20)\d\d\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.I,
)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_PART = re.compile(
    r"\b(?P<n>first|1st|opening|second|2nd|third|3rd|fourth|4th|fifth|5th|last|final|closing)"
    r" (?P<what>paragraph|sentence|line|bullet(?: point)?|point|item|step|section|word|part)\b"
)
_NAMED = re.compile(
    r"\b(?:the|your|that|this) (?P<what>title|headline|heading|intro(?:duction)?|opening"
    r"|beginning|start"
    r"|ending|end|conclusion|closing|sign-?off|greeting|salutation|code|table|list|dates?|years?|numbers?|figures?)\b"
)
_ABOUT = re.compile(
    r"\b(?:the )?(?:part|bit|section|sentence|paragraph|line) (?:about|on|with|where|that mentions)"
    r" (?:the |a )?(?P<what>[\w' -]{3,40})$"
)


def locate(text: str, span: Span) -> tuple[int, int] | None:
    """Where the span stands now, as start and end, or None.

    First the hint, then the surroundings, then the occurrence, then words that nearly match.
    """
    if not span.quote:
        return None
    if span.start is not None and text[span.start : span.start + len(span.quote)] == span.quote:
        return span.start, span.start + len(span.quote)
    places = [m.start() for m in re.finditer(re.escape(span.quote), text)]
    if places:
        best = max(places, key=lambda p: (_fits(text, span, p), -_far(places.index(p), span)))
        return best, best + len(span.quote)
    return _nearly(text, span)


def _fits(text: str, span: Span, start: int) -> int:
    """How many characters before and after the place are those that stood there once."""
    left, right = text[:start], text[start + len(span.quote) :]
    before = _common(span.prefix[::-1], left[::-1][: len(span.prefix)])
    return before + _common(span.suffix, right[: len(span.suffix)])


def _far(index: int, span: Span) -> int:
    return abs(index + 1 - span.occurrence)


def _common(first: str, second: str) -> int:
    length = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        length += 1
    return length


def _nearly(text: str, span: Span) -> tuple[int, int] | None:
    """The sentence or run of sentences closest in letters, if it is close enough."""
    if len(span.quote) < 12 or len(text) > 50_000:
        return None
    wanted = " ".join(span.quote.split()).casefold()
    best, where = _CLOSE, None
    size = max(1, len(sentences(span.quote)))
    places = sentences(text)
    for i in range(len(places) - size + 1):
        start, end = places[i][0], places[i + size - 1][1]
        given = " ".join(text[start:end].split()).casefold()
        matcher = SequenceMatcher(None, wanted, given, autojunk=False)
        if matcher.quick_ratio() > best and matcher.ratio() > best:
            best, where = matcher.ratio(), (start, end)
    return where


def named_part(words: str, reply: str) -> tuple[Span, str] | None:
    """The part of the reply that lower-cased words name, and how: "part" or "entity"."""
    match = _PART.search(words)
    if match:
        place = _at(_units(match["what"], reply), _ORDER[match["n"]])
        return (span_at(reply, *place), "part") if place else None
    about = _ABOUT.search(words)
    if about:
        stem = about["what"].strip().rstrip("s")
        for start, end in sentences(reply):
            if stem in reply[start:end].lower():
                return span_at(reply, start, end), "entity"
    named = _NAMED.search(words)
    if named is None:
        return None
    place = _region(named["what"], reply)
    how = "entity" if named["what"].rstrip("s") in ("date", "year", "number", "figure") else "part"
    return (span_at(reply, *place), how) if place else None


def quoted_part(quoted: str, reply: str) -> Span | None:
    """The place of words that the person quoted, if the reply has them; case aside."""
    start = reply.lower().find(quoted.strip().lower()) if quoted.strip() else -1
    return span_at(reply, start, start + len(quoted.strip())) if start >= 0 else None


def _units(what: str, reply: str) -> tuple[tuple[int, int], ...]:
    match what.split()[0]:
        case "paragraph" | "section" | "part":
            return paragraphs(reply)
        case "sentence":
            return sentences(reply)
        case "bullet" | "point" | "item" | "step":
            return lines(reply, LIST_LINE)
        case "line":
            return tuple(m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", reply))
        case _:
            return ()


def _at(places: tuple[tuple[int, int], ...], index: int) -> tuple[int, int] | None:
    if index >= len(places) or not places:
        return None
    return places[index]


def _region(what: str, reply: str) -> tuple[int, int] | None:
    several = paragraphs(reply)
    parts = several if len(several) > 1 else sentences(reply)
    match what:
        case "title" | "headline" | "heading":
            return _first(HEADING_LINE, reply)
        case "code":
            return _at(code_blocks(reply), 0)
        case "table":
            return _first(re.compile(r"^[ \t]*\|.*(?:\n[ \t]*\|.*)+", re.M), reply)
        case "list":
            rows = lines(reply, LIST_LINE)
            return (rows[0][0], rows[-1][1]) if rows else None
        case "date" | "dates":
            return _first(_DATE, reply)
        case "year" | "years":
            return _first(_YEAR, reply)
        case "number" | "numbers" | "figure" | "figures":
            return _first(re.compile(r"\d+(?:[.,]\d+)*"), reply)
        case "ending" | "end" | "conclusion" | "closing" | "signoff" | "sign-off":
            return _at(parts, -1)
        case _:
            return _at(parts, 0)


def _first(pattern: re.Pattern[str], reply: str) -> tuple[int, int] | None:
    match = pattern.search(reply)
    return match.span() if match else None
