"""Conversations and lessons as messages, and what is left out when the window is small."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant import prompt
from data.types import Message, Refusal

ASKED = Message("user", "Tell me about bees.")
SAID = Message("assistant", "They dance.")


def words(messages: Sequence[Message]) -> int:
    return sum(len(message.text.split()) for message in messages)


def test_without_lessons_the_system_text_is_the_same_as_before_any_was_taught() -> None:
    assert prompt.build([ASKED])[0] == Message("system", prompt.SYSTEM)


def test_lessons_close_the_last_request_as_sentences_before_what_is_for_this_reply() -> None:
    built = prompt.build([ASKED], ["use bullet points", "Never say 'sure'!"], ["be brief"])

    assert built == (
        Message("system", prompt.SYSTEM),
        Message("user", f"{ASKED.text}\n\nUse bullet points. Never say 'sure'! Be brief."),
    )


def test_what_holds_for_this_reply_closes_the_last_request() -> None:
    built = prompt.build([ASKED, SAID, Message("user", "More.")], (), ["use at most 25 words"])

    assert built[1:] == (ASKED, SAID, Message("user", "More.\n\nUse at most 25 words."))


def test_what_holds_for_this_reply_never_lands_in_a_reply_that_was_begun() -> None:
    built = prompt.build([ASKED, SAID], (), ["be brief"])

    assert built[1:] == (Message("user", "Tell me about bees.\n\nBe brief."), SAID)


def test_roles_alternate_from_a_request_on() -> None:
    built = prompt.build([SAID, ASKED, Message("user", "And wasps?"), SAID, SAID])

    assert [message.role for message in built] == ["system", "user", "assistant"]
    assert built[1].text == "Tell me about bees.\n\nAnd wasps?"


def test_an_empty_conversation_is_a_system_message() -> None:
    assert prompt.build([], (), ["be brief"]) == (Message("system", prompt.SYSTEM),)


@pytest.mark.parametrize(
    ("effect", "expected"),
    [("use lists", "Use lists."), ("Ask first?", "Ask first?"), (" stop. ", "Stop.")],
)
def test_an_imperative_becomes_a_sentence(effect: str, expected: str) -> None:
    assert prompt.sentence(effect) == expected


def test_a_long_chat_keeps_its_system_message_and_its_last_exchanges() -> None:
    chat = prompt.build([ASKED, SAID] * 20 + [Message("user", "And now?")])

    kept = prompt.trim(chat, words, 30)

    assert kept[0] == chat[0]
    assert kept[1].role == "user"
    assert kept == (chat[0], *chat[-len(kept) + 1 :])
    assert words(kept) <= 30 < words((chat[0], *chat[-len(kept) - 1 :]))


def test_a_chat_that_fits_is_left_alone() -> None:
    chat = prompt.build([ASKED, SAID, ASKED])

    assert prompt.trim(chat, words, 100) == chat


def test_a_request_that_cannot_fit_is_refused_in_one_sentence() -> None:
    long = Message("user", "word " * 2000)

    with pytest.raises(Refusal, match="too long to read at once: 2,006 tokens"):
        prompt.trim(prompt.build([ASKED, SAID, long]), words, 1000)
