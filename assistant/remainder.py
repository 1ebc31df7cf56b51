"""What is left of a version when a lesson leaves it: blocks it had no part in.

They are taken over as they are, so they say what they said. Knows no model and no row's words.
"""

from __future__ import annotations

import json
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
    one that is made here, or that one of old all the same if the disk takes no more. Raises Refusal
    if the memory takes no more; then nothing was made.
    """
    before = versions.newest_without(store, lesson, apart)
    old = None if before is None else versions.get(store, before)
    if old is None or old.base != live.base or adapters.verify(old.folder) is not None:
        old = before = None
    kept = blocks.without(_sound(live.folder), lesson, rows)
    held = {id for one in kept for id in one.lessons}
    if not held or (old is not None and held <= set(old.lessons)):
        return before
    made = _made(store, home, live, kept, why)
    return before if made is None else made


def spare(
    store: Store,
    home: Path,
    going: Sequence[AdapterVersion],
    lesson: str,
    why: str,
    rows: Collection[str],
) -> None:
    """Keeps what a lesson and its rows had no part in of versions that go, also where none is live.

    What was undone may be chosen again, so its blocks stay, as a version that does not answer; not
    those of a version that never did. Newest first, and once each. On a full disk less is kept.
    Raises Refusal as `of` does.
    """
    apart = {one.number for one in going}
    answered = versions.answered(store)
    safe: set[str] = set()
    for one in versions.all(store):
        if one.number not in apart and one.state in ("live", "retired"):
            safe |= {each.sha256 for each in _sound(one.folder)}
    chosen = [one for one in going if one.state in ("live", "retired")]  # none that went before
    for one in sorted(chosen, key=lambda each: -each.number):
        if one.number in answered or "of" in json.loads(one.settings):
            kept = blocks.without(_sound(one.folder), lesson, rows)
            names = {each.sha256 for each in kept}
            if not names <= safe and _made(store, home, one, kept, why) is not None:
                safe |= names


def salvaged(store: Store, home: Path, live: AdapterVersion, why: str) -> int | None:
    """The number of a version of the sound blocks of one that is damaged.

    Else the newest sound one that has answered before and was made for the same base; None: none.
    """
    kept = _sound(live.folder)
    made = _made(store, home, live, kept, why) if kept else None
    if made is not None:
        return made
    answered = versions.answered(store)
    sound = [
        one.number
        for one in versions.all(store)
        if one.state == "retired"
        and one.number in answered
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
    try:
        versions.add(store, replace(made, state="retired"))
    except Refusal:  # no row, so no folder
        adapters.purge(made.folder)
        raise
    return made.number
