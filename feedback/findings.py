"""What a rule found in a clause, and what a rule may look at. The common form of all rules.

Makes no wish and knows no reach: parse.py adds those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from data.checks.registry import describe
from data.types import Aim, Check, Claim, Op, WishKind

Sense = Literal["want", "more", "less", "stop", "keep", "fine"]


@dataclass(frozen=True, slots=True)
class Scene:
    """One clause as the rules see it. Both texts have one length; conditions are blanked."""

    text: str  # lower case, quoted words as holes
    plain: str  # as typed
    reply: str  # the criticised reply, or the marked part of it
    whole: str  # the criticised reply
    standing: bool  # always, never, from now on
    request: str = ""  # what the person had asked for


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a clause asks for. `standing`: the check to learn if `check` is relative."""

    kind: WishKind
    aspect: str
    op: Op
    effect: str
    start: int
    end: int
    polarity: int = 0
    check: Check | None = None
    standing: Check | None = None
    aim: Aim = "whole"
    claim: Claim = "none"
    flat: bool = False  # a flat statement of an error
    sure: float = 0.9
    always: bool = False  # about the person: holds everywhere
    permits: bool = False  # allows, asks for nothing
    mocks: bool = False  # praise in words, a complaint in sense
    slots: dict[str, str] = field(default_factory=dict)


def check(name: str, *, negate: bool = False, **args: str | float) -> Check:
    """A stored call of a check, with its arguments by name."""
    return Check(name, tuple(args.items()), negate)


def ask_for(
    found: Check, match: re.Match[str], aspect: str, op: Op, *, polarity: int = 0, effect: str = ""
) -> Finding:
    """A wish about how to write, with a check that decides it."""
    return Finding(
        "style",
        aspect,
        op,
        effect or describe(found),
        match.start(),
        match.end(),
        polarity=polarity,
        check=found,
    )


_LESS = re.compile(r"\b(?:too (?:many|much)|fewer|less|reduce|cut (?:down|back) on|so many)\b")
_KEEP = re.compile(
    r"\b(?:don't|do not|never|not) (?:\w+ )?(?:drop|lose|remove|change|touch|delete|cut|skip|omit"
    r"|avoid|forget|alter|rewrite)\b"
)
_STOP = re.compile(
    r"\b(?:no|not|never|don't|do not|doesn't|without|avoid|stop|drop|remove|skip|lose|cut"
    r"|get rid of"
    r"|omit|leave out|hates?|dislikes?|can't stand|sick of|tired of|instead of"
    r"|rather than|isn't|aren't|no more"
    r"|quit"
    r"|minus|ban|ditch|shouldn't|mustn't|can't|nix)\b"
)
_MORE = re.compile(r"\b(?:more|not enough|could use|needs?|missing|lacks?)\b")
_FINE = re.compile(r"\b(?:don't mind|do not mind|is fine|are fine|is ok(?:ay)?|are ok(?:ay)?)\b")
_NEVER_AFTER = re.compile(r"^\W*(?:please )?(?:never(?: ever| again)?|not (?:ever|again))\W*$")
_USED = re.compile(r"\byou (?:use|put|add|write|give|include|insert)\b")
_AGAIN = re.compile(r"\b(?:every|each)(?: single)? time\b|\ball the time\b|\beverywhere\b")
_BAD_AFTER = re.compile(
    r"^\W*(?:\w+ )?(?:is|are|look|looks|feel|feels|seem|seems)\b.*\b(?:not|n't|annoying|silly"
    r"|ugly|too|bad"
    r"|distracting|unnecessary|unprofessional|pointless|useless|confusing)\b"
)


def sense(before: str, after: str = "") -> Sense:
    """What the words around a noun want of it: negation ends with its part of the clause."""
    if _NEVER_AFTER.match(after) and not _STOP.search(before):
        return "stop"  # "emoji: never"; in "no emoji, never" it only says it again
    joined = re.search(
        r"\b(?:or|nor)\s*$|\b(?:never|no|not|without|avoid|stop)\s*:\s*$|\bnever,\s*$", before
    )
    part = before if joined else re.split(r"[,:]", before)[-1]
    if _FINE.search(part + "x" + after):
        return "fine"
    if _KEEP.search(part):
        return "want" if re.search(r"\b(?:forget|avoid|skip|omit)\b", part) else "keep"
    if re.search(r"\bnot enough\b|\bnot (?:very )?many\b", part):
        return "more"
    if re.search(r"\byou (?:never|hardly ever|rarely|seldom)\b", part):
        return "more"
    if re.search(r"\byou (?:always|keep|constantly|only ever)\b", part):
        return "stop"
    if _USED.search(part) and _AGAIN.search(after):
        return "stop"
    if _STOP.search(part):
        return "less" if re.search(r"\b(?:so many|so much|too many|too much)\b", part) else "stop"
    if _LESS.search(part):
        return "less"
    if _BAD_AFTER.search(after) or re.search(r"^\W*(?:off|out|away)\b", after):
        return "stop"
    return "more" if _MORE.search(part) else "want"
