"""Words to checks: every constraint that a request or a critique states and that code can see.

What it does not know it leaves out: a missing check is asked or judged, a wrong one misleads.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.types import Op
from feedback import counts, named, shapes
from feedback.findings import Finding, Scene
from feedback.stated import Constraint, Stated, stated
from data.checks.registry import describe, kind_of, problem

_ASPECTS = {"length": "length", "words": "wording", "edges": "structure", "language": "language"}
_STRUCTURE = ("sections", "bullet_count", "bullets", "angle_title", "postscript", "two_responses")
_MORE = ("min_words", "min_sentences", "min_paragraphs")
_STOPS = ("forbids", "no_comma")


def read(text: str) -> tuple[Constraint, ...]:
    """The constraints of a whole text in the order of their words, none twice."""
    return tuple(_once(_all(stated(text))))


def find(scene: Scene) -> Iterator[Finding]:
    """The constraints of one clause, as wishes about how to write."""
    for one in _once(_all(Stated(scene.text, scene.plain))):
        yield Finding(
            "style", _aspect(one), _op(one), describe(one.check), one.start, one.end,
            check=one.check,
        )  # fmt: skip


def _all(text: Stated) -> list[Constraint]:
    return [*counts.find(text), *named.find(text), *shapes.find(text)]


def _once(found: list[Constraint]) -> list[Constraint]:
    """Without those said twice and those that nothing can be tested with."""
    kept: dict[object, Constraint] = {}
    for one in found:
        if problem(one.check) is None:
            kept.setdefault(one.check, one)
    return sorted(kept.values(), key=lambda one: one.start)


def _aspect(one: Constraint) -> str:
    if one.check.name in _STRUCTURE:
        return "structure"
    return _ASPECTS.get(kind_of(one.check).family, "format")


def _op(one: Constraint) -> Op:
    if kind_of(one.check).family == "length":
        return "more" if one.check.name in _MORE else "less"
    return "stop" if one.check.negate or one.check.name in _STOPS else "add"
