"""Which lessons and facts stand in a prompt, and that their words are embedded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from assistant import memory
from assistant.memory import Memory
from assistant.scripted import ScriptedModel
from data import ledger, tasks
from data.store import Store
from data.types import Condition, Lesson, LessonStatus, Refusal
from feedback import facts, scope
from tests.records import a_lesson
from tests.stand_ins import session
from tests.words import embed

CHESS = "a chess opening for beginners"


@dataclass
class Counting:
    """An embedder that keeps what it was asked for."""

    asked: list[list[str]] = field(default_factory=list)
    turned: bool = False  # makes other vectors, as another model would

    def __call__(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked.append(list(texts))
        return [[-x for x in one] for one in embed(texts)] if self.turned else embed(texts)


@pytest.fixture
def store() -> Store:
    return Store(None)


def rule(
    store: Store,
    effect: str,
    where: str = "",
    condition: Condition = (),
    status: LessonStatus = "active",
) -> Lesson:
    made = replace(a_lesson(status=status), effect=effect, scope=where, condition=condition)
    return ledger.add(store, made)


def fact(store: Store, words: str, where: str = "", condition: Condition = ()) -> Lesson:
    effect = f'keep in mind that the person says: "{words}"'
    made = replace(a_lesson(status="memory"), effect=effect, scope=where, condition=condition)
    return ledger.add(store, replace(made, kind="fact"))


def standing(store: Store, request: str) -> list[str]:
    return [facts.said(one.effect) for one in Memory(store, embed).standing(request)]


def cached(store: Store) -> set[str]:
    return {text for (text,) in store.rows("SELECT text FROM embedding")}


def test_every_acting_lesson_of_this_place_stands(store: Store) -> None:
    rule(store, "use one sentence")
    rule(store, "use bullets", status="learned")
    rule(store, "be warm", status="memory")
    rule(store, "name the moves", CHESS)
    rule(store, "sign it", condition=(("channel", "email"),))
    rule(store, "use emoji", status="noted")
    rule(store, "use headings", status="retired")
    ledger.add(store, replace(a_lesson(stance="habit"), effect="use dashes"))

    everywhere = ["use one sentence", "use bullets", "be warm"]
    assert standing(store, "What is rain?") == everywhere
    assert standing(store, "Which chess opening is for beginners?") == [
        *everywhere,
        "name the moves",
    ]
    assert standing(store, "Write an email.") == [*everywhere, "sign it"]


def test_an_exception_silences_the_general_lesson_where_it_holds(store: Store) -> None:
    general = rule(store, "use bullets")
    mail = (("channel", "email"),)
    narrow = rule(store, "use no bullets", condition=mail)
    ledger.add_edge(store, narrow.id, general.id, "exception_to", mail)

    assert standing(store, "Write an email.") == ["use no bullets"]
    assert standing(store, "What is rain?") == ["use bullets"]


def test_an_exception_that_weights_hold_still_silences_the_prompt(store: Store) -> None:
    general = rule(store, "use bullets", status="memory")
    narrow = rule(store, "use no bullets", "", (("channel", "email"),), "learned")
    ledger.add_edge(store, narrow.id, general.id, "exception_to", narrow.condition)

    assert standing(store, "Write an email.") == ["use no bullets"]


def test_an_exception_that_was_switched_off_silences_nothing(store: Store) -> None:
    general = rule(store, "use bullets")
    narrow = rule(store, "use no bullets", "", (("channel", "email"),), "retired")
    ledger.add_edge(store, narrow.id, general.id, "exception_to", narrow.condition)

    assert standing(store, "Write an email.") == ["use bullets"]


def test_facts_stand_before_rules_and_only_where_they_bear_on_the_request(store: Store) -> None:
    rule(store, "use one sentence")
    fact(store, "our product is called Orbit")

    assert standing(store, "Describe our product.") == [
        "our product is called Orbit",
        "use one sentence",
    ]
    assert standing(store, "Why is the sky blue?") == ["use one sentence"]


def test_of_few_facts_those_about_the_person_always_stand(store: Store) -> None:
    fact(store, "I am vegetarian")
    fact(store, "our product is called Orbit")
    name = replace(a_lesson(status="memory"), effect='call the person "Sam"', kind="fact")
    ledger.add(store, name)

    assert standing(store, "Why is the sky blue?") == ["I am vegetarian", "Sam"]


def test_of_many_facts_the_five_nearest_stand(store: Store) -> None:
    for number in range(4):
        fact(store, f"my brother number {number} likes chess")
    near = [fact(store, f"my brother {name} plays chess") for name in ("Anton", "Berta", "Caesar")]
    fact(store, "I am vegetarian")

    found = standing(store, "Write to my brother who plays chess.")

    assert len(found) == memory.FACTS
    assert {facts.said(one.effect) for one in near} <= set(found)
    assert standing(store, "Why is the sky blue?") == []


def test_a_fact_with_a_place_stands_there_and_nowhere_else(store: Store) -> None:
    for number in range(9):
        fact(store, f"my aunt {number} writes email")
    fact(store, "my title is captain", "emails", (("channel", "email"),))

    assert "my title is captain" in standing(store, "Write an email to my aunt.")
    assert "my title is captain" not in standing(store, "What is my title, captain?")


def test_the_words_of_a_lesson_are_embedded_once_and_kept(store: Store) -> None:
    rule(store, "name the moves", CHESS)
    rule(store, "name the birds", "falconry", (("topic", "falconry"),))
    fact(store, "our product is called Orbit")
    first, second = Counting(), Counting()

    Memory(store, first).standing("What is rain?")
    Memory(store, second).standing("What is snow?")

    words = {CHESS, "falconry", "our product is called Orbit"}
    assert cached(store) == words
    assert {text for call in first.asked for text in call} - {"a probe"} == {
        "What is rain?",
        *words,
    }
    assert second.asked == [["a probe"], ["What is snow?"]]


def test_nothing_is_embedded_where_nothing_is_compared(store: Store) -> None:
    rule(store, "use one sentence")
    rule(store, "sign it", condition=(("channel", "email"),))
    fact(store, "I am vegetarian")
    embedder = Counting()

    assert len(Memory(store, embedder).standing("Write an email.")) == 3
    assert embedder.asked == []


def test_another_embedder_shares_no_vectors(store: Store) -> None:
    rule(store, "name the moves", CHESS)
    Memory(store, embed).standing("What is rain?")
    other = Counting(turned=True)

    Memory(store, other).standing("What is rain?")

    assert other.asked[-1] == ["What is rain?", CHESS]


def test_an_empty_request_is_near_nothing(store: Store) -> None:
    rule(store, "name the moves", CHESS)

    assert standing(store, "  ") == []


@pytest.mark.parametrize("end", ["retired", "removed", "said differently"])
def test_a_lesson_that_no_longer_acts_leaves_no_vector(store: Store, end: str) -> None:
    gone = rule(store, "name the moves", CHESS)
    rule(store, "name the birds", "falconry", (("topic", "falconry"),))
    Memory(store, embed).standing("What is rain?")

    if end == "removed":
        ledger.remove(store, gone.id)
    elif end == "retired":
        ledger.change(store, replace(gone, status="retired"), "switched off")
    else:
        ledger.change(store, replace(gone, scope="a game of chess"), "edited")

    assert cached(store) == {"falconry"}


def test_a_lesson_that_is_forgotten_while_it_is_embedded_leaves_no_vector(store: Store) -> None:
    gone = rule(store, "name the moves", CHESS)
    rule(store, "name the birds", "falconry", (("topic", "falconry"),))

    def slow(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        if CHESS in texts:
            ledger.remove(store, gone.id)
        return embed(texts)

    Memory(store, slow).standing("What is rain?")

    assert cached(store) == {"falconry"}


def test_what_is_compared_is_what_a_scope_asks_for(store: Store) -> None:
    conditions: tuple[Condition, ...] = (
        (),
        (("channel", "email"), ("topic", "falconry")),
        (("task_type", "recipe"),),
        (("task_type", "eulogy"),),
        (("recipient", "my boss"), ("language", "de"), ("mood", "sad")),
    )
    for condition in conditions:
        asked: list[str] = []

        def near(words: str, request: str, into: list[str] = asked) -> float:
            into.append(words)
            return 1.0

        lesson = replace(a_lesson(), scope=CHESS, condition=condition)
        scope.holds(lesson, "An email to my boss", near)

        assert set(asked) <= set(scope.compared(lesson))


def test_a_fact_that_is_approved_acts_at_once_and_is_never_taught(tmp_path: Path) -> None:
    model = ScriptedModel(["Soup.", "Lentil soup.", "Bean stew."], home=tmp_path)
    with session(tmp_path, model) as made:
        made.ask("What shall I cook?")
        assert made.wait(10)
        (chat,) = tasks.listing(made.store)
        made.critique(tasks.turns(made.store, chat.id)[-1].id, "I am vegetarian.")
        assert made.wait(10)
        (lesson,) = made.accept(tasks.turns(made.store, chat.id)[-1].id)
        made.approve(lesson)
        approved = ledger.get(made.store, lesson)
        made.ask("And tomorrow?", task=chat.id)
        assert made.wait(10)

        told = 'Keep in mind that the person says: "I am vegetarian".'
        assert (approved.kind, approved.status, approved.place) == ("fact", "memory", "prompt")
        assert model.seen[-1][-1].text == f"And tomorrow?\n\n{told}"
        assert tasks.turns(made.store, chat.id)[-1].lessons == (lesson,)
        with pytest.raises(Refusal, match="nothing new to teach"):
            made.learn()
        made.approve(lesson)
        made.edit_lesson(lesson, effect="call the person Sam")
        assert ledger.get(made.store, lesson).status == "memory"
        assert made.store.verify() == ()
