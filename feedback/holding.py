"""Which of some lessons hold at a request: those in scope, but no rule beside its exception.

Knows no model but the embedding that it is given. What contradicts in one place is conflicts.py's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data.types import Embed, Lesson
from feedback import conflicts, nearness, scope


def exceptions(lesson: Lesson, others: Sequence[Lesson]) -> tuple[Lesson, ...]:
    """Those of the others that say the opposite in a narrower place: there the lesson is silent."""
    found = {one.lesson_id for one in conflicts.find(lesson, others) if one.narrower == "other"}
    return tuple(one for one in others if one.id in found)


def of(lessons: Sequence[Lesson], embed: Embed) -> Callable[[str], tuple[Lesson, ...]]:
    """For a request the lessons that hold there, in their order."""
    louder = {one.id: {each.id for each in exceptions(one, lessons)} for one in lessons}
    near = nearness.of([text for one in lessons for text in scope.compared(one)], embed)

    def at(request: str) -> tuple[Lesson, ...]:
        here = [one for one in lessons if scope.holds(one, request, near)]
        ids = {one.id for one in here}
        return tuple(one for one in here if not louder[one.id] & ids)

    return at


def ids(lessons: Sequence[Lesson], embed: Embed) -> Callable[[str], tuple[str, ...]]:
    """The same by id. At "", which is plain text, those that hold everywhere."""
    at = of(lessons, embed)
    return lambda request: tuple(one.id for one in at(request))


def outside(
    texts: Sequence[str], lesson: Lesson, others: Sequence[Lesson], embed: Embed
) -> tuple[str, ...]:
    """Those of some requests at which none of the others is an exception of the lesson."""
    louder = exceptions(lesson, others)
    near = nearness.of([text for one in louder for text in scope.compared(one)], embed)
    return tuple(text for text in texts if not any(scope.holds(one, text, near) for one in louder))
