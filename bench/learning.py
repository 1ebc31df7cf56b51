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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

from assistant import (
    build,
    curriculum,
    embedder,
    forget,
    mending,
    network,
    prompt,
    saved,
    starter,
    teacher,
)
from assistant.model import LocalModel
from assistant.protocols import Model
from bench import exam, lessons, tables
from bench.count import MIDDLE
from bench.exam import BASE, Examiner, Voice
from bench.lessons import BenchLesson
from data import ledger, versions
from data.checks import registry
from data.store import Store
from data.types import AdapterVersion, Embed, Lesson, Message
from feedback import scope

Row = dict[str, Any]
Speak = Callable[[Path, Store], Model]  # a model for a home; those of one process share their base


class Course:
    """One seed's memory, model and results; every result is on disk before the next begins."""

    def __init__(self, home: Path, seed: int, speak: Speak, embed: Embed) -> None:
        self.home, self.seed, self.speak, self.embed = home, seed, speak, embed
        self.path = home / "results.json"
        self.found: Row = json.loads(self.path.read_text("utf-8")) if self.path.exists() else {}
        self.open()

    def open(self) -> None:
        """Opens the memory and a model on it, which knows nothing of what another one loaded."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.store = Store(self.home / "memory.duckdb")
        mending.at_start(self.store, self.home)
        self.model = self.speak(self.home, self.store)
        self.examiner = Examiner(self.model, self.store, versions.start_run(self.store, "bench").id)

    def close(self) -> None:
        """Lets go of the memory."""
        self.store.close()

    def keep(self, name: str, value: object) -> None:
        """Writes one result."""
        self.found[name] = value
        partial = self.path.with_suffix(".partial")
        partial.write_text(json.dumps(self.found, indent=1), encoding="utf-8")
        partial.rename(self.path)

    def round(self) -> None:
        """Teaches what waits, as the product does; nothing happens where nothing waits."""
        if build.waiting(self.store):
            for _ in build.build(
                self.store, self.model, self.embed, self.home, self.seed, exam.LIMIT
            ):
                pass

    def voice(self) -> Voice:
        """The live version, each of its lessons where it holds."""
        live = versions.live(self.store)
        if live is None:
            return BASE
        return Voice(live, curriculum.holds(self.store, live, self.embed))

    def lesson(self, one: BenchLesson) -> Lesson | None:
        """The lesson as the memory has it."""
        return next((each for each in ledger.all(self.store) if each.effect == one.effect), None)

    def without(self, one: BenchLesson) -> Path:
        """The home of a memory that never saw the lesson."""
        return self.home.with_name(f"{self.home.name}-without-{one.id}")


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
        tables.learning((tables.RESULTS / "learning", said.home), Path("docs"))
        return
    torch.set_num_threads(said.threads)
    folder = starter.folder(said.home, lambda _label, _share: None)
    base = network.load(folder, starter.NAME, said.form, torch.device("cpu"))
    home = said.home / f"{said.form}-{'full' if said.full else 'quick'}-{said.seed}"
    course = Course(home, said.seed, lambda place, _: LocalModel(base, place), embedder.embed)
    run(course, lessons.load(quick=not said.full), said.forget)
    course.close()


def run(course: Course, chosen: Sequence[BenchLesson], many: int) -> None:
    """Everything that this seed has not measured yet; `many` lessons are forgotten at the end."""
    gone = to_forget(course.seed, len(chosen), many)
    for one in (chosen[at] for at in gone):
        known = course.lesson(one) is not None and f"forgotten {one.id}" not in course.found
        if known and not course.without(one).exists():
            raise SystemExit(
                f"{one.id!r} was taught before it was to be forgotten, so no memory was kept "
                f"without it. Start anew in another folder than {str(course.home)!r}."
            )
    course.keep("base", course.model.name)
    course.keep("seed", course.seed)
    untaught(course, chosen)
    for at, one in enumerate(chosen):
        if f"taught {one.id}" not in course.found:
            if at in gone:
                _snapshot(course, one)
            teach(course, one)
        if at + 1 == MIDDLE < len(chosen) and f"taught {chosen[MIDDLE].id}" not in course.found:
            count_all(course, chosen[:MIDDLE], f"after {MIDDLE}")
    count_all(course, chosen, "last")
    for at in gone:
        forgotten(
            course, chosen[at], [one for one in chosen[at + 1 :] if not _is_gone(course, one)]
        )
    count_all(course, chosen, "after forgetting")


def to_forget(seed: int, taught: int, many: int) -> list[int]:
    """Places of the lessons to forget, the last that was taught first; never the first or the last.

    So what stood before a lesson is, at its turn, still as it was when the lesson was taught.
    """
    return sorted(random.Random(seed).sample(range(1, taught - 1), many), reverse=True)


def untaught(course: Course, chosen: Sequence[BenchLesson]) -> None:
    """What the base does by itself, told the rule, and told it in several ways (the teacher)."""
    for one in chosen:
        if f"untaught {one.id}" in course.found:
            continue
        alone = course.examiner.count(one).to_row()
        told = {text: [one.effect] for text in one.inside}
        ruled = course.examiner.count(one, rules=told, near=False).to_row()
        course.keep(
            f"untaught {one.id}", alone | {"told": ruled["inside"], "any": _any(course, one)}
        )


def teach(course: Course, one: BenchLesson) -> None:
    """One lesson as the product teaches it, and what became of it."""
    store = course.store
    lesson = course.lesson(one)
    whole = lesson is None  # else an earlier process began with it, and took the seconds with it
    lesson = lesson or one.lesson(store, store.now())
    before = course.examiner.count(one, course.voice(), inside=False).to_row()
    began, cpu = time.monotonic(), time.process_time()
    if lesson.status == "active":
        course.round()
    seconds = {"wall": time.monotonic() - began, "cpu": time.process_time() - cpu}
    run = versions.runs(store, "learn")[-1]
    parts = {metric.name: metric.value for metric in versions.metrics(store, run.id)}
    voice = course.voice()
    found: Row = {
        "outcome": run.outcome,
        "said": build.told(store),
        "parts": parts,
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "whole": whole,
        "peak GiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
        "before": before,
        "first": course.examiner.count(one, voice).to_row(),
        "tokens": _saved(course, voice.version, one.inside[0]),
    }
    course.keep(f"taught {one.id}", found)
    print(one.id, run.outcome, found["first"]["inside"], "of", found["first"]["of_inside"],
          {name: round(value) for name, value in seconds.items()}, flush=True)  # fmt: skip


def count_all(course: Course, chosen: Sequence[BenchLesson], name: str) -> None:
    """Lessons once more under the version that answers by now, and how far that one drifted."""
    if name in course.found:
        return
    voice = course.voice()
    live = voice.version
    counts = [course.examiner.count(one, voice).to_row() for one in chosen]
    known = {one.id: course.lesson(one) for one in chosen}
    inside = live.lessons if live is not None else ()
    held = [id for id, lesson in known.items() if lesson is not None and lesson.id in inside]
    drift = exam.drift(course.model, voice)
    course.keep(name, {"counts": counts, "held": held, "drift": round(drift, 4)})


def forgotten(course: Course, one: BenchLesson, later: Sequence[BenchLesson]) -> None:
    """Forgets one lesson, teaches later ones again, and compares with never having taught it."""
    name = f"forgotten {one.id}"
    found: Row = course.found.get(name, {})
    if "now" in found or "skipped" in found:
        return
    lesson = course.lesson(one)
    began = time.monotonic()
    if lesson is not None:
        if lesson.status != "learned":
            course.keep(name, {"skipped": f"it was not in the weights ({lesson.status})"})
            return
        forget.forget(course.store, course.home, lesson.id)
        course.keep(name, found | {"seconds until served": round(time.monotonic() - began, 2)})
    course.round()
    rebuilt = None if lesson is None else round(time.monotonic() - began, 1)
    voice = course.voice()
    live = voice.version
    now = course.examiner.count(one, voice).to_row()
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
        course.found.get(name, {})
        | {
            "seconds until rebuilt": rebuilt,  # None: in more than one process
            "now": now,
            "never taught": never["counts"],
            "same bits": live is not None and never["sha256"] == live.sha256,
            "files with its words": left,
        },
    )


def _never_taught(course: Course, one: BenchLesson, later: Sequence[BenchLesson]) -> Row:
    """The same later lessons, in one round as after a forgetting, in a memory from before it."""
    course.close()
    other = Course(course.without(one), course.seed, course.speak, course.embed)
    for each in later:
        if other.lesson(each) is None:
            each.lesson(other.store, other.store.now())
    other.round()
    voice = other.voice()
    live = voice.version
    counts = other.examiner.count(one, voice).to_row()
    found = {"counts": counts, "sha256": live.sha256 if live else ""}
    other.close()
    course.open()
    return found


def _is_gone(course: Course, one: BenchLesson) -> bool:
    """Whether it was forgotten; one that was not in the weights was left alone."""
    return "now" in course.found.get(f"forgotten {one.id}", {})


def _snapshot(course: Course, one: BenchLesson) -> None:
    """Copies the memory as it is before the lesson, to be taught the later ones without it."""
    place = course.without(one)
    if place.exists():
        return
    course.close()
    partial = place.with_name(f"{place.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(course.home, partial, ignore=shutil.ignore_patterns("results.*"))
    partial.rename(place)
    course.open()


def _any(course: Course, one: BenchLesson) -> int:
    """Requests for which any of the teacher's ways to tell the rule gives a verified reply."""
    course.model.use(None)
    good: set[str] = set()
    for form in teacher.FORMS:
        said = [
            (
                Message("system", prompt.SYSTEM),
                Message("user", form.format(request=text, rules=prompt.sentence(one.effect))),
            )
            for text in one.inside
        ]
        replies = course.model.complete(said, limit=exam.LIMIT)
        good |= {
            text
            for text, reply in zip(one.inside, replies, strict=True)
            if registry.obeys(one.check, reply, text)
        }
    return len(good)


def _saved(course: Course, live: AdapterVersion | None, request: str) -> int:
    """Prompt tokens that the lessons in the weights would cost at this request."""
    inside = live.lessons if live is not None else ()
    held = [
        lesson
        for lesson in ledger.all(course.store)
        if lesson.id in inside and scope.applies(lesson, request, course.embed)
    ]
    return saved.of(course.model.count, (Message("user", request),), held, ())


if __name__ == "__main__":
    main()
