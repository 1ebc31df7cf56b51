"""Lessons that pull against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data.types import Check, Condition, Lesson
from feedback.conflicts import Conflict, find
from feedback.exclusion import exclusive

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
        (check("no_emoji"), check("max_emoji", n=1), False),
        (check("no_emoji", negate=True), check("max_emoji", n=0), True),
        (check("spelling", code="us"), check("spelling", code="gb"), True),
        (check("numbers_as_words"), check("numbers_as_digits"), True),
        (check("formal_address"), check("informal_address"), True),
        (check("max_words", n=40, negate=True), check("max_words", n=30), True),
        (check("max_sentences", n=2), check("min_words", n=200), True),
        (check("max_sentences", n=4), check("min_words", n=60), False),
        (check("min_paragraphs", n=3), check("max_sentences", n=2), True),
        (check("starts_with", text="Dear Ada"), check("starts_with", text="Dear"), False),
        (check("starts_with", text="Dear"), check("starts_with", text="Hi"), True),
        (check("question_count", n=0), check("ends_with_question"), True),
        (check("no_markdown"), check("table"), True),
        (check("word_exactly", word="so", n=2), check("forbids", word="So"), True),
        (check("lowercase"), check("uppercase"), True),
        (check("grade", max=6), check("reading_ease", min=60), False),
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


OPPOSITE = (
    ("always use metric units", "give distances in miles"),
    ("write in the past tense", "always write in the present tense"),
    ("never explain the answer", "explain the answer in detail"),
    ("be more formal", "be casual from now on"),
    ("put the price at the end", "the price comes first"),
    ("no jokes please", "add a joke to every reply"),
    ("keep it brief", "write long and thorough answers"),
    ("never mention the weather", "mention the weather in every reply"),
    ("give exactly two examples", "always give five examples"),
    ("use the passive voice", "never write in the passive voice"),
    ("temperatures in celsius", "give temperatures in fahrenheit"),
    ("don't ask before you start", "ask me first"),
    ("leave out the greeting", "include a greeting"),
    ("don't leave out the footnotes", "no footnotes"),
    ("prefer dollars rather than euros", "use euros"),
    ("answer with nothing but a code block", "explain every step"),
)
COMPATIBLE = (
    ("stop apologising", "apologise when you are wrong"),
    ("use short titles", "write long paragraphs"),
    ("be warm", "be blunt"),
    ("not too long", "not too short"),
    ("give two examples", "give three reasons"),
    ("no jokes in letters to my landlord", "more jokes in messages to my sister"),
    ("no more than three options", "give two options"),
    ("start with a summary", "end with a summary"),
    ("show sources", "show the steps"),
    ("do not skip the sources", "always show sources"),
    ("you may use tables", "no tables"),
    ("be kind to customers", "be strict with suppliers"),
    ("don't use slang", "write formally"),
    ("never use the word nice", "use the word lovely"),
    ("keep the intro short", "the ending can be long"),
    ("just this once be formal", "be casual"),
)


@pytest.mark.parametrize(("a", "b"), OPPOSITE)
def test_words_on_two_ends_of_a_scale_contradict_in_either_order(a: str, b: str) -> None:
    first, second = lesson("a", None, effect=a), lesson("b", None, effect=b)

    assert find(second, [first]) == (Conflict("a", "contradicts"),)
    assert find(first, [second]) == (Conflict("b", "contradicts"),)


@pytest.mark.parametrize(("a", "b"), COMPATIBLE)
def test_words_that_are_only_alike_do_not_contradict(a: str, b: str) -> None:
    first, second = lesson("a", None, effect=a), lesson("b", None, effect=b)

    assert [one.kind for one in find(second, [first]) if one.kind == "contradicts"] == []


def test_words_for_one_time_are_an_exception() -> None:
    always = lesson("a", None, effect="be casual")
    once = lesson("b", None, effect="just this once be formal")

    assert find(once, [always]) == (Conflict("a", "exception_to", "this"),)


def test_a_check_and_plain_words_are_compared_by_what_the_check_looks_for() -> None:
    checked = lesson("a", check("no_emoji"), (("recipient", "my friends"),), "use no emoji")
    told = lesson("b", None, effect="keep emojis in messages to my friends")

    assert find(told, [checked]) == (Conflict("a", "contradicts"),)


def test_a_condition_that_means_everywhere_narrows_nothing() -> None:
    short = lesson("a", check("max_words", n=20))
    long = lesson("b", check("min_words", n=100), (("topic", "every time"),))

    assert find(long, [short]) == (Conflict("a", "contradicts"),)
