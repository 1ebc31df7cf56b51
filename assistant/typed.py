"""What a person typed: made safe to keep, and kept as a turn of its chat.

Knows nothing of what the words mean.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from typing import Literal

from data import tasks
from data.store import Store
from data.types import Refusal, Turn

# Control characters, and halves of characters, which a terminal makes of bytes that are no UTF-8.
UNKEPT = ("Cc", "Cs")
LONGEST = 20_000  # characters of one request or critique


def clean(text: str) -> str:
    """The text without what no file keeps. Raises Refusal if nothing is left or it is too long."""
    kept = "".join(
        one
        for one in text.replace("\r\n", "\n")
        if one in "\n\t" or unicodedata.category(one) not in UNKEPT
    ).strip()
    if not kept:
        raise Refusal("There are no words in that; type something first.")
    if len(kept) > LONGEST:
        raise Refusal(
            f"That is {len(kept):,} characters long; heed reads at most {LONGEST:,} at once."
        )
    return kept


def keep(
    store: Store,
    task: str,
    parent: str | None,
    kind: Literal["request", "answer", "critique", "draft"],
    text: str,
    *,
    learn: bool = True,
    made_with: dict[str, object] | None = None,
) -> Turn:
    """A turn of the person's own, stored below `parent`."""
    entry = Turn("", task, parent, kind, text, 0, "human", "typed", store.now())
    return tasks.add_turn(store, replace(entry, learn=learn, made_with=json.dumps(made_with or {})))
