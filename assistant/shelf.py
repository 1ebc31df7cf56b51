"""Which store a chat lives in: the file, or for temporary chats a store in memory.

Nothing of a temporary chat ever reaches the disk.
"""

from __future__ import annotations

from data.store import Store


class Shelf:
    """The two stores of one process."""

    def __init__(self, kept: Store) -> None:
        self.kept = kept
        self.scratch = Store(None)

    def of_task(self, task: str) -> Store:
        """The store that holds this chat."""
        return self._with("SELECT 1 FROM task WHERE id = ?", task)

    def of_turn(self, turn: str) -> Store:
        """The store that holds this turn."""
        return self._with("SELECT 1 FROM turn WHERE id = ?", turn)

    def of_critique(self, critique: str) -> Store:
        """The store that holds this critique."""
        return self._with("SELECT 1 FROM critique WHERE id = ?", critique)

    def of_wish(self, wish: str) -> Store:
        """The store that holds this wish."""
        return self._with("SELECT 1 FROM wish WHERE id = ?", wish)

    def _with(self, query: str, key: str) -> Store:
        return self.scratch if self.scratch.rows(query, (key,)) else self.kept
