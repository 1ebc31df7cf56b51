"""Spans are found again in texts that changed, and parts of a reply by their names."""

from __future__ import annotations

import pytest

from data.checks.registry import span_at
from data.types import Span
from feedback.anchor import locate, named_part, quoted_part

TEXT = "# Owls\n\nThe owl sees well. The owl hears well.\n\n- night\n- day\n\nBorn on 3 May 1999."


def found(words: str) -> str | None:
    part = named_part(words, TEXT)
    return part[0].quote if part else None


def test_a_span_is_where_it_was() -> None:
    start = TEXT.index("owl hears")

    assert locate(TEXT, span_at(TEXT, start, start + 9)) == (start, start + 9)


def test_surroundings_find_the_right_one_of_two() -> None:
    second = TEXT.index("owl", TEXT.index("owl ") + 1)
    span = span_at(TEXT, second, second + 3)
    longer = "Look: " + TEXT

    assert locate(longer, span) == (second + 6, second + 9)


def test_without_surroundings_the_occurrence_decides() -> None:
    assert locate("a b a b", Span("b", occurrence=2)) == (6, 7)


def test_words_that_changed_a_little_are_found() -> None:
    span = Span("The owl hears very well.")

    place = locate(TEXT, span)

    assert place is not None
    assert TEXT[slice(*place)] == "The owl hears well."


@pytest.mark.parametrize("quote", ["", "A whole other sentence about trains."])
def test_what_is_gone_is_not_found(quote: str) -> None:
    assert locate(TEXT, Span(quote)) is None


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("the second paragraph", "The owl sees well. The owl hears well."),
        ("the last sentence", "Born on 3 May 1999."),
        ("the title", "# Owls"),
        ("the date is wrong", "3 May 1999"),
        ("the year", "1999"),
        ("the list", "- night\n- day"),
        ("the second bullet", "- day"),
        ("the ending", "Born on 3 May 1999."),
        ("the part about hearing", None),
        ("the part about hears", "The owl hears well."),
        ("the ninth wonder", None),
        ("the code", None),
    ],
)
def test_words_name_a_part(words: str, part: str | None) -> None:
    assert found(words) == part


def test_quoted_words_are_found_whatever_their_case() -> None:
    span = quoted_part("the OWL hears", TEXT)

    assert span is not None
    assert span.quote == "The owl hears"
    assert quoted_part("", TEXT) is None
