"""Decisions of the asker, what became of them, and the boundaries in a reply: kept and removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from data import checkpoints, decisions, tasks
from data.asking import Checkpoint, Decided
from data.store import Store
from data.types import Question, Refusal
from tests.records import AT, a_decision, a_turn, taught

OLD = (Path(__file__).parent / "fixtures" / "memory-0008.sql").read_text("utf-8")


def asked(store: Store) -> tuple[str, str]:
    """A chat with a request, and its request."""
    task = tasks.create(store, "Tea")
    return task.id, tasks.add_turn(store, a_turn(task.id)).id


def test_a_decision_comes_back_as_it_was_made() -> None:
    store = Store(None)
    _, turn = asked(store)

    made = decisions.add(store, a_decision(store, turn))

    assert decisions.get(store, made.id) == made
    assert decisions.of_turn(store, turn) == (made,)
    assert store.verify() == ()


def test_an_outcome_carries_its_label_and_the_same_ending_counts_once() -> None:
    store = Store(None)
    made = decisions.add(store, a_decision(store, asked(store)[1]))

    skipped = decisions.end(store, made.id, "skip", ms=900)
    again = decisions.end(store, made.id, "skip", ms=1200)
    away = decisions.end(store, made.id, "away")

    assert again == skipped
    assert (skipped.y, skipped.weight, skipped.ms) == (0.0, 1.0, 900)
    assert (away.y, away.weight) == (None, 0.0)
    assert decisions.outcomes(store, made.id) == (skipped, away)


def test_history_runs_by_time_and_leaves_out_what_is_not_to_be_learned_from() -> None:
    store = Store(None)
    task, turn = asked(store)
    made = decisions.add(store, a_decision(store, turn))
    ended = decisions.end(store, made.id, "default", "Formal")
    later = tasks.add_turn(store, a_turn(task, turn)).id

    before = decisions.history(store)
    tasks.set_learn(store, turn, False)

    assert before == (turn, made, ended, later)
    assert decisions.history(store) == ()


def test_a_deleted_chat_takes_its_decisions_and_boundaries_along() -> None:
    store = Store(None)
    task, turn = asked(store)
    made = decisions.add(store, a_decision(store, turn))
    decisions.end(store, made.id, "words", "like a pirate")
    draft = tasks.add_turn(store, a_turn(task, turn, "draft", "Ahoy.")).id
    checkpoints.add(store, Checkpoint("", draft, 1, "Start", "Ahoy.", 7, "{}", "{}", AT))

    tasks.delete(store, task)

    for table in ("decision", "outcome", "checkpoint"):
        assert store.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert store.verify() == ()


def test_what_a_lesson_settled_or_was_answered_with_goes_with_it() -> None:
    store = Store(None)
    whole = taught(store)
    turn = whole.request.id
    by_lesson = replace(a_decision(store, turn), lesson=whole.lesson.id)
    decisions.add(store, by_lesson)
    by_wish = decisions.add(store, a_decision(store, turn))
    decisions.end(store, by_wish.id, "words", "short", wish=whole.wish.id)
    by_words = decisions.add(store, a_decision(store, turn))
    decisions.end(store, by_words.id, "words", "Use At Most 25 Words")
    other = decisions.add(store, a_decision(store, turn))

    gone = decisions.remove_of(store, whole.lesson.id, [whole.wish.id], ["use at most 25 words"])

    assert gone == 3
    assert decisions.of_turn(store, turn) == (other,)
    assert store.verify() == ()


def test_a_vector_that_a_forgotten_lesson_moved_is_emptied_and_the_rest_stays() -> None:
    store = Store(None)
    _, turn = asked(store)
    made = decisions.add(store, a_decision(store, turn))

    decisions.blank_vectors(store, [turn])

    assert decisions.get(store, made.id) == replace(made, vector=(), vector_key="")


def test_a_boundary_gives_back_the_prefix_byte_for_byte() -> None:
    store = Store(None)
    task, turn = asked(store)
    draft = tasks.add_turn(store, a_turn(task, turn, "draft", "One.")).id
    prefix = "## One\n\n\tA  caf\u00e9 \u2014 \U0001f375 \r\n"

    made = checkpoints.add(store, Checkpoint("", draft, 2, "Two", prefix, 7, "{}", "{}", AT))

    assert checkpoints.get(store, made.id).prefix == prefix
    assert checkpoints.of_draft(store, draft) == (made,)
    checkpoints.remove_of(store, [draft])
    assert checkpoints.of_draft(store, draft) == ()


def test_what_hangs_on_nothing_is_refused() -> None:
    store = Store(None)

    with pytest.raises(Refusal, match="no turn 'x'"):
        decisions.add(store, a_decision(store, "x"))
    with pytest.raises(Refusal, match="no decision 'x'"):
        decisions.end(store, "x", "skip")
    with pytest.raises(Refusal, match="no draft 'x'"):
        checkpoints.add(store, Checkpoint("", "x", 1, "", "", 0, "{}", "{}", AT))


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE decision SET turn = 'x'", "decision table names the turn 'x'"),
        ("UPDATE decision SET shown = 'x'", "decision table names the turn 'x'"),
        ("UPDATE decision SET lesson = 'x'", "decision table names the lesson 'x'"),
        ("UPDATE decision SET action = 'nag'", "the action 'nag', which is none of"),
        ("UPDATE decision SET chances = [1.0]", "2 options and 1 chances"),
        ("UPDATE outcome SET decision = 'x'", "outcome table names the decision 'x'"),
        ("UPDATE outcome SET wish = 'x'", "outcome table names the wish 'x'"),
        ("UPDATE outcome SET how = 'shrug'", "the how 'shrug', which is none of"),
        ("UPDATE outcome SET weight = 3", "with the weight 3"),
        ("UPDATE checkpoint SET turn = 'x'", "checkpoint table names the turn 'x'"),
    ],
)
def test_damage_is_found_and_named(damage: str, sentence: str) -> None:
    store = Store(None)
    _, turn = asked(store)
    made = decisions.add(store, a_decision(store, turn))
    decisions.end(store, made.id, "skip")
    checkpoints.add(store, Checkpoint("", turn, 1, "", "", 0, "{}", "{}", AT))

    store.execute(damage)

    assert any(sentence in found for found in store.verify()), store.verify()


@pytest.mark.usefixtures("new_memories")
def test_questions_of_an_older_memory_become_decisions_with_their_outcomes(tmp_path: Path) -> None:
    path = tmp_path / "memory.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute(OLD)

    store = Store(path)

    steps = decisions.history(store)
    made = [one for one in steps if isinstance(one, Decided)]
    ended = [one for each in made for one in decisions.outcomes(store, each.id)]
    assert [one.facet for one in made] == ["tone", "length", "mood", "level"]
    assert [(one.how, one.words, one.y, one.weight) for one in ended] == [
        ("changed", "warm", 1.0, 1.0),
        ("default", "short", 0.0, 0.5),
        ("skip", "", 0.0, 1.0),
    ]
    questions = [one for task in tasks.listing(store) for one in tasks.questions(store, task.id)]
    assert [type(one) for one in questions] == [Question] * 4
    assert store.verify() == ()
    store.close()
