"""One round of teaching: approved lessons go live in a version, or stay in the prompt with reasons.

Knows no weights: the model learns behind its protocol. Everything is kept as it is made, so a round
that was killed anywhere is simply begun again, and asks for nothing twice.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant import (
    adapters,
    agreement,
    beneath,
    card,
    checkpoint,
    compact,
    curriculum,
    fitting,
    forecast,
    gate,
    lecture,
    meanwhile,
    opposites,
    places,
    targets,
    trace,
)
from assistant.answers import Answers
from assistant.clock import Clock
from assistant.curriculum import Curriculum
from assistant.gate import Exam, GateReport
from assistant.protocols import Holds, Model, Plan, Progress
from assistant.teacher import Taught
from data import ledger, standing, versions
from data.checks import registry
from data.store import Store
from data.types import (
    AdapterVersion,
    Embed,
    Lesson,
    Preference,
    Refusal,
    Run,
)
from feedback import holding

LIMIT = 96  # tokens of a reply while teaching and testing


def waiting(store: Store) -> tuple[Lesson, ...]:
    """Approved lessons that no version holds yet, oldest first."""
    return curriculum.standing(store, ("active",))


def build(
    store: Store,
    model: Model,
    embed: Embed,
    home: Path,
    seed: int,
    limit: int = LIMIT,
) -> Generator[Progress, None, None]:
    """Teaches every waiting lesson, each as a version of its own; each step is one micro-step.

    One whose version is rejected is tried once more, from another draw: two draws of few examples
    differ, and nobody should have to ask again. A lesson that fails costs the others nothing.
    Raises Refusal if no lesson waits.
    """
    mended = agreement.mend(store, home).sentence
    if mended:
        standing.say(store, mended)
    for said in filter(None, (mended, fitting.changed(store, model))):
        yield Progress(said, 1, 1)  # a part of its own: what answers has changed
    if not waiting(store):
        raise Refusal("There is nothing new to teach: no approved lesson is waiting.")
    first = store.new_id()
    lessons = _sifted(store, first)
    targets.index(store, home)
    embed = _remembering(embed)
    for at, each in enumerate(lessons):
        which = f"Lesson {at + 1} of {len(lessons)}: " if len(lessons) > 1 else ""
        for again in range(places.PATIENCE):
            lesson = next((one for one in waiting(store) if one.id == each.id), None)
            if lesson is None or places.rejections(store, lesson.id) < again:
                break  # switched off since the round began, or not rejected
            run = _begun(store, first, lesson)
            clock = Clock()
            finished = False
            try:
                steps = _teach(store, model, embed, home, seed, limit, lesson, run, clock)
                ahead = forecast.of(store, "learn", forecast.LESSON)
                told = f"{which}once more: " if again else which
                yield from ahead.along(clock.only(steps), clock, told, len(lessons) - at - 1)
                finished = True
            except Refusal as refusal:
                finished = True
                _stays(store, run, lesson, refusal)
            finally:
                if not finished:
                    versions.finish_run(store, run.id, "stopped")
                    checkpoint.mend(store, home)
                clock.keep(store, run)
    yield from compact.run(store, model, embed, home, seed, limit, first)


def _sifted(store: Store, first: str) -> tuple[Lesson, ...]:
    """The waiting lessons, without those that no reply can obey or that a newer one contradicts."""
    for lesson in waiting(store):
        wrong = None if lesson.check is None else registry.problem(lesson.check)
        if wrong is not None:
            why = places.Unteachable(f"{trace.quoted(lesson.effect)} stays in the prompt. {wrong}")
            _stays(store, _begun(store, first, lesson), lesson, why)
    standing = curriculum.standing(store, ledger.ACTING)
    for older, newer in opposites.outdone(store, waiting(store), standing):
        run = _begun(store, first, older, newer=newer.id)
        opposites.set_aside(store, older, newer)
        versions.finish_run(store, run.id, "set aside")
    return waiting(store)


def _begun(store: Store, first: str, lesson: Lesson, **more: str) -> Run:
    settings = json.dumps({"lesson": lesson.id, "round": first, **more})
    return versions.start_run(store, "learn", settings=settings)


def _remembering(embed: Embed) -> Embed:
    """The same vectors, each text embedded once in a round."""
    known: dict[str, Sequence[float]] = {}

    def remembered(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            known.update(zip(fresh, embed(fresh), strict=True))
        return [known[text] for text in texts]

    return remembered


def told(store: Store) -> str:
    """What became of the lessons of the last round, in words for the person."""
    runs = [(run, json.loads(run.settings)) for run in versions.runs(store, "learn")]
    known = {one.id: one for one in ledger.all(store)}
    last = {  # of each lesson its last try
        about["lesson"]: (run, known.get(about.get("newer", "")))
        for run, about in runs
        if about["round"] == runs[-1][1]["round"] and about["lesson"] in known
    }
    said = [_told(store, known[id], *what) for id, what in last.items()]
    anew = compact.told(store, runs[-1][1]["round"]) if runs else ""
    return " ".join(filter(None, (*said, anew))) or "Nothing was taught yet."


def _told(store: Store, lesson: Lesson, run: Run, newer: Lesson | None) -> str:
    if run.outcome == "live" and run.adapter is not None:
        version = versions.get(store, run.adapter)
        report = gate.from_json(version.gate)
        counts = f": {report.line()}" if report is not None else ""
        return f"Version {version.number} learned {trace.quoted(lesson.effect)}{counts}."
    if run.outcome == "set aside":
        if newer is None:
            return f"{trace.quoted(lesson.effect)} is set aside: {opposites.WHY}."
        return opposites.asked(lesson, newer)
    if run.outcome == "stopped":
        return f"Teaching {trace.quoted(lesson.effect)} was stopped; it acts from the prompt."
    whys = [event.why for event in ledger.events(store, lesson.id) if event.after == "prompt only"]
    return whys[-1] if whys else f"{trace.quoted(lesson.effect)} acts from the prompt."


def _teach(
    store: Store,
    model: Model,
    embed: Embed,
    home: Path,
    seed: int,
    limit: int,
    lesson: Lesson,
    run: Run,
    clock: Clock,
) -> Generator[Progress, None, None]:
    yield Progress(f"Choosing examples: {lesson.effect}")
    if not curriculum.teachable(lesson):
        raise places.Unteachable(
            f"{trace.quoted(lesson.effect)} stays in the prompt: no check can tell whether a "
            "reply obeys it."
        )
    live, parent = versions.live(store), fitting.parent(store, model)
    held = tuple(one for one in curriculum.held_by(store, parent) if one.id != lesson.id)
    plan = curriculum.draw(store, lesson, held, embed, seed)
    if plan.lacks:
        raise places.Unteachable(plan.lacks)
    clock.lap("choosing prompts")
    taught = yield from lecture.prepare(store, model, embed, home, seed, limit, plan, clock)
    if taught.route == "D":
        raise places.Unteachable(taught.why)
    rows = lecture.rows(store, embed, plan, held)
    clock.lap("choosing rows")
    holds = holding.ids((*held, lesson), embed)
    candidate = yield from _learn(store, model, home, seed, lesson, parent, rows, holds)
    clock.lap("learning")
    exam = _exam(store, model, embed, home, seed, limit, plan, held, holds)
    report = yield from gate.judge(model, candidate, parent, exam)
    clock.lap("testing")
    accepted = _settle(store, run, lesson, live, candidate, report, taught)
    said = "is live" if accepted else "does not answer"
    yield Progress(f"Version {candidate.number} {said}", 1, 1, 0.0)


def _number(version: AdapterVersion | None) -> int | None:
    return None if version is None else version.number


def _rejected(version: AdapterVersion, lesson: Lesson) -> bool:
    """Whether it failed the gate for this lesson, and was not just left by a killed round."""
    report = gate.from_json(version.gate)
    return version.state == "candidate" and report is not None and report.lesson == lesson.id


def _learn(
    store: Store,
    model: Model,
    home: Path,
    seed: int,
    lesson: Lesson,
    parent: AdapterVersion | None,
    rows: Sequence[Preference],
    holds: Holds,
) -> Generator[Progress, None, AdapterVersion]:
    held = parent.lessons if parent is not None else ()
    # A second try from the same start draws anew: the first would only fail again.
    failed = sum(
        _rejected(one, lesson) and one.parent == _number(parent) for one in versions.all(store)
    )
    plan = Plan(
        number=adapters.next_number(store, home),
        parent=parent,
        lessons=(*(one for one in held if one != lesson.id), lesson.id),
        data=tuple(rows),
        seed=0,
        new_lessons=(lesson.id,),
        holds=holds,
    )
    taught = (*curriculum.content(lesson), *["again"] * failed)
    plan = replace(plan, seed=beneath.seed_of(plan, taught, seed))
    candidate: AdapterVersion | None = None
    for progress in model.learn(plan):
        candidate = progress.candidate or candidate
        yield progress
    if candidate is None:
        raise RuntimeError("learning ended without a version")
    targets.index(store, home)
    return candidate


def _exam(
    store: Store,
    model: Model,
    embed: Embed,
    home: Path,
    seed: int,
    limit: int,
    plan: Curriculum,
    held: Sequence[Lesson],
    holds: Holds,
) -> Exam:
    older = [one for one in held if curriculum.teachable(one)]
    each = curriculum.HELD // curriculum.among(len(older))

    def again(one: Lesson) -> tuple[str, ...]:
        beside = [other for other in (*older, plan.lesson) if other.id != one.id]
        asked = curriculum.held_of(store, one, embed, seed, each, beside)
        return tuple(text for text in asked if plan.lesson.id in holds(text))

    tested = [(one, again(one)) for one in older]
    return Exam(
        lesson=plan.lesson,
        inside=plan.held,
        near=plan.near,
        older=tuple((one, asked) for one, asked in tested if asked),
        dev=plan.dev,
        limit=limit,
        holds=holds,
        recorded=gate.recorded(gate.from_json(one.gate) for one in versions.all(store)),
        answers=Answers(store, model, home, (), limit),
    )


def _settle(
    store: Store,
    run: Run,
    lesson: Lesson,
    live: AdapterVersion | None,
    candidate: AdapterVersion,
    report: GateReport,
    taught: Taught,
) -> bool:
    """The version with its report, and what that makes of the lessons; whether it went live."""
    if report.accepted and report.scale != 1.0:
        candidate = adapters.rescale(candidate, report.scale)
    conditions = card.of_gate(report.after.n)
    with store.transaction():
        late = meanwhile.changed(store, lesson, live) if report.accepted else ""
        if report.accepted and not late:
            late = meanwhile.taken_back(store, candidate)
        if late:
            report = replace(report, accepted=False, reasons=(late,))
        versions.add(store, replace(candidate, gate=report.to_json()))
        for name, value in (("drafts", taught.drafts), ("drafts passing", taught.passing)):
            versions.add_metric(store, run.id, name, "train", value, n=taught.prompts)
        for name, rate in (("before", report.before), ("after", report.after)):
            versions.add_metric(store, run.id, f"obeyed {name}", "held", rate.share, n=rate.n)
        if not report.accepted:
            where = "is not in the weights" if late else "stays in the prompt"
            why = f"{trace.quoted(lesson.effect)} {where}: {' '.join(report.reasons)}"
            if late:
                ledger.note(store, lesson.id, "", "prompt only", why)
            else:
                places.rejected(store, lesson.id, why)
            versions.finish_run(
                store, run.id, "rejected", conditions=conditions, adapter=candidate.number
            )
            return False
        versions.promote(store, candidate.number, "it passed the gate")
        places.follow_live(store)
        versions.finish_run(store, run.id, "live", conditions=conditions, adapter=candidate.number)
        return True


def _stays(store: Store, run: Run, lesson: Lesson, why: Refusal) -> None:
    """It acts from the prompt; for good, if no round could teach it as the person left it."""
    unteachable = isinstance(why, places.Unteachable)
    with store.transaction():
        if unteachable and not meanwhile.changed(store, lesson, versions.live(store)):
            places.to_memory(store, lesson.id, str(why))
        ledger.note(store, lesson.id, "", "prompt only", str(why))
        versions.finish_run(store, run.id, "prompt only")
