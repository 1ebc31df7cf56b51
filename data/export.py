"""Preferences as JSON lines in the conversational form that TRL reads, each with its provenance.

Knows no file; audit rows, withdrawn ones and what was not to be learned from are never among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from data import critiques, ledger, preferences
from data.store import Store
from data.types import Critique, Lesson, Message, Preference


def lines(store: Store) -> Iterator[str]:
    """One JSON object per signal, oldest first, without line ends.

    `prompt`, `chosen` and `rejected` are lists of messages; `rejected` is null where something was
    only shown to be good. `origin` and `words` are those of the critique, null where there is none.
    """
    lessons = {lesson.id: lesson for lesson in ledger.all(store)}
    for row in preferences.signals(store):
        lesson = lessons.get(row.lesson) if row.lesson is not None else None
        critique = critiques.get(store, row.critique) if row.critique is not None else None
        yield json.dumps(_object(row, lesson, critique), ensure_ascii=False)


def _object(row: Preference, lesson: Lesson | None, critique: Critique | None) -> dict[str, object]:
    return {
        "prompt": _messages(row.prompt),
        "chosen": _messages([Message("assistant", row.chosen)]),
        "rejected": None
        if row.rejected is None
        else _messages([Message("assistant", row.rejected)]),
        "id": row.id,
        "lesson": row.lesson,
        "effect": None if lesson is None else lesson.effect,
        "scope": None if lesson is None else lesson.scope,
        "status": None if lesson is None else lesson.status,
        "stance": None if lesson is None else lesson.stance,
        "critique": row.critique,
        "words": None if critique is None else critique.text,
        "origin": None if critique is None else asdict(critique.origin),
        "choice": row.choice,
        "role": row.role,
        "made_by": row.made_by,
        "weight": row.weight,
        "split": row.split,
        "source": row.source,
        "trust": row.trust,
    }


def _messages(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"role": each.role, "content": each.text} for each in messages]
