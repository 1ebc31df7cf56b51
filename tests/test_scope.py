"""Whether a lesson speaks about a request: every key must match, and unknown keys never do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from data.types import Condition, Lesson
from feedback import scope
from tests.words import embed

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def lesson(condition: Condition = (), where: str = "") -> Lesson:
    return Lesson("l", "w", "use no emoji", where, condition, None, NOW)


@pytest.mark.parametrize(
    ("condition", "request_", "holds"),
    [
        ((("channel", "email"),), "Write an e-mail to Ann", True),
        ((("channel", "email"),), "Write a poem", False),
        ((("channel", "email"), ("recipient", "my boss")), "an email to my manager", True),
        ((("channel", "email"), ("recipient", "my boss")), "an email to my sister", False),
        ((("recipient", "clients"),), "What do I tell the client?", True),
        ((("task_type", "ideas"),), "Suggest a gift", True),
        ((("task_type", "ideas"),), "When was Rome built?", False),
        ((("topic", "cooking"),), "Is cooking hard?", True),
        ((("topic", "cooking"),), "Is chess hard?", False),
        ((("language", "de"),), "Was ist das und wie ist es für mich?", True),
        ((("language", "de"),), "What is this?", False),
        ((("audience", "kids"),), "a story for children", True),
        ((("mood", "sad"),), "a sad story", False),
        ((), "anything", True),
        ((("channel", "email"),), "", False),
    ],
)
def test_a_condition_holds_or_not(condition: Condition, request_: str, holds: bool) -> None:
    assert scope.applies(lesson(condition), request_, embed) is holds


def test_a_scope_in_words_holds_by_closeness() -> None:
    chess = lesson(where="a chess opening for beginners")

    assert scope.applies(chess, "Which chess opening suits beginners?", embed)
    assert not scope.applies(chess, "How do I boil an egg?", embed)
