"""A clause made ready for the rules: conditions out, cues in English, double negation put plainly.

Knows no rule of content and makes no wish.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.checks.language import language_of
from data.types import Condition, Mark, Span, Thumb
from feedback import abroad, anchor, conditions, cues, negation
from feedback.abroad import to_english
from feedback.clauses import SAVE, Clause, Prepared
from feedback.findings import Scene


@dataclass(frozen=True, slots=True)
class Given:
    """What the person gave beside the words."""

    reply: str
    span: Span | None
    mark: Mark | None
    thumb: Thumb | None
    request: str


@dataclass(frozen=True, slots=True)
class Read:
    """A clause with what was read about it before any rule of content."""

    scene: Scene
    text: str  # masked or translated, conditions still in it
    sentence: str
    condition: Condition
    exception: str
    foreign: bool
    asked: bool
    polite: bool
    strange: bool  # a language that no rule reads
    turned: bool  # a double negation was put plainly
    joint: str  # what stands between it and the clause before, as in the clause
    around: str  # it with the exclamation before it, and the marks and emoji behind it
    said: str  # as typed, whatever was put plainly or in English
    own: str  # the person's first words where they say it better than the plain ones, else ""


_SAVE = re.compile(rf"{SAVE}\s+")
_OH = re.compile(r"\b(?:oh|yeah|gee|sure|well|right|um+|er+)\b\W*$")
_TAIL = re.compile(r"\W{0,12}")


def _around(masked: str, clause: Clause) -> str:
    before = _OH.search(masked, max(clause.sentence[0], clause.start - 8), clause.start)
    tail = _TAIL.match(masked, clause.end)
    first = before.start() if before else clause.start
    return masked[first : tail.end() if tail else clause.end]


def of(prepared: Prepared, clause: Clause, given: Given) -> Read:
    """The clause with its conditions blanked, its cues in English and without double negation."""
    reply, span = given.reply, given.span
    masked = prepared.masked[clause.start : clause.end]
    plain = prepared.plain[clause.start : clause.end]
    save = clause.joint == "save"
    if save:
        marker = _SAVE.match(masked)
        lost = marker.end() if marker else 0
        masked, plain = (f"minus {said[lost:]}" for said in (masked, plain))
    where = conditions.find(masked)
    beyond = None if save else conditions.exception(masked)
    said = plain[slice(*beyond)] if beyond else ""
    blanked = _blank(masked, where.places if where.condition else ())
    blanked = _blank(blanked, (beyond,) if beyond else ())
    english = to_english(blanked)
    foreign = english != blanked
    if foreign:
        masked = plain = blanked = " ".join(english.split())
        where = where if where.condition else conditions.find(masked)
    condition = where.condition
    if clause.lead is not None:
        ahead = prepared.masked[clause.lead[0] : clause.lead[1]].strip(" ,:")
        condition = conditions.of_lead(ahead) or condition
    strange = not foreign and _strange(plain)
    turned = negation.plainly(blanked, plain)
    own = plain if turned is not None and turned.own else ""
    if turned is not None:
        masked = blanked = turned.text
        plain = turned.typed
    sentence = prepared.masked[clause.sentence[0] : clause.sentence[1]]
    named = anchor.named_part(masked, reply) if span is None else None
    part = named[0].quote if named else span.quote if span and span.quote in reply else reply
    standing = cues.standing(masked) or cues.standing(sentence)
    scene = Scene(blanked, plain, part, reply, standing, given.request)
    return Read(
        scene=scene,
        text=masked,
        sentence=sentence,
        condition=condition,
        exception=said,
        foreign=foreign,
        asked=clause.asked,
        polite=clause.polite,
        strange=strange,
        turned=turned is not None or save,
        joint=clause.joint,
        around=_around(prepared.masked, clause),
        said=prepared.plain[clause.start : clause.end],
        own=own,
    )


def _blank(text: str, places: Sequence[tuple[int, int]]) -> str:
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _strange(words: str) -> bool:
    """Whether words are of a language that no rule reads; they go to the model as they are."""
    known = language_of(words) in ("", *abroad.READ) and re.search(r"[a-zA-Z]", words)
    return not known and any(char.isalpha() for char in words)
