"""Lessons that pull against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data.types import Check, Condition, Lesson
from feedback.conflicts import Conflict, exclusive, find

NOW = datetime(2026, 11, 1, tzinfo=UTC)
EMAIL: Condition = (("channel", "email"),)


def check(name: str, *, negate: bool = False, **args: str | float) -> Check:
    return Check(name, tuple(args.items()), negate)


def lesson(id: str, found: Check | None, condition: Condition = (), effect: str = "x") -> Lesson:
    return Lesson(id, "w", effect, "", condition, found, NOW)


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        (check("no_emoji"), check("has_emoji"), True),
        (check("bullets", min=2), check("no_bullets"), True),
        (check("max_words", n=20), check("min_words", n=50), True),
        (check("max_words", n=50), check("min_words", n=20), False),
        (check("within", sentences=1, words=25), check("min_sentences", n=3), True),
        (check("contains", word="Sam"), check("forbids", word="sam"), True),
        (check("contains", word="Sam"), check("forbids", word="Tom"), False),
        (check("language", code="de"), check("language", code="fr"), True),
        (check("ends_with", text="!"), check("ends_with_question"), True),
        (check("ends_with", text="!"), check("no_exclamation"), True),
        (check("no_comma"), check("no_comma", negate=True), True),
        (check("within", sentences=1, words=25), check("ends_with_question"), False),
        (check("max_words"), check("min_words", n=50), False),
        (check("max_words", n="few"), check("min_words", n=50), False),
        (check("of_no_kind"), check("no_emoji"), False),
    ],
)
def test_checks_exclude_each_other_or_not(a: Check, b: Check, apart: bool) -> None:
    assert exclusive(a, b) is exclusive(b, a) is apart


def test_the_same_place_contradicts() -> None:
    old = lesson("a", check("has_emoji"))

    assert find(lesson("b", check("no_emoji")), [old]) == (Conflict("a", "contradicts"),)


def test_a_narrower_place_is_an_exception() -> None:
    wide, narrow = lesson("a", check("has_emoji")), lesson("b", check("no_emoji"), EMAIL)

    assert find(narrow, [wide]) == (Conflict("a", "exception_to", "this"),)
    assert find(wide, [narrow]) == (Conflict("b", "exception_to", "other"),)


def test_other_places_retired_lessons_and_itself_do_not_conflict() -> None:
    email = lesson("a", check("has_emoji"), EMAIL)
    letters = lesson("b", check("no_emoji"), (("channel", "letter"),))
    retired = replace(lesson("c", check("has_emoji")), status="retired")

    assert find(letters, [email, letters]) == ()
    assert find(lesson("d", check("no_emoji")), [retired]) == ()


def test_words_without_checks_can_be_opposites() -> None:
    less, more = lesson("a", None, effect="be less formal"), lesson("b", None, effect="be formal")

    assert find(more, [less]) == (Conflict("a", "contradicts"),)
    assert find(lesson("c", None, effect="be warm"), [less]) == ()
