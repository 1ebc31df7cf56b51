"""What became of heed's questions, over all chats of a store: one line each, oldest first.

Knows nothing of what should be asked next.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.store import Store
from data.types import Answered


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, or (trait "") one finished request between two questions."""

    turn: str
    trait: str
    how: Answered
    words: str  # the person's answer; "" if there is none
    assumption: str


def history(store: Store) -> tuple[Asked, ...]:
    """Questions and requests by time; a request is a row with trait ""."""
    found = store.rows(
        """
        SELECT question.turn, question.trait, question.answered, coalesce(turn.text, ''),
               question.assumption
        FROM question LEFT JOIN turn ON turn.id = question.answer
        UNION ALL
        SELECT id, '', 'withdrawn', '', '' FROM turn WHERE kind = 'request'
        ORDER BY 1
        """
    )
    return tuple(Asked(*row) for row in found)
