"""What a person tells about themself is remembered; what they wish for is not taken for it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data.types import Lesson, Wish
from feedback import conflicts, facts, propose
from feedback.parse import parse

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def wishes(text: str) -> list[Wish]:
    return list(parse(text, reply="A long reply. It goes on."))


def lesson(text: str, id: str) -> Lesson:
    (wish,) = wishes(text)
    found = propose.lesson_from(wish, "Tell me about owls.", NOW)
    assert found is not None
    return Lesson(id, "", found.effect, "", (), found.check, NOW, "memory", kind=found.kind)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I am vegetarian", "I am vegetarian"),
        ("My sister's name is Ada.", "My sister's name is Ada"),
        ("our product is called Orbit", "our product is called Orbit"),
        ("Remember that our launch is on May 3", "our launch is on May 3"),
        ("Keep in mind that I hate coriander", "I hate coriander"),
        ("Please remember: I live in Berlin.", "I live in Berlin"),
        ("we are a small bakery", "we are a small bakery"),
        ("i run a bakery in Lyon", "i run a bakery in Lyon"),
        ("From now on remember that I am a nurse", "I am a nurse"),
        ("my favourite colour is green", "my favourite colour is green"),
    ],
)
def test_a_statement_about_the_person_or_their_work_is_a_fact(text: str, said: str) -> None:
    (wish,) = wishes(text)

    reach = "always" if re.search("remember|keep in mind", text, re.I) else "reply"
    assert (wish.kind, wish.aspect, wish.reach) == ("fact", "facts_about_me", reach)
    assert facts.said(wish.effect) == said


@pytest.mark.parametrize(
    "text",
    [
        "remember that my emails should be short",
        "remember to use bullets",
        "remember that I want bullet points",
        "my wife is annoyed by this tone",
        "my boss is going to hate this",
        "my answer is no",
        "my request was about cats",
        "my point is that it's too long",
        "we need it shorter",
    ],
)
def test_a_wish_or_a_complaint_is_no_fact(text: str) -> None:
    assert [wish.kind for wish in wishes(text) if wish.kind == "fact"] == []


def test_a_fact_becomes_a_lesson_that_is_never_taught() -> None:
    found = lesson("our product is called Orbit", "a")

    assert (found.kind, found.check) == ("fact", None)


def test_a_rule_is_taught_and_an_order_for_once_is_not() -> None:
    assert lesson("always use bullet points", "a").kind == "rule"
    (order,) = wishes("rewrite it")
    (checked,) = wishes("this time use bullet points")

    once = propose.lesson_from(replace(order, reach="always"), "Tell me about owls.", NOW)
    rule = propose.lesson_from(replace(checked, reach="always"), "Tell me about owls.", NOW)

    assert once is not None
    assert rule is not None
    assert (order.kind, once.kind) == ("once", "once")
    assert (checked.kind, rule.kind) == ("once", "rule")


@pytest.mark.parametrize(
    ("older", "newer", "differ"),
    [
        ("call me Sam", "call me Tom", True),
        ("my sister's name is Ada", "my sister is called Eva", True),
        ("I live in Berlin", "I live in Rome", True),
        ("our product is called Orbit", "our product is called Comet", True),
        ("my favourite colour is green", "my favourite colour is red", True),
        ("my birthday is on May 2", "my birthday is on May 3", True),
        ("I am vegetarian", "I am a nurse", False),
        ("my sister is called Ada", "my brother is called Eva", False),
        ("my sister is called Ada", "my sister's name is ada", False),
        ("my favourite colour is green", "my favourite dish is soup", False),
    ],
)
def test_the_same_thing_told_otherwise_contradicts(older: str, newer: str, differ: bool) -> None:
    found = conflicts.find(lesson(newer, "b"), [lesson(older, "a")])

    assert [one.kind for one in found] == (["contradicts"] if differ else [])


@pytest.mark.parametrize(
    ("text", "personal"),
    [("call me Sam", True), ("I'm from Rome", True), ("our product is called Orbit", False)],
)
def test_some_facts_are_about_the_person_themself(text: str, personal: bool) -> None:
    assert facts.personal(lesson(text, "a").effect) is personal
