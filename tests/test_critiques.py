"""A critique keeps its words, its wishes their reading; what a person settles is written down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data import critiques, ledger, preferences, tasks
from data.store import Store
from data.types import Choice, Origin, Refusal
from tests.records import a_critique, a_lesson, a_turn, a_wish, taught


@pytest.fixture
def store() -> Store:
    return Store(None)


def test_a_critique_and_its_wishes_are_kept_together_and_numbered(store: Store) -> None:
    task = tasks.create(store, "Tea")
    draft = tasks.add_turn(store, a_turn(task.id, kind="draft"))

    critique, found = critiques.add(
        store, a_critique(draft.id), [a_wish(), a_wish("drop the jokes", "make no jokes")]
    )

    assert critiques.of_turn(store, draft.id) == (critique,)
    assert critiques.of_task(store, task.id) == (critique,)
    assert critiques.wishes(store, critique.id) == found
    assert critiques.wishes_of_task(store, task.id) == found
    assert [(wish.critique, wish.number) for wish in found] == [(critique.id, 1), (critique.id, 2)]
    assert store.verify() == ()


def test_a_newer_parser_adds_wishes_and_changes_none(store: Store) -> None:
    first = taught(store)

    critiques.add_wishes(store, first.critique.id, [a_wish("drop the jokes", "make no jokes")])

    before, after = critiques.wishes(store, first.critique.id)
    assert before == first.wish
    assert after.number == 2


def test_what_the_person_settled_or_widened_is_written_with_its_events(store: Store) -> None:
    wish = taught(store).wish

    critiques.change_wish(
        store, replace(wish, settled="edited", reach="topic", effect="be brief"), "a chip"
    )

    kept = critiques.wish(store, wish.id)
    assert (kept.settled, kept.reach, kept.effect) == ("edited", "topic", "be brief")
    assert {(event.before, event.after) for event in ledger.events(store, wish.id)} == {
        ("no", "edited"),
        ("always", "topic"),
        ("use at most 25 words", "be brief"),
    }


def test_what_the_parser_read_is_never_changed(store: Store) -> None:
    wish = taught(store).wish

    with pytest.raises(ValueError, match="keeps its 'polarity'"):
        critiques.change_wish(store, replace(wish, polarity=-1, settled="yes"), "a chip")

    assert critiques.wish(store, wish.id) == wish


def test_a_forgotten_critique_leaves_no_words_and_withdraws_what_rested_on_it(store: Store) -> None:
    gone = taught(store)
    critiques.change_wish(store, replace(gone.wish, effect="be brief"), "a chip")

    critiques.remove(store, gone.critique.id)

    assert critiques.of_task(store, gone.task.id) == ()
    assert critiques.wishes_of_task(store, gone.task.id) == ()
    assert ledger.events(store, gone.wish.id) == ()
    assert preferences.training(store) == ()
    assert store.verify() == ()
    with pytest.raises(Refusal, match="There is no critique"):
        critiques.remove(store, gone.critique.id)


def test_one_wish_of_a_critique_goes_with_its_words_and_the_other_stays(store: Store) -> None:
    task = tasks.create(store, "Tea")
    draft = tasks.add_turn(store, a_turn(task.id, kind="draft"))
    critique, (long, jokes) = critiques.add(
        store, a_critique(draft.id), [a_wish(), a_wish("drop the jokes", "make no jokes")]
    )
    lesson = ledger.add(store, a_lesson(jokes.id))
    critiques.change_wish(store, replace(jokes, effect="be serious"), "a chip")

    left = critiques.remove_wishes(store, critique.id, [jokes.id])

    assert left == critiques.get(store, critique.id).text == "too long"
    assert critiques.wishes(store, critique.id) == (long,)
    assert ledger.get(store, lesson.id).wish == ""
    assert ledger.events(store, jokes.id) == ()
    assert store.verify() == ()


def test_a_critique_whose_last_wish_goes_is_removed(store: Store) -> None:
    whole = taught(store)

    assert critiques.remove_wishes(store, whole.critique.id, [whole.wish.id]) == ""

    assert critiques.of_task(store, whole.task.id) == ()


def test_a_choice_between_two_drafts_is_kept_with_who_chose(store: Store) -> None:
    task = tasks.create(store, "Tea")
    left = tasks.add_turn(store, a_turn(task.id, kind="draft", text="one"))
    right = tasks.add_turn(store, a_turn(task.id, kind="draft", text="two"))
    choice = Choice("", left.id, right.id, "right", "they differ", "shorter", Origin(rater="ada"))

    kept = critiques.add_choice(store, choice)

    assert critiques.choices(store, task.id) == (kept,)
    assert kept == replace(choice, id=kept.id)
    assert kept.id
