"""One lesson taught by one learner, each stage in a process of its own, so that memory is its own.

Stages: prepare (verified rows, by heed's own teacher), one per learner, judge (held requests that
no learner saw). Knows no table; every stage leaves a JSON file in the folder of its round.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import json
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoTokenizer

from assistant import (
    adapters,
    beneath,
    curriculum,
    learn,
    lecture,
    network,
    prompt,
    quantize,
    starter,
)
from assistant.clock import Clock
from assistant.encode import Encoder
from assistant.model import LocalModel
from assistant.network import Network, Tensors
from assistant.protocols import Holds, Plan
from bench import cost, exam, lessons, peers
from bench.cost import Watch
from bench.exam import Examiner, Voice
from bench.lessons import BenchLesson
from bench.peers import Effort, Pair
from data.checks import registry
from data.store import Store
from data.types import Preference
from feedback import holding
from tests.steps import result

PEERS: Mapping[str, peers.Peer] = {"TRL": peers.dpo, "PEFT": peers.sft}
LEARNERS = ("ours", *PEERS)
CPU = torch.device("cpu")


@dataclass(frozen=True, slots=True)
class Round:
    """What is taught in this round, and where its files lie."""

    lesson: str  # slug
    seed: int
    kind: quantize.Kind
    longer: int  # how many times our passes a peer may take
    home: Path

    @property
    def folder(self) -> Path:
        """Of this round alone."""
        return self.home / f"{self.kind}-{self.lesson}-{self.seed}"

    @property
    def base(self) -> Path:
        """The unpacked starter, shared by all rounds."""
        return starter.folder(self.home, lambda _label, _share: None)

    @property
    def slug(self) -> BenchLesson:
        """The lesson itself, with its held requests."""
        return next(one for one in lessons.load() if one.id == self.lesson)

    def network(self) -> Network:
        """A fresh one."""
        return network.load(self.base, starter.NAME, self.kind, CPU)

    def keep(self, stage: str, found: Mapping[str, object]) -> None:
        """What a stage measured."""
        path = self.folder / f"{stage}.json"
        path.write_text(json.dumps(found, indent=1), encoding="utf-8")

    def kept(self, stage: str) -> dict[str, Any]:
        """The same, read again."""
        found: dict[str, Any] = json.loads((self.folder / f"{stage}.json").read_text("utf-8"))
        return found


def run(stage: str, round_: Round) -> None:
    """Does one stage. A learner needs "prepare" before it, "judge" needs all learners."""
    match stage:
        case "prepare":
            prepare(round_)
        case "ours":
            ours(round_)
        case "judge":
            judge(round_)
        case _:
            peer(round_, stage)


def prepare(round_: Round) -> None:
    """The rows of the lesson, and the seconds that they took; those of the pairs apart."""
    from assistant.embedder import embed  # late: learners do without it

    store = Store(None)
    model = LocalModel(round_.network(), round_.folder)
    lesson = round_.slug.lesson(store, store.now())
    plan = curriculum.draw(store, lesson, (), embed, round_.seed)
    if plan.lacks:
        raise SystemExit(plan.lacks)
    watch, clock = Watch(), Clock()
    taught = result(
        lecture.prepare(store, model, embed, round_.folder, round_.seed, exam.LIMIT, plan, clock)
    )
    if taught.route == "D":
        raise SystemExit(taught.why)
    rows = lecture.rows(store, embed, plan, ())
    spent = watch.read()
    store.close()
    (round_.folder / "rows.pickle").write_bytes(pickle.dumps((lesson.id, rows)))
    encode = model.network.encoder
    lengths: dict[str, list[int]] = {}
    for row in rows:
        for name, text in (("chosen", row.chosen), ("rejected", row.rejected)):
            if text is not None:
                asked = prompt.plain(row.prompt)
                lengths.setdefault("prompt", []).append(len(encode.prompt(asked)))
                pair = encode.pair(asked, text)
                lengths.setdefault(name, []).append(len(pair.ids) - pair.start)
    round_.keep(
        "prepare",
        {
            "route": taught.route,
            "pairs": sum(one.rejected is not None for one in rows),
            "rows": len(rows),
            "mean tokens": {name: round(sum(n) / len(n)) for name, n in lengths.items()},
            "seconds of the pairs": asdict(spent),
        },
    )


def ours(round_: Round) -> None:
    """heed's own learner, exactly as a round of teaching runs it."""
    lesson, rows = _rows(round_)
    chosen = round_.network()
    how = learn.recipe_for(int(chosen.model.num_parameters()))
    a_pass = -(-len(rows) // (how.apart if round_.slug.scope else how.new))
    plan = Plan(
        number=1,
        parent=None,
        lessons=(lesson,),
        data=rows,
        seed=0,
        new_lessons=(lesson,),
        holds=lambda request: (lesson,) if request or not round_.slug.scope else (),
    )
    plan = replace(plan, seed=beneath.seed_of(plan, (round_.lesson,), round_.seed))
    bases = cost.largest(chosen.model)
    marks: list[dict[str, object]] = []
    watch = Watch()
    step, version = 1, None
    for progress in learn.run(chosen, plan, round_.folder / "version"):
        version = progress.candidate or version
        if progress.label.startswith("Learning: step") and progress.done > step:
            if step % a_pass == 0:  # told in the first micro-step after it
                _mark(round_, "ours", marks, watch, step // a_pass, chosen.tensors("cand"))
            step = progress.done
    assert version is not None
    steps = int(json.loads(version.settings)["steps"])
    last = -(-steps // a_pass)
    marks = [one for one in marks if one["pass"] != last]
    _mark(round_, "ours", marks, watch, last, adapters.tensors(version.folder))
    _done(round_, "ours", marks, steps, bases)


def peer(round_: Round, name: str) -> None:
    """A peer on the same rows; what only ours can use, it is not given."""
    _, rows = _rows(round_)
    pairs = [
        Pair(prompt.plain(row.prompt), row.chosen, row.rejected) for row in rows if row.role == "in"
    ]
    model = quantize.load(round_.base, round_.kind, CPU)
    tokenizer = AutoTokenizer.from_pretrained(round_.base, local_files_only=True)
    how = learn.recipe_for(int(model.num_parameters()))
    # The same number of passes as ours takes, and more of them if it needs them.
    effort = Effort(how.rate, how.passes * round_.longer, how.new, round_.seed)
    bases = cost.largest(model)
    marks: list[dict[str, object]] = []
    peers.get_ready()
    watch = Watch()
    steps = PEERS[name](
        model,
        Encoder(tokenizer, [tokenizer.eos_token_id]),
        pairs,
        effort,
        round_.folder,
        lambda number, tensors: _mark(round_, name, marks, watch, number, tensors),
    )
    _done(round_, name, marks, steps, bases)


def judge(round_: Round) -> None:
    """Greedy replies to held requests with every adapter; of a peer until it has reached ours."""
    chosen = round_.network()
    model = LocalModel(chosen, round_.folder)
    slug, examiner = round_.slug, Examiner(model, Store(None), "")

    def passing(asked: Sequence[str], voice: Voice) -> int:
        replies = examiner.replies(asked, voice, {})
        return sum(registry.obeys(slug.check, reply, text) for text, reply in replies.items())

    found: dict[str, object] = {
        "of": len(slug.inside),
        "base": passing(slug.inside, exam.BASE),
        "of near": len(slug.near),
        "base near": passing(slug.near, exam.BASE),
    }
    wanted: int | None = None
    for learner in LEARNERS:
        held: dict[int, int] = {}
        reached: dict[str, Any] | None = None
        for mark in round_.kept(learner)["marks"]:
            number = int(mark["pass"])
            tensors = _tensors(round_, learner, number)
            made = adapters.save(
                round_.folder / "judged" / learner,
                number=number,
                parent=None,
                base=chosen.name,
                lessons=(round_.lesson,),
                preferences=(),
                seed=0,
                tensors=tensors,
                settings={},
                losses=(),
            )
            voice = Voice(made, _holds(round_) if learner == "ours" else None)
            held[number] = passing(slug.inside, voice)
            if wanted is not None and held[number] >= wanted:
                reached = mark
                break
        if wanted is None:  # ours: what it holds at its end is what the peers have to reach
            wanted, reached = held[number], mark
        found[learner] = {
            "held": held,
            "reached": reached,
            "near": passing(slug.near, voice),
            "drift": round(exam.drift(model, voice), 4),
        }
    round_.keep("judge", found)


def _holds(round_: Round) -> Holds:
    """Where the lesson holds, by heed's own scope test."""
    from assistant.embedder import embed  # late: learners do without it

    lesson = replace(round_.slug.as_lesson(datetime.now(UTC)), id=round_.lesson)
    return holding.ids([lesson], embed)


def _rows(round_: Round) -> tuple[str, tuple[Preference, ...]]:
    found: tuple[str, tuple[Preference, ...]]
    found = pickle.loads((round_.folder / "rows.pickle").read_bytes())
    return found


def _mark(
    round_: Round,
    learner: str,
    marks: list[dict[str, object]],
    watch: Watch,
    number: int,
    tensors: Tensors,
) -> None:
    with watch.aside():
        marks.append({"pass": number, **asdict(watch.read())})
        np.savez(round_.folder / f"{learner}-{number}.npz", **tensors)  # type: ignore[arg-type]


def _tensors(round_: Round, learner: str, number: int) -> Tensors:
    with np.load(round_.folder / f"{learner}-{number}.npz") as file:
        return dict(file.items())


def _done(
    round_: Round,
    learner: str,
    marks: Sequence[Mapping[str, object]],
    steps: int,
    bases: torch.Size,
) -> None:
    round_.keep(
        learner,
        {
            "steps": steps,
            "marks": marks,
            "peak": cost.peak(CPU),
            "copies of the base": cost.copies(bases),
        },
    )


def stages() -> Iterator[str]:
    """All of them, in order."""
    yield "prepare"
    yield from LEARNERS
    yield "judge"
