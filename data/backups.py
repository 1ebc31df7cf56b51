"""Copies of the memory that the person asked for: where they lie, and which heed can reach.

Knows no lesson. A copy outside of the home may have been moved, so only its making is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from data import ledger, opening
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


def elsewhere(store: Store, home: Path, since: datetime | None = None) -> tuple[Path, ...]:
    """The copies that were ever made outside of this home, or since a time, oldest first."""
    made = [
        Path(one.after)
        for one in ledger.events(store, _SUBJECT)
        if one.why == _MADE and (since is None or one.at >= since)
    ]
    return tuple(path for path in made if not path.is_relative_to(home.absolute()))


def unreached(copies: Sequence[Path]) -> str:
    """What the person should know of copies elsewhere that may hold what was just removed."""
    return (
        "heed cannot reach the backups that you made outside of its folder, the last one as "
        f"{str(copies[-1])!r}: they may still hold it."
    )


def within(home: Path) -> tuple[Path, ...]:
    """Every copy inside this home, half ones too, by path."""
    return tuple(sorted({*home.rglob("memory-*.duckdb*"), *(home / "backups").rglob("*.duckdb*")}))


def holding(home: Path, task: str) -> tuple[Path, ...]:
    """The copies inside this home that hold a chat, half ones too, by path."""
    found = within(home)
    journals = {path for path in found if path.suffix == ".wal" and path.with_suffix("") in found}
    holds = {path for path in found if path not in journals and opening.holds(path, task)}
    return tuple(path for path in found if path in holds or path.with_suffix("") in holds)


def sweep(store: Store) -> int:
    """Removes what a copy left half written when heed was ended; how many files."""
    folders = {Path(one.after) for one in ledger.events(store, _SUBJECT) if one.why == _BEGUN}
    half = [path for folder in folders for path in folder.glob("memory-*.duckdb.partial*")]
    for path in half:
        path.unlink(missing_ok=True)
    return len(half)
