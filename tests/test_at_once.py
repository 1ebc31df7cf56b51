"""What arrives twice at the same moment, from two clicks or two tabs, happens once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from data import tasks
from data.types import Question, Refusal, Turn
from tests.stand_ins import session

TIMES = 4


def at_once(act: Callable[[], object]) -> list[str]:
    """Does it on four threads at the same moment; gives what was refused."""
    ready = threading.Barrier(TIMES)
    refused: list[str] = []

    def run() -> None:
        ready.wait(5)
        try:
            act()
        except Refusal as refusal:
            refused.append(str(refusal))

    threads = [threading.Thread(target=run) for _ in range(TIMES)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    return refused


def test_a_reply_that_is_accepted_twice_at_once_makes_one_pair(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        made.ask("Why does it rain?")
        made.wait(20)
        (chat,) = tasks.listing(made.store)
        first = tasks.turns(made.store, chat.id)[-1]
        made.critique(first.id, "Too long. From now on answer in one short sentence.")
        made.wait(20)
        draft = tasks.turns(made.store, chat.id)[-1]

        at_once(lambda: made.accept(draft.id))

        assert made.store.rows("SELECT count(*) FROM preference") == [(1,)]
        assert made.store.rows("SELECT count(*) FROM lesson") == [(1,)]


def test_a_question_that_is_answered_twice_at_once_is_answered_once(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        chat = tasks.create(made.store, "rain").id
        now = made.store.now()
        request = tasks.add_turn(
            made.store, Turn("", chat, None, "request", "Why?", 0, "human", "typed", now)
        )
        asked = tasks.add_turn(
            made.store, Turn("", chat, request.id, "question", "Short?", 0, "model", "typed", now)
        )
        question = Question(
            turn=asked.id, reason="", trait="length", options=("yes", "no"), assumption="yes"
        )
        tasks.add_question(made.store, question)

        refused = at_once(lambda: made.answer(asked.id, "yes", "option"))

        made.wait(20)
        answers = [one for one in tasks.turns(made.store, chat) if one.kind == "answer"]
        assert len(answers) == 1
        assert refused == ["This question was answered already."] * (TIMES - 1)
