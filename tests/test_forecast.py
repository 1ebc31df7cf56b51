"""Seconds left come from what the last jobs of a kind took, part by part."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assistant import forecast
from assistant.clock import Clock
from data import versions
from data.store import Store

PARTS = ("asking", "learning", "testing")


def kept(store: Store, spent: Mapping[str, float], kind: str = "learn") -> None:
    """A run of which these seconds are known."""
    run = versions.start_run(store, kind)
    versions.add_metric(store, run.id, "obeyed after", "held", 1.0)
    for part, seconds in spent.items():
        versions.add_metric(store, run.id, f"seconds {part}", "train", seconds)
    versions.finish_run(store, run.id, "live")


def all_parts(each: float) -> dict[str, float]:
    return dict.fromkeys(PARTS, each)


def clock(seconds: float, *done: str) -> Clock:
    """One that has seen these parts, and stands at so many seconds of the next."""
    now = [0.0]
    made = Clock(lambda: now[0])
    for part in done:
        made.lap(part)
    now[0] = seconds
    return made


def test_without_an_earlier_run_nobody_knows() -> None:
    ahead = forecast.of(Store(None), "learn", PARTS)

    assert ahead.left(clock(3.0), 5.0, more=1) is None


def test_parts_to_come_count_whole_and_the_running_one_what_is_left_of_it() -> None:
    store = Store(None)
    kept(store, {"asking": 10.0, "learning": 60.0, "testing": 30.0})
    ahead = forecast.of(store, "learn", PARTS)

    assert ahead.left(clock(0.0), None) == 100.0
    assert ahead.left(clock(4.0), None) == 96.0
    assert ahead.left(clock(20.0, "asking"), None) == 70.0
    assert ahead.left(clock(20.0, "asking"), None, more=2) == 270.0


def test_a_part_that_gives_itself_longer_is_believed() -> None:
    store = Store(None)
    kept(store, all_parts(10.0))
    ahead = forecast.of(store, "learn", PARTS)

    assert ahead.left(clock(9.0, "asking"), 50.0) == 60.0
    assert ahead.left(clock(1.0, "asking"), 5.0) == 19.0


def test_a_part_that_takes_longer_than_ever_leaves_those_behind_it() -> None:
    store = Store(None)
    kept(store, all_parts(10.0))

    assert forecast.of(store, "learn", PARTS).left(clock(99.0, "asking"), None) == 10.0


def test_after_the_last_part_only_other_jobs_are_left() -> None:
    store = Store(None)
    kept(store, all_parts(10.0))
    ahead = forecast.of(store, "learn", PARTS)

    assert ahead.left(clock(2.0, *PARTS), None) == 0.0
    assert ahead.left(clock(2.0, *PARTS), None, more=1) == 30.0


@pytest.mark.parametrize(
    ("seconds", "each"), [((10.0, 20.0, 90.0), 20.0), ((500.0, 1.0, 2.0, 3.0, 4.0, 5.0), 3.0)]
)
def test_it_is_the_median_of_the_last_runs(seconds: tuple[float, ...], each: float) -> None:
    store = Store(None)
    for one in seconds:
        kept(store, all_parts(one))

    assert forecast.of(store, "learn", PARTS).whole == 3 * each


def test_runs_that_were_cut_short_and_other_kinds_say_nothing() -> None:
    store = Store(None)
    kept(store, {"asking": 1.0, "learning": 1.0})
    kept(store, all_parts(1.0), kind="compact")

    assert forecast.of(store, "learn", PARTS) == forecast.Forecast({})
