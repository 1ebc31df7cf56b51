"""`make bench-asking`: when to ask, how fast a person's own probe learns, and what deciding costs.

    python -m bench.asking [--quick] [--states FOLDER]

(a) when to ask, by cross-validation that keeps near duplicates together, beside plain baselines;
(c) the personal probe on a replay of labelled events; then the milliseconds of the first two tiers.
(b), simulated people end to end, has its place in `parts` below. --quick leaves out the model's own
answer. What the starter left for each request is kept in FOLDER (build/prior, as for `make prior`).
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.embedder import embed
from assistant.protocols import Model
from assistant.quantize import Kind
from bench import gates
from bench.gates import Floats
from clarify import bank, candidates, gate, options, personal, prior, scope
from clarify.ask import LEAST_NEED
from clarify.beliefs import Beliefs
from clarify.personal import Labelled
from clarify.prior import PROBE_SHARE
from data.types import Message, Prefill
from prior import fit, rows, states, train
from prior.rows import Row

DOC = Path(__file__).parent.parent / "docs/bench-asking.md"
KIND: Kind = "bf16"
ASKED = 300  # rows that the model itself is asked about
EVENTS = (20, 40, 80, 160)
LIVES = 20  # draws of a person's events
SHARE = 0.8  # of them vague, as in IN3
TIMED = 60


@dataclass(frozen=True, slots=True)
class Given:
    """The first task of every group of near duplicates, with labels, states and folds."""

    rows: tuple[Row, ...]
    labels: Floats
    vectors: NDArray[np.float32]  # (n, 576) what the prefill left
    key: str
    fold: NDArray[np.intp]

    @property
    def texts(self) -> list[str]:
        """The requests."""
        return [row.task for row in self.rows]


def main() -> None:
    """Prints the figures and writes them to docs/bench-asking.md."""
    ask = argparse.ArgumentParser(prog="bench.asking")
    ask.add_argument("--quick", action="store_true", help="without the model's own answer")
    ask.add_argument("--states", type=Path, default=Path("build/prior"))
    said = ask.parse_args()
    given = read(said.states)
    parts = [when(given, said.states, said.quick), learning(given), cost(given)]
    text = HEAD.format(
        n=len(given.rows),
        vague=int(given.labels.sum()),
        clear=int((1 - given.labels).sum()),
        cores=os.cpu_count(),
    )
    DOC.write_text("\n\n".join([text, *parts]) + "\n", encoding="utf-8")
    print("\n\n".join(parts))


def read(folder: Path) -> Given:
    """The rows of `prior/`; reads the starter's states there if they are not in the folder yet."""
    folder.mkdir(parents=True, exist_ok=True)
    found = rows.read()
    group = rows.groups(tuple(row.task for row in found), train.embedded(found, folder))
    seen = train.read(found, KIND, folder)
    first = group == np.arange(len(found))
    return Given(
        rows=tuple(row for row, one in zip(found, first, strict=True) if one),
        labels=np.array([float(row.vague) for row in found])[first],
        vectors=seen.vectors[first],
        key=seen.key,
        fold=rows.folds(group)[first],
    )


def when(given: Given, folder: Path, quick: bool) -> str:
    """Part (a): each system's scores on rows that it was not fitted on, as one table."""
    words, probe, shift = crossed(given)
    ours = PROBE_SHARE * probe + (1 - PROBE_SHARE) * words
    systems = {
        "never": np.full(len(ours), -1.0),
        "always": np.full(len(ours), 1.0),
        "random at heed's rate": drawn(gates.rate(ours, given.labels), len(ours)),
        "length rule": by_length(given),
        "TF-IDF": words,
        "probe alone": probe,
        "heed (probe and TF-IDF)": ours,
    }
    lines = [row(name, scores, given.labels, shift) for name, scores in systems.items()]
    if not quick:
        some = np.random.default_rng(0).permutation(len(ours))[:ASKED]
        scores = own_answer([given.texts[at] for at in some], folder)
        centred = scores - float(np.median(scores))
        lines.append(row("the model's own yes or no", centred, given.labels[some], None))
    gap = paired(probe, words, given.labels)
    return WHEN.format(lines="\n".join(lines), gap=gap)


def crossed(given: Given) -> tuple[Floats, Floats, Floats]:
    """Log-odds (n,) by words and by the probe, and how much commoner vague rows were."""
    words, probe, shift = (np.zeros(len(given.rows)) for _ in range(3))
    for fold in sorted(set(given.fold.tolist())):
        seen, held = given.fold != fold, np.flatnonzero(given.fold == fold)
        texts = [text for text, one in zip(given.texts, seen, strict=True) if one]
        by_words = fit.words(texts, given.labels[seen])
        by_state = fit.probe(given.vectors[seen], given.labels[seen])
        share = given.labels[seen].mean()
        for at in held:
            words[at] = by_words.words(given.texts[at])
            probe[at] = by_state.logit(Prefill(tuple(given.vectors[at].tolist()), given.key))
            shift[at] = np.log(share / (1 - share))
    return words, probe, shift


def by_length(given: Given) -> Floats:
    """Asks about requests shorter, or longer, than the number of words that other folds say."""
    size = np.array([len(text.split()) for text in given.texts], np.float64)
    scores = np.zeros(len(size))
    for fold in sorted(set(given.fold.tolist())):
        seen = given.fold != fold
        rules = [
            (sign, edge + 0.5) for sign in (-1.0, 1.0) for edge in sorted(set(size[seen].tolist()))
        ]
        fits = [
            gates.balanced(sign * (size[seen] - edge), given.labels[seen]) for sign, edge in rules
        ]
        sign, edge = rules[int(np.argmax(fits))]
        scores[~seen] = sign * (size[~seen] - edge)
    return scores


def drawn(share: float, n: int) -> Floats:
    """Scores that ask about this share of n rows by chance."""
    draw = np.random.default_rng(1).random(n)
    return np.asarray(share - draw, np.float64)


def own_answer(texts: list[str], folder: Path) -> Floats:
    """Log-odds of "Yes" against "No" as the starter's first word, (n,)."""
    file = folder / f"answers-{len(texts)}.json"
    if not file.exists():
        model: Model = states.starter_model(folder, KIND)
        scores = []
        for text in texts:
            said = (Message("user", OWN.format(request=text)),)
            yes, no = (model.logprobs(said, word)[0] for word in ("Yes", "No"))
            scores.append(yes - no)
        file.write_text(json.dumps(scores), encoding="utf-8")
    return np.array(json.loads(file.read_text("utf-8")))


def row(name: str, scores: Floats, labels: Floats, shift: Floats | None) -> str:
    """One line of the table of part (a)."""
    flat = len(set(scores.tolist())) == 1
    told = [
        str(gates.within(gates.balanced, scores, labels)) if not flat else "0.50",
        "-" if flat else str(gates.within(gates.specificity, scores, labels)),
        "-" if flat else str(gates.within(gates.auroc, scores, labels)),
        f"{gates.rate(scores, labels):.2f}",
        "-",
    ]
    if shift is not None and ("TF-IDF" in name or "probe" in name):
        told[-1] = f"{gates.error(gates.chances(scores, shift), labels):.3f}"
    return f"| {name} | {len(labels)} | {' | '.join(told)} |"


def paired(one: Floats, other: Floats, labels: Floats) -> str:
    """How much the AUROC of one is above that of another, on the same drawn rows."""
    draw = np.random.default_rng(0)
    ones, zeros = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    gaps = []
    for _ in range(gates.DRAWS):
        some = np.concatenate([draw.choice(ones, len(ones)), draw.choice(zeros, len(zeros))])
        gaps.append(gates.auroc(one[some], labels[some]) - gates.auroc(other[some], labels[some]))
    low, high = np.quantile(gaps, [0.025, 0.975])
    value = gates.auroc(one, labels) - gates.auroc(other, labels)
    return f"{value:+.3f} [{low:+.3f}, {high:+.3f}]"


def learning(given: Given) -> str:
    """Part (c): a probe of a person's own events alone, tested on the rows of other folds."""
    lines = []
    for n in EVENTS:
        found = [one for seed in range(LIVES) if (one := life(given, n, seed)) is not None]
        mean, spread = float(np.mean(found)), float(np.std(found))
        lines.append(f"| {n} | {len(found)} | {mean:.3f} | {spread:.3f} | {min(found):.3f} |")
    return LEARNING.format(lines="\n".join(lines), share=SHARE, lives=LIVES)


def life(given: Given, n: int, seed: int) -> float | None:
    """AUROC on fold seed % 5 of the probe fitted on n events drawn from the others."""
    draw = np.random.default_rng(seed)
    held = given.fold == seed % rows.FOLDS
    vague = np.flatnonzero((given.labels == 1) & ~held)
    clear = np.flatnonzero((given.labels == 0) & ~held)
    most = round(SHARE * n)
    some = [*draw.choice(vague, most, False), *draw.choice(clear, n - most, False)]
    probe = personal.fit(
        [Labelled(tuple(given.vectors[at].tolist()), float(given.labels[at]), 1.0) for at in some]
    )
    if probe is None:
        return None
    scores = np.array([probe.logit(given.vectors[at].tolist()) for at in np.flatnonzero(held)])
    return gates.auroc(scores, given.labels[held])


def cost(given: Given) -> str:
    """Milliseconds of the first two tiers beyond the prefill, on this computer."""
    known, questions, nobody = prior.shipped(), bank.shipped(), Beliefs()
    texts, vectors = given.texts[:TIMED], given.vectors[:TIMED]
    embed(texts[:1])  # loads the sentence model

    def first(at: int) -> None:
        gate.need(texts[at], Prefill(tuple(vectors[at].tolist()), given.key), known, nobody)

    def second(at: int) -> None:
        first(at)
        where = scope.of(texts[at])
        by_words = options.left_open(texts[at], (), ())
        candidates.of(by_words, texts[at], (), (), where, nobody, questions, embed)

    return COST.format(
        n=TIMED, first=timed(first), second=timed(second), share=share_ended(given, known)
    )


def timed(run: Callable[[int], None]) -> str:
    """Milliseconds of a run over the timed rows: median, 95 %; by the clock, then of the CPU."""
    waited, spent = [], []
    for at in range(TIMED):
        clock, used = time.perf_counter(), time.process_time()
        run(at)
        waited.append(1000 * (time.perf_counter() - clock))
        spent.append(1000 * (time.process_time() - used))
    values = [np.quantile(some, q) for some in (waited, spent) for q in (0.5, 0.95)]
    return " | ".join(f"{value:.1f}" for value in values)


def share_ended(given: Given, known: prior.Prior) -> str:
    """The share of rows that the first tier ends at its threshold, by words alone."""
    ended = [gate.need(text, None, known, Beliefs()) < LEAST_NEED for text in given.texts]
    return f"{np.mean(ended):.2f}"


OWN = (
    "Request: {request}\n\nBefore doing this, should you ask the person a question because"
    " something important is missing? Answer with Yes or No."
)
HEAD = """# When to ask, measured

`make bench-asking`. IN3's training part in `prior/in3.jsonl`, of every group of near duplicates
(verbatim, or cosine above .8, by a chain) the first alone: {n} requests, {vague} vague and
{clear} clear, labels as published (suggested by GPT-4, adapted by people). This is not IN3's
human test part: nobody here has it.

One thread of a computer with {cores} cores, which other work may share."""
WHEN = """## (a) When to ask

Five folds, a group never on both sides; every score is of a fit that has not seen the row.
Threshold 0 of log-odds under both labels alike; specificity at recall .85 uses the threshold
that gives it on these rows. 95 % bootstrap intervals over rows. Calibration: ECE in ten bins
after a shift to the other folds' share of vague rows. The model's own answer (log-odds of Yes
against No) is cut at its median and asked of fewer rows.

| system | n | balanced accuracy | specificity at recall .85 | AUROC | asks | ECE |
| --- | --- | --- | --- | --- | --- | --- |
{lines}

AUROC of the probe less that of TF-IDF: {gap}. The penalty of the probe was chosen on these rows
(.1 to 3 give AUROC within .02), which flatters it a little."""
LEARNING = """## (c) How fast a person's own probe learns

A probe of n labelled events alone, without the prior, drawn at {share} vague and tested on
another fold; {lives} draws. The labels are the data set's, all of one distribution: that one
person's answers teach as fast is not shown by this.

| events | draws | mean AUROC | s.d. | least |
| --- | --- | --- | --- | --- |
{lines}"""
COST = """## What deciding costs

Beyond the prefill, one request of these at a time ({n} requests), with the sentence model warm.
By words alone the first tier ends {share} of these rows below .15; they are tasks, and few are
clear.

| tier | median ms | 95 % | of the processor, median | 95 % |
| --- | --- | --- | --- | --- |
| T0: probe, words, rules | {first} |
| T0 and T1: one call of the sentence model, the bank | {second} |"""


if __name__ == "__main__":
    main()
