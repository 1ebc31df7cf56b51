"""A chat is a tree: every branch stays, and each can be reached again."""

from __future__ import annotations

from pathlib import Path

from assistant.session import Session
from data import tasks
from data.types import Turn
from tests.stand_ins import session


def _drafts(made: Session, task: str) -> list[Turn]:
    return [one for one in tasks.turns(made.store, task) if one.kind == "draft"]


def _asked(made: Session, text: str = "What is rain?") -> Turn:
    request = made.ask(text)
    assert made.wait(10)
    return _drafts(made, tasks.turn(made.store, request).task)[-1]


def test_the_first_request_in_other_words_is_a_branch_beside_it(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        draft = _asked(made)
        first = tasks.path_to(made.store, draft.id)[0]

        second = made.ask("What is snow?", beside=first.id)
        assert made.wait(10)

        shown = made.hub.snapshot(draft.task)
        assert shown.turns[0].id == second
        assert shown.siblings[second] == (first.id, second)
        assert [one.kind for one in shown.turns] == ["request", "draft"]


def test_a_critique_of_an_earlier_reply_leaves_a_way_back_to_what_came_after(
    tmp_path: Path,
) -> None:
    with session(tmp_path) as made:
        first = _asked(made)
        later = made.ask("What is snow?", task=first.task)
        assert made.wait(10)
        made.critique(first.id, "only one sentence")
        assert made.wait(10)
        shown = made.hub.snapshot(first.task)
        assert [one.kind for one in shown.turns] == ["request", "draft", "critique", "draft"]
        assert shown.siblings[shown.turns[2].id] == (later, shown.turns[2].id)

        made.show(later)

        asked = [one.text for one in made.hub.snapshot(first.task).turns if one.kind == "request"]
        assert asked == ["What is rain?", "What is snow?"]


def test_the_branch_that_is_shown_is_the_one_that_was_worked_on_last(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        first = _asked(made)
        made.critique(first.id, "only one sentence")
        assert made.wait(10)
        made.keep(first.id)
        later = made.ask("What is snow?", task=first.task)
        assert made.wait(10)
        assert first.parent is not None
        made.ask("What is hail?", beside=first.parent)
        assert made.wait(10)

        made.show(first.parent)

        assert later in [one.id for one in made.hub.snapshot(first.task).turns]


def test_keeping_the_old_reply_puts_the_repair_out_of_sight(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        draft = _asked(made)
        made.critique(draft.id, "just one sentence please")
        assert made.wait(10)

        made.keep(draft.id)

        assert made.hub.snapshot(draft.task).turns[-1].id == draft.id
        assert len(_drafts(made, draft.task)) == 2
