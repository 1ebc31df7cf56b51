"""Old bytes that are still to go: rows were removed, and the file was not copied anew since.

Knows no row but receipts, which say whether it was paid, and whether a chat is still there. A debt
lasts through a crash and a full disk.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from assistant import whole
from data import backups, tasks, versions
from data.store import Store
from data.types import Refusal

MARK = "rewriting"  # a file in the home while old bytes are left: ids of chats with copies
OWED, PAID = "not rewritten yet", "rewritten"  # what a receipt says as "file"


def owe(home: Path, chat: str = "") -> None:
    """Before rows go: their bytes must, too, and with a chat the copies in the home that hold it.

    Raises Refusal if the disk takes no more.
    """
    try:
        note(home / MARK, chat)
    except OSError as problem:
        raise Refusal(
            f"{str(home)!r} cannot be written ({problem.strerror}), so nothing was removed. "
            "Make room there and try again."
        ) from problem


def pay(store: Store, home: Path) -> bool:
    """Copies the memory into a new file, if old bytes are left; whether they were.

    What was copied into the home with a chat that was deleted since goes before.

    Raises Refusal if the disk takes no more; then they are left and still owed.
    """
    mark = home / MARK
    if not mark.exists():
        return False
    here = {one.id for one in tasks.listing(store)}
    for chat in noted(mark):
        for copy in backups.holding(home, chat) if chat not in here else ():
            with whole.writing(copy):
                copy.unlink(missing_ok=True)
    store.rewrite()
    shutil.rmtree(home / "memory.duckdb.tmp", ignore_errors=True)  # what DuckDB had no room for
    for receipt in versions.receipts(store):
        removed = json.loads(receipt.removed)
        if removed.get("file") == OWED:
            versions.write_receipt(store, receipt.id, json.dumps({**removed, "file": PAID}))
    mark.unlink(missing_ok=True)
    return True


def noted(mark: Path) -> list[str]:
    """The ids in a file that says what was begun and is not finished, first one first."""
    try:
        return mark.read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []


def note(mark: Path, id: str) -> None:
    """Adds an id to such a file, "" for none; whole or not at all. OSError on a full disk."""
    before = noted(mark)
    if mark.exists() and (not id or id in before):
        return
    fresh = mark.with_name(f"{mark.name}.partial")
    fresh.write_text("\n".join(filter(None, [*before, id])), encoding="utf-8")
    whole.flush(fresh)
    fresh.replace(mark)
