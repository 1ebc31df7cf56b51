"""Constraints of how a reply begins and ends: first words, last words, the request said again.

The request to repeat a request takes its text from around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.types import Check
from feedback.cues import HOLE
from feedback.findings import check
from feedback.stated import QUOTED, Constraint, Stated, negated, sentence_of

_REPEAT = re.compile(
    rf"\b(?:repeat|restate|copy)\b(?: back)?(?P<what>[^.;\n{HOLE}]{{0,60}})(?P<q>{QUOTED})?"
)
_CHANGED = re.compile(
    r"\brepeat\b[^.\n]{0,60}\b(?:but|except|with) (?:\w+ )?(?:chang|replac|swap|revers)"
)
_END = re.compile(
    r"\b(?:end|finish|conclud|clos|complet)(?:e|es|ing|s)?\b(?: (?!with\b|by\b"
    r"|it's)[\w']+){0,7}? ?(?:it )?"
    r"(?:with|by saying|by adding|by writing|by|in)\s+(?P<noun>(?:the |this |these |those "
    r"|your |an? )?(?:\w+ )?(?:following |exact |very )*"
    rf"(?:phrase|sentence|words?|line|text|statement|question|characters?"
    rf"|string)s?)?[\s:,]*(?P<q>{QUOTED})?"
)
_LAST = re.compile(
    r"\b(?:(?:very )?(?:last|final) (?:words?|sentence|line|phrase|thing|part)\b|(?:very"
    r" )?end of (?:your|the) (?:entire |whole )?\w+)"
    rf"[^.\n{HOLE}]{{0,60}}?(?P<q>{QUOTED})"
)
_AT_END = re.compile(
    rf"\b(?:add|say|write|include|put|use"
    rf"|have)\b[^.\n{HOLE}]{{0,40}}(?P<q>{QUOTED})[^.\n]{{0,30}}\b(?:at|as) (?:the )?(?:very"
    rf" )?(?:end|last)"
    rf"|\bat the (?:very )?end\b[^.\n{HOLE}]{{0,60}}\b(?:add|say|write|include|put|phrase"
    rf"|sentence|words?)\b[^.\n{HOLE}]{{0,40}}(?P<q2>{QUOTED})"
    rf"|(?P<q3>{QUOTED})\s+(?:should|must|has to) be (?:the|your) (?:very )?(?:last|final)"
)
_START = re.compile(
    r"\b(?:start|begin|open)(?:s|ing)?\b(?: (?!with\b|by\b|paragraph)[\w']+){0,5}? (?:with"
    r"|by saying|by)\s+"
    r"(?:the |this )?(?:following |exact |very )*(?P<noun>(?:phrase|sentence|words?|line"
    r"|text)s?)?[\s:,]*"
    rf"(?P<q>{QUOTED})"
)
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "last": -1, "final": -1, "opening": 1,
}  # fmt: skip
_ORD = rf"(?:{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
_W = rf"(?:the )?(?:exact )?(?:words?|phrase|term)?\s*(?P<w>{QUOTED}|[^\W_][\w'-]*)"
_NTH = (
    re.compile(
        rf"\b(?:(?P<o>{_ORD}) paragraph|paragraph (?:number |#)?(?P<d>\d{{1,2}}|one|two"
        rf"|three|four|five))\b(?: \w+){{0,4}}? "
        rf"(?:start|begin|open)(?:s|ing)?(?: off)? with {_W}"
    ),
    re.compile(
        rf"\b(?:start|begin|open)(?:s|ing)? (?:the |your )?(?:very )?(?P<o>{_ORD}) paragraph"
        rf" (?:off )?with {_W}"
    ),
    re.compile(
        rf"\bfirst word of (?:the |your )?(?:very )?(?P<o>{_ORD}) paragraph (?:\w+"
        rf" ){{0,3}}?(?:be|is) {_W}"
    ),
)


def find(text: Stated) -> Iterator[Constraint]:
    """Every constraint on the first and last words."""
    for rule in (_repeat, _edges, _paragraph_openings):
        yield from rule(text)


def _at(found: Check, match: re.Match[str]) -> Constraint:
    return Constraint(found, match.start(), match.end())


def _repeat(text: Stated) -> Iterator[Constraint]:
    for match in _REPEAT.finditer(text.text):
        said, start = text.text, match.start()
        what = match["what"]
        if not (
            match["q"]
            or re.search(
                r"\b(?:request|prompt|question|sentence|query|instruction|message|it|text"
                r"|above|below)s?\b",
                what,
            )
        ):
            continue
        if negated(said, start + 1) or _CHANGED.search(said):
            continue
        first, last = sentence_of(said, start)
        rest = said[start : start + 250]
        if not re.search(
            r"word for word|without|exact|verbatim|before|first\b|as it is|beginning",
            said[first:last] + rest[:120],
        ):
            continue
        yield Constraint(
            check("repeats", text=_repeated(text, match, first, last)), start, match.end()
        )
        return


def _repeated(text: Stated, match: re.Match[str], first: int, last: int) -> str:
    """The words to say again: those in quotes, those below, or those above."""
    if match["q"] and len(match["q"]) > 12:
        return text.typed(*match.span("q"))
    below = re.search(r"\b(?:below|following)\b", text.text[match.start() : match.start() + 60])
    rest = text.plain[last:]
    if below and "\n" in rest:
        return rest.split("\n", 1)[1].strip() if not rest.startswith("\n") else rest.strip()
    if below and rest.strip():
        return rest.strip()
    above = text.plain[:first].strip()
    if above:
        return above
    after = re.search(r"\n\s*\n(.+)\Z", text.plain[last - 1 :], re.S)
    return (after.group(1) if after else "").strip()


def _edges(text: Stated) -> Iterator[Constraint]:
    for match in _END.finditer(text.text):
        words = text.typed(*match.span("q")) if match["q"] else _to_line_end(text, match)
        if words and not re.search(r"\bparagraph|\bsection", match.group()):
            yield _at(
                check("ends_with", negate=negated(text.text, match.start()), text=words), match
            )
            break
    else:
        last = _LAST.search(text.text)
        if last and re.search(r"\b(?:be|is|are|read|say|have|with|phrase)\b", last.group()):
            words = text.typed(*last.span("q"))
            yield _at(check("ends_with", text=words), last)
        also = _AT_END.search(text.text) if not last else None
        if also and not re.search(
            r"\bpost[- ]?script|\bp\.s|sentence ends?|each|every", also.group()
        ):
            key = next(name for name in ("q", "q2", "q3") if also[name])
            yield _at(check("ends_with", text=text.typed(*also.span(key))), also)
    for match in _START.finditer(text.text):
        around = text.text[max(0, match.start() - 45) : match.end()]
        words = text.typed(*match.span("q"))
        if any(c.isalnum() for c in words) and not re.search(
            r"\b(?:paragraph|section|sentence|postscript|p\.s|line|bullet|each|every)", around
        ):
            yield _at(
                check("starts_with", negate=negated(text.text, match.start()), text=words), match
            )
            break


def _to_line_end(text: Stated, match: re.Match[str]) -> str:
    """Plain words after "end with the phrase", up to the end of their sentence."""
    if not match["noun"] or not re.search(
        r"phrase|sentence|words|exact|statement|line|string", match["noun"]
    ):
        return ""
    found = re.match(
        r"\s*(?!(?:that|which|of|and|in|to|about|from|or)\b)(\S[^\n]*?(?:[?!]|\.(?=\s|$)|$"
        r"|(?=\n)))",
        text.plain[match.end() :],
    )
    return found.group(1).strip() if found else ""


def _paragraph_openings(text: Stated) -> Iterator[Constraint]:
    done = set()
    for pattern in _NTH:
        for match in pattern.finditer(text.text):
            groups = match.groupdict()
            which = groups.get("o") or groups.get("d") or ""
            digits = re.match(r"\d+", which)
            words = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
            n = int(digits.group()) if digits else _ORDINALS.get(which) or words.get(which, 0)
            word = text.typed(*match.span("w")).rstrip(".,;:!?")
            if n and word and n not in done and word.lower() not in ("a", "an", "the"):
                done.add(n)
                yield _at(check("paragraph_opens", n=n, word=word), match)
