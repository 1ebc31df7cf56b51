"""Compaction: the lessons that hold everywhere built anew, all in one block that begins at nothing.

Their blocks speak together in every reply, each costs time there and moves other text a little.
What holds in a place stays as it is. Knows no weights and asks the base for nothing: what is
learned are verified rows that are stored. A rule says when.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant import (
    adapters,
    beneath,
    card,
    checkpoint,
    curriculum,
    fitting,
    forecast,
    gate,
    lecture,
    meanwhile,
    neutral,
    places,
    retest,
    strength,
    targets,
)
from assistant.clock import Clock
from assistant.gate import GateReport
from assistant.protocols import Model, Plan, Progress
from assistant.retest import Tested
from data import ledger, versions
from data.store import Store
from data.types import AdapterVersion, Embed, Lesson, Preference, Refusal, Run
from feedback import holding, scope, select

KIND = "compact"  # of the run
PARTS = ("choosing rows", "learning", "testing")
EVERY = 10  # blocks that speak in every reply before they are made one
FEW = 2  # lessons below which there is nothing to gain
PASSES, A_STEP, MOST_STEPS = 4, 4, 80  # how often a row is seen; rows of a step, as the learner's
LATE = "Lessons or versions were changed meanwhile."


def due(store: Store) -> str:
    """Why they are to be built anew now, as a sentence for the person; "" if they are not.

    A set of lessons for which that was tried is left alone until it changes.
    """
    live = versions.live(store)
    if live is None or adapters.damage(live) is not None:
        return ""
    ours = {one.id for one in lessons(store, live)}
    apart = [one for one in adapters.blocks_of(live.folder) if ours.issuperset(one.lessons)]
    if len(apart) < FEW or _tried(store, lessons(store, live)):
        return ""
    if len(apart) >= EVERY:
        return f"{len(apart)} lessons speak in every reply, each with a block of its own."
    return _drifted(store, live)


def lessons(store: Store, live: AdapterVersion) -> tuple[Lesson, ...]:
    """What a version holds, holds everywhere and the person still stands behind, oldest first.

    But for what has an exception: there it must be silent while the others speak.
    """
    held = _held(store, live)
    return tuple(
        one for one in held if curriculum.everywhere(one) and not holding.exceptions(one, held)
    )


def _held(store: Store, live: AdapterVersion) -> tuple[Lesson, ...]:
    return tuple(one for one in curriculum.held_by(store, live) if curriculum.teachable(one))


def rows(
    store: Store, embed: Embed, anew: Sequence[Lesson], held: Sequence[Lesson], apart: Sequence[str]
) -> tuple[Preference, ...]:
    """Stored examples that obey every lesson of their prompt: of those built anew, and replayed.

    Of each lesson at most as many as its own teaching has; none is close to the prompts `apart`.
    Raises Refusal, without a person's words, if one that is built anew has no example.
    """
    said = {one.id: curriculum.content(one) for one in held}

    def content(row: Preference) -> tuple[object, ...]:
        texts = (row.chosen, row.rejected or "", row.made_by)
        asked = [(each.role, each.text) for each in row.prompt]
        return (-row.weight, row.prompt_id, said.get(row.lesson or "", ()), asked, texts)

    fit = sorted(lecture.fitting(store, embed, held), key=content)
    chosen = []
    count: Counter[str | None] = Counter()
    ids = [one.id for one in anew]
    for row in select.select(fit, ids, embed, held=apart, replay=lecture.REPLAY):
        if count[row.lesson] < curriculum.TRAIN:
            count[row.lesson] += 1
            chosen.append(row)
    asked = [select.subject_of(row) for row in chosen]
    bare = [one for one in anew if not any(scope.applies(one, text, embed) for text in asked)]
    if bare:
        raise Refusal(
            f"Of {len(anew)} lessons, {len(bare)} have no example left that obeys all that hold "
            "there."
        )
    return tuple(chosen)


def plan(
    store: Store,
    embed: Embed,
    home: Path,
    seed: int,
    live: AdapterVersion,
    apart: Sequence[str],
) -> Plan:
    """The learning run: these lessons new, about four passes over the rows."""
    anew, held = lessons(store, live), _held(store, live)
    data = rows(store, embed, anew, held, apart)
    fresh = {one.id for one in anew}
    inside = sum(row.lesson in fresh for row in data)
    todo = Plan(
        number=adapters.next_number(store, home),
        parent=live,
        lessons=live.lessons,
        data=data,
        seed=0,
        new_lessons=tuple(one.id for one in anew),
        limit_steps=min(MOST_STEPS, PASSES * math.ceil(inside / A_STEP)),
        holds=holding.ids(held, embed),
    )
    taught = [json.dumps(curriculum.content(one)) for one in anew]
    return replace(todo, seed=beneath.seed_of(todo, taught, seed))


def run(
    store: Store, model: Model, embed: Embed, home: Path, seed: int, limit: int, round: str
) -> Generator[Progress, None, None]:
    """Builds all lessons anew if that is due, as a run of its own; nothing happens if it is not.

    `round` is the id of the round of teaching that it ends.
    """
    why, live = due(store), fitting.parent(store, model)
    if not why or live is None:
        return
    anew = lessons(store, live)
    every = sorted(one.id for one in anew)
    settings = json.dumps({"lessons": every, "round": round, "why": why, "live": live.number})
    begun = versions.start_run(store, KIND, settings=settings)
    clock, finished = Clock(), False
    try:
        steps = _build(store, model, embed, home, seed, limit, live, begun, clock)
        ahead = forecast.of(store, KIND, PARTS)
        yield from ahead.along(clock.only(steps), clock, "What holds everywhere, anew: ")
        finished = True
    except Refusal as refusal:
        finished = True
        ledger.note(store, begun.id, "", "refused", str(refusal))
        versions.finish_run(store, begun.id, "refused")
    finally:
        if not finished:
            versions.finish_run(store, begun.id, "stopped")
            checkpoint.mend(store, home)
        clock.keep(store, begun)


def told(store: Store, round: str) -> str:
    """What became of it at the end of this round, for the person; "" if it was not due."""
    for done in reversed(versions.runs(store, KIND)):
        about = json.loads(done.settings)
        if about["round"] == round:
            return _told(store, done, about["why"], len(about["lessons"]), about["live"])
    return ""


def _told(store: Store, done: Run, why: str, held: int, live: int) -> str:
    if done.outcome == "refused":
        reasons = [event.why for event in ledger.events(store, done.id)]
        return f"{why} Building all {held} anew was given up: {' '.join(reasons)}"
    made = None if done.adapter is None else versions.get(store, done.adapter)
    report = None if made is None else gate.from_json(made.gate)
    if made is None or report is None:
        return ""
    if not report.accepted:
        stays = f"version {live} stays: {' '.join(report.reasons)}"
        return f"{why} All {held} were built anew into version {made.number}, and {stays}"
    return (
        f"{why} All {held} were built anew into version {made.number}: obeyed in {report.after} "
        f"(before: {report.before}); drift {report.drift or 0.0:.3f} nats per token."
    )


def _drifted(store: Store, live: AdapterVersion) -> str:
    """How far the live version has drifted beyond a limit, as a sentence; "" if it has not."""
    always = [one.id for one in lessons(store, live)]
    report = gate.from_json(live.gate)
    own = report is not None and report.lesson in (*always, "")  # else it is silent by now
    measured = [report.drift] if report is not None and own and report.drift is not None else []
    measured += [one.nats for one in strength.read(store, live.number) if one.scale == 1.0]
    for drift in measured:
        if drift > gate.NEUTRAL_DRIFT:
            return (
                f"Version {live.number} has drifted by {drift:.3f} nats per token, more than "
                f"{gate.NEUTRAL_DRIFT}."
            )
    return ""


def _tried(store: Store, held: Sequence[Lesson]) -> bool:
    every = sorted(one.id for one in held)
    return any(
        done.outcome in ("live", "rejected", "refused")
        and json.loads(done.settings)["lessons"] == every
        for done in versions.runs(store, KIND)
    )


def _build(
    store: Store,
    model: Model,
    embed: Embed,
    home: Path,
    seed: int,
    limit: int,
    live: AdapterVersion,
    begun: Run,
    clock: Clock,
) -> Generator[Progress, None, None]:
    held = _held(store, live)
    drawn, tested = [], []
    share = curriculum.among(len(held))
    for at, lesson in enumerate(held):
        yield Progress("Choosing rows", at, len(held))
        beside = [one for one in held if one.id != lesson.id]
        prompts = curriculum.draw(store, lesson, beside, embed, seed)
        drawn += [*prompts.held, *prompts.dev, *prompts.near]
        inside = prompts.held[: curriculum.HELD // share]
        tested.append(Tested(lesson, inside, prompts.near[: curriculum.NEAR // share]))
    todo = plan(store, embed, home, seed, live, drawn)
    assert todo.holds is not None
    clock.lap("choosing rows")
    candidate: AdapterVersion | None = None
    for progress in model.learn(todo):
        candidate = progress.candidate or candidate
        yield replace(progress, candidate=None)
    if candidate is None:
        raise RuntimeError("learning ended without a version")
    targets.index(store, home)
    clock.lap("learning")
    recorded = gate.recorded(gate.from_json(one.gate) for one in versions.all(store))
    report, once = yield from retest.judge(
        model, live, candidate, tested, recorded, todo.holds, limit
    )
    clock.lap("testing")
    accepted = _settle(store, begun, live, held, candidate, report, once)
    said = "is live" if accepted else "does not answer"
    yield Progress(f"Version {candidate.number} {said}", 1, 1, 0.0)


def _settle(
    store: Store,
    begun: Run,
    live: AdapterVersion,
    held: Sequence[Lesson],
    candidate: AdapterVersion,
    report: GateReport,
    once: float,
) -> bool:
    """The version with its report, and whether it answers from now on."""
    conditions = card.of_gate(report.after.n)
    with store.transaction():
        late = LATE if report.accepted and _changed(store, live, held) else ""
        if report.accepted and not late:
            late = meanwhile.taken_back(store, candidate)
        if late:
            report = replace(report, accepted=False, reasons=(late,))
        versions.add(store, replace(candidate, gate=report.to_json()))
        for name, rate in (("before", report.before), ("after", report.after)):
            versions.add_metric(store, begun.id, f"obeyed {name}", "held", rate.share, n=rate.n)
        for name, nats in (("before", once), ("after", report.drift or 0.0)):
            n = len(neutral.HELD)
            versions.add_metric(store, begun.id, f"drift {name}", "held", nats, n=n)
        if report.accepted:
            versions.promote(store, candidate.number, "what holds everywhere was built anew")
            places.follow_live(store)
        outcome = "live" if report.accepted else "changed" if late else "rejected"
        versions.finish_run(
            store, begun.id, outcome, conditions=conditions, adapter=candidate.number
        )
    return report.accepted


def _changed(store: Store, live: AdapterVersion, held: Sequence[Lesson]) -> bool:
    """Whether the person chose another version, or changed a lesson, since it began."""
    answers = versions.live(store)
    if answers is None or answers.number != live.number:
        return True

    def said(some: Sequence[Lesson]) -> list[tuple[str, ...]]:
        return [(one.id, *curriculum.content(one)) for one in some]

    return said(_held(store, live)) != said(held)
