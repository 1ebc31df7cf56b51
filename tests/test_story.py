"""The recorded story: its model obeys what it was told or taught, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.checks import registry
from data.types import Check, Message, Refusal
from ui import arguments, story

TOLD = story.read()
SHORT = Message("system", "You help. Answer in one short sentence, at most 25 words.")
ASKS = Message("system", "You help. End with a question.")
ONE = Check("within", (("sentences", 1.0), ("words", 25.0)))
QUESTION = Check("ends_with_question")


def user(text: str) -> Message:
    return Message("user", text)


@pytest.mark.parametrize("request_", [*TOLD.replies, "Anything else?"])
def test_each_reply_obeys_the_rules_in_its_prompt_or_weights(request_: str) -> None:
    asked = user(request_)

    plain = TOLD.write((asked,), None)
    told = TOLD.write((SHORT, asked), None)
    taught = TOLD.write((asked,), 1)
    twice = TOLD.write((asked,), 2)

    assert not registry.passes(ONE, plain)
    assert registry.passes(ONE, told)
    assert told == taught
    assert registry.passes(ONE, twice)
    assert registry.passes(QUESTION, twice)
    assert not registry.passes(QUESTION, told)


def test_a_rule_acts_on_top_of_what_was_taught() -> None:
    reply = TOLD.write((ASKS, user("Why is the sky blue?")), 1)

    assert registry.passes(ONE, reply)
    assert registry.passes(QUESTION, reply)


def test_a_wish_behind_the_request_is_heard() -> None:
    reply = TOLD.write((user("Why is the sky blue?\n\nAnswer in one short sentence."),), None)

    assert reply == TOLD.replies["Why is the sky blue?"]["short"]


def test_another_request_gets_its_own_words_back() -> None:
    assert "“Who are you?”" in TOLD.write((user("Who are you?"),), None)


def test_every_act_is_a_command_that_heed_knows() -> None:
    commands = [arguments.parse(act.command).command for act in TOLD.acts]

    assert commands.count("learn") == 2
    assert commands[0] == "ask"


def test_every_request_of_the_story_has_its_replies() -> None:
    asked = {act.command[1] for act in TOLD.acts if act.command[0] == "ask"}

    assert asked == set(TOLD.replies)


def test_an_act_is_told_as_a_person_would_type_it() -> None:
    act = story.Act("Too long.", ("critique", "be brief, please"))

    assert story.spoken(act) == "# Too long.\n$ heed critique 'be brief, please'"


def test_a_file_that_is_no_story_is_refused(tmp_path: Path) -> None:
    (tmp_path / "story.json").write_text('{"title": "Nothing"}')

    with pytest.raises(Refusal, match="is not a story"):
        story.read(tmp_path / "story.json")
