"""Whether an answer is worth a person's time: values in their seconds, and beliefs about them.

Knows no text and no model. Beliefs are a fold over outcomes and rebuild to equal numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, assert_never

from data.types import Answered

Level = Literal["never", "less", "normal", "more"]
How = Literal[
    "changed",  # an option other than the guess; the draft changed
    "words",  # an answer in the person's own words
    "default",  # the guess was picked
    "skip",  # "use my guess"
    "ignored",  # something else was typed
    "away",  # the card was never answered: no label
    "mute",  # "don't ask about this"
    "fixed",  # not asked; the person changed the assumption
    "criticised",  # not asked; a later critique was about this trait
    "accepted",  # not asked; the reply was accepted as it was
    "finished",  # a task ended: the bucket fills, rests run out
]
FULL = 3.0  # questions in the bucket at most
SKIP_PRIOR = (1.5, 8.5)
USE_PRIOR = (2.0, 3.0)
FADE = 0.97  # of what is known about skips, per question
REST = 5  # tasks
START = -0.74  # so that the mean of `wanted` is .3 at the start; an estimate
LEAST = 0.15  # below this chance nothing is asked
FIXED = 0.5  # chance that a person changes a wrong assumption; an estimate


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one decision about a trait. `delta` is the regret that drafts had shown."""

    trait: str
    how: How
    delta: float | None = None


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What past outcomes say about this person. The defaults are those of a stranger."""

    bucket: float = FULL  # questions that may still be asked
    kappa: float = 1.5  # annoyance: a second of being asked counts as so many; .4 to 12
    skip: float = SKIP_PRIOR[0] / sum(SKIP_PRIOR)  # chance that a card is skipped
    useful: Mapping[str, float] = field(default_factory=dict)  # trait -> chance that asking helped
    delta: Mapping[str, float] = field(default_factory=dict)  # trait -> mean regret so far
    resting: tuple[str, ...] = ()  # traits skipped within the last five tasks
    muted: tuple[str, ...] = ()
    assume_only: bool = False  # over half of the last ten questions were wasted


@dataclass(frozen=True, slots=True)
class Values:
    """Expected seconds saved by each action, and the chance that a question is wanted."""

    wanted: float
    ask: float
    assume: float


def outcome_of(answered: Answered, answer: str, assumption: str) -> How | None:
    """How a stored question ended; None while it is open or was taken back."""
    match answered:
        case "option":
            return "default" if answer == assumption else "changed"
        case "words" | "skip" | "mute" | "ignored":
            return answered
        case "open" | "withdrawn":
            return None
        case _:
            assert_never(answered)


def after(outcomes: Iterable[Outcome]) -> Beliefs:
    """Beliefs after these outcomes, oldest first: the same outcomes give equal numbers."""
    bucket, kappa = FULL, Beliefs().kappa
    skips, answers = 0.0, 0.0
    hits: dict[str, float] = {}
    misses: dict[str, float] = {}
    deltas: dict[str, list[float]] = {}
    rests: dict[str, int] = {}
    muted: set[str] = set()
    wasted: list[bool] = []
    pause = 0
    for outcome in outcomes:
        trait, how = outcome.trait, outcome.how
        step, hit, miss, cost = _effects(how)
        kappa = min(12.0, max(0.4, kappa * math.exp(step)))
        hits[trait] = hits.get(trait, 0.0) + hit
        misses[trait] = misses.get(trait, 0.0) + miss
        bucket = min(FULL, max(0.0, bucket - cost))
        if outcome.delta is not None:
            deltas.setdefault(trait, []).append(outcome.delta)
        if how in ("changed", "words", "default", "skip", "ignored"):
            skips = skips * FADE + (how == "skip")
            answers = answers * FADE + (how != "skip")
            wasted = [*wasted, how in ("skip", "ignored")][-10:]
            if len(wasted) == 10 and sum(wasted) > 5:
                pause, wasted = REST, []
        if how == "skip":
            rests[trait] = REST
        if how == "mute":
            muted.add(trait)
        if how == "finished":
            pause = max(0, pause - 1)
            rests = {name: left - 1 for name, left in rests.items() if left > 1}
    a, b = SKIP_PRIOR
    good, bad = USE_PRIOR
    return Beliefs(
        bucket=bucket,
        kappa=kappa,
        skip=(a + skips) / (a + b + skips + answers),
        useful={
            name: (good + hits[name]) / (good + bad + hits[name] + misses[name])
            for name in sorted(hits)
            if name
        },
        delta={name: sum(seen) / len(seen) for name, seen in sorted(deltas.items())},
        resting=tuple(sorted(rests)),
        muted=tuple(sorted(muted)),
        assume_only=pause > 0,
    )


def _effects(how: How) -> tuple[float, float, float, float]:
    """Of one outcome: the step of log kappa, hits, misses, and what it takes from the bucket."""
    match how:
        case "changed" | "words":
            return -0.05, 1.0, 0.0, 0.5
        case "default":
            return 0.03, 0.0, 0.5, 1.0
        case "skip":
            return 0.12, 0.0, 1.0, 2.0
        case "ignored":
            return 0.06, 0.0, 0.5, 1.0
        case "mute":
            return 0.06, 0.0, 0.0, 1.0
        case "away":
            return 0.0, 0.0, 0.0, 0.0
        case "fixed":
            return -0.05, 1.0, 0.0, 0.0
        case "criticised":
            return -0.03, 0.7, 0.0, 0.0
        case "accepted":
            return 0.0, 0.0, 0.1, 0.0
        case "finished":
            return 0.0, 0.0, 0.0, -0.5
        case _:
            assert_never(how)


def patience(kappa: float, level: Level) -> float:
    """Kappa after the person's own slider; infinite for "never"."""
    match level:
        case "never":
            return math.inf
        case "less":
            return 3.0 * kappa
        case "normal":
            return kappa
        case "more":
            return 0.5 * kappa
        case _:
            assert_never(level)


def allowed(expected_tokens: int) -> int:
    """How many questions a reply of this length may have up front."""
    if expected_tokens < 150:
        return 0
    return 2 if expected_tokens > 800 else 1


def wanted(need: float, delta: float, useful: float) -> float:
    """The chance that asking changes a kept result, 0 to 1."""
    return 1.0 / (1.0 + math.exp(-(START + _logit(need) + 2.0 * delta + _logit(useful))))


def cost(question: str, options: int) -> float:
    """Seconds that a question with its options takes to read and answer."""
    return 2.0 + 0.25 * len(question.split()) + options


def values(
    chance: float, tokens: int, per_second: float, seconds: float, kappa: float, skip: float
) -> Values:
    """What asking and assuming are worth for a reply of so many tokens; acting is worth 0.

    A wrong guess loses half the reading (4 words a second, .75 words a token), 20 s to type a
    correction, and the writing; `seconds` is the question's own cost.
    """
    writing = tokens / per_second
    lost = 0.5 * 0.75 * tokens / 4.0 + 20.0 + writing
    return Values(
        wanted=chance,
        ask=(1.0 - skip) * chance * lost - kappa * seconds,
        assume=FIXED * chance * (lost - (3.0 + writing)) - 0.5,
    )


def _logit(p: float) -> float:
    p = min(0.999, max(0.001, p))
    return math.log(p / (1.0 - p))
