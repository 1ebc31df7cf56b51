"""What is put right when a home is opened, after a crash, a move or a full disk.

Knows no model and no page: what the person should know comes back as sentences.
"""

from __future__ import annotations

from pathlib import Path

from assistant import adapters, forget
from data import backups, caches, tasks, versions
from data.store import Store
from data.types import Refusal


def at_start(store: Store, home: Path) -> tuple[str, ...]:
    """Puts rows and files in agreement. What cannot be finished now is left for a later start."""
    said = []
    adapters.rehome(store, home)
    caches.move_targets(store, home / "targets")
    try:
        forget.mend(store, home)
        backups.sweep(store)
    except (Refusal, OSError) as problem:
        said.append(
            f"What was removed still stands in old bytes of the memory, for {problem} heed tries "
            "again at the next start."
        )
    tasks.mend(store)
    versions.mend_runs(store)
    mended = adapters.mend(store, home)
    if mended.retired:
        numbers = ", ".join(str(one) for one in mended.retired)
        said.append(f"The files of version {numbers} are damaged; it was retired.")
    return tuple(said)
