"""Which answers teach a lesson: the base's own when told to, a rewriter's, or none.

Knows no weights: it works through the Model protocol and the checks. Nothing unverified is taught,
because a small model as its own judge is at chance (AUC 0.53, measured); code decides.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant import prompt
from assistant.answers import Answers, Conversation
from assistant.protocols import Progress
from data import vectors
from data.checks import registry
from data.types import Embed, Lesson, MadeBy, Message
from feedback import rewrite

# A: it obeys when told. B: it obeys often enough to choose. C: code rewrites. D: prompt only.
Route = Literal["A", "B", "C", "D"]

MOSTLY = 0.8  # share of drafts that pass, from which the first that passes is taken
SOMETIMES = 0.5  # share of prompts with a passing draft, from which the passing ones teach
HOPELESS = 0.2  # share below which no more drafts are drawn if a rewriter can do it
ENOUGH = 0.5  # share of prompts that need a target for a lesson to be taught at all
SAMPLES = 4  # drafts drawn for a prompt that none of the greedy ones has solved
WHOLE = (".", "!", "?", ":", ")", "]", "}", '"', "'", "`", "”", "’", "…", "*", "|")


@dataclass(frozen=True, slots=True)
class Target:
    """One verified answer to one prompt, and the answer it is better than."""

    prompt: str
    chosen: str
    rejected: str | None
    made_by: MadeBy


@dataclass(frozen=True, slots=True)
class Taught:
    """The route of a lesson, its targets, and the counts that chose the route."""

    route: Route
    targets: tuple[Target, ...]
    drafts: int
    passing: int
    prompts: int
    reached: int  # prompts with a draft that passes
    why: str


@dataclass(slots=True)
class _Desk:
    """The drafts for one prompt, and what else holds there."""

    prompt: str
    others: tuple[Lesson, ...]
    base: str
    drafts: list[str]
    good: list[str]


def teach(
    lesson: Lesson,
    others: Mapping[str, Sequence[Lesson]],
    prompts: Sequence[str],
    base: Mapping[str, str],
    drafts: Answers,
    embed: Embed,
    seed: int,
) -> Generator[Progress, None, Taught]:
    """Targets for the prompts; `others` are the lessons that hold there too, `base` its answers.

    A target obeys every lesson of its prompt that a check can see.
    """
    check = lesson.check
    if check is None or registry.relative(check):
        return _prompt_only(lesson, prompts, "no check can tell whether a reply obeys it")
    desks = [_Desk(text, tuple(others.get(text, ())), base[text], [], []) for text in prompts]
    label = f"Asking for examples: {lesson.effect}"
    for form in FORMS:
        told = [_told(form, lesson, desk) for desk in desks]
        replies = yield from drafts.greedy(told, label)
        for desk, reply in zip(desks, replies, strict=True):
            _add(desk, reply, lesson, drafts.limit)
    reached = sum(bool(desk.good) for desk in desks)
    can_rewrite = any(_rewritten(desk, lesson) for desk in desks[:3])
    if reached >= HOPELESS * len(desks) or not can_rewrite:
        empty = [desk for desk in desks if not desk.good]
        began = time.monotonic()
        for at, desk in enumerate(empty):
            left = (time.monotonic() - began) / at * (len(empty) - at) if at else None
            said = Progress(f"{label}, again", at, len(empty), left)
            more = yield from drafts.sampled(_told(FORMS[0], lesson, desk), SAMPLES, seed, said)
            for reply in more:
                _add(desk, reply, lesson, drafts.limit)
    return _routed(lesson, desks, embed, can_rewrite)


def finished(text: str, limit: int) -> bool:
    """Whether a reply ended by itself, as far as its text tells: a closing mark, or far from cut.

    `limit` is in tokens; below two characters a token no text is cut (English has about four).
    """
    return text.rstrip().endswith(WHOLE) or 0 < len(text.strip()) < 2 * limit


def _routed(lesson: Lesson, desks: Sequence[_Desk], embed: Embed, can_rewrite: bool) -> Taught:
    assert lesson.check is not None
    tried = [draft for desk in desks for draft in desk.drafts]
    passing = sum(registry.passes(lesson.check, draft) for draft in tried)
    reached = sum(bool(desk.good) for desk in desks)
    route: Route
    if reached >= SOMETIMES * len(desks):
        route = "A" if passing >= MOSTLY * len(tried) else "B"
        made = [_chosen(desk, lesson, route, embed) for desk in desks]
        why = f"it obeyed in {passing} of {len(tried)} drafts when told to"
    elif can_rewrite:
        route = "C"
        made = [_by_rewriter(desk, lesson, embed) for desk in desks]
        why = f"it obeyed in only {passing} of {len(tried)} drafts, so code rewrote its answers"
    else:
        return _prompt_only(
            lesson,
            [desk.prompt for desk in desks],
            f"this model obeyed in only {passing} of {len(tried)} drafts when told to",
            len(tried),
            passing,
            reached,
        )
    targets = tuple(target for target in made if target is not None)
    if len(targets) < ENOUGH * len(desks):
        return _prompt_only(
            lesson,
            [desk.prompt for desk in desks],
            f"only {len(targets)} of {len(desks)} examples keep to all lessons at once",
            len(tried),
            passing,
            reached,
        )
    return Taught(route, targets, len(tried), passing, len(desks), reached, why)


def _prompt_only(
    lesson: Lesson,
    prompts: Sequence[str],
    why: str,
    drafts: int = 0,
    passing: int = 0,
    reached: int = 0,
) -> Taught:
    said = f"{lesson.effect!r} stays in the prompt: {why}."
    return Taught("D", (), drafts, passing, len(prompts), reached, said)


def _told(form: str, lesson: Lesson, desk: _Desk) -> Conversation:
    effects = [one.effect for one in (*desk.others, lesson)]
    rules = " ".join(map(prompt.sentence, effects))
    return (
        Message("system", prompt.SYSTEM),
        Message("user", form.format(request=desk.prompt, rules=rules)),
    )


def _add(desk: _Desk, draft: str, lesson: Lesson, limit: int) -> None:
    text = draft.strip()
    if text and text not in desk.drafts:
        desk.drafts.append(text)
        if finished(text, limit) and _obeys(text, desk, lesson) and _sane(text, desk, lesson):
            desk.good.append(text)


def _obeys(text: str, desk: _Desk, lesson: Lesson) -> bool:
    assert lesson.check is not None
    return registry.passes(lesson.check, text) and _keeps(text, desk)


def _keeps(text: str, desk: _Desk) -> bool:
    """Whether a text obeys the other lessons of its prompt, as far as checks see."""
    return all(
        registry.passes(one.check, text)
        for one in desk.others
        if one.check is not None and not registry.relative(one.check)
    )


def _sane(text: str, desk: _Desk, lesson: Lesson) -> bool:
    """No rule echoed; neither a word or two nor twice the base, nor half of it if no one asked."""
    words, usual = len(text.split()), len(desk.base.split())
    lengths = [one.check for one in (*desk.others, lesson) if one.check is not None]
    free = any(registry.kind_of(check).family == "length" for check in lengths)
    echo = any(one.effect.lower() in text.lower() for one in (*desk.others, lesson))
    return not echo and words >= (3 if free else max(3, usual // 2)) and words <= max(20, 2 * usual)


def _chosen(desk: _Desk, lesson: Lesson, route: Route, embed: Embed) -> Target | None:
    if not desk.good:
        return None
    chosen = desk.good[0] if route == "A" else _nearest(desk, desk.good, embed)
    return Target(desk.prompt, chosen, _rejected(desk, lesson), "teacher")


def _by_rewriter(desk: _Desk, lesson: Lesson, embed: Embed) -> Target | None:
    if desk.good:
        return Target(desk.prompt, desk.good[0], _rejected(desk, lesson), "teacher")
    made = _rewritten(desk, lesson)
    if not made:
        return None
    chosen = _nearest(desk, list(made), embed)
    return Target(desk.prompt, chosen, made[chosen], "rewriter")


def _rewritten(desk: _Desk, lesson: Lesson) -> Mapping[str, str]:
    """Rewritten text -> the text before, for every draft that a rewriter brings to obey all."""
    assert lesson.check is not None
    made = {}
    for draft in (*desk.drafts, desk.base.strip()):
        text = rewrite.rewrite(lesson.check, draft)
        if text is not None and _obeys(text, desk, lesson) and _sane(text, desk, lesson):
            made[text] = draft
    return made


def _rejected(desk: _Desk, lesson: Lesson) -> str | None:
    """An answer that obeys the others but not this lesson; else the base's own, if it does not."""
    assert lesson.check is not None
    for draft in desk.drafts if desk.others else ():
        if not registry.passes(lesson.check, draft) and _keeps(draft, desk):
            return draft
    return None if registry.passes(lesson.check, desk.base) else desk.base


def _nearest(desk: _Desk, texts: Sequence[str], embed: Embed) -> str:
    """The text that keeps most of the content of the base's own answer."""
    if len(texts) == 1:
        return texts[0]
    anchor, *found = embed([desk.base, *texts])
    scores = [vectors.cosine(anchor, one) for one in found]
    return texts[scores.index(max(scores))]


# For small models a rule stands best behind the request, in the same paragraph; in the system text
# a 135M model hardly sees it (docs/log.md). The forms differ so that greedy replies differ.
FORMS = (
    "{request} {rules}",
    "{request}\n\n{rules}",
    "{rules} {request}",
)
