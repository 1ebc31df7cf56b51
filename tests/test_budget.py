"""The budget of questions: values in seconds, and the limits."""

from __future__ import annotations

import math

import pytest

from clarify import budget, chance

NEED, DELTA, USE = 0.7, 0.24, 0.4  # of the worked table in the design


def worked() -> float:
    """P of the worked table."""
    numbers = chance.features(NEED, DELTA, USE, (0.5, 0.3, 0.2), 0.67, 58.1, 0.0, 0)
    return chance.wanted(chance.START, numbers)


@pytest.mark.parametrize(
    ("tokens", "lost", "needed", "ask", "assume"),
    [
        (100, 32.7, 0.84, 2.4, 6.7),
        (300, 58.1, 0.46, 14.1, 11.8),
        (1200, 172.5, 0.15, 67.0, 34.7),
    ],
)
def test_short_is_assumed_and_long_is_asked(
    tokens: int, lost: float, needed: float, ask: float, assume: float
) -> None:
    worth = budget.values(worked(), tokens, 30.0, 8.5, kappa=1.5, skip=0.15)

    assert worked() == pytest.approx(0.545, abs=0.005)
    assert budget.lost(tokens, 30.0) == pytest.approx(lost, abs=0.05)
    assert budget.needed(tokens, 30.0, 8.5, 1.5, 0.15) == pytest.approx(needed, abs=0.01)
    assert worth.ask == pytest.approx(ask, abs=0.6)
    assert worth.assume == pytest.approx(assume, abs=0.3)


def test_after_three_skips_the_long_task_is_no_longer_asked() -> None:
    numbers = chance.features(NEED, DELTA, 0.25, (0.5, 0.3, 0.2), 0.67, 172.5, 0.0, 0)
    wanted = chance.wanted(chance.START, numbers)

    worth = budget.values(wanted, 1200, 30.0, 8.5, kappa=2.15, skip=0.35)

    assert wanted == pytest.approx(0.37, abs=0.01)
    assert worth.ask == pytest.approx(23.6, abs=0.6)
    assert worth.assume == pytest.approx(23.7, abs=0.6)
    assert worth.ask < worth.assume


def test_the_chance_from_which_asking_wins_is_where_both_are_worth_the_same() -> None:
    needed = budget.needed(300, 30.0, 8.5, 1.5, 0.15)

    at = budget.values(needed, 300, 30.0, 8.5, 1.5, 0.15)

    assert at.ask == pytest.approx(at.assume)


def test_where_asking_never_wins_no_chance_is_enough() -> None:
    assert budget.needed(300, 30.0, 8.5, 1.5, skip=0.9) == math.inf


def test_a_question_costs_its_reading_and_its_options() -> None:
    question = " ".join(["word"] * 14)

    assert budget.cost(question, 3) == 8.5


def test_without_another_boundary_nothing_can_wait() -> None:
    here = budget.values(0.5, 1200, 30.0, 8.5, 1.5, 0.15)
    before = budget.values(0.5, 1200, 30.0, 8.5, 1.5, 0.15, later=1.0)

    assert here.later == -math.inf
    assert before.ask - before.later == pytest.approx(1.5 * 8.0)


def test_the_slider_turns_the_price_and_never_is_final() -> None:
    prices = [budget.patience(1.5, level) for level in ("more", "normal", "less", "never")]

    assert prices == [0.75, 1.5, 4.5, math.inf]
    assert budget.values(1.0, 5000, 30.0, 8.5, math.inf, 0.0).ask == -math.inf


def test_short_replies_have_no_question_and_long_ones_two() -> None:
    assert [budget.allowed(n) for n in (149, 150, 800, 801)] == [0, 1, 1, 2]
    assert budget.allowed(300, plan=True) == 2
