"""The ledger page's rows: plain functions of lessons and versions, without gradio."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.gate import Asked, GateReport, Kept
from assistant.rates import Rate
from assistant.sanity import Sanity
from assistant.saved import Saved
from data.types import AdapterVersion, Check, Lesson, LessonStatus, VersionState
from ui import ledger, versions
from ui.ledger import Told

SHORT = Lesson(
    id="l1",
    wish="w1",
    effect="answer in one sentence",
    scope="",
    condition=(),
    check=Check("max_sentences", (("n", 1),)),
    since=datetime(2026, 11, 20, tzinfo=UTC),
    status="active",
    stance="endorsed",
)
TOLD = Told("Way too long. From now on answer in one sentence.", "answer in one sentence", 2)


def lesson(id: str, status: LessonStatus) -> Lesson:
    return replace(SHORT, id=id, status=status)


def version(number: int, state: VersionState, gate: str = "{}") -> AdapterVersion:
    return AdapterVersion(
        number=number,
        parent=None,
        base="scripted/none",
        folder=Path("adapters"),
        sha256="",
        seed=0,
        lessons=("l1",),
        preferences=(),
        settings="{}",
        gate=gate,
        state=state,
    )


def test_a_lesson_is_shown_with_the_words_it_came_from() -> None:
    row = ledger.row(SHORT, TOLD)

    assert row["effect"] == "Answer in one sentence."
    assert row["words"] == "Way too long. From now on answer in one sentence."
    assert row["quote"] == "answer in one sentence"
    assert row["evidence"] == "said 2 times"
    assert row["scope"] == "everywhere"
    assert row["check"].startswith("checked by code")


def test_a_quote_that_is_not_in_the_words_is_not_marked() -> None:
    assert ledger.row(SHORT, Told("Shorter!", "one sentence"))["quote"] == ""


def test_a_lesson_of_a_deleted_chat_keeps_its_effect() -> None:
    row = ledger.row(SHORT, Told())

    assert (row["words"], row["effect"]) == ("", "Answer in one sentence.")


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("noted", ["now", "todo", "todo"]),
        ("active", ["done", "now", "todo"]),
        ("learned", ["done", "done", "now"]),
        ("memory", ["done", "done", "now"]),
        ("retired", ["todo", "todo", "todo"]),
    ],
)
def test_the_way_of_a_lesson_has_three_steps(status: LessonStatus, states: list[str]) -> None:
    steps = ledger.steps(replace(SHORT, status=status, learned_in=3))

    assert [step["state"] for step in steps] == states
    assert [step["name"] for step in steps][:2] == ["noted", "active in the prompt"]
    assert steps[2]["name"] == ("kept in memory" if status == "memory" else "learned in version 3")


def test_what_is_no_rule_goes_straight_to_memory() -> None:
    fact = replace(SHORT, kind="fact")

    noted, kept = (
        ledger.steps(replace(fact, status="noted")),
        ledger.steps(replace(fact, status="memory")),
    )

    assert [step["name"] for step in noted] == ["noted", "kept in memory"]
    assert [step["state"] for step in noted] == ["now", "todo"]
    assert [step["state"] for step in kept] == ["done", "now"]


def test_forgetting_promises_what_it_does_and_says_what_it_does_not_reach() -> None:
    noted, learned = (ledger.row(lesson("a", one), TOLD)["forget"] for one in ("noted", "learned"))

    removed = (
        "Forget it for good? Its words, its examples and every version that learned it are "
        "removed, and a receipt says so."
    )
    stays = (
        "Replies stay in their chats, and copies outside heed's folder as they are. "
        "This cannot be undone."
    )
    assert noted == f"{removed} {stays}"
    assert learned == (
        f"{removed} What answers from then on never saw it; lessons that were taught later are "
        f"taught anew. {stays}"
    )


def test_a_lesson_in_memory_says_why_and_can_be_sent_to_be_taught_again() -> None:
    why = "'answer in one sentence' stays in the prompt: It obeyed in 0 of 12."

    rule = ledger.row(replace(SHORT, status="memory"), replace(TOLD, why=why))
    fact = ledger.row(replace(SHORT, status="memory", kind="fact"), TOLD)

    assert rule["standing"] == "kept in memory: it stays in the prompt"
    assert rule["why"] == why
    assert fact["standing"] == "remembered: used where it matters, never taught"
    assert (rule["group"], fact["group"]) == ("acting", "acting")
    assert ("retry" in rule["can"], "retry" in fact["can"]) == (True, False)


def test_what_waits_for_a_yes_comes_first_and_what_is_off_last() -> None:
    lessons = (lesson("a", "retired"), lesson("b", "active"), lesson("c", "noted"))
    later = (*lessons, lesson("d", "learned"))

    assert [row["id"] for row in ledger.rows(later, {})] == ["c", "d", "b", "a"]


def test_only_a_lesson_without_a_yes_can_be_approved() -> None:
    can = {
        status: "approve" in ledger.row(replace(SHORT, status=status), TOLD)["can"]
        for status in ("noted", "active", "learned", "retired")
    }

    assert can == {"noted": True, "active": False, "learned": False, "retired": True}


def test_a_scope_is_said_in_words() -> None:
    mail = replace(SHORT, condition=(("channel", "email"), ("recipient", "my boss")))
    odd = replace(SHORT, condition=(("weather", "rain"),))

    assert ledger.where(mail) == "in email to my boss"
    assert ledger.where(odd) == "when weather is rain"
    assert ledger.where(replace(SHORT, scope="recipes")) == "for recipes"


def test_saved_tokens_are_one_sentence() -> None:
    assert ledger.saved(Saved(31, 1240, 40)) == (
        "Lessons in the weights saved 31 tokens in the last reply, 1,240 in all."
    )
    assert ledger.saved(Saved(1, 1, 1)).startswith("Lessons in the weights saved 1 token in")
    assert ledger.saved(Saved(0, 12, 1)).startswith("Lessons in the weights saved no tokens in")
    assert ledger.saved(Saved(0, 0, 0)) == ""


def test_the_next_round_teaches_what_was_approved_and_is_in_no_version() -> None:
    lessons = (
        SHORT,
        replace(SHORT, id="habit", stance="habit"),
        replace(SHORT, id="noted", status="noted"),
        replace(SHORT, id="learned", status="learned", learned_in=1),
    )

    assert [one.id for one in ledger.waiting(lessons)] == ["l1"]


def test_the_timeline_is_newest_first_and_ends_with_the_untaught_model() -> None:
    failed = replace(PASSED, accepted=False, reasons=("It obeyed too rarely.",))
    third = version(3, "candidate", failed.to_json())
    made = (version(1, "retired"), version(2, "live"), third)

    rows = versions.rows(made, (SHORT,), {2: "20 Nov, 09:12"})

    assert [row["number"] for row in rows] == [3, 2, 1, 0]
    assert [row["state"] for row in rows] == [
        "did not pass",
        "answers now",
        "kept",
        "where it began",
    ]
    assert [row["can"] for row in rows] == [False, False, True, True]
    assert rows[1]["when"] == "20 Nov, 09:12"
    assert rows[1]["lessons"] == ["Answer in one sentence"]


def test_a_version_whose_round_was_stopped_before_its_test_did_not_fail_it() -> None:
    (row, _) = versions.rows((version(3, "candidate"),), (SHORT,), {})

    assert (row["state"], row["failed"], row["can"]) == ("was not tested", False, False)
    assert row["report"] == [
        {"text": "The round that made it ended before its test.", "good": None}
    ]
    assert row["reasons"] == []


def test_without_a_version_the_untaught_model_answers() -> None:
    (row,) = versions.rows((), (), {})

    assert (row["state"], row["live"], row["can"]) == ("answers now", True, False)


def test_a_forgotten_lesson_has_no_name_in_the_timeline() -> None:
    (row, _) = versions.rows((version(1, "retired"),), (), {})

    assert row["lessons"] == ["A forgotten lesson"]


def rate(passed: int) -> Rate:
    return Rate(passed, 12)


SANE = Sanity(n=12, empty=0, cut=0, alike=0, distinct=0.9, leaked=0)
PASSED = GateReport(
    lesson="l1",
    accepted=True,
    reasons=(),
    before=rate(0),
    after=rate(9),
    near_before=Rate(0, 0),
    near_after=Rate(0, 0),
    drift=0.0123,
    kept=(Kept("l0", rate(8), rate(8)),),
    sanity_before=SANE,
    sanity=SANE,
)


def test_a_gate_report_gives_counts_before_and_after() -> None:
    names = {"l1": "answer in one sentence", "l0": "end with a question"}

    lines = versions.report(version(2, "live", PASSED.to_json()), names)

    assert [line.text for line in lines] == [
        "Answer in one sentence: 0\u00a0→\u00a09 of 12 new prompts",
        "Kept: End with a question: 8\u00a0→\u00a08 of 12 new prompts",
        "All else drifted by 0.012 nats per token (limit 0.05)",
    ]
    assert [line.good for line in lines] == [True, True, True]


def test_a_gate_report_of_a_scoped_lesson_says_that_all_else_is_as_it_was() -> None:
    scoped = replace(
        PASSED,
        near_before=Rate(1, 6),
        near_after=Rate(1, 6),
        drift=None,
        asked=Asked(rate(7), rate(8), -0.1, 0.25),
        kept=(Kept("l0", Rate(6, 6), Rate(5, 6), rate(11)),),
    )

    lines = versions.report(version(2, "live", scoped.to_json()), {"l0": "end with a question"})

    assert [line.text.replace("\u00a0", " ") for line in lines[1:]] == [
        "Where it should not act: 1 → 1 of 6 new prompts",
        "Kept: End with a question: 6 → 5 of 6 new prompts (11 of 12 when it was learned)",
        "Other instructions still followed: 7 → 8 of 12 requests",
        "All else is as it was: it speaks in no other reply",
    ]


def test_a_refused_version_says_why_last_and_claims_nothing_as_passed() -> None:
    failed = replace(
        PASSED, accepted=False, after=rate(3), reasons=("It obeyed too rarely.",), scale=0.75
    )

    lines = versions.report(version(2, "candidate", failed.to_json()), {})

    assert lines[0].text.startswith("A forgotten lesson: 0\u00a0→\u00a03 of 12")
    assert {line.good for line in lines[:-1]} == {None}
    assert (lines[-1].text, lines[-1].good) == ("It obeyed too rarely.", False)


def test_what_speaks_against_a_version_stands_apart_from_what_was_measured() -> None:
    failed = replace(PASSED, accepted=False, reasons=("It obeyed too rarely.",))
    made = (version(2, "candidate", failed.to_json()), version(1, "retired", PASSED.to_json()))

    refused, passed, untaught = versions.rows(made, (SHORT,), {})

    assert refused["reasons"] == ["It obeyed too rarely."]
    assert [line["good"] for line in refused["report"]] == [None] * 3
    assert (passed["reasons"], len(passed["report"])) == ([], 3)
    assert (untaught["reasons"], untaught["report"]) == ([], [])


def test_a_version_without_a_gate_has_no_report() -> None:
    assert versions.report(version(1, "retired"), {}) == ()


def test_what_was_left_when_a_lesson_was_forgotten_says_so_instead_of_a_report() -> None:
    left = replace(version(3, "live"), settings='{"reduced": "a lesson was forgotten"}')

    (line,) = versions.report(left, {})

    assert line.text == (
        "What was left of an older version when a lesson left it; no number of it was moved."
    )
    assert line.good
