"""A conversation that a program brings along, as a chat of its own that teaches nothing.

Nobody knows who wrote its words; only what was asked and answered here may be learned from.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.shelf import Shelf
from assistant.typed import clean
from data import tasks
from data.types import Message, Turn


def carry(shelf: Shelf, messages: Sequence[Message]) -> str:
    """The id of a new chat that begins with these; "New chat" without any.

    Each is a request or a reply. Raises Refusal where one is empty or too long.
    """
    said = [(one.role, clean(one.text)) for one in messages]
    store = shelf.kept
    with store.transaction():
        task = tasks.create(store, "New chat")
        above: str | None = None
        for role, text in said:
            turn = Turn(
                id="",
                task=task.id,
                parent=above,
                kind="request" if role == "user" else "draft",
                text=text,
                number=0,
                source="human" if role == "user" else "model",
                trust="imported",
                at=store.now(),
                learn=False,
            )
            above = tasks.add_turn(store, turn).id
        if said:
            tasks.rename(store, task.id, said[0][1].splitlines()[0][:60])
    return task.id
