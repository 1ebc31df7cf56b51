"""Old bytes that are still to go: rows were removed, and the file was not copied anew since.

Knows no row but receipts, which say whether it was paid. It lasts through a crash and a full disk.
"""

from __future__ import annotations

import json
from pathlib import Path

from data import versions
from data.store import Store
from data.types import Refusal

MARK = "rewriting"  # a file in the home while old bytes are left
OWED, PAID = "not rewritten yet", "rewritten"  # what a receipt says as "file"


def owe(home: Path) -> None:
    """Before rows go: their bytes must, too. Raises Refusal if the disk takes no more."""
    try:
        (home / MARK).touch()
    except OSError as problem:
        raise Refusal(
            f"{str(home)!r} cannot be written ({problem.strerror}), so nothing was removed. "
            "Make room there and try again."
        ) from problem


def pay(store: Store, home: Path) -> bool:
    """Copies the memory into a new file, if old bytes are left; whether they were.

    Raises Refusal if the disk takes no more; then they are left and still owed.
    """
    mark = home / MARK
    if not mark.exists():
        return False
    store.rewrite()
    for receipt in versions.receipts(store):
        removed = json.loads(receipt.removed)
        if removed.get("file") == OWED:
            versions.write_receipt(store, receipt.id, json.dumps({**removed, "file": PAID}))
    mark.unlink(missing_ok=True)
    return True
