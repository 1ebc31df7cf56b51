"""Before and after as rows of the page: the last report, each lesson in counts with intervals.

Knows no gradio and no verb; plain JSON goes out, with all words already chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant import card, report
from assistant.hub import Snapshot
from assistant.rates import Rate
from assistant.report import Change, Report
from data.store import Store
from data.types import Lesson, Refusal
from ui import ledger

Row = dict[str, Any]

OBEYED, SENSE, OUTSIDE = "Obeyed", "Makes sense on a second look", "Where it should not act"


@dataclass(frozen=True, slots=True)
class Compared:
    """The last report, None before the first, and why none can be made now, "" if one can."""

    last: Report | None = None
    lacks: str = ""


def read(store: Store) -> Compared:
    """What the store holds of it."""
    try:
        report.reportable(store)
    except Refusal as refusal:
        return Compared(report.last(store), str(refusal))
    return Compared(report.last(store))


def row(snap: Snapshot, found: Compared) -> Row | None:
    """The section; None while there is nothing to compare and nothing was."""
    work = ledger.doing(snap, report.REPORTING)
    if found.last is None and found.lacks and work is None:
        return None
    return {
        "can": work is None and not found.lacks,
        "work": work,
        "told": None if found.last is None else _told(found.last, snap),
    }


def _told(last: Report, snap: Snapshot) -> Row:
    known = {one.id: one for one in snap.lessons}
    return {
        "version": last.version,
        "lead": _lead(last, snap.live),
        "looks": [
            {
                "lesson": one.lesson,
                "name": report.named(known.get(one.lesson)),
                "changes": [
                    _change(OBEYED, one.obeyed),
                    *([_change(SENSE, one.sense)] if one.sense.enough else ()),
                    *([_change(OUTSIDE, one.outside)] if one.outside.after.n else ()),
                ],
            }
            for one in last.looks
        ],
        "alarms": _alarms(last, known),
        "conditions": card.lines(last.conditions),
    }


def _lead(last: Report, live: int | None) -> str:
    said = (
        f"Version {last.version} beside the untaught model, on prompts that only reports read; "
        "behind each count its 95\u00a0% interval."
    )
    if live == last.version:
        return said
    now = "the untaught model answers" if live is None else f"version {live} answers"
    return f"{said} Now {now}."


def _change(name: str, change: Change) -> Row:
    return {
        "name": name,
        "few": "" if change.enough else _few(change.after.n),
        "before": _rate(change.before),
        "after": _rate(change.after),
    }


def _few(n: int) -> str:
    prompts = "1 prompt" if n == 1 else f"{n} prompts"
    return f"{report.TOO_FEW}: {prompts}, {report.LEAST} are needed"


def _rate(rate: Rate) -> Row:
    low, high = rate.interval()
    return {
        "share": round(rate.share, 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "counts": str(rate),
        "interval": f"{low:.2f} to {high:.2f}",
    }


def _alarms(last: Report, known: Mapping[str, Lesson]) -> Sequence[str]:
    return [report.alarmed(known.get(one.lesson), one) for one in last.alarms]
