"""How sure a reading is by one person's record: pure, symmetrical, and never past the half."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from data.corrections import Outcome
from data.types import Route, Wish
from feedback.calibration import Count, Record, calibrated, sure, tally
from tests.records import a_wish


def wish(own: float = 0.8, route: Route = "accept") -> Wish:
    return replace(a_wish(), sure=own, route=route, reach="reply")


def record(right: int, wrong: int) -> Record:
    return Record({"style": Count(right, wrong)})


def test_without_a_record_a_wish_stays_as_it_was() -> None:
    assert calibrated(wish(), Record()) == wish()
    assert calibrated(wish(), Record({"praise": Count(0, 9)})) == wish()


@pytest.mark.parametrize(
    ("own", "right", "wrong", "now"),
    [
        (0.8, 0, 1, 0.64),
        (0.8, 0, 4, 0.4),
        (0.8, 4, 0, 0.9),
        (0.4, 4, 0, 0.7),
        (0.8, 0, 400, 0.4),  # a long record weighs as much as the reading, and no more
    ],
)
def test_the_own_number_counts_as_four_readings_or_as_many_as_the_record_has(
    own: float, right: int, wrong: int, now: float
) -> None:
    assert sure(own, Count(right, wrong)) == pytest.approx(now)


def test_readings_that_were_corrected_are_asked_about() -> None:
    once = calibrated(wish(), record(0, 1))
    often = calibrated(wish(), record(0, 3))

    assert (once.route, once.sure) == ("accept", 0.64)
    assert (often.route, often.sure) == ("ask", 0.457)
    assert json.loads(often.slots)["record"] == {"of": "kind", "right": 0, "wrong": 3}
    assert json.loads(often.slots)["moved"]


def test_readings_that_stood_are_asked_about_no_more() -> None:
    assert calibrated(wish(0.4, "ask"), record(4, 0)).route == "accept"


def test_a_record_that_raises_a_number_never_lowers_its_route() -> None:
    assert calibrated(wish(0.3), record(2, 2)).route == "accept"


def test_what_is_not_acted_on_stays_so() -> None:
    assert calibrated(wish(0.4, "hold"), record(9, 0)).route == "hold"


def test_words_that_may_mock_are_asked_about_whatever_the_record() -> None:
    mocking = replace(wish(0.4, "ask"), slots='{"sarcasm_p": 0.6}')
    untrue = replace(wish(0.4, "ask"), polarity=-1, check_on_target=True)

    assert calibrated(mocking, record(9, 0)).route == "ask"
    assert calibrated(untrue, record(9, 0)).route == "ask"


def test_of_kind_and_scope_the_worse_counts() -> None:
    both = Record({"style": Count(9, 0)}, {"reply": Count(0, 4)})

    found = calibrated(wish(), both)

    assert found.route == "ask"
    assert json.loads(found.slots)["record"]["of"] == "scope"


def test_a_scope_is_counted_only_where_the_wish_itself_was_right() -> None:
    found = tally(
        [
            Outcome("style", "reply", meant=True, reached=False),
            Outcome("style", "reply", meant=True, reached=True),
            Outcome("style", "always", meant=False, reached=None),
            Outcome("praise", "reply", meant=True, reached=True),
        ]
    )

    assert found.kinds == {"style": Count(2, 1), "praise": Count(1, 0)}
    assert found.scopes == {"reply": Count(1, 1)}
