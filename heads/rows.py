"""The labelled rows that the heads learn from, and the folds in which they are scored.

Only the files named here are read; the card lists them. Knows no features and no model.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
CLAUSES = ("clauses.jsonl", "spoken.jsonl")
CRITIQUES = "feedbackqa.jsonl"
FILES = (*CLAUSES, CRITIQUES)
RATINGS = {"Excellent": "1", "Acceptable": "1", "Could be Improved": "-1", "Bad": "-1"}
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A text, its labels by field, and the group that never stands on both sides of a split."""

    text: str
    labels: dict[str, str]
    group: str
    english: bool = True


def clauses() -> list[Row]:
    """The clauses of our own: kind, aspect, polarity and scope."""
    found = []
    for name in CLAUSES:
        for line in (HERE / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            fields = {f: str(row[f]) for f in ("kind", "aspect", "polarity", "scope")}
            if row["polarity"] and not row["sarcasm"]:
                fields["whole"] = fields["polarity"]
            found.append(Row(row["text"], fields, row["id"], row["language"] == "en"))
    return found


def critiques() -> list[Row]:
    """Whole critiques of FeedbackQA: the person's own rating as good (1) or bad (-1)."""
    lines = (HERE / CRITIQUES).read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Row(row["text"], {"whole": RATINGS[row["rating"]]}, f"question {row['question']}")
        for row in rows
    ]


def folds(rows: Sequence[Row], seed: int = 0) -> NDArray[np.intp]:
    """The fold of each row, groups whole, drawn by a seeded shuffle of the groups."""
    groups = sorted({row.group for row in rows})
    drawn = np.random.default_rng(seed).permutation(len(groups))
    of = {group: int(place) % FOLDS for group, place in zip(groups, drawn, strict=True)}
    return np.array([of[row.group] for row in rows])
