"""Copies of the memory that the person asked for: where they lie, and which a forgetting reaches.

Knows no lesson. A copy outside of the home may have been moved, so only its making is known.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from data import ledger
from data.store import Store
from data.types import Refusal

_SUBJECT = "backup"  # of the events that say where a copy was begun and made
_BEGUN, _MADE = "begun", "made"


def make(store: Store, folder: Path) -> Path:
    """A copy of everything in `folder`, remembered; whole or absent.

    What an earlier one left half written goes first. Raises Refusal if the copy cannot be written.
    """
    sweep(store)
    with suppress(Refusal):  # a memory that takes no more can still be copied elsewhere
        ledger.note(store, _SUBJECT, "", str(folder), _BEGUN)
    copy = store.backup(folder)
    with suppress(Refusal):
        ledger.note(store, _SUBJECT, str(folder), str(copy), _MADE)
    return copy


def elsewhere(store: Store, home: Path) -> tuple[Path, ...]:
    """The copies that were ever made outside of this home, oldest first."""
    made = [Path(one.after) for one in ledger.events(store, _SUBJECT) if one.why == _MADE]
    return tuple(path for path in made if not path.is_relative_to(home.absolute()))


def within(home: Path) -> tuple[Path, ...]:
    """Every copy inside this home, half ones too, by path."""
    return tuple(sorted({*home.rglob("memory-*.duckdb*"), *(home / "backups").rglob("*.duckdb*")}))


def sweep(store: Store) -> int:
    """Removes what a copy left half written when heed was ended; how many files."""
    folders = {Path(one.after) for one in ledger.events(store, _SUBJECT) if one.why == _BEGUN}
    half = [path for folder in folders for path in folder.glob("memory-*.duckdb.partial*")]
    for path in half:
        path.unlink(missing_ok=True)
    return len(half)
