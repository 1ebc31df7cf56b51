"""Recognises what a file of another program holds, and reads it as arrivals; stores nothing.

Knows which module reads which form. A file that is wrong anywhere is refused with the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data import incoming, librechat, openwebui, sharegpt, trl
from data.arrivals import Arrival
from data.types import Refusal

READS = "TRL rows, chats and feedback of Open WebUI, chats of LibreChat, ShareGPT conversations"


def read(path: Path) -> Iterator[Arrival]:
    """What the file holds, in its order. Raises Refusal with the place of the first fault."""
    return trl.pairs(_read(path))


def _read(path: Path) -> Iterator[Arrival]:
    for place, value in incoming.values(path):
        try:
            yield from _of(value)
        except ValueError as problem:
            raise Refusal(f"{path.name!r}, {place}: {problem}.") from problem


def _of(value: Any) -> Iterator[Arrival]:
    if not isinstance(value, dict):
        raise ValueError(f"{type(value).__name__} stands where an object should be")
    if openwebui.is_feedback(value) or openwebui.is_chat(value):
        return openwebui.read(value)
    if librechat.is_chat(value):
        return librechat.read(value)
    if sharegpt.is_chat(value):
        return sharegpt.read(value)
    if trl.is_row(value):
        return trl.read(value)
    keys = ", ".join(repr(key[:30]) for key in list(value)[:6]) or "no keys at all"
    raise ValueError(f"an object with {keys} is none of what heed reads: {READS}")
