"""Counts and their intervals: a small sample says little, and always the same."""

from __future__ import annotations

import pytest

from assistant.rates import Paired, Rate


@pytest.mark.parametrize(
    ("rate", "low", "high"),
    [
        (Rate(0, 12), 0.0, 0.2425),
        (Rate(12, 12), 0.7575, 1.0),
        (Rate(6, 12), 0.2538, 0.7462),
        (Rate(5, 6), 0.4365, 0.9699),
        (Rate(0, 0), 0.0, 1.0),
    ],
)
def test_wilsons_interval_is_that_of_the_formula(rate: Rate, low: float, high: float) -> None:
    assert rate.interval() == pytest.approx((low, high), abs=1e-4)


def test_a_pair_counts_what_was_gained_and_what_was_lost() -> None:
    pair = Paired.of("new", [True, True, False, False], [True, False, True, True])

    assert (pair.before, pair.after) == ("1100", "1011")
    assert (pair.gained, pair.lost) == (2, 1)
    assert (pair.rate_before, pair.rate_after) == (Rate(2, 4), Rate(3, 4))


def test_outcomes_of_different_prompts_are_no_pair() -> None:
    with pytest.raises(ValueError, match="2 outcomes before are not 1 after"):
        Paired.of("new", [True, True], [True])


def test_the_change_of_pairs_is_drawn_the_same_every_time() -> None:
    pair = Paired("asked", "110100101101", "100110001111")

    first, second = pair.change(), pair.change()

    assert first == second
    assert first[0] < pair.rate_after.share - pair.rate_before.share < first[1]


def test_no_pairs_have_no_change_and_alike_ones_a_sure_one() -> None:
    assert Paired("asked", "", "").change() == (0.0, 0.0)
    assert Paired("asked", "0" * 12, "1" * 12).change() == (1.0, 1.0)
    assert Paired("asked", "01" * 6, "01" * 6).change() == (0.0, 0.0)


@pytest.mark.parametrize(
    ("before", "after", "chance"),
    [
        ("111000000000", "000000000000", 1 / 8),  # three of three: may be an accident
        ("111100000000", "000000000000", 1 / 16),
        ("111100000000", "000011000000", 22 / 64),
        ("110000000000", "111000000000", 1.0),
        ("", "", 1.0),
    ],
)
def test_losses_have_the_chance_of_a_sign_test(before: str, after: str, chance: float) -> None:
    assert Paired("asked", before, after).chance() == pytest.approx(chance)
