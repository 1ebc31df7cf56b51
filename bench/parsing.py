"""`make bench-parsing`: the parser on our own labelled files, beside plain parsers, as one table.

    python -m bench.parsing [--quick] [--llm] [--held]

--quick leaves out what needs the sentence model; --llm prompts the model of the settings; --held
scores the part that no author of a parser reads: totals only, and its runs are counted in a file.
Prints no critique and fits nothing that ships.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

import numpy as np

from assistant import settings
from assistant.heads import label as shipped
from bench import critiques, measures, own_sets, readers
from bench.critiques import Part
from bench.measures import Figure
from bench.readers import Reader
from data.types import Label, Message
from feedback.parse import parse
from heads import fit, rows

DOC = Path(__file__).parent.parent / "docs/bench-parsing.md"
RUNS = Path(__file__).parent / "held_runs.json"
LIMIT = 400  # tokens of the prompted model for one critique
OURS, RULES = "heed", "rules only"
TARGETS = {
    "P1 polarity macro-F1, FeedbackQA": ".90",
    "P5 condition, token F1": ".85",
    "P5 change, token F1": ".90",
    "P9 wish F1": ".80",
    "P9 + kind": ".70",
    "P9 + polarity and aspect": ".60",
    "P10 scope, of matched": ".85",
    "P10 wider than gold, unasked": "at most .02",
    "P11 quotes verbatim": "1",
    "P13 unverified claims taken for supported": "0",
    "P13 right claims about the person taken": ".80",
    "P14 calibration error": "at most .05",
    "P14 right at route accept": ".95",
    "P14 share at route accept": ".60",
    "P15 contradictions, recall": ".85",
    "P15 contradictions, precision": ".85",
}
Systems = dict[str, dict[str, Figure]]


def main() -> None:
    """Prints the figures; those of the open part also go to docs/bench-parsing.md."""
    ask = argparse.ArgumentParser(prog="bench.parsing")
    ask.add_argument("--quick", action="store_true", help="nothing that needs the sentence model")
    ask.add_argument("--llm", action="store_true", help="also prompt the model of the settings")
    ask.add_argument("--held", action="store_true", help="the held part; counted")
    given = ask.parse_args()
    systems: dict[str, Reader] = {
        OURS: readers.ours(shipped),
        RULES: readers.ours(None),
        "no parser": readers.one_unit,
        "majority": readers.labelled(readers.majority()),
        "TF-IDF alone": readers.labelled(readers.tfidf()),
    }
    if not given.quick:
        systems["frozen MiniLM"] = readers.labelled(readers.frozen())
    if given.llm:
        systems["prompted model"] = readers.prompted(_complete())
    if given.held:
        run = _count()
        print("\n".join(_table(f"Held part, run {run}", on_critiques("held", systems))))
        return
    tables = [
        _table("Our own set, open part", on_critiques("open", systems)),
        _table(
            "Polarity of a whole critique",
            {name: {"P1 polarity macro-F1, FeedbackQA": f} for name, f in of_polarity().items()},
        ),
        _table("Small sets", {OURS: small(shipped), RULES: small(None)}),
        timing(),
    ]
    text = "\n".join([INTRO, *("\n".join(["", *table]) for table in tables)]) + "\n"
    DOC.write_text(text, encoding="utf-8")
    print(text)


def on_critiques(part: Part, systems: dict[str, Reader]) -> Systems:
    """P9, P10 and P14 of every system on one part of our own set."""
    replies = {row["id"]: row["reply"] for row in critiques.lines("replies")}
    gold = critiques.gold(part)
    return {
        name: measures.of_wishes(
            [read(row, replies[row["reply"]]) for row in gold], [row["wishes"] for row in gold]
        )
        for name, read in systems.items()
    }


def small(label: Label | None) -> dict[str, Figure]:
    """P5, P11, P13 and P15."""
    found: dict[str, Figure] = {}
    for part in (own_sets.of_rules, own_sets.verbatim, own_sets.of_claims, own_sets.of_relations):
        found |= part(label)
    return found


def of_polarity() -> dict[str, Figure]:
    """P1 on the development rows that ship, by folds in which a question stays whole."""
    given = [*rows.clauses(), *rows.critiques()]
    given = [row for row in given if "whole" in row.labels]
    ours = np.array(["kind" not in row.labels for row in given])
    texts, labels = [row.text for row in given], [row.labels["whole"] for row in given]
    found = fit.fit(fit.features(texts, fit.space(texts), None), labels, rows.folds(given))
    head = [int(found.labels[place]) for place in found.scores[ours].argmax(1)]
    gold = [int(row.labels["whole"]) for row in given if "kind" not in row.labels]
    asked = [row.text for row in given if "kind" not in row.labels]
    return {
        "heed's head": measures.polarity_f1(head, gold),
        RULES: measures.polarity_f1(readers.polarity(None)(asked), gold),
        "majority": measures.polarity_f1([1] * len(gold), gold),
    }


def timing() -> list[str]:
    """P16: seconds of the processor and of the clock for one critique, without a model."""
    replies = {row["id"]: row["reply"] for row in critiques.lines("replies")}
    gold = critiques.gold("open")
    told = ["## P16 time of a critique, ms", "", TIMES, "| --- " * 6 + "|"]
    both: tuple[tuple[str, Label | None], ...] = ((OURS, shipped), (RULES, None))
    for name, label in both:
        spent: list[float] = []
        waited: list[float] = []
        for row in [gold[0], *gold]:
            started, clock = time.process_time(), time.perf_counter()
            parse(row["text"], reply=replies[row["reply"]], label=label)
            spent.append(1e3 * (time.process_time() - started))
            waited.append(1e3 * (time.perf_counter() - clock))
        values = [f(y[1:]) for y in (spent, waited) for f in (median, _slow)]
        told.append(f"| {name} | {len(gold)} | {' | '.join(f'{v:.1f}' for v in values)} |")
    return told


def _slow(times: Sequence[float]) -> float:
    """What 95 % stay below."""
    return quantiles(times, n=20)[-1]


def _complete() -> Callable[[Message], str]:
    """Imports late: torch takes seconds, and most runs prompt no model."""
    from assistant import loading

    chosen = settings.load()
    model = loading.model(chosen, lambda step: print(step.label))
    return lambda said: model.complete([[said]], limit=LIMIT)[0]


def _count() -> int:
    """One more run on the held part, written before it begins."""
    runs = int(json.loads(RUNS.read_text("utf-8"))["runs"]) + 1 if RUNS.exists() else 1
    RUNS.write_text(json.dumps({"runs": runs}) + "\n", encoding="utf-8")
    return runs


def _table(title: str, systems: Systems) -> list[str]:
    names: Sequence[str] = list(systems)
    measured = list(dict.fromkeys(name for found in systems.values() for name in found))
    told = [f"## {title}", "", f"| measure | target | {' | '.join(names)} |"]
    told.append("| --- " * (len(names) + 2) + "|")
    for measure in measured:
        cells = [found[measure].cell() if measure in found else "-" for found in systems.values()]
        told.append(f"| {measure} | {TARGETS.get(measure, '')} | {' | '.join(cells)} |")
    return told


TIMES = "| parser | critiques | processor, median | 95 % below | clock, median | 95 % below |"
INTRO = """# How well critiques are read

Written by `make bench-parsing`. The critiques, the small sets and their labels were made by
language models, not by persons (`tests/data/critiques/GUIDELINES.md`); this part is open to the
parser's authors. In brackets the 95 % interval from resampling critiques 1,000 times (seed 0),
then the count behind it.

A wish counts as found if, one to one, one quote contains the other and is at most twice as
long. Baselines: `rules only` is heed without heads; `no parser` takes a critique as one wish
with the polarity of the thumb; the others label the clauses that heed's rules cut: with the
commonest label, by logistic regression on TF-IDF, or on vectors of the sentence model as it is,
both from the rows in `heads/`. A wish is right (P14) if it is found with its kind, polarity and
aspect. P1 is cross-validated on the development rows that heed learns from. P12 and P17 need a
model's revisions, P2 to P4 and P6 to P8 data that does not ship."""


if __name__ == "__main__":
    main()
