"""Questions that others' requests left open, and the nearest of them to a request.

`make prior` writes the files, from IN3 (Apache-2.0, LICENSE-in3). Knows no person and no model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clarify.timing import Kind
from data.types import Refusal

FILE = Path(__file__).parent / "bank.jsonl"
VECTORS = Path(__file__).parent / "bank.npz"
NEAREST = 12  # tasks
MOST = 5  # facets
ALIKE = 0.55  # cosine from which two questions are one, or a sentence answers a question
NEAR = 0.5  # cosine of a task below which it says nothing of a request; an estimate
_WORD = re.compile(r"[a-z]+|\d+")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Row:
    """A question of the bank. `needs` are stems that a request must hold for it to fit."""

    task: int  # place of its task among the tasks' vectors
    facet: str
    kind: Kind
    question: str
    about: str
    options: tuple[str, ...]
    importance: float  # 0 to 1
    needs: frozenset[str]
    source: str


@dataclass(frozen=True, slots=True)
class Bank:
    """Rows, the vectors of their questions (n, 384), and those of the tasks (m, 384)."""

    rows: tuple[Row, ...]
    questions: Floats
    tasks: Floats


@dataclass(frozen=True, slots=True)
class Found:
    """A question that fits, and how strongly the nearest tasks vote for it."""

    row: Row
    vote: float


@lru_cache(maxsize=1)
def shipped() -> Bank:
    """The bank of the package, read once. Raises Refusal if it is missing or broken."""
    return read(FILE, VECTORS)


def read(rows: Path, vectors: Path) -> Bank:
    """The bank in two files. Raises Refusal if one is missing or they do not belong together."""
    try:
        found = tuple(_row(json.loads(line)) for line in rows.read_text("utf-8").splitlines())
        with np.load(vectors, allow_pickle=False) as held:
            questions = _unit(held["questions"])
            tasks = _unit(held["tasks"])
        if len(questions) != len(found):
            raise ValueError(f"{len(found)} questions and {len(questions)} vectors")
    except (OSError, ValueError, KeyError, EOFError) as problem:
        raise Refusal(
            f"The bank of questions cannot be read from {str(rows)!r}: install heed again, or run"
            " `make prior`."
        ) from problem
    return Bank(found, questions, tasks)


def retrieve(
    bank: Bank,
    request: str,
    vector: Sequence[float],
    said: NDArray[np.float64],
    leave: frozenset[str] = frozenset(),
) -> tuple[Found, ...]:
    """At most five questions for a request, the strongest vote first; none where nothing fits.

    `vector` is the request's; `said` (n, 384) those of sentences that the person or a lesson said;
    `leave` names facets that are muted, resting or known.
    """
    nearness = bank.tasks @ np.asarray(vector, np.float32)
    near = {int(at) for at in np.argsort(-nearness)[:NEAREST] if nearness[at] >= NEAR}
    stems = stems_of(request)
    fits = [
        at
        for at, row in enumerate(bank.rows)
        if row.task in near and row.facet not in leave and row.needs <= stems
    ]
    if not fits:
        return ()
    own = bank.questions[fits]
    votes = np.array([nearness[bank.rows[at].task] * bank.rows[at].importance for at in fits])
    same = own @ own.T >= ALIKE
    together = same @ votes
    # Patterns see numbers and dates; whole sentences say the rest.
    told = (own @ said.T.astype(np.float32)).max(1) > ALIKE if len(said) else np.zeros(len(fits))
    chosen: list[int] = []
    for at in np.argsort(-together, kind="stable"):
        row = bank.rows[fits[at]]
        taken = any(same[at, one] or bank.rows[fits[one]].facet == row.facet for one in chosen)
        if not taken and not told[at] and not _stated(row, request):
            chosen.append(int(at))
        if len(chosen) == MOST:
            break
    return tuple(Found(bank.rows[fits[at]], float(together[at])) for at in chosen)


def stems_of(text: str) -> frozenset[str]:
    """The beginnings of a text's words: "cities" and "city" share one."""
    return frozenset(stem(word) for word in _WORD.findall(text.lower()))


def stem(word: str) -> str:
    """The part of a lower-case word that its forms share, roughly."""
    return re.sub(r"(?:ies|ing|es|s|y|ed|e)$", "", word) if len(word) > 3 else word


_PATTERNS = {
    "budget": re.compile(r"[$€£]\s?\d|\b\d+\s?(?:dollars|euros|pounds|usd)\b|\bbudget\b", re.I),
    "time range": re.compile(
        r"\b(?:\d+|one|two|three|a)[- ](?:minute|hour|day|week|month|year|night)s?\b|"
        r"\b(?:19|20)\d\d\b|\b(?:today|tomorrow|tonight|weekend|next (?:week|month|year))\b",
        re.I,
    ),
    "length": re.compile(
        r"\b\d+[- ](?:words?|pages?|lines?|paragraphs?|sentences?)\b|\bshort\b", re.I
    ),
    "number": re.compile(r"\b(?:\d+|two|three|four|five|six|ten)\b", re.I),
}


def _stated(row: Row, request: str) -> bool:
    pattern = _PATTERNS.get(row.facet)
    if pattern is not None and pattern.search(request):
        return True
    words = f" {' '.join(_WORD.findall(request.lower()))} "
    labels = (f" {' '.join(_WORD.findall(label.lower()))} " for label in row.options)
    return any(label.strip() and label in words for label in labels)


def _row(said: dict[str, Any]) -> Row:
    return Row(
        said["task"],
        said["facet"],
        said["kind"],
        said["question"],
        said["about"],
        tuple(said["options"]),
        said["importance"],
        frozenset(said["needs"]),
        said["source"],
    )


def _unit(whole: NDArray[np.int8]) -> Floats:
    vectors = whole.astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
