"""Lessons that contradict: the newest holds, the older is set aside, and the person is asked."""

from __future__ import annotations

from pathlib import Path

from assistant.session import Session
from data import ledger, tasks
from data.types import Lesson
from tests.records import a_lesson
from tests.saying import noted
from tests.stand_ins import session

LISTS, NO_LISTS = "From now on always use bullet points.", "Never use bullet points."


def _opposed(made: Session) -> tuple[Lesson, Lesson]:
    """A lesson that acts, and a newer one that says the opposite and waits for a yes."""
    _, old = noted(made, LISTS)
    made.approve(old.id)
    _, new = noted(made, NO_LISTS)
    return old, new


def _standing(made: Session, *lessons: Lesson) -> list[str]:
    return [ledger.get(made.store, one.id).status for one in lessons]


def _notices(made: Session) -> list[str]:
    return [
        turn.text
        for task in tasks.listing(made.store)
        for turn in tasks.turns(made.store, task.id)
        if turn.kind == "notice"
    ]


def test_the_older_is_set_aside_and_its_chat_asks_which_should_hold(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        old, new = _opposed(made)

        made.approve(new.id)

        assert _standing(made, old, new) == ["retired", "active"]
        (asked,) = _notices(made)
        assert asked.startswith(f"Should {old.effect!r} still hold?")
        assert f"heed lessons --approve {old.id}" in asked
        assert made.hub.snapshot(None).notice == asked


def test_the_older_is_brought_back_as_the_notice_says(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        old, new = _opposed(made)
        made.approve(new.id)

        made.approve(old.id)

        assert _standing(made, old, new) == ["active", "retired"]
        assert len(_notices(made)) == 2


def test_other_words_may_contradict_too(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        (_, old), (_, new) = noted(made, LISTS), noted(made)
        made.approve(old.id)
        made.approve(new.id)
        before = _standing(made, old, new)

        made.edit_lesson(new.id, effect="do not use bullet points")

        assert before == ["active", "active"]
        assert _standing(made, old, new) == ["retired", "active"]
        assert "still hold?" in _notices(made)[-1]


def test_a_learned_lesson_that_is_edited_into_the_opposite_sets_the_older_aside(
    tmp_path: Path,
) -> None:
    with session(tmp_path) as made:
        (_, old), (_, new) = noted(made, LISTS), noted(made)
        made.approve(new.id)
        made.learn()
        assert made.wait(60)
        assert ledger.get(made.store, new.id).status == "learned"
        made.approve(old.id)

        anew = made.edit_lesson(new.id, effect="do not use bullet points")

        assert anew != new.id
        assert _standing(made, old) == ["retired"]
        assert ledger.get(made.store, anew).status == "active"
        assert ledger.get(made.store, new.id).status == "retired"


def test_a_narrower_place_is_an_exception_and_both_stay(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        wide, narrow = _opposed(made)
        made.edit_lesson(narrow.id, scope="emails")

        made.approve(narrow.id)

        assert _standing(made, wide, narrow) == ["active", "active"]
        (edge,) = ledger.edges(made.store)
        assert (edge.winner, edge.loser, edge.kind) == (narrow.id, wide.id, "exception_to")
        assert _notices(made) == []


def test_an_exception_that_is_widened_is_one_no_more(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        wide, narrow = _opposed(made)
        made.edit_lesson(narrow.id, scope="emails")
        made.approve(narrow.id)

        made.edit_lesson(narrow.id, scope="")

        assert _standing(made, wide, narrow) == ["retired", "active"]
        assert [edge.kind for edge in ledger.edges(made.store)] == ["contradicts"]


def test_a_lesson_that_does_not_act_is_not_set_aside_and_sets_none_aside(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        old, new = _opposed(made)
        made.set_stance(old.id, "habit")
        made.approve(new.id)
        waiting = ledger.add(made.store, a_lesson(status="noted"))

        made.edit_lesson(waiting.id, effect="use bullet points")

        assert _standing(made, old, new) == ["active", "active"]
        assert _notices(made) == []
