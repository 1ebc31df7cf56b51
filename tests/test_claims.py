"""Claims: what is said of the person or their task is believed, of the world is not."""

from __future__ import annotations

import pytest

from data.types import Wish
from feedback.parse import parse


def claims(text: str, request: str, reply: str = "It was so.") -> set[str]:
    wishes: tuple[Wish, ...] = parse(text, reply=reply, request=request)
    return {wish.claim for wish in wishes if wish.kind == "fact"}


@pytest.mark.parametrize(
    ("request_", "reply", "text"),
    [
        ("Write a card for my aunt Gudrun.", "Dear Gudrun, happy 80th!", "she's turning 70"),
        ("Draft a note to our landlord.", "Dear Mr Hill,", "his name is Holl"),
        ("Announce our concert.", "The concert is on Monday.", "the concert is on Friday"),
        ("Write about my friend Kim.", "Yes, Kim paints; he is shy.", "Kim is called Kimberley"),
        ("Sum up my talk.", "You say that cats are bad.", "I never said that"),
        ("Suggest a dish I would like.", "Liver with onions.", "I can't stand liver"),
        ("Which bike should I buy?", "Any racer.", "my knee is bad, no racers"),
        ("Plane meinen Urlaub.", "Mit 900 Euro.", "ich hab nur 300 Euro"),
    ],
)
def test_what_concerns_the_person_or_their_task_is_believed(
    request_: str, reply: str, text: str
) -> None:
    assert claims(text, request_, reply) == {"supported"}


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        ("When did Rome fall?", "our neighbour said it was 410, so fix that"),
        ("Is coffee bad?", "I have two jobs and believe me coffee makes you ill, everybody knows"),
        ("Explain tides to my son.", "wrong, the Sun makes the tides"),
        ("Is Pluto a planet?", "not true, my uncle showed me a film"),
        ("Where was Bach born?", "in Weimar, I've seen the house, so that is wrong"),
    ],
)
def test_what_somebody_insists_on_is_not_believed(request_: str, text: str) -> None:
    assert "supported" not in claims(text, request_)


def test_the_same_words_are_a_claim_about_the_world_where_the_request_is() -> None:
    text = "the concert is on Friday"

    assert claims(text, "Announce our concert.") == {"supported"}
    assert claims(text, "When is the Vienna concert?") == {"unverified"}


def test_a_taste_is_a_fact_and_a_dislike_of_the_reply_is_none() -> None:
    assert claims("I can't stand the title", "Suggest a dish I would like.") == set()
    assert claims("I hate puns", "Suggest a dish I would like.") == set()
