"""Praise with a sting is a complaint or a doubt, and makes no demonstration."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from data.types import Critique, Message, Origin, Wish
from feedback import pairs
from feedback.parse import parse

REPLY = "Rain falls when clouds cool 🙂. Drops grow heavy.\n\n- one\n- two"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
HISTORY = (Message("user", "What is rain?"),)


def read(text: str) -> tuple[Wish, ...]:
    wishes = parse(text, reply=REPLY)
    for wish in wishes:
        assert text[wish.quote.start : wish.quote.end] == wish.quote.quote
    return wishes


def demonstrated(text: str, thumb: bool = False) -> bool:
    critique = Critique("c", "t", text, Origin(), NOW, thumb="up" if thumb else None)
    return bool(pairs.from_praise(HISTORY, REPLY, read(text), critique).preferences)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Great answer, though it took forever to get to the point", "it took forever"),
        ("Love it, minus the lecture at the end", "minus the lecture at the end"),
        ("Love it except the bullets", "except the bullets"),
        ("Perfect except for the ending", "except for the ending"),
        ("Nice, apart from the emojis", "apart from the emojis"),
        ("Nice, even if it rambles", "it rambles"),
        ("Very clear, if a bit long", "a bit long"),
        ("Good, could be shorter", "could be shorter"),
        ("Good answer, long though", "long though"),
        ("I like the tone though it drags on and on", "it drags on"),
        ("Great answer even though nobody asked for a poem", "nobody asked"),
        ("Great, but my mother would not read it", "my mother would not"),
        ("Lovely, but half of it is wrong", "half of it is wrong"),
        ("Toll, außer dem Ende", "außer dem Ende"),
        ("Génial, sauf la fin", "sauf la fin"),
        ("Nice, I almost didn't fall asleep", "almost didn't fall asleep"),
        ("oh great, another wall of text", "another wall of text"),
        ("Great, if you like walls of text", "if you like walls of text"),
        ("Great job repeating my question", "repeating my question"),
        ("I love how you ignored my question", "ignored my question"),
        ("Great work ignoring the date", "ignoring the date"),
        ("The best answer I've ever fallen asleep to", "asleep"),
        ("I loved it until the last paragraph", "until the last"),
        ("Lovely prose, zero content", "zero content"),
        ("Excellent waste of my time", "waste"),
        ("Thanks for the novel", "novel"),
        ("Love the list, hate the tone", "hate the tone"),
        ("Wow, what a novel", "what a novel"),
        ("Great answer /s", "/s"),
    ],
)
def test_the_complaint_in_praise_is_a_wish_and_nothing_is_demonstrated(
    text: str, complaint: str
) -> None:
    complaints = [wish for wish in read(text) if wish.kind != "praise"]

    assert [wish for wish in complaints if complaint in wish.quote.quote]
    assert all(wish.effect and wish.op not in ("keep", "none") for wish in complaints)
    assert not demonstrated(text)
    assert not demonstrated(text, thumb=True)


@pytest.mark.parametrize(
    "text",
    ["Nice try", "Good start", "Almost perfect", "Thanks, I guess", "Oh wonderful", "Great...",
     "Great answer 🙄", "Great! 🙄", "I love it but", "I like it. Kidding.",
     "Perfect. If I were five.", "Great answer, though",
     "Great. The rest I will not repeat before children."],
)  # fmt: skip
def test_praise_in_doubt_is_asked_about_and_demonstrates_nothing(text: str) -> None:
    assert not demonstrated(text)
    assert not demonstrated(text, thumb=True)


@pytest.mark.parametrize("text", ["Nice try", "Almost perfect", "Great...", "Great answer 🙄"])
def test_doubtful_praise_says_so(text: str) -> None:
    (wish,) = read(text)

    assert (wish.route, json.loads(wish.slots)["sarcasm_p"]) in (("ask", 0.4), ("ask", 0.6))


@pytest.mark.parametrize(
    "text",
    ["Great answer", "Very good!!", "I love it", "Perfect, thanks", "Oh nice, I like this",
     "I like it, nothing to add", "Perfect, no complaints", "I laughed, twice", "Not bad",
     "Great, and not too long", "Thank you so much heed, I like it"],
)  # fmt: skip
def test_plain_praise_is_still_a_demonstration(text: str) -> None:
    assert {wish.kind for wish in read(text)} == {"praise"}
    assert demonstrated(text)


def test_a_thumb_beside_words_that_nobody_understood_demonstrates_nothing() -> None:
    assert not demonstrated("my goldfish reads faster than that", thumb=True)


def test_an_exception_of_an_order_is_no_complaint() -> None:
    (wish,) = read("use bullets except in emails")

    assert (wish.polarity, wish.op) == (0, "add")
