"""How long a wish holds may be said behind it: "no emoji, always", "Bullets. Every time." """

from __future__ import annotations

import pytest

from feedback.parse import parse

REPLY = "Rain falls when clouds cool 🙂. Drops grow heavy.\n\n- one\n- two"


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Bullets, always", "bullets"),
        ("Use bullets, always", "bullets"),
        ("bullets - always", "bullets"),
        ("Always, bullets", "bullets"),
        ("no emojis, always", "no_emoji"),
        ("No emojis. Always.", "no_emoji"),
        ("no emojis\nalways", "no_emoji"),
        ("no emojis, ever", "no_emoji"),
        ("no lists, never", "no_bullets"),
        ("Never, emojis", "no_emoji"),
        ("Short answers, always", "max_words"),
        ("Bullets every time", "bullets"),
        ("Bullets, every time", "bullets"),
        ("Bullets, every single time", "bullets"),
        ("Use bullets every time, please", "bullets"),
        ("every time, use bullets", "bullets"),
        ("No emojis! Every time!", "no_emoji"),
        ("No emojis, in every reply", "no_emoji"),
        ("Use a table, without exception", "table"),
        ("In French, always", "language"),
        ("French, always", "language"),
        ("All replies must be in French", "language"),
        ("all answers should be short", "max_words"),
        ("Stichpunkte, immer", "bullets"),
        ("Keine Emojis. Immer.", "no_emoji"),
        ("pas d'emoji, toujours", "no_emoji"),
        ("sin emojis, siempre", "no_emoji"),
    ],
)
def test_words_that_only_say_how_long_belong_to_their_wish(text: str, check: str) -> None:
    (wish,) = parse(text, reply=REPLY)

    assert wish.check is not None
    assert (wish.check.name, wish.reach, wish.condition) == (check, "always", ())
    assert wish.effect


@pytest.mark.parametrize("text", ["always", "every time", "Always.", "from now on", "never again"])
def test_how_long_alone_asks_for_nothing(text: str) -> None:
    assert parse(text, reply=REPLY) == ()


@pytest.mark.parametrize(
    ("text", "reach", "condition"),
    [
        ("Be brief, every time I ask for code", "topic", (("task_type", "code"),)),
        ("no emojis.\n\nAlways.", "reply", ()),
        ("no emojis, just this once", "reply", ()),
        ("it took forever", "reply", ()),
    ],
)
def test_no_wider_than_said(text: str, reach: str, condition: object) -> None:
    (wish,) = parse(text, reply=REPLY)

    assert (wish.reach, wish.condition) == (reach, condition)


def test_own_words_lose_how_long_they_hold() -> None:
    (wish,) = parse("Rhyme. Always.", reply=REPLY)

    assert (wish.effect, wish.reach, wish.quote.quote) == ("rhyme", "always", "Rhyme. Always")


def test_what_somebody_does_every_time_is_blamed() -> None:
    (wish,) = parse("You use emojis every time", reply=REPLY)

    assert wish.check is not None
    assert (wish.check.name, wish.polarity) == ("no_emoji", -1)
