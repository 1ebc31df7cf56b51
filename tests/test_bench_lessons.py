"""The lessons of the bench: heed reads them as written down, and their requests are fresh."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest

from assistant import embedder
from bench import lessons
from bench.lessons import BenchLesson
from data import ledger
from data.checks import registry, twins
from data.store import Store
from data.types import Embed
from data.vectors import NEAR_DUPLICATE, near_duplicates
from feedback import examples, exclusion, scope
from feedback.parse import parse
from feedback.propose import lesson_from
from tests.words import embed

NOW = datetime(2026, 11, 1, tzinfo=UTC)
REPLY = "There are several things to say about it. Here is the first of them."
ALL = lessons.load(quick=False)
each = pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)


def requests() -> list[str]:
    """Every request of the bench."""
    return [text for one in ALL for text in (*one.inside, *one.near)] + list(lessons.general())


def holding(request: str, given: Embed) -> list[BenchLesson]:
    """The lessons whose scope holds for a request."""
    return [one for one in ALL if scope.applies(one.as_lesson(NOW), request, given)]


def test_there_are_eight_lessons_for_everywhere_and_sixteen_with_a_scope() -> None:
    scoped = [one for one in ALL if one.condition]

    assert (len(ALL), len(scoped)) == (24, 16)
    assert all(bool(one.scope) == bool(one.condition) for one in ALL)
    assert len({one.id for one in ALL}) == len({one.effect for one in ALL}) == 24
    assert max(Counter(one.check.name for one in ALL).values()) <= 4


def test_the_quick_form_has_two_lessons_for_everywhere_and_four_with_a_scope() -> None:
    quick = lessons.load(quick=True)

    assert quick == ALL[:6]
    assert sum(not one.condition for one in quick) == 2
    assert len({one.check.name for one in quick}) == 6


@each
def test_heed_reads_the_sentence_as_it_is_written_down(one: BenchLesson) -> None:
    wishes = parse(one.said, reply=REPLY)

    assert [wish.route for wish in wishes] == ["accept"]
    made = lesson_from(wishes[0], "Why is the sky blue?", NOW)
    assert made is not None
    written = (one.effect, one.scope, one.condition, one.check)
    assert (made.effect, made.scope, made.condition, made.check) == written


@each
def test_a_check_can_be_looked_at_twice_and_needs_no_earlier_text(one: BenchLesson) -> None:
    assert not registry.relative(one.check)
    assert twins.says(one.check)


@each
def test_a_lesson_has_twelve_requests_inside_and_as_many_near_its_scope(one: BenchLesson) -> None:
    assert len(one.inside) == 12
    assert len(one.near) == (12 if one.condition else 0)
    assert [text for text in one.inside if one not in holding(text, embed)] == []
    assert [text for text in one.near if one in holding(text, embed)] == []


@pytest.mark.weights
def test_the_scopes_are_the_same_with_real_vectors() -> None:
    for one in ALL:
        assert [text for text in one.inside if one not in holding(text, embedder.embed)] == []
        assert [text for text in one.near if one in holding(text, embedder.embed)] == []


def test_a_reply_can_obey_every_lesson_that_holds_for_its_request() -> None:
    for text in (text for one in ALL for text in one.inside):
        for first, second in combinations(holding(text, embed), 2):
            assert not exclusion.exclusive(first.check, second.check), (text, first.id, second.id)
            ends = {first.check.name, second.check.name} - {"ends_with", "ends_with_question"}
            assert ends, (text, first.id, second.id)


def test_no_request_is_asked_twice() -> None:
    assert len(lessons.general()) == 32
    assert [text for text, n in Counter(requests()).items() if n > 1] == []
    assert all(text == text.strip() and text for text in requests())


def test_no_request_of_the_bench_stands_in_the_pool() -> None:
    pool = {prompt.text.casefold() for prompt in examples.pool()}

    assert [text for text in requests() if text.casefold() in pool] == []


@pytest.mark.weights
def test_no_request_of_the_bench_is_close_to_one_that_is_taught_on() -> None:
    taught = {
        text for one in ALL for text in examples.choose(one.as_lesson(NOW), (), embed, 0).inside
    }
    asked = requests()

    found = near_duplicates(embedder.embed(asked), embedder.embed(sorted(taught)), NEAR_DUPLICATE)

    assert [asked[place] for place in found] == []


def test_a_lesson_is_stored_as_one_that_acts(tmp_path: Path) -> None:
    store = Store(tmp_path / "memory.duckdb")

    added = ALL[2].lesson(store, NOW)

    assert ledger.all(store, ("active",)) == (added,)
    assert (added.condition, added.check, added.stance) == (
        ALL[2].condition,
        ALL[2].check,
        "endorsed",
    )
    store.close()
