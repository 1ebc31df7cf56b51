"""A lesson of which every word is kept out of learning waits for a fresh yes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.session import Session
from data import consent, ledger, preferences, tasks, versions
from data.types import Lesson, Preference, Refusal
from tests.records import request_in
from tests.saying import approved
from tests.stand_ins import session


def _now(made: Session, lesson: Lesson) -> Lesson:
    return ledger.get(made.store, lesson.id)


def _of(made: Session, request: str) -> list[Preference]:
    """The rows for a request that may be learned from."""
    return [one for one in preferences.training(made.store) if one.prompt[-1].text == request]


def _close(made: Session, task: str) -> None:
    made.dont_learn(tasks.turns(made.store, task)[0].id)


def test_an_acting_lesson_waits_for_a_yes_and_the_person_is_told(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        task, lesson = approved(made)

        _close(made, task)

        assert _now(made, lesson).status == "noted"
        said = tasks.turns(made.store, task)[-1]
        assert (said.kind, said.text.partition(" waits ")[0]) == ("notice", repr(lesson.effect))
        with pytest.raises(Refusal, match="nothing new to teach"):
            made.learn()


def test_a_learned_lesson_leaves_the_weights(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        task, lesson = approved(made)
        made.learn()
        assert made.wait(60)
        assert _now(made, lesson).status == "learned"

        _close(made, task)

        assert versions.live(made.store) is None
        assert (_now(made, lesson).status, _now(made, lesson).place) == ("noted", "prompt")
        assert preferences.training(made.store) == ()


def test_a_fresh_yes_lets_it_act_and_be_taught_without_those_words(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        task, lesson = approved(made)
        _close(made, task)

        made.approve(lesson.id)
        made.learn()
        assert made.wait(60)

        assert _now(made, lesson).status == "learned"
        rows = preferences.training(made.store)
        assert rows
        assert all(row.critique is None for row in rows)


def test_examples_made_for_a_request_that_is_kept_out_afterwards_are_not_learned_from_again(
    tmp_path: Path,
) -> None:
    request = request_in("train")
    with session(tmp_path) as made:
        _, lesson = approved(made)
        asked = made.ask(request)
        assert made.wait(20)
        made.learn()
        assert made.wait(60)
        (before,) = _of(made, request)

        made.dont_learn(asked)

        assert (before.lesson, before.critique) == (lesson.id, None)
        assert _of(made, request) == []
        assert _now(made, lesson).status == "learned"
        assert preferences.training(made.store) != ()


def test_a_lesson_that_was_said_elsewhere_too_goes_on(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        first, lesson = approved(made)
        second, same = approved(made)

        _close(made, first)
        once = _now(made, lesson).status
        _close(made, second)

        assert same.id == lesson.id
        assert (once, _now(made, lesson).status) == ("active", "noted")


def test_letting_the_words_back_in_is_no_yes(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        task, lesson = approved(made)
        _close(made, task)

        made.dont_learn(tasks.turns(made.store, task)[0].id, True)

        assert _now(made, lesson).status == "noted"
        assert consent.closed(made.store) == frozenset()


def test_a_yes_that_came_before_is_taken_back_with_the_next_words(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        first, lesson = approved(made)
        _close(made, first)
        made.approve(lesson.id)
        second, _ = approved(made)

        _close(made, second)

        assert _now(made, lesson).status == "noted"
