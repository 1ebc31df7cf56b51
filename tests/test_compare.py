"""Before and after as rows: counts, intervals, what is too few, and which version it is of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import card, report
from assistant.protocols import Progress
from assistant.rates import Rate
from assistant.report import Alarm, Change, Look, Report
from assistant.session import Session
from data import ledger
from tests import stand_ins
from tests.records import a_lesson
from ui import compare
from ui.compare import Compared

NONE = Change(Rate(0, 0), Rate(0, 0))
LACKS = "There is nothing to report: the untaught model is answering."


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with stand_ins.session(tmp_path, file=False) as made:
        yield made


def told(lesson: str, **changed: object) -> Report:
    look = Look(
        lesson,
        obeyed=Change(Rate(1, 12), Rate(11, 12)),
        sense=Change(Rate(12, 12), Rate(10, 12)),
        outside=Change(Rate(0, 4), Rate(1, 4)),
    )
    made = Report("r1", 2, (look,), (), 3, card.of_report(12, 3))
    return replace(made, **changed)  # type: ignore[arg-type]


def test_without_a_version_there_is_nothing_to_compare(session: Session) -> None:
    found = compare.read(session.store)

    assert found == Compared(None, LACKS)
    assert compare.row(session.hub.snapshot(None), found) is None


def test_before_the_first_report_it_can_be_asked_for(session: Session) -> None:
    snap = replace(session.hub.snapshot(None), live=2)

    row = compare.row(snap, Compared())

    assert row == {"can": True, "work": None, "told": None}


def test_each_figure_has_its_counts_and_its_interval(session: Session) -> None:
    lesson = ledger.add(session.store, a_lesson())
    snap = replace(session.hub.snapshot(None), lessons=(lesson,), live=2)

    row = compare.row(snap, Compared(told(lesson.id)))

    assert row is not None
    (look,) = row["told"]["looks"]
    obeyed, sense, outside = look["changes"]
    assert look["name"] == "Use at most 25 words"
    assert (obeyed["before"]["counts"], obeyed["after"]["counts"]) == ("1 of 12", "11 of 12")
    assert obeyed["after"]["interval"] == "0.65 to 0.99"
    assert obeyed["after"]["share"] == pytest.approx(11 / 12, abs=1e-4)
    assert sense["after"]["counts"] == "10 of 12"
    assert outside["few"] == "not enough data: 4 prompts, 6 are needed"
    assert row["told"]["conditions"] == card.lines(card.of_report(12, 3))


def test_too_few_prompts_show_no_figure(session: Session) -> None:
    look = Look("l", Change(Rate(0, 1), Rate(1, 1)), Change(Rate(1, 1), Rate(1, 1)), NONE)
    snap = replace(session.hub.snapshot(None), live=2)

    row = compare.row(snap, Compared(told("l", looks=(look,))))

    assert row is not None
    (shown,) = row["told"]["looks"]
    assert shown["name"] == "A forgotten lesson"
    assert [one["few"] for one in shown["changes"]] == ["not enough data: 1 prompt, 6 are needed"]


def test_a_report_says_which_version_it_is_of(session: Session) -> None:
    snap = session.hub.snapshot(None)

    rows = [
        compare.row(replace(snap, live=live), Compared(told("l"), LACKS)) for live in (2, 3, None)
    ]

    leads = [row["told"]["lead"] for row in rows if row]
    assert leads[0].startswith("Version 2 beside the untaught model, on prompts that only reports")
    assert leads[0].endswith("its 95\u00a0% interval.")
    assert leads[1].endswith("Now version 3 answers.")
    assert leads[2].endswith("Now the untaught model answers.")
    assert {row["can"] for row in rows if row} == {False}


def test_an_alarm_is_said_in_a_sentence(session: Session) -> None:
    alarm = Alarm("l", Rate(9, 12), Rate(11, 12), Rate(8, 12), Rate(5, 12))

    row = compare.row(session.hub.snapshot(None), Compared(told("l", alarms=(alarm,))))

    assert row is not None
    assert row["told"]["alarms"] == [report.alarmed(None, alarm)]
    assert "11 of 12 replies, 9 of 12 in the last report" in row["told"]["alarms"][0]


def test_a_report_that_waits_for_something_else_has_no_figures_of_its_own(
    session: Session,
) -> None:
    snap = replace(
        session.hub.snapshot(None),
        live=2,
        queue=("Writing", report.REPORTING),
        progress=Progress("Writing", 3, 4, 9.0),
    )

    waits = compare.row(snap, Compared())
    runs = compare.row(replace(snap, queue=(report.REPORTING,)), Compared())

    assert waits is not None
    assert runs is not None
    assert waits["work"] == {
        "label": "Waits for: Writing",
        "done": None,
        "left": None,
        "waits": True,
    }
    assert (runs["work"]["done"], runs["work"]["left"], runs["can"]) == (75, 9.0, False)
