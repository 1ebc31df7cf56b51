"""A deleted chat leaves no word in the file once heed is closed, or started again after a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import debt, whole
from assistant.session import Session
from data import ledger, preferences, tasks
from data.store import Store
from data.types import Refusal
from tests.stand_ins import session
from tests.traces import bytes_with

WORD = "zeppelin"


def _chat(made: Session) -> str:
    task = made.new_task()
    made.ask(f"Why does a {WORD} float?", task=task)
    assert made.wait(20)
    draft = made.hub.snapshot(task).turns[-1]
    made.critique(draft.id, f"Way too long, one sentence please, and no {WORD}.")
    assert made.wait(20)
    made.accept(made.hub.snapshot(task).turns[-1].id)
    return task


def test_its_words_are_gone_once_heed_is_closed(tmp_path: Path) -> None:
    with session(tmp_path, file=True) as made:
        task = _chat(made)
        made.store.execute("CHECKPOINT")
        before = bytes_with(tmp_path, WORD)
        assert len(preferences.signals(made.store)) == 1

        made.delete(task)

        assert preferences.signals(made.store) == ()
        assert made.store.rows("SELECT count(*) FROM preference") == [(0,)]
        assert made.store.rows("SELECT count(*) FROM prompt") == [(0,)]

    assert before == ["memory.duckdb"]
    assert bytes_with(tmp_path, WORD) == []
    assert not (tmp_path / debt.MARK).exists()


def test_after_a_kill_they_are_gone_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed, session(tmp_path, file=True) as made:
        task = _chat(made)
        made.store.execute("CHECKPOINT")
        made.delete(task)
        killed.setattr(debt, "pay", lambda store, home: False)
        made.close()
    left = bytes_with(tmp_path, WORD)

    with session(tmp_path, file=True) as again:
        assert tasks.listing(again.store) == ()

    assert left == ["memory.duckdb"]
    assert bytes_with(tmp_path, WORD) == []


def test_a_chat_in_which_nothing_was_said_owes_nothing(tmp_path: Path) -> None:
    with session(tmp_path, file=True) as made:
        made.delete(made.new_task())

        assert not (tmp_path / debt.MARK).exists()


def test_where_not_even_that_can_be_written_down_the_chat_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(tmp_path, file=True) as made:
        task = _chat(made)

        def full(path: Path) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as disk:
            disk.setattr(whole, "flush", full)
            with pytest.raises(Refusal, match="nothing was removed"):
                made.delete(task)

        assert [one.id for one in tasks.listing(made.store)] == [task]


def test_its_lesson_stays_and_is_forgotten_with_what_it_was_before(tmp_path: Path) -> None:
    with session(tmp_path, file=True) as made:
        task = made.new_task()
        made.ask("Why does it rain?", task=task)
        assert made.wait(20)
        made.critique(made.hub.snapshot(task).turns[-1].id, "Always answer in one short sentence.")
        assert made.wait(20)
        (lesson,) = made.accept(made.hub.snapshot(task).turns[-1].id)
        made.approve(lesson)
        made.learn()
        assert made.wait(60)
        anew = made.edit_lesson(lesson, effect="use at most ten words")
        made.delete(task)
        assert {one.id for one in ledger.all(made.store)} == {lesson, anew}

        made.forget(anew)
        assert made.wait(60)

        assert ledger.all(made.store) == ()
    store = Store(tmp_path / "memory.duckdb")
    assert store.verify() == ()
    store.close()
