"""What the page sends is checked value by value."""

from __future__ import annotations

import pytest

from data.types import Refusal
from ui.said import LONGEST, Said


@pytest.mark.parametrize("data", [None, [], "text", {"text": 3}, {"text": ["a"]}])
def test_only_words_are_words(data: object) -> None:
    said = Said(data)

    if isinstance(data, dict):
        with pytest.raises(Refusal, match="no words as 'text'"):
            said.text("text")
    else:
        assert said.text("text") == ""


def test_far_too_much_is_refused_with_its_length() -> None:
    with pytest.raises(Refusal, match=str(LONGEST + 1)):
        Said({"text": "x" * (LONGEST + 1)}).text("text")


@pytest.mark.parametrize("value", [-1, True, "3", 1.5])
def test_a_count_is_a_whole_number_from_0(value: object) -> None:
    with pytest.raises(Refusal, match="as 'seen'"):
        Said({"seen": value}).count("seen")


def test_a_number_may_have_a_fraction() -> None:
    assert Said({"scale": 0.75}).number("scale") == 0.75
    assert Said({"scale": 1}).number("scale") == 1.0


@pytest.mark.parametrize("value", [None, True, "1", float("nan"), float("inf"), 10**400])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(Refusal, match="as 'scale'"):
        Said({"scale": value}).number("scale")


def test_a_closed_set_is_closed() -> None:
    said = Said({"mark": "keep", "how": "shout"})

    assert said.one_of("mark", ("change", "keep")) == "keep"
    with pytest.raises(Refusal, match="'shout'"):
        said.one_of("how", ("option", "words"))


def test_a_span_is_found_in_the_source_or_refused() -> None:
    said = Said({"quote": "two words", "nth": 1})

    span = said.span("two words and **two** words")

    assert span is not None
    assert span.start == 16
    with pytest.raises(Refusal, match="'two words' are not in the reply"):
        said.span("another reply")
    assert Said({}).span("a reply") is None


def test_half_an_emoji_is_left_out_of_words_and_ids() -> None:
    said = Said({"text": "cut \ud83d here", "turn": "\udc00"})

    assert said.text("text") == "cut  here"
    assert said.text("turn") == ""


def test_a_number_that_no_column_can_hold_is_refused() -> None:
    with pytest.raises(Refusal, match="load it again"):
        Said({"nth": 2**31}).count("nth")
