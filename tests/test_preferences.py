"""The training view gives exactly what a person meant to teach; nothing reads around it."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from data import critiques, ledger, preferences, tasks
from data.preferences import of_lesson
from data.split import prompt_id
from data.store import Store
from data.types import (
    Choice,
    LessonStatus,
    Message,
    Mode,
    Origin,
    Preference,
    Split,
    Stance,
    Trust,
)
from tests.records import a_lesson, a_preference, a_turn, request_in, taught

ROOT = Path(__file__).parent.parent
FLOORS = ("data", "feedback", "clarify", "assistant", "ui")


@pytest.fixture
def store() -> Store:
    return Store(None)


def test_a_request_is_one_prompt_and_keeps_its_first_origin_and_split(store: Store) -> None:
    words = request_in("audit", "pool")

    first = preferences.prompt(store, words, "pool")
    again = preferences.prompt(store, f"  {words.upper()}", "chat")

    assert again == first
    assert (first.id, first.split, first.origin) == (prompt_id(words), "audit", "pool")


def test_prompts_are_listed_by_origin_and_never_those_of_the_audit(store: Store) -> None:
    train = preferences.prompt(store, request_in("train", "pool"), "pool")
    held = preferences.prompt(store, request_in("held", "pool"), "pool")
    preferences.prompt(store, request_in("audit", "pool"), "pool")
    own = preferences.prompt(store, "Tell me about my tea.", "chat")

    assert set(preferences.prompts(store)) == {train, held, own}
    assert set(preferences.prompts(store, "pool")) == {train, held}


def test_a_pair_takes_its_split_from_its_last_request(store: Store) -> None:
    held, train = request_in("held"), request_in("train")
    pair = replace(
        a_preference(held),
        prompt=(Message("user", train), Message("assistant", "Yes."), Message("user", held)),
    )

    kept = preferences.add(store, pair)

    assert (kept.split, kept.prompt_id) == ("held", prompt_id(held))
    assert preferences.held(store) == (kept,)
    assert preferences.training(store) == ()


def test_a_pair_without_a_request_is_a_bug(store: Store) -> None:
    with pytest.raises(ValueError, match="answers a request"):
        preferences.add(store, replace(a_preference("x"), prompt=(Message("system", "Hi."),)))


def test_an_accepted_critique_of_an_active_lesson_is_trained_on(store: Store) -> None:
    whole = taught(store)

    assert preferences.training(store) == (whole.preference,)


@pytest.mark.parametrize("split", ["held", "audit"])
def test_only_the_split_train_is_trained_on(store: Store, split: str) -> None:
    row = taught(store).preference

    store.execute("UPDATE preference SET split = ? WHERE id = ?", [split, row.id])

    assert preferences.training(store) == ()


@pytest.mark.parametrize("mode", ["no_learning", "temporary"])
def test_nothing_is_trained_on_from_a_chat_without_learning(store: Store, mode: Mode) -> None:
    whole = taught(store, mode=mode)

    by_lesson_alone = a_preference(request_in("train"), lesson=whole.lesson.id)
    preferences.add(store, by_lesson_alone)

    assert preferences.training(store) == ()
    assert preferences.signals(store) == ()


def test_nothing_is_trained_on_from_a_turn_that_the_person_kept_out(store: Store) -> None:
    whole = taught(store)

    tasks.set_learn(store, whole.request.id, False)
    without = preferences.training(store)
    tasks.set_learn(store, whole.request.id, True)

    assert without == ()
    assert preferences.training(store) == (whole.preference,)


def _made(store: Store, request: str) -> Preference:
    """A teacher's row for a request, as a round makes it."""
    row = replace(a_preference(request), made_by="teacher", source="check", target_key="key")
    return preferences.add(store, row)


@pytest.mark.parametrize("split", ["train", "held"])
def test_what_a_teacher_made_for_a_request_that_the_person_kept_out_is_not_learned_from(
    store: Store, split: Split
) -> None:
    task = tasks.create(store, "Tea").id
    words = request_in(split)
    request = tasks.add_turn(store, a_turn(task, text=f"  {words.upper()}"))
    row = _made(store, words)
    read = preferences.training if split == "train" else preferences.held

    before = (read(store), preferences.signals(store))
    tasks.set_learn(store, request.id, False)
    kept_out = (read(store), preferences.signals(store))
    tasks.set_learn(store, request.id, True)

    assert before == ((row,), (row,))
    assert kept_out == ((), ())
    assert read(store) == (row,)


@pytest.mark.parametrize("mode", ["no_learning", "temporary"])
def test_what_a_teacher_made_for_a_request_is_learned_from_if_it_was_made_openly_too(
    store: Store, mode: Mode
) -> None:
    words = request_in("train")
    tasks.add_turn(store, a_turn(tasks.create(store, "Tea", mode).id, text=words))
    row = _made(store, words)

    closed = preferences.training(store)
    tasks.add_turn(store, a_turn(tasks.create(store, "Tea").id, text=words))

    assert closed == ()
    assert preferences.training(store) == (row,)


def test_a_row_for_a_prompt_of_our_own_needs_no_chat(store: Store) -> None:
    closed = tasks.add_turn(store, a_turn(tasks.create(store, "Tea").id, text="Another thing."))
    tasks.set_learn(store, closed.id, False)
    words = request_in("train")
    imported = replace(a_turn(tasks.create(store, "Old").id, text=words), trust="imported")
    tasks.add_turn(store, imported)
    row = _made(store, words)

    assert preferences.training(store) == (row,)


def test_what_a_teacher_made_of_a_request_with_its_answered_question_is_kept_out_with_it(
    store: Store,
) -> None:
    whole = taught(store)
    words = request_in("train", beside=f" in {whole.task.id}, for my boss")
    preferences.add(store, replace(a_preference(words), critique=whole.critique.id))
    _made(store, words)
    assert len(preferences.training(store)) == 3

    tasks.set_learn(store, whole.request.id, False)

    assert preferences.training(store) == ()


@pytest.mark.parametrize(
    ("trust", "trained"), [("typed", 1), ("confirmed", 1), ("pasted", 0), ("imported", 0)]
)
def test_only_typed_or_confirmed_words_are_trained_on(
    store: Store, trust: Trust, trained: int
) -> None:
    preferences.add(store, replace(a_preference(request_in("train")), trust=trust))

    assert len(preferences.training(store)) == trained


def test_a_withdrawn_pair_is_kept_and_never_trained_on(store: Store) -> None:
    whole = taught(store)

    preferences.withdraw(store, [whole.preference.id], "not what I meant")
    preferences.withdraw(store, [whole.preference.id], "said twice")

    assert preferences.training(store) == ()
    assert of_lesson(store, whole.lesson.id)[0].withdrawn is not None
    assert [event.why for event in ledger.events(store, whole.preference.id)] == [
        "not what I meant"
    ]


@pytest.mark.parametrize("stance", ["observed", "endorsed", "habit", "wished", "rejected"])
@pytest.mark.parametrize("status", ["noted", "active", "learned", "memory", "retired"])
def test_only_a_lesson_that_the_person_stands_behind_is_trained_on(
    store: Store, status: LessonStatus, stance: Stance
) -> None:
    lesson = ledger.add(store, a_lesson(status=status, stance=stance))
    preferences.add(store, a_preference(request_in("train"), lesson=lesson.id))

    trained = bool(preferences.training(store))

    assert trained == (status in ("active", "learned") and stance in ("endorsed", "wished"))


def test_a_row_whose_lesson_is_gone_is_not_trained_on(store: Store) -> None:
    preferences.add(store, a_preference(request_in("train"), lesson="forgotten"))

    assert preferences.training(store) == ()


@pytest.mark.parametrize("claim", ["unverified", "refuted"])
def test_a_fact_that_nobody_checked_is_not_trained_on(store: Store, claim: str) -> None:
    whole = taught(store)
    from_the_critique = a_preference(request_in("train"), critique=whole.critique.id)
    preferences.add(store, from_the_critique)

    store.execute("UPDATE wish SET claim = ?", [claim])
    unchecked = preferences.training(store)
    store.execute("UPDATE wish SET settled = 'rejected'")

    assert unchecked == ()
    assert len(preferences.training(store)) == 2


def test_a_choice_counts_only_if_both_of_its_drafts_may_be_learned_from(store: Store) -> None:
    task = tasks.create(store, "Tea")
    drafts = [tasks.add_turn(store, a_turn(task.id, kind="draft", text=text)) for text in "ab"]
    choice = Choice("", drafts[0].id, drafts[1].id, "left", "they differ", "", Origin())
    kept = critiques.add_choice(store, choice)
    preferences.add(store, a_preference(request_in("train"), choice=kept.id))

    before = len(preferences.training(store))
    tasks.set_learn(store, drafts[1].id, False)

    assert before == 1
    assert preferences.training(store) == ()


def test_the_gate_reads_held_rows_under_the_same_conditions(store: Store) -> None:
    held, retired = taught(store, split="held"), taught(store, split="held")
    taught(store, split="train")
    ledger.change(store, replace(retired.lesson, status="retired"), "no")

    assert preferences.held(store) == (held.preference,)
    assert preferences.held(store, held.lesson.id) == (held.preference,)
    assert preferences.held(store, retired.lesson.id) == ()


def test_what_may_be_exported_does_not_depend_on_the_lessons_fate(store: Store) -> None:
    whole = taught(store)

    ledger.change(store, replace(whole.lesson, status="retired"), "no")

    assert preferences.training(store) == ()
    assert preferences.signals(store) == (whole.preference,)


def test_a_forgotten_lessons_pairs_and_their_requests_are_deleted(store: Store) -> None:
    gone, kept = taught(store), taught(store)

    removed = preferences.remove_of(store, gone.lesson.id)

    assert removed == (gone.preference.id,)
    assert of_lesson(store, gone.lesson.id) == ()
    assert [prompt.text for prompt in preferences.prompts(store)] == [kept.request.text]
    assert preferences.training(store) == (kept.preference,)
    assert store.verify() == ()


def sources() -> dict[str, str]:
    return {
        str(file.relative_to(ROOT)): file.read_text("utf-8")
        for floor in FLOORS
        for file in (ROOT / floor).rglob("*.py")
    }


def test_no_other_file_reads_preferences_or_prompts_from_the_tables() -> None:
    reads = re.compile(r"\b(?:FROM|JOIN)\s+(?:preference|prompt)\b", re.IGNORECASE)

    readers = {name for name, source in sources().items() if reads.search(source)}

    # verify.py compares the two tables' splits and gives back sentences, no rows.
    assert readers == {"data/preferences.py", "data/verify.py"}


def test_learning_takes_rows_from_the_view_alone() -> None:
    callers = {
        (name, function.name)
        for name, source in sources().items()
        if name.startswith("assistant/")
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        if ast.unparse(node) in ("preferences.of_lesson", "preferences.signals", "export.lines")
    }

    # It withdraws examples that were made anew, and gives back none of them.
    assert callers <= {("assistant/lecture.py", "_keep")}
