"""Tokens that the prompts no longer hold, because weights hold their lessons: counted with a turn.

Knows no tokenizer: the model counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant import prompt
from data.store import Store
from data.types import Lesson, Message

Count = Callable[[Sequence[Message]], int]  # tokens of a conversation


@dataclass(frozen=True, slots=True)
class Saved:
    """Tokens saved in the newest reply and in all; `turns` counts the replies that saved any."""

    last: int
    total: int
    turns: int


def of(
    count: Count, said: Sequence[Message], lessons: Sequence[Lesson], standing: Sequence[Lesson]
) -> int:
    """Tokens that a prompt with all `lessons` would take beyond one with those of `standing`."""
    if len(lessons) == len(standing):
        return 0
    return count(prompt.build(said, _effects(lessons))) - count(
        prompt.build(said, _effects(standing))
    )


def read(store: Store) -> Saved:
    """What the replies of this store saved; those of deleted chats are gone."""
    ((last, total, turns),) = store.rows(
        "SELECT coalesce(arg_max(saved, id), 0), coalesce(sum(saved), 0)::BIGINT,"
        " count(*) FILTER (saved > 0) FROM (SELECT id, coalesce(TRY_CAST("
        " json_extract_string(made_with, '$.saved') AS BIGINT), 0) AS saved"
        " FROM turn WHERE kind = 'draft' AND source = 'model')"
    )
    return Saved(last, total, turns)


def _effects(lessons: Sequence[Lesson]) -> tuple[str, ...]:
    return tuple(one.effect for one in lessons)
