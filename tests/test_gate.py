"""A candidate goes live for what it does on prompts it never saw, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assistant import adapters, gate, instructions
from assistant.answers import Answers
from assistant.gate import Exam, GateReport, Kept
from assistant.rates import Rate
from assistant.scripted import NAME, ScriptedModel
from data.store import Store
from data.types import AdapterVersion, Check, Lesson, Message
from tests import steps
from tests.followed import GOOD

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
EXAM = Exam(ONE, INSIDE, NEAR, ((RAIN, INSIDE),), (), INSIDE[:4], 96)


Says = Callable[[str, float], str]


def candidate_of(home: Path) -> AdapterVersion:
    return adapters.save(
        home,
        number=adapters.next_number(Store(None), home),
        parent=None,
        base=NAME,
        lessons=("L1",),
        preferences=(),
        seed=0,
        tensors={"x.lora_B": np.ones((1, 1), dtype=np.float32)},
        settings={},
        losses=[1.0],
    )


class Pupil(ScriptedModel):
    """A wordy base that follows instructions, and a candidate that says `says(request, scale)`."""

    def __init__(self, says: Says, drifts: float = 0.001) -> None:
        super().__init__(complete=self.reply)
        self.says, self.drifts = says, drifts
        self.asked: list[tuple[str, int | None]] = []
        self.drifted: list[str] = []

    def reply(self, messages: Sequence[Message], version: int | None) -> str:
        asked = messages[-1].text
        assert len(messages) == 2
        assert "sentence" not in messages[0].text  # no lesson stands in the prompt
        self.asked.append((asked, version))
        return followed(asked, 1.0) if version is None else self.says(asked, self.scale)

    def drift(self, pairs: Sequence[tuple[Sequence[Message], str]]) -> Sequence[float]:
        self.drifted += [reply for _, reply in pairs]
        return [self.drifts for _ in pairs]


def followed(asked: str, _scale: float) -> str:
    return GOOD.get(asked, LONG.format(asked.strip(".?")))


def judged(tmp_path: Path, says: Says, exam: Exam = EXAM, drifts: float = 0.001) -> GateReport:
    """The gate's report on such a candidate."""
    return steps.result(gate.judge(Pupil(says, drifts), candidate_of(tmp_path), None, exam))


def in_scope(asked: str, _scale: float) -> str:
    return SHORT.format(asked.strip(".?")) if "rain" in asked else followed(asked, _scale)


def test_a_candidate_that_learned_its_lesson_and_nothing_else_is_accepted(tmp_path: Path) -> None:
    report = judged(tmp_path, in_scope)

    assert report.reasons == ()
    assert report.accepted
    assert (report.before, report.after) == (Rate(0, 12), Rate(12, 12))
    assert (report.near_before, report.near_after) == (Rate(0, 6), Rate(0, 6))
    assert report.kept == (Kept("L2", Rate(12, 12), Rate(12, 12)),)
    assert report.readings == 1


def test_a_candidate_that_changed_nothing_is_rejected_with_counts(tmp_path: Path) -> None:
    report = judged(tmp_path, followed)

    assert not report.accepted
    assert report.reasons == ("It obeyed the new lesson in 0 of 12 replies, too few.",)
    assert report.readings == 2
    assert [scale for scale, _ in report.tried] == [0.75, 0.5, 1.25]


def test_a_lesson_that_spreads_is_rejected(tmp_path: Path) -> None:
    def everywhere(asked: str, _scale: float) -> str:
        return GOOD.get(asked, SHORT.format(asked.strip(".?")))

    report = judged(tmp_path, everywhere)

    assert report.reasons == ("The lesson spread to 6 of 6 other requests.",)


def test_a_better_strength_is_found_before_a_candidate_is_rejected(tmp_path: Path) -> None:
    def weaker(asked: str, scale: float) -> str:
        return in_scope(asked, scale) if scale == 0.5 else ""

    report = judged(tmp_path, weaker)

    assert report.accepted
    assert report.scale == 0.5
    assert dict(report.tried)[0.5] == 4


def test_what_drifts_is_tried_weaker_and_never_stronger(tmp_path: Path) -> None:
    pupil = Pupil(in_scope, 0.056)
    measured = pupil.drift

    def drift(pairs: Sequence[tuple[Sequence[Message], str]]) -> Sequence[float]:
        return [one * pupil.scale**2 for one in measured(pairs)]  # as KL does near the base

    pupil.drift = drift  # type: ignore[method-assign]
    report = steps.result(gate.judge(pupil, candidate_of(tmp_path), None, EXAM))

    assert [scale for scale, _ in report.tried] == [0.9, 0.75, 0.5]
    assert report.accepted
    assert report.scale == 0.9
    assert abs(report.drift - 0.056 * 0.81) < 1e-5


def test_empty_replies_obey_nothing(tmp_path: Path) -> None:
    report = judged(tmp_path, lambda *_: "")

    assert report.after == Rate(0, 12)
    assert "12 of 12 replies were empty or a single word." in report.reasons


def test_one_reply_for_every_request_is_rejected(tmp_path: Path) -> None:
    def one(asked: str, _scale: float) -> str:
        return SHORT.format("town") if "rain" in asked else followed(asked, _scale)

    report = judged(tmp_path, one)

    assert "11 of 12 replies repeated another one." in report.reasons


def test_records_that_are_given_are_in_the_report(tmp_path: Path) -> None:
    report = judged(tmp_path, in_scope, replace(EXAM, recorded={"L2": Rate(11, 12)}))

    assert report.kept[0].recorded == Rate(11, 12)


def test_instructions_that_are_not_followed_any_more_reject_a_candidate(tmp_path: Path) -> None:
    def only_rain(asked: str, scale: float) -> str:
        return "Rain falls all day, and then it stops." if asked in GOOD else in_scope(asked, scale)

    report = judged(tmp_path, only_rain)

    assert report.asked is not None
    assert report.asked.before == Rate(12, 12)
    assert report.asked.high < 0
    (reason,) = report.reasons
    assert reason == (
        f"Other instructions were followed in {report.asked.after} replies instead of 12 of 12."
    )


def test_no_instruction_is_asked_that_the_new_lesson_is_about(tmp_path: Path) -> None:
    pupil = Pupil(in_scope)

    steps.result(gate.judge(pupil, candidate_of(tmp_path), None, EXAM))

    asked = {one.text: one for one in instructions.ALL}
    families = {asked[text].family for text, _ in pupil.asked if text in asked}
    assert families == {"format", "edges", "language"}  # L1 is about length, L2 about words


def test_the_base_follows_instructions_once_for_all_candidates(tmp_path: Path) -> None:
    store, candidate = Store(None), candidate_of(tmp_path)
    first, second = Pupil(in_scope), Pupil(in_scope)
    for pupil in (first, second):
        answers = Answers(store, pupil, tmp_path, [], EXAM.limit)
        steps.result(gate.judge(pupil, candidate, None, replace(EXAM, answers=answers)))

    by_base = [text for text, version in second.asked if version is None and text in GOOD]
    assert [text for text, version in first.asked if version is None and text in GOOD]
    assert by_base == []


def test_drift_is_held_closer_where_other_requests_show_it(tmp_path: Path) -> None:
    general = tuple((f"What is town {at}?", "A town.") for at in range(6))

    everywhere = judged(tmp_path, in_scope, drifts=0.04)
    scoped = judged(tmp_path, in_scope, replace(EXAM, general=general), drifts=0.04)

    assert everywhere.accepted
    assert scoped.reasons == ("Other text drifted by 0.040 nats per token, more than 0.03.",)
    assert (everywhere.drift_limit, scoped.drift_limit) == (0.05, 0.03)


def test_the_base_replies_to_near_requests_must_stay_likely(tmp_path: Path) -> None:
    near_base = {text: f"Dear {text}" for text in NEAR} | {NEAR[0]: ""}
    pupil = Pupil(in_scope, drifts=0.06)
    exam = replace(EXAM, near_base=near_base, general=(("Why?", "So."),))

    report = steps.result(gate.judge(pupil, candidate_of(tmp_path), None, exam))

    assert report.near_drift == 0.06
    assert [said for said in report.reasons if "outside its scope" in said]
    assert {text for text in pupil.drifted if text.startswith("Dear")} == {
        f"Dear {text}"
        for text in NEAR[1:]  # an empty reply has no likelihood
    }


def test_without_near_requests_nothing_is_said_of_them(tmp_path: Path) -> None:
    report = judged(tmp_path, in_scope, replace(EXAM, near=()))

    assert report.near_drift is None
    assert "near" not in report.line()


def test_a_reply_that_is_no_reply_obeys_nothing(tmp_path: Path) -> None:
    no_comma = replace(ONE, check=Check("no_comma"))
    exam = replace(EXAM, lesson=no_comma, dev=())

    stubs = judged(tmp_path, lambda asked, _: GOOD.get(asked, f"Town {asked[-3]}."), exam)
    echoes = judged(tmp_path, lambda asked, _: GOOD.get(asked, asked), exam)

    assert (stubs.before, stubs.after) == (Rate(12, 12), Rate(0, 12))
    assert echoes.after == Rate(0, 12)


def test_the_report_keeps_what_each_reply_did(tmp_path: Path) -> None:
    def all_but_first(asked: str, scale: float) -> str:
        return followed(asked, scale) if asked == INSIDE[0] else in_scope(asked, scale)

    report = judged(tmp_path, all_but_first)

    kept = {one.what: one for one in report.paired}
    assert set(kept) == {"new", "near", "asked", "L2"}
    assert (kept["new"].before, kept["new"].after) == ("0" * 12, "0" + "1" * 11)
    assert (kept["new"].gained, kept["new"].lost) == (11, 0)
    assert all(one.rate_before.n == len(one.after) for one in report.paired)
    assert "town" not in report.to_json()  # no words, only what they did
