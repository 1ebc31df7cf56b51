"""What is left of a version when a lesson leaves it: blocks it had no part in.

They are taken over as they are, so they say what they said. Knows no model and no row's words.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant import adapters, blocks, curriculum
from assistant.blocks import Block
from data import ledger, versions
from data.store import Store
from data.types import AdapterVersion, Refusal


def before(store: Store) -> int | None:
    """The number of the sound version that undo leads to; None: the base."""
    return next((one.number for one in _sound_before(store)), None)


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

    Its blocks are those of the live version that it had no part in. Raises Refusal if the memory
    takes no more; then nothing was made.
    """
    kept = blocks.without(_sound(live.folder), lesson, rows)
    known = [one for one in _instead(store, live) if lesson not in one.lessons]
    known = [one for one in known if one.number not in apart]
    return _with(store, home, live, kept, known, why)


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
    """The number of a version with the sound blocks of one that is damaged; None: none.

    Raises Refusal as `of` does.
    """
    return _with(store, home, live, _sound(live.folder), _instead(store, live), why)


def _with(
    store: Store,
    home: Path,
    live: AdapterVersion,
    kept: Sequence[Block],
    known: Sequence[AdapterVersion],
    why: str,
) -> int | None:
    """The latest of the versions known that has all blocks kept; else one that is made of them.

    If the disk takes no more, the latest of those known all the same.
    """
    names = {one.sha256 for one in kept}
    for one in known:
        if names <= {each.sha256 for each in adapters.blocks_of(one.folder)}:
            return one.number
    made = _made(store, home, live, kept, why) if kept else None
    return known[0].number if made is None and known else made


def _instead(store: Store, live: AdapterVersion) -> list[AdapterVersion]:
    """Those of the sound versions before the live one that may answer in its place, latest first.

    None in which a lesson that acts no more would speak along with one that does.
    """
    acting = {one.id for one in curriculum.standing(store, ledger.ACTING)}

    def silent(one: Block) -> bool:
        return acting.issuperset(one.lessons) or acting.isdisjoint(one.lessons)

    return [
        one
        for one in _sound_before(store)
        if one.base == live.base and all(map(silent, adapters.blocks_of(one.folder)))
    ]


def _sound_before(store: Store) -> Iterator[AdapterVersion]:
    for number in versions.earlier(store):
        one = versions.get(store, number)
        if adapters.damage(one) is None:
            yield one


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
