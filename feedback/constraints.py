"""Words to checks: every constraint that a request or a critique states and that code can see.

What it does not know it leaves out: a missing check is asked or judged, a wrong one misleads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.checks.language import language_of
from data.checks.registry import describe, kind_of, problem
from data.types import Op
from feedback import borders, counts, named, shapes, terms
from feedback.findings import Finding, Scene
from feedback.stated import Constraint, Stated, stated

# A clause that tells what the reply did orders nothing: "you gave 5 bullets", "5 is too many".
_TOLD = re.compile(
    r"\b(?:you(?:'ve| have| had)? (?:used|wrote|written|gave|given|said|put|made|included|managed"
    r"|took|needed|spent"
    r"|added|ended|started|repeated"
    r"|answered|replied|have|had|keep|always|never|are|were)|(?:there|it|that|this|which"
    r"|these|those|they|reply|answer)"
    r"(?: are| were| is| was|'s|'re| has| have| had| contains?| uses?| ends?| starts?)|too"
    r" (?:many|much|few|long|short)|why)\b"
)
_ORDERED = re.compile(
    r"\b(?:should|must|need|needs|please|instead|want|make|keep it|ought|could you|can you"
    r"|has to|have to"
    r"|at most|at least|no more than|rather|next time|from now on|never use|always use)\b"
)
# What an exact constraint says better: names of checks that a looser rule reads from its words.
_COVERED = {
    "highlights": ("no_markdown", "has_bold", "has_example"),
    "bullet_count": ("no_markdown", "bullets", "has_example", "numbered_list"),
    "bullets": ("no_markdown", "has_example"),
    "angle_title": ("title", "headings"),
    "paragraphs_between": ("no_markdown", "max_paragraphs", "min_paragraphs", "headings"),
    "postscript": ("starts_with", "ends_with"),
    "placeholders": ("has_example", "no_brackets"),
    "json_only": ("no_markdown",),
    "sections": ("headings", "starts_with"),
    "capital_words": ("uppercase", "max_words"),
    "choice": ("starts_with",),
    "paragraph_opens": ("starts_with",),
    "letter_times": ("has_exclamation", "no_exclamation"),
}
_ASPECTS = {"length": "length", "words": "wording", "edges": "structure", "language": "language"}
_STRUCTURE = ("sections", "bullet_count", "bullets", "angle_title", "postscript", "two_responses")
_MORE = ("min_words", "min_sentences", "min_paragraphs")
_STOPS = ("forbids", "no_comma")


def read(text: str) -> tuple[Constraint, ...]:
    """The constraints of a whole text in the order of their words, none twice."""
    code = language_of(text)
    if code in ("es", "fr"):  # places in a translation say nothing: the whole text is the place
        found = _once(_all(stated(terms.to_english(stated(text).plain, code))))
        return tuple(replace(one, start=0, end=len(text)) for one in found)
    return tuple(_once(_all(stated(text))))


def within(text: str, plain: str) -> tuple[Constraint, ...]:
    """The same of a text that is masked already; both have one length."""
    return tuple(_once(_all(Stated(text, plain))))


def find(scene: Scene, given: Sequence[Constraint], start: int) -> Iterator[Finding]:
    """The constraints that begin in one clause, as wishes; the clause begins at `start`."""
    if _TOLD.search(scene.text) and not _ORDERED.search(scene.text):
        return
    for one in given:
        if start <= one.start < start + len(scene.text):
            yield Finding(
                "style", _aspect(one), _op(one), describe(one.check), one.start - start,
                one.end - start, check=one.check,
            )  # fmt: skip


def covered(given: Sequence[Constraint]) -> frozenset[str]:
    """Names of checks that looser rules would read again from the words of these constraints."""
    return frozenset(name for one in given for name in _COVERED.get(one.check.name, ()))


def _all(text: Stated) -> list[Constraint]:
    return [*counts.find(text), *named.find(text), *shapes.find(text), *borders.find(text)]


def _once(found: list[Constraint]) -> list[Constraint]:
    """Without those said twice and those that nothing can be tested with."""
    kept: dict[object, Constraint] = {}
    some = [one for one in found if one.check.name == "capital_words"]
    for one in found:
        # "At least five words in capital letters" does not want all of them so.
        if one.check.name == "uppercase" and any(abs(s.start - one.start) < 60 for s in some):
            continue
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
    if one.check.name == "language" and not one.check.negate:
        return "replace"
    return "stop" if one.check.negate or one.check.name in _STOPS else "add"
