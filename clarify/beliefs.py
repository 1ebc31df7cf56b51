"""What past decisions and their outcomes say about this person: a fold, equal when rebuilt.

Knows no request, no model and no store; steps come in by time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from clarify import chance, personal
from clarify.chance import Seen
from clarify.logistic import Line
from clarify.personal import Labelled, Probe
from data.asking import Decided, How, Outcome

FULL = 3.0  # questions in the bucket at most
SKIP_PRIOR = (1.5, 8.5)
USE_PRIOR = (2.0, 3.0)
FIX_PRIOR = (2.0, 2.0)  # chance that a wrong assumption gets changed; an estimate
FADE = 0.97  # of what is known about skips, per question
PAST = 0.98  # of an earlier answer's weight, per task since
REST = 5  # tasks
KAPPA = 1.5
CALM, ANNOYED = 0.4, 12.0  # the range of kappa
TWICE = 2  # equal answers after which a facet is not asked again

Place = tuple[str, str]  # (scope, facet)


@dataclass(frozen=True, slots=True)
class Beliefs:
    """The defaults are those of a stranger. A facet of scope "" holds everywhere."""

    bucket: float = FULL  # questions that may still be asked
    kappa: float = KAPPA  # annoyance: a second of being asked counts as so many
    skip: float = SKIP_PRIOR[0] / sum(SKIP_PRIOR)  # chance that a card is skipped
    fixes: float = FIX_PRIOR[0] / sum(FIX_PRIOR)  # chance that a wrong assumption is changed
    useful: Mapping[Place, float] = field(default_factory=dict)  # chance that asking helped
    chosen: Mapping[Place, Mapping[str, float]] = field(default_factory=dict)  # answer -> weight
    settled: Mapping[Place, str] = field(default_factory=dict)  # answered the same twice
    delta: Mapping[str, float] = field(default_factory=dict)  # facet -> mean regret so far
    resting: frozenset[Place] = frozenset()  # skipped within the last five tasks
    muted: frozenset[Place] = frozenset()
    assume_only: bool = False  # over half of the last ten questions were wasted
    line: Line = chance.START  # of the chance that an answer is wanted
    probes: Mapping[str, Probe] = field(default_factory=dict)  # by the key of the vectors

    def use(self, place: Place) -> float:
        """The chance that asking this helped, before anything is known the mean of Beta(2, 3)."""
        return self.useful.get(place, USE_PRIOR[0] / sum(USE_PRIOR))

    def silent(self, place: Place) -> bool:
        """Whether the person wants no question about this."""
        return place in self.muted or ("", place[1]) in self.muted

    def rests(self, place: Place) -> bool:
        """Whether a question about this was skipped a short while ago."""
        return place in self.resting or ("", place[1]) in self.resting


@dataclass(slots=True)
class _Tally:
    """What the fold carries from step to step."""

    decided: dict[str, Decided] = field(default_factory=dict)
    bucket: float = FULL
    kappa: float = KAPPA
    skips: float = 0.0
    answers: float = 0.0
    fixed: float = 0.0
    unfixed: float = 0.0
    hits: dict[Place, float] = field(default_factory=dict)
    misses: dict[Place, float] = field(default_factory=dict)
    chosen: dict[Place, dict[str, float]] = field(default_factory=dict)
    last: dict[Place, list[str]] = field(default_factory=dict)
    deltas: dict[str, list[float]] = field(default_factory=dict)
    rests: dict[Place, int] = field(default_factory=dict)
    muted: set[Place] = field(default_factory=set)
    wasted: list[bool] = field(default_factory=list)
    pause: int = 0
    seen: list[Seen] = field(default_factory=list)
    labelled: dict[str, list[Labelled]] = field(default_factory=dict)


def after(steps: Iterable[Decided | Outcome | str]) -> Beliefs:
    """Beliefs after these steps, oldest first; a str is a request, which ends the task before it.

    The same steps give equal numbers. An outcome whose decision is not among them says nothing.
    """
    tally = _Tally()
    for step in steps:
        match step:
            case Decided():
                tally.decided[step.id] = step
                if step.delta is not None and step.facet:
                    tally.deltas.setdefault(step.facet, []).append(step.delta)
            case Outcome():
                if step.decision in tally.decided:
                    _ended(tally, tally.decided[step.decision], step)
            case str():
                _next_task(tally)
            case _:
                assert_never(step)
    return _beliefs(tally)


def _next_task(tally: _Tally) -> None:
    tally.bucket = min(FULL, tally.bucket + 0.5)
    tally.rests = {place: left - 1 for place, left in tally.rests.items() if left > 1}
    tally.pause = max(0, tally.pause - 1)
    for answers in tally.chosen.values():
        for answer in answers:
            answers[answer] *= PAST


def _ended(tally: _Tally, decided: Decided, outcome: Outcome) -> None:
    place, how = (decided.scope, decided.facet), outcome.how
    step, hit, miss, cost = _effects(how)
    tally.kappa = min(ANNOYED, max(CALM, tally.kappa * math.exp(step)))
    tally.hits[place] = tally.hits.get(place, 0.0) + hit
    tally.misses[place] = tally.misses.get(place, 0.0) + miss
    tally.bucket = min(FULL, max(0.0, tally.bucket - cost))
    if how in ("changed", "words", "default", "skip", "ignored"):
        tally.skips = tally.skips * FADE + (how == "skip")
        tally.answers = tally.answers * FADE + (how != "skip")
        tally.wasted = [*tally.wasted, how in ("skip", "ignored")][-10:]
        if len(tally.wasted) == 10 and sum(tally.wasted) > 5:
            tally.pause, tally.wasted = REST, []
    if how in ("changed", "words", "default", "fixed") and outcome.words.strip():
        said = " ".join(outcome.words.split())
        answers = tally.chosen.setdefault(place, {})
        answers[said.casefold()] = answers.get(said.casefold(), 0.0) + 1.0
        tally.last[place] = [*tally.last.get(place, []), said][-TWICE:]
    match how:
        case "skip":
            tally.rests[place] = REST
        case "mute":
            tally.muted.add(place)
        case "fixed":
            tally.fixed += 1.0
        case "criticised" if decided.action == "assume":
            tally.unfixed += 1.0
        case _:
            pass
    if outcome.y is not None:
        tally.seen.append(Seen(decided.features, outcome.y, outcome.weight, decided.propensity))
        if decided.vector:
            one = Labelled(decided.vector, outcome.y, outcome.weight)
            tally.labelled.setdefault(decided.vector_key, []).append(one)


def _beliefs(tally: _Tally) -> Beliefs:
    a, b = SKIP_PRIOR
    good, bad = USE_PRIOR
    probes = {key: personal.fit(seen) for key, seen in sorted(tally.labelled.items())}
    return Beliefs(
        bucket=tally.bucket,
        kappa=tally.kappa,
        skip=(a + tally.skips) / (a + b + tally.skips + tally.answers),
        fixes=(FIX_PRIOR[0] + tally.fixed) / (sum(FIX_PRIOR) + tally.fixed + tally.unfixed),
        useful={
            place: (good + tally.hits[place])
            / (good + bad + tally.hits[place] + tally.misses[place])
            for place in sorted(tally.hits)
        },
        chosen={place: dict(sorted(some.items())) for place, some in sorted(tally.chosen.items())},
        settled={
            place: said[-1]
            for place, said in sorted(tally.last.items())
            if len(said) == TWICE and len({one.casefold() for one in said}) == 1
        },
        delta={name: sum(seen) / len(seen) for name, seen in sorted(tally.deltas.items())},
        resting=frozenset(tally.rests),
        muted=frozenset(tally.muted),
        assume_only=tally.pause > 0,
        line=chance.refit(tally.seen),
        probes={key: probe for key, probe in probes.items() if probe is not None},
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
        case _:
            assert_never(how)
