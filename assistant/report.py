"""What each learned lesson changed, before and after, on audit prompts that nothing else has seen.

The one caller of data/audit.py. It teaches nothing, chooses nothing and stops no version: it tells.
Knows no weights; the replies come through the Model protocol.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass

from assistant import card, curriculum, replies, trace
from assistant.protocols import Model, Progress
from assistant.rates import Rate
from data import audit, vectors, versions
from data.checks import registry
from data.store import Store
from data.types import AdapterVersion, Check, Conditions, Embed, Lesson, Refusal, Run
from feedback import examples, select

KIND, DONE = "report", "told"  # of the run, and its outcome
REPORTING = "Reporting"
MOST = 12  # audit prompts of a lesson, in scope and as many out of it
LEAST = 6  # below which counts say nothing
TOO_FEW = "not enough data"
FORGOTTEN = "a forgotten lesson"
EMBEDDED = 32  # texts in one micro-step
OBEYED, SENSE, OUTSIDE = "obeyed", "second look", "outside"  # what is counted


@dataclass(frozen=True, slots=True)
class Change:
    """The same audit prompts answered by the untaught model and by the version."""

    before: Rate
    after: Rate

    @property
    def enough(self) -> bool:
        """Whether there are so many prompts that the counts say something."""
        return self.after.n >= LEAST

    def __str__(self) -> str:
        low, high = self.after.interval()
        return f"{self.before.passed} → {self.after} (95 % interval {low:.2f} to {high:.2f})"


@dataclass(frozen=True, slots=True)
class Look:
    """One lesson in a report."""

    lesson: str  # id
    obeyed: Change  # by its check, in scope
    sense: Change  # by the check's twin, in scope
    outside: Change  # by its check, out of scope; it should not change


@dataclass(frozen=True, slots=True)
class Alarm:
    """A lesson that is obeyed more than in the last report, and makes less sense."""

    lesson: str  # id
    obeyed_then: Rate
    obeyed: Rate
    sense_then: Rate
    sense: Rate


@dataclass(frozen=True, slots=True)
class Report:
    """All that one report found: ids and counts, no words of a person and none of a prompt."""

    run: str
    version: int
    looks: tuple[Look, ...]
    alarms: tuple[Alarm, ...]  # against the report before
    readings: int  # of the audit panel, for this version and all that it was made from
    conditions: Conditions

    def to_json(self) -> str:
        """The report as JSON, each share with its interval."""
        record = asdict(self)
        for place, look in enumerate(self.looks):
            for what, change in (
                (OBEYED, look.obeyed),
                ("sense", look.sense),
                ("outside", look.outside),
            ):
                low, high = change.after.interval()
                record["looks"][place][what] |= {"low": low, "high": high, "enough": change.enough}
        return json.dumps(record, sort_keys=True)


def reportable(store: Store) -> tuple[AdapterVersion, tuple[Lesson, ...]]:
    """The live version, and the lessons in it that code can check. Raises Refusal without any."""
    live = versions.live(store)
    if live is None:
        raise Refusal("There is nothing to report: the untaught model is answering.")
    lessons = tuple(
        one
        for one in curriculum.standing(store, ("learned",))
        if one.id in live.lessons and curriculum.teachable(one)
    )
    if not lessons:
        raise Refusal(
            f"There is nothing to report: version {live.number} holds no lesson any more."
        )
    return live, lessons


def make(
    store: Store, model: Model, embed: Embed, seed: int, limit: int
) -> Generator[Progress, None, Report]:
    """Reads the audit panel once and asks both models; the report is kept as a run.

    The model may answer as anything between two steps; a report that is stopped keeps no figure.
    Raises Refusal as `reportable` does, and if the version was made for another base.
    """
    live, lessons = reportable(store)
    settings = json.dumps({"seed": seed, "limit": limit, "base": model.name})
    run = versions.start_run(store, KIND, adapter=live.number, settings=settings)
    finished = False
    try:
        inside, outside = yield from _panel(store, run, lessons, embed, seed)
        asked = list(
            dict.fromkeys(t for some in (inside, outside) for ts in some.values() for t in ts)
        )
        label = f"{REPORTING}: the untaught model"
        holds = curriculum.holds(store, live, embed)
        base = yield from replies.ask(model, None, 1.0, asked, holds, limit, label)
        label = f"{REPORTING}: version {live.number}"
        now = yield from replies.ask(model, live, 1.0, asked, holds, limit, label)
        with store.transaction():
            for one in lessons:
                assert one.check is not None
                look = _look(
                    store, run, one.check, one.id, inside[one.id], outside[one.id], base, now
                )
                _keep(store, run, look)
            reads = audit.consulted(store, live.number)
            conditions = card.of_report(MOST, reads)
            versions.finish_run(store, run.id, DONE, conditions=conditions)
        finished = True
    finally:
        if not finished:
            versions.finish_run(store, run.id, "stopped")
    return stored(store, versions.run(store, run.id))


def last(store: Store) -> Report | None:
    """The newest report that came to its end; None if there is none yet."""
    done = _done(store)
    return stored(store, done[-1]) if done else None


def stored(store: Store, run: Run) -> Report:
    """A report as its run kept it, with what it alarms about against the one before.

    Raises Refusal if the run is no report that came to its end.
    """
    conditions = versions.conditions(run)
    if run.kind != KIND or run.outcome != DONE or run.adapter is None or conditions is None:
        raise Refusal(f"The run {run.id!r} is no finished report.")
    looks = _looks(store, run)
    earlier = [one for one in _done(store) if one.id < run.id]
    before = {one.lesson: one for one in _looks(store, earlier[-1])} if earlier else {}
    return Report(
        run=run.id,
        version=run.adapter,
        looks=looks,
        alarms=tuple(
            found
            for one in looks
            if one.lesson in before and (found := _alarm(before[one.lesson], one)) is not None
        ),
        readings=conditions.audit_reads,
        conditions=conditions,
    )


def told(report: Report, lessons: Sequence[Lesson]) -> str:
    """The report in a sentence for a chat, and one for each alarm."""
    known = {one.id: one for one in lessons}
    counts = [
        f"{quoted(known.get(one.lesson))}: "
        + (f"{one.obeyed.before.passed} → {one.obeyed.after}" if one.obeyed.enough else TOO_FEW)
        for one in report.looks
    ]
    first = f"Version {report.version} on prompts that nothing has seen: {'; '.join(counts)}."
    return " ".join((first, *(alarmed(known.get(a.lesson), a) for a in report.alarms)))


def lines(report: Report, lessons: Sequence[Lesson]) -> tuple[str, ...]:
    """The report for a person, its conditions last; `lessons` are all that the ledger knows."""
    known = {one.id: one for one in lessons}
    said = [f"Version {report.version} beside the untaught model, on audit prompts:"]
    for look in report.looks:
        lesson = known.get(look.lesson)
        said += _about(named(lesson), look, lesson.check if lesson is not None else None)
    said += [alarmed(known.get(one.lesson), one) for one in report.alarms]
    return (*said, *card.lines(report.conditions))


def alarmed(lesson: Lesson | None, alarm: Alarm) -> str:
    """What an alarm says of a lesson to the person; None is one that was forgotten since."""
    return (
        f"Look at {quoted(lesson)} yourself: its check passes {alarm.obeyed} replies, "
        f"{alarm.obeyed_then} in the last report, but the second look only {alarm.sense}, "
        f"{alarm.sense_then} before. It may be met in letter only."
    )


def named(lesson: Lesson | None) -> str:
    """The lesson as the head of a line; None is one that was forgotten since."""
    text = FORGOTTEN if lesson is None else lesson.effect
    return text[:1].upper() + text[1:]


def quoted(lesson: Lesson | None) -> str:
    """The lesson inside a sentence; None is one that was forgotten since."""
    return FORGOTTEN if lesson is None else trace.quoted(lesson.effect)


def _panel(
    store: Store, run: Run, lessons: Sequence[Lesson], embed: Embed, seed: int
) -> Generator[Progress, None, tuple[dict[str, list[str]], dict[str, list[str]]]]:
    """Audit prompts in and out of the scope of each lesson, by its id.

    Not those that read almost like one that something was ever trained on, and out of scope none
    where another lesson of the same kind holds: there a change is wanted.
    """
    known: dict[str, Sequence[float]] = {}

    def remembered(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(fresh, embed(fresh), strict=True) if fresh else ())
        return [known[text] for text in texts]

    trained = list(dict.fromkeys(select.request_of(row) for row in audit.trained(store)))
    shipped = [*(one.text for one in examples.pool()), *trained]
    for at in range(0, len(shipped), EMBEDDED):
        yield Progress(f"{REPORTING}: choosing prompts", at, len(shipped))
        remembered(shipped[at : at + EMBEDDED])
    chosen = {one.id: examples.choose(one, (), remembered, seed) for one in lessons}
    for some in chosen.values():
        audit.enrol(store, (*some.inside, *some.near, *some.general), "pool")
    panel = [one.text for one in audit.prompts(store, run.id, "pool")]
    stale = vectors.near_duplicates(remembered(panel), remembered(trained))
    fresh = {text for place, text in enumerate(panel) if place not in stale}

    def elsewhere(lesson: Lesson) -> list[str]:
        alike = [one.id for one in lessons if one is not lesson and _family(one) == _family(lesson)]
        wanted = {text for id in alike for text in chosen[id].inside}
        some = chosen[lesson.id]
        return [text for text in (*some.near, *some.general) if text in fresh - wanted][:MOST]

    inside = {
        one.id: [text for text in chosen[one.id].inside if text in fresh][:MOST] for one in lessons
    }
    return inside, {one.id: elsewhere(one) for one in lessons}


def _look(
    store: Store,
    run: Run,
    check: Check,
    lesson: str,
    inside: Sequence[str],
    outside: Sequence[str],
    base: Mapping[str, str],
    now: Mapping[str, str],
) -> Look:
    def obeyed(asked: Sequence[str], said: Mapping[str, str]) -> Rate:
        return Rate(sum(registry.obeys(check, said[text], text) for text in asked), len(asked))

    pairs = [(said[text], base[text]) for said in (base, now) for text in inside]
    held = audit.all_hold(store, run.id, check, pairs)
    n = len(inside)
    return Look(
        lesson,
        Change(obeyed(inside, base), obeyed(inside, now)),
        Change(Rate(sum(held[:n]), n), Rate(sum(held[n:]), n)),
        Change(obeyed(outside, base), obeyed(outside, now)),
    )


def _keep(store: Store, run: Run, look: Look) -> None:
    for what, change in ((OBEYED, look.obeyed), (SENSE, look.sense), (OUTSIDE, look.outside)):
        for when, rate in (("before", change.before), ("after", change.after)):
            low, high = rate.interval()
            name = f"{look.lesson} {what} {when}"
            versions.add_metric(
                store, run.id, name, "audit", rate.share, low=low, high=high, n=rate.n
            )


def _looks(store: Store, run: Run) -> tuple[Look, ...]:
    """The looks of a finished report, in the order of their lessons' ids."""
    found = {
        one.name: Rate(round(one.value * one.n), one.n) for one in versions.metrics(store, run.id)
    }

    def change(lesson: str, what: str) -> Change:
        return Change(found[f"{lesson} {what} before"], found[f"{lesson} {what} after"])

    lessons = dict.fromkeys(name.partition(" ")[0] for name in found)
    return tuple(
        Look(one, change(one, OBEYED), change(one, SENSE), change(one, OUTSIDE)) for one in lessons
    )


def _done(store: Store) -> list[Run]:
    return [one for one in versions.runs(store, KIND) if one.outcome == DONE]


def _alarm(then: Look, now: Look) -> Alarm | None:
    """Says so when passes of the check rise while those of its twin fall: letter without sense."""
    if not all(one.enough for one in (then.obeyed, now.obeyed, then.sense, now.sense)):
        return None
    rises = now.obeyed.after.share > then.obeyed.after.share
    falls = now.sense.after.share < then.sense.after.share
    if not (rises and falls):
        return None
    return Alarm(now.lesson, then.obeyed.after, now.obeyed.after, then.sense.after, now.sense.after)


def _about(name: str, look: Look, check: Check | None) -> list[str]:
    if not look.obeyed.enough:
        return [f"{name}: {TOO_FEW} ({look.obeyed.after.n} prompts, {LEAST} are needed)"]
    seen = f" ({audit.says(check)})" if check is not None else ""
    said = [f"{name}: {look.obeyed}", f"  on a second look{seen}: {look.sense}"]
    if look.outside.enough:
        said.append(f"  where it should not act: {look.outside}")
    elif look.outside.after.n:
        said.append(f"  where it should not act: {TOO_FEW} ({look.outside.after.n} prompts)")
    return said


def _family(lesson: Lesson) -> str:
    return registry.kind_of(lesson.check).family if lesson.check is not None else ""
