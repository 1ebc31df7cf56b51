"""A candidate goes live for what it does on prompts it never saw, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, gate, instructions, neutral
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


Says = Callable[[str, float], str]


def always(_request: str) -> tuple[str, ...]:
    return ("L1", "L2")


def about_rain(request: str) -> tuple[str, ...]:
    return ("L1", "L2") if "does it rain" in request else ()


EXAM = Exam(ONE, INSIDE, NEAR, ((RAIN, INSIDE),), INSIDE[:4], 96, always)
SCOPED = replace(EXAM, holds=about_rain)


def candidate_of(
    home: Path, parent: AdapterVersion | None = None, lesson: str = "L1"
) -> AdapterVersion:
    held = parent.lessons if parent is not None else ()
    return adapters.save(
        home,
        number=adapters.next_number(Store(None), home),
        parent=None if parent is None else parent.number,
        base=NAME,
        lessons=(*held, lesson),
        preferences=(),
        seed=0,
        tensors={"x.lora_B": np.ones((1, 1), dtype=np.float32)},
        settings={},
        losses=[1.0],
        kept=() if parent is None else adapters.blocks_of(parent.folder),
        source=None if parent is None else parent.folder,
    )


class Pupil(ScriptedModel):
    """A wordy base that follows instructions, and a candidate that says `says(request, scale)`."""

    def __init__(self, says: Says, drifts: float = 0.001) -> None:
        super().__init__(complete=self.reply)
        self.says, self.drifts = says, drifts
        self.lessons: Collection[str] | None = None
        self.asked: list[tuple[str, int | None]] = []
        self.heard: dict[tuple[str, int | None], Collection[str] | None] = {}
        self.drifted: list[tuple[str, Collection[str] | None]] = []

    def use(
        self,
        version: AdapterVersion | None,
        scale: float = 1.0,
        lessons: Collection[str] | None = None,
        trial: float = 1.0,
    ) -> tuple[str, ...]:
        self.lessons = lessons
        return super().use(version, scale, lessons, trial)

    def reply(self, messages: Sequence[Message], version: int | None) -> str:
        asked = messages[-1].text
        assert len(messages) == 2
        assert "sentence" not in messages[0].text  # no lesson stands in the prompt
        self.asked.append((asked, version))
        self.heard[asked, version] = self.lessons
        return followed(asked, 1.0) if version is None else self.says(asked, self.scale)

    def drift(self, pairs: Sequence[tuple[Sequence[Message], str]]) -> Sequence[float]:
        self.drifted += [(reply, self.lessons) for _, reply in pairs]
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
    assert report.drift == pytest.approx(0.056 * 0.81, abs=1e-5)


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


def test_instructions_are_asked_only_where_the_new_lesson_holds(tmp_path: Path) -> None:
    def here(request: str) -> tuple[str, ...]:
        return ("L1", "L2") if "town" in request or request.startswith("Describe") else ("L2",)

    pupil = Pupil(in_scope)

    report = steps.result(
        gate.judge(pupil, candidate_of(tmp_path), None, replace(EXAM, holds=here))
    )

    asked = {text for text, _ in pupil.asked if text in GOOD}
    known = {one.text for one in instructions.chosen({"length"}, {"words"})}
    assert asked == {text for text in known if text.startswith("Describe")}
    assert report.asked is not None
    assert report.asked.before == report.asked.after == Rate(len(asked), len(asked))


def test_a_lesson_that_holds_at_no_instruction_says_nothing_of_them(tmp_path: Path) -> None:
    pupil = Pupil(in_scope)

    report = steps.result(gate.judge(pupil, candidate_of(tmp_path), None, SCOPED))

    assert report.accepted
    assert report.asked is None
    assert "instructions" not in report.line()
    assert [text for text, _ in pupil.asked if text in GOOD] == []


def test_a_lesson_that_holds_everywhere_may_not_move_plain_text(tmp_path: Path) -> None:
    report = judged(tmp_path, in_scope, drifts=0.2)  # too far at every strength

    assert report.reasons == ("Other text drifted by 0.200 nats per token, more than 0.05.",)
    assert report.drift == 0.2


def test_plain_text_is_read_with_what_always_holds_and_nothing_else(tmp_path: Path) -> None:
    def wide(request: str) -> tuple[str, ...]:
        return ("L1", "L2") if "does it rain" in request else ("L1",)

    pupil = Pupil(in_scope)

    steps.result(gate.judge(pupil, candidate_of(tmp_path), None, replace(EXAM, holds=wide)))

    assert [text for text, _ in pupil.drifted] == list(neutral.HELD)
    assert [set(lessons or ()) for _, lessons in pupil.drifted] == [{"L1"}] * len(neutral.HELD)


def test_a_scoped_lesson_moves_no_other_text_so_its_drift_is_not_measured_and_cannot_reject_it(
    tmp_path: Path,
) -> None:
    pupil = Pupil(in_scope, drifts=9.0)

    report = steps.result(gate.judge(pupil, candidate_of(tmp_path), None, SCOPED))

    assert pupil.drifted == []
    assert report.drift is None
    assert (report.accepted, report.readings) == (True, 1)


def test_what_older_lessons_did_to_plain_text_is_no_fault_of_a_scoped_one(tmp_path: Path) -> None:
    def older_everywhere(request: str) -> tuple[str, ...]:
        return ("L1", "L2") if "does it rain" in request else ("L2",)

    parent = candidate_of(tmp_path, lesson="L2")
    pupil = Pupil(in_scope, drifts=9.0)
    exam = replace(EXAM, holds=older_everywhere)

    report = steps.result(gate.judge(pupil, candidate_of(tmp_path, parent), parent, exam))

    assert pupil.drifted == []
    assert report.accepted


def test_a_scoped_lesson_is_silent_near_its_scope_whatever_it_would_say(tmp_path: Path) -> None:
    pupil = Pupil(lambda asked, _: SHORT.format(asked.strip(".?")))
    candidate = candidate_of(tmp_path)

    report = steps.result(gate.judge(pupil, candidate, None, SCOPED))

    assert (report.near_before, report.near_after) == (Rate(0, 6), Rate(0, 6))
    assert report.accepted
    assert {text for text, version in pupil.asked if version is not None} == set(INSIDE)


def test_at_each_request_those_speak_that_hold_there_before_and_after(tmp_path: Path) -> None:
    def older_everywhere(request: str) -> tuple[str, ...]:
        return ("L1", "L2") if "does it rain" in request else ("L2",)

    parent = candidate_of(tmp_path, lesson="L2")
    candidate = candidate_of(tmp_path, parent)
    pupil = Pupil(in_scope)

    exam = replace(EXAM, holds=older_everywhere)
    steps.result(gate.judge(pupil, candidate, parent, exam))

    heard = {key: set(lessons or ()) for key, lessons in pupil.heard.items()}
    assert heard == {
        (text, version.number): {*older_everywhere(text)}
        for text in (*INSIDE, *NEAR)
        for version in (parent, candidate)
    }


def test_without_near_requests_nothing_is_said_of_them(tmp_path: Path) -> None:
    report = judged(tmp_path, in_scope, replace(EXAM, near=()))

    assert report.near_after == Rate(0, 0)
    assert "where it should not" not in report.line()


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
