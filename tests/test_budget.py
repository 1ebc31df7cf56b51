"""The budget of questions: values in seconds, and what outcomes teach about a person."""

from __future__ import annotations

import math
from typing import Literal

import pytest

from clarify import budget
from clarify.budget import Beliefs, Outcome


def skips(n: int) -> list[Outcome]:
    return [Outcome("tone", "skip")] * n


@pytest.mark.parametrize(
    ("tokens", "ask", "assume"), [(100, 2.4, 6.7), (300, 14.1, 11.8), (1200, 67.0, 34.7)]
)
def test_short_is_assumed_and_long_is_asked(tokens: int, ask: float, assume: float) -> None:
    chance = budget.wanted(0.7, 0.24, 0.4)

    worth = budget.values(chance, tokens, 30.0, 8.5, kappa=1.5, skip=0.15)

    assert chance == pytest.approx(0.545, abs=0.005)
    assert abs(worth.ask - ask) < 0.6
    assert abs(worth.assume - assume) < 0.3


def test_a_question_costs_its_reading_and_its_options() -> None:
    question = " ".join(["word"] * 14)

    assert budget.cost(question, 3) == 8.5


def test_a_stranger_starts_with_a_full_bucket() -> None:
    assert budget.after([]) == Beliefs()


def test_three_skips_make_a_person_hard_to_ask() -> None:
    beliefs = budget.after(skips(3))

    assert beliefs.bucket == 0
    assert round(beliefs.kappa, 2) == 2.15
    assert round(beliefs.skip, 2) == 0.34
    assert beliefs.useful == {"tone": 0.25}
    assert beliefs.resting == ("tone",)


def test_finished_tasks_fill_the_bucket_and_end_a_rest() -> None:
    beliefs = budget.after([*skips(3), *[Outcome("", "finished")] * 5])

    assert beliefs.bucket == 2.5
    assert beliefs.resting == ()


def test_a_useful_answer_costs_half_a_question() -> None:
    beliefs = budget.after([Outcome("tone", "changed", 0.3), Outcome("tone", "words", 0.1)])

    assert beliefs.bucket == 2.0
    assert beliefs.kappa < 1.5
    assert beliefs.useful["tone"] == pytest.approx(4 / 7)
    assert beliefs.delta["tone"] == pytest.approx(0.2)


def test_being_away_is_no_answer() -> None:
    before = budget.after(skips(1))

    assert budget.after([*skips(1), Outcome("tone", "away")]) == before


def test_a_mute_stays() -> None:
    beliefs = budget.after([Outcome("tone", "mute"), *[Outcome("", "finished")] * 20])

    assert beliefs.muted == ("tone",)


def test_wasted_questions_end_asking_for_five_tasks() -> None:
    wasted = [*skips(6), *[Outcome("length", "changed")] * 4]
    tasks = [Outcome("", "finished")]

    assert budget.after(wasted).assume_only
    assert budget.after([*wasted, *tasks * 4]).assume_only
    assert not budget.after([*wasted, *tasks * 5]).assume_only
    assert not budget.after(wasted[1:]).assume_only


def test_the_annoyance_factor_stays_within_its_range() -> None:
    assert budget.after(skips(500)).kappa == 12.0
    assert budget.after([Outcome("tone", "words")] * 500).kappa == 0.4


def test_the_same_outcomes_rebuild_to_equal_beliefs() -> None:
    outcomes = [*skips(2), Outcome("length", "fixed"), Outcome("mood", "default", 0.4)]

    assert budget.after(outcomes) == budget.after(iter(outcomes))
    assert budget.after(outcomes[2:]) != budget.after(outcomes)


@pytest.mark.parametrize(
    ("answered", "answer", "how"),
    [
        ("option", "Formal", "default"),
        ("option", "Friendly", "changed"),
        ("words", "dry", "words"),
        ("skip", "", "skip"),
        ("open", "", None),
        ("withdrawn", "", None),
    ],
)
def test_a_stored_question_says_how_it_ended(
    answered: Literal["option", "words", "skip", "open", "withdrawn"], answer: str, how: str | None
) -> None:
    assert budget.outcome_of(answered, answer, "Formal") == how


def test_length_and_slider_bound_the_questions() -> None:
    assert [budget.allowed(n) for n in (0, 149, 150, 800, 801)] == [0, 0, 1, 1, 2]
    assert budget.patience(1.5, "never") == math.inf
    assert budget.patience(1.5, "less") == 4.5
    assert budget.patience(1.5, "more") == 0.75
