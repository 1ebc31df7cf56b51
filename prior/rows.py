"""The rows of IN3 that the prior learns from, their groups of near duplicates, and the folds.

Knows no features; a group never stands on both sides of a split.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.split import normalised

HERE = Path(__file__).parent
FILE = HERE / "in3.jsonl"
ALIKE = 0.8  # cosine of sentence vectors from which two tasks are one
FOLDS = 5

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that a vague task left out."""

    description: str
    question: str
    options: tuple[str, ...]
    importance: int  # 1 to 3


@dataclass(frozen=True, slots=True)
class Row:
    """A request, whether it leaves something out, and what."""

    id: str
    task: str
    vague: bool
    details: tuple[Detail, ...]


def read() -> tuple[Row, ...]:
    """All rows, as they stand in the file."""
    return tuple(_row(json.loads(line)) for line in FILE.read_text("utf-8").splitlines())


def _row(said: dict[str, object]) -> Row:
    details = said["details"]
    assert isinstance(details, list)
    return Row(
        str(said["id"]),
        str(said["task"]),
        bool(said["vague"]),
        tuple(
            Detail(one["description"], one["question"], tuple(one["options"]), one["importance"])
            for one in details
        ),
    )


def groups(texts: tuple[str, ...], vectors: Floats) -> NDArray[np.intp]:
    """The group of each text (n,): texts that are alike, verbatim or by cosine, or by a chain.

    `vectors` (n, 384) have length 1. A group's name is the place of its first text.
    """
    group = np.arange(len(texts))

    def first(at: int) -> int:
        while group[at] != at:
            at = int(group[at])
        return at

    known: dict[str, int] = {}
    pairs = [(known.setdefault(normalised(text), at), at) for at, text in enumerate(texts)]
    pairs += [
        (int(a), int(b))
        for a, b in zip(*np.where(np.triu(vectors @ vectors.T, 1) > ALIKE), strict=True)
    ]
    for a, b in pairs:
        one, other = sorted((first(a), first(b)))
        group[other] = one
    return np.array([first(at) for at in range(len(texts))])


def folds(group: NDArray[np.intp], seed: int = 0, count: int = FOLDS) -> NDArray[np.intp]:
    """The fold of each row (n,), groups whole, by a seeded shuffle of the groups."""
    names = sorted(set(group.tolist()))
    drawn = np.random.default_rng(seed).permutation(len(names))
    of = {name: int(place) % count for name, place in zip(names, drawn, strict=True)}
    return np.array([of[name] for name in group.tolist()])
