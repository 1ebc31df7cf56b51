"""Lessons that contradict each other, or of which one is an exception to the other.

Compares checks and effects; decides nothing: the newer confirmed one wins, the narrower stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from data.checks import registry
from data.types import Lesson
from feedback import bearing, exclusion, facts


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
        if (how := _how(lesson, other)) is not None:
            found.append(Conflict(other.id, *how))
    return tuple(found)


def alike(lesson: Lesson, others: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Those, not retired, that want the same thing in the same place: less formal, less stiff."""
    mine, where = bearing.of(_words(lesson)), _where(lesson) | bearing.of(lesson.effect).places
    found = []
    for other in others:
        if other.status == "retired" or lesson.id == other.id != "":
            continue
        theirs = bearing.of(_words(other))
        same = lesson.check is not None and lesson.check == other.check
        if not same and len(mine.bearings) * len(theirs.bearings):
            same = all(
                any(bearing.alike(one, each) for each in theirs.bearings) for one in mine.bearings
            ) and all(
                any(bearing.alike(each, one) for one in mine.bearings) for each in theirs.bearings
            )
        if same and where == _where(other) | theirs.places:
            found.append(other)
    return tuple(found)


_How = tuple[Literal["contradicts", "exception_to"], Literal["neither", "this", "other"]]


def _how(a: Lesson, b: Lesson) -> _How | None:
    """How two lessons pull against each other, if they do."""
    how: _How | None
    if a.check is not None and b.check is not None:
        how = _by_place(_where(a), _where(b)) if exclusion.exclusive(a.check, b.check) else None
    elif "fact" not in (a.kind, b.kind):
        how = _by_words(a, b)
    elif a.kind == b.kind and facts.differ(a.effect, b.effect):
        how = _by_place(_where(a), _where(b))
    else:
        how = None
    if how == ("contradicts", "neither") and bearing.once(a.effect) != bearing.once(b.effect):
        return "exception_to", "this" if bearing.once(a.effect) else "other"
    return how


def _by_place(mine: frozenset[str], theirs: frozenset[str]) -> _How | None:
    if mine == theirs:
        return "contradicts", "neither"
    if mine > theirs:
        return "exception_to", "this"
    return ("exception_to", "other") if mine < theirs else None


def _by_words(a: Lesson, b: Lesson) -> _How | None:
    """By what the effects want, where a check does not say it; words may name a place, too."""
    first, second = bearing.of(_words(a)), bearing.of(_words(b))
    mine, theirs = _where(a), _where(b)
    here, there = mine | first.places, theirs | second.places
    aside = here | there
    all_mine, all_theirs = here | (first.things & there), there | (second.things & here)
    if not any(bearing.opposed(x, y, aside) for x in first.bearings for y in second.bearings):
        return None
    if all_mine == all_theirs:
        return "contradicts", "neither"
    if mine > theirs and second.places <= all_mine:
        return "exception_to", "this"
    if mine < theirs and first.places <= all_theirs:
        return "exception_to", "other"
    return None


def _words(lesson: Lesson) -> str:
    """The effect, and in words what its check looks for: "keep emojis" has none, "use no" has."""
    if lesson.check is None or registry.problem(lesson.check) is not None:
        return lesson.effect
    said = [lesson.effect, registry.describe(lesson.check), exclusion.length(lesson.check)]
    return "; ".join(dict.fromkeys(words for words in said if words))


def _where(lesson: Lesson) -> frozenset[str]:
    """The place of a lesson as stems of words; none is everywhere."""
    if lesson.scope and not lesson.condition:
        return frozenset({f"scope {lesson.scope.casefold()}"})
    said: set[str] = set()
    for key, value in lesson.condition:
        match key:
            case "language":
                said.add(f"language {value}")
            case "topic":
                said |= bearing.place(value)
            case _:
                said |= bearing.stems(value) or {value}
    # To write to somebody is to write a message.
    return frozenset(said - {"messag"} if len(said) > 1 else said)
