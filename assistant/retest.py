"""Whether lessons that were built anew hold as before: the new version beside the one that answers.

Knows no store. No lesson is new here, so none must rise; all must be left, and nothing else moved.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import gate, instructions, neutral, replies, sanity
from assistant.gate import Asked, GateReport, Kept
from assistant.protocols import Holds, Model, Progress
from assistant.rates import Paired, Rate
from data.checks import registry
from data.types import AdapterVersion, Lesson


@dataclass(frozen=True, slots=True)
class Tested:
    """A lesson and the held prompts that it is tested on, inside its scope and near it."""

    lesson: Lesson
    inside: tuple[str, ...]
    near: tuple[str, ...]


def judge(
    model: Model,
    live: AdapterVersion,
    candidate: AdapterVersion,
    tested: Sequence[Tested],
    recorded: Mapping[str, Rate],
    holds: Holds,
    limit: int,
) -> Generator[Progress, None, tuple[GateReport, float]]:
    """The report of the candidate beside the live version, and how far that one has drifted."""
    began = time.monotonic()
    checks = [one.lesson.check for one in tested]
    families = {registry.kind_of(check).family for check in checks if check is not None}
    orders = instructions.chosen(set(), families)
    inside = tuple(dict.fromkeys(text for one in tested for text in one.inside))
    near = tuple(text for one in tested for text in one.near)
    prompts = tuple(dict.fromkeys((*inside, *near, *(one.text for one in orders))))
    before = yield from replies.ask(model, live, 1.0, prompts, holds, limit, "Testing: before")
    after = yield from replies.ask(model, candidate, 1.0, prompts, holds, limit, "Testing: after")
    plain, always = [((), text) for text in neutral.HELD], holds("")
    once = yield from gate.drifted(model, live, 1.0, always, plain, "what else had changed")
    drift = yield from gate.drifted(model, candidate, 1.0, always, plain, "what else has changed")

    def pair(what: str, lesson: Lesson, texts: Sequence[str]) -> Paired:
        was, now = (gate.outcomes(lesson, texts, found) for found in (before, after))
        return Paired.of(what, was, now)

    own = [pair(one.lesson.id, one.lesson, one.inside) for one in tested]
    spread = [pair(gate.NEAR, one.lesson, one.near) for one in tested]
    told = Paired.of(gate.ASKED, gate.follows(orders, before), gate.follows(orders, after))
    report = GateReport(
        lesson="",
        accepted=False,
        reasons=(),
        before=_sum(one.rate_before for one in own),
        after=_sum(one.rate_after for one in own),
        near_before=_sum(one.rate_before for one in spread),
        near_after=_sum(one.rate_after for one in spread),
        drift=round(drift, 5),
        kept=tuple(
            Kept(one.what, one.rate_before, one.rate_after, recorded.get(one.what)) for one in own
        ),
        sanity_before=sanity.of([before[text] for text in inside], limit),
        sanity=sanity.of([after[text] for text in inside], limit),
        seconds=round(time.monotonic() - began, 1),
        asked=Asked.of(told),
        paired=(*own, *spread, told),
    )
    reasons = verdict(report, round(once, 5))
    return replace(report, accepted=not reasons, reasons=reasons), once


def verdict(report: GateReport, once: float) -> tuple[str, ...]:
    """Why the live version stays, one sentence each; empty if the new one takes its place.

    `once` is how far the live version has drifted on the same text, in nats per token.
    """
    reasons = [said for one in report.kept if (said := _lost(one))]
    spread = report.near_after.passed - report.near_before.passed
    if spread > max(1, round(gate.LEAK * report.near_after.n)):
        reasons.append(f"Lessons spread to {spread} of {report.near_after.n} other requests.")
    most = min(once, gate.NEUTRAL_DRIFT)
    if report.drift is not None and report.drift > most:
        reasons.append(
            f"Other text drifted by {report.drift:.4f} nats per token, more than {most:.4f}."
        )
    reasons += gate.unheeded(report)
    return (*reasons, *sanity.faults(report.sanity_before, report.sanity, any_length=False))


def _lost(kept: Kept) -> str:
    """Why a lesson does not hold as it did right after it was learned; "" if it does."""
    once = kept.recorded or kept.before
    if kept.after.passed >= gate.floor(once, kept.after.n):
        return ""
    return f"A lesson holds in {kept.after} replies; right after it was learned it held in {once}."


def _sum(rates: Iterable[Rate]) -> Rate:
    found = tuple(rates)
    return Rate(sum(one.passed for one in found), sum(one.n for one in found))
