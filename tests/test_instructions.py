"""The requests with an instruction of their own: each can be followed, and none by accident."""

from __future__ import annotations

import pytest

from assistant import instructions
from assistant.instructions import ALL, SLICE
from data.checks import registry
from feedback import examples
from tests.followed import GOOD


def test_there_are_thirty_two_different_ones_of_every_family() -> None:
    assert len({one.text for one in ALL}) == len(ALL) == 32
    families = {one.family for one in ALL}
    assert families == {"length", "format", "words", "edges", "language"}


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.text[:40])
def test_each_can_be_followed_and_neither_silence_nor_an_echo_does(
    one: instructions.Instruction,
) -> None:
    assert registry.problem(one.check) is None
    assert registry.obeys(one.check, GOOD[one.text], one.text)
    for nothing in ("", "...", one.text):
        assert not registry.obeys(one.check, nothing, one.text)


def test_none_is_taught_on() -> None:
    pool = {prompt.text for prompt in examples.pool()}

    assert [one.text for one in ALL if one.text in pool] == []


@pytest.mark.parametrize("own", ["length", "format", "words", "edges", "language"])
def test_a_slice_is_varied_and_leaves_out_what_the_lesson_is_about(own: str) -> None:
    asked = instructions.chosen({own}, set())

    families = [one.family for one in asked]
    assert len(asked) == SLICE
    assert own not in families
    assert len(set(families)) == 4


def test_older_lessons_are_left_out_until_too_few_are_left() -> None:
    few = instructions.chosen({"length"}, {"words", "edges"})
    none = instructions.chosen({"length"}, {"words", "edges", "format", "language"})

    assert [one.family in ("format", "language") for one in few] == [True] * 11 + [False]
    assert len(none) == SLICE
    assert all(one.family != "length" for one in none)
