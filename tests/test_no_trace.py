"""A lesson that was reported, kept out, switched and edited leaves no byte of itself behind."""

from __future__ import annotations

from pathlib import Path

from assistant import checkpoint, debt
from assistant.checkpoint import Checkpoint, Keeper
from assistant.course import Course
from assistant.scripted import ScriptedModel
from assistant.session import Session
from data import backups, ledger, tasks
from tests.stand_ins import session
from tests.test_nothing_left import RULE, SECRET, talk
from tests.traces import bytes_with

SPILLED = "memory.duckdb.tmp"  # where DuckDB puts what it has no room for


def _lesson(made: Session, task: str) -> str:
    made.ask("Why does it rain?", task=task)
    assert made.wait(60)
    made.critique(made.hub.snapshot(task).turns[-1].id, RULE)
    assert made.wait(60)
    noted = made.accept(made.hub.snapshot(task).turns[-1].id)
    return next(one for one in noted if ledger.get(made.store, one).scope)


def _told_of(made: Session, task: str) -> tuple[str, list[str]]:
    """A learned lesson, and the notices that heed has given of it."""
    lesson = _lesson(made, task)
    first = ledger.get(made.store, lesson)
    made.edit_lesson(lesson, effect=f"hush about {SECRET}")
    made.edit_lesson(lesson, effect=first.effect)
    made.approve(lesson)
    made.learn(task)
    assert made.wait(120)
    made.report(task)
    assert made.wait(120)
    made.dont_learn(tasks.turns(made.store, task)[0].id)
    made.approve(lesson)
    made.use_version(1, task)
    made.disable(lesson)
    notices = [one.text for one in tasks.turns(made.store, task) if one.kind == "notice"]
    return lesson, [text for text in notices if SECRET in text or first.effect in text]


def test_no_byte_is_left_of_all_that_was_told_and_kept_of_it(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path, write=talk)
    with session(tmp_path, model, file=True) as made:
        task = made.new_task()
        lesson, notices = _told_of(made, task)
        effect = ledger.get(made.store, lesson).effect
        Keeper(tmp_path, "key", [lesson]).keep(Checkpoint(Course(), {}, {}))
        backups.make(made.store, tmp_path / "backups")
        (tmp_path / SPILLED).mkdir()
        (tmp_path / SPILLED / "block").write_text(effect)
        before = {word: set(bytes_with(tmp_path, word)) for word in (SECRET, effect)}

        made.forget(lesson, task)
        assert made.wait(120)

        after = {word: bytes_with(tmp_path, word) for word in (SECRET, effect)}
        assert made.store.verify() == ()
        assert not checkpoint.path_of(tmp_path).exists()

    assert len(notices) >= 3
    for files in before.values():
        assert {"memory.duckdb.wal", "block"} & files
    assert after == {SECRET: [], effect: []}
    assert bytes_with(tmp_path, SECRET) == []


def test_what_the_memory_spilled_goes_with_a_deleted_chat(tmp_path: Path) -> None:
    with session(tmp_path, file=True) as made:
        task = made.new_task()
        made.ask(f"What are {SECRET}?", task=task)
        assert made.wait(20)
        (tmp_path / SPILLED).mkdir()
        (tmp_path / SPILLED / "block").write_text(SECRET)

        made.delete(task)

    assert bytes_with(tmp_path, SECRET) == []
    assert not (tmp_path / debt.MARK).exists()
