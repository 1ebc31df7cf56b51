"""`heed strength`: shows, sets and measures how strongly the taught version speaks in a chat."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import neutral
from tests.shell import SKY, Shell, as_it_was, shell, taught


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Shell]:
    return as_it_was(tmp_path_factory.mktemp("home"), taught)


def test_it_is_one_until_it_is_set_and_then_kept(again: Callable[[], Shell]) -> None:
    one = again()
    before = one.heed("strength", "--json").records

    set_to = one.heed("strength", "0.75", "--json").records
    after = one.heed("strength", "--json").records

    assert [record["strength"] for record in before] == [1.0]
    assert set_to == after
    assert after == [before[0] | {"strength": 0.75}]
    assert (before[0]["kind"], before[0]["version"], before[0]["drifts"]) == ("strength", 1, [])


def test_measuring_prints_the_drift_of_each_strength(again: Callable[[], Shell]) -> None:
    one = again()

    ran = one.heed("strength", "--measure")
    kept = one.heed("strength", "--json").records[0]

    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[0].startswith("Strength 1 in ")
    assert lines[4] == "* 1     drift 0.001 nats per token on 8 plain passages"
    assert [one["strength"] for one in kept["drifts"]] == [0.25, 0.5, 0.75, 1.0, 1.25, 1.5]
    assert {one["n"] for one in kept["drifts"]} == {len(neutral.HELD)}


def test_what_is_not_measured_says_how_to_measure_it(again: Callable[[], Shell]) -> None:
    ran = again().heed("strength")

    assert ran.out.splitlines()[-1] == "Version 1 is not measured yet: heed strength --measure"


def test_measuring_twice_is_refused(again: Callable[[], Shell]) -> None:
    one = again()
    one.heed("strength", "--measure")

    ran = one.heed("strength", "--measure")

    assert (ran.code, ran.err) == (1, "The strengths of version 1 are measured already.\n")


@pytest.mark.parametrize("value", ["1.75", "nan", "1e999"])
def test_a_strength_out_of_range_is_refused_with_its_value(
    again: Callable[[], Shell], value: str
) -> None:
    ran = again().heed("strength", value)

    assert ran.code == 1
    assert f"The strength {float(value)!r} is not between 0 and 1.5." in ran.err


def test_without_a_chat_or_a_version_nothing_is_set(tmp_path: Path) -> None:
    fresh = shell(tmp_path)

    setting, measuring, showing = (
        fresh.heed("strength", "1"),
        fresh.heed("strength", "--measure"),
        fresh.heed("strength", "--json"),
    )

    assert (setting.code, setting.err) == (
        1,
        'There is no chat yet. Start one with heed ask "...".\n',
    )
    assert measuring.code == 1
    assert "untaught model answers" in measuring.err
    assert showing.records == [
        {"kind": "strength", "chat": None, "strength": None, "version": None, "drifts": []}
    ]


def test_each_chat_has_its_own(again: Callable[[], Shell]) -> None:
    one = again()
    first = one.heed("strength", "--json").records[0]["chat"]
    second = one.heed("ask", SKY, "--json").records[0]["chat"]

    one.heed("strength", "1.5", "--chat", first)

    assert one.heed("strength", "--json").records[0]["chat"] == second
    assert one.heed("strength", "--json").records[0]["strength"] == 1.0
    assert one.heed("strength", "--chat", first, "--json").records[0]["strength"] == 1.5
