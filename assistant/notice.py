"""A sentence for the person: in the chat that it concerns, so that it stays, and on every page.

Knows no verb; a chat that was deleted meanwhile is passed over.
"""

from __future__ import annotations

from assistant.hub import Hub
from assistant.shelf import Shelf
from data import standing, tasks
from data.types import Turn


def say(shelf: Shelf, hub: Hub, task: str | None, sentence: str) -> None:
    """Says it in this chat (None: in none) and as the one line that every page shows."""
    if task is not None and any(one.id == task for one in shelf.chats()):
        store = shelf.of_task(task)
        head = tasks.get(store, task).head
        notice = Turn("", task, head, "notice", sentence, 0, "model", "typed", store.now())
        tasks.add_turn(store, notice)
    hub.notify(sentence)
    hub.moved()


def dismiss(shelf: Shelf, hub: Hub) -> None:
    """The person has read what stands on every page: it goes."""
    standing.dismiss(shelf.kept)
    hub.moved()
