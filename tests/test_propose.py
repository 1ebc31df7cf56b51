"""Which wishes become lessons, and with which scope, check and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data.types import Check, Condition, Lesson, Wish
from feedback import propose
from feedback.parse import parse

NOW = datetime(2026, 11, 1, tzinfo=UTC)
REPLY = "It was a long day. " * 20


def wish(text: str) -> Wish:
    (found,) = parse(text, reply=REPLY)
    return found


def lesson(text: str, request: str = "Tell me about owls.") -> Lesson | None:
    return propose.lesson_from(wish(text), request, NOW)


def test_a_wish_for_this_reply_is_no_lesson() -> None:
    assert lesson("use bullet points") is None


@pytest.mark.parametrize(
    "text", ["never mind", "don't learn from this chat", "it was 1969, not 1968, from now on"]
)
def test_what_is_not_about_replies_is_no_lesson(text: str) -> None:
    assert lesson(text) is None


def test_always_is_a_lesson_for_everywhere() -> None:
    found = lesson("always answer in one short sentence")

    assert found is not None
    assert (found.scope, found.condition, found.status) == ("", (), "noted")
    assert found.check == Check("within", (("sentences", 1), ("words", 25)))
    assert found.since == NOW


def test_a_condition_is_the_scope_in_words() -> None:
    found = lesson("never use emoji in emails to my boss")

    assert found is not None
    assert found.scope == "emails to my boss"
    assert found.condition == (("channel", "email"), ("recipient", "my boss"))


def test_a_comparison_becomes_a_bound_that_holds_for_other_requests() -> None:
    widened = replace(wish("too long"), reach="always")

    found = propose.lesson_from(widened, "Tell me about owls.", NOW)

    assert found is not None
    assert found.check == Check("max_words", (("n", 70.0),))
    assert found.effect == "use at most 70 words"


def test_a_topic_without_a_condition_is_the_request() -> None:
    widened = replace(wish("use bullet points"), reach="topic")

    found = propose.lesson_from(widened, "Tell me about owls.", NOW)

    assert found is not None
    assert found.scope == "Tell me about owls."


def test_a_name_is_remembered_and_not_demanded_in_every_reply() -> None:
    found = lesson("call me Sam")

    assert found is not None
    assert found.effect == 'call the person "Sam"'
    assert found.check is None


def test_two_ways_to_say_it_are_one_lesson() -> None:
    a, b = lesson("always end with a question"), lesson("From now on finish with a question.")
    c = lesson("always end with a question when I ask about history")

    assert a is not None
    assert b is not None
    assert c is not None
    assert propose.same(a, b)
    assert not propose.same(a, c)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("use no emoji", "no_emoji"),
        ("answer in one short sentence, at most 25 words", "within"),
        ("end with a question", "ends_with_question"),
        ("use bullet points", "bullets"),
        ("use at most 49 words", "max_words"),
        ("use no exclamation marks", "no_exclamation"),
        ("answer in German", "language"),
        ('do not use "delve"', "forbids"),
        ("write everything in lower case", "lowercase"),
        ("make it shorter", "max_words"),
    ],
)
def test_edited_words_find_their_check_again(words: str, name: str) -> None:
    found = propose.check_of(words)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("words", ["", "be kind", "talk like a pirate"])
def test_words_that_code_cannot_see_have_no_check(words: str) -> None:
    assert propose.check_of(words) is None


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("", ()),
        ("emails to my boss", (("channel", "email"), ("recipient", "my boss"))),
        ("ideas", (("task_type", "ideas"),)),
        ("when I ask for recipes", (("task_type", "recipe"),)),
        ("falconry", (("topic", "falconry"),)),
        ("when I ask about falconry", (("topic", "falconry"),)),
    ],
)
def test_a_scope_in_words_is_a_condition(words: str, condition: Condition) -> None:
    assert propose.condition_of(words) == condition
