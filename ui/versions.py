"""The timeline of adapter versions, and a gate report in plain words: counts, before and after.

Knows no gradio, no store verb and no measuring: it reads the report that the gate left.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from assistant import gate
from assistant.rates import Rate
from data import versions
from data.store import Store
from data.types import AdapterVersion, Lesson, VersionState

Row = dict[str, Any]
MADE = ("learn", "compact")  # kinds of runs that make a version
UNTESTED = "The round that made it ended before its test."
REDUCED = "What was left of an older version when a lesson left it; no number of it was moved."


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a gate report; good is None where the line is shown but not judged."""

    text: str
    good: bool | None = None


def rows(
    made: Sequence[AdapterVersion], lessons: Sequence[Lesson], history: Mapping[int, str]
) -> list[Row]:
    """The versions newest first, and the untaught model last as number 0."""
    names = {lesson.id: lesson.effect for lesson in lessons}
    live = next((one.number for one in made if one.state == "live"), None)
    ordered = sorted(made, key=lambda one: -one.number)
    return [
        *(_row(one, names, history.get(one.number, "")) for one in ordered),
        {
            "number": 0,
            "name": "Untaught model",
            "state": "answers now" if live is None else "where it began",
            "live": live is None,
            "failed": False,
            "when": "",
            "lessons": [],
            "report": [],
            "reasons": [],
            "can": live is not None,
        },
    ]


def _row(made: AdapterVersion, names: Mapping[str, str], when: str) -> Row:
    told = report(made, names)
    return {
        "number": made.number,
        "name": f"Version {made.number}",
        "state": state(made),
        "live": made.state == "live",
        "failed": made.state == "candidate" and bool(measured(made)),
        "when": when,
        "lessons": [_named(lesson, names) for lesson in made.lessons],
        "report": [{"text": one.text, "good": one.good} for one in told if one.good is not False],
        "reasons": [one.text for one in told if one.good is False],
        "can": made.state == "retired",
    }


def state(made: AdapterVersion) -> str:
    """What became of a version, in words."""
    named: VersionState = made.state
    match named:
        case "candidate":
            return "did not pass" if measured(made) else "was not tested"
        case "live":
            return "answers now"
        case "retired":
            return "kept"
        case "purged":
            return "removed"
        case _:
            assert_never(named)


def measured(made: AdapterVersion) -> Row:
    """The gate report as it was stored; empty before the gate has run."""
    stored: Row = json.loads(made.gate)
    return stored


def report(made: AdapterVersion, names: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The gate report in plain words; `names` are the effects of lessons by id.

    An accepted version has passed every line. A refused one has its reasons last, and one that
    was never put to the gate says so.
    """
    found = gate.from_json(made.gate)
    if found is None:
        if "reduced" in json.loads(made.settings):
            return (Sentence(REDUCED, True),)
        return (Sentence(UNTESTED),) if made.state == "candidate" else ()
    good = True if found.accepted else None
    new = _named(found.lesson, names) if found.lesson else "What holds everywhere, built anew"
    lines = [f"{new}: {_change(found.before, found.after)}"]
    if found.near_after.n:
        lines.append(f"Where it should not act: {_change(found.near_before, found.near_after)}")
    lines += [
        f"Kept: {_named(one.lesson, names)}: {_change(one.before, one.after)}{_once(one)}"
        for one in found.kept
    ]
    if found.asked is not None:
        changed = _change(found.asked.before, found.asked.after, "requests")
        lines.append(f"Other instructions still followed: {changed}")
    lines.append(
        f"All else drifted by {found.drift:.3f} nats per token (limit {gate.NEUTRAL_DRIFT})"
        if found.drift is not None
        else "All else is as it was: it speaks in no other reply"
    )
    if found.accepted and found.scale != 1.0:
        lines.append(f"Passed at strength {found.scale:g}, not at full strength")
    return (
        *(Sentence(line, good) for line in lines),
        *(Sentence(reason, False) for reason in found.reasons),
    )


def _change(before: Rate, after: Rate, of_what: str = "new prompts") -> str:
    """Counts on one line: the spaces around the arrow do not break."""
    return f"{before.passed}\u00a0\u2192\u00a0{after.passed} of {after.n} {of_what}"


def _once(kept: gate.Kept) -> str:
    """What it obeyed when it was learned; "" if nobody wrote it down."""
    return "" if kept.recorded is None else f" ({kept.recorded} when it was learned)"


def _named(lesson: str, names: Mapping[str, str]) -> str:
    text = names.get(lesson, "a forgotten lesson")
    return text[:1].upper() + text[1:]


def dates(store: Store) -> dict[int, str]:
    """The day and time, here and now, at which each version was made."""
    return {
        run.adapter: run.ended.astimezone().strftime("%d %b, %H:%M")
        for run in versions.runs(store)
        if run.adapter is not None and run.ended is not None and run.kind in MADE
    }
