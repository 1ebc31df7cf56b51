"""Blocks: the parts of a version. Each is one lesson's own weights and speaks where it holds.

A lesson that is about e-mails has no weight in a reply to anything else, so it cannot leak there;
teaching another one moves none of its numbers, and forgetting it moves none of the others'.
Sources: an edit that acts behind a scope test, SERAC (2206.06520); low-rank blocks that are chosen
for each request, MELO (2312.11795). Knows no torch, no request and no scope test.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Tensors = dict[str, np.ndarray[Any, np.dtype[Any]]]


@dataclass(frozen=True, slots=True)
class Block:
    """What one run of learning added: its owners, and what it was learned on and on top of."""

    lessons: tuple[str, ...]  # ids; it speaks where one of them holds
    sha256: str  # of its tensors: its name
    beneath: tuple[str, ...] = ()  # lessons of all blocks that had a part in what it was learned on
    preferences: tuple[str, ...] = ()  # ids of the rows that it was learned on

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Block:
        """From the record of a version."""
        lists = ("lessons", "beneath", "preferences")
        return cls(sha256=record["sha256"], **{name: tuple(record[name]) for name in lists})

    @property
    def file(self) -> str:
        """Its name in a version folder."""
        return f"{self.sha256}.safetensors"


def words(said: object) -> bool:
    """Whether this is a list of texts, as a record has it."""
    return isinstance(said, list) and all(isinstance(one, str) for one in said)


def readable(said: object) -> bool:
    """Whether this is what a record says of blocks."""
    return isinstance(said, list) and all(
        isinstance(one, dict)
        and re.fullmatch(r"[0-9a-f]{64}", str(one.get("sha256"))) is not None
        and all(words(one.get(name)) for name in ("lessons", "beneath", "preferences"))
        for one in said
    )


def speaking(blocks: Sequence[Block], lessons: Collection[str] | None) -> tuple[Block, ...]:
    """The blocks of lessons that hold, in their order; None: wherever they are, all hold."""
    if lessons is None:
        return tuple(blocks)
    return tuple(one for one in blocks if not set(one.lessons).isdisjoint(lessons))


def alone(blocks: Sequence[Block], lesson: str) -> bool:
    """Whether every block of a lesson is its own."""
    return all(one.lessons == (lesson,) for one in blocks if lesson in one.lessons)


def without(blocks: Sequence[Block], lesson: str, rows: Collection[str] = ()) -> tuple[Block, ...]:
    """The blocks in which a lesson and the rows that it shaped have no part, in their order.

    Its own goes, and with it what was learned on top of such a block or on such a row.
    """
    gone, stay = {lesson}, []
    for one in blocks:  # a block stands behind those beneath it
        if gone.isdisjoint((*one.lessons, *one.beneath)) and set(rows).isdisjoint(one.preferences):
            stay.append(one)
        else:
            gone.update(one.lessons)
    return tuple(stay)


def after(blocks: Sequence[Block], new: Collection[str]) -> tuple[Block, ...]:
    """Those that stay where lessons are taught (anew): all but blocks of these lessons alone."""
    return tuple(one for one in blocks if not set(one.lessons) <= set(new))


def beneath(some: Sequence[Block]) -> tuple[str, ...]:
    """The lessons of these blocks and of all that they were learned on top of."""
    return tuple(dict.fromkeys(id for one in some for id in (*one.beneath, *one.lessons)))


def name_of(blocks: Sequence[Block]) -> str:
    """One name for several blocks in their order: SHA-256 in hex."""
    text = "\n".join(one.sha256 for one in blocks)
    return hashlib.sha256(text.encode()).hexdigest()


def scaled(block: Mapping[str, np.ndarray[Any, np.dtype[Any]]], scale: float) -> Tensors:
    """The block with its deltas times `scale`."""
    factor = np.float32(scale)
    return {name: values * factor if "lora_B" in name else values for name, values in block.items()}


def joined(parts: Sequence[Mapping[str, np.ndarray[Any, np.dtype[Any]]]]) -> Tensors:
    """Blocks laid side by side along the rank: the delta of the whole is the sum of theirs.

    A of shape (rank, in) and B of (out, rank), by the names that PEFT gives them.
    """
    if len(parts) == 1:
        return dict(parts[0])
    return {
        key: np.concatenate([one[key] for one in parts], axis=0 if "lora_A" in key else 1)
        for key in parts[0]
    }
