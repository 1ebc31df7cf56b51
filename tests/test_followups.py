"""A request that only changes a reply is about what that reply is about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.session import Session
from data import tasks
from feedback import followups
from tests.stand_ins import session

CHATS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "followups.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(("part", "missed"), [("open", 0), ("beside", 1)])
def test_changes_to_a_reply_are_told_from_requests_of_their_own(part: str, missed: int) -> None:
    """The words were written before the rules; those "beside" were not looked at meanwhile."""
    asked = [one for one in CHATS if one["part"] == part]

    wrong = [text for one in asked for text in one["alone"] if followups.follows(text)]
    lost = [text for one in asked for text in one["follows"] if not followups.follows(text)]

    assert wrong == []
    assert len(lost) <= missed, lost


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ([], ""),
        (["make it shorter"], "make it shorter"),
        (["Mail Tom", "make it warmer"], "Mail Tom. make it warmer"),
        (
            ["What is rain?", "Write an email to Tom.", "shorter", "in German please"],
            "Write an email to Tom. shorter. in German please",
        ),
        (["Write an email to Tom.", "What is rain?"], "What is rain?"),
        (["Write an email to Tom.", "Make it a poem instead."], "Make it a poem instead."),
        (["Mail Tom.", "Make this shorter: rain is wet"], "Make this shorter: rain is wet"),
    ],
)  # fmt: skip
def test_the_subject_goes_back_to_the_request_that_says_what_is_made(
    asked: list[str], about: str
) -> None:
    assert followups.subject(asked) == about


def test_a_lesson_about_emails_still_holds_when_the_email_is_changed(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        first = made.ask("Write an email to Tom about the meeting.")
        assert made.wait(10)
        task = tasks.turn(made.store, first).task
        (draft,) = [one for one in tasks.turns(made.store, task) if one.kind == "draft"]
        made.critique(draft.id, "In emails, always sign off with Kim.")
        assert made.wait(10)
        (lesson,) = made.accept(_last(made, task))
        made.approve(lesson)

        for text in ("make it friendlier", "What is rain?"):
            made.ask(text, task=task)
            assert made.wait(10)
            said = tasks.turn(made.store, _last(made, task))
            assert (lesson in said.lessons) is (text != "What is rain?")


def _last(made: Session, task: str) -> str:
    drafts = [one for one in tasks.turns(made.store, task) if one.kind == "draft"]
    return drafts[-1].id
