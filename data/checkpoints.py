"""The boundaries in a reply that its writing can go back to.

Knows no model: what is fed again is the text that stands here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from data import rows
from data.asking import Checkpoint
from data.store import Store
from data.types import Refusal


def add(store: Store, checkpoint: Checkpoint) -> Checkpoint:
    """Keeps a boundary; fills its id and the time. Raises Refusal if its draft is not there."""
    if not store.rows("SELECT 1 FROM turn WHERE id = ?", [checkpoint.turn]):
        raise Refusal(f"There is no draft {checkpoint.turn!r} to go back in.")
    made = replace(checkpoint, id=checkpoint.id or store.new_id(), at=store.now())
    rows.insert(store, made)
    return made


def get(store: Store, id: str) -> Checkpoint:
    """The boundary. Raises Refusal if there is none of this id."""
    return rows.one(store, Checkpoint, id)


def of_draft(store: Store, turn: str) -> tuple[Checkpoint, ...]:
    """The boundaries of a draft, first section first."""
    return rows.select(store, Checkpoint, "WHERE turn = ? ORDER BY section, id", [turn])


def remove_of(store: Store, drafts: Collection[str]) -> None:
    """Removes the boundaries of drafts; what a forgotten lesson helped to write is not resumed."""
    store.execute("DELETE FROM checkpoint WHERE list_contains(?, turn)", [list(drafts)])
