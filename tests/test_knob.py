"""The strength knob and the curve as rows: plain functions of a snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.hub import Snapshot
from assistant.protocols import Progress
from assistant.session import Session
from assistant.strength import MEASURING, Drift
from tests import stand_ins
from ui import curve, knob

DRIFTS = (Drift(0.5, 0.008, 8), Drift(1.0, 0.02812, 8), Drift(1.5, 0.0611, 8))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with stand_ins.session(tmp_path, file=False) as made:
        yield made


def taught(session: Session) -> Snapshot:
    """A snapshot in which version 2 answers."""
    return replace(session.hub.snapshot(None), live=2)


def test_the_untaught_model_has_no_knob(session: Session) -> None:
    assert knob.row(session.hub.snapshot(None), None, ()) is None


def test_the_knob_is_the_chats_that_the_page_was_opened_from(session: Session) -> None:
    first, second = session.new_task(), session.new_task()
    session.set_scale(first, 0.75)
    snap = taught(session)

    named, latest, gone = (
        knob.row(snap, first, ()),
        knob.row(snap, None, ()),
        knob.row(snap, "no such chat", ()),
    )

    assert named is not None
    assert latest is not None
    assert (named["chat"], named["scale"]) == (first, 0.75)
    assert (latest["chat"], latest["scale"]) == (second, 1.0)
    assert gone == latest


def test_without_a_chat_there_is_only_what_strength_costs(session: Session) -> None:
    row = knob.row(taught(session), None, DRIFTS)

    assert row is not None
    assert (row["chat"], row["scale"]) == (None, None)
    assert [one["words"] for one in row["costs"]] == ["none: untaught", "0.008", "0.028", "0.061"]
    assert "8 passages that nothing was trained on" in row["measured"]


def test_what_is_measured_or_being_measured_cannot_be_measured_again(session: Session) -> None:
    snap = taught(session)
    busy = replace(snap, queue=(MEASURING,))

    rows = [knob.row(snap, None, ()), knob.row(busy, None, ()), knob.row(snap, None, DRIFTS)]

    assert [(row["can"], row["work"] is not None) for row in rows if row] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_the_curve_is_said_in_words() -> None:
    row = curve.row(Progress("Learning", 9, 12, gains=(-0.2, 0.5, 1.26)))

    assert row is not None
    assert row["words"] == "Gain 1.3 after step 3 of 12"
    assert (row["points"], row["steps"]) == ([-0.2, 0.5, 1.26], 12)
    assert [line["name"] for line in row["lines"]] == ["0 untaught"]


def test_without_a_whole_step_there_is_no_curve() -> None:
    assert curve.row(None) is None
    assert curve.row(Progress("Learning: step 1 of 12", 1, 12)) is None
