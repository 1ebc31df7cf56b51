"""What a person says about their own wishes changes their stance on lessons, never a preference."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.session import Session
from data import ledger, tasks
from data.types import Check, Lesson, Mode, Stance, Turn
from tests import stand_ins
from ui import ledger as shown

BLUNT = "be blunt"
SHORT = Check("max_words", (("n", 25),))


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Session]:
    with stand_ins.session(tmp_path) as one:
        yield one


def lesson(made: Session, effect: str, check: Check | None = None) -> str:
    """An acting lesson of the person's."""
    entry = Lesson("", "", effect, "", (), check, made.store.now(), "active", "endorsed")
    return ledger.add(made.store, entry).id


def says(made: Session, words: str, mode: Mode = "normal") -> str:
    """The chat in which the person says this about a reply."""
    chat = made.new_task(mode)
    made.ask("What is rain?", task=chat)
    assert made.wait(10)
    made.critique(drafts(made, chat)[-1].id, words)
    assert made.wait(10)
    return chat


def drafts(made: Session, chat: str) -> list[Turn]:
    return [one for one in tasks.turns(made.shelf.of_task(chat), chat) if one.kind == "draft"]


def stance(made: Session, id: str) -> Stance:
    return ledger.get(made.store, id).stance


def test_a_lesson_against_the_wish_is_a_habit_and_the_wish_is_noted(made: Session) -> None:
    blunt = lesson(made, BLUNT)

    chat = says(made, "I wish I were less harsh")

    assert stance(made, blunt) == "habit"
    (noted,) = ledger.all(made.store, ("noted",))
    assert (noted.effect, noted.stance) == ("be less harsh", "wished")
    last = tasks.turns(made.store, chat)[-1]
    assert last.kind == "notice"
    assert "'be blunt' is a habit, as you say; it does not act any more." in last.text


def test_it_makes_no_preference_and_no_new_draft(made: Session) -> None:
    chat = says(made, "don't let me be so wordy")

    assert len(drafts(made, chat)) == 1
    assert made.store.rows("SELECT count(*) FROM preference") == [(0,)]


def test_a_lesson_like_the_wish_is_wished_for_and_none_is_added(made: Session) -> None:
    short = lesson(made, "use at most 25 words", SHORT)

    says(made, "don't let me be so wordy")

    assert [one.id for one in ledger.all(made.store)] == [short]
    assert stance(made, short) == "wished"


def test_what_is_asked_for_from_habit_does_not_act_until_it_is_wanted_again(made: Session) -> None:
    tables = lesson(made, "use a table", Check("table"))

    says(made, "I only ask for tables out of habit")

    assert stance(made, tables) == "habit"
    row = shown.rows(ledger.all(made.store), {})[0]
    assert (row["group"], row["can"]) == ("off", ["approve", "amend", "forget"])
    assert row["standing"] == "a habit, as you said, and not what you want: it does not act"
    made.approve(tables)
    assert stance(made, tables) == "endorsed"


def test_lessons_about_something_else_keep_their_stance(made: Session) -> None:
    english = lesson(made, "answer in English", Check("language", (("code", "en"),)))

    says(made, "I wish I were less harsh")

    assert stance(made, english) == "endorsed"


@pytest.mark.parametrize("mode", ["temporary", "no_learning"])
def test_a_chat_that_teaches_nothing_changes_no_stance(made: Session, mode: Mode) -> None:
    blunt = lesson(made, BLUNT)

    says(made, "I wish I were less harsh", mode)

    assert stance(made, blunt) == "endorsed"
    assert len(ledger.all(made.store)) == 1


def test_what_was_pasted_changes_no_stance(made: Session) -> None:
    blunt = lesson(made, BLUNT)

    says(made, 'Too long. My friend wrote: "I wish I were less harsh"')

    assert stance(made, blunt) == "endorsed"
