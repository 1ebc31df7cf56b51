"""A lesson that went through the whole house is forgotten: no byte of the home holds its words."""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.scripted import ScriptedModel
from assistant.session import Session
from data import backups, ledger, preferences, tasks, versions
from data.types import Message
from tests.stand_ins import session
from tests.traces import bytes_with
from ui import cli

SECRET = "zeppelins"
RULE = f"When I ask about {SECRET}, always answer in one short sentence. And no emoji, ever."


def talk(messages: Sequence[Message], version: int | None) -> str | tuple[str, ...]:
    """Short where it is told to, or was taught to: of the one topic by 1, with a question by 2."""
    asked, told = messages[-1].text.lower(), str(messages).lower()
    matter = zlib.crc32(asked.encode()) % 1000
    brief = "sentence" in told or (version is not None and SECRET in asked)
    asks = "question" in told or (version or 0) > 1
    reply = f"Of matter {matter} I say what is known"
    if not brief:
        reply += ". There is more to tell of it. It goes on"
    reply += ", or is it not?" if asks else "."
    return (reply, f"Well. {reply}", f"{reply} Yes.")


@pytest.fixture
def log(tmp_path: Path) -> logging.Logger:
    """The log that the program keeps in its home."""
    cli._log_to(tmp_path)
    return logging.getLogger("heed")


def _lesson(made: Session, task: str, words: str) -> str:
    made.ask("Why does it rain?", task=task)
    assert made.wait(60)
    made.critique(made.hub.snapshot(task).turns[-1].id, words)
    assert made.wait(60)
    noted = made.accept(made.hub.snapshot(task).turns[-1].id)
    return next(one for one in noted if ledger.get(made.store, one).scope or len(noted) == 1)


def _taught(made: Session, home: Path, log: logging.Logger) -> tuple[str, str]:
    """A chat and a lesson with everything that may come of one: see the assertions."""
    task = made.new_task()
    lesson = _lesson(made, task, RULE)
    made.approve(lesson)
    made.learn(task)
    assert made.wait(120)
    assert ledger.get(made.store, lesson).status == "learned"
    other = _lesson(made, made.new_task(), "Always end with a question.")
    made.approve(other)
    made.learn(task)
    assert made.wait(120)
    anew = made.edit_lesson(lesson, effect=f"say little of {SECRET}")
    backups.make(made.store, home / "copies")
    log.warning("a job failed: %r", preferences.of_lesson(made.store, lesson))
    rows = preferences.signals(made.store)
    export = [{"lesson": one.lesson, "prompt": one.prompt[-1].text} for one in rows]
    lines = [json.dumps({**one, "chosen": [], "critique": None}) for one in export]
    (home / "mine.jsonl").write_text("\n".join(lines))
    made.store.execute("CHECKPOINT")
    return task, anew


def test_no_byte_of_the_home_holds_its_words(tmp_path: Path, log: logging.Logger) -> None:
    with session(tmp_path, ScriptedModel(home=tmp_path, write=talk), file=True) as made:
        task, lesson = _taught(made, tmp_path, log)
        before = set(bytes_with(tmp_path, SECRET))
        (copy,) = (tmp_path / "copies").iterdir()
        assert before >= {"memory.duckdb", "log.txt", "mine.jsonl", copy.name}
        held = [one.number for one in versions.all(made.store)]

        receipt = made.forget(lesson, task)
        assert made.wait(120)

        removed = json.loads(versions.receipt(made.store, receipt).removed)
        assert removed["file"] == "rewritten"
        assert SECRET not in json.dumps(removed)
        older = json.loads(versions.receipts(made.store)[0].removed)
        assert (removed["proof"], older["proof"]["now"]) == ("never learned", 0)
        assert bytes_with(tmp_path, SECRET) == []
        left = [turn.text for turn in tasks.turns(made.store, task) if turn.kind == "critique"]
        assert left == ["no emoji, ever."]
        assert [one.effect for one in ledger.all(made.store)] != []
        assert made.store.verify() == ()

    assert len(held) >= 2
    assert bytes_with(tmp_path, SECRET) == []
    with session(tmp_path, file=True) as again:
        assert again.hub.snapshot(None).notice == ""
    assert bytes_with(tmp_path, SECRET) == []
