"""Which answers teach a lesson: the base's own when told to, a rewriter's, or none.

Knows no weights: it works through the Model protocol and the checks. Nothing unverified is taught,
because a small model as its own judge is at chance (AUC 0.53, measured); code decides.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant import prompt, trace
from assistant.answers import Answers, Conversation
from assistant.protocols import Progress
from data import vectors
from data.checks import registry
from data.checks.units import sentences
from data.types import Check, Embed, Lesson, MadeBy, Message
from feedback import rewrite

# A: it obeys when told. B: it obeys often enough to choose. C: code rewrites. D: prompt only.
Route = Literal["A", "B", "C", "D"]

MOSTLY = 0.8  # share of drafts that pass, from which the first that passes is taken
SOMETIMES = 0.5  # share of prompts with a passing draft, from which the passing ones teach
HOPELESS = 0.2  # share below which no more drafts are drawn if a rewriter can do it
CERTAIN = 2  # ways of telling after which that share is believed
ENOUGH = 0.5  # share of prompts that need a target for a lesson to be taught at all
ROUNDS = 3  # of rewriting: one rewriter may undo what another has done
OPENING = "starts_with"
ENDINGS = ("ends_with", "ends_with_question", "max_sentences", "within", "sentences_between")
BRIEFEST = 6  # words of an answer that may be brief: fewer are a word of consent
VARIED, MANY = 0.7, 8  # share of distinct word pairs in a text of at least so many
SAMPLES = 4  # drafts drawn for a prompt that none of the greedy ones has solved
WHOLE = (".", "!", "?", ":", ")", "]", "}", '"', "'", "`", "”", "’", "…", "*", "|")


@dataclass(frozen=True, slots=True)
class Target:
    """One verified answer to one prompt, and the answer it is better than."""

    prompt: str
    chosen: str
    rejected: str | None
    made_by: MadeBy
    cut: bool = False  # how it ends teaches nothing: no lesson is about it, or a limit ended it


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
    good: dict[str, MadeBy]


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

    Code can check those lessons, as `curriculum.teachable` says, and a target obeys them all.
    """
    check = lesson.check
    if check is None or registry.relative(check):
        return _prompt_only(lesson, prompts, "no check can tell whether a reply obeys it")
    desks = [_Desk(text, tuple(others.get(text, ())), base[text], [], {}) for text in prompts]
    label = f"Asking for examples: {lesson.effect}"
    can_rewrite, reached = False, 0
    for at, form in enumerate(FORMS):
        if at >= CERTAIN and can_rewrite and reached < HOPELESS * len(desks):
            break
        todo = [desk for desk in desks if not desk.good]
        told = [_told(form, (*desk.others, lesson), desk) for desk in todo]
        replies = yield from drafts.greedy(told, label)
        for desk, reply in zip(todo, replies, strict=True):
            _add(desk, reply, lesson, drafts.limit)
        reached = sum(bool(desk.good) for desk in desks)
        can_rewrite = any(_rewritten(desk, lesson, drafts.limit) for desk in desks)
    if reached >= HOPELESS * len(desks) or not can_rewrite:
        empty = [desk for desk in desks if not desk.good]
        began = time.monotonic()
        for at, desk in enumerate(empty):
            left = (time.monotonic() - began) / at * (len(empty) - at) if at else None
            said = Progress(f"{label}, again", at, len(empty), left)
            more = yield from drafts.sampled(
                _told(FORMS[0], (*desk.others, lesson), desk), SAMPLES, seed, said
            )
            for reply in more:
                _add(desk, reply, lesson, drafts.limit)
    return _routed(lesson, desks, embed, can_rewrite, drafts.limit)


def upgraded(text: str, lessons: Sequence[Lesson], limit: int) -> str | None:
    """The text with what code can add until it obeys all of these lessons; None if code cannot.

    A text that was cut is brought to the end of a sentence where a lesson is about its end. How a
    reply opens is added last: what other rewriters do to its first line would come before it.
    """
    checks = [one.check for one in lessons if one.check is not None]
    if _ends(lessons) and not finished(text, limit):
        text = _to_sentence(text)
    if all(registry.passes(check, text) for check in checks):
        return text
    for check in checks:
        if check.name == OPENING and not check.negate:
            text = rewrite.rewrite(replace(check, negate=True), text) or text
    for _ in range(ROUNDS):
        broken = [check for check in checks if not registry.passes(check, text)]
        if not broken:
            return text
        for check in sorted(broken, key=lambda one: one.name == OPENING):
            changed = rewrite.rewrite(check, text)
            if changed is None:
                return None
            text = changed
    return None


def open_ended(text: str, lessons: Sequence[Lesson], limit: int) -> bool:
    """Whether an answer's end teaches nothing: it was cut, or no lesson is about end or length."""
    if _ends(lessons):
        return False
    checks = [one.check for one in lessons if one.check is not None]
    if any(registry.kind_of(check).family == "length" for check in checks):
        return not finished(text, limit)
    return True


def finished(text: str, limit: int, check: Check | None = None) -> bool:
    """Whether a reply ended by itself, as far as its text tells.

    By a closing mark, by being far from the limit, or as `check` wants replies to end. `limit` is
    in tokens; below two characters a token no text is cut (English has about four).
    """
    if check is not None and check.name in ENDINGS[:2] and registry.passes(check, text):
        return True
    return text.rstrip().endswith(WHOLE) or 0 < len(text.strip()) < 2 * limit


def _routed(
    lesson: Lesson, desks: Sequence[_Desk], embed: Embed, can_rewrite: bool, limit: int
) -> Taught:
    assert lesson.check is not None
    tried = [draft for desk in desks for draft in desk.drafts]
    passing = sum(registry.passes(lesson.check, draft) for draft in tried)
    reached = sum(bool(desk.good) for desk in desks)
    route: Route
    if reached >= SOMETIMES * len(desks):
        route = "A" if passing >= MOSTLY * len(tried) else "B"
        made = [
            _chosen(desk, lesson, route, embed) or _by_rewriter(desk, lesson, embed, limit)
            for desk in desks
        ]
        why = f"it obeyed in {passing} of {len(tried)} drafts when told to"
    elif can_rewrite:
        route = "C"
        made = [_by_rewriter(desk, lesson, embed, limit) for desk in desks]
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
    ends = {desk.prompt: (*desk.others, lesson) for desk in desks}
    targets = tuple(
        replace(target, cut=open_ended(target.chosen, ends[target.prompt], limit))
        for target in made
        if target is not None
    )
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
    said = f"{trace.quoted(lesson.effect)} stays in the prompt: {why}."
    return Taught("D", (), drafts, passing, len(prompts), reached, said)


def _told(form: str, lessons: Sequence[Lesson], desk: _Desk) -> Conversation:
    rules = " ".join(prompt.sentence(one.effect) for one in lessons)
    return (
        Message("system", prompt.SYSTEM),
        Message("user", form.format(request=desk.prompt, rules=rules)),
    )


def _add(desk: _Desk, draft: str, lesson: Lesson, limit: int) -> None:
    """Keeps a draft; if it obeys the new lesson, also as it is once code has added the others."""
    text = draft.strip()
    if not text or text in desk.drafts:
        return
    desk.drafts.append(text)
    assert lesson.check is not None
    if not finished(text, limit) or not registry.passes(lesson.check, text):
        return
    whole = upgraded(text, (*desk.others, lesson), limit)
    if whole is not None and _sane(whole, desk, (*desk.others, lesson)):
        desk.good.setdefault(whole, "teacher" if whole == text else "rewriter")


def _ends(lessons: Sequence[Lesson]) -> bool:
    """Whether one of these lessons says how or where a reply ends."""
    return any(one.check is not None and one.check.name in ENDINGS for one in lessons)


def _to_sentence(text: str) -> str:
    """Without what stands behind the last sentence that ended; the text itself if none did."""
    ended = [end for _, end in sentences(text) if text[:end].rstrip().endswith(WHOLE)]
    return text[: ended[-1]] if ended else text


def _keeps(text: str, desk: _Desk) -> bool:
    """Whether a text obeys the other lessons of its prompt, as far as checks see."""
    return all(one.check is not None and registry.passes(one.check, text) for one in desk.others)


def _sane(text: str, desk: _Desk, lessons: Sequence[Lesson]) -> bool:
    """Neither an echo nor a rattle; as long as the base's, within half and twice it."""
    words, usual = len(text.split()), len(desk.base.split())
    lengths = [one.check for one in lessons if one.check is not None]
    echo = any(one.effect.lower() in text.lower() for one in lessons)
    if not all(registry.obeys(check, text, desk.prompt) for check in lengths):
        return False
    pairs = list(itertools.pairwise(text.lower().split()))
    if len(pairs) >= MANY and len(set(pairs)) < VARIED * len(pairs):
        return False
    return not echo and max(3, _least(usual, lengths)) <= words <= max(20, 2 * usual)


def _least(usual: int, checks: Sequence[Check]) -> int:
    """Words below which a text has lost what it is about; `usual` are those of the base's answer.

    Half of the usual, or of what a lesson allows: "Sure, I can help." is within forty words, too.
    """
    lengths = [one for one in checks if registry.kind_of(one).family == "length"]
    allowed = [most for most in map(registry.most_words, lengths) if most is not None]
    if len(allowed) < len(lengths):  # one of them counts sentences, and one may be short
        return min(usual // 4, BRIEFEST)
    return min(usual, *allowed) // 2 if allowed else usual // 2


def _chosen(desk: _Desk, lesson: Lesson, route: Route, embed: Embed) -> Target | None:
    if not desk.good:
        return None
    texts = list(desk.good)
    chosen = texts[0] if route == "A" else _nearest(desk, texts, embed)
    return Target(desk.prompt, chosen, _rejected(desk, lesson), desk.good[chosen])


def _by_rewriter(desk: _Desk, lesson: Lesson, embed: Embed, limit: int) -> Target | None:
    if desk.good:
        return _chosen(desk, lesson, "A", embed)
    made = _rewritten(desk, lesson, limit)
    if not made:
        return None
    chosen = _nearest(desk, list(made), embed)
    return Target(desk.prompt, chosen, made[chosen], "rewriter")


def _rewritten(desk: _Desk, lesson: Lesson, limit: int) -> Mapping[str, str | None]:
    """Rewritten text -> what it is better than, for every draft that code brings to obey."""
    made: dict[str, str | None] = {}
    for draft in (*desk.drafts, desk.base.strip()):
        text = upgraded(draft, (*desk.others, lesson), limit)
        if text is not None and _sane(text, desk, (*desk.others, lesson)):
            made[text] = upgraded(draft, desk.others, limit) if desk.others else draft
    return {text: None if text == worse else worse for text, worse in made.items()}


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
