"""A lesson as a person comes to it: a request, a critique, a yes; and as far as a test wants it.

Knows the session's verbs alone, so it goes with any model behind them.
"""

from __future__ import annotations

from assistant.session import Session
from data import ledger
from data.types import Lesson

BRIEF = "Always answer in one short sentence."
WAIT = 60  # seconds: two busy cores


def noted(made: Session, words: str = BRIEF) -> tuple[str, Lesson]:
    """A new chat and its one lesson: the repair was accepted, and the lesson waits for a yes."""
    task = made.new_task()
    made.ask("Why does it rain?", task=task)
    assert made.wait(WAIT)
    made.critique(made.hub.snapshot(task).turns[-1].id, words)
    assert made.wait(WAIT)
    (lesson,) = made.accept(made.hub.snapshot(task).turns[-1].id)
    return task, ledger.get(made.store, lesson)


def approved(made: Session, words: str = BRIEF) -> tuple[str, Lesson]:
    """A new chat and its one lesson, which acts from the prompt."""
    task, lesson = noted(made, words)
    made.approve(lesson.id)
    return task, ledger.get(made.store, lesson.id)


def learned(made: Session, words: str = BRIEF) -> tuple[str, Lesson]:
    """A new chat and its one lesson, which the weights hold."""
    task, lesson = approved(made, words)
    made.learn()
    assert made.wait(WAIT)
    found = ledger.get(made.store, lesson.id)
    assert found.status == "learned"
    return task, found
