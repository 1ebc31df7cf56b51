"""Whether a candidate may answer: greedy replies to prompts that were never trained on, counted.

Where the new lesson does not hold, its block is silent and the candidate is its parent: there
nothing but a few requests near the scope is asked, to see that it is. Knows no weights and no
store: it works through the Model protocol and the checks.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from assistant import instructions, neutral, prompt, replies, sanity, teacher
from assistant.answers import Answers
from assistant.instructions import Instruction
from assistant.protocols import Holds, Model, Progress
from assistant.rates import Paired, Rate
from assistant.sanity import Sanity
from data.checks import registry
from data.types import AdapterVersion, Lesson, Message

HOLDS = 0.6  # share of held prompts that must obey the new lesson
RISE = 0.3  # and by how much more than before
MOST = 0.9  # more is never asked for: a lesson may have held by itself
LEAK = 0.15  # share of near prompts by which the lesson may spread
KEPT = 0.9  # share of what an older lesson once obeyed that must be left
NEUTRAL_DRIFT = 0.05  # mean KL to the base on plain text, nats per token
WORSE = 0.1  # chance below which losses of other instructions are no accident
SCALES = (0.75, 0.5, 1.25)  # strengths that are tried when a candidate fails
WEAKER = (0.9, 0.75, 0.5)  # the same where it fails by drifting: KL grows with about their square
NEW, NEAR, ASKED = "new", "near", "asked"  # what pairs of outcomes are about, where no older lesson


@dataclass(frozen=True, slots=True)
class Kept:
    """An older lesson on its own held prompts, under the parent and under the candidate."""

    lesson: str  # id
    before: Rate
    after: Rate
    recorded: Rate | None = None  # right after it was learned; None if nobody wrote it down


@dataclass(frozen=True, slots=True)
class Asked:
    """Instructions that stand in the request itself and that no new lesson is about."""

    before: Rate
    after: Rate
    low: float  # 90 % interval of the change in share, paired
    high: float
    chance: float = 1.0  # of so many losses if nothing got worse: Paired.chance

    @classmethod
    def of(cls, told: Paired) -> Asked:
        """From what the reply to each instruction did."""
        return cls(told.rate_before, told.rate_after, *told.change(), told.chance())

    @property
    def worse(self) -> bool:
        """Whether more was lost than chance explains."""
        return self.chance <= WORSE


@dataclass(frozen=True, slots=True)
class GateReport:
    """All that was measured, and the verdict. Ids and counts only: no words of a person."""

    lesson: str  # id of the new one
    accepted: bool
    reasons: tuple[str, ...]  # why not; empty if accepted
    before: Rate
    after: Rate
    near_before: Rate
    near_after: Rate
    drift: float | None  # of plain text, nats per token; None if the new block is silent there
    kept: tuple[Kept, ...]
    sanity_before: Sanity
    sanity: Sanity
    scale: float = 1.0  # strength at which it was accepted or last tried
    tried: tuple[tuple[float, int], ...] = ()  # scale -> passes on dev prompts
    readings: int = 1  # how often candidates of this round were put to the gate
    seconds: float = 0.0
    asked: Asked | None = None  # None where the lesson holds at none of them
    paired: tuple[Paired, ...] = ()  # what every prompt's reply did, before and after

    def to_json(self) -> str:
        """For the version's row."""
        return json.dumps(asdict(self), sort_keys=True)

    def line(self) -> str:
        """The report in one line for a person: counts, never bare percentages."""
        parts = [f"obeyed in {self.after} (before: {self.before})"]
        if self.near_after.n:
            parts.append(f"where it should not: {self.near_after} (before: {self.near_before})")
        parts += [f"older lesson kept: {one.after} (before: {one.before})" for one in self.kept]
        if self.asked is not None:
            parts.append(f"other instructions: {self.asked.after} (before: {self.asked.before})")
        moved = None if self.drift is None else f"drift {self.drift:.3f} nats per token"
        parts.append(moved or "other text unmoved")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Exam:
    """What a candidate is asked. None of these prompts was ever trained on."""

    lesson: Lesson
    inside: tuple[str, ...]
    near: tuple[str, ...]
    older: tuple[tuple[Lesson, tuple[str, ...]], ...]  # at prompts where the new one holds too
    dev: tuple[str, ...]  # in scope; choose the strength, never judge it
    limit: int  # tokens of a reply
    holds: Holds  # which lessons of the candidate hold at a request
    recorded: Mapping[str, Rate] = field(default_factory=dict)  # see `recorded`
    answers: Answers | None = None  # keeps the base's replies to instructions; else asked each time


def from_json(text: str) -> GateReport | None:
    """A stored report; None for a version that was never put to the gate."""
    told = json.loads(text)
    if "lesson" not in told:
        return None
    found = {one.name: told[one.name] for one in fields(GateReport) if one.name in told}
    rates = {name: Rate(**found[name]) for name in ("before", "after", "near_before", "near_after")}
    return GateReport(
        **found
        | rates
        | {
            "reasons": tuple(found["reasons"]),
            "kept": tuple(_kept(one) for one in found["kept"]),
            "sanity_before": Sanity(**found["sanity_before"]),
            "sanity": Sanity(**found["sanity"]),
            "tried": tuple((scale, passed) for scale, passed in found["tried"]),
            "asked": _asked(found["asked"]) if found.get("asked") else None,
            "paired": tuple(Paired(**one) for one in found.get("paired", ())),
        }
    )


def recorded(reports: Iterable[GateReport | None]) -> dict[str, Rate]:
    """What each lesson obeyed right after it was learned, by id; `reports` are oldest first.

    A lesson that was learned anew, as after a forgetting, has its latest record.
    """
    return {one.lesson: one.after for one in reports if one is not None and one.accepted}


def judge(
    model: Model, candidate: AdapterVersion, parent: AdapterVersion | None, exam: Exam
) -> Generator[Progress, None, GateReport]:
    """Puts a candidate to the gate; if it fails, once more at the best of a few strengths.

    The strength is chosen on dev prompts; the report's `scale` says at which it was judged last.
    """
    families = {_family(one) for one, _ in exam.older}
    asked = tuple(
        one
        for one in instructions.chosen({_family(exam.lesson)}, families)
        if exam.lesson.id in exam.holds(one.text)
    )
    before = yield from replies.ask(
        model, parent, 1.0, _prompts(exam), exam.holds, exam.limit, "Testing: before"
    )
    before |= yield from _instructed(model, parent, asked, exam)
    first = yield from _reading(model, candidate, 1.0, before, asked, exam)
    if first.accepted or not exam.dev:
        return first
    tried = []
    for scale in WEAKER if _far(first) else SCALES:
        label = f"Testing: strength {scale:g}"
        found = yield from replies.ask(
            model, candidate, scale, exam.dev, exam.holds, exam.limit, label
        )
        passed = sum(outcomes(exam.lesson, exam.dev, found))
        whole = sum(teacher.finished(found[text], exam.limit) for text in exam.dev)
        tried.append((scale, passed, whole))
    best, _, _ = max(tried, key=lambda one: (one[1] + one[2], -abs(one[0] - 1.0)))
    second = yield from _reading(model, candidate, best, before, asked, exam)
    counts = tuple((scale, passed) for scale, passed, _ in tried)
    # Of two failures the one at full strength is the report: it says what the lesson lacks.
    chosen = second if second.accepted else first
    return replace(chosen, tried=counts, readings=2, seconds=first.seconds + second.seconds)


def verdict(report: GateReport, *, any_length: bool = False) -> tuple[str, ...]:
    """Why a candidate may not go live, one sentence each; empty if it may.

    `any_length`: the lesson is about length, so replies may become as long or short as they like.
    """
    reasons = []
    wanted = min(MOST, max(HOLDS, report.before.share + RISE))
    if report.after.share < wanted:
        reasons.append(f"It obeyed the new lesson in {report.after} replies, too few.")
    spread = report.near_after.passed - report.near_before.passed
    if spread > max(1, round(LEAK * report.near_after.n)):
        reasons.append(f"The lesson spread to {spread} of {report.near_after.n} other requests.")
    if _far(report):
        reasons.append(
            f"Other text drifted by {report.drift:.3f} nats per token, more than {NEUTRAL_DRIFT}."
        )
    reasons += [said for one in report.kept if (said := _lost(one))]
    reasons += unheeded(report)
    return (*reasons, *sanity.faults(report.sanity_before, report.sanity, any_length=any_length))


def unheeded(report: GateReport) -> list[str]:
    """That other instructions are followed less, as a sentence; none if they are not."""
    asked = report.asked
    if asked is None or not asked.worse:
        return []
    return [f"Other instructions were followed in {asked.after} replies instead of {asked.before}."]


def _far(report: GateReport) -> bool:
    return report.drift is not None and report.drift > NEUTRAL_DRIFT


def _lost(kept: Kept) -> str:
    """Why an older lesson does not hold any more; "" if it does.

    In whole replies, rounded down: of 6 one may be lost. Against the parent that would let a lesson
    die by one reply a round, so what it obeyed when it was learned binds as well; but no candidate
    for what was lost before it.
    """
    if kept.after.passed < floor(kept.before, kept.after.n):
        return f"An older lesson fell from {kept.before} to {kept.after}."
    worse = kept.after.passed < kept.before.passed
    if worse and kept.recorded and kept.after.passed < floor(kept.recorded, kept.after.n):
        return (
            f"An older lesson holds in {kept.after} replies; right after it was learned it held in "
            f"{kept.recorded}."
        )
    return ""


def floor(once: Rate, n: int) -> int:
    """The fewest of n replies that must obey what once was obeyed at this rate."""
    return int(KEPT * once.passed * n / once.n + 1e-9) if once.n else 0


def _reading(
    model: Model,
    candidate: AdapterVersion,
    scale: float,
    before: Mapping[str, str],
    asked: Sequence[Instruction],
    exam: Exam,
) -> Generator[Progress, None, GateReport]:
    began = time.monotonic()
    label = "Testing: the candidate"
    texts = (*_prompts(exam), *(one.text for one in asked))
    after = yield from replies.ask(model, candidate, scale, texts, exam.holds, exam.limit, label)
    always = exam.holds("")
    drift: float | None = None
    if exam.lesson.id in always:
        plain = [((), text) for text in neutral.HELD]
        what = "what else has changed"
        drift = yield from drifted(model, candidate, scale, always, plain, what)

    def pair(what: str, lesson: Lesson, prompts: Sequence[str]) -> Paired:
        was, now = outcomes(lesson, prompts, before), outcomes(lesson, prompts, after)
        return Paired.of(what, was, now)

    own = pair(NEW, exam.lesson, exam.inside)
    spread = pair(NEAR, exam.lesson, exam.near)
    followed = Paired.of(ASKED, follows(asked, before), follows(asked, after))
    older = [pair(one.id, one, some) for one, some in exam.older if one.check is not None]
    check = exam.lesson.check
    report = GateReport(
        lesson=exam.lesson.id,
        accepted=False,
        reasons=(),
        before=own.rate_before,
        after=own.rate_after,
        near_before=spread.rate_before,
        near_after=spread.rate_after,
        drift=None if drift is None else round(drift, 5),
        kept=tuple(
            Kept(one.what, one.rate_before, one.rate_after, exam.recorded.get(one.what))
            for one in older
        ),
        sanity_before=sanity.of([before[text] for text in exam.inside], exam.limit, check),
        sanity=sanity.of([after[text] for text in exam.inside], exam.limit, check),
        scale=scale,
        seconds=round(time.monotonic() - began, 1),
        asked=Asked.of(followed) if asked else None,
        paired=(own, spread, followed, *older),
    )
    reasons = verdict(report, any_length=_family(exam.lesson) == "length")
    return replace(report, accepted=not reasons, reasons=reasons)


def _instructed(
    model: Model, parent: AdapterVersion | None, asked: Sequence[Instruction], exam: Exam
) -> Generator[Progress, None, dict[str, str]]:
    """Replies to instructions before the candidate; the base's are asked for once and kept."""
    texts = tuple(one.text for one in asked)
    label = "Testing: instructions, before"
    if parent is not None or exam.answers is None:
        return (yield from replies.ask(model, parent, 1.0, texts, exam.holds, exam.limit, label))
    said = [prompt.plain((Message("user", text),)) for text in texts]
    kept = yield from exam.answers.greedy(said, label)
    return dict(zip(texts, kept, strict=True))


def drifted(
    model: Model,
    candidate: AdapterVersion,
    scale: float,
    lessons: Collection[str],
    pairs: Sequence[tuple[Sequence[Message], str]],
    of_what: str,
) -> Generator[Progress, None, float]:
    """Mean KL to the base per token over (conversation, reply); nats, 0 without any.

    Blocks of these lessons speak.
    """
    found: list[float] = []
    for at in range(0, len(pairs), 4):
        yield Progress(f"Testing: {of_what}", at, len(pairs))
        model.use(candidate, 1.0, lessons, scale)
        found += model.drift(pairs[at : at + 4])
    return sum(found) / len(found) if found else 0.0


def _prompts(exam: Exam) -> tuple[str, ...]:
    older = [text for _, prompts in exam.older for text in prompts]
    return tuple(dict.fromkeys((*exam.inside, *exam.near, *older)))


def outcomes(lesson: Lesson, prompts: Sequence[str], found: Mapping[str, str]) -> list[bool]:
    """Which replies obey the lesson, in the order of the prompts."""
    assert lesson.check is not None
    return [registry.obeys(lesson.check, found[text], text) for text in prompts]


def follows(asked: Sequence[Instruction], found: Mapping[str, str]) -> list[bool]:
    """Which replies do what their request itself asks for, in the order of the instructions."""
    return [registry.obeys(one.check, found[one.text], one.text) for one in asked]


def _family(lesson: Lesson) -> str:
    return registry.kind_of(lesson.check).family if lesson.check is not None else ""


def _kept(found: dict[str, Any]) -> Kept:
    once = found.get("recorded")
    rates = Rate(**found["before"]), Rate(**found["after"])
    return Kept(found["lesson"], *rates, Rate(**once) if once else None)


def _asked(found: dict[str, Any]) -> Asked:
    rates = Rate(**found["before"]), Rate(**found["after"])
    return Asked(*rates, found["low"], found["high"], found.get("chance", 1.0))
