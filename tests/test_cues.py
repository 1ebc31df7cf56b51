"""Slots of a clause: numbers, conditions, reach, strength."""

from __future__ import annotations

import pytest

from data.types import Condition
from feedback import conditions, cues


@pytest.mark.parametrize(
    ("words", "value"),
    [("12", 12), ("three", 3), ("a couple of", 2), ("a", 1), ("a hundred", 100), ("1,500", 1500)],
)
def test_numbers_are_read_in_digits_and_words(words: str, value: int) -> None:
    assert cues.number(words) == value


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("in emails to my boss", (("channel", "email"), ("recipient", "my boss"))),
        ("in emails", (("channel", "email"),)),
        ("when writing to clients", (("recipient", "clients"),)),
        ("when i ask for ideas", (("task_type", "ideas"),)),
        ("if it is about cooking fish", (("topic", "cooking fish"),)),
        ("for maths questions", (("topic", "maths"),)),
        ("when i write in german", (("language", "de"),)),
        ("always use short words for kids", (("audience", "kids"),)),
        ("for code", (("task_type", "code"),)),
        ("in stories", (("task_type", "story"),)),
        ("put it in code", ()),
        ("explain it with recipes", ()),
        ("in german", ()),
        ("in one sentence", ()),
        ("in bullet points", ()),
        ("for example", ()),
        ("if possible", ()),
        ("when you can", ()),
        ("in the second paragraph", ()),
        ("in this email", ()),
    ],
)
def test_conditions_are_read_where_they_are_said(text: str, condition: Condition) -> None:
    assert conditions.find(text).condition == condition


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("use bullets", "reply"),
        ("always use bullets", "always"),
        ("you should never use bullets", "always"),
        ("you never use bullets", "reply"),
        ("that is never true", "reply"),
        ("from now on use bullets", "always"),
        ("use bullets in this email", "task"),
        ("always use bullets, just this once", "reply"),
        ("in all your answers use bullets", "always"),
    ],
)
def test_reach_is_never_wider_than_said(text: str, reach: str) -> None:
    assert cues.reach(text, text, ())[0] == reach


def test_a_condition_narrows_always() -> None:
    email: Condition = (("channel", "email"),)

    assert cues.reach("always use bullets", "always use bullets", email)[0] == "topic"
    assert cues.reach("use bullets", "use bullets", email)[0] == "topic"


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("you must use bullets", 1.0),
        ("use bullets", 0.8),
        ("you should use bullets", 0.6),
        ("i'd rather have bullets", 0.4),
        ("perhaps use bullets", 0.2),
    ],
)
def test_strength_is_read_from_the_words(text: str, strength: float) -> None:
    assert cues.strength(text, flat=False) == strength
