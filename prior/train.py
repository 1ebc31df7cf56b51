"""`make prior`: fits what the asker knows before it knows anybody, and writes it for the package.

    python -m prior.train [--states FOLDER]

Writes clarify/prior.npz, bank.jsonl, bank.npz and prior/card.md. What the starter leaves behind for
each request is kept in FOLDER (build/prior), since reading 1,155 requests takes minutes a form.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.embedder import embed
from assistant.quantize import Kind
from clarify import bank, prior
from prior import fit, questions, rows, states
from prior.states import States

CARD = Path(__file__).parent / "card.md"
KINDS: tuple[Kind, ...] = ("bf16", "fp32")  # the forms in which a CPU holds the starter


def main() -> None:
    """Fits on the first task of every group of near duplicates, and writes all four files."""
    ask = argparse.ArgumentParser(prog="prior.train")
    ask.add_argument("--states", type=Path, default=Path("build/prior"))
    folder = ask.parse_args().states
    folder.mkdir(parents=True, exist_ok=True)
    given = rows.read()
    vectors = embedded(given, folder)
    group = rows.groups(tuple(row.task for row in given), vectors)
    first = group == np.arange(len(given))
    labels = np.array([float(row.vague) for row in given])
    texts = [row.task for row in given]
    words = fit.words([text for text, one in zip(texts, first, strict=True) if one], labels[first])
    seen = [read(given, kind, folder) for kind in KINDS]
    probes = [fit.probe(one.vectors[first], labels[first]) for one in seen]
    np.savez_compressed(
        prior.FILE,
        keys=np.array([one.key for one in seen]),
        centre=np.array([one.centre for one in probes], np.float32),
        scale=np.array([one.scale for one in probes], np.float32),
        weights=np.array([one.weights for one in probes], np.float32),
        bias=np.array([one.bias for one in probes], np.float32),
        grams=np.frombuffer("\n".join(words.grams).encode(), np.uint8),
        idf=np.array(words.idf, np.float16),
        of_grams=np.array(words.weights, np.float16),
        gram_bias=np.float32(words.bias),
    )
    kept = write_bank([row for row, one in zip(given, first, strict=True) if one], vectors[first])
    sha = hashlib.sha256(rows.FILE.read_bytes()).hexdigest()[:16]
    CARD.write_text(
        CARD_TEXT.format(
            rows=len(given),
            sha=sha,
            groups=int(first.sum()),
            vague=int(labels[first].sum()),
            grams=len(words.grams),
            questions=kept,
            keys=", ".join(f"`{one.key}` ({kind})" for one, kind in zip(seen, KINDS, strict=True)),
        ),
        encoding="utf-8",
    )
    print(f"{int(first.sum())} of {len(given)} tasks, {len(words.grams)} grams, {kept} questions")


def embedded(given: tuple[rows.Row, ...], folder: Path) -> NDArray[np.float32]:
    """The sentence vectors of all tasks (n, 384), from the folder if they lie there."""
    file = folder / "embedded.npy"
    if not file.exists():
        np.save(file, np.array(embed([row.task for row in given]), np.float32))
    return np.asarray(np.load(file), np.float32)


def read(given: tuple[rows.Row, ...], kind: Kind, folder: Path) -> States:
    """What the starter in one form leaves behind for all tasks; kept in the folder."""
    file = folder / f"states-{kind}.npz"
    if not file.exists():
        made = states.of([row.task for row in given], states.starter_model(folder, kind))
        np.savez(file, vectors=made.vectors, key=np.array(made.key))
    with np.load(file) as held:
        return States(held["vectors"].astype(np.float32), str(held["key"]))


def write_bank(given: list[rows.Row], tasks: NDArray[np.float32]) -> int:
    """Writes the questions of these tasks with vectors in eight bits; gives how many they are."""
    made = list(questions.bank_rows(given))
    used = sorted({int(str(one["task"])) for one in made})
    place = {task: at for at, task in enumerate(used)}
    lines = [
        json.dumps({**one, "task": place[int(str(one["task"]))]}, ensure_ascii=False)
        for one in made
    ]
    bank.FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    vectors = np.array(embed([str(one["question"]) for one in made]), np.float32)
    np.savez_compressed(bank.VECTORS, questions=_small(vectors), tasks=_small(tasks[used]))
    return len(made)


def _small(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    whole = np.round(vectors * (127.0 / np.abs(vectors).max(1, keepdims=True)))
    return np.asarray(whole, np.int8)


CARD_TEXT = """# Card of the asker's prior

Written by `make prior` with `clarify/prior.npz`, `clarify/bank.jsonl` and `clarify/bank.npz`.

Learned from `prior/in3.jsonl` ({rows} requests, SHA-256 `{sha}`): the training part of IN3 (Qian
et al. 2024, arXiv 2402.09205; OpenBMB/Tell_Me_More, Apache-2.0, `LICENSE-in3`), without its
reasons and topics, and without rows near to a test task. Of tasks that are verbatim alike, or
above .8 by the cosine of their sentence vectors, only the first is used: {groups}, of which
{vague} are vague. Texts and labels were suggested by GPT-4 and adapted by people; both labels
count the same in a fit.

| part | what it is |
| --- | --- |
| probes | logistic regression on the starter's hidden state, for {keys} |
| words | logistic regression on TF-IDF of {grams} words and pairs of words |
| bank | {questions} questions with two to four options, each with the row it comes from |

Changes to the questions: an ending that repeats its own task is cut off; questions that can be
answered with yes or no, run to over 18 words, or have fewer than two short options are left out.

The hidden state is the mean over the request's tokens after block 18 of 30. How well it does:
[docs/bench-asking.md](../docs/bench-asking.md). It does not carry over to other kinds of
ambiguity; it is where a person's own probe starts from.
"""


if __name__ == "__main__":
    main()
