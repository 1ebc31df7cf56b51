"""What is put right when a home is opened, after a crash, a move or a full disk.

Knows no model and no page: what the person should know comes back as sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant import agreement, forget
from data import backups, caches, tasks, versions
from data.store import Store
from data.types import Refusal


def at_start(store: Store, home: Path) -> tuple[str, ...]:
    """Puts rows and files in agreement. What cannot be finished now is left for a later start."""
    said = [
        *_tried(lambda: _rehomed(store, home), "heed's folder was moved, and is not noted yet."),
        *_tried(
            lambda: forget.mend(store, home),
            "What was removed still stands in old bytes of the memory; heed tries again at the "
            "next start.",
        ),
        *_tried(lambda: backups.sweep(store), "A half written backup is still there."),
        *_tried(lambda: tasks.mend(store), "A reply that was cut off is not marked so yet."),
        *_tried(lambda: versions.mend_runs(store), "A broken round is not marked so yet."),
        *_tried(lambda: _versions(store, home), "The files of versions are not put in order yet."),
    ]
    return tuple(said)


def _rehomed(store: Store, home: Path) -> tuple[str, ...]:
    agreement.rehome(store, home)
    caches.move_targets(store, home / "targets")
    return ()


def _versions(store: Store, home: Path) -> tuple[str, ...]:
    said = agreement.mend(store, home).sentence
    return (said,) if said else ()


def _tried(step: Callable[[], object], otherwise: str) -> tuple[str, ...]:
    """A start on a full disk must work all the same: what it could not do is said."""
    try:
        said = step()
    except (Refusal, OSError) as problem:
        return (f"{otherwise} The reason: {problem}",)
    return said if isinstance(said, tuple) else ()
