"""Kind, aspect and polarity of a wish agree with each other and with the grammar."""

from __future__ import annotations

import pytest

from feedback.parse import parse


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("too vague", "content"),
        ("it is boring", "content"),
        ("give two examples", "content"),
        ("too formal", "style"),
        ("use bullet points", "style"),
    ],
)
def test_what_is_said_is_content_and_how_is_style(text: str, kind: str) -> None:
    assert parse(text, reply="A reply.")[0].kind == kind


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("more examples", -1),
        ("give more examples", 0),
        ("less formal", -1),
        ("make it less formal", 0),
        ("not warm enough", -1),
        ("stop being so formal", 0),
        ("no emoji", 0),
    ],
)
def test_a_verb_orders_and_a_bare_comparison_judges(text: str, polarity: int) -> None:
    assert parse(text, reply="A reply.")[0].polarity == polarity
