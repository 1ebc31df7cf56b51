"""The time of one lesson beside TRL's DPOTrainer and a plain PEFT loop, on the same verified pairs.

    make bench-trl ASK="--quick"     one lesson, one seed
    make bench-trl ASK="--write"     all of them, and docs/bench/trl.json and trl.md

All three start from the same base, see the same pairs and take the same number of passes; a peer
that holds less than ours by then goes on. Knows no target. What was measured before, under --home,
is not measured again.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import argparse
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Literal, cast

import torch

from assistant.quantize import Kind
from bench import rounds
from bench.cost import Spent
from bench.rounds import Round

LESSONS = ("start-sure", "ideas-bullets")  # one that holds everywhere, one with a scope
SEEDS = 3
LONGER = 3  # how many times our passes a peer may take to hold as much
DOCS = Path(__file__).parent.parent / "docs" / "bench"
GIB = 1024**3

Found = Mapping[str, Any]  # one round, as its JSON file has it


def main() -> None:
    """Measures what is missing, prints the table, and writes it on demand."""
    asked = argparse.ArgumentParser(prog="python -m bench.trl", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="the first lesson, one seed")
    asked.add_argument("--kind", default="nf4", choices=("nf4", "bf16", "fp32"))
    asked.add_argument("--lessons", default=",".join(LESSONS), help="ids from lessons.jsonl")
    asked.add_argument("--seeds", type=int, default=SEEDS)
    asked.add_argument("--longer", type=int, default=LONGER)
    asked.add_argument("--home", type=Path, default=Path("build/trl"))
    asked.add_argument("--threads", type=int, default=torch.get_num_threads())
    asked.add_argument("--write", action="store_true", help="into docs/bench")
    asked.add_argument("--stage", help="one stage of one round, in this process")
    said = asked.parse_args()
    torch.set_num_threads(said.threads)
    wanted = said.lessons.split(",")[: 1 if said.quick else None]
    kind = cast(Kind, said.kind)
    todo = [
        Round(lesson, seed, kind, said.longer, said.home)
        for lesson in wanted
        for seed in range(1 if said.quick else said.seeds)
    ]
    if said.stage:
        slug, seed, stage = said.stage.split(":")
        rounds.run(stage, Round(slug, int(seed), kind, said.longer, said.home))
        return
    found = [measured(one, said.threads) for one in todo]
    table = told(found, said.threads)
    print(table)
    if said.write:
        DOCS.mkdir(exist_ok=True)
        (DOCS / "trl.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        (DOCS / "trl.md").write_text(table, encoding="utf-8")


def measured(one: Round, threads: int) -> Found:
    """All stages of a round, each in a process of its own; what was kept if it was run before."""
    whole = one.folder / "whole.json"
    if not whole.exists():
        shutil.rmtree(one.folder, ignore_errors=True)
        one.folder.mkdir(parents=True)
        for stage in rounds.stages():
            print(f"{one.lesson}, seed {one.seed}: {stage}", flush=True)
            command = [sys.executable, "-m", "bench.trl", "--home", str(one.home)]
            command += ["--stage", f"{one.lesson}:{one.seed}:{stage}", "--kind", one.kind]
            command += ["--longer", str(one.longer), "--threads", str(threads)]
            subprocess.run(command, check=True)
        found = {"lesson": one.lesson, "seed": one.seed, "kind": one.kind, "longer": one.longer}
        found |= {stage: one.kept(stage) for stage in rounds.stages()}
        one.keep("whole", found)
    return one.kept("whole")


def told(found: Sequence[Found], threads: int) -> str:
    """The page: a table per lesson, medians over its seeds, and the conditions."""
    kind, longer = found[0]["kind"], found[0]["longer"]
    lines = ["# One lesson beside TRL and a plain PEFT loop", "", *WHAT.splitlines(), ""]
    for lesson in dict.fromkeys(one["lesson"] for one in found):
        lines += table([one for one in found if one["lesson"] == lesson])
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    lines += [
        "Conditions:",
        "",
        f"- SmolLM2-135M-Instruct in {kind} on a CPU, {threads} threads; {versions}.",
        f"- A peer may take {longer} times our passes. Its rate falls over all of them.",
        *CONDITIONS.splitlines(),
    ]
    return "\n".join(lines) + "\n"


def table(found: Sequence[Found]) -> list[str]:
    """The rows of one lesson."""
    first = found[0]
    of, near = first["judge"]["of"], first["judge"]["of near"]
    pairs, rows = first["prepare"]["pairs"], first["prepare"]["rows"]
    seeds = f"{len(found)} seeds, medians" if len(found) > 1 else "one seed"
    made = "seconds of the pairs"
    held = "; ".join(
        f"{learner} {', '.join(map(str, first['judge'][learner]['held'].values()))}"
        for learner in rounds.LEARNERS
    )
    return [
        f"## {first['lesson']}",
        "",
        f"{seeds}; {pairs} pairs among {rows} verified answers, in seed 0. The base holds it in "
        f"{_median(found, 'judge', 'base'):g} of {of} replies, and near it in "
        f"{_median(found, 'judge', 'base near'):g} of {near}. Making the pairs took "
        f"{_seconds([Spent(**one['prepare'][made]) for one in found])} s.",
        "",
        f"| seconds (of CPU) | held, of {of} | as much as ours after | learning | "
        f"with generation | ours / this | same passes | near, of {near} | drift | GiB | bases |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *(row(found, learner) for learner in rounds.LEARNERS),
        "",
        f"Held after each pass, seed 0: {held}.",
        "",
    ]


def row(found: Sequence[Found], learner: str) -> str:
    """One learner on one lesson; times are to its end where it mostly never held so much."""
    n = len(found)
    there = [one for one in found if one["judge"][learner]["reached"] is not None]
    came = 2 * len(there) > n
    used = there if came else found
    ends = [one["judge"][learner]["reached"] or one[learner]["marks"][-1] for one in used]
    after = f"{statistics.median(one['pass'] for one in ends):g} passes"
    if 0 < len(there) < n:
        after += f" ({len(there)} of {n} seeds)"
    learning = [Spent(one["wall"], one["cpu"]) for one in ends]
    whole = [_made(one) + spent for one, spent in zip(used, learning, strict=True)]
    own = [_made(one) + _last(one, "ours") for one in found]
    ratio = (
        _middle(own, "wall") / _middle(whole, "wall"),
        _middle(own, "cpu") / _middle(whole, "cpu"),
    )
    same = [_last(one, learner, one["ours"]["marks"][-1]["pass"]) for one in found]
    held = statistics.median(list(one["judge"][learner]["held"].values())[-1] for one in found)
    cells = (
        learner,
        f"{held:g}",
        after if came else f"never in {after}",
        _seconds(learning),
        _seconds(whole),
        f"{'' if came else '< '}{ratio[0]:.2f} ({ratio[1]:.2f})",
        _seconds(same),
        f"{_median(found, 'judge', learner, 'near'):g}",
        f"{_median(found, 'judge', learner, 'drift'):.3f}",
        f"{_median(found, learner, 'peak') / GIB:.2f}",
        f"{max(one[learner]['copies of the base'] for one in found)}",
    )
    return f"| {' | '.join(cells)} |"


def _made(one: Found) -> Spent:
    """What came before learning."""
    return Spent(**one["prepare"]["seconds of the pairs"])


def _last(one: Found, learner: str, passes: int | None = None) -> Spent:
    """Learning up to the end of so many passes, or to its own end."""
    marks = [mark for mark in one[learner]["marks"] if mark["pass"] <= (passes or mark["pass"])]
    return Spent(marks[-1]["wall"], marks[-1]["cpu"])


def _middle(spent: Sequence[Spent], which: Literal["wall", "cpu"]) -> float:
    return statistics.median(one.wall if which == "wall" else one.cpu for one in spent)


def _seconds(spent: Sequence[Spent]) -> str:
    return f"{_middle(spent, 'wall'):.0f} ({_middle(spent, 'cpu'):.0f})"


def _median(found: Sequence[Found], *keys: str) -> float:
    values = []
    for one in found:
        value: Any = one
        for key in keys:
            value = value[key]
        values.append(float(value))
    return statistics.median(values)


LIBRARIES = ("trl", "peft", "transformers", "bitsandbytes", "torch")
WHAT = """\
Made by `make bench-trl ASK="--write"`. Ours is `assistant/learn.py` as the product runs it; TRL is
its DPOTrainer with PEFT; PEFT is a loop of cross-entropy on the chosen answers. Held: greedy
replies to requests that no learner saw, rule not in the prompt. Generation: heed made and verified
the pairs, and their seconds are counted for everybody. Drift: KL to the base on plain passages,
nats a token; a lesson that holds in a place is silent there. The gate is not counted: the peers
have none."""
CONDITIONS = """\
- The same for all: base, guard against repacking, LoRA of rank 16 on the feed-forward layers, rate,
  4 pairs a step (ours 2 in a place), the order drawn from the seed. Ours adds two plain passages to
  each step of a lesson that holds everywhere, and its block speaks only where the lesson holds.
- TRL at its defaults but for the rate (1e-6 there), no gradient checkpointing, and reference
  log-probabilities computed once: each makes it faster. It cannot use a pair without a rejected
  answer.
- TRL trains on a 4-bit base and holds its adapter in bfloat16. Its reference pass before training
  would repack the weights on a CPU with avx512_bf16, and without the guard of
  `assistant/quantize.py` it then trains on wrong gradients and says nothing (seen on a tiny model:
  the adapter is another one than with the guard, or with TRL's defaults, which agree).
- Each learner in a process of its own: the peak is that of the whole process, libraries included.
- Simulated: the lessons are ours, and code is the only judge."""

if __name__ == "__main__":
    main()
