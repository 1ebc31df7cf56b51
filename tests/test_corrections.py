"""What is done to a chip is kept: what it was, what it became, by whom and when; and it teaches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.session import Session
from data import corrections, critiques, ledger, tasks
from data.corrections import Outcome
from data.types import Refusal, Turn, Wish
from tests import stand_ins


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Session]:
    with stand_ins.session(tmp_path) as one:
        yield one


def drafts(made: Session, chat: str) -> list[Turn]:
    return [one for one in tasks.turns(made.store, chat) if one.kind == "draft"]


def heard(made: Session, words: str = "just one sentence please") -> Wish:
    """The chip of a critique of a new reply."""
    request = made.ask("What is rain?")
    assert made.wait(10)
    chat = tasks.turn(made.store, request).task
    (wish,) = critiques.wishes(made.store, made.critique(drafts(made, chat)[-1].id, words))
    assert made.wait(10)
    return wish


def outcomes(made: Session) -> tuple[Outcome, ...]:
    return corrections.outcomes(made.store, "owner")


def test_an_edit_is_kept_with_both_wordings_the_person_and_the_moment(made: Session) -> None:
    wish = heard(made)

    made.settle_wish(wish.id, "edited", effect="use at most 12 words")

    kept = corrections.of_wish(made.store, wish.id)
    assert [(one.field, one.was, one.became) for one in kept] == [
        ("settled", "no", "edited"),
        ("effect", wish.effect, "use at most 12 words"),
    ]
    assert {one.by for one in kept} == {"owner"}
    assert all(one.at.tzinfo is not None for one in kept)
    assert outcomes(made) == (Outcome("style", "reply", meant=False, reached=True),)


def test_a_chip_that_is_right_or_of_an_accepted_reply_counts_as_right(made: Session) -> None:
    said, taken = heard(made), heard(made)

    made.settle_wish(said.id, "yes")
    chat = tasks.turn(made.store, critiques.get(made.store, taken.critique).turn).task
    made.accept(drafts(made, chat)[-1].id)
    made.accept(drafts(made, chat)[-1].id)

    assert outcomes(made) == (Outcome("style", "reply", meant=True, reached=True),) * 2
    assert len(corrections.of_wish(made.store, taken.id)) == 1


def test_no_feedback_is_wrong_and_says_nothing_of_the_scope(made: Session) -> None:
    made.settle_wish(heard(made).id, "rejected")

    assert outcomes(made) == (Outcome("style", "reply", meant=False, reached=None),)


def test_a_correction_taken_back_leaves_the_reading_right(made: Session) -> None:
    wish = heard(made)

    made.settle_wish(wish.id, "yes", reach="always", when="")
    made.settle_wish(wish.id, "yes", reach="reply")

    assert outcomes(made) == (Outcome("style", "reply", meant=True, reached=True),)
    assert [one.status for one in ledger.all(made.store)] == ["retired"]


def test_what_is_often_corrected_is_asked_about_the_next_time(made: Session) -> None:
    for _ in range(3):
        made.settle_wish(heard(made).id, "rejected")

    assert heard(made).route == "ask"


def test_a_reading_that_was_asked_about_can_be_confirmed(made: Session) -> None:
    for _ in range(3):
        made.settle_wish(heard(made).id, "rejected")
    asked = heard(made)

    made.settle_wish(asked.id, "yes")

    now = critiques.wish(made.store, asked.id)
    assert (now.settled, now.route) == ("yes", "ask")  # what was read stays as it was read


def test_when_makes_a_lesson_for_that_place_alone(made: Session) -> None:
    wish = heard(made)

    made.settle_wish(wish.id, "yes", reach="topic", when="emails to my boss")

    (lesson,) = ledger.all(made.store)
    assert lesson.condition == (("channel", "email"), ("recipient", "my boss"))
    assert (lesson.status, lesson.stance) == ("active", "endorsed")
    assert critiques.wish(made.store, wish.id).reach == "topic"


def test_always_after_when_takes_the_narrower_lesson_back(made: Session) -> None:
    wish = heard(made)
    made.settle_wish(wish.id, "yes", reach="topic", when="emails to my boss")

    made.settle_wish(wish.id, "yes", reach="always", when="")

    (acting,) = ledger.all(made.store, ledger.ACTING)
    assert (acting.condition, acting.scope) == ((), "")
    assert critiques.wish(made.store, wish.id).condition == ()


def test_other_words_reach_the_lesson_that_stands_on_them(made: Session) -> None:
    wish = heard(made)
    made.settle_wish(wish.id, "yes", reach="always", when="")

    made.settle_wish(wish.id, "edited", effect="use at most 12 words")

    (acting,) = ledger.all(made.store, ledger.ACTING)
    assert acting.effect == "use at most 12 words"
    assert acting.check is not None
    assert acting.check.name == "max_words"


@pytest.mark.parametrize("words", ["", "  ", "...", "\x00"])
def test_when_without_words_is_refused_and_changes_nothing(made: Session, words: str) -> None:
    wish = heard(made)

    with pytest.raises(Refusal, match="Say when it should hold"):
        made.settle_wish(wish.id, "yes", reach="topic", when=words)

    assert critiques.wish(made.store, wish.id) == wish
    assert corrections.of_wish(made.store, wish.id) == ()


def test_a_deleted_chat_takes_its_corrections_along(made: Session) -> None:
    wish = heard(made)
    made.settle_wish(wish.id, "edited", effect="use at most 12 words")

    made.delete(tasks.turn(made.store, critiques.get(made.store, wish.critique).turn).task)

    assert made.store.rows("SELECT count(*) FROM correction") == [(0,)]
    assert made.store.verify() == ()
