"""The timeline of adapter versions, and a gate report in plain words: counts, before and after.

Knows no gradio, no store verb and no measuring: it reads the report that the gate left.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from data import versions
from data.store import Store
from data.types import AdapterVersion, Lesson, VersionState

Row = dict[str, Any]


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
            "can": live is not None,
        },
    ]


def _row(made: AdapterVersion, names: Mapping[str, str], when: str) -> Row:
    return {
        "number": made.number,
        "name": f"Version {made.number}",
        "state": state(made),
        "live": made.state == "live",
        "failed": made.state == "candidate",
        "when": when,
        "lessons": [names.get(lesson, "a forgotten lesson") for lesson in made.lessons],
        "report": [{"text": line.text, "good": line.good} for line in report(made)],
        "can": made.state == "retired",
    }


def state(made: AdapterVersion) -> str:
    """What became of a version, in words."""
    named: VersionState = made.state
    match named:
        case "candidate":
            return "did not pass"
        case "live":
            return "answers now"
        case "retired":
            return "kept"
        case "purged":
            return "removed"
        case _:
            assert_never(named)


def gate(made: AdapterVersion) -> Row:
    """The gate report as it was stored; empty before the gate has run."""
    stored: Row = json.loads(made.gate)
    return stored


def report(made: AdapterVersion) -> tuple[Sentence, ...]:
    """The gate report in plain words."""
    return ()


def dates(store: Store) -> dict[int, str]:
    """The day and time, here and now, at which each version was made."""
    return {
        run.adapter: run.ended.astimezone().strftime("%d %b, %H:%M")
        for run in versions.runs(store)
        if run.adapter is not None and run.ended is not None
    }
