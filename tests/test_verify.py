"""Verify finds what nobody would notice: each kind of damage gets its own sentence."""

from __future__ import annotations

import pytest

from data import tasks, verify, versions
from data.store import Store
from tests.records import a_turn, request_in, taught


def sound() -> Store:
    """A store with a row in most tables, and nothing wrong."""
    store = Store(None)
    whole = taught(store)
    tasks.add_turn(store, a_turn(whole.task.id, whole.request.id, "draft", "A drink."))
    run = versions.start_run(store, "gate")
    versions.add_metric(store, run.id, "adherence", "held", 1.0)
    return store


def test_a_sound_store_has_nothing_to_say() -> None:
    assert sound().verify() == ()


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE turn SET parent = 'nowhere' WHERE kind = 'draft'", "names the turn 'nowhere'"),
        ("UPDATE turn SET adapter = 99", "names the adapter 99"),
        ("DELETE FROM critique", "wish table names the critique"),
        ("DELETE FROM wish", "lesson table names the wish"),
        ("DELETE FROM lesson", "preference table names the lesson"),
        ("DELETE FROM prompt", "preference table names the prompt"),
        ("DELETE FROM run", "metric table names the run"),
        ("UPDATE turn SET state = 'asleep'", "the state 'asleep', which is none of"),
        ("UPDATE wish SET settled = 'maybe'", "the settled 'maybe', which is none of"),
        ("UPDATE critique SET trust = 'blind'", "the trust 'blind', which is none of"),
        ("UPDATE critique SET mark = 'star'", "the mark 'star', which is none of"),
        ("UPDATE lesson SET stance = 'hoped'", "the stance 'hoped', which is none of"),
        ("UPDATE lesson SET kind = 'whim'", "the kind 'whim', which is none of"),
        ("UPDATE lesson SET place = 'weights'", "is 'active' and acts from 'weights'"),
        (
            "INSERT INTO checker VALUES ('c', 'x', '[]', 'spare', NULL)",
            "the split 'spare', which is none of",
        ),
        ("UPDATE wish SET quote_quote = 'too short'", "quotes 'too short', which is not in"),
        ("UPDATE wish SET quote_quote = NULL", "has no quote"),
        ("UPDATE prompt SET split = 'held'", "but its hash says 'train'"),
        ("UPDATE prompt SET text = 'other words'", "is not the hash of its text"),
        ("UPDATE preference SET split = 'held'", "is 'held', but its prompt is 'train'"),
        ("UPDATE turn SET number = 1", "have the number 1 twice"),
        (
            "INSERT INTO task VALUES ('z', 'Z', 'normal', (SELECT min(id) FROM turn), 1)",
            "is a turn of another task",
        ),
        (
            "INSERT INTO adapter VALUES (1, NULL, '', '', '', 0, '', '', 'live'),"
            " (2, NULL, '', '', '', 0, '', '', 'live')",
            "2 adapter versions are live at once",
        ),
    ],
)
def test_damage_is_found_and_named(damage: str, sentence: str) -> None:
    store = sound()

    store.execute(damage)

    assert any(sentence in found for found in store.verify()), store.verify()


def test_a_version_that_holds_a_fact_is_found() -> None:
    store = sound()
    store.execute("UPDATE lesson SET kind = 'fact'")
    store.execute("INSERT INTO adapter VALUES (1, NULL, '', '', '', 0, '', '', 'candidate')")

    store.execute("INSERT INTO adapter_lesson SELECT 1, id, 0 FROM lesson")

    assert any("is a fact, which is only remembered" in found for found in store.verify())


def test_a_turn_that_hangs_in_another_chat_is_found() -> None:
    store = sound()
    other = tasks.create(store, "Coffee")

    store.execute("UPDATE turn SET task = ? WHERE kind = 'draft'", [other.id])

    assert any("is of another task than its parent" in found for found in store.verify())


def test_every_link_rule_and_closed_set_can_be_asked_of_the_current_schema() -> None:
    store = Store(None)
    asked: list[str] = []

    def rows(sql: str) -> list[tuple[object, ...]]:
        asked.append(sql)
        return store.rows(sql)

    assert verify.findings(rows) == ()
    assert len(asked) > 70


def test_a_rule_names_words_of_the_prompt_that_are_wrong() -> None:
    store = sound()
    words = request_in("train")

    store.execute("INSERT INTO prompt VALUES ('0', ?, 'chat', 'train')", [words])

    assert store.verify() == (f"The prompt '0' is not the hash of its text {words!r}.",)
