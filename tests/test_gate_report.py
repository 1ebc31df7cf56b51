"""What a gate report says of a candidate: one sentence a fault, counts, and a row that lasts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant import card, gate
from assistant.gate import Asked, GateReport, Kept
from assistant.rates import Paired, Rate
from assistant.sanity import Sanity

SANE = Sanity(n=12, empty=0, cut=0, alike=0, distinct=1.0, leaked=0, words=30)
GOOD_REPORT = GateReport(
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
FORGOT = Asked(Rate(9, 12), Rate(5, 12), -0.6, -0.1, 0.06)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"after": Rate(7, 12)}, "in 7 of 12 replies, too few"),
        ({"before": Rate(6, 12), "after": Rate(9, 12)}, "in 9 of 12 replies, too few"),
        ({"near_after": Rate(3, 6)}, "spread to 2 of 6"),
        ({"drift": 0.051}, "drifted by 0.051 nats per token, more than 0.05"),
        ({"kept": (Kept("L2", Rate(12, 12), Rate(9, 12)),)}, "fell from 12 of 12 to 9 of 12"),
        ({"sanity": replace(SANE, cut=4)}, "4 of 12 replies did not come to an end"),
        ({"sanity": replace(SANE, distinct=0.7)}, "repeat themselves"),
        ({"sanity": replace(SANE, leaked=1)}, "1 of 12 replies speak of instructions"),
        ({"sanity": replace(SANE, words=14)}, "from 30 to 14 words, which nobody asked for"),
        ({"sanity": replace(SANE, words=61)}, "from 30 to 61 words"),
        ({"asked": FORGOT}, "followed in 5 of 12 replies instead of 9 of 12"),
    ],
)
def test_each_fault_has_its_sentence(changed: dict[str, object], reason: str) -> None:
    (said,) = gate.verdict(replace(GOOD_REPORT, **changed))  # type: ignore[arg-type]

    assert reason in said


def test_a_good_report_has_no_reasons() -> None:
    assert gate.verdict(GOOD_REPORT) == ()
    assert gate.verdict(replace(GOOD_REPORT, drift=0.05)) == ()


def test_a_lesson_that_held_anyway_need_not_rise_beyond_all() -> None:
    assert gate.verdict(replace(GOOD_REPORT, before=Rate(11, 12), after=Rate(12, 12))) == ()


def test_a_lesson_about_length_may_make_replies_as_short_as_it_likes() -> None:
    short = replace(GOOD_REPORT, sanity=replace(SANE, words=6))

    assert gate.verdict(short) != ()
    assert gate.verdict(short, any_length=True) == ()


def test_short_replies_may_grow_to_what_is_still_short() -> None:
    grown = replace(
        GOOD_REPORT, sanity_before=replace(SANE, words=4), sanity=replace(SANE, words=19)
    )

    assert gate.verdict(grown) == ()


@pytest.mark.parametrize(
    ("recorded", "before", "after", "kept"),
    [
        (None, (6, 6), (5, 6), True),  # of six one may be lost
        (None, (6, 6), (4, 6), False),
        (None, (12, 12), (10, 12), True),
        (None, (12, 12), (9, 12), False),
        ((12, 12), (5, 6), (4, 6), False),  # one a round is as much in the end
        ((12, 12), (5, 6), (5, 6), True),
        ((12, 12), (4, 6), (4, 6), True),  # what was lost before is not this candidate's fault
        ((8, 12), (4, 6), (3, 6), True),
        ((8, 12), (3, 6), (2, 6), False),
        ((0, 0), (0, 0), (0, 0), True),
    ],
)
def test_an_older_lesson_is_held_to_what_it_was_when_it_was_learned(
    recorded: tuple[int, int] | None, before: tuple[int, int], after: tuple[int, int], kept: bool
) -> None:
    once = Rate(*recorded) if recorded else None
    report = replace(GOOD_REPORT, kept=(Kept("L2", Rate(*before), Rate(*after), once),))

    assert (gate.verdict(report) == ()) is kept


def test_a_lesson_that_dies_by_one_reply_a_round_is_caught() -> None:
    first = replace(GOOD_REPORT, lesson="L2", accepted=True, after=Rate(12, 12))
    later = replace(GOOD_REPORT, lesson="L3", accepted=True, after=Rate(9, 12))
    refused = replace(GOOD_REPORT, lesson="L2", accepted=False, after=Rate(1, 12))

    recorded = gate.recorded([first, None, refused, later])

    assert recorded == {"L2": Rate(12, 12), "L3": Rate(9, 12)}
    losing = Kept("L2", Rate(5, 6), Rate(4, 6), recorded["L2"])
    (said,) = gate.verdict(replace(GOOD_REPORT, kept=(losing,)))
    assert said == (
        "An older lesson holds in 4 of 6 replies; right after it was learned it held in 12 of 12."
    )


def test_losing_two_instructions_of_twelve_is_noise_and_three_are_not() -> None:
    def lost(n: int) -> Paired:
        return Paired("asked", "1" * 12, "0" * n + "1" * (12 - n))

    assert lost(2).change()[1] == 0
    assert lost(3).change()[1] < 0
    assert Paired("asked", "1" * 6 + "0" * 6, "0" * 3 + "1" * 9).change()[1] > 0


def test_a_report_survives_its_row() -> None:
    report = replace(
        GOOD_REPORT,
        tried=((0.5, 3),),
        reasons=("no",),
        asked=FORGOT,
        kept=(Kept("L2", Rate(6, 6), Rate(6, 6), Rate(12, 12)),),
        paired=(Paired("new", "01", "11"),),
    )

    assert gate.from_json(report.to_json()) == report
    assert gate.from_json("{}") is None


def test_a_report_of_an_older_version_can_be_read() -> None:
    row = json.loads(GOOD_REPORT.to_json())
    for name in ("asked", "paired"):
        del row[name]
    for sanity in ("sanity", "sanity_before"):
        del row[sanity]["words"]
    del row["kept"][0]["recorded"]

    report = gate.from_json(json.dumps(row))

    assert report is not None
    assert (report.asked, report.paired, report.kept[0].recorded) == (None, (), None)
    assert report.after == GOOD_REPORT.after


def test_a_report_of_an_older_version_with_keys_that_are_gone_can_still_be_read() -> None:
    row = json.loads(GOOD_REPORT.to_json()) | {"near_drift": 0.004, "drift_limit": 0.03}

    assert gate.from_json(json.dumps(row)) == GOOD_REPORT


def test_a_report_says_counts_in_one_line() -> None:
    report = replace(GOOD_REPORT, asked=FORGOT)

    assert report.line() == (
        "obeyed in 11 of 12 (before: 0 of 12); where it should not: 1 of 6 (before: 1 of 6); "
        "older lesson kept: 11 of 12 (before: 12 of 12); "
        "other instructions: 5 of 12 (before: 9 of 12); "
        "drift 0.010 nats per token"
    )


def test_a_report_of_a_lesson_that_is_silent_elsewhere_says_that_nothing_moved() -> None:
    assert replace(GOOD_REPORT, drift=None).line().endswith("; other text unmoved")


def test_the_card_has_six_lines_and_says_what_was_optimised() -> None:
    lines = card.lines(card.of_gate(12))

    assert len(lines) == 6
    assert "the check that is counted here also chose the examples" in lines[2]
