"""At a request hold the lessons in scope; where one is an exception of another, the exception."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from data.types import Check, Condition, Lesson
from feedback import holding
from tests.stand_ins import embed

AT = datetime(2026, 1, 1, tzinfo=UTC)
MAIL, TEA = "Write an email to Ada.", "What is tea?"
BOSS = "Write an email to my boss."
MAILS: Condition = (("channel", "email"),)


def lesson(id: str, name: str, where: Condition = (), **args: str | float) -> Lesson:
    return Lesson(id, "", id, "", where, Check(name, tuple(args.items())), AT)


LISTS, NO_LISTS = lesson("lists", "bullets", min=2), lesson("none", "no_bullets", MAILS)
SHORT = lesson("short", "max_sentences", n=1)
TO_BOSS = lesson("boss", "bullets", (*MAILS, ("recipient", "boss")), min=2)


@pytest.mark.parametrize(
    ("lessons", "request_", "holds"),
    [
        ((LISTS, SHORT), MAIL, ["lists", "short"]),
        ((LISTS, NO_LISTS, SHORT), TEA, ["lists", "short"]),
        ((LISTS, NO_LISTS, SHORT), MAIL, ["none", "short"]),
        ((NO_LISTS, LISTS), MAIL, ["none"]),
        ((LISTS, NO_LISTS, TO_BOSS), BOSS, ["boss"]),
        ((LISTS, NO_LISTS, TO_BOSS), MAIL, ["none"]),
    ],
)
def test_exceptions_come_before_rules(
    lessons: Sequence[Lesson], request_: str, holds: list[str]
) -> None:
    assert [one.id for one in holding.of(lessons, embed)(request_)] == holds


def test_requests_outside_the_exceptions_of_a_lesson() -> None:
    assert holding.outside([MAIL, TEA], LISTS, [NO_LISTS, SHORT], embed) == (TEA,)
    assert holding.outside([MAIL, TEA], NO_LISTS, [LISTS, SHORT], embed) == (MAIL, TEA)
