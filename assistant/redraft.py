"""Which of several drafts repairs a reply: the checks filter, closeness to the old content ranks.

Knows no model: it is given the drafts. One sample of a small model is never trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data import vectors
from data.checks import registry
from data.types import Check, Embed
from feedback import rewrite


@dataclass(frozen=True, slots=True)
class Aim:
    """What a repair must meet: the id of a wish or a lesson, and what code can see of it."""

    of: str
    check: Check


@dataclass(frozen=True, slots=True)
class Ranked:
    """The chosen draft, how many were tried, and which aims its checks say it meets."""

    text: str
    tried: int
    passing: int  # of the model's own drafts: how many met every wish that a check can see
    met: tuple[str, ...]
    missed: tuple[str, ...]
    rewritten: bool  # a deterministic rewriter made it, not the model


def best(
    original: str,
    drafts: Sequence[str],
    wishes: Sequence[Aim],
    lessons: Sequence[Aim],
    embed: Embed,
) -> Ranked | None:
    """The draft to show, or None if nothing but empty text and copies of the original is there.

    Every draft, and the original, is also put through the rewriters of the aims it misses. Wishes
    met count first, then lessons met, then the model's own words, then cosine to the original.
    """
    aims = (*wishes, *lessons)
    pool: dict[str, bool] = {}
    for draft in (text.strip() for text in drafts):
        if draft and draft != original.strip():
            pool.setdefault(draft, False)
    tried = len(pool)
    for text in (*pool, original.strip()):
        mended = _mended(text, original, aims)
        if mended and mended != original.strip():
            pool.setdefault(mended, True)
    if not pool:
        return None
    wished = {text: _met(text, original, wishes) for text in pool}
    stood = {text: _met(text, original, lessons) for text in pool}
    most = max((len(wished[text]), len(stood[text])) for text in pool)
    finalists = [text for text in pool if (len(wished[text]), len(stood[text])) == most]
    near = dict(zip(finalists, _closeness(original, finalists, embed), strict=True))
    winner = max(finalists, key=lambda text: (not pool[text], near[text]))
    met = (*wished[winner], *stood[winner])
    return Ranked(
        text=winner,
        tried=tried,
        passing=sum(
            len(wished[text]) == len(wishes) for text, mended in pool.items() if not mended
        ),
        met=met,
        missed=tuple(aim.of for aim in aims if aim.of not in met),
        rewritten=pool[winner],
    )


def _met(text: str, original: str, aims: Sequence[Aim]) -> tuple[str, ...]:
    return tuple(aim.of for aim in aims if registry.passes(aim.check, text, before=original))


def _mended(text: str, original: str, aims: Sequence[Aim]) -> str | None:
    changed = text
    for aim in aims:
        if not registry.passes(aim.check, changed, before=original):
            better = rewrite.rewrite(aim.check, changed, before=original)
            changed = better.strip() if better else changed
    return changed if changed != text else None


def _closeness(original: str, texts: Sequence[str], embed: Embed) -> list[float]:
    if len(texts) == 1 or not original.strip():
        return [0.0] * len(texts)
    anchor, *others = embed([original, *texts])
    return [vectors.cosine(anchor, other) for other in others]
