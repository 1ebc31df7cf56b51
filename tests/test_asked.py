"""The history of questions over all chats."""

from __future__ import annotations

from data import asked, tasks
from data.store import Store
from data.types import Question, Turn, TurnKind


def _turn(store: Store, task: str, parent: str | None, kind: TurnKind, text: str) -> str:
    entry = Turn("", task, parent, kind, text, 0, "human", "typed", store.now())
    return tasks.add_turn(store, entry).id


def test_questions_of_all_chats_stand_between_the_requests_in_time() -> None:
    store = Store(None)
    one, two = tasks.create(store, "one").id, tasks.create(store, "two").id
    first = _turn(store, one, None, "request", "Write to Ann")
    card = _turn(store, one, first, "question", "How formal?")
    tasks.add_question(store, Question(card, "why", "tone", ("formal", "warm"), "warm"))
    reply = _turn(store, one, card, "answer", "formal")
    tasks.answer_question(store, card, "option", reply)
    second = _turn(store, two, None, "request", "What is rain?")

    seen = asked.history(store)

    assert [each.turn for each in seen] == [first, card, second]
    assert (seen[1].trait, seen[1].how, seen[1].words) == ("tone", "option", "formal")
    assert (seen[0].trait, seen[2].trait) == ("", "")
