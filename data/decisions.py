"""Decisions of the asker and what became of them: written once, read in the order of time.

Knows no policy: `clarify/` folds them into beliefs. What is removed here was never believed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import assert_never

from data import rows
from data.asking import LABELS, Decided, How, Outcome
from data.store import Store
from data.types import Answered, Question, Refusal

Step = Decided | Outcome | str  # a str is a request: its id
_LEARNED = "turn IN (SELECT id FROM turn WHERE learn)"


def add(store: Store, decided: Decided) -> Decided:
    """Keeps a decision. Raises Refusal if its turn is not there."""
    if not store.rows("SELECT 1 FROM turn WHERE id = ?", [decided.turn]):
        raise Refusal(f"There is no turn {decided.turn!r} to decide about.")
    rows.insert(store, decided)
    return decided


def get(store: Store, id: str) -> Decided:
    """The decision. Raises Refusal if there is none of this id."""
    return rows.one(store, Decided, id)


def of_turn(store: Store, turn: str) -> tuple[Decided, ...]:
    """What was decided before the reply to this turn, or is shown by it; oldest first."""
    return rows.select(store, Decided, "WHERE turn = ? OR shown = ? ORDER BY id", [turn, turn])


def show(store: Store, id: str, turn: str) -> Decided:
    """Says which turn shows a decision: its question, or the draft that rests on its guess.

    Raises Refusal if there is no such decision.
    """
    with store.transaction():
        get(store, id)
        store.execute("UPDATE decision SET shown = ? WHERE id = ?", [turn, id])
    return get(store, id)


def end(
    store: Store,
    decision: str,
    how: How,
    words: str = "",
    ms: int | None = None,
    wish: str | None = None,
) -> Outcome:
    """What became of a decision, with the label that this gives. The same ending counts once.

    Raises Refusal if there is no such decision.
    """
    y, weight = LABELS[how]
    with store.transaction():
        get(store, decision)
        known = [one for one in outcomes(store, decision) if (one.how, one.words) == (how, words)]
        if known:
            return known[-1]
        made = Outcome(store.new_id(), decision, how, words, ms, y, weight, store.now(), wish)
        rows.insert(store, made)
    return made


def answered(
    store: Store, question: Question, answered: Answered, words: str, asked: datetime
) -> None:
    """What became of the decision that a question shows, when the person dealt with its card.

    `asked` is when the card came. Nothing where it is open, was taken back, or shows no decision.
    """
    match answered:
        case "open" | "withdrawn":
            return
        case "option":
            how: How = "default" if words == question.assumption else "changed"
        case "words" | "skip" | "mute" | "ignored":
            how = answered
        case _:
            assert_never(answered)
    said = words if how in ("changed", "default", "words") else ""
    ms = int((store.now() - asked).total_seconds() * 1000)
    for (id,) in store.rows("SELECT id FROM decision WHERE shown = ?", [question.turn]):
        end(store, id, how, said, ms)


def outcomes(store: Store, decision: str) -> tuple[Outcome, ...]:
    """What became of one decision, oldest first."""
    return rows.select(store, Outcome, "WHERE decision = ? ORDER BY id", [decision])


def history(store: Store) -> tuple[Step, ...]:
    """Decisions, outcomes and requests of all chats that may be learned from, oldest first.

    The last request is among them, though its task has only begun.
    """
    decided = rows.select(store, Decided, f"WHERE {_LEARNED}")
    ended = rows.select(
        store, Outcome, f"WHERE decision IN (SELECT id FROM decision WHERE {_LEARNED})"
    )
    asked = store.rows("SELECT id FROM turn WHERE kind = 'request' AND learn")
    steps: list[tuple[str, int, Step]] = [(one.id, 1, one) for one in decided]
    steps += [(one.id, 2, one) for one in ended]
    steps += [(id, 0, id) for (id,) in asked]
    return tuple(step for _, _, step in sorted(steps, key=lambda one: one[:2]))


def remove_at(store: Store, turns: Collection[str]) -> int:
    """Removes what was decided at these turns, and what became of it; gives how many decisions."""
    found = store.rows("SELECT id FROM decision WHERE list_contains(?, turn)", [list(turns)])
    return _remove(store, [id for (id,) in found])


def remove_of(store: Store, lesson: str, wishes: Sequence[str], words: Sequence[str]) -> int:
    """Removes what a lesson settled, and decisions whose answer was read into it or says it.

    For forgetting; gives how many decisions.
    """
    found = store.rows(
        "SELECT id FROM decision WHERE lesson = ? UNION SELECT decision FROM outcome"
        " WHERE list_contains(?, wish) OR (words <> '' AND list_contains(?, lower(words)))",
        [lesson, list(wishes), [one.lower() for one in words]],
    )
    return _remove(store, [id for (id,) in found])


def _remove(store: Store, ids: list[str]) -> int:
    with store.transaction():
        store.execute("DELETE FROM outcome WHERE list_contains(?, decision)", [ids])
        store.execute("DELETE FROM decision WHERE list_contains(?, id)", [ids])
    return len(ids)


def blank_vectors(store: Store, turns: Collection[str]) -> None:
    """Empties the prefill vectors of these turns: they were computed under a forgotten lesson."""
    store.execute(
        "UPDATE decision SET vector = [], vector_key = '' WHERE list_contains(?, turn)",
        [list(turns)],
    )
