"""Which store a chat lives in: the file, or for temporary chats a store in memory.

Nothing of a temporary chat ever reaches the disk.
"""

from __future__ import annotations

import threading

from data import tasks
from data.store import Store
from data.types import Task


class Shelf:
    """The two stores of one process; the one in memory is made when a chat first needs it."""

    def __init__(self, kept: Store) -> None:
        self.kept = kept
        self._scratch: Store | None = None
        self._making = threading.Lock()  # two tabs may ask for the first temporary chat at once

    @property
    def scratch(self) -> Store:
        """The store of temporary chats."""
        with self._making:
            if self._scratch is None:
                self._scratch = Store(None)
            return self._scratch

    def chats(self) -> tuple[Task, ...]:
        """Every chat, temporary ones first, each group newest first."""
        temporary = tasks.listing(self._scratch) if self._scratch is not None else ()
        return (*temporary, *tasks.listing(self.kept))

    def of_task(self, task: str) -> Store:
        """The store that holds this chat."""
        return self._with("SELECT 1 FROM task WHERE id = ?", task)

    def of_turn(self, turn: str) -> Store:
        """The store that holds this turn."""
        return self._with("SELECT 1 FROM turn WHERE id = ?", turn)

    def of_wish(self, wish: str) -> Store:
        """The store that holds this wish."""
        return self._with("SELECT 1 FROM wish WHERE id = ?", wish)

    def _with(self, query: str, key: str) -> Store:
        if self._scratch is not None and self._scratch.rows(query, (key,)):
            return self._scratch
        return self.kept
