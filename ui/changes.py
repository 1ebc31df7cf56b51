"""What a repair changed, word by word.

Knows no turn and no page; compares two texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

LONGEST = 4000  # words in both texts together; beyond it the comparison takes too long for a page


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, went or came; white space is kept with the word before it."""

    kind: Literal["same", "out", "in"]
    text: str


@lru_cache(maxsize=128)
def between(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; () when they are too long to compare."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > LONGEST:
        return ()
    pieces: list[Piece] = []
    keys = [word.strip() for word in old], [word.strip() for word in new]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(Piece("out", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("in", "".join(new[j1:j2])))
    return tuple(pieces)


def count(pieces: tuple[Piece, ...], kind: Literal["out", "in"]) -> int:
    """Words that went, or that came."""
    return sum(len(piece.text.split()) for piece in pieces if piece.kind == kind)


def _words(text: str) -> list[str]:
    return re.findall(r"^\s+|\S+\s*", text)
