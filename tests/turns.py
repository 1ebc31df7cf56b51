"""Turns and long chats made up for tests and measurements; knows no model and no page."""

from __future__ import annotations

from datetime import UTC, datetime

from data import tasks
from data.store import Store
from data.types import Source, Turn, TurnKind, TurnState

AT = datetime(2026, 1, 1, tzinfo=UTC)


def turn(
    task: str, parent: str | None, kind: TurnKind, text: str, state: TurnState = "done"
) -> Turn:
    """A turn that the store has not seen yet: a draft is the model's, all else the person's."""
    source: Source = "model" if kind == "draft" else "human"
    return Turn("", task, parent, kind, text, 0, source, "typed", AT, state=state)


def chat_of(store: Store, turns: int) -> str:
    """The id of a chat of so many turns, requests and drafts by turns, ~60 words each."""
    task = tasks.create(store, "A long chat").id
    parent: str | None = None
    with store.transaction():
        for number in range(turns):
            kind: TurnKind = "draft" if number % 2 else "request"
            text = f"Turn {number} says **this**:\n\n" + "- one more word here\n" * 12
            parent = tasks.add_turn(store, turn(task, parent, kind, text)).id
    return task
