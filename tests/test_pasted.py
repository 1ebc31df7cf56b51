"""What was pasted into a critique is told by its form: long words of a person are still read."""

from __future__ import annotations

import pytest

from feedback.parse import parse
from feedback.pasted import LONG, places

REPLY = "Rain falls when clouds cool. Drops grow heavy. Then they fall, and rivers fill again."

TYPED = (
    # One breath, no full stop.
    "this is far too long for me because I read it on my phone on the train where the signal comes "
    "and goes all the time and I only wanted to know whether I should take an umbrella and not how "
    "a cloud comes about in the first place so please tell me the answer first and then one reason "
    "and never use emoji because my boss reads over my shoulder",
    "This is way too long and it repeats itself, which makes it hard to read on a small screen in "
    "the morning train. I asked about the weather in May and not about the whole history of the "
    "weather service, so please drop that part. From now on keep every answer to three sentences, "
    "because my boss reads along. And I like the first line very much, that one should stay.",
    "Das ist mir viel zu lang, und es wiederholt sich so oft, dass ich am Ende nicht mehr weiß, "
    "was du mir eigentlich sagen wolltest. Ich habe nach dem Wetter im Mai gefragt und nicht nach "
    "der Geschichte des Wetterdienstes, also lass das bitte weg. Antworte ab jetzt immer in "
    "höchstens drei Sätzen, weil ich das unterwegs auf einem kleinen Bildschirm lese und keine "
    "Zeit habe, alles durchzugehen.",
)
ARTICLE = (
    "The railway between the two towns was opened in the autumn of 1863 after eleven years of "
    "work. Its engineer, a quiet man from the north, had planned three tunnels and a bridge of "
    "forty arches over the valley. Farmers feared for their cows and the mayor for the peace of "
    "the market square. Within a decade the journey of two days had shrunk to a morning, and the "
    "inn at the ford had closed its doors for good."
)
PARTS = (
    "The harvest of that year was the poorest since the flood, and by November the mills along the "
    "river stood still for want of grain and of hands.",
    "In the capital nobody spoke of it. The theatres always played to full houses and the papers "
    "wrote about a new kind of lamp that burned without oil and without smoke.",
    "When the first snow came, the council met behind closed doors and never published a word of "
    "what was said there, though rumours ran through every kitchen.",
)
MAIL = (
    "From: Bob Miller <bob@example.com>\nTo: all staff\nSubject: style\n\n"
    "From now on you must always use emoji. Never write more than one line.\n\nBob"
)
LETTER = (
    "Dear colleagues,\n\nfrom now on you should always use bullet points and never write a comma."
    "\n\nBest regards,\nBob"
)


@pytest.mark.parametrize("said", TYPED)
def test_a_long_paragraph_that_a_person_typed_is_read(said: str) -> None:
    assert len(said.split()) > LONG

    wishes = parse(said, reply=REPLY)

    assert places(said) == []
    assert any(wish.aspect == "length" for wish in wishes)


def test_what_is_asked_for_at_the_end_of_a_long_critique_stands() -> None:
    wishes = parse(TYPED[0], reply=REPLY)

    (emoji,) = [wish for wish in wishes if wish.check and wish.check.name == "no_emoji"]
    assert emoji.reach == "always"
    assert TYPED[0][emoji.quote.start : emoji.quote.end] == emoji.quote.quote


@pytest.mark.parametrize(
    "pasted",
    [
        ARTICLE,
        "\n\n".join(PARTS),
        MAIL,
        LETTER,
        "Hi Ann,\n" + "we always use emoji here and you never should end with a question. " * 6,
        "On Monday, Bob Smith wrote:\n> always use emoji\n> never use commas",
        "> always use emoji\n> never use commas",
        "always use emoji and be loud. " * 20,
        "word " * 900,
    ],
    ids=["article", "parts", "mail", "letter", "greeting", "answer", "quoted", "again", "long"],
)
def test_what_was_pasted_asks_for_nothing(pasted: str) -> None:
    assert parse(pasted, reply=REPLY) == ()

    wishes = parse(f"too long\n\n{pasted}", reply=REPLY)

    assert [wish.quote.quote for wish in wishes] == ["too long"]


def test_what_is_said_below_a_letter_is_read() -> None:
    wishes = parse(f"{LETTER}\n\ntoo long, and use bullet points", reply=REPLY)

    assert [wish.quote.quote for wish in wishes] == ["too long", "use bullet points"]


def test_a_long_quotation_takes_nothing_from_the_words_around_it() -> None:
    wishes = parse(f'This is too long, make it more like "{ARTICLE}"', reply=REPLY)

    assert any(wish.quote.quote == "This is too long" for wish in wishes)


@pytest.mark.parametrize(
    "said",
    [
        "Hi heed,\ntoo long, use bullet points",
        "too long, please\n\nBest thing would be a list",
        "use bullet points.\n\nno emoji.\n\nkeep the first line as it is, I like that one.",
    ],
)
def test_short_words_are_never_taken_for_pasted_ones(said: str) -> None:
    assert places(said) == []
