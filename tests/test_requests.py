"""Requests that ask for a thing, and others that only mention it, for every channel and type.

`tests/data/requests.jsonl` holds 624 of ours; the part `first` was written before it was run, the
part `beside` while the rules were written.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import embedder
from bench import lessons
from data.types import Lesson
from feedback import examples, nearness, prototypes, requests, scope
from feedback.channels import CHANNELS

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FILE = Path(__file__).parent / "data/requests.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
INSIDE = [(row["key"], row["value"], text) for row in ROWS for text in row["inside"]]
OUTSIDE = [(row["key"], row["value"], text) for row in ROWS for text in row["outside"]]


def told(key: str, value: str, text: str) -> bool | None:
    """What the words alone say."""
    plain = requests.plain(text)
    return requests.written(value, plain) if key == "channel" else requests.asked(value, plain)


def applies(key: str, value: str, text: str) -> bool:
    lesson = Lesson("l", "w", "use no emoji", "", ((key, value),), None, NOW)
    return scope.applies(lesson, text, embedder.embed)


def test_the_requests_are_of_every_channel_and_type() -> None:
    found = Counter((key, value) for key, value, _ in (*INSIDE, *OUTSIDE))

    assert {value for key, value in found if key == "channel"} == set(CHANNELS)
    assert {value for key, value in found if key == "task_type"} == set(requests.TASKS)
    assert min(found.values()) >= 4


def test_no_mention_is_taken_for_a_request_by_its_words() -> None:
    wrong = [one for one in OUTSIDE if one[0] != "topic" and told(*one)]

    assert wrong == []


def test_the_words_tell_nearly_every_request() -> None:
    asked = [one for one in INSIDE if one[0] != "topic"]

    missed = [one for one in asked if not told(*one)]

    assert len(missed) <= 0.05 * len(asked), missed


def test_words_in_quotes_and_texts_to_work_on_ask_for_nothing() -> None:
    assert requests.asked("joke", requests.plain('What does "tell me a joke" mean?')) is not True
    assert requests.plain("Translate into French: Write an email.") == "translate into french:"


@pytest.mark.parametrize("one", [one for one in lessons.load(quick=False) if one.condition])
def test_the_words_are_right_on_the_bench(one: lessons.BenchLesson) -> None:
    for key, value in one.condition:
        if key in ("channel", "task_type"):
            assert all(told(key, value, text) for text in one.inside)
        if key == "task_type":
            assert not any(told(key, value, text) for text in one.near)


def test_every_prototype_is_of_a_known_type_and_stands_once() -> None:
    texts = prototypes.texts()

    assert set(prototypes.TASKS) == set(requests.TASKS)
    assert len(set(texts)) == len(texts)
    assert set(prototypes.requests()).isdisjoint(prompt.text for prompt in examples.pool())


def test_our_own_texts_are_embedded_once_for_an_embedder() -> None:
    made: Counter[str] = Counter()

    def counting(texts: object) -> list[list[float]]:
        assert isinstance(texts, list | tuple)
        made.update(texts)
        return [[1.0] + [0.0] * 383 for _ in texts]

    for text in ("What do oats do?", "Who knows?"):
        near = nearness.of(prototypes.requests(), counting)
        assert near("I need inspiration.", text) == 1.0

    assert set(made.values()) == {1}


@pytest.mark.weights
def test_with_their_meaning_nearly_all_requests_are_told() -> None:
    missed = [one for one in INSIDE if not applies(*one)]
    wrong = [one for one in OUTSIDE if applies(*one)]

    assert len(missed) <= 0.04 * len(INSIDE), missed
    assert len(wrong) <= 0.02 * len(OUTSIDE), wrong


@pytest.mark.weights
def test_every_inside_request_of_the_bench_applies_and_no_near_one() -> None:
    for one in lessons.load(quick=False):
        if one.condition:
            lesson = one.as_lesson(NOW)
            assert all(scope.applies(lesson, text, embedder.embed) for text in one.inside)
            assert not any(scope.applies(lesson, text, embedder.embed) for text in one.near)
