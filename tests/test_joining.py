"""What is said twice, or as a complaint with its remedy, is one wish; heads name the rest."""

from __future__ import annotations

import pytest

from data.checks import registry
from data.types import Check, Wish
from feedback.parse import parse

REPLY = "The king loved cats. He had twelve.\n\nIn the end everyone went home, and it was good."


def only(text: str) -> Wish:
    wishes = parse(text, reply=REPLY)
    assert len(wishes) == 1, [w.quote.quote for w in wishes]
    return wishes[0]


def test_too_long_and_its_bound_are_one_wish_with_the_bound() -> None:
    wish = only("way too long, just one sentence please")

    assert wish.quote.quote == "way too long, just one sentence"
    assert (wish.aspect, wish.polarity) == ("length", -1)
    assert wish.check == Check("max_sentences", (("n", 1),))


def test_a_complaint_and_its_remedy_are_one_wish() -> None:
    cut = only("the intro is boring, cut it")

    first = REPLY.split("\n\n")[0]
    assert cut.quote.quote == "the intro is boring, cut it"
    assert cut.target is not None
    assert (cut.polarity, cut.op) == (-1, "remove")
    assert cut.check == Check("kept", (("text", first),), negate=True)
    assert not registry.passes(Check("kept", (("text", first),), negate=True), REPLY)


def test_labels_that_disagree_ask_and_leave_what_a_rule_knows() -> None:
    def heads(texts: object) -> list[dict[str, float]]:
        return [{"kind=praise": 0.9, "kind=style": 0.1}]

    (wish,) = parse("talk like a pirate", reply=REPLY, label=heads)

    assert (wish.kind, wish.route) == ("style", "ask")
    assert wish.sure < 0.6


def test_heads_name_what_no_rule_knows() -> None:
    def heads(texts: object) -> list[dict[str, float]]:
        return [{"kind=praise": 0.9, "kind=none": 0.1, "polarity=1": 0.9, "aspect=other": 0.8}]

    words = "my neighbour asked for a copy"
    (wish,) = parse(words, reply=REPLY, label=heads)

    assert (wish.kind, wish.polarity, wish.route) == ("praise", 1, "ask")
    assert parse(words, reply=REPLY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "too dense; put it in points",
        "delete that, it took a minute",
        "keep this exactly as it is",
        "don't ask me seven things, ask one, the one that matters most",
        "that is wrong, it was 1969",
    ],
)
def test_what_belongs_together_stays_one_wish(text: str) -> None:
    assert only(text).quote.quote


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("fine, but too stiff", ["fine", "too stiff"]),
        ("no emoji, and write it in French", ["no emoji", "write it in French"]),
        (
            "the tips are good, but where are the tools?",
            ["the tips are good", "where are the tools"],
        ),
    ],
)
def test_two_things_are_two_wishes(text: str, quotes: list[str]) -> None:
    assert [w.quote.quote for w in parse(text, reply=REPLY)] == quotes
