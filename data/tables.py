"""Which table keeps which record.

Knows no column and no SQL; tables without a record of their own are in `schema.py` alone.
"""

from __future__ import annotations

from typing import Any

from data.asking import Checkpoint, Decided, Outcome
from data.types import (
    AdapterVersion,
    Choice,
    Correction,
    Critique,
    Disclosure,
    Edge,
    Event,
    Lesson,
    Metric,
    Preference,
    Prompt,
    Question,
    Receipt,
    Run,
    Task,
    Turn,
    Wish,
)

# The first field of each is its key, but of an edge (winner, loser, condition) and a metric
# (run, name, split).
TABLES: dict[type[Any], str] = {
    Task: "task",
    Turn: "turn",
    Question: "question",
    Decided: "decision",
    Outcome: "outcome",
    Checkpoint: "checkpoint",
    Disclosure: "disclosure",
    Event: "event",
    Critique: "critique",
    Wish: "wish",
    Correction: "correction",
    Choice: "choice",
    Lesson: "lesson",
    Edge: "lesson_edge",
    Prompt: "prompt",
    Preference: "preference",
    AdapterVersion: "adapter",
    Run: "run",
    Metric: "metric",
    Receipt: "receipt",
}
