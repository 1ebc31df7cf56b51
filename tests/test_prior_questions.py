"""Details of IN3 as rows of the bank: what is cut, kept and needed."""

from __future__ import annotations

import pytest

from clarify import bank
from prior import questions, rows
from prior.rows import Detail, Row

TRIP = "I would like to plan a trip to Paris next month."


def made(
    question: str, *options: str, task: str = TRIP, about: str = "Budget"
) -> list[dict[str, object]]:
    row = Row("in3-train-0001", task, True, (Detail(about, question, options, 3),))
    return list(questions.bank_rows([row]))


def test_an_ending_that_repeats_its_task_is_cut_off() -> None:
    (row,) = made("What is your budget for the trip to Paris?", "Economy", "Luxury")

    assert row["question"] == "What is your budget?"
    assert row["needs"] == []
    assert (row["facet"], row["importance"], row["source"]) == ("budget", 1.0, "in3-train-0001")


def test_what_cannot_be_cut_is_needed_of_the_request() -> None:
    (row,) = made("Which Paris hotels do you know?", "A few", "Many")

    assert row["needs"] == ["pari"] == [bank.stem("paris")]


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("Do you need a hotel?", ("Yes", "No")),
        ("Tell me your budget.", ("Low", "High")),
        ("What is it?", ("Low",)),
        ("What is it?", ("A very long option of far too many words", "High")),
        ("What " + "very " * 18 + "long thing is it?", ("Low", "High")),
    ],
)
def test_permissions_orders_and_long_or_optionless_questions_are_left_out(
    question: str, options: tuple[str, ...]
) -> None:
    assert made(question, *options) == []


def test_no_question_is_cut_in_the_middle_of_its_verb() -> None:
    (row,) = made("What are you looking for in Paris?", "One", "Two")

    assert row["question"] == "What are you looking for in Paris?"
    assert row["needs"] == ["pari"]


def test_the_shipped_bank_is_made_of_these_rows() -> None:
    known = {row.id: row for row in rows.read()}
    sources = {row.source for row in bank.shipped().rows}

    assert sources <= set(known)
    assert all(known[source].vague for source in sources)
