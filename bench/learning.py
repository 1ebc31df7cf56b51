"""The promise in figures: lessons taught one at a time through the product, then some forgotten.

    .venv/bin/python -m bench.learning --seed 0 [--full] [--form bf16] [--forget 1]
    .venv/bin/python -m bench.learning --table

One process a seed; a seed that was cut short goes on where it stopped. All figures are greedy
replies with no lesson in the prompt, on requests that stand in no training row.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import argparse
import json
import random
import resource
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from assistant import adapters, build, forget, network, starter, teacher
from assistant.embedder import embed
from assistant.model import LocalModel
from bench import exam, lessons, tables
from bench.exam import Examiner
from bench.lessons import BenchLesson
from data import caches, ledger, versions
from data.store import Store
from data.types import AdapterVersion, Lesson, Message
from feedback import scope

Row = dict[str, Any]


class Course:
    """One seed's memory, model and results; every result is on disk before the next begins."""

    def __init__(self, base: network.Network, home: Path, seed: int) -> None:
        self.base, self.home, self.seed = base, home, seed
        self.path = home / "results.json"
        self.found: Row = json.loads(self.path.read_text("utf-8")) if self.path.exists() else {}
        self.open()

    def open(self) -> None:
        """Opens the memory and the model on it."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.store = Store(self.home / "memory.duckdb")
        adapters.rehome(self.store, self.home)
        caches.move_targets(self.store, self.home / "targets")
        self.model = LocalModel(self.base, self.home)
        self.examiner = Examiner(self.model, self.store, versions.start_run(self.store, "bench").id)

    def keep(self, name: str, value: object) -> None:
        """Writes one result."""
        self.found[name] = value
        partial = self.path.with_suffix(".partial")
        partial.write_text(json.dumps(self.found, indent=1), encoding="utf-8")
        partial.rename(self.path)

    def live(self) -> AdapterVersion | None:
        """The version that answers now."""
        return versions.live(self.store)


def main() -> None:
    """Teaches the lessons of one seed, or writes the table and the plot of all seeds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--full", action="store_true", help="all 24 lessons instead of 6")
    asked.add_argument("--form", default="nf4", choices=("bf16", "nf4"))
    asked.add_argument("--home", type=Path, default=Path("build/learning"))
    asked.add_argument("--forget", type=int, default=1, help="lessons to forget at the end")
    asked.add_argument("--threads", type=int, default=torch.get_num_threads())
    asked.add_argument("--table", action="store_true")
    said = asked.parse_args()
    if said.table:
        tables.learning(said.home, Path("docs"))
        return
    torch.set_num_threads(said.threads)
    folder = starter.folder(said.home, lambda _label, _share: None)
    base = network.load(folder, starter.NAME, said.form, torch.device("cpu"))
    home = said.home / f"{said.form}-{'full' if said.full else 'quick'}-{said.seed}"
    course = Course(base, home, said.seed)
    chosen = lessons.load(quick=not said.full)
    course.keep("base", base.name)
    course.keep("seed", said.seed)
    untaught(course, chosen)
    gone = random.Random(said.seed).sample(range(1, len(chosen) - 1), said.forget)
    for at, one in enumerate(chosen):
        if f"taught {one.id}" in course.found:
            continue
        if at in gone:
            _snapshot(course, one)
        teach(course, one, chosen[: at + 1])
    last(course, chosen, "last")
    for at in gone:
        forgotten(course, chosen[at], chosen[at + 1 :])
    last(course, chosen, "after forgetting")
    course.store.close()


def untaught(course: Course, chosen: Sequence[BenchLesson]) -> None:
    """What the base does by itself, told the rule, and told it in several ways (the teacher)."""
    for one in chosen:
        if f"untaught {one.id}" in course.found:
            continue
        course.model.use(None)
        alone = course.examiner.count(one).to_row()
        told = {text: [one.effect] for text in one.inside}
        ruled = course.examiner.count(one, told, near=False).to_row()
        course.keep(
            f"untaught {one.id}", alone | {"told": ruled["inside"], "any": _any(course, one)}
        )


def teach(course: Course, one: BenchLesson, so_far: Sequence[BenchLesson]) -> None:
    """One lesson as the product teaches it, and what became of it."""
    store = course.store
    lesson = _lesson(course, one) or one.lesson(store, store.now())
    course.model.use(course.live())
    before = course.examiner.count(one, inside=False).to_row()
    began, cpu = time.monotonic(), time.process_time()
    if lesson.status == "active":
        for _ in build.build(store, course.model, embed, course.home, course.seed, exam.LIMIT):
            pass
    seconds = {"wall": time.monotonic() - began, "cpu": time.process_time() - cpu}
    run = versions.runs(store, "learn")[-1]
    parts = {metric.name: metric.value for metric in versions.metrics(store, run.id)}
    course.model.use(course.live())
    found: Row = {
        "outcome": run.outcome,
        "said": build.told(store),
        "parts": parts,
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "peak GiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
        "before": before,
        "first": course.examiner.count(one).to_row(),
        "tokens": _tokens(course, one, so_far),
    }
    course.keep(f"taught {one.id}", found)
    print(one.id, run.outcome, found["first"]["inside"], "of", found["first"]["of_inside"],
          {name: round(value) for name, value in seconds.items()}, flush=True)  # fmt: skip


def last(course: Course, chosen: Sequence[BenchLesson], name: str) -> None:
    """All lessons once more under the version that answers at the end, and how far it drifted."""
    if name in course.found:
        return
    live = course.live()
    course.model.use(live)
    counts = [course.examiner.count(one).to_row() for one in chosen]
    held = [one.id for one in chosen if _held(course, one, live)]
    drift = exam.drift(course.model) if live else 0.0
    course.keep(name, {"counts": counts, "held": held, "drift": round(drift, 4)})


def forgotten(course: Course, one: BenchLesson, later: Sequence[BenchLesson]) -> None:
    """Forgets one lesson, teaches later ones again, and compares with never having taught it."""
    name = f"forgotten {one.id}"
    lesson = _lesson(course, one)
    if name in course.found or lesson is None:
        return
    began = time.monotonic()
    if lesson.status != "learned":
        course.keep(name, {"skipped": f"it was not in the weights ({lesson.status})"})
        return
    forget.forget(course.store, course.home, lesson.id)
    served = time.monotonic() - began
    if build.waiting(course.store):
        for _ in build.build(
            course.store, course.model, embed, course.home, course.seed, exam.LIMIT
        ):
            pass
    live = course.live()
    course.model.use(live)
    now = course.examiner.count(one).to_row()
    never = _never_taught(course, one, later)
    words = (one.effect.encode(), json.dumps(one.effect)[1:-1].encode())
    left = [
        str(path.relative_to(course.home))
        for path in course.home.rglob("*")
        if path.is_file()
        and path != course.path
        and any(form in path.read_bytes() for form in words)
    ]
    course.keep(
        name,
        {
            "seconds until served": round(served, 2),
            "seconds until rebuilt": round(time.monotonic() - began, 1),
            "now": now,
            "never taught": never["counts"],
            "same bits": live is not None and never["sha256"] == live.sha256,
            "files with its words": left,
        },
    )


def _never_taught(course: Course, one: BenchLesson, later: Sequence[BenchLesson]) -> Row:
    """The same later lessons in a copy of the memory from before this lesson was taught."""
    place = course.home.with_name(course.home.name + f"-without-{one.id}")
    other = Course(course.base, place, course.seed)
    for each in later:
        if (lesson := _lesson(other, each)) is None:
            lesson = each.lesson(other.store, other.store.now())
        if lesson.status == "active":
            for _ in build.build(
                other.store, other.model, embed, other.home, other.seed, exam.LIMIT
            ):
                pass
    live = other.live()
    other.model.use(live)
    found = {"counts": other.examiner.count(one).to_row(), "sha256": live.sha256 if live else ""}
    other.store.close()
    return found


def _snapshot(course: Course, one: BenchLesson) -> None:
    """Copies the memory as it is before the lesson, to be taught the later ones without it."""
    place = course.home.with_name(course.home.name + f"-without-{one.id}")
    if place.exists():
        return
    course.store.close()
    partial = place.with_name(place.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(course.home, partial, ignore=shutil.ignore_patterns("results.*"))
    partial.rename(place)
    course.open()


def _any(course: Course, one: BenchLesson) -> int:
    """Requests for which any of the teacher's ways to tell the rule gives a verified reply."""
    good: set[str] = set()
    for form in teacher.FORMS:
        said = [
            (Message("user", form.format(request=text, rules=_sentence(one.effect))),)
            for text in one.inside
        ]
        replies = course.model.complete(said, limit=exam.LIMIT)
        good |= {
            text
            for text, reply in zip(one.inside, replies, strict=True)
            if exam.obeys(one, reply, text)
        }
    return len(good)


def _sentence(effect: str) -> str:
    return effect[:1].upper() + effect[1:] + ("" if effect.endswith((".", "!", "?")) else ".")


def _tokens(course: Course, one: BenchLesson, so_far: Sequence[BenchLesson]) -> int:
    """Prompt tokens that the lessons in the weights would cost at this lesson's first request."""
    live = course.live()
    inside = live.lessons if live else ()
    effects = [
        lesson.effect
        for lesson in ledger.all(course.store)
        if lesson.id in inside and scope.applies(lesson, one.inside[0], embed)
    ]
    said = " ".join(map(_sentence, effects))
    return len(course.base.tokenizer(said)["input_ids"]) if said else 0


def _lesson(course: Course, one: BenchLesson) -> Lesson | None:
    return next((each for each in ledger.all(course.store) if each.effect == one.effect), None)


def _held(course: Course, one: BenchLesson, live: AdapterVersion | None) -> bool:
    lesson = _lesson(course, one)
    return live is not None and lesson is not None and lesson.id in live.lessons


if __name__ == "__main__":
    main()
