"""What is left of the version that answers when a lesson leaves it: blocks it had no part in.

They are taken over as they are, so they say what they said. Knows no model and no row's words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    kept = blocks.without(_sound(live.folder), lesson, rows)
    held = {id for one in kept for id in one.lessons}
    if before is not None:
        old = versions.get(store, before)
        if old.base != live.base or not held <= set(old.lessons):
            before = None
    if not held or before is not None:
        return before
    return _made(store, home, live, kept, why)


def salvaged(store: Store, home: Path, live: AdapterVersion, why: str) -> int | None:
    """The number of a version of the sound blocks of one that is damaged.

    Else the newest sound one that has answered before and was made for the same base; None: none.
    """
    kept = _sound(live.folder)
    made = _made(store, home, live, kept, why) if kept else None
    if made is not None:
        return made
    answered = {event.after for event in versions.history(store)}
    sound = [
        one.number
        for one in versions.all(store)
        if one.state == "retired"
        and str(one.number) in answered
        and one.base == live.base
        and adapters.verify(one.folder) is None
    ]
    return max(sound, default=None)


def _sound(folder: Path) -> tuple[Block, ...]:
    """The blocks of a version whose files are as they were saved, and that rest on no other."""
    try:
        every = left = adapters.blocks_of(folder)
    except Refusal:  # nobody knows whose they are
        return ()
    for one in every:
        if adapters.spoilt(folder, one) is not None:
            for lesson in one.lessons:
                left = blocks.without(left, lesson)
    return left


def _made(
    store: Store, home: Path, of: AdapterVersion, kept: Sequence[Block], why: str
) -> int | None:
    try:
        made = adapters.reduced(home, adapters.next_number(store, home), of, kept, why)
    except Refusal:
        return None
    versions.add(store, replace(made, state="retired"))
    return made.number
