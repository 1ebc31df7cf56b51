"""A branch is folded as if corrections had never been said."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from assistant import history
from data.types import Message, Refusal, Turn, TurnKind

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _turn(name: str, kind: TurnKind, text: str, made_with: str = "{}") -> Turn:
    return Turn(name, "t", None, kind, text, 1, "human", "typed", NOW, made_with=made_with)


REPAIRED = (
    _turn("r", "request", "What is rain?"),
    _turn("d1", "draft", "Rain is long."),
    _turn("c1", "critique", "too long", json.dumps({"critique": "k1"})),
    _turn("d2", "draft", "Rain."),
    _turn("c2", "critique", "add a joke", json.dumps({"critique": "k2"})),
    _turn("d3", "draft", "Wet joke."),
)


def test_only_the_last_draft_of_a_request_counts() -> None:
    path = (*REPAIRED, _turn("n", "notice", "Version 1 is live"), _turn("r2", "request", "Snow?"))

    said = history.conversation(path, {})

    assert said == (
        Message("user", "What is rain?"),
        Message("assistant", "Wet joke."),
        Message("user", "Snow?"),
    )


def test_an_answered_question_becomes_part_of_its_request() -> None:
    path = (
        _turn("r", "request", "Write to Ann"),
        _turn("q", "question", "How formal?"),
        _turn("a", "answer", "formal"),
    )

    said = history.conversation(path, {"a": "Use a formal tone."})

    assert said == (Message("user", "Write to Ann\n\nUse a formal tone."),)


def test_a_repair_chain_names_each_criticised_draft_and_its_critique() -> None:
    rounds = history.repair_chain(REPAIRED)

    assert [(one.draft.id, one.critique) for one in rounds] == [("d1", "k1"), ("d2", "k2")]


def test_the_basis_of_a_draft_is_the_request_or_the_answer_before_it() -> None:
    assert history.basis_of(REPAIRED)[-1].id == "r"


def test_a_chat_without_a_request_is_refused() -> None:
    with pytest.raises(Refusal, match="no request"):
        history.request_of(())


def test_a_forgotten_critique_is_no_round_any_more() -> None:
    path = (*REPAIRED[:2], _turn("c1", "critique", "(forgotten)"), *REPAIRED[3:])

    rounds = history.repair_chain(path)

    assert [(one.draft.id, one.critique) for one in rounds] == [("d2", "k2")]
