"""Requests inside, near and outside a scope, from the person's own and from our pool."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from assistant import embedder
from bench import lessons
from data.split import split_of
from data.types import Condition, Lesson
from data.vectors import NEAR_DUPLICATE, near_duplicates
from feedback import examples, scope
from tests.words import embed

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def lesson(where: str = "", condition: Condition = ()) -> Lesson:
    return Lesson("l", "w", "use bullet points", where, condition, None, NOW)


def test_the_pool_is_large_varied_and_without_doubles() -> None:
    found = examples.pool()

    assert len(found) >= 400
    assert len({p.text.casefold() for p in found}) == len(found)
    assert all(p.text.strip() == p.text and len(p.text) <= 120 for p in found)
    assert len({p.task for p in found}) >= 20
    splits = Counter(split_of(p.text, "pool") for p in found)
    assert min(splits.values()) >= 40


@pytest.mark.weights
def test_no_two_requests_of_the_pool_mean_the_same() -> None:
    vectors = embedder.embed([prompt.text for prompt in examples.pool()])

    doubles = [
        examples.pool()[place].text
        for place in range(1, len(vectors))
        if near_duplicates(vectors[place : place + 1], vectors[:place], NEAR_DUPLICATE)
    ]

    assert doubles == []


def test_what_the_bench_asks_is_never_taught() -> None:
    taught = {prompt.text.casefold() for prompt in examples.pool()}
    asked = [text for one in lessons.load() for text in (*one.inside, *one.near)]

    assert [text for text in (*asked, *lessons.general()) if text.casefold() in taught] == []


@pytest.mark.parametrize(
    "task", ["code", "recipe", "story", "poem", "summary", "translation", "plan", "advice", "list"]
)
def test_a_common_task_has_enough_requests_in_the_pool_itself(task: str) -> None:
    narrow = lesson(task, (("task_type", task),))

    inside = [p.text for p in examples.pool() if scope.applies(narrow, p.text, embed)]

    assert len(inside) >= 24


@pytest.mark.parametrize(
    ("where", "condition"),
    [
        ("emails", (("channel", "email"),)),
        ("emails to my boss", (("channel", "email"), ("recipient", "my boss"))),
        ("emails to clients", (("channel", "email"), ("recipient", "clients"))),
        ("messages", (("channel", "message"),)),
    ],
)
def test_letters_of_every_kind_have_enough_requests(where: str, condition: Condition) -> None:
    assert len(examples.choose(lesson(where, condition), [], embed, 1).inside) >= 24


def test_a_lesson_for_everywhere_has_varied_requests_and_nothing_outside() -> None:
    own = ["Tell me about owls.", "Tell me about owls."]

    found = examples.choose(lesson(), own, embed, 1)

    assert found.inside[0] == "Tell me about owls."
    assert found.inside.count("Tell me about owls.") == 1
    assert len(found.inside) >= 400
    assert found.near == found.general == ()
    tasks = {p.text: p.task for p in examples.pool()}
    first = [tasks[text] for text in found.inside[1:16]]
    assert len(set(first)) == 15


def test_the_same_seed_chooses_the_same() -> None:
    assert examples.choose(lesson(), [], embed, 3) == examples.choose(lesson(), [], embed, 3)
    assert examples.choose(lesson(), [], embed, 3) != examples.choose(lesson(), [], embed, 4)


def test_a_condition_divides_and_own_requests_come_first() -> None:
    ideas = lesson("ideas", (("task_type", "ideas"),))
    own = ["Any ideas for my balcony?", "When did the war end?"]

    found = examples.choose(ideas, own, embed, 1)

    assert found.inside[0] == own[0]
    assert own[1] in found.near + found.general
    assert len(found.inside) >= 22
    assert len(found.near) >= 16
    assert len(found.general) >= 64
    everything = (*found.inside, *found.near, *found.general)
    assert len(set(everything)) == len(everything)
    assert all(scope.applies(ideas, text, embed) for text in found.inside)
    assert not any(scope.applies(ideas, text, embed) for text in (*found.near, *found.general))


def test_a_recipient_is_put_into_letters_of_the_pool() -> None:
    boss = lesson("emails to my boss", (("channel", "email"), ("recipient", "my boss")))

    found = examples.choose(boss, [], embed, 1)

    assert len(found.inside) >= 12
    assert all("email" in text.lower() for text in found.inside)
    assert any("email" in text for text in found.near)


def test_a_topic_that_the_pool_lacks_has_enough_requests() -> None:
    found = examples.choose(lesson("falconry", (("topic", "falconry"),)), [], embed, 1)

    assert len(found.inside) >= 22
    assert all("falconry" in text for text in found.inside)


def test_a_scope_in_words_leaves_out_what_is_between() -> None:
    chess = lesson("a chess opening for beginners")
    own = ["Which chess opening suits beginners?", "Is chess an old game?"]

    found = examples.choose(chess, own, embed, 1)

    assert found.inside == (own[0],)
    assert own[1] not in (*found.near, *found.general)
