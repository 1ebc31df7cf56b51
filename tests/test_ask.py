"""Questions: when heed asks, what it assumes, and when it keeps quiet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clarify import ask, options
from clarify.ask import Decision, Point
from clarify.beliefs import Beliefs
from data.types import Check, Lesson, Message, Prefill
from tests import asking as stand_ins

LETTER = "Write a letter that asks for a refund"
FORMAL = (
    "Dear Sir or Madam, I would hereby request the reimbursement of my recent purchase at once."
)
WARM = "Hi there! Hope you are having a lovely day, could you maybe send my money back please?"
BLUNT = "Refund me. The kettle broke after two days. Pay within one week or we meet in court."


class Model:
    """A stand-in for the two callables: drafts by their instruction, vectors by their words."""

    def __init__(self, drafts: dict[str, str] | None = None) -> None:
        self.drafts = drafts or {}
        self.batches: list[list[str]] = []

    def complete(
        self, batch: Sequence[Sequence[Message]], *, limit: int, schema: str | None = None
    ) -> Sequence[str]:
        assert schema is None
        assert 24 <= limit <= 36
        self.batches.append([messages[-1].text for messages in batch])
        return [
            next((text for cue, text in self.drafts.items() if cue in messages[-1].text), FORMAL)
            for messages in batch
        ]

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        words = sorted({word for text in texts for word in text.lower().split()})
        rows = [[float(text.lower().split().count(word)) for word in words] for text in texts]
        return [[x / (math.hypot(*row) or 1.0) for x in row] for row in rows]


STRANGER = Beliefs()
TONES = {"warm, friendly": WARM, "formal tone": FORMAL, "plain, direct": BLUNT}


def point(*texts: str) -> Point:
    """A conversation in which the person spoke these texts, the last being the request."""
    messages = [m for text in texts for m in (Message("user", text), Message("assistant", "Yes."))]
    return Point(messages=tuple(messages[:-1]), expected_tokens=400)


def lesson(effect: str, check: Check | None = None) -> Lesson:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    return Lesson("l", "w", effect, "", (), check, since, status="active")


def decide(
    at: Point, drafts: dict[str, str] | None = None, beliefs: Beliefs = STRANGER
) -> tuple[Decision, Model]:
    """With words alone: no hidden state, and a bank that holds nothing."""
    model = Model(TONES if drafts is None else drafts)
    given = (model.complete, model.embed, nothing_left, stand_ins.vague(), stand_ins.empty_bank())
    return ask.decide(at, beliefs, *given), model


def nothing_left(messages: Sequence[Message]) -> Prefill | None:
    return None


def test_a_question_is_asked_when_its_options_lead_to_different_drafts() -> None:
    decision, model = decide(point(LETTER))

    assert decision.action == "ask"
    assert decision.trait == "tone"
    assert decision.question.endswith("?")
    assert decision.options[0] == decision.assumption == "Formal"  # nearest to the plain draft
    assert set(decision.options) == {"Formal", "Friendly", "Plain and direct"}
    assert decision.instruction["Friendly"] == "Write in a warm, friendly tone."
    assert decision.numbers["ask"] > decision.numbers["assume"] > 0
    assert len(model.batches) == 1
    assert len(model.batches[0]) == 5  # plain, placebo, three options
    assert model.batches[0][0] == LETTER


def test_nothing_is_asked_when_all_drafts_agree() -> None:
    decision, model = decide(point(LETTER), {})

    assert decision.action == "act"
    assert decision.numbers["largest"] == 0
    assert len(model.batches) == 1


@pytest.mark.parametrize(
    "request_text",
    [
        "Write a formal letter that asks for a refund",
        "What is the capital of France?",
        "Thanks!",
        "",
        " \n\t ",
        "\x00\x07",
        "Schreibe einen Brief an meinen Vermieter",
        "Écris un email à mon patron",
        "写一封信给我的房东",
        "Напиши письмо",
        "Write a letter " * 7_000,
        'Fix this: "Write a letter to nobody in particular and then some more words so it is long"',
        "```\nwrite a letter\n```",
    ],
)
def test_a_settled_empty_huge_or_foreign_request_is_just_written(request_text: str) -> None:
    decision, model = decide(point(request_text))

    assert decision.action == "act"
    assert model.batches == []


def test_a_conversation_without_a_message_is_just_written() -> None:
    assert decide(Point(messages=()))[0].action == "act"


def test_what_was_said_earlier_in_the_task_is_not_asked() -> None:
    decision, model = decide(point("I like a formal tone.", LETTER))

    assert decision.action == "act"
    assert model.batches == []


def test_a_lesson_in_scope_answers_the_question() -> None:
    by_words = replace(point(LETTER), lessons=(lesson("use a friendly tone"),))
    story = point("Write a funny story about a goat")
    by_check = replace(story, lessons=(lesson("x", Check("max_words", (("n", 25),))),))

    assert decide(by_words)[0].action == "act"
    assert [f.trait for f in options.left_open(story.messages[-1].text, (), ())] == ["length"]
    assert options.left_open(story.messages[-1].text, (), by_check.lessons) == ()


def test_an_answer_given_twice_is_assumed_and_said() -> None:
    settled = Beliefs(settled={("letter", "tone"): "Friendly"})

    decision, model = decide(point(LETTER), beliefs=settled)

    assert decision.action == "assume"
    assert decision.assumption == "Friendly"
    assert decision.reason == "as before: Friendly"
    assert decision.options[0] == "Friendly"
    assert len(decision.options) == 3
    assert decision.instruction["Friendly"] == "Write in a warm, friendly tone."
    assert model.batches == []


def test_an_earlier_answer_in_own_words_reaches_the_prompt() -> None:
    settled = Beliefs(settled={("letter", "tone"): "like a pirate."})

    decision, _ = decide(point(LETTER), beliefs=settled)

    assert decision.options[0] == "like a pirate."
    assert decision.instruction["like a pirate."] == "About the tone: like a pirate."


def test_an_answer_of_another_scope_settles_nothing_here() -> None:
    settled = Beliefs(settled={("story", "tone"): "Friendly"})

    assert decide(point(LETTER), beliefs=settled)[0].action == "ask"


def test_a_muted_trait_is_never_asked_nor_assumed() -> None:
    here, everywhere, elsewhere = (
        Beliefs(muted=frozenset({(scope, "tone")})) for scope in ("letter", "", "story")
    )

    assert decide(point(LETTER), beliefs=here)[0].action == "act"
    assert decide(point(LETTER), beliefs=everywhere)[0].action == "act"
    assert decide(point(LETTER), beliefs=elsewhere)[0].action == "ask"


@pytest.mark.parametrize(
    "words", ["just do it", "No questions, please.", "Don't ask.", "Just decide for me"]
)
def test_just_do_it_ends_questions_for_the_task(words: str) -> None:
    assert decide(point(f"{LETTER}. {words}"))[0].action == "act"
    assert decide(point(words, LETTER))[0].action == "act"


def test_a_short_reply_is_written_without_drafts() -> None:
    decision, model = decide(replace(point(LETTER), expected_tokens=149))

    assert decision.action == "act"
    assert model.batches == []


@pytest.mark.parametrize(
    ("silent", "beliefs"),
    [
        ({"level": "never"}, STRANGER),
        ({"asked_in_task": 1}, STRANGER),
        ({}, Beliefs(bucket=0.5)),
        ({}, Beliefs(assume_only=True)),
        ({}, Beliefs(resting=frozenset({("letter", "tone")}))),
    ],
)
def test_a_question_that_may_not_be_asked_becomes_an_assumption(
    silent: dict[str, object], beliefs: Beliefs
) -> None:
    at = replace(point(LETTER), **silent)  # type: ignore[arg-type]  # one field by name

    decision, _ = decide(at, beliefs=beliefs)

    assert decision.action == "assume"
    assert decision.assumption == "Formal"
    assert decision.reason == "my guess: Formal"
    assert decision.numbers["ask"] == -math.inf
    assert decision.why.endswith(".")


def test_an_annoyed_person_gets_an_assumption_where_a_stranger_gets_a_question() -> None:
    skipped = Beliefs(kappa=3.0, skip=0.35, useful={("letter", "tone"): 0.25})

    assert decide(point(LETTER), beliefs=skipped)[0].action == "assume"
    assert decide(replace(point(LETTER), level="less"))[0].action == "assume"
    assert decide(replace(point(LETTER), level="more"))[0].action == "ask"


def test_what_cannot_be_asked_now_is_asked_later_or_assumed() -> None:
    dear = replace(point(LETTER), expected_tokens=1_200)
    busy = replace(dear, busy=True, next_progress=0.05)
    last = replace(dear, busy=True)

    later, _ = decide(busy)
    assumed, _ = decide(last)

    assert later.action == "later"
    assert later.numbers["later"] > later.numbers["assume"] > 0
    assert assumed.action == "assume"


def test_past_its_time_a_question_is_worth_nothing() -> None:
    late = replace(point(LETTER), expected_tokens=1_200, progress=0.8)

    decision, _ = decide(late)

    assert decision.action == "assume"
    assert decision.numbers["ask"] < 0


def test_a_rare_question_is_tried_and_its_chance_is_logged() -> None:
    near = replace(point(LETTER), expected_tokens=150, level="normal", tokens_per_second=90.0)

    tried, _ = decide(replace(near, draw=0.02))
    usual, _ = decide(replace(near, draw=0.5))
    resting = Beliefs(resting=frozenset({("letter", "tone")}))
    rested, _ = decide(replace(near, draw=0.02), beliefs=resting)

    assert (tried.action, tried.propensity) == ("ask", 0.03)
    assert (usual.action, usual.propensity) == ("assume", 0.97)
    assert (rested.action, rested.propensity) == ("assume", 1.0)


def test_a_decision_carries_all_that_it_rested_on() -> None:
    decision, _ = decide(point(LETTER))

    assert decision.scope == "letter"
    assert len(decision.features) == 8
    assert len(decision.chances) == len(decision.options) == 3
    assert sum(decision.chances) == pytest.approx(1.0)
    assert decision.delta == decision.numbers["delta"]
    assert {"need", "wanted", "ask", "assume", "act", "later"} <= set(decision.numbers)
    assert decision.why.startswith("An answer saves about ")


def test_a_longer_reply_may_have_a_second_question() -> None:
    asked = replace(point(LETTER), asked_in_task=1, expected_tokens=1_200)

    assert decide(asked)[0].action == "ask"


def test_dear_drafts_are_not_written_and_a_blind_guess_is_not_stated() -> None:
    dear = replace(point(LETTER), cheap_drafts=False)

    asked, model = decide(dear)
    idle = Beliefs(delta={"tone": 0.0}, useful={("letter", "tone"): 0.1})
    useless, _ = decide(dear, beliefs=idle)

    assert asked.action == "ask"
    assert asked.numbers["delta"] == 0.24
    assert useless.action == "act"
    assert model.batches == []


def test_a_question_shows_up_for_other_kinds_of_request_too() -> None:
    seen = {
        text: [facet.trait for facet in options.left_open(text, (), ())]
        for text in (
            "Write a story about a goat",
            "Explain how tides work",
            "Write a function that sorts names",
            "Give me some tips on sleeping better",
            "Make a plan for learning the guitar",
            "Draft a speech about bees",
        )
    }

    assert list(seen.values()) == [
        ["mood", "length"],
        ["level"],
        ["code"],
        ["format"],
        ["span"],
        ["tone", "purpose"],
    ]


def test_the_same_request_gives_the_same_card() -> None:
    assert decide(point(LETTER))[0] == decide(point(LETTER))[0]


@pytest.mark.parametrize("facet", options.BANK, ids=lambda facet: facet.trait)
def test_every_question_is_short_open_and_asks_no_permission(facet: options.Facet) -> None:
    labels = [option.label for option in facet.options]
    first = facet.question.split()[0].lower()

    assert facet.question.endswith("?")
    assert len(facet.question.split()) <= 18
    assert len(facet.reason.split()) <= 12
    assert first in {"which", "what", "who", "how"}
    assert 2 <= len(set(labels)) == len(labels) <= 4
    assert all(len(label.split()) <= 5 for label in labels)
    assert not {"yes", "no"} & {label.lower() for label in labels}
    assert all(option.instruction.endswith(".") for option in facet.options)
    assert 0 < facet.usual < 1


def test_an_answer_becomes_an_imperative() -> None:
    assert options.instruction("tone", "formal") == "Write in a formal tone."
    assert (
        options.instruction("tone", "  dry,\nlike a judge. ")
        == "About the tone: dry, like a judge."
    )
    assert options.instruction("gone", "blue") == "About the gone: blue."
