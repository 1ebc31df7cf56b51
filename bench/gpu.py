"""Seconds, memory and tokens a second of one lesson on random weights of 1 to 8 billion parameters.

    make bench-gpu ASK="--size 1b,3b,8b --write"
    .venv/bin/python -m bench.gpu --device cpu --tiny     the same code without a GPU

Ours, TRL's DPOTrainer and a plain PEFT loop, on the same pairs and for the same number of passes,
each in a process of its own. Random weights learn nothing: it knows only speed and memory.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import argparse
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import metadata, util
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor
from transformers import AutoTokenizer

from assistant import learn, prompt, quantize
from assistant.encode import Encoder
from assistant.network import Network
from assistant.protocols import Plan
from assistant.quantize import Kind
from bench import cost, peers, random_model
from bench.cost import Watch
from bench.peers import Effort, Pair
from bench.random_model import SIZES
from bench.rounds import LEARNERS, PEERS
from data.types import ItemRole, Message, Preference

# How many rows of each role a lesson has, and their mean lengths in tokens, request / chosen /
# rejected: those of bench.trl on the starter.
ROWS: Mapping[ItemRole, tuple[int, int, int, int]] = {
    "in": (12, 34, 30, 64),
    "general": (8, 34, 64, 0),
}
TEMPLATE = 16  # tokens of a prompt that are not the request's: roles, marks, the system message
DOCS = Path(__file__).parent.parent / "docs" / "bench"
GIB = 1024**3

Found = Mapping[str, Any]


class Counted(Network):
    """Counts the tokens that it is trained on."""

    trained = 0

    def forward(self, ids: Tensor, **more: Any) -> Any:
        """The base's own forward."""
        if torch.is_grad_enabled():
            self.trained += ids.numel()
        return super().forward(ids, **more)


def main() -> None:
    """Builds each model, measures every learner on it, prints the table."""
    asked = argparse.ArgumentParser(prog="python -m bench.gpu", description=__doc__)
    asked.add_argument("--size", default="1b", help="of 1b, 3b and 8b, with commas between them")
    asked.add_argument("--tiny", action="store_true", help="two layers: does the code run?")
    asked.add_argument("--device", default="cuda", choices=("cuda", "cpu"))
    asked.add_argument("--kind", default="nf4", choices=("nf4", "bf16", "fp32"))
    asked.add_argument("--learners", default=",".join(learners()))
    asked.add_argument("--home", type=Path, default=Path("build/gpu"))
    asked.add_argument("--write", action="store_true", help="into docs/bench")
    asked.add_argument("--stage", help="one learner, or make, in this process")
    said = asked.parse_args()
    if said.device == "cuda" and not torch.cuda.is_available():
        sys.exit("There is no GPU here. --device cpu --tiny runs the same code on a tiny model.")
    device, kind = torch.device(said.device), cast(Kind, said.kind)
    sizes = ["tiny"] if said.tiny else said.size.split(",")
    if said.stage:
        stage(said.stage, said.home, sizes[0], device, kind)
        return
    found = []
    for size in sizes:
        shutil.rmtree(said.home / size, ignore_errors=True)
        for name in ("make", *said.learners.split(",")):
            print(f"{size}: {name}", flush=True)
            command = [sys.executable, "-m", "bench.gpu", "--home", str(said.home)]
            command += ["--device", said.device, "--kind", kind, "--size", size, "--stage", name]
            subprocess.run(command, check=True)
            if name != "make":
                kept = (said.home / size / f"{name}.json").read_text("utf-8")
                found.append(json.loads(kept))
        shutil.rmtree(said.home / size / "base")
    page = told(found)
    print(page)
    if said.write:
        DOCS.mkdir(exist_ok=True)
        (DOCS / "gpu.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        (DOCS / "gpu.md").write_text(page, encoding="utf-8")


def learners() -> tuple[str, ...]:
    """Those that can run here: TRL comes with the extra "bench"."""
    return tuple(one for one in LEARNERS if one != "TRL" or util.find_spec("trl") is not None)


def stage(name: str, home: Path, size: str, device: torch.device, kind: Kind) -> None:
    """Builds the model, or measures one learner on it; leaves a JSON file in the size's folder."""
    folder = home / size
    base = folder / "base"
    if name == "make":
        base.mkdir(parents=True)
        random_model.write(base, SIZES[size], device)
        return
    rows = made(SIZES[size].words)
    measure = ours if name == "ours" else peer(name)
    found = measure(folder, rows, device, kind)
    where = torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
    found |= {"learner": name, "size": size, "kind": kind, "device": where}
    (folder / f"{name}.json").write_text(json.dumps(found, indent=1), encoding="utf-8")


def made(words: int) -> tuple[Preference, ...]:
    """The rows of one lesson as words that mean nothing, in lengths that are real."""
    draw = random.Random(0)
    rows = []
    for role, (count, asked, chosen, rejected) in ROWS.items():
        for at in range(count):
            request = random_model.text(draw, asked - TEMPLATE, words)
            answers = [random_model.text(draw, n, words) for n in (chosen, rejected) if n]
            rows.append(
                Preference(
                    id=f"{role}-{at}",
                    lesson="lesson",
                    critique=None,
                    choice=None,
                    prompt=(Message("user", request),),
                    chosen=answers[0],
                    rejected=answers[1] if rejected else None,
                    role=role,
                    made_by="teacher" if role == "in" else "base",
                    weight=0.5,
                    split="train",
                    source="check",
                    trust="confirmed",
                )
            )
    return tuple(rows)


def ours(
    folder: Path, rows: Sequence[Preference], device: torch.device, kind: Kind
) -> dict[str, object]:
    """heed's learner for all its passes: it may not stop early, since nothing is learned here."""
    model = quantize.load(folder / "base", kind, device)
    tokenizer = AutoTokenizer.from_pretrained(folder / "base", local_files_only=True)
    network = Counted(model, tokenizer, f"random/{kind}")
    how = learn.recipe_for(int(model.num_parameters()))
    new = sum(row.role == "in" for row in rows)
    steps = -(-new // how.new) * how.passes
    plan = Plan(1, None, ("lesson",), tuple(rows), 0, ("lesson",), limit_steps=steps)
    bases = cost.largest(model)
    watch = Watch()
    for _ in learn.run(network, plan, folder / "version", replace(how, least=steps)):
        pass
    return _found(watch, network.trained, steps, bases, device)


def peer(name: str) -> Any:
    """A peer, as a function of the same form."""

    def measure(
        folder: Path, rows: Sequence[Preference], device: torch.device, kind: Kind
    ) -> dict[str, object]:
        model = quantize.load(folder / "base", kind, device)
        tokenizer = AutoTokenizer.from_pretrained(folder / "base", local_files_only=True)
        encoder = Encoder(tokenizer, [tokenizer.eos_token_id])
        how = learn.recipe_for(int(model.num_parameters()))
        pairs = [
            Pair(prompt.plain(row.prompt), row.chosen, row.rejected)
            for row in rows
            if row.role == "in"
        ]
        effort = Effort(how.rate, how.passes, how.new, 0)
        bases = cost.largest(model)
        peers.get_ready()
        watch = Watch()
        steps = PEERS[name](
            model, encoder, pairs, effort, folder / name, lambda _number, _tensors: None
        )
        sides = [(one.messages, text) for one in pairs for text in (one.chosen, one.rejected)]
        used = sides if name == "TRL" else sides[::2]
        tokens = sum(len(encoder.pair(asked, text).ids) for asked, text in used if text)
        return _found(watch, tokens * how.passes, steps, bases, device)

    return measure


def _found(
    watch: Watch, tokens: int, steps: int, bases: torch.Size, device: torch.device
) -> dict[str, object]:
    spent = watch.read()
    return {
        "steps": steps,
        "seconds": round(spent.wall, 3),
        "cpu seconds": round(spent.cpu, 3),
        "tokens trained": tokens,
        "tokens a second": round(tokens / spent.wall, 1),
        "peak": cost.peak(device),
        "tensors as large as the largest": cost.copies(bases),
    }


def told(found: Sequence[Found]) -> str:
    """The page: a row for each model and learner, and the conditions."""
    lines = ["# One lesson on random weights", "", *WHAT.splitlines(), "", *HEAD.splitlines()]
    lines += [
        f"| {one['size']} | {one['learner']} | {one['steps']} | {one['seconds']:.1f} | "
        f"{one['tokens trained']} | {one['tokens a second']:.0f} | {one['peak'] / GIB:.2f} | "
        f"{one['tensors as large as the largest']} |"
        for one in found
    ]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("peft", "torch"))
    if util.find_spec("trl") is not None:
        versions += f", trl {metadata.version('trl')}"
    lines += ["", f"{found[0]['device']}, {found[0]['kind']}; {versions}. One run each."]
    return "\n".join(lines) + "\n"


WHAT = """\
Made by `make bench-gpu ASK="--write"`. Random weights in the shapes of Llama: only speed and memory
mean something here. One lesson of 12 pairs and 8 general rows, in lengths as on the
starter. Seconds: from the loaded base to the trained adapter, reference numbers and tokenizing
included, generation not. Ours trains general rows, too, so it reads more tokens for the
same pairs. Bases: tensors as large as the base's largest weight, so one, and two where the head is
not tied."""
HEAD = """\
| size | learner | steps | seconds | tokens trained | tokens a second | peak GiB | bases |
| --- | --- | --- | --- | --- | --- | --- | --- |"""

if __name__ == "__main__":
    main()
