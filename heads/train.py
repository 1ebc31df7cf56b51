"""`make heads`: trains the parser's heads and writes assistant/heads.npz and heads/card.md.

Reads the rows that heads/rows.py names and the bundled sentence model, nothing else: no bench and
no test. The same rows give the same file on the same computer.
"""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import embedder, heads
from assistant.heads import FIELDS, Floats
from heads import fit, rows, scores
from heads.fit import Fitted, Vectors
from heads.rows import Row
from heads.scores import Score

NEWLINE = b"\n"
CARD = rows.HERE / "card.md"
COMMON = 12000  # words of the sentence model's vocabulary, which is sorted by how common they are


def word_vectors() -> Vectors:
    """What the sentence model makes of each common word by itself. About 15 s of one core."""
    embed = embedder.Embedder()
    embed(["word"])
    known = (embedder.folder() / "vocab.txt").read_text("utf-8").split("\n")
    words = [word for word in known if re.fullmatch(r"[a-z]{2,}|[ai]", word)][:COMMON]
    return fit.vectors(words, np.array(embed(words), np.float32))


def fitted(given: list[Row], folds: NDArray[np.intp], seen: fit.Features) -> dict[str, Fitted]:
    """Every field from the rows that have it."""
    clauses = np.array(["kind" in row.labels for row in given])
    narrow = fit.narrowed(_only(seen, clauses))
    found = {}
    for field in FIELDS:
        have = np.array([field in row.labels for row in given])
        labels = [row.labels[field] for row in given if field in row.labels]
        means = narrow if (have == clauses).all() else None
        found[field] = fit.fit(_only(seen, have), labels, folds[have], means)
    return found


def _only(seen: fit.Features, which: NDArray[np.bool_]) -> fit.Features:
    return fit.Features(seen.grams[which], seen.means[which])


def write(
    file: Path, where: fit.Space, known: Vectors, found: dict[str, Fitted], heats: dict[str, float]
) -> None:
    """The table, weights as whole numbers of one byte with a scale for each label."""
    of_grams = np.hstack([one.of_grams for one in found.values()])
    of_words = known.matrix @ np.hstack([one.of_means for one in found.values()])
    grams, by_gram = _small(of_grams)
    words, by_word = _small(of_words)
    names = [f"{field}={label}" for field, one in found.items() for label in one.labels]
    np.savez_compressed(
        file,
        grams=_bytes(where.grams),
        idf=where.idf.astype(np.float16),
        words=_bytes(known.words),
        of_grams=grams,
        scale_of_grams=by_gram,
        of_words=words,
        scale_of_words=by_word,
        bias=np.concatenate([one.bias for one in found.values()]),
        labels=_bytes(names),
        heat=np.array([heats[field] for field in FIELDS], np.float32),
    )


def _small(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    largest = np.maximum(np.abs(weights).max(0), 1e-6)
    return np.rint(weights / largest * 127).astype(np.int8), (largest / 127).astype(np.float32)


def _bytes(names: list[str] | dict[str, int]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode("utf-8"), np.uint8)


def main() -> None:
    """Trains, writes both files, and prints the scores."""
    started = time.process_time()
    given = [*rows.clauses(), *rows.critiques()]
    folds = rows.folds(given)
    where = fit.space(row.text for row in given)
    known = word_vectors()
    found = fitted(given, folds, fit.features([row.text for row in given], where, known))
    heats, told = {}, []
    for field, one in found.items():
        have = np.array([field in row.labels for row in given])
        labels = [row.labels[field] for row in given if field in row.labels]
        right = np.array([one.labels.index(label) for label in labels])
        speak = np.array([row.english for row in given if field in row.labels])
        heats[field] = scores.heat(one.scores[speak], right[speak])
        for name, which in groups(field, [row for row in given if field in row.labels]).items():
            score = scores.score(one.labels, one.scores, labels, folds[have], which)
            told.append(line(field, name, score))
    write(heads.FILE, where, known, found, heats)
    CARD.write_text(card(told, len(where.grams), len(known.words)), encoding="utf-8")
    print("\n".join(told))
    spent = time.process_time() - started
    print(f"{heads.FILE.stat().st_size / 1e6:.2f} MB, {spent:.0f} CPU-seconds")


def groups(field: str, given: list[Row]) -> dict[str, NDArray[np.bool_]]:
    """The parts of the rows that a field is scored on, by name."""
    ours = np.array(["kind" in row.labels for row in given])
    if field == "whole":
        return {"FeedbackQA": ~ours}
    english = np.array([row.english for row in given])
    return {"English": english, "other languages": ~english}


def line(field: str, part: str, found: Score) -> str:
    """One row of the card's table."""
    return (
        f"| {field} | {part} | {found.n} | {found.accuracy:.3f} | {found.macro:.3f} |"
        f" {found.majority:.3f} | {found.ece:.3f} | {found.sure:.2f} | {found.right_if_sure:.3f} |"
    )


def card(told: list[str], grams: int, words: int) -> str:
    """What the file is, what it learned from, and how well it does."""
    files = []
    for name in rows.FILES:
        held = (rows.HERE / name).read_bytes()
        sha = hashlib.sha256(held).hexdigest()[:16]
        files.append(f"| `{name}` | {held.count(NEWLINE)} | {LICENCES[name]} | `{sha}` |")
    return CARD_TEXT.format(
        files="\n".join(files), scores="\n".join(told), grams=grams, words=words, folds=rows.FOLDS
    )


LICENCES = {
    "clauses.jsonl": "Apache-2.0, this project",
    "spoken.jsonl": "Apache-2.0, this project",
    "feedbackqa.jsonl": "Apache-2.0, Li et al. 2022 (LICENSE-feedbackqa)",
}
CARD_TEXT = """# Card of the parser's heads

Written by `make heads` with `assistant/heads.npz`, which is read by plain numpy. One table:
{grams} word 1-3 and character 2-5 grams, and {words} common English words, each with what it
speaks for. The weight of a word comes from the vector that the bundled sentence model (all-
MiniLM-L6-v2, Apache-2.0) gives it alone; that model is not run when a critique is read.
Balanced logistic regression on both together, one temperature a field.

## What it learned from

| file | rows | licence | SHA-256 |
| --- | --- | --- | --- |
{files}

`clauses.jsonl` and `spoken.jsonl` were written by language models, one author each, for kind,
aspect, polarity and scope. `feedbackqa.jsonl` holds the critiques of FeedbackQA's validation
part (Li et al. 2022, arXiv 2204.03025; McGill-NLP/feedbackqa) and the rating that each person
gave; Excellent and Acceptable count as good. It and the clauses that judge teach `whole`, the
polarity of a whole critique. Nothing under a non-commercial licence is among them, and no row
of `tests/data/`.

## Scores

By {folds} folds; a row is judged by a model that was not fitted on it, and the questions of
FeedbackQA stay whole. The rows of a fold have their authors in common with the others, so
another author's clauses are read less well. ECE: ten bins, temperature from the other folds.
Sure: best label at .6 or more.

| field | rows | n | accuracy | macro-F1 | majority | ECE | sure | right if sure |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
{scores}
"""


if __name__ == "__main__":
    main()
