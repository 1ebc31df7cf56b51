"""Deleting a chat: its rows and what was made of them, cached replies, the log, exports, copies.

Knows no page. Its lessons stay until they are forgotten. The old bytes of the memory, and copies of
it that hold the chat, go when heed is closed: see debt.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant import answers, debt, purge
from assistant.trace import TELLING
from data import backups, critiques, preferences, tasks
from data.store import Store


def delete(store: Store, home: Path, task: str) -> str:
    """Removes a chat for good. Gives what the person should know of copies that hold it, or "".

    Raises Refusal if there is no such chat, or if not even this can be written down.
    """
    turns = tasks.turns(store, task)
    if turns:
        debt.owe(home, task)
    copies = backups.holding(home, task)
    away = backups.elsewhere(store, home, turns[0].at) if turns else ()
    with store.transaction():
        said = list(_said(store, task))
        prompts, rows = preferences.asked_in(store, task), preferences.made_in(store, task)
        tasks.delete(store, task)
        answers.remove(home, prompts)
        purge.chat(home, said, tuple(rows))
    told = []
    if len(copies) == 1:
        told.append("One backup in heed's folder holds this chat too; it goes when heed is closed.")
    if len(copies) > 1:
        told.append(
            f"{len(copies)} backups in heed's folder hold this chat too; they go when heed is "
            "closed."
        )
    if away:
        told.append(backups.unreached(away))
    return " ".join(told)


def _said(store: Store, task: str) -> Iterator[str]:
    """Every text of a chat, and its lines, that has enough words to be told from any other."""
    for text in (
        tasks.get(store, task).title,
        *(turn.text for turn in tasks.turns(store, task)),
        *(text for one in critiques.of_task(store, task) for text in (one.text, one.edit or "")),
    ):
        yield from (part for part in (text, *text.splitlines()) if len(part.split()) >= TELLING)
