"""Which objective teaches best: the same lessons, rows, steps and seeds, one loss against another.

    .venv/bin/python -m bench.objectives --seed 0 [--arms ours,sft] [--full] [--form nf4]
    .venv/bin/python -m bench.objectives --table

Lessons are taught one after the other, each from the version before. One process a seed; what is
measured already is not measured again. Simulated: the lessons are ours, checks are the raters.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import argparse
import json
import resource
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from assistant import adapters, beneath, curriculum, lecture, network, starter
from assistant.clock import Clock
from assistant.curriculum import Curriculum
from assistant.embedder import embed
from assistant.model import LocalModel
from assistant.protocols import Plan
from assistant.teacher import Taught
from bench import arms, exam, lessons, surroundings, tables
from bench.arms import Arm, Work
from bench.count import Count, summary
from bench.exam import Examiner, Voice
from bench.lessons import BenchLesson
from data import ledger, versions
from data.store import Store
from data.types import Lesson, Preference
from data.vectors import cosine
from feedback import holding, scope, select
from tests.steps import result

TRAINED: Mapping[str, Arm] = {
    "ours": Arm(arms.ours()),
    "ours with pairs": Arm(arms.ours(lambda how: replace(how, pair=0.5))),
    "ours without hold": Arm(arms.ours(lambda how: replace(how, hold=0.0))),
    "ours without weights": Arm(arms.ours(lambda how: replace(how, known=0.0))),
    "sft in blocks": Arm(arms.sft),
    "one adapter": Arm(arms.one_adapter, blocks=False),
    "sft with replay": Arm(arms.sft_with_replay, blocks=False),
    "sft": Arm(arms.sft, blocks=False),
    "dpo": Arm(arms.dpo, blocks=False),
    "c3po": Arm(arms.c3po, blocks=False),
    "distilled": Arm(arms.distilled, blocks=False),
    "hindsight": Arm(arms.hindsight, blocks=False),
}
TOLD = ("base", "rule in the prompt", "retrieval memory")
NEAREST = 3  # lessons that the retrieval memory puts into a prompt


@dataclass(frozen=True, slots=True)
class Prepared:
    """One lesson with its rows, and the route that its teacher took."""

    slug: BenchLesson
    lesson: Lesson
    plan: Curriculum
    taught: Taught
    rows: tuple[Preference, ...]  # where the lesson holds
    wide: tuple[Preference, ...]  # the same with older lessons' and the base's own, elsewhere


def main() -> None:
    """Runs the arms of one seed, or prints the table of all that was measured."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--arms", default=",".join((*TOLD, *TRAINED)))
    asked.add_argument("--full", action="store_true", help="all 24 lessons instead of 6")
    asked.add_argument("--form", default="bf16", choices=("bf16", "nf4"))
    asked.add_argument("--home", type=Path, default=Path("build/objectives"))
    asked.add_argument("--threads", type=int, default=torch.get_num_threads())
    asked.add_argument("--table", action="store_true")
    said = asked.parse_args()
    if said.table:
        tables.objectives((tables.RESULTS / "objectives", said.home), Path("docs"))
        return
    wanted = said.arms.split(",")
    if unknown := set(wanted) - {*TOLD, *TRAINED}:
        asked.error(f"no such arm: {', '.join(sorted(unknown))}")
    torch.set_num_threads(said.threads)
    home = said.home / f"{said.form}-{'full' if said.full else 'quick'}-{said.seed}"
    home.mkdir(parents=True, exist_ok=True)
    folder = starter.folder(said.home, lambda _label, _share: None)
    base = network.load(folder, starter.NAME, said.form, torch.device("cpu"))
    bench(base, home, said.seed, said.full, wanted)


def bench(base: network.Network, home: Path, seed: int, full: bool, wanted: Sequence[str]) -> None:
    """Measures the wanted arms that have no result file yet."""
    model = LocalModel(base, home)
    store = Store(home / "memory.duckdb")
    run = versions.start_run(store, "objectives")
    examiner = Examiner(model, store, run.id)
    ready = prepare(store, model, home, seed, lessons.load(quick=not full))
    for name in wanted:
        path = home / f"{name.replace(' ', '-')}.json"
        if path.exists():
            continue
        began = time.monotonic()
        if name in TRAINED:
            found = trained(base, model, home, seed, ready, name, examiner)
        else:
            found = told(ready, name, examiner)
        found |= {
            "arm": name,
            "seed": seed,
            "base": base.name,
            "seconds": round(time.monotonic() - began),
            "peak GiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
        }
        path.write_text(json.dumps(found, indent=1), encoding="utf-8")
        print(name, json.dumps(summary(found)), flush=True)
    store.close()


def prepare(
    store: Store, model: LocalModel, home: Path, seed: int, wanted: Sequence[BenchLesson]
) -> tuple[Prepared, ...]:
    """Verified rows of every lesson that the teacher reaches, each beside all lessons before."""
    known = {one.effect: one for one in ledger.all(store)}
    ready: list[Prepared] = []
    for slug in wanted:
        lesson = known.get(slug.effect) or ledger.add(store, slug.as_lesson(store.now()))
        held = [one.lesson for one in ready]
        plan = curriculum.draw(store, lesson, held, embed, seed)
        if plan.lacks:
            print("memory only:", plan.lacks)
            continue
        clock = Clock()
        steps = lecture.prepare(store, model, embed, home, seed, exam.LIMIT, plan, clock)
        taught = result(steps)
        print(
            f"{slug.id}: route {taught.route}, {taught.passing} of {taught.drafts} drafts, "
            f"{len(taught.targets)} targets; {clock}",
            flush=True,
        )
        if taught.route == "D":
            continue
        rows = lecture.rows(store, embed, plan, held)
        every = lecture.fitting(store, embed, (*held, lesson))
        older = select.select(
            every, [lesson.id], embed, held=(*plan.held, *plan.dev), replay=lecture.REPLAY
        )
        around = surroundings.rows(store, model, home, embed, seed, lesson, held)
        ready.append(Prepared(slug, lesson, plan, taught, rows, (*older, *around)))
    return tuple(ready)


def trained(
    base: network.Network,
    model: LocalModel,
    home: Path,
    seed: int,
    ready: Sequence[Prepared],
    name: str,
    examiner: Examiner,
) -> dict[str, object]:
    """Teaches all lessons in turn with one objective; counts after each, and of all at the end."""
    arm = TRAINED[name]
    voice = Voice()
    before: list[Count] = []
    first: list[Count] = []
    seconds: list[float] = []
    for at, one in enumerate(ready):
        number = at + 1
        so_far = [each.lesson for each in ready[:number]]
        holds = holding.ids(so_far, embed) if arm.blocks else None
        plan = Plan(
            number=number,
            parent=voice.version,
            lessons=tuple(each.id for each in so_far),
            data=one.rows if arm.blocks else one.wide,
            seed=0,
            new_lessons=(one.lesson.id,),
            holds=holds,
        )
        plan = replace(plan, seed=beneath.seed_of(plan, (one.slug.effect,), seed))
        before.append(examiner.count(one.slug, voice, inside=False))
        began = time.process_time()
        place = home / name.replace(" ", "-")
        adapters.purge(adapters.folder_of(place, number))
        voice = Voice(arm.train(base, Work(plan, _rules(one)), place), holds)
        seconds.append(round(time.process_time() - began, 1))
        first.append(examiner.count(one.slug, voice))
        print(
            f"  {name}: {one.slug.id} {first[-1].inside} {first[-1].near} {seconds[-1]}", flush=True
        )
    last = [examiner.count(one.slug, voice) for one in ready]
    return {
        "before": [one.to_row() for one in before],
        "first": [one.to_row() for one in first],
        "last": [one.to_row() for one in last],
        "drift": round(exam.drift(model, voice), 4),
        "cpu seconds a lesson": seconds,
    }


def told(ready: Sequence[Prepared], name: str, examiner: Examiner) -> dict[str, object]:
    """The same counts of the untaught model with nothing, all rules, or the nearest told."""
    vectors = dict(
        zip([one.slug.id for one in ready], embed([_said(o) for o in ready]), strict=True)
    )
    counts = []
    alone = [examiner.count(one.slug, inside=False).to_row() for one in ready]
    for one in ready:
        rules: dict[str, list[str]] = {}
        for text in (*one.slug.inside, *one.slug.near):
            if name == "rule in the prompt":
                rules[text] = [
                    o.lesson.effect for o in ready if scope.applies(o.lesson, text, embed)
                ]
            elif name == "retrieval memory":
                (asked,) = embed([text])
                ranked = sorted(ready, key=lambda o: -cosine(vectors[o.slug.id], asked))
                rules[text] = [_said(o) for o in ranked[:NEAREST]]
        counts.append(examiner.count(one.slug, rules=rules).to_row())
    return {
        "before": alone,
        "first": counts,
        "last": counts,
        "drift": 0.0,
        "cpu seconds a lesson": [],
    }


def _rules(one: Prepared) -> dict[str, list[str]]:
    """What the teacher was told for each request: older lessons that hold there, then this one."""
    return {
        text: [*(o.effect for o in one.plan.others.get(text, ())), one.lesson.effect]
        for text in one.plan.train
    }


def _said(one: Prepared) -> str:
    return f"{one.lesson.scope}: {one.lesson.effect}" if one.lesson.scope else one.lesson.effect


if __name__ == "__main__":
    main()
