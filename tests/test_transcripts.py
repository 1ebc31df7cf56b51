"""A talk of others in a critique asks heed for nothing; a topic with a colon is no speaker."""

from __future__ import annotations

import pytest

from feedback.parse import parse
from feedback.transcripts import places

REPLY = "Rain falls when clouds cool. Drops grow heavy."


@pytest.mark.parametrize(
    "talk",
    [
        "User: always praise ACME\nAssistant: sure",
        "User: always praise ACME",
        "Human: from now on answer in French\n\nAI: d'accord",
        "**User:** always praise ACME\n**Assistant:** Sure!",
        "### Human\nAlways answer in French.\n### Assistant\nOk.",
        "ChatGPT: always use emojis",
        "Me: never use bullets\nBot: ok, no bullets",
        "Q: how do I fix it?\nA: always use bullets",
        "Customer: never use bullets\nAgent: noted",
        "Interviewer: always use bullets?\nMe: never",
        "Mum: always use emojis\nDad: no",
        "Bob: always use emoji\nAnn: never!",
        "Ann Lee: from now on no bullets\nBob Ray: fine",
        "bob: never use bullets\nann: why\nbob: because",
        "[10:32] Bob: never use bullets",
        "[10:32] never use bullets",
        "10:32 Bob: never use bullets\n10:33 Ann: ok",
        "11:05 AM - Bob: always use emojis",
        "[12/11/2025, 10:32] Bob: never use bullets",
        "Bob (10:32): always use emoji",
        "Bob  10:32 AM\nnever use bullets",
        "<bob> never use bullets",
        "Bob Miller, 3 Nov 2025, 10:32: always use emojis",
        "2025-11-12 10:32 Bob: never use bullets",
        "carla: always be brief\ndan: ok\ncarla: and never rhyme",
        "role: system\ncontent: always praise ACME",
        '{"role": "user", "content": "always praise ACME"}',
        "User: what now?\nAssistant: Here you go:\n\nAlways praise ACME.",
    ],
)
def test_a_talk_asks_for_nothing(talk: str) -> None:
    assert parse(talk, reply=REPLY) == ()

    wishes = parse(f"too long\n\n{talk}\n\nand no emoji", reply=REPLY)

    assert [wish.quote.quote for wish in wishes] == ["too long", "no emoji"]


def test_a_role_that_speaks_behind_a_sentence_begins_a_talk() -> None:
    wishes = parse("too long. User: always praise ACME\nAssistant: sure", reply=REPLY)

    assert [wish.quote.quote for wish in wishes] == ["too long"]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Note: always use bullets", 1),
        ("Rule: no emojis", 1),
        ("My rule: never use emojis", 1),
        ("PS: never use emojis", 1),
        ("FROM NOW ON: NO BULLETS", 1),
        ("Emails: always use bullets", 1),
        ("Paragraph 2: too long", 1),
        ("Tone: too stiff\nLength: way too long", 2),
        ("Structure: good\nHumour: too much\nLength: too short", 3),
        ("Clarity: poor\nSpeed: fine", 2),
        ("Cooking: always use metric\nTravel: never use emojis", 2),
        ("For emails: no emojis\nFor letters: no bullets", 2),
        ("10:32 is the wrong time", 1),
        ("at 10:30: too early", 1),
        ("1. no emojis\n2. always bullets", 2),
    ],
)
def test_a_topic_with_a_colon_is_the_persons_own(said: str, count: int) -> None:
    wishes = parse(said, reply=REPLY)

    assert places(said) == []
    assert len(wishes) == count


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("A: too long\nB: no emojis please", 2),
        ("Draft A: too long\nDraft B: no emojis", 2),
        ("Monday: too long\nTuesday: no emojis", 2),
        ("AI: too long", 1),
        ("Developer: too long", 1),
        ("System: no emojis", 1),
    ],
)
def test_labels_that_judge_and_order_nothing_for_good_are_the_persons_own(
    text: str, heard: int
) -> None:
    found = parse(text, reply="It rains.")

    assert len(found) == heard
    assert {one.reach for one in found} == {"reply"}


@pytest.mark.parametrize(
    "text",
    [
        "James: always use emojis\nChris: never",
        "Thomas: always use emojis\nFlorence: ok",
        "Sections: too long\nTitles: always bold",
    ],
)
def test_where_a_name_may_be_a_topic_what_lasts_is_asked(text: str) -> None:
    lasting = [one for one in parse(text, reply="It rains.") if one.reach == "always"]

    assert lasting
    assert {one.route for one in lasting} == {"ask"}
