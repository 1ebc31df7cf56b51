"""The frozen records of the asker: what was decided, what became of it, and where to go back to.

Knows no table and no policy. `data/types.py` holds the question itself, which a person sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Action = Literal["act", "assume", "ask", "later"]
How = Literal[
    "changed",  # an option other than the guess; the draft changed
    "words",  # an answer in the person's own words
    "default",  # the guess was picked
    "skip",  # "use my guess"
    "ignored",  # something else was typed
    "away",  # the card was never answered: no label
    "mute",  # "don't ask about this"
    "fixed",  # not asked; the person changed the assumption
    "criticised",  # not asked; a later critique was about this facet
    "accepted",  # not asked; the reply was accepted as it was
]
LABELS: dict[How, tuple[float | None, float]] = {  # y, weight; y None is no label
    "changed": (1.0, 1.0),
    "words": (1.0, 1.0),
    "default": (0.0, 0.5),
    "skip": (0.0, 1.0),
    "ignored": (0.0, 0.5),
    "away": (None, 0.0),
    "mute": (None, 0.0),
    "fixed": (1.0, 1.0),
    "criticised": (1.0, 0.7),
    "accepted": (0.0, 0.2),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision about one facet at one place, act included, with all that it rested on."""

    id: str
    turn: str  # the request, or the answer, before whose reply it was made
    at: datetime
    scope: str  # what is made; "" is anything
    facet: str  # "" if none was open
    options: tuple[str, ...]  # the guess first
    chances: tuple[float, ...]  # of each option, in the order of `options`
    features: tuple[float, ...]  # of the chance that an answer is wanted; see clarify/chance.py
    vector: tuple[float, ...]  # the Prefill; empty if there was none
    vector_key: str
    ask: float  # the four values, in the person's seconds
    assume: float
    act: float
    later: float
    action: Action
    propensity: float  # chance with which the policy took this action
    policy: str  # version of the policy
    why: str  # one line for the person
    delta: float | None  # expected regret that drafts showed; None: no drafts were written
    progress: float = 0.0  # of the task, 0 to 1
    ms: int = 0  # that deciding took beyond the prefill
    shown: str | None = None  # the turn that shows it: a question, or the draft with the chip
    lesson: str | None = None  # the lesson that settled the facet


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision. One may have several: answered, and criticised later."""

    id: str
    decision: str
    how: How
    words: str  # the person's answer; "" if there is none
    ms: int | None  # from its showing to the answer
    y: float | None  # whether an answer changed a kept result; None: no label
    weight: float
    at: datetime
    wish: str | None = None  # what the answer was read into


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A boundary between sections of a reply: resuming feeds the same prefix, byte for byte."""

    id: str
    turn: str  # the draft
    section: int
    heading: str
    prefix: str  # the reply so far
    seed: int
    answers: str  # JSON: facet -> answer
    assumptions: str  # JSON: facet -> the guess that the text rests on
    at: datetime
