"""How many tokens lessons in the weights save: counted with each reply, and read in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import saved
from assistant.saved import Saved
from data import ledger, tasks
from data.store import Store
from data.types import Message
from tests.records import a_lesson, a_turn
from tests.stand_ins import session
from tests.test_teaching import _learned

if TYPE_CHECKING:
    from assistant.network import Network


def words(messages: Sequence[Message]) -> int:
    return sum(len(one.text.split()) for one in messages)


def test_what_is_not_in_the_prompt_is_counted() -> None:
    said = [Message("user", "What is rain?")]
    short, warm = (replace(a_lesson(), effect=e) for e in ("use one sentence", "be warm"))

    assert saved.of(words, said, [short, warm], [warm]) == 3
    assert saved.of(words, said, [short, warm], []) == 5
    assert saved.of(words, said, [warm], [warm]) == 0


def test_the_newest_reply_and_all_replies_are_told(tmp_path: Path) -> None:
    store = Store(None)
    assert saved.read(store) == Saved(0, 0, 0)
    task = tasks.create(store, "Tea")
    request = tasks.add_turn(store, a_turn(task.id))
    for made_with in ('{"saved": 7}', "{}", '{"saved": 0}', '{"saved": 5, "accepted": true}'):
        draft = a_turn(task.id, request.id, "draft", "Tea.")
        tasks.add_turn(store, replace(draft, made_with=made_with))

    assert saved.read(store) == Saved(last=5, total=12, turns=2)


def test_a_learned_lesson_saves_its_words_in_each_reply_of_its_scope(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)
        before = saved.read(made.store)

        made.ask("What is snow?")
        assert made.wait(10)

        cost = len(lesson.effect.split())
        assert before == Saved(0, 0, 0)
        assert saved.read(made.store) == Saved(cost, cost, 1)


@pytest.mark.parametrize("act", ["again", "undo"])
def test_a_lesson_in_the_prompt_saves_nothing(tmp_path: Path, act: str) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)
        made.ask("What is snow?")
        assert made.wait(10)
        draft = made.hub.snapshot(tasks.listing(made.store)[0].id).turns[-1]
        if act == "undo":
            made.undo()

        made.again(draft.id)
        assert made.wait(10)

        cost = len(lesson.effect.split())
        assert ledger.get(made.store, lesson.id).place == ("prompt" if act == "undo" else "weights")
        now = saved.read(made.store)
        assert now == (Saved(0, cost, 1) if act == "undo" else Saved(cost, 2 * cost, 2))


@pytest.mark.weights
def test_a_real_tokenizer_counts_the_words_of_the_lesson(
    tiny_network: Network, tmp_path: Path
) -> None:
    from assistant.model import LocalModel

    model = LocalModel(tiny_network, tmp_path)
    said = [Message("user", "What is rain?")]
    short = replace(a_lesson(), effect="use one sentence")

    spared = saved.of(model.count, said, [short], [])

    assert spared == len("\n\nUse one sentence.")  # the tiny network's tokens are bytes
