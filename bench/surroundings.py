"""Rows outside a lesson's scope, with the base's own answers: objectives of one adapter hold these.

heed itself needs none of them, since its blocks are silent there. Knows no loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant import prompt
from assistant.answers import Answers
from assistant.protocols import Model
from bench.exam import LIMIT
from data.split import split_of
from data.store import Store
from data.types import Embed, ItemRole, Lesson, Message, Preference
from feedback import examples, holding
from tests.rows import row
from tests.steps import result

NEAR, GENERAL = 8, 8


def rows(
    store: Store, model: Model, home: Path, embed: Embed, seed: int, lesson: Lesson,
    older: Sequence[Lesson],
) -> tuple[Preference, ...]:  # fmt: skip
    """The base's greedy answers to near and general requests at which no older lesson holds."""
    chosen = examples.choose(lesson, (), embed, seed)
    holds = holding.ids(older, embed)

    def some(texts: Sequence[str], most: int) -> list[str]:
        train = [text for text in texts if split_of(text, "pool") == "train"]
        return [text for text in train if not holds(text)][:most]

    asked: list[tuple[ItemRole, str]] = [("near", text) for text in some(chosen.near, NEAR)]
    asked += [("general", text) for text in some(chosen.general, GENERAL)]
    answers = Answers(store, model, home, [lesson.id], LIMIT)
    said = [prompt.plain((Message("user", text),)) for _, text in asked]
    replies = result(answers.greedy(said, "Asking the untaught model"))
    return tuple(
        replace(row(at, text, reply, None, lesson.id, role), made_by="base", weight=0.5, cut=True)
        for at, ((role, text), reply) in enumerate(zip(asked, replies, strict=True))
        if reply.strip()
    )
