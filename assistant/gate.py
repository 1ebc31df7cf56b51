"""Whether a candidate may answer: greedy replies to prompts that were never trained on, counted.

Knows no weights and no store: it works through the Model protocol and the checks.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from assistant import neutral, prompt, teacher
from assistant.answers import BATCH
from assistant.protocols import Model, Progress
from data.checks import registry
from data.types import AdapterVersion, Lesson, Message

HOLDS = 0.6  # share of held prompts that must obey the new lesson
RISE = 0.3  # and by how much more than before
MOST = 0.9  # more is never asked for: a lesson may have held by itself
LEAK = 0.15  # share of near prompts by which the lesson may spread
KEPT = 0.9  # share of what an older lesson obeyed before that must be left
DRIFT = 0.05  # mean KL to the base on plain text and general replies, nats per token
VARIED = 0.8  # of the distinct word pairs before
CUT = 0.25  # share of replies that may be cut by the limit, if none was before
SCALES = (0.75, 0.5, 1.25)  # strengths that are tried when a candidate fails


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of n replies passed a check."""

    passed: int
    n: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 if there was nothing to count."""
        return self.passed / self.n if self.n else 0.0

    def __str__(self) -> str:
        return f"{self.passed} of {self.n}"


@dataclass(frozen=True, slots=True)
class Kept:
    """An older lesson on its own held prompts, under the parent and under the candidate."""

    lesson: str  # id
    before: Rate
    after: Rate


@dataclass(frozen=True, slots=True)
class Sanity:
    """What replies look like, whatever the lesson is."""

    n: int
    empty: int  # nothing, or a single word
    cut: int  # not ended before the limit
    alike: int  # replies that repeat, word for word, the reply to another prompt
    distinct: float  # distinct word pairs over word pairs
    leaked: int  # replies that speak of instructions


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
    drift: float  # nats per token
    kept: tuple[Kept, ...]
    sanity_before: Sanity
    sanity: Sanity
    scale: float = 1.0  # strength at which it was accepted or last tried
    tried: tuple[tuple[float, int], ...] = ()  # scale -> passes on dev prompts
    readings: int = 1  # how often candidates of this round were put to the gate
    seconds: float = 0.0

    def to_json(self) -> str:
        """For the version's row."""
        return json.dumps(asdict(self), sort_keys=True)

    def line(self) -> str:
        """The report in one line for a person: counts, never bare percentages."""
        parts = [f"obeyed in {self.after} (before: {self.before})"]
        if self.near_after.n:
            parts.append(f"where it should not: {self.near_after} (before: {self.near_before})")
        parts += [f"older lesson kept: {one.after} (before: {one.before})" for one in self.kept]
        parts.append(f"drift {self.drift:.3f} nats per token")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Exam:
    """What a candidate is asked. None of these prompts was ever trained on."""

    lesson: Lesson
    inside: tuple[str, ...]
    near: tuple[str, ...]
    older: tuple[tuple[Lesson, tuple[str, ...]], ...]
    general: tuple[tuple[str, str], ...]  # prompt and the base's own reply
    dev: tuple[str, ...]  # in scope; choose the strength, never judge it
    limit: int  # tokens of a reply


def from_json(text: str) -> GateReport | None:
    """A stored report; None for a version that was never put to the gate."""
    found = json.loads(text)
    if "lesson" not in found:
        return None
    rates = {name: Rate(**found[name]) for name in ("before", "after", "near_before", "near_after")}
    return GateReport(
        **found
        | rates
        | {
            "reasons": tuple(found["reasons"]),
            "kept": tuple(
                Kept(one["lesson"], Rate(**one["before"]), Rate(**one["after"]))
                for one in found["kept"]
            ),
            "sanity_before": Sanity(**found["sanity_before"]),
            "sanity": Sanity(**found["sanity"]),
            "tried": tuple((scale, passed) for scale, passed in found["tried"]),
        }
    )


def judge(
    model: Model, candidate: AdapterVersion, parent: AdapterVersion | None, exam: Exam
) -> Generator[Progress, None, GateReport]:
    """Puts a candidate to the gate; if it fails, once more at the best of a few strengths.

    The strength is chosen on dev prompts; the report's `scale` says at which it was judged last.
    """
    before = yield from _replies(model, parent, 1.0, _prompts(exam), exam.limit, "before")
    first = yield from _reading(model, candidate, 1.0, before, exam)
    if first.accepted or not exam.dev:
        return first
    tried = []
    for scale in SCALES:
        replies = yield from _replies(
            model, candidate, scale, exam.dev, exam.limit, f"strength {scale:g}"
        )
        passed = sum(_obeys(exam.lesson, replies[text]) for text in exam.dev)
        whole = sum(teacher.finished(replies[text], exam.limit) for text in exam.dev)
        tried.append((scale, passed, whole))
    best, _, _ = max(tried, key=lambda one: (one[1] + one[2], -abs(one[0] - 1.0)))
    second = yield from _reading(model, candidate, best, before, exam)
    counts = tuple((scale, passed) for scale, passed, _ in tried)
    # Of two failures the one at full strength is the report: it says what the lesson lacks.
    chosen = second if second.accepted else first
    return replace(chosen, tried=counts, readings=2, seconds=first.seconds + second.seconds)


def sanity(replies: Sequence[str], limit: int) -> Sanity:
    """Counts over some replies, each cut at `limit` tokens."""
    pairs = [pair for text in replies for pair in _pairs(text)]
    return Sanity(
        n=len(replies),
        empty=sum(len(text.split()) < 2 for text in replies),
        cut=sum(not teacher.finished(text, limit) for text in replies),
        alike=len(replies) - len({text.strip() for text in replies}),
        distinct=sum(len(set(_pairs(text))) for text in replies) / len(pairs) if pairs else 1.0,
        leaked=sum(any(phrase in text.lower() for phrase in LEAKS) for text in replies),
    )


def verdict(report: GateReport) -> tuple[str, ...]:
    """Why a candidate may not go live, one sentence each; empty if it may."""
    reasons = []
    wanted = min(MOST, max(HOLDS, report.before.share + RISE))
    if report.after.share < wanted:
        reasons.append(f"It obeyed the new lesson in {report.after} replies, too few.")
    spread = report.near_after.passed - report.near_before.passed
    if spread > max(1, round(LEAK * report.near_after.n)):
        reasons.append(f"The lesson spread to {spread} of {report.near_after.n} other requests.")
    if report.drift > DRIFT:
        reasons.append(
            f"Other text drifted by {report.drift:.3f} nats per token, more than {DRIFT}."
        )
    reasons += [
        f"An older lesson fell from {one.before} to {one.after}."
        for one in report.kept
        if one.after.passed < int(KEPT * one.before.passed)
    ]
    return (*reasons, *_insane(report.sanity_before, report.sanity))


def _insane(before: Sanity, after: Sanity) -> Sequence[str]:
    reasons = []
    if after.empty > before.empty + after.n // 12:
        reasons.append(f"{after.empty} of {after.n} replies were empty or a single word.")
    if after.cut > max(before.cut, round(CUT * after.n)):
        reasons.append(f"{after.cut} of {after.n} replies did not come to an end.")
    if after.alike > before.alike + max(1, after.n // 6):
        reasons.append(f"{after.alike} of {after.n} replies repeated another one.")
    if after.distinct < VARIED * before.distinct:
        reasons.append("Replies repeat themselves more than before.")
    if after.leaked > before.leaked:
        reasons.append(f"{after.leaked} replies speak of instructions.")
    return reasons


def _reading(
    model: Model,
    candidate: AdapterVersion,
    scale: float,
    before: Mapping[str, str],
    exam: Exam,
) -> Generator[Progress, None, GateReport]:
    began = time.monotonic()
    after = yield from _replies(
        model, candidate, scale, _prompts(exam), exam.limit, "the candidate"
    )
    drift = yield from _drift(model, candidate, scale, exam)
    own = exam.lesson
    report = GateReport(
        lesson=own.id,
        accepted=False,
        reasons=(),
        before=_rate(own, exam.inside, before),
        after=_rate(own, exam.inside, after),
        near_before=_rate(own, exam.near, before),
        near_after=_rate(own, exam.near, after),
        drift=round(drift, 5),
        kept=tuple(
            Kept(one.id, _rate(one, prompts, before), _rate(one, prompts, after))
            for one, prompts in exam.older
            if one.check is not None
        ),
        sanity_before=sanity([before[text] for text in exam.inside], exam.limit),
        sanity=sanity([after[text] for text in exam.inside], exam.limit),
        scale=scale,
        seconds=round(time.monotonic() - began, 1),
    )
    reasons = verdict(report)
    return replace(report, accepted=not reasons, reasons=reasons)


def _replies(
    model: Model,
    version: AdapterVersion | None,
    scale: float,
    prompts: Sequence[str],
    limit: int,
    who: str,
) -> Generator[Progress, None, dict[str, str]]:
    """Greedy replies with no lesson in the prompt; some tokens of a batch a micro-step."""
    found: dict[str, str] = {}
    began = time.monotonic()
    for at in range(0, len(prompts), BATCH):
        left = (time.monotonic() - began) / at * (len(prompts) - at) if at else None
        said = Progress(f"Testing: {who}", at, len(prompts), left)
        yield said
        some = prompts[at : at + BATCH]
        model.use(version, scale)
        replies: tuple[str, ...] = ()
        asked = [prompt.plain((Message("user", text),)) for text in some]
        for so_far in model.completing(asked, limit=limit):
            replies = so_far
            yield said
        found |= dict(zip(some, replies, strict=True))
    return found


def _drift(
    model: Model, candidate: AdapterVersion, scale: float, exam: Exam
) -> Generator[Progress, None, float]:
    """Mean KL to the base per token, over plain passages and general replies; nats."""
    pairs: list[tuple[tuple[Message, ...], str]] = [
        (prompt.plain((Message("user", text),)), reply) for text, reply in exam.general
    ] or [((), text) for text in neutral.HELD]
    found: list[float] = []
    for at in range(0, len(pairs), 4):
        yield Progress("Testing: what else has changed", at, len(pairs))
        model.use(candidate, scale)
        found += model.drift(pairs[at : at + 4])
    return sum(found) / len(found)


def _prompts(exam: Exam) -> tuple[str, ...]:
    older = [text for _, prompts in exam.older for text in prompts]
    return tuple(dict.fromkeys((*exam.inside, *exam.near, *older)))


def _rate(lesson: Lesson, prompts: Sequence[str], replies: Mapping[str, str]) -> Rate:
    return Rate(sum(_obeys(lesson, replies[text]) for text in prompts), len(prompts))


def _obeys(lesson: Lesson, reply: str) -> bool:
    """An empty reply obeys nothing, whatever a check says of it."""
    assert lesson.check is not None
    return bool(reply.strip()) and registry.passes(lesson.check, reply)


def _pairs(text: str) -> list[tuple[str, str]]:
    return list(itertools.pairwise(text.lower().split()))


LEAKS = (
    "as you requested",
    "as requested",
    "as you asked",
    "per your instruction",
    "as instructed",
)
