"""Chats are trees of turns: numbered siblings, branches, questions, drafts cut off by a crash."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from data import caches, critiques, ledger, preferences, rows, tasks
from data.store import Store
from data.types import Disclosure, Question, Refusal, Turn
from tests.records import a_lesson, a_preference, a_turn, taught


@pytest.fixture
def store() -> Store:
    return Store(None)


def test_the_chat_with_the_newest_turn_comes_first(store: Store) -> None:
    tea, coffee = tasks.create(store, "Tea"), tasks.create(store, "Coffee")

    tasks.add_turn(store, a_turn(tea.id))

    assert [task.title for task in tasks.listing(store)] == ["Tea", "Coffee"]
    assert tasks.get(store, coffee.id) == coffee


def test_a_search_looks_in_titles_and_bodies_in_any_case(store: Store) -> None:
    tea, coffee = tasks.create(store, "Grüner TEE"), tasks.create(store, "Coffee")
    tasks.create(store, "Milk")
    tasks.add_turn(store, a_turn(coffee.id, text="100% like grüner Tee_"))

    found = tasks.listing(store, "GRÜNER tee")

    assert {task.id for task in found} == {tea.id, coffee.id}
    assert [task.id for task in tasks.listing(store, "100% like")] == [coffee.id]
    assert tasks.listing(store, "%") == tasks.listing(store, "100%")


def test_a_chat_is_renamed_but_never_left_without_a_title(store: Store) -> None:
    task = tasks.create(store, "New chat")

    tasks.rename(store, task.id, "  Tea ")

    assert tasks.get(store, task.id).title == "Tea"
    with pytest.raises(Refusal, match="needs a title"):
        tasks.rename(store, task.id, " \n")


@pytest.mark.parametrize("scale", [-0.1, 1.6, float("nan")])
def test_a_strength_out_of_range_is_refused(store: Store, scale: float) -> None:
    task = tasks.create(store, "Tea")

    with pytest.raises(Refusal, match=r"from 0 to 1\.5"):
        tasks.set_scale(store, task.id, scale)

    assert tasks.set_scale(store, task.id, 1.5).scale == 1.5


def test_siblings_of_a_kind_are_numbered_and_the_newest_turn_is_shown(store: Store) -> None:
    task = tasks.create(store, "Tea")
    request = tasks.add_turn(store, a_turn(task.id))

    first = tasks.add_turn(store, a_turn(task.id, request.id, "draft", "one"))
    second = tasks.add_turn(store, a_turn(task.id, request.id, "draft", "two"))
    notice = tasks.add_turn(store, a_turn(task.id, request.id, "notice", "learned"))
    edited = tasks.add_turn(store, a_turn(task.id, None, "request", "Tell me about coffee."))

    assert [turn.number for turn in (request, first, second, notice, edited)] == [1, 1, 2, 1, 2]
    assert tasks.get(store, task.id).head == edited.id
    assert tasks.turns(store, task.id) == (request, first, second, notice, edited)


def test_a_path_leads_from_the_root_to_the_turn_and_leaves_other_branches_out(store: Store) -> None:
    task = tasks.create(store, "Tea")
    request = tasks.add_turn(store, a_turn(task.id))
    tasks.add_turn(store, a_turn(task.id, request.id, "draft", "one"))
    second = tasks.add_turn(store, a_turn(task.id, request.id, "draft", "two"))
    after = tasks.add_turn(store, a_turn(task.id, second.id, "request", "And coffee?"))

    assert tasks.path_to(store, after.id) == (request, second, after)


def test_a_turn_cannot_hang_below_a_turn_of_another_chat(store: Store) -> None:
    tea, coffee = tasks.create(store, "Tea"), tasks.create(store, "Coffee")
    request = tasks.add_turn(store, a_turn(tea.id))

    with pytest.raises(Refusal, match="is not of the chat"):
        tasks.add_turn(store, a_turn(coffee.id, request.id))
    with pytest.raises(Refusal, match="is not of the chat"):
        tasks.set_head(store, coffee.id, request.id)

    assert tasks.turns(store, coffee.id) == ()


def test_a_draft_is_written_on_until_it_is_done_and_its_words_then_stay(store: Store) -> None:
    task = tasks.create(store, "Tea")
    draft = tasks.add_turn(store, a_turn(task.id, kind="draft", text="", state="writing"))

    tasks.write_turn(store, draft.id, text="Tea is", adapter=3, lessons=("l1", "l2"))
    tasks.write_turn(store, draft.id, text="Tea is a", state="stopped", stop_at=6)
    tasks.write_turn(store, draft.id, made_with='{"accepted": true}')

    kept = tasks.turn(store, draft.id)
    assert (kept.text, kept.state, kept.stop_at) == ("Tea is a", "stopped", 6)
    assert (kept.adapter, kept.lessons, kept.made_with) == (3, ("l1", "l2"), '{"accepted": true}')
    with pytest.raises(Refusal, match="its words stay as they are"):
        tasks.write_turn(store, draft.id, text="Tea is a drink")
    assert tasks.write_turn(store, draft.id, adapter=None).adapter is None


def test_after_a_crash_a_draft_is_broken_and_keeps_its_text(store: Store) -> None:
    task, other = tasks.create(store, "Tea"), tasks.create(store, "Coffee")
    cut = tasks.add_turn(store, a_turn(task.id, kind="draft", text="Tea is", state="writing"))
    done = tasks.add_turn(store, a_turn(task.id, kind="draft", text="Tea is a drink."))
    tasks.add_turn(store, a_turn(other.id, kind="draft", state="writing"))

    assert tasks.mend(store, task.id) == 1
    assert tasks.mend(store) == 1
    assert tasks.mend(store) == 0

    assert tasks.turn(store, cut.id) == replace(cut, state="broken")
    assert tasks.turn(store, done.id) == done
    assert [event.after for event in ledger.events(store, cut.id)] == ["broken"]


def test_what_hangs_below_a_turn_not_to_learn_from_is_not_learned_from(store: Store) -> None:
    task = tasks.create(store, "Tea")
    request = tasks.add_turn(store, replace(a_turn(task.id), learn=False))
    draft = tasks.add_turn(store, a_turn(task.id, request.id, "draft"))
    open_request = tasks.add_turn(store, a_turn(task.id, None, "request", "And coffee?"))

    below = [turn.learn for turn in tasks.turns(store, task.id)]
    tasks.set_learn(store, request.id, True)

    assert below == [False, False, True]
    assert tasks.turn(store, draft.id).learn
    tasks.set_learn(store, draft.id, False)
    assert tasks.turn(store, request.id).learn
    assert tasks.turn(store, open_request.id).learn


def test_a_question_keeps_why_it_was_asked_and_how_it_was_answered(store: Store) -> None:
    task = tasks.create(store, "Tea")
    request = tasks.add_turn(store, a_turn(task.id))
    asked = tasks.add_turn(store, a_turn(task.id, request.id, "question", "For whom?"))
    question = Question(asked.id, "drafts differ", "audience", ("a child", "all"), "all")
    tasks.add_question(store, question)
    answer = tasks.add_turn(store, a_turn(task.id, asked.id, "answer", "a child"))

    tasks.answer_question(store, asked.id, "option", answer.id)

    kept = tasks.question(store, asked.id)
    assert kept == replace(question, answered="option", answer=answer.id)
    assert tasks.questions(store, task.id) == (kept,)
    assert [event.after for event in ledger.events(store, asked.id)] == ["option"]


def test_a_disclosure_hangs_on_its_turn(store: Store) -> None:
    task = tasks.create(store, "Tea")
    draft = tasks.add_turn(store, a_turn(task.id, kind="draft"))

    told = tasks.add_disclosure(store, Disclosure("", draft.id, "I made that up.", "doubt"))

    assert tasks.disclosures(store, task.id) == (told,)
    assert told.id


def test_a_deleted_chat_takes_along_what_was_said_in_it_and_what_was_made_of_that(
    store: Store,
) -> None:
    gone, kept = taught(store), taught(store)
    asked = tasks.add_turn(store, a_turn(gone.task.id, gone.request.id, "question", "For whom?"))
    tasks.add_question(store, Question(asked.id, "drafts differ", "audience", ("a", "b"), "a"))

    tasks.delete(store, gone.task.id)

    assert tasks.listing(store) == (replace(kept.task, head=kept.draft.id),)
    for table, left in {"turn": 2, "critique": 1, "wish": 1, "question": 0}.items():
        assert store.rows(f"SELECT count(*) FROM {table}") == [(left,)]
    assert preferences.training(store) == (kept.preference,)
    assert preferences.of_lesson(store, gone.lesson.id) == ()
    assert [prompt.text for prompt in preferences.prompts(store)] == [kept.request.text]
    assert ledger.get(store, gone.lesson.id) == replace(gone.lesson, wish="")
    assert critiques.wishes_of_task(store, kept.task.id) == (kept.wish,)
    assert store.verify() == ()


def test_a_lesson_that_outlives_its_chat_keeps_what_it_rests_on_elsewhere(store: Store) -> None:
    gone = taught(store)
    other = preferences.add(store, a_preference("What is tea made of?", lesson=gone.lesson.id))

    tasks.delete(store, gone.task.id)

    assert preferences.training(store) == (other,)


def test_examples_made_for_a_request_of_a_deleted_chat_go_unless_it_was_asked_elsewhere(
    store: Store, tmp_path: Path
) -> None:
    gone, kept = taught(store), taught(store)
    answers = tmp_path / "answers.json"
    answers.write_text("Tea, oh tea.")
    caches.add_target(store, "key", answers, 12, [kept.lesson.id])
    twice = "What is tea made of?"
    for chat in (gone.task, kept.task):
        tasks.add_turn(store, a_turn(chat.id, text=twice))
    only = tasks.add_turn(store, a_turn(gone.task.id, text="Why does it rain on me?"))
    made = [
        preferences.add(store, replace(a_preference(text, lesson=kept.lesson.id), target_key="key"))
        for text in (twice, only.text)
    ]

    tasks.delete(store, gone.task.id)

    rows = preferences.of_lesson(store, kept.lesson.id)
    assert rows == (kept.preference, made[0])
    assert not answers.exists()
    assert store.rows("SELECT 1 FROM prompt WHERE text = ?", [only.text]) == []
    assert store.verify() == ()


def test_fifty_long_chats_are_listed_and_searched_in_a_moment(store: Store) -> None:
    words = "many words about tea and how it is made " * 8
    turns, found = [], []
    for chat in range(50):
        task = tasks.create(store, f"Chat {chat}").id
        turns += [
            replace(a_turn(task, text=f"turn {number} of chat {chat}: {words}"), id=store.new_id())
            for number in range(400)
        ]
    _insert_fast(store, turns)

    for query in ("", "turn 399 of chat 42", "nowhere"):
        began = time.perf_counter()
        found.append(len(tasks.listing(store, query)))
        assert time.perf_counter() - began < 0.3

    began = time.perf_counter()
    path = tasks.path_to(store, turns[-1].id)
    assert time.perf_counter() - began < 0.3
    assert found == [50, 1, 0]
    assert len(path) == 1


def _insert_fast(store: Store, turns: list[Turn]) -> None:
    """Twenty thousand rows in one statement; one by one they would take most of a minute."""
    store.execute(
        f"INSERT INTO turn ({rows.listed(Turn)})"
        " SELECT unnest(?), unnest(?), NULL, 'request', unnest(?), 1, 'human', 'typed',"
        " TIMESTAMP '2026-05-04', 'done', NULL, NULL, [], true, '{}'",
        [[turn.id for turn in turns], [turn.task for turn in turns], [turn.text for turn in turns]],
    )


def test_a_lesson_without_a_wish_is_sound(store: Store) -> None:
    ledger.add(store, a_lesson(""))

    assert store.verify() == ()
