"""Typed words lose control characters only; nothing and too much are refused."""

from __future__ import annotations

import pytest

from assistant.typed import LONGEST, clean
from data.types import Refusal


def test_letters_of_any_language_lines_and_tabs_are_kept() -> None:
    assert clean("Zu lang!\r\n\t太长了 \N{SLIGHTLY SMILING FACE}") == (
        "Zu lang!\n\t太长了 \N{SLIGHTLY SMILING FACE}"
    )


def test_control_characters_go() -> None:
    assert clean("a\x00b\x1b[31mc\x7f") == "ab[31mc"


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x01"])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="no words"):
        clean(text)


def test_too_much_is_refused_with_its_length() -> None:
    with pytest.raises(Refusal, match="100,000 characters"):
        clean("a" * 100_000)
    assert len(clean("a" * LONGEST)) == LONGEST


def test_bytes_that_are_no_text_are_left_out() -> None:
    assert clean("tea \udcff and milk") == "tea  and milk"
