"""A clock counts the seconds of the steps and not those between them."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from assistant.clock import Clock


class Time:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def clock(self) -> Clock:
        """A clock that was started now."""
        return Clock(lambda: self.now)

    def steps(self, closed: list[str]) -> Generator[str, None, str]:
        """Two steps of three seconds and one of one second behind them."""
        try:
            self.now += 3
            yield "first"
            self.now += 3
            yield "second"
            self.now += 1
            return "whole"
        finally:
            closed.append("closed")


def test_what_passes_between_two_steps_is_not_counted() -> None:
    time = Time()
    clock = time.clock()
    seen = []

    def run() -> Generator[str, None, str]:
        whole = yield from clock.only(time.steps([]))
        clock.lap("part")
        return whole

    running = run()
    seen.append(next(running))
    time.now += 600
    seen.append(next(running))
    time.now += 60
    with pytest.raises(StopIteration) as end:
        next(running)

    assert seen == ["first", "second"]
    assert end.value.value == "whole"
    assert clock.spent == {"part": 7.0}


def test_the_seconds_run_on_within_a_step() -> None:
    time = Time()
    clock = time.clock()
    steps = clock.only(time.steps([]))

    next(steps)
    time.now += 600
    next(steps)

    assert clock.seconds == 6
    assert list(steps) == []
    assert clock.seconds == 7


def test_steps_that_are_left_are_closed() -> None:
    time, closed = Time(), list[str]()
    steps = time.clock().only(time.steps(closed))

    next(steps)
    steps.close()

    assert closed == ["closed"]
