"""Whether a question is worth a person's time: the four values in their seconds, and the limits.

Knows no text and no model; beliefs are beliefs.py's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, assert_never

Level = Literal["never", "less", "normal", "more"]
MIDWAY = 8.0  # seconds that a question costs more once writing has begun
SHORTEST = 150  # expected tokens below which nothing is asked
LONG = 800  # above which two questions may stand up front
MOST = 3  # questions in a task
MOST_MIDWAY = 2  # of them, once writing has begun


@dataclass(frozen=True, slots=True)
class Values:
    """Expected seconds saved by each action; acting saves 0. -inf: it cannot be done at all."""

    ask: float
    assume: float
    later: float


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


def allowed(expected_tokens: int, plan: bool = False) -> int:
    """How many questions a reply of this length may have up front."""
    if expected_tokens < SHORTEST:
        return 0
    return 2 if plan or expected_tokens > LONG else 1


def cost(question: str, options: int) -> float:
    """Seconds that a question with its options takes to read and answer."""
    return 2.0 + 0.25 * len(question.split()) + options


def lost(tokens: int, per_second: float) -> float:
    """Seconds lost on a wrong guess: half the reading, 20 s to type a correction, and the writing.

    At 4 words a second and .75 words a token.
    """
    return 0.5 * 0.75 * tokens / 4.0 + 20.0 + tokens / per_second


def changing(tokens: int, per_second: float) -> float:
    """Seconds that it takes to change a stated guess: a click, and the writing."""
    return 3.0 + tokens / per_second


def values(
    chance: float,
    tokens: int,
    per_second: float,
    seconds: float,
    kappa: float,
    skip: float,
    fixes: float = 0.5,
    now: float = 1.0,
    later: float | None = None,
) -> Values:
    """What each action is worth for a reply of so many tokens.

    `seconds` is the question's own cost, `now` and `later` what is left of an answer's worth here
    and at the next checkpoint; None: there is no other.
    """
    saved = (1.0 - skip) * chance * lost(tokens, per_second)
    price = math.inf if math.isinf(kappa) else kappa * seconds
    after = math.inf if math.isinf(kappa) else kappa * (seconds + MIDWAY)
    return Values(
        ask=saved * now - price,
        assume=fixes * chance * (lost(tokens, per_second) - changing(tokens, per_second)) - 0.5,
        later=-math.inf if later is None else saved * later - after,
    )


def needed(
    tokens: int,
    per_second: float,
    seconds: float,
    kappa: float,
    skip: float,
    fixes: float = 0.5,
    now: float = 1.0,
) -> float:
    """The chance from which asking beats assuming; above 1 where it never does."""
    whole = lost(tokens, per_second)
    gain = (1.0 - skip) * now - fixes * (1.0 - changing(tokens, per_second) / whole)
    return (kappa * seconds - 0.5) / (whole * gain) if gain > 0.0 else math.inf
