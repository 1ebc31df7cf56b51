"""The lessons of the sequential bench, each with fresh requests in its scope and near it.

Knows neither a model nor how a lesson is taught; the sentences stand in lessons.jsonl.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from data import ledger
from data.store import Store
from data.types import Check, Condition, Lesson

QUICK = 6  # the first lessons make up the quick form
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class BenchLesson:
    """One lesson as a person says it, how heed must read it, and what it is measured on."""

    id: str
    said: str  # the critique, as typed
    effect: str
    scope: str  # "" is everywhere
    condition: Condition
    check: Check
    inside: tuple[str, ...]  # requests on which the lesson holds
    near: tuple[str, ...]  # requests that look alike and that it must leave alone

    def lesson(self, store: Store, now: datetime, wish: str = "") -> Lesson:
        """Stores the lesson as one that the person approved and that acts from the prompt."""
        return ledger.add(store, self.as_lesson(now, wish))

    def as_lesson(self, now: datetime, wish: str = "") -> Lesson:
        """The same without a store: its id is still empty."""
        return Lesson(
            id="",
            wish=wish,
            effect=self.effect,
            scope=self.scope,
            condition=self.condition,
            check=self.check,
            since=now,
            status="active",
            stance="endorsed",
        )


@cache
def load(quick: bool = False) -> tuple[BenchLesson, ...]:
    """The 24 lessons in the order in which they are taught; the first six for the quick form."""
    found = tuple(_read(line) for line in _lines("lessons.jsonl"))
    return found[:QUICK] if quick else found


@cache
def general() -> tuple[str, ...]:
    """Varied requests of no particular scope, to see what teaching does to everything else."""
    return tuple(json.loads(line)["text"] for line in _lines("general.jsonl"))


def _lines(name: str) -> list[str]:
    text = (_HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


def _read(line: str) -> BenchLesson:
    raw = json.loads(line)
    check = raw["check"]
    return BenchLesson(
        id=raw["id"],
        said=raw["said"],
        effect=raw["effect"],
        scope=raw["scope"],
        condition=tuple((key, value) for key, value in raw["condition"]),
        check=Check(
            check["name"], tuple((key, value) for key, value in check["args"]), check["negate"]
        ),
        inside=tuple(raw["inside"]),
        near=tuple(raw["near"]),
    )
