"""One question or none, before a reply: act, assume and say so, or ask.

Knows no model and no store: it is given callables and beliefs, and writes nothing.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from clarify import budget, doubt, options
from clarify.budget import Beliefs, Level
from clarify.doubt import Regret
from clarify.options import Facet
from data.types import Complete, Embed, Lesson, Message

Action = Literal["act", "assume", "ask"]
DRAFT = 32  # tokens of each draft; measured: 36-token drafts tell options apart (AUROC .69)
FACETS = 1  # compared in one batch; its four drafts took 5 to 8 s on a crowded CPU (docs/log.md)
VETO = 0.4  # least largest distance, above the placebo's, of drafts that differ (docs/log.md)
LEAST_NEED = 0.15
STRANGER = 0.4  # chance that asking helped, before anything is known: mean of Beta(2, 3)
PAST = 0.98  # of an earlier answer's weight, per answer since
QUIET = re.compile(
    r"\bjust (?:do|write|decide|answer|go)\b|\bno (?:more )?questions\b|\bdon'?t ask\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Point:
    """A place where a question could be asked: now, before the reply to the last message."""

    messages: tuple[Message, ...]  # ends with the request
    lessons: tuple[Lesson, ...] = ()  # in scope
    answered: tuple[tuple[str, str], ...] = ()  # (trait, answer), oldest first
    muted: tuple[str, ...] = ()  # traits
    expected_tokens: int = 300
    asked_in_task: int = 0
    bucket: float = budget.FULL
    level: Level = "normal"
    cheap_drafts: bool = True  # False: no drafts are written, the mean regret so far decides
    beliefs: Beliefs = field(default_factory=Beliefs)
    tokens_per_second: float = 30.0


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do. The guess is `assumption`; it stands first among the options."""

    action: Action
    question: str = ""
    reason: str = ""
    trait: str = ""
    options: tuple[str, ...] = ()
    assumption: str = ""
    instruction: Mapping[str, str] = field(default_factory=dict)  # option -> imperative
    numbers: Mapping[str, float] = field(default_factory=dict)


def decide(point: Point, complete: Complete, embed: Embed) -> Decision:
    """Whether to ask about one trait, assume one, or simply write.

    Costs no model call unless a trait is open, and then at most one batch of 32-token drafts.
    Source: the value formula is heed's own; drafts as the measure of need follow "Clarify When
    Necessary" (2311.09469).
    """
    request, *before = [m.text for m in reversed(point.messages) if m.role == "user"] or [""]
    found = options.left_open(request, before, point.lessons)
    quiet = any(QUIET.search(options.own_words(text)) for text in (request, *before))
    silent = {*point.muted, *point.beliefs.muted}
    found = tuple(known for known in found if known.trait not in silent)
    for known in found:
        answer = settled_by_answer(known.trait, point.answered)
        if answer:
            return _assume(known, answer, f"as before: {answer}", request, {})
    need = need_of(request, len(before), found)
    if not found or quiet or need < LEAST_NEED or budget.allowed(point.expected_tokens) == 0:
        return Decision("act", numbers={"need": need})
    may_ask = (
        point.level != "never"
        and point.bucket >= 1.0
        and point.asked_in_task < budget.allowed(point.expected_tokens)
        and not point.beliefs.assume_only
    )
    tried = found[:FACETS]
    regrets = (
        compare(point, tried, complete, embed)
        if point.cheap_drafts
        else [unseen(known, point) for known in tried]
    )
    decisions = [
        weigh(
            point, known, cost, need, may_ask=may_ask and known.trait not in point.beliefs.resting
        )
        for known, cost in zip(tried, regrets, strict=True)
    ]
    return max(decisions, key=_worth)


def need_of(request: str, turns_before: int, found: Sequence[Facet]) -> float:
    """The chance that a request leaves out something its writer minds: a prior, 0 to 1.

    An estimate, in place of a probe fitted on outcomes: short requests to make something leave most
    out (.7 with one open trait, as in the worked example of the value formula); each number, long
    wording and earlier turn says more. Nothing open: .1.
    """
    if not found:
        return 0.1
    words = len(options.own_words(request).split())
    score = 0.25 + (0.6 if words <= 12 else 0.0 if words <= 30 else -0.8 if words <= 80 else -1.8)
    score += 0.3 * (len(found) - 1)
    score -= 0.3 * min(3, turns_before) + 0.4 * len(re.findall(r"\d+", request)[:3])
    if request.rstrip().endswith("?"):
        score -= 0.6  # a question has an answer; a thing to make has a form
    return 1.0 / (1.0 + math.exp(-score))


def settled_by_answer(trait: str, answered: Sequence[tuple[str, str]]) -> str:
    """The person's last answer about a trait, or "" if there is none or the last two disagree."""
    given = [answer for name, answer in answered if name == trait]
    if not given or (len(given) > 1 and given[-1].casefold() != given[-2].casefold()):
        return ""
    return given[-1]


def compare(point: Point, tried: Sequence[Facet], complete: Complete, embed: Embed) -> list[Regret]:
    """The regret of guessing each facet, from one padded batch of greedy drafts."""
    batch: list[Sequence[Message]] = [point.messages, asked_for(point.messages, PLACEBO)]
    for known in tried:
        batch.extend(asked_for(point.messages, option.instruction) for option in known.options)
    plain, placebo, *drafts = complete(batch, limit=DRAFT)
    regrets = []
    for known in tried:
        own, drafts = drafts[: len(known.options)], drafts[len(known.options) :]
        chosen = past(known, point.answered)
        regrets.append(
            doubt.compare(plain, placebo, own, chosen, known.telling, known.by_length, embed)
        )
    return regrets


def unseen(known: Facet, point: Point) -> Regret:
    """The regret of a facet without drafts: its mean so far, and the option chosen most often."""
    chosen = past(known, point.answered)
    delta = point.beliefs.delta.get(known.trait, known.usual)
    chances = tuple((1.0 + n) / (len(chosen) + sum(chosen)) for n in chosen)
    return Regret(delta, chosen.index(max(chosen)), 1.0, chances)


def past(known: Facet, answered: Sequence[tuple[str, str]]) -> list[float]:
    """How often each option was chosen, older choices counting less; shape (options,)."""
    given = [answer.casefold() for name, answer in answered if name == known.trait]
    return [
        sum(PAST**age for age, answer in enumerate(reversed(given)) if answer == o.label.casefold())
        for o in known.options
    ]


def weigh(point: Point, known: Facet, cost: Regret, need: float, *, may_ask: bool) -> Decision:
    """The best of ask, assume and act for one facet, with all its values.

    A guess that neither drafts nor earlier answers support is not stated: the model's own stands.
    """
    seconds = budget.cost(known.question, len(known.options))
    chance = budget.wanted(need, cost.delta, point.beliefs.useful.get(known.trait, STRANGER))
    kappa = budget.patience(point.beliefs.kappa, point.level)
    worth = budget.values(
        chance, point.expected_tokens, point.tokens_per_second, seconds, kappa, point.beliefs.skip
    )
    numbers = {
        "need": need,
        "delta": cost.delta,
        "largest": cost.largest,
        "wanted": chance,
        "ask": worth.ask if may_ask else -math.inf,
        "assume": worth.assume,
        "act": 0.0,
    }
    if cost.largest < VETO:
        return Decision("act", trait=known.trait, numbers=numbers)
    guess = known.options[cost.default].label
    if may_ask and worth.ask > max(worth.assume, 0.0) and chance >= budget.LEAST:
        return Decision(
            "ask",
            question=known.question,
            reason=known.reason,
            trait=known.trait,
            options=guess_first(guess, known, point.messages[-1].text),
            assumption=guess,
            instruction={option.label: option.instruction for option in known.options},
            numbers=numbers,
        )
    blind = not point.cheap_drafts and not any(past(known, point.answered))
    if worth.assume > 0.0 and not blind:
        return _assume(known, guess, f"my guess: {guess}", point.messages[-1].text, numbers)
    return Decision("act", trait=known.trait, numbers=numbers)


def guess_first(guess: str, known: Facet, request: str) -> tuple[str, ...]:
    """The labels, the guess first and the others in an order that the request's hash decides."""
    others = [option.label for option in known.options if option.label != guess]
    others.sort(key=lambda label: hashlib.sha256(f"{request}\n{label}".encode()).digest())
    return (guess, *others)


def asked_for(messages: Sequence[Message], instruction: str) -> tuple[Message, ...]:
    """The conversation with an instruction at the end of its last request."""
    *before, last = messages
    text = WITH_OPTION.format(request=last.text, instruction=instruction)
    return (*before, replace(last, text=text))


def _assume(
    known: Facet, answer: str, reason: str, request: str, numbers: Mapping[str, float]
) -> Decision:
    return Decision(
        "assume",
        question=known.question,
        reason=reason,
        trait=known.trait,
        options=guess_first(answer, known, request),
        assumption=answer,
        instruction={
            **{option.label: option.instruction for option in known.options},
            answer: options.instruction(known.trait, answer),
        },
        numbers=numbers,
    )


def _worth(decision: Decision) -> tuple[int, float]:
    """Questions before assumptions before nothing, each by its value in seconds."""
    match decision.action:
        case "ask":
            return 2, decision.numbers["ask"]
        case "assume":
            return 1, decision.numbers["assume"]
        case "act":
            return 0, 0.0


PLACEBO = "Write it well."  # settles nothing: the measure of how much any sentence changes
WITH_OPTION = "{request}\n\n{instruction}"
