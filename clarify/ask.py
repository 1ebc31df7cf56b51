"""One facet, or none, at one place: act, assume and say so, ask, or ask later.

Knows no model and no store: it is given callables and beliefs, and writes nothing.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from clarify import bank, budget, candidates, chance, drafts, gate, options, prior, scope, timing
from clarify.bank import Bank
from clarify.beliefs import Beliefs, Place
from clarify.budget import Level
from clarify.doubt import Regret
from clarify.options import Facet
from clarify.prior import Prior
from data.asking import Action
from data.types import Complete, Embed, Features, Lesson, Message, Prefill

POLICY = "2"  # raised with every change of what is decided; decisions carry it
VETO = 0.4  # least largest distance, above the placebo's, of drafts that differ (docs/log.md)
LEAST_NEED = 0.15
EXPLORE = 0.03  # chance of a question that its value alone would not justify
WITHIN = 0.5  # of the chance that is needed: below it nothing is explored


@dataclass(frozen=True, slots=True)
class Point:
    """A place where a question could be asked: before the reply, or at a boundary in it."""

    messages: tuple[Message, ...]  # ends with the request
    lessons: tuple[Lesson, ...] = ()  # in scope
    expected_tokens: int = 300
    tokens_per_second: float = 30.0
    asked_in_task: int = 0
    asked_midway: int = 0  # of these, once writing had begun
    level: Level = "normal"
    cheap_drafts: bool = True  # False: no drafts are written, the mean regret so far decides
    compared: int = 1  # facets in one batch of drafts; four drafts took 5 to 8 s on a crowded CPU
    progress: float = 0.0  # of the task; 0: nothing is written yet
    next_progress: float | None = None  # at the next boundary; None: there is none
    heading: str = ""  # of the section that comes next; "" up front
    plan: bool = False  # two questions may stand up front
    busy: bool = False  # no card can be shown now: one is open, or a sentence is being written
    draw: float = 1.0  # random, 0 to 1: below EXPLORE a rare question is tried


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, and all that it rests on. The guess is `assumption`, first among the options."""

    action: Action
    question: str = ""
    reason: str = ""
    trait: str = ""
    options: tuple[str, ...] = ()
    assumption: str = ""
    instruction: Mapping[str, str] = field(default_factory=dict)  # option -> imperative
    numbers: Mapping[str, float] = field(default_factory=dict)
    scope: str = ""
    chances: tuple[float, ...] = ()  # in the order of `options`
    features: tuple[float, ...] = ()  # see chance.py
    prefill: Prefill | None = None
    propensity: float = 1.0
    delta: float | None = None  # None: no drafts were compared
    why: str = ""  # one line for the person


def decide(
    point: Point,
    beliefs: Beliefs,
    complete: Complete,
    embed: Embed,
    features: Features,
    known: Prior | None = None,
    questions: Bank | None = None,
) -> Decision:
    """Whether to ask about one facet, assume one, or simply write.

    First what the prefill left and the words; then one call of `embed`; then at most one batch of
    32-token drafts. `known` and `questions` are those of the package unless given. Source: the
    formula is heed's own; drafts as the measure follow "Clarify When Necessary" (2311.09469).
    """
    request, *before = [m.text for m in reversed(point.messages) if m.role == "user"] or [""]
    left = features(point.messages) if request.strip() else None
    about = point.heading or request
    known = prior.shipped() if known is None else known
    need = gate.need(options.own_words(about), left, known, beliefs) if request.strip() else 0.0
    kind = scope.of(options.own_words(request))
    base = Decision("act", scope=kind, prefill=left, numbers={"need": need})
    open_by_words = options.left_open(request, before, point.lessons)
    for one in open_by_words:  # what was answered alike twice needs no look at the rest
        answer = beliefs.settled.get((kind, one.trait))
        if answer and not beliefs.silent((kind, one.trait)):
            return _as_before(base, one, answer, request)
    if gate.quiet((request, *before)):
        return replace(base, why="You asked for no questions.")
    if budget.allowed(point.expected_tokens, point.plan) == 0:
        return replace(base, why="The reply is short: writing it again costs less than an answer.")
    if need < LEAST_NEED:
        return replace(base, why="The request says enough.")
    bank_ = bank.shipped() if questions is None else questions
    found = candidates.of(
        open_by_words, request, before, point.lessons, kind, beliefs, bank_, embed
    )
    if not found:
        return replace(base, why="No question in the bank fits what is open.")
    for one in found:
        answer = beliefs.settled.get((kind, one.trait))
        if answer:
            return _as_before(base, one, answer, request)
    tried = found[: point.compared] if point.cheap_drafts else found[:1]
    chosen = [past(one, beliefs, (kind, one.trait)) for one in tried]
    regrets = (
        drafts.compare(point.messages, list(zip(tried, chosen, strict=True)), complete, embed)
        if point.cheap_drafts
        else [
            drafts.unseen(one, some, beliefs.delta.get(one.trait))
            for one, some in zip(tried, chosen, strict=True)
        ]
    )
    weighed = [
        weigh(point, beliefs, one, cost, base) for one, cost in zip(tried, regrets, strict=True)
    ]
    return max(weighed, key=_worth)


def barred(point: Point, beliefs: Beliefs, place: Place) -> str:
    """Why nothing may be asked about a facet here, for the person; "" if it may."""
    if point.level == "never":
        return "Questions are switched off."
    if beliefs.rests(place):
        return "You skipped this a short while ago."
    if beliefs.assume_only:
        return "Most of the last questions were of no use, so heed only guesses for a while."
    if beliefs.bucket < 1.0:
        return "There were enough questions lately."
    midway = point.progress > 0.0
    up_front = point.asked_in_task - point.asked_midway
    full = (
        point.asked_midway >= budget.MOST_MIDWAY
        if midway
        else up_front >= budget.allowed(point.expected_tokens, point.plan)
    )
    if full or point.asked_in_task >= budget.MOST:
        return "There were enough questions in this task."
    return ""


def past(known: Facet, beliefs: Beliefs, place: Place) -> list[float]:
    """How often each option was chosen in this scope, older choices counting less; (options,)."""
    chosen = beliefs.chosen.get(place, {})
    return [chosen.get(option.label.casefold(), 0.0) for option in known.options]


def weigh(point: Point, beliefs: Beliefs, known: Facet, cost: Regret, base: Decision) -> Decision:
    """The best of ask, assume, later and act for one facet, with all its values.

    A guess that neither drafts nor earlier answers support is not stated: the model's own stands.
    """
    place = (base.scope, known.trait)
    midway = budget.MIDWAY if point.progress > 0.0 else 0.0
    seconds = budget.cost(known.question, len(known.options)) + midway
    lost = budget.lost(point.expected_tokens, point.tokens_per_second)
    numbers = chance.features(
        base.numbers["need"],
        cost.delta,
        beliefs.use(place),
        cost.chances,
        known.importance,
        lost,
        point.progress,
        point.asked_in_task,
    )
    wanted = chance.wanted(beliefs.line, numbers)
    kappa = budget.patience(beliefs.kappa, point.level)
    now = timing.worth(known.kind, point.progress)
    later = None if point.next_progress is None else timing.worth(known.kind, point.next_progress)
    sure = (point.expected_tokens, point.tokens_per_second, seconds, kappa, beliefs.skip)
    worth = budget.values(wanted, *sure, beliefs.fixes, now, later)
    no = barred(point, beliefs, place)
    guess = known.options[cost.default].label
    shown = guess_first(guess, known, point.messages[-1].text)
    labels = [option.label for option in known.options]
    made = replace(
        base,
        question=known.question,
        reason=known.reason,
        trait=known.trait,
        options=shown,
        assumption=guess,
        instruction={option.label: option.instruction for option in known.options},
        chances=tuple(cost.chances[labels.index(label)] for label in shown),
        features=numbers,
        delta=cost.delta if point.cheap_drafts else None,
        numbers={
            **base.numbers,
            "delta": cost.delta,
            "largest": cost.largest,
            "wanted": wanted,
            "ask": worth.ask if not no else -math.inf,
            "assume": worth.assume,
            "act": 0.0,
            "later": worth.later if not no else -math.inf,
            "unbarred": worth.ask,
        },
    )
    if cost.largest < VETO:
        return replace(made, why=f"Every {known.trait} gives much the same text.")
    return _chosen(point, beliefs, known, made, worth, no, budget.needed(*sure, beliefs.fixes, now))


def _chosen(
    point: Point,
    beliefs: Beliefs,
    known: Facet,
    made: Decision,
    worth: budget.Values,
    no: str,
    needed: float,
) -> Decision:
    wanted, other = made.numbers["wanted"], max(worth.assume, 0.0)
    free = not no and wanted >= chance.LEAST
    if free and worth.later > other and (point.busy or worth.later > worth.ask):
        return replace(made, action="later", why=f"The {known.trait} can wait for a better moment.")
    if free and not point.busy and worth.ask > other:
        why = f"An answer saves about {worth.ask:.0f} s: it {known.reason}."
        return replace(made, action="ask", why=why)
    trying = free and not point.busy and WITHIN * needed <= wanted < needed
    if trying and point.draw < EXPLORE:
        why = f"Tried once: does it help to ask about the {known.trait}?"
        return replace(made, action="ask", propensity=EXPLORE, why=why)
    made = replace(made, propensity=1.0 - EXPLORE) if trying else made
    why = no or f"A wrong guess about the {known.trait} is quicker to change than to answer."
    blind = not point.cheap_drafts and not any(past(known, beliefs, (made.scope, known.trait)))
    if worth.assume > 0.0 and not blind:
        return replace(made, action="assume", reason=f"my guess: {made.assumption}", why=why)
    return replace(made, why=why)


def guess_first(guess: str, known: Facet, request: str) -> tuple[str, ...]:
    """The labels, the guess first and the others in an order that the request's hash decides."""
    others = [option.label for option in known.options if option.label != guess]
    others.sort(key=lambda label: hashlib.sha256(f"{request}\n{label}".encode()).digest())
    return (guess, *others)


def _as_before(base: Decision, known: Facet, answer: str, request: str) -> Decision:
    return replace(
        base,
        action="assume",
        question=known.question,
        reason=f"as before: {answer}",
        trait=known.trait,
        options=guess_first(answer, known, request),
        assumption=answer,
        instruction={
            **{option.label: option.instruction for option in known.options},
            answer: options.instruction(known.trait, answer),
        },
        why=f"You answered {answer!r} twice, so it is not asked again.",
    )


def _worth(decision: Decision) -> tuple[int, float]:
    """Questions before what can wait, assumptions and nothing; each by its value in seconds."""
    rank = {"ask": 3, "later": 2, "assume": 1, "act": 0}[decision.action]
    return rank, decision.numbers.get(decision.action, 0.0)
