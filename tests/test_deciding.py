"""What a chat keeps of every decision to ask or not, and of what became of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import deciding
from assistant.scripted import ScriptedModel
from assistant.session import Session
from clarify import ask
from clarify.ask import Decision, Point
from data import critiques, decisions, tasks
from data.asking import Decided, Outcome
from data.store import Store
from data.types import Mode, Prefill
from tests.records import a_critique, a_decision, a_turn, a_wish
from tests.stand_ins import session

CARD = Decision(
    "ask",
    question="Which tone should it have?",
    reason="changes the tone of the whole text",
    trait="tone",
    options=("Formal", "Friendly"),
    assumption="Formal",
    instruction={"Formal": "Write formally.", "Friendly": "Write warmly."},
    numbers={"need": 0.7, "ask": 14.1, "assume": 11.8, "later": float("-inf")},
    scope="letter",
    chances=(0.6, 0.4),
    features=(0.8, 0.24, -0.4, 0.9, 0.67, 0.1, 0.0, 0.0),
    prefill=Prefill((0.5, 0.25), "k"),
    propensity=0.97,
    delta=0.24,
    why="An answer saves about 14 s: it changes the tone of the whole text.",
)


def asked(made: Session, mode: Mode = "normal") -> str:
    """The request, once heed has dealt with it."""
    request = made.ask("Write a letter to Ann", task=made.new_task(mode))
    assert made.wait(10)
    return request


def steps(store: Store) -> tuple[list[Decided], list[Outcome]]:
    every = decisions.history(store)
    return (
        [one for one in every if isinstance(one, Decided)],
        [one for one in every if isinstance(one, Outcome)],
    )


def test_a_question_keeps_its_decision_and_the_answer_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "decide", lambda *given: CARD)
    with session(tmp_path) as made:
        request = asked(made)
        (decided,), none = steps(made.store)
        assert decided.shown is not None

        made.answer(decided.shown, "Friendly", "option")
        assert made.wait(10)

        (_, (ended,)) = steps(made.store)
        assert none == []
        assert (decided.turn, decided.action, decided.facet) == (request, "ask", "tone")
        assert (decided.vector, decided.vector_key) == ((0.5, 0.25), "k")
        assert (decided.ask, decided.assume, decided.later) == (14.1, 11.8, float("-inf"))
        assert (decided.propensity, decided.policy, decided.why) == (0.97, "2", CARD.why)
        assert (ended.how, ended.words, ended.y, ended.weight) == ("changed", "Friendly", 1.0, 1.0)
        assert ended.ms is not None
        assert ended.ms >= 0
        assert made.store.verify() == ()


def test_typing_past_a_card_ends_its_decision_as_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "decide", lambda *given: CARD)
    with session(tmp_path) as made:
        request = asked(made)
        monkeypatch.setattr(ask, "decide", lambda *given: Decision("act"))

        made.ask("And a poem", task=tasks.turn(made.store, request).task)
        assert made.wait(10)

        assert [one.how for one in steps(made.store)[1]] == ["ignored"]


def test_a_stated_guess_is_shown_by_its_draft_and_accepting_it_says_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "decide", lambda *given: replace(CARD, action="assume"))
    with session(tmp_path) as made:
        request = asked(made)
        (decided,), _ = steps(made.store)
        assert decided.shown is not None

        made.accept(decided.shown)
        made.accept(decided.shown)

        (ended,) = steps(made.store)[1]
        assert tasks.turn(made.store, decided.shown).parent == request
        assert (ended.how, ended.y, ended.weight) == ("accepted", 0.0, 0.2)


def test_a_temporary_chat_leaves_no_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "decide", lambda *given: CARD)
    with session(tmp_path) as made:
        asked(made, "temporary")

        assert steps(made.store) == ([], [])


@pytest.mark.parametrize(
    ("facet", "aspect", "how"),
    [
        ("length", "length", "criticised"),
        ("tone", "tone", "criticised"),
        ("tone", "length", None),
        ("budget", "length", None),
    ],
)
def test_a_critique_about_the_facet_says_that_asking_was_worth_it(
    facet: str, aspect: str, how: str | None
) -> None:
    store = Store(None)
    task = tasks.create(store, "Tea")
    request = tasks.add_turn(store, a_turn(task.id))
    draft = tasks.add_turn(store, a_turn(task.id, request.id, "draft", "A drink."))
    heard = [replace(a_wish(), aspect=aspect)]
    _, (wish,) = critiques.add(store, a_critique(draft.id), heard)
    made = replace(a_decision(store, request.id), facet=facet, action="assume")
    decisions.add(store, made)

    deciding.accepted(store, request.id, [wish])

    ended = decisions.outcomes(store, made.id)
    assert [(one.how, one.wish) for one in ended] == ([(how, wish.id)] if how else [])
    assert store.verify() == ()


def test_what_was_asked_is_not_labelled_by_the_reply(tmp_path: Path) -> None:
    store = Store(None)
    task = tasks.create(store, "Tea")
    request = tasks.add_turn(store, a_turn(task.id))
    made = decisions.add(store, a_decision(store, request.id))

    deciding.accepted(store, request.id, [])

    assert decisions.outcomes(store, made.id) == ()


@pytest.mark.parametrize("quick", [True, False])
def test_drafts_are_compared_only_where_they_cost_no_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: bool
) -> None:
    seen: list[Point] = []

    def decide(point: Point, *_: object) -> Decision:
        seen.append(point)
        return CARD

    monkeypatch.setattr(ask, "decide", decide)
    monkeypatch.setattr(ScriptedModel, "quick", quick)
    with session(tmp_path) as made:
        asked(made)

    assert [point.cheap_drafts for point in seen] == [quick]
