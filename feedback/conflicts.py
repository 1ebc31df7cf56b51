"""Lessons that contradict each other, or of which one is an exception to the other.

Compares checks and effects; decides nothing: the newer confirmed one wins, the narrower stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from data.checks import registry
from data.types import Check, Lesson
from feedback import facts

_OPPOSITE = (
    ({"no_emoji"}, {"has_emoji"}),
    ({"no_bullets"}, {"bullets", "numbered_list"}),
    ({"no_headings"}, {"headings"}),
    ({"lowercase"}, {"uppercase"}),
    ({"no_exclamation"}, {"has_exclamation"}),
    ({"no_markdown"}, {"bullets", "numbered_list", "headings", "has_bold", "code_only"}),
    ({"code_only"}, {"json_only", "ends_with_question", "ends_with", "starts_with", "language"}),
)
_UNITS = ("words", "sentences", "paragraphs")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another lesson that pulls the other way; `narrower`: which of the two is the exception."""

    lesson_id: str
    kind: Literal["contradicts", "exception_to"]
    narrower: Literal["neither", "this", "other"] = "neither"


def find(lesson: Lesson, others: Iterable[Lesson]) -> tuple[Conflict, ...]:
    """Every lesson, not retired, that wants the opposite where both can apply."""
    found = []
    for other in others:
        if other.status == "retired" or (other.id and other.id == lesson.id):
            continue
        if not _opposed(lesson, other):
            continue
        mine, theirs = _where(lesson), _where(other)
        if mine == theirs:
            found.append(Conflict(other.id, "contradicts"))
        elif mine > theirs:
            found.append(Conflict(other.id, "exception_to", "this"))
        elif mine < theirs:
            found.append(Conflict(other.id, "exception_to", "other"))
    return tuple(found)


def _where(lesson: Lesson) -> set[tuple[str, str]]:
    if lesson.condition or not lesson.scope:
        return set(lesson.condition)
    return {("scope", lesson.scope.casefold())}


def _opposed(a: Lesson, b: Lesson) -> bool:
    if a.check is not None and b.check is not None:
        return exclusive(a.check, b.check)
    if a.kind == b.kind == "fact":
        return facts.differ(a.effect, b.effect)
    return _opposite_words(a.effect, b.effect)


def exclusive(a: Check, b: Check) -> bool:
    """Whether no sensible text passes both checks; not of one that nothing can be told by."""
    if registry.problem(a) is not None or registry.problem(b) is not None:
        return False
    if a.name == b.name and a.args == b.args:
        return a.negate != b.negate
    if a.negate or b.negate:
        return False
    for left, right in _OPPOSITE:
        if (a.name in left and b.name in right) or (b.name in left and a.name in right):
            return True
    first, second = dict(a.args), dict(b.args)
    match a.name, b.name:
        case ("contains", "forbids") | ("forbids", "contains"):
            return str(first["word"]).casefold() == str(second["word"]).casefold()
        case ("language", "language") | ("starts_with", "starts_with") | ("ends_with", "ends_with"):
            return first != second
        case ("ends_with", "ends_with_question"):
            return not str(first["text"]).endswith("?")
        case ("ends_with_question", "ends_with"):
            return not str(second["text"]).endswith("?")
        case ("no_exclamation", "ends_with"):
            return "!" in str(second["text"])
        case ("ends_with", "no_exclamation"):
            return "!" in str(first["text"])
        case _:
            return any(_apart(_bounds(a, unit), _bounds(b, unit)) for unit in _UNITS)


def _bounds(check: Check, unit: str) -> tuple[float, float]:
    """The least and most of a unit that the check allows."""
    args = {name: float(value) for name, value in check.args if not isinstance(value, str)}
    if check.name == f"max_{unit}":
        return 0.0, args["n"]
    if check.name == f"min_{unit}":
        return args["n"], float("inf")
    if check.name == f"{unit}_between":
        return args["low"], args["high"]
    if check.name == "within" and unit in args:
        return 0.0, args[unit]
    return 0.0, float("inf")


def _apart(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[1] < b[0] or b[1] < a[0]


def _opposite_words(a: str, b: str) -> bool:
    first, second = _direction(a), _direction(b)
    return first[1] == second[1] != "" and first[0] != second[0]


def _direction(effect: str) -> tuple[bool, str]:
    """Whether the words want it, and what: "be less formal" is (False, "be formal")."""
    text = " ".join(effect.casefold().split()).strip(" .!")
    for pattern, bare in (
        (r"^be less (.+)$", r"be \1"),
        (r"^(?:do not|don't|never|stop) (.+)$", r"\1"),
    ):
        if re.match(pattern, text):
            return False, re.sub(pattern, bare, text)
    return True, re.sub(r"^be more (.+)$", r"be \1", text)
