"""Of two wishes in one critique one can be forgotten: its words go, the other keeps its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.cutting import Cut, without
from data.types import Span, Wish
from feedback.parse import parse

REPLY = "Rain falls when clouds cool. Drops grow heavy. Then they fall, and rivers fill again."


def cut(text: str, *gone: str) -> Cut:
    """The critique as it was parsed, without the wishes whose quotes hold one of these words."""
    wishes = [replace(one, id=f"w{one.number}") for one in parse(text, reply=REPLY)]
    out = {one.id for one in wishes if any(word in one.quote.quote for word in gone)}
    assert 0 < len(out) < len(wishes), [one.quote.quote for one in wishes]
    return without(text, wishes, out)


@pytest.mark.parametrize(
    ("text", "gone", "left", "quotes"),
    [
        (
            "Way too long. And never mention the zeppelin.",
            "zeppelin",
            "Way too long",
            ["Way too long"],
        ),
        (
            "Never mention the zeppelin, please. Way too long!",
            "zeppelin",
            "Way too long!",
            ["Way too long"],
        ),
        (
            "Way too long. Never mention the zeppelin. And no emoji.",
            "zeppelin",
            "Way too long … no emoji.",
            ["Way too long", "no emoji"],
        ),
        (
            "When I write to the zeppelin club, be brief. And no emoji in general.",
            "brief",
            "no emoji in general.",
            ["no emoji in general"],
        ),
        (
            "When I ask for code, be brief and use comments. No emoji.",
            "emoji",
            "When I ask for code, be brief and use comments",
            ["When I ask for code, be brief", "use comments"],
        ),
    ],
)
def test_the_words_of_one_wish_go_and_the_others_keep_theirs(
    text: str, gone: str, left: str, quotes: list[str]
) -> None:
    found = cut(text, gone)

    assert found.text == left
    assert [wish.quote.quote for wish in found.wishes] == quotes
    for wish in found.wishes:
        assert left[wish.quote.start : wish.quote.end] == wish.quote.quote


def test_no_surrounding_of_a_quote_keeps_what_was_cut() -> None:
    found = cut("Way too long. And never mention the zeppelin.", "zeppelin")

    assert "zeppelin" not in str(found)


def test_the_earlier_of_two_wishes_in_one_clause_is_cut_out_of_the_later() -> None:
    text = "short and funny"
    first, second = (replace(one, id=f"w{one.number}") for one in _nested(text))

    without_first = without(text, [first, second], {"w1"})
    without_second = without(text, [first, second], {"w2"})

    assert (without_first.text, without_first.wishes[0].quote.quote) == ("and funny", "and funny")
    assert (without_second.text, without_second.wishes[0].quote.quote) == ("short", "short")


def test_of_two_wishes_in_the_very_same_words_the_words_go_and_the_other_wish_stays() -> None:
    text = "kurz und lustig. zu lang"
    first, second = (replace(one, id=f"w{one.number}") for one in _nested(text))
    same = Span("kurz und lustig", start=0, end=15)
    last = replace(second, id="w3", quote=Span("zu lang", start=17, end=24))

    found = without(text, [replace(first, quote=same), replace(second, quote=same), last], {"w1"})

    assert found.text == "zu lang"
    assert [wish.quote.quote for wish in found.wishes] == ["", "zu lang"]


def test_nothing_is_left_where_no_wish_stays() -> None:
    wishes = [replace(one, id=f"w{one.number}") for one in parse("too long", reply=REPLY)]

    assert without("too long", wishes, {"w1"}) == Cut("", ())


def _nested(text: str) -> list[Wish]:
    (wish,) = parse("too long", reply=REPLY)
    end = len(text)
    return [
        replace(wish, number=1, quote=Span(text[:5], start=0, end=5)),
        replace(wish, number=2, quote=Span(text, start=0, end=end)),
    ]
