"""A lesson whose words are all kept out of learning is closed, also after its chat is deleted."""

from __future__ import annotations

import pytest

from data import consent, critiques, ledger, preferences, tasks
from data.store import Store
from data.types import Mode
from tests.records import Taught, a_critique, a_preference, a_turn, a_wish, request_in, taught


@pytest.fixture
def store() -> Store:
    return Store(None)


def said_again(store: Store, whole: Taught) -> str:
    """The same wish in another chat, as evidence of the lesson; gives the chat."""
    task = tasks.create(store, "Coffee").id
    draft = tasks.add_turn(store, a_turn(task, kind="draft", text="Coffee, oh coffee."))
    _, (wish,) = critiques.add(store, a_critique(draft.id), [a_wish()])
    ledger.add_evidence(store, whole.lesson.id, "wish", whole.wish.id)
    ledger.add_evidence(store, whole.lesson.id, "wish", wish.id)
    return task


def test_a_lesson_is_closed_with_the_turn_that_it_comes_from(store: Store) -> None:
    whole, other = taught(store), taught(store)

    tasks.set_learn(store, whole.request.id, False)

    assert consent.closed(store) == {whole.lesson.id}
    tasks.set_learn(store, other.request.id, False)
    tasks.set_learn(store, whole.request.id, True)
    assert consent.closed(store) == {other.lesson.id}


def test_a_lesson_that_was_said_elsewhere_too_stays_open(store: Store) -> None:
    whole = taught(store)
    said_again(store, whole)

    tasks.set_learn(store, whole.request.id, False)

    assert consent.closed(store) == frozenset()


def test_deleting_the_chat_of_a_closed_lesson_does_not_open_it(store: Store) -> None:
    whole = taught(store)
    made = a_preference(request_in("train", "pool"), lesson=whole.lesson.id)
    preferences.add(store, made)
    tasks.set_learn(store, whole.request.id, False)

    tasks.delete(store, whole.task.id)

    assert consent.closed(store) == {whole.lesson.id}
    assert preferences.training(store) == ()
    assert preferences.signals(store) == ()
    assert store.verify() == ()


@pytest.mark.parametrize("deleted", [0, 1])
def test_of_two_chats_the_open_one_counts_whichever_is_deleted(store: Store, deleted: int) -> None:
    whole = taught(store)
    chats = [whole.task.id, said_again(store, whole)]
    tasks.set_learn(store, whole.request.id, False)

    tasks.delete(store, chats[deleted])

    assert consent.closed(store) == frozenset()


def test_of_two_closed_chats_none_opens_the_lesson(store: Store) -> None:
    whole = taught(store)
    chats = [whole.task.id, said_again(store, whole)]
    for chat in chats:
        for turn in tasks.turns(store, chat):
            tasks.set_learn(store, turn.id, False)

    for chat in chats:
        tasks.delete(store, chat)

    assert consent.closed(store) == {whole.lesson.id}


@pytest.mark.parametrize("mode", ["no_learning", "temporary"])
def test_a_chat_without_learning_closes_its_lessons(store: Store, mode: Mode) -> None:
    whole = taught(store, mode=mode)

    assert consent.closed(store) == {whole.lesson.id}


def test_a_lesson_that_came_from_no_chat_is_open(store: Store) -> None:
    whole = taught(store)
    tasks.delete(store, whole.task.id)

    assert consent.closed(store) == frozenset()


def test_a_yes_opens_a_closed_lesson_until_more_of_its_words_are_closed(store: Store) -> None:
    whole = taught(store)
    again = said_again(store, whole)
    for turn in tasks.turns(store, whole.task.id):
        tasks.set_learn(store, turn.id, False)
    before = consent.closed_wishes(store)
    for turn in tasks.turns(store, again):
        tasks.set_learn(store, turn.id, False)

    consent.renew(store, whole.lesson.id)
    renewed = consent.closed(store)
    rest = consent.withdraw(store, sorted(consent.closed_wishes(store) - before))

    assert renewed == frozenset()
    assert rest == {whole.lesson.id}
    assert consent.closed(store) == {whole.lesson.id}
