"""The bank of questions: what ships is short and open, and what fits a request is found."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from clarify import bank, candidates, options
from clarify.bank import Bank, Row
from clarify.beliefs import Beliefs
from data.types import Refusal

SHIPPED = bank.shipped()


def unit(*places: int) -> list[float]:
    """A vector that looks alike to others with the same places."""
    row = np.zeros(384)
    row[list(places)] = 1.0
    return list(map(float, row / np.linalg.norm(row)))


def a_row(task: int, facet: str, importance: float = 1.0, *needs: str) -> Row:
    question = f"Which {facet} should it have?"
    return Row(
        task, facet, "goal", question, facet, ("One", "Two"), importance, frozenset(needs), "x"
    )


def small(*rows: Row) -> Bank:
    """Two tasks; every question looks like itself alone."""
    questions = np.array([unit(10 + at) for at in range(len(rows))], np.float32)
    return Bank(rows, questions, np.array([unit(0), unit(1)], np.float32))


def found(
    known: Bank, request: str = "Plan a trip", *said: list[float], leave: str = ""
) -> list[str]:
    told = np.array(said) if said else np.zeros((0, 384))
    hits = bank.retrieve(known, request, unit(0), told, frozenset({leave}))
    return [one.row.facet for one in hits]


def test_the_most_important_question_of_the_nearest_task_comes_first() -> None:
    known = small(a_row(0, "budget", 0.33), a_row(0, "place", 1.0), a_row(1, "colour"))

    assert found(known) == ["place", "budget"]


def test_what_is_said_left_out_or_about_another_task_is_no_question() -> None:
    known = small(a_row(0, "place"), a_row(0, "aim"), a_row(0, "guests", 1.0, bank.stem("wedding")))

    assert found(known) == ["place", "aim"]
    assert found(known, "Plan a trip", unit(10)) == ["aim"]
    assert found(known, "Plan a trip", leave="aim") == ["place"]
    assert found(known, "Plan a trip and a wedding") == ["place", "aim", "guests"]


@pytest.mark.parametrize(
    ("facet", "request_text"),
    [
        ("budget", "Plan a trip for $500"),
        ("time range", "Plan a trip for 3 days"),
        ("length", "Plan a trip in 200 words"),
        ("place", "Plan a trip with two of them"),  # says the option "two"
    ],
)
def test_numbers_dates_and_options_that_are_said_are_not_asked(
    facet: str, request_text: str
) -> None:
    assert found(small(a_row(0, facet))) == [facet]
    assert found(small(a_row(0, facet)), request_text) == []


def test_one_facet_is_asked_once_and_five_at_most() -> None:
    same = small(a_row(0, "aim"), a_row(0, "aim"))
    many = small(*(a_row(0, f"aim {n}") for n in range(9)))

    assert found(same) == ["aim"]
    assert len(found(many)) == 5


def test_a_far_request_finds_nothing() -> None:
    assert bank.retrieve(small(a_row(0, "aim")), "x", unit(7), np.zeros((0, 384))) == ()


def test_muted_and_resting_facets_and_foreign_requests_find_no_question() -> None:
    known = small(a_row(0, "aim"))
    place = frozenset({("plan", "aim")})

    def facets(request: str, beliefs: Beliefs = Beliefs()) -> list[str]:  # noqa: B008  (frozen)
        by_words = options.left_open(request, (), ())
        got = candidates.of(
            by_words,
            request,
            [],
            (),
            "plan",
            beliefs,
            known,
            lambda texts: [unit(0) for _ in texts],
        )
        return [one.trait for one in got]

    assert facets("Arrange my holiday") == ["aim"]
    assert facets("Arrange my holiday", Beliefs(muted=place)) == []
    assert facets("Arrange my holiday", Beliefs(resting=place)) == []
    assert facets("Bitte plane einen schönen Urlaub für meine Familie und mich") == []
    assert facets("") == []


def test_every_question_that_ships_is_short_open_and_asks_no_permission() -> None:
    for row in SHIPPED.rows:
        first = row.question.split()[0].lower()
        assert row.question.endswith("?"), row
        assert len(row.question.split()) <= 18, row
        assert first in {"what", "which", "how", "who", "where", "when", "in", "for", "at"}, row
        assert 2 <= len(set(row.options)) == len(row.options) <= 4, row
        assert all(len(label.split()) <= 5 for label in row.options), row
        assert not {"yes", "no"} & {label.lower() for label in row.options}, row
        assert len(options.retrieved(row).reason.split()) <= 12, row
        assert re.fullmatch(r"in3-train-\d{4}", row.source), row
    assert len(SHIPPED.rows) > 900
    assert {row.task for row in SHIPPED.rows} == set(range(len(SHIPPED.tasks)))


def test_a_broken_or_missing_bank_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="make prior"):
        bank.read(tmp_path / "none.jsonl", bank.VECTORS)
    short = tmp_path / "bank.jsonl"
    short.write_text(bank.FILE.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    with pytest.raises(Refusal, match="make prior"):
        bank.read(short, bank.VECTORS)
