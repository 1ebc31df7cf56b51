"""What is left of the version that answers when a lesson leaves it: blocks it had no part in.

They are taken over as they are, so they say what they said. Knows no model and no row's words.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from assistant import adapters, blocks
from assistant.blocks import Block
from data import versions
from data.store import Store
from data.types import AdapterVersion, Refusal


def of(
    store: Store,
    home: Path,
    live: AdapterVersion,
    lesson: str,
    why: str,
    *,
    rows: Collection[str] = (),
    apart: Collection[int] = (),
) -> int | None:
    """The number of a version without the lesson and without the rows that it shaped; None: none.

    One of old that is not `apart` and was made for the same base if it holds all that is left; else
    one that is made here. None also if the disk takes no more.
    """
    before = versions.newest_without(store, lesson, apart)
    if before is not None and adapters.verify(versions.get(store, before).folder) is not None:
        before = None
    kept: tuple[Block, ...] = ()
    with suppress(Refusal):  # a damaged version gives nothing
        kept = blocks.without(adapters.blocks_of(live.folder), lesson, rows)
    held = {id for one in kept for id in one.lessons}
    if before is not None:
        old = versions.get(store, before)
        if old.base != live.base or not held <= set(old.lessons):
            before = None
    if not held or before is not None:
        return before
    try:
        made = adapters.reduced(home, adapters.next_number(store, home), live, kept, why)
    except Refusal:
        return None
    versions.add(store, replace(made, state="retired"))
    return made.number
