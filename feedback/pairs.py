"""From what a person accepted, edited or praised to preferences, each with its provenance.

The prompt is the conversation up to the request, as if the correction had never been said. Gates
are never lowered; what does not pass is refused with a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from data.checks import registry
from data.checks.relative import KEPT, retained
from data.checks.units import word_count
from data.split import split_of
from data.types import Critique, MadeBy, Message, Preference, Trust, Wish
from feedback import sarcasm

Gate = Literal[
    "request", "empty", "claim", "kind", "edit", "copy", "check", "kept", "same", "length", "praise"
]
COPY = 0.98  # from here on a revision is a copy of what it replaces
SHORTEST, LONGEST = 0.5, 2.0  # of the rejected reply's words, unless the wish is about length
LEAST_EDIT, MOST_EDIT = 0.02, 0.9  # of the letters
ONCE = 0.3  # of a pair whose wishes no lesson carries on
_SOURCE: Mapping[MadeBy, float] = {
    "edit": 1.0, "accepted": 0.9, "checked": 0.5, "choice": 0.9, "praise": 0.3, "teacher": 0.5,
    "rewriter": 0.5, "base": 0.5,
}  # fmt: skip
_PRAISED_PART = 0.2
_SNIDE = 0.3
FEW = 2  # words beside the praise that may say nothing
_COURTESY = re.compile(
    r"(?:thanks?|you|thx|ty|please|heed|hi|hello|hey|ok(?:ay)?|yes|yeah|yep|oh|well|so|and|really"
    r"|very|much|again|just|also|it|is|was|this|that|now|for|an?|the|of|to|i|i'm|dear|bye|cheers"
    r"|danke|merci|gracias|grazie|bitte|und|et|y|e)"
)
_UNSEEN = ("tone", "correctness", "facts_about_me")  # no check stands for these
_NO_DATA = ("once", "process", "meta", "clarify", "retract", "none")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The preferences that came of an act, or the gate and the sentence that say why none did."""

    preferences: tuple[Preference, ...]
    refused: str | None = None
    gate: Gate | None = None


class _No(NamedTuple):
    """A gate that did not open, and why."""

    gate: Gate
    why: str


def from_acceptance(
    *,
    history: Sequence[Message],
    rejected: str | None,
    chosen: str,
    wishes: Sequence[Wish],
    lesson_ids: Mapping[str, str],
    critique_id: str | None,
    made_by: MadeBy,
    similarity: float,
    trust: Trust = "typed",
    choice: str | None = None,
) -> Outcome:
    """One preference per lesson, or one of no lesson; `history` ends with the request.

    `similarity` of both texts is 0 to 1. Without `rejected` it is a demonstration. `trust` is that
    of the words that led to `chosen`: what was pasted is kept and never learned from.
    """
    standing = [wish for wish in wishes if wish.settled != "rejected"]
    no = _unusable(history, chosen, standing)
    if no is None and rejected is not None:
        no = (
            _edit_gate(similarity)
            if made_by == "edit"
            else _gates(rejected, chosen, standing, similarity)
        )
    if no is not None:
        return Outcome((), f"No usable pair: {no.why}", no.gate)
    bearing = [w for w in standing if w.kind not in _NO_DATA]
    owners: dict[str | None, float] = {}
    for wish in bearing:
        lesson = lesson_ids.get(wish.id)
        if lesson is not None:
            owners[lesson] = max(owners.get(lesson, 0.0), _weight(wish, made_by))
    if not owners:
        owners[None] = ONCE * max((_weight(w, made_by) for w in bearing), default=_SOURCE[made_by])
    return Outcome(
        tuple(
            _preference(
                history,
                chosen,
                rejected,
                made_by,
                critique_id,
                lesson,
                weight,
                trust=trust,
                choice=choice,
            )
            for lesson, weight in owners.items()
        )
    )


def from_checked(
    *,
    history: Sequence[Message],
    rejected: str,
    chosen: str,
    wishes: Sequence[Wish],
    critique_id: str,
    similarity: float,
    trust: Trust = "typed",
) -> Outcome:
    """A pair from a repair that nobody accepted, where code can see all that was asked for.

    Never about tone or facts: no check stands for them.
    """
    asking = _asking([wish for wish in wishes if wish.settled != "rejected"])
    if not asking or any(wish.check is None or wish.aspect in _UNSEEN for wish in asking):
        return Outcome((), "No usable pair: code cannot see all that was asked for.", "check")
    return from_acceptance(
        history=history,
        rejected=rejected,
        chosen=chosen,
        wishes=wishes,
        lesson_ids={},
        critique_id=critique_id,
        made_by="checked",
        similarity=similarity,
        trust=trust,
    )


def from_praise(
    history: Sequence[Message], text: str, wishes: Sequence[Wish], critique: Critique
) -> Outcome:
    """A light demonstration, where praise stands alone: no complaint, no thumb down, no sarcasm."""
    no = _unusable(history, text, wishes)
    praise = [wish for wish in wishes if wish.kind == "praise" and wish.settled != "rejected"]
    if no is None and not praise and critique.thumb != "up":
        no = _No("praise", "nothing in it was praised.")
    if no is None and critique.thumb == "down":
        no = _No("praise", "the words praise it and the thumb does not.")
    if no is None and any(wish.polarity < 0 for wish in wishes):
        no = _No("praise", "something else in it was criticised.")
    if no is None and any(wish.op not in ("keep", "none") for wish in wishes):
        no = _No("praise", "something in it should change.")
    mocks = sarcasm.doubt(critique.text.lower(), praise=True)
    if no is None and (mocks >= _SNIDE or any(_sarcasm(wish) >= _SNIDE for wish in wishes)):
        no = _No("praise", "the praise may not be meant.")
    if no is None and len(_unread(critique.text, wishes)) > FEW:
        no = _No("praise", "not all that was said of it was understood.")
    if no is None and critique.edit is not None:
        no = _No("praise", "the reply was edited as well.")
    if no is not None:
        return Outcome((), f"No demonstration: {no.why}", no.gate)
    part = bool(praise) and all(wish.aim == "span" for wish in praise)
    weight = _PRAISED_PART if part else _SOURCE["praise"]
    row = _preference(
        history, text, None, "praise", critique.id, None, weight, trust=critique.origin.trust
    )
    return Outcome((row,))


def _unread(text: str, wishes: Sequence[Wish]) -> list[str]:
    """The words that no wish quotes, but for greetings, thanks and the like: they may take back."""
    left = list(text)
    for wish in wishes:
        start, end = wish.quote.start or 0, wish.quote.end or 0
        left[start:end] = " " * (end - start)
    words = re.findall(r"[\u3040-\u9fff\uac00-\ud7af]|[^\W_]+(?:'\w+)?", "".join(left).lower())
    return [word for word in words if not _COURTESY.fullmatch(word)]


def _unusable(history: Sequence[Message], chosen: str, wishes: Sequence[Wish]) -> _No | None:
    if not history or history[-1].role != "user":
        return _No("request", "there is no request that it answers.")
    if not chosen.strip():
        return _No("empty", "the better side is empty.")
    if any(wish.claim in ("unverified", "refuted") for wish in wishes):
        return _No("claim", "it rests on a fact that nobody has checked.")
    if wishes and all(wish.kind in _NO_DATA for wish in wishes):
        return _No(
            "kind", "what was said concerns this task alone, or heed itself, and is not learned."
        )
    return None


def similarity(old: str, new: str) -> float:
    """How much of two texts is the same, 0 to 1, as the gates of a pair want it."""
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _edit_gate(similarity: float) -> _No | None:
    changed = 1 - similarity
    if changed < LEAST_EDIT:
        return _No("edit", f"the edit changed only {100 * changed:.1f} % of the letters.")
    if changed > MOST_EDIT:
        return _No(
            "edit", f"the edit changed {100 * changed:.0f} % of the letters: that is another text."
        )
    return None


def _gates(rejected: str, chosen: str, wishes: Sequence[Wish], similarity: float) -> _No | None:
    if not rejected.strip():
        return _No("empty", "the reply that was criticised is empty.")
    if similarity >= COPY:
        return _No("copy", f"the new reply copies the old one ({100 * similarity:.0f} % the same).")
    for wish in wishes:
        if wish.op == "keep" and wish.target and retained(wish.target.quote, chosen) < KEPT:
            return _No("kept", f"a part that should stay is gone: {wish.effect!r}.")
        if wish.check is not None and not registry.passes(wish.check, chosen, before=rejected):
            if wish.check.name == "kept" and not wish.check.negate:
                return _No("kept", f"a part that should stay is gone: {wish.effect!r}.")
            return _No("check", f"the new reply does not do this: {wish.effect!r}.")
    seen = [wish.check for wish in _asking(wishes) if wish.check is not None]
    if seen and all(registry.passes(check, rejected, before=rejected) for check in seen):
        return _No(
            "same", "the old reply passes every check too, so the two do not differ in those."
        )
    if not any(_about_length(wish) for wish in wishes):
        ratio = word_count(chosen) / max(1, word_count(rejected))
        if not SHORTEST <= ratio <= LONGEST:
            return _No("length", f"the new reply has {ratio:.1f} times the words of the old one.")
    return None


def _asking(wishes: Sequence[Wish]) -> list[Wish]:
    return [wish for wish in wishes if wish.kind != "praise" and wish.kind not in _NO_DATA]


def _about_length(wish: Wish) -> bool:
    if wish.aspect in ("length", "detail_examples", "completeness", "language"):
        return True
    if wish.op == "remove" or wish.check is None:
        return wish.op == "remove"
    return registry.kind_of(wish.check).family in ("length", "language")


def _weight(wish: Wish, made_by: MadeBy) -> float:
    sure = 1.0 if wish.settled in ("yes", "edited") else wish.sure
    return _SOURCE[made_by] * wish.strength * sure


def _sarcasm(wish: Wish) -> float:
    found = json.loads(wish.slots).get("sarcasm_p", 0.0)
    return float(found) if isinstance(found, int | float) else 0.0


def _preference(
    history: Sequence[Message],
    chosen: str,
    rejected: str | None,
    made_by: MadeBy,
    critique: str | None,
    lesson: str | None,
    weight: float,
    *,
    trust: Trust = "typed",
    choice: str | None = None,
) -> Preference:
    return Preference(
        id="",
        lesson=lesson,
        critique=critique,
        choice=choice,
        prompt=tuple(history),
        chosen=chosen,
        rejected=rejected,
        role="in",
        made_by=made_by,
        weight=round(weight, 3),
        split=split_of(history[-1].text, "chat"),
        source="check" if made_by == "checked" else "human",
        trust=trust,
    )
