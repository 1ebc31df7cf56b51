"""What a person says about their own wishes is read as a stance, and wants nothing of a reply."""

from __future__ import annotations

import pytest

from data.types import Stance, Wish
from feedback import stances
from feedback.parse import parse

REPLY = "It was a long day. " * 20


def heard(text: str) -> tuple[Wish, ...]:
    return stances.heard(text, parse(text, reply=REPLY))


@pytest.mark.parametrize(
    ("text", "effect", "stance"),
    [
        ("I wish I were less harsh", "be less harsh", "wished"),
        ("I wish I wasn't so formal.", "not formal", "wished"),
        ("I wish I didn't like flattery", "no flattery", "wished"),
        ("don't let me be so wordy", "not wordy", "wished"),
        ("Stop me from being so formal!", "not formal", "wished"),
        ("I should stop asking for bullet points", "no bullet points", "wished"),
        ("I shouldn't want so many emoji", "no emoji", "wished"),
        ("I want to want longer texts", "longer texts", "wished"),
        ("I only ask for tables out of habit", "tables", "habit"),
        ("I always ask for jokes, but that is just a habit.", "jokes", "habit"),
        ("Ignore it when I ask for emoji.", "emoji", "rejected"),
        ("I stand by the rule about jokes", "jokes", "endorsed"),
    ],
)
def test_own_wishes_are_read_with_their_stance(text: str, effect: str, stance: Stance) -> None:
    (found,) = stances.of(text)

    assert (found.effect, found.alike) == (effect, stance)


@pytest.mark.parametrize(
    "text",
    [
        "I wish you were less harsh",
        "I wish it were shorter",
        "I wish I knew why the sky is blue",
        "Don't let me down",
        "I want more detail",
        "I'm asking for a table",
        "let me be clear: too long",
        "trust my edits more than my ratings",
    ],
)
def test_wishes_of_the_reply_are_no_stance(text: str) -> None:
    assert stances.of(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Why did you write I wish I didn't like bullet points?",
        "You wrote 'I wish I didn't like bullet points', what is that?",
        "I never said I wish I didn't like bullet points.",
        "I don't think I should stop asking for bullet points.",
        "Anna says I wish I were less blunt, and I told her to relax.",
        'The poem: "I stand by bullet points." Nice.',
        'He wrote "Well. I stand by bullet points." Nice.',
        "I should stop asking for one sentence.",
    ],
)
def test_words_that_are_quoted_denied_or_turned_round_are_no_stance(text: str) -> None:
    assert stances.of(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Good. I wish I were less harsh",
        "Well, I wish I were less harsh",
        "ok but I wish I were less harsh",
    ],
)
def test_own_words_may_follow_others(text: str) -> None:
    assert [one.alike for one in stances.of(text)] == ["wished"]


def test_an_own_wish_asks_nothing_of_the_reply_and_keeps_its_quote() -> None:
    (wish,) = heard("don't let me be so wordy")

    assert (wish.kind, wish.op, wish.check, wish.polarity) == ("meta", "none", None, 0)
    assert wish.quote.quote == "don't let me be so wordy"
    assert stances.said_by(wish) == ("wished", "habit")


def test_a_complaint_beside_an_own_wish_stays_as_it_was_read() -> None:
    text = "Too long. And I wish I were less harsh."

    (length, own) = heard(text)

    assert length == parse(text, reply=REPLY)[0]
    assert (own.kind, own.number) == ("meta", 2)
