"""A deleted chat leaves no word in any file of the home, whatever was made of it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import answers, build, debt, deletion, prompt
from assistant.answers import Answers
from assistant.scripted import ScriptedModel
from assistant.session import Session
from data import backups, caches, critiques, export, ledger, preferences, tasks
from data.store import Store
from data.types import Message, Refusal
from tests import steps
from tests.records import a_lesson, a_preference, a_turn, a_wish, request_in, taught
from tests.stand_ins import embed, session
from tests.test_build import approved
from tests.traces import bytes_with

WORD = "zeppelin"
REQUEST = request_in("train", beside=f" with a {WORD}")
ANSWERED = "Asking for examples"


def talk(messages: Sequence[Message], version: int | None) -> str | tuple[str, ...]:
    """Brief where it is told or was taught to be; says the person's word where they said it."""
    asked = messages[-1].text
    about = f"the {WORD} and " if WORD in asked else ""
    reply = f"Of {about}matter {zlib.crc32(asked.encode()) % 997} I say what is known"
    if version is None and "sentence" not in asked:
        return f"{reply}. There is more. It goes on."
    return f"{reply}.", f"{reply}. Yes.", f"Well. {reply}."


def _lesson(made: Session) -> str:
    task = made.new_task()
    made.ask("Why does it rain?", task=task)
    assert made.wait(60)
    made.critique(made.hub.snapshot(task).turns[-1].id, "Always answer in one short sentence.")
    assert made.wait(60)
    (lesson,) = made.accept(made.hub.snapshot(task).turns[-1].id)
    made.approve(lesson)
    return lesson


def _chat(made: Session) -> str:
    """A chat with the word in its request, its replies, a critique and a pair."""
    task = made.new_task()
    made.ask(REQUEST, task=task)
    assert made.wait(60)
    made.critique(made.hub.snapshot(task).turns[-1].id, f"Too long, one sentence on the {WORD}.")
    assert made.wait(60)
    made.accept(made.hub.snapshot(task).turns[-1].id)
    return task


def _files(home: Path, made: Session) -> None:
    """All that may hold a chat beside the memory: log, export, a copy."""
    (home / "log.txt").write_text(f"kept\nValueError: {REQUEST!r}\nkept too\n")
    (home / "mine.jsonl").write_text("".join(f"{one}\n" for one in export.lines(made.store)))
    backups.make(made.store, home / "backups")


def test_no_byte_of_the_home_holds_its_words_once_heed_is_closed(tmp_path: Path) -> None:
    with session(tmp_path, ScriptedModel(home=tmp_path, write=talk), file=True) as made:
        lesson = _lesson(made)
        early = backups.make(made.store, tmp_path / "backups")
        task = _chat(made)
        made.learn()
        assert made.wait(120)
        assert ledger.get(made.store, lesson).status == "learned"
        _files(tmp_path, made)
        made.store.execute("CHECKPOINT")
        before = bytes_with(tmp_path, WORD)

        made.delete(task)

        told = made.hub.snapshot(None).notice
        late = backups.make(made.store, tmp_path / "backups")
        at_once = bytes_with(tmp_path, WORD)

    assert {"memory.duckdb", "log.txt", "mine.jsonl"} < set(before)
    assert [name for name in before if name.endswith(".json")] != []
    assert told == "One backup in heed's folder holds this chat too; it goes when heed is closed."
    assert [name for name in at_once if not name.startswith("memory")] == []
    assert bytes_with(tmp_path, WORD) == []
    assert (tmp_path / "log.txt").read_text() == "kept\nkept too\n"
    left = [json.loads(line) for line in (tmp_path / "mine.jsonl").read_text().splitlines()]
    assert [one["lesson"] for one in left] != []
    assert set(backups.within(tmp_path)) == {early, late}
    assert not (tmp_path / debt.MARK).exists()


def test_after_a_kill_the_copies_go_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed, session(tmp_path, file=True) as made:
        task = _chat(made)
        backups.make(made.store, tmp_path / "backups")
        half = tmp_path / "backups" / "memory-2026.duckdb.partial"
        half.write_text(WORD)
        made.delete(task)
        killed.setattr(debt, "pay", lambda store, home: False)
        made.close()
    left = bytes_with(tmp_path, WORD)

    with session(tmp_path, file=True) as again:
        assert tasks.listing(again.store) == ()

    assert half.name in left
    assert bytes_with(tmp_path, WORD) == []
    assert list((tmp_path / "backups").iterdir()) == []


def test_where_the_chat_stays_its_copies_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(tmp_path, file=True) as made:
        task = _chat(made)
        copy = backups.make(made.store, tmp_path / "backups")

        def refused(store: Store, id: str) -> None:
            raise Refusal("The memory cannot be written.")

        with monkeypatch.context() as disk:
            disk.setattr(tasks, "delete", refused)
            with pytest.raises(Refusal):
                made.delete(task)

    assert copy.exists()


def test_the_person_is_told_of_copies_elsewhere_that_were_made_since_the_chat_began(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with session(home, file=True) as made:
        old, new = made.new_task(), made.new_task()
        made.ask("Why does it rain?", task=old)
        assert made.wait(20)
        away = backups.make(made.store, tmp_path / "away")
        made.ask("Why does it snow?", task=new)
        assert made.wait(20)

        made.delete(new)
        silent = made.hub.snapshot(None).notice
        made.delete(old)

        assert silent == ""
        assert repr(str(away)) in made.hub.snapshot(None).notice
    assert away.exists()


def test_replies_of_a_round_that_was_stopped_go_with_the_chat(tmp_path: Path) -> None:
    store = Store(None)
    other = request_in("train")
    chats = [
        tasks.add_turn(store, a_turn(tasks.create(store, "Air").id, text=text)).task
        for text in (REQUEST, other)
    ]
    approved(store)
    model = ScriptedModel(complete=talk, write=talk, home=tmp_path)
    going = build.build(store, model, embed, tmp_path, seed=0)
    for step in going:
        if step.label.startswith(ANSWERED):
            break
    going.close()
    (kept,) = (tmp_path / "targets").glob("*.json")
    assert WORD in kept.read_text()

    deletion.delete(store, tmp_path, chats[0])

    assert list((tmp_path / "targets").iterdir()) == []
    assert len(tasks.listing(store)) == 1


def test_other_replies_of_its_file_stay(tmp_path: Path) -> None:
    store = Store(None)
    model = ScriptedModel(complete=talk, home=tmp_path)
    requests = [REQUEST, *(f"What is {number}?" for number in range(2 * answers.BATCH))]
    for text in requests:
        preferences.prompt(store, text, "pool")
    task = tasks.add_turn(store, a_turn(tasks.create(store, "Air").id, text=REQUEST)).task

    def ask() -> tuple[str, ...]:
        some = Answers(store, model, tmp_path, ["L"], 96, requests)
        said = [prompt.plain((Message("user", text),)) for text in requests]
        return steps.result(some.greedy(said, "Asking"))

    before = ask()
    (kept,) = (tmp_path / "targets").glob("*.json")
    whole = len(json.loads(kept.read_text())["about"])

    deletion.delete(store, tmp_path, task)

    assert bytes_with(tmp_path, WORD) == []
    assert (whole, len(json.loads(kept.read_text())["about"])) == (3, 2)
    assert ask() == before
    assert bytes_with(tmp_path, WORD) == []


def test_a_file_of_replies_that_does_not_say_what_it_is_about_goes_whole(tmp_path: Path) -> None:
    old = tmp_path / "targets" / "old.json"
    old.parent.mkdir()
    old.write_text(json.dumps({"name": [f"Of the {WORD}."]}))

    answers.remove(tmp_path, [])
    stays = old.exists()
    answers.remove(tmp_path, ["a prompt"])

    assert stays
    assert not old.exists()


def test_a_request_of_several_lines_leaves_no_prompt(tmp_path: Path) -> None:
    store = Store(None)
    text = f"Tell me of this:\n\n  the {WORD}"
    task = tasks.add_turn(store, a_turn(tasks.create(store, "Air").id, text=text)).task
    preferences.prompt(store, " ".join(text.split()), "pool")

    deletion.delete(store, tmp_path, task)

    assert store.rows("SELECT text FROM prompt") == []


def test_what_was_made_of_a_request_with_its_answered_question_goes(tmp_path: Path) -> None:
    store = Store(None)
    gone, stays = taught(store), taught(store)
    words = f"{gone.request.text}\n\nFor a {WORD}."
    preferences.add(store, replace(a_preference(words), critique=gone.critique.id))
    lesson = stays.lesson.id
    made = replace(a_preference(words, lesson=lesson), made_by="rewriter", target_key="key")
    preferences.add(store, made)

    deletion.delete(store, tmp_path, gone.task.id)

    assert preferences.signals(store) == (stays.preference,)
    assert store.rows("SELECT 1 FROM prompt WHERE contains(text, ?)", [WORD]) == []


def test_a_pair_whose_critique_was_forgotten_goes_with_its_chat(tmp_path: Path) -> None:
    store = Store(None)
    whole, other = taught(store), taught(store)
    pair = replace(a_preference(whole.request.text), critique=whole.critique.id)
    preferences.add(store, replace(pair, rejected=f"A {WORD}, oh."))
    critiques.remove(store, whole.critique.id)

    deletion.delete(store, tmp_path, whole.task.id)

    assert store.rows("SELECT 1 FROM preference WHERE contains(rejected, ?)", [WORD]) == []
    assert preferences.training(store) == (other.preference,)


def test_numbers_of_an_accepted_reply_go_with_its_chat(tmp_path: Path) -> None:
    store = Store(None)
    whole = taught(store)
    free = replace(a_preference("Tea?"), critique=whole.critique.id)
    preferences.add(store, free)
    elsewhere = ledger.add(store, a_lesson())
    named: dict[str, tuple[str, ...]] = {
        "its": (whole.lesson.id,),
        "none": (),
        "other": (elsewhere.id,),
    }
    for name, lessons in named.items():
        path = tmp_path / f"{name}.npz"
        path.write_bytes(b"numbers")
        caches.add_target(store, name, path, 7, lessons)

    deletion.delete(store, tmp_path, whole.task.id)

    assert [path.name for path in tmp_path.glob("*.npz")] == ["other.npz"]


def test_words_that_other_chats_share_stay_in_exports_and_in_the_log(tmp_path: Path) -> None:
    store = Store(None)
    gone, stays = taught(store), taught(store)
    critique, _ = critiques.add(store, replace(gone.critique, id="", text="ok"), [a_wish("ok")])
    (tmp_path / "mine.jsonl").write_text("".join(f"{one}\n" for one in export.lines(store)))
    (tmp_path / "log.txt").write_text("ok\n")

    deletion.delete(store, tmp_path, gone.task.id)

    (line,) = (tmp_path / "mine.jsonl").read_text().splitlines()
    assert json.loads(line)["id"] == stays.preference.id
    assert (tmp_path / "log.txt").read_text() == "ok\n"
    assert critique.text == "ok"
