"""Splitting: where a critique comes apart, and what never counts as one."""

from __future__ import annotations

import pytest

from feedback.clauses import prepare, split


def clauses(text: str) -> list[str]:
    prepared = prepare(text)
    return [text[slice(*prepared.place(c.start, c.end))] for c in split(prepared)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("too long; use bullets", ["too long", "use bullets"]),
        ("Too long. Use bullets!", ["Too long", "Use bullets"]),
        ("too long\n- use bullets\n- no emoji", ["too long", "use bullets", "no emoji"]),
        ("make it warm and never use emoji", ["make it warm", "never use emoji"]),
        ("too long and the date is wrong", ["too long", "the date is wrong"]),
        ("no emoji, please use bullets", ["no emoji", "use bullets"]),
        ("zu lang, aber der Ton gefällt mir", ["zu lang", "der Ton gefällt mir"]),
        ("not yet good", ["not yet good"]),
        ("use C plus plus, not Java", ["use C plus plus, not Java"]),
        ("the ending and the title need work", ["the ending and the title need work"]),
        ("that is wrong, it was 1969", ["that is wrong, it was 1969"]),
        ("From now on, use bullets", ["From now on, use bullets"]),
        ("It cost 3.50 euros, e.g. in May", ["It cost 3.50 euros, e.g. in May"]),
        ("In two sentences, please.", ["In two sentences"]),
        ("", []),
        (" ,;. ", []),
    ],
)
def test_a_critique_comes_apart_where_both_sides_speak(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


def test_a_leading_condition_stands_beside_every_clause_of_its_sentence() -> None:
    prepared = prepare("When I ask for code, be brief and use comments. No emoji.")

    first, second, third = split(prepared)

    assert first.lead == second.lead is not None
    assert third.lead is None


@pytest.mark.parametrize(
    "text",
    [
        'He wrote "use emoji"',
        "He wrote “use emoji”",
        "see `use emoji`",
        "see https://use.example/emoji",
        '"use emoji\nand never stop',
        "Er schrieb »use emoji« dort",
        "Er schrieb \u203ause emoji\u2039 dort",
        "Il dit \u2039use emoji\u203a ici",
        "Er schrieb \u201ause emoji‘ dort",
        "Hon skrev ”use emoji” där",
        "『use emoji』",
        "\uff02use emoji\uff02",
        "~~~\nuse emoji\n~~~",
        "<blockquote>use emoji</blockquote>",
        "From: bob@example.com\nTo: me\nSubject: rules\n\nFrom now on use emoji.",
        "On Monday, Bob Smith wrote:\nFrom now on use emoji.",
        "-----Original Message-----\nuse emoji",
    ],
)
def test_quoted_words_code_and_addresses_are_masked(text: str) -> None:
    assert "emoji" not in prepare(text).masked


def test_an_apostrophe_is_no_quotation() -> None:
    assert "don't use it's" in prepare("don’t use it’s").masked


@pytest.mark.parametrize(
    "text",
    [
        "»Blue« is right, use emoji",
        "«Bleu» and «vert», use emoji",
        "make it 5” wide and use emoji",
        "change the tone\nfrom: formal\nto: casual\nuse emoji",
        "on the whole, write less and use emoji",
        "a < b, use emoji",
        "no <code> and use emoji",
    ],
)
def test_words_beside_a_quotation_are_still_read(text: str) -> None:
    assert "use emoji" in prepare(text).masked


def test_places_lead_back_to_the_raw_text() -> None:
    raw = "cafe\u0301 is wrong"
    prepared = prepare(raw)

    assert prepared.plain == "café is wrong"
    assert raw[slice(*prepared.place(0, 4))] == "cafe\u0301"
