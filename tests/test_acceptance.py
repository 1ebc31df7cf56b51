"""What a person's acts about replies become: pairs from acceptance, rephrasing and moving on."""

from __future__ import annotations

from pathlib import Path

from assistant import acceptance
from assistant.scripted import ScriptedModel
from assistant.session import Session
from data import critiques, ledger, preferences
from tests.stand_ins import LONG, session

RAIN = "Why does it rain so often?"


def _repaired(made: Session, words: str) -> tuple[str, str]:
    """A chat in which a reply was criticised and repaired, and the repaired reply."""
    task = made.new_task()
    made.ask(RAIN, task=task)
    assert made.wait(20)
    made.critique(made.hub.snapshot(task).turns[-1].id, words)
    assert made.wait(20)
    return task, made.hub.snapshot(task).turns[-1].id


def test_a_repair_that_nobody_accepted_is_a_lighter_pair_where_code_can_check_it(
    tmp_path: Path,
) -> None:
    with session(tmp_path) as made:
        task, _ = _repaired(made, "too long, one sentence please")

        made.ask("And why does it snow?", task=task)
        assert made.wait(20)
        made.ask("And hail?", task=task)
        assert made.wait(20)

        (row,) = preferences.training(made.store) + preferences.held(made.store)
        assert (row.made_by, row.source, row.lesson) == ("checked", "check", None)
        assert row.rejected == LONG
        assert row.prompt[-1].text == RAIN


def test_where_code_cannot_check_all_of_it_going_on_says_nothing(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        task, _ = _repaired(made, "one sentence please, and be friendlier")

        made.ask("And why does it snow?", task=task)
        assert made.wait(20)

        assert preferences.signals(made.store) == ()


def test_a_reply_to_the_same_request_in_other_words_is_better_than_the_first(
    tmp_path: Path,
) -> None:
    def talk(messages: object, version: int | None) -> str:
        return "Clouds cool, and drops that grow heavy fall." if "here" in str(messages) else LONG

    with session(tmp_path, ScriptedModel(home=tmp_path, write=talk)) as made:
        task = made.new_task()
        first = made.ask(RAIN, task=task)
        assert made.wait(20)
        made.ask("Why does it rain so often here?", beside=first)
        assert made.wait(20)
        made.accept(made.hub.snapshot(task).turns[-1].id)

        (row,) = preferences.signals(made.store)
        (choice,) = critiques.choices(made.store, task)
        assert (row.made_by, row.choice, choice.picked) == ("choice", choice.id, "right")
        assert (row.prompt[-1].text, row.rejected) == (RAIN, LONG)

        made.delete(task)
        assert preferences.signals(made.store) == ()
        assert made.store.verify() == ()


def test_another_request_in_the_place_of_the_first_compares_nothing(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        task = made.new_task()
        first = made.ask(RAIN, task=task)
        assert made.wait(20)
        made.ask("What does a short plumber do?", beside=first)
        assert made.wait(20)
        made.accept(made.hub.snapshot(task).turns[-1].id)

        assert preferences.signals(made.store) == ()


def test_which_gate_refused_a_pair_is_kept_with_its_draft_and_no_words_of_it(
    tmp_path: Path,
) -> None:
    with session(tmp_path) as made:
        _, draft = _repaired(made, "that is wrong, it was in 1969. And make it short.")

        made.accept(draft)

        assert preferences.signals(made.store) == ()
        found = [one.why for one in ledger.events(made.store, draft)]
        assert found == ["claim"]
        assert ledger.events(made.store, draft)[0].after == acceptance.UNUSABLE
        (why,) = acceptance.unusable(made.store, draft)
        assert why == "it rests on a fact that nobody has checked"
