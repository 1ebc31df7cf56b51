"""A reply becomes HTML that can load nothing, and marked words are found again in its source."""

from __future__ import annotations

import pytest

from data.types import Span
from ui import markdown


@pytest.mark.parametrize(
    "text",
    [
        "![a cat](https://evil.example/cat.png)",
        '<img src="https://evil.example/cat.png">',
        "<script>alert(1)</script>",
        '<form action="https://evil.example"><input></form>',
        "<iframe src='https://evil.example'></iframe>",
        "[click](javascript:alert(1))",
        "[![a](https://evil.example/a.png)](https://evil.example)",
        "text <b onclick=alert(1)>bold</b>",
    ],
)
def test_a_reply_brings_no_live_html(text: str) -> None:
    html = markdown.to_html(text)

    for live in ("<img", "<script", "<form", "<iframe", 'href="javascript', "<b ", "<input"):
        assert live not in html


def test_an_image_becomes_a_plain_link() -> None:
    html = markdown.to_html("![a cat](https://evil.example/cat.png)")

    assert 'href="https://evil.example/cat.png"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


def test_ordinary_markdown_is_kept() -> None:
    html = markdown.to_html("**bold**\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |")

    assert "<strong>bold</strong>" in html
    assert html.count("<li>") == 2
    assert "<table>" in html
    assert "</table></div>" in html


def test_shown_words_are_found_behind_their_marks() -> None:
    text = "It holds **all** colours, and\nblue ones.\n\n1. first\n2. second"

    span = markdown.in_source(text, Span("all colours, and blue"))
    over_items = markdown.in_source(text, Span("first\nsecond"))

    assert span is not None
    assert span.quote == "all** colours, and\nblue"
    assert (span.start, span.end) == (11, 34)
    assert over_items is not None
    assert over_items.quote == "first\n2. second"


def test_the_second_of_two_equal_quotes_is_the_second() -> None:
    text = "\N{SLIGHTLY SMILING FACE} one two, one two"

    span = markdown.in_source(text, Span("one two", occurrence=2))

    assert span is not None
    assert span.occurrence == 2
    assert text[slice(span.start, span.end)] == "one two"
    assert span.start == 11
    assert span.prefix == "\N{SLIGHTLY SMILING FACE} one two, "


@pytest.mark.parametrize("quote", ["not there", "***", ""])
def test_words_that_are_not_in_the_reply_are_not_found(quote: str) -> None:
    assert markdown.in_source("something else", Span(quote)) is None
