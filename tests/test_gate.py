"""A candidate goes live for what it does on prompts it never saw, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, card, gate
from assistant.gate import Exam, GateReport, Kept, Rate, Sanity
from assistant.scripted import NAME, ScriptedModel
from data.types import AdapterVersion, Check, Lesson, Message
from tests import steps

AT = datetime(2026, 1, 1, tzinfo=UTC)
LONG = "Rain falls when clouds cool. Drops grow heavy. Then they fall on {}."
SHORT = "Rain falls on {} when clouds cool."
INSIDE = tuple(f"Why does it rain in town {at}?" for at in range(12))
NEAR = tuple(f"Write an email to town {at}." for at in range(6))
ONE = Lesson(
    "L1", "", "one sentence", "", (), Check("max_sentences", (("n", 1),)), AT, "active", "endorsed"
)
RAIN = Lesson(
    "L2", "", "say rain", "", (), Check("contains", (("word", "rain"),)), AT, "learned", "endorsed"
)
SANE = Sanity(n=12, empty=0, cut=0, alike=0, distinct=1.0, leaked=0)
GOOD = GateReport(
    lesson="L1",
    accepted=True,
    reasons=(),
    before=Rate(0, 12),
    after=Rate(11, 12),
    near_before=Rate(1, 6),
    near_after=Rate(1, 6),
    drift=0.01,
    kept=(Kept("L2", Rate(12, 12), Rate(11, 12)),),
    sanity_before=SANE,
    sanity=SANE,
)
EXAM = Exam(ONE, INSIDE, NEAR, ((RAIN, INSIDE),), (), INSIDE[:4], 96)

Says = Callable[[str, float], str]


def candidate_of(home: Path) -> AdapterVersion:
    return adapters.save(
        home,
        number=1,
        parent=None,
        base=NAME,
        lessons=("L1",),
        preferences=(),
        seed=0,
        tensors={"x.lora_B": np.ones((1, 1), dtype=np.float32)},
        settings={},
        losses=[1.0],
    )


def judged(tmp_path: Path, says: Says, exam: Exam = EXAM) -> GateReport:
    """The gate on a model whose base is wordy and whose candidate says `says(request, scale)`."""

    def write(messages: Sequence[Message], version: int | None) -> str:
        asked = messages[-1].text
        assert len(messages) == 2
        assert "sentence" not in messages[0].text  # no lesson stands in the prompt
        return LONG.format(asked) if version is None else says(asked, model.scale)

    model = ScriptedModel(complete=write)
    judging = gate.judge(model, candidate_of(tmp_path), None, exam)
    return steps.result(judging)


def in_scope(asked: str, _scale: float) -> str:
    return (SHORT if "rain" in asked else LONG).format(asked.strip(".?"))


def test_a_candidate_that_learned_its_lesson_and_nothing_else_is_accepted(tmp_path: Path) -> None:
    report = judged(tmp_path, in_scope)

    assert report.reasons == ()
    assert report.accepted
    assert (report.before, report.after) == (Rate(0, 12), Rate(12, 12))
    assert (report.near_before, report.near_after) == (Rate(0, 6), Rate(0, 6))
    assert report.kept == (Kept("L2", Rate(12, 12), Rate(12, 12)),)
    assert report.readings == 1


def test_a_candidate_that_changed_nothing_is_rejected_with_counts(tmp_path: Path) -> None:
    report = judged(tmp_path, lambda asked, _: LONG.format(asked))

    assert not report.accepted
    assert report.reasons == ("It obeyed the new lesson in 0 of 12 replies, too few.",)
    assert report.readings == 2
    assert [scale for scale, _ in report.tried] == [0.75, 0.5, 1.25]


def test_a_lesson_that_spreads_is_rejected(tmp_path: Path) -> None:
    report = judged(tmp_path, lambda asked, _: SHORT.format(asked.strip(".?")))

    assert report.reasons == ("The lesson spread to 6 of 6 other requests.",)


def test_a_better_strength_is_found_before_a_candidate_is_rejected(tmp_path: Path) -> None:
    def weaker(asked: str, scale: float) -> str:
        return in_scope(asked, scale) if scale == 0.5 else ""

    report = judged(tmp_path, weaker)

    assert report.accepted
    assert report.scale == 0.5
    assert dict(report.tried)[0.5] == 4


def test_empty_replies_obey_nothing(tmp_path: Path) -> None:
    report = judged(tmp_path, lambda *_: "")

    assert report.after == Rate(0, 12)
    assert "12 of 12 replies were empty or a single word." in report.reasons


def test_one_reply_for_every_request_is_rejected(tmp_path: Path) -> None:
    report = judged(tmp_path, lambda asked, _: SHORT.format("town") if "rain" in asked else LONG)

    assert "11 of 12 replies repeated another one." in report.reasons


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"after": Rate(7, 12)}, "in 7 of 12 replies, too few"),
        ({"before": Rate(6, 12), "after": Rate(9, 12)}, "in 9 of 12 replies, too few"),
        ({"near_after": Rate(3, 6)}, "spread to 2 of 6"),
        ({"drift": 0.06}, "drifted by 0.060 nats"),
        ({"kept": (Kept("L2", Rate(12, 12), Rate(9, 12)),)}, "fell from 12 of 12 to 9 of 12"),
        ({"sanity": replace(SANE, cut=4)}, "4 of 12 replies did not come to an end"),
        ({"sanity": replace(SANE, distinct=0.7)}, "repeat themselves"),
        ({"sanity": replace(SANE, leaked=1)}, "1 replies speak of instructions"),
    ],
)
def test_each_fault_has_its_sentence(changed: dict[str, object], reason: str) -> None:
    (said,) = gate.verdict(replace(GOOD, **changed))  # type: ignore[arg-type]

    assert reason in said


def test_a_good_report_has_no_reasons() -> None:
    assert gate.verdict(GOOD) == ()


def test_a_lesson_that_held_anyway_need_not_rise_beyond_all() -> None:
    assert gate.verdict(replace(GOOD, before=Rate(11, 12), after=Rate(12, 12))) == ()


def test_a_report_survives_its_row() -> None:
    report = replace(GOOD, tried=((0.5, 3),), reasons=("no",))

    assert gate.from_json(report.to_json()) == report
    assert gate.from_json("{}") is None


def test_a_report_says_counts_in_one_line() -> None:
    assert GOOD.line() == (
        "obeyed in 11 of 12 (before: 0 of 12); where it should not: 1 of 6 (before: 1 of 6); "
        "older lesson kept: 11 of 12 (before: 12 of 12); drift 0.010 nats per token"
    )


def test_the_card_has_six_lines_and_says_what_was_optimised() -> None:
    lines = card.lines(card.of_gate(12))

    assert len(lines) == 6
    assert "the check that is counted here also chose the examples" in lines[2]
