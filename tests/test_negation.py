"""Two negations are an order or a leave to do it, never the order not to."""

from __future__ import annotations

import pytest

from data.types import Wish
from feedback.negation import plainly
from feedback.parse import parse

REPLY = "Rain falls when clouds cool 🙂. For example, over the Rhine.\n\n- one\n- two"


def only(text: str) -> Wish:
    (wish,) = parse(text, reply=REPLY)
    assert text[wish.quote.start : wish.quote.end] == wish.quote.quote
    return wish


@pytest.mark.parametrize(
    ("text", "check", "reach"),
    [
        ("Never stop using bullets", "bullets", "always"),
        ("Never ever stop using bullets, please", "bullets", "always"),
        ("Never not use emojis", "has_emoji", "always"),
        ("Never avoid bullets in emails", "bullets", "topic"),
        ("Never leave out examples", "has_example", "always"),
        ("Don't stop using emojis", "has_emoji", "reply"),
        ("Please don't quit using bullets", "bullets", "reply"),
        ("you should not stop using emojis", "has_emoji", "reply"),
        ("Don't you ever stop using headings", "headings", "reply"),
        ("Don't hesitate to use headings", "headings", "reply"),
        ("I don't want you to stop greeting me", "greeting", "reply"),
        ("I didn't ask you to stop using bullets", "bullets", "reply"),
        ("Don't skimp on examples", "has_example", "reply"),
        ("Don't be stingy with examples", "has_example", "reply"),
        ("You can't not use bullets", "bullets", "reply"),
        ("Stop not using bullets", "bullets", "reply"),
        ("Not using bullets is not ok", "bullets", "reply"),
        ("Stop skipping the examples", "has_example", "reply"),
        ("You keep dropping the examples", "has_example", "reply"),
        ("Don't stop at three examples", "has_example", "reply"),
        ("Hör nicht auf, Emojis zu benutzen", "has_emoji", "reply"),
        ("N'arrête pas d'utiliser des listes", "bullets", "reply"),
        ("Nunca dejes de usar emojis", "has_emoji", "always"),
        ("Non smettere di usare emoji", "has_emoji", "reply"),
    ],
)
def test_two_negations_want_what_they_name(text: str, check: str, reach: str) -> None:
    wish = only(text)

    assert wish.check is not None
    assert (wish.check.name, wish.check.negate, wish.reach) == (check, False, reach)
    assert wish.op in ("add", "more")
    assert wish.route == "accept"


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("Don't you dare drop the examples", "keep the examples"),
        ("Don't leave out the examples", "keep the examples"),
        ("Don't get rid of the bullets", "keep the bullets"),
        ("I'd hate to lose the examples", "keep the examples"),
        ("Don't avoid jargon", "do not avoid jargon"),
        ("Don't avoid the question", "do not avoid the question"),
        ("Stop avoiding jargon", "stop avoiding jargon"),
    ],
)
def test_what_is_to_stay_is_kept_and_not_forbidden(text: str, effect: str) -> None:
    wish = only(text)

    assert wish.effect == effect
    assert wish.op in ("keep", "rewrite")
    assert wish.check is None or wish.check.name == "kept"


@pytest.mark.parametrize("text", ["I don't hate emojis", "It's not that I don't want emojis"])
def test_no_dislike_is_a_leave(text: str) -> None:
    assert (only(text).op, only(text).check) == ("none", None)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Never use emojis", "no_emoji"),
        ("Don't use emojis", "no_emoji"),
        ("Stop using bullets", "no_bullets"),
        ("My boss hates emojis", "no_emoji"),
        ("You never stop using emojis", "no_emoji"),
        ("Don't forget not to use emojis", "no_emoji"),
        ("Never: emojis", "no_emoji"),
        ("Emojis: never", "no_emoji"),
        ("Emojis? Never.", "no_emoji"),
        ("No emojis, never", "no_emoji"),
    ],
)
def test_one_negation_still_forbids(text: str, check: str) -> None:
    wish = parse(text, reply=REPLY)[0]

    assert wish.check is not None
    assert wish.check.name == check


@pytest.mark.parametrize(
    "text",
    ["use bullets", "never use emojis", "stop using bullets", "never stop mid-sentence",
     "don't just stop there", "don't forget to use bullets", "not too long", "no emojis"],
)  # fmt: skip
def test_words_without_a_double_negation_stay_as_they_are(text: str) -> None:
    assert plainly(text, text) is None


def test_both_spellings_keep_one_length() -> None:
    typed = "I didn't ask you to STOP using Bullets"

    plain = plainly(typed.lower(), typed)

    assert plain is not None
    assert (plain.text, plain.typed) == ("use bullets", "use Bullets")
