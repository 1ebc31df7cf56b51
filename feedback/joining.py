"""Findings and wishes that say one thing are made one: doubles, and a complaint with its remedy.

Knows no rule of content; sees what stands between two clauses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from data.checks import registry
from data.types import Wish
from feedback import limits
from feedback.aspects import STYLE
from feedback.clauses import Clause
from feedback.cues import HOLE
from feedback.findings import Finding, check

LONG_QUOTE = 80  # characters of quoted words: content, no part of a wish

_BACK = re.compile(
    r"\b(?:it|that|them|those|this|one|her|him|these)\b"
    r"(?! (?:is|was|isn't|are|does|has|sounds|reads))"
)
_ORDERED = ("style", "content", "fact", "praise", "retract")


def without_doubles(found: Sequence[Finding]) -> list[Finding]:
    """Earlier and more exact findings stay; one that overlaps them, or says the same, goes."""
    kept: list[Finding] = []
    for finding in found:
        overlaps = any(k.start < finding.end and finding.start < k.end for k in kept)
        same = any(
            (k.check is not None and k.check == finding.check)
            or (k.aspect == finding.aspect == "length" and _vaguer(finding, k))
            for k in kept
        )
        if not overlaps and not same:
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)


def _vaguer(finding: Finding, kept: Finding) -> bool:
    """ "Keep it short, under 50 words": the number says how short."""
    brief = check("max_words", n=limits.BRIEF)
    return (
        finding.check is not None
        and finding.op == kept.op
        and (registry.relative(finding.check) or finding.check == brief)
    )


def completes(earlier: Wish, wish: Wish, words: str, clause: Clause) -> bool:
    """Whether a wish is the remedy of the complaint before it, or says its order once more.

    "The title is silly, drop it" is one wish; `words` are those of the second clause.
    """
    if clause.joint not in ("comma", "colon", "semicolon") or HOLE * LONG_QUOTE in words:
        return False
    bare = wish.check is None or wish.check.name == "kept"
    points = bare and _BACK.search(words) is not None
    alike = wish.aspect == earlier.aspect
    if earlier.kind == "praise" or wish.kind == "praise":
        return earlier.kind == wish.kind and points
    if earlier.polarity < 0 and wish.polarity == 0 and wish.kind in _ORDERED:
        return points or (alike and clause.joint != "semicolon")
    if wish.aspect == earlier.aspect == "length" and earlier.polarity < 0:
        return True
    exact = wish.check is not None and earlier.check is not None
    same = alike and wish.kind == earlier.kind and wish.aspect != "other"
    return same and not exact and wish.polarity == earlier.polarity == 0


def joined(earlier: Wish, wish: Wish, raw: str) -> Wish:
    """The earlier wish with the words, and the check or change, of what completes it."""
    start, stop = earlier.quote.start or 0, wish.quote.end or 0
    one = earlier.effect == wish.effect
    exact = earlier.check is None or (wish.check is not None and registry.relative(earlier.check))
    return replace(
        earlier,
        quote=registry.span_at(raw, start, stop),
        effect=wish.effect if one else f"{earlier.effect}; {wish.effect}",
        op=wish.op if wish.op in ("remove", "replace", "reorder", "keep") else earlier.op,
        target=earlier.target or wish.target,
        check=wish.check or earlier.check if exact else earlier.check,
        check_on_target=wish.check_on_target if exact and wish.check else earlier.check_on_target,
        reach=wish.reach if earlier.reach == "reply" else earlier.reach,
        condition=earlier.condition or wish.condition,
        strength=max(earlier.strength, wish.strength),
    )


_THAT = re.compile(
    r"\b(?:cut|drop|delete|remove|change|rewrite|leave|take|move|skip|lose|fix|put)"
    r" (?:it|that|them|this|those)\b|\b(?:that|this|the) (?:ban|rule|wish|limit)\b"
)


def inherited(wish: Wish, earlier: Sequence[Wish], words: str) -> Wish:
    """An order about "it" or "that ban" has the aspect of the wish before it, if it names none."""
    names = earlier and wish.aspect == "other" and wish.kind in ("style", "content", "retract")
    if not names or wish.polarity > 0 or _THAT.search(words) is None:
        return wish
    aspect = earlier[-1].aspect
    kind = wish.kind if wish.kind == "retract" else "style" if aspect in STYLE else "content"
    known = aspect not in ("other", "correctness", "facts_about_me", "interaction")
    return replace(wish, aspect=aspect, kind=kind, sure=max(wish.sure, 0.6)) if known else wish


def without_repeats(wishes: Sequence[Wish]) -> list[Wish]:
    """One wish said twice in a critique is one."""
    kept: list[Wish] = []
    for wish in wishes:
        same = (wish.kind, wish.op, wish.effect, wish.check, wish.condition, wish.target)
        if same not in [(k.kind, k.op, k.effect, k.check, k.condition, k.target) for k in kept]:
            kept.append(wish)
    return kept
