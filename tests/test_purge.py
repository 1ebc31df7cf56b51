"""The files of a home hold nothing of a forgotten lesson; what heed did not write is left alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest

from assistant import adapters, agreement, forget
from data import backups, forms, ledger, preferences, versions
from data.store import Store
from tests.forgetting import WORDS, Home, three_lessons
from tests.records import a_lesson


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose memory is kept in memory: quick, and enough where no bytes are looked at."""
    return three_lessons(tmp_path, Store(None))


@pytest.fixture
def disk(tmp_path: Path) -> Home:
    """A home whose memory is a file."""
    return three_lessons(tmp_path, Store(tmp_path / "memory.duckdb"))


def test_backups_that_hold_it_are_removed(home: Home) -> None:
    home.store.backup(home.folder / "backups")

    forget.forget(home.store, home.folder, home.lessons[1].id)

    assert list((home.folder / "backups").iterdir()) == []


def test_weights_of_a_round_that_was_stopped_are_not_read_back_after_forgetting(home: Home) -> None:
    second = home.lessons[1]
    adapters.save(
        home.folder,
        number=4,
        parent=3,
        base="tiny/none",
        lessons=(second.id,),
        preferences=(),
        seed=0,
        tensors={"x.lora_B": np.ones((1, 1), dtype=np.float32)},
        settings={},
        losses=[1.0],
    )

    forget.forget(home.store, home.folder, second.id)

    assert not adapters.folder_of(home.folder, 4).exists()
    assert agreement.mend(home.store, home.folder).read_back == ()


def test_a_folder_among_the_backups_does_not_stop_forgetting(home: Home) -> None:
    home.store.backup(home.folder / "backups" / "mine")
    (home.folder / "backups" / "mine" / "notes.txt").write_text("my own")

    forget.forget(home.store, home.folder, home.lessons[1].id)

    left = [path.name for path in (home.folder / "backups" / "mine").iterdir()]
    assert left == ["notes.txt"]
    assert not (home.folder / forget.MARK).exists()


def test_words_in_the_log_and_in_exports_go_and_files_of_ones_own_are_named(home: Home) -> None:
    second, third = home.lessons[1:]
    (home.folder / "log.txt").write_text(f"kept\nValueError: {WORDS!r}\nkept too\n")
    kept = json.dumps({"prompt": [], "chosen": [], "lesson": third.id, "critique": None})
    gone = [
        json.dumps({**json.loads(kept), "lesson": second.id}),
        json.dumps({**json.loads(kept), "words": f"Oh: {WORDS}"}),
    ]
    (home.folder / "mine.jsonl").write_text("\n".join([gone[0], kept, gone[1], ""]))
    (home.folder / "diary.txt").write_text(f"I told it: {WORDS}")

    receipt = forget.forget(home.store, home.folder, second.id)

    assert (home.folder / "log.txt").read_text() == "kept\nkept too\n"
    assert (home.folder / "mine.jsonl").read_text() == kept + "\n"
    assert json.loads(receipt.removed)["other files"] == ["diary.txt"]


def test_requests_that_were_made_for_its_scope_go(home: Home) -> None:
    about = replace(a_lesson(), scope="Blimps", condition=(("topic", "blimps"),))
    lesson = ledger.add(home.store, about)
    made = preferences.prompt(home.store, "What is hard about blimps?", "pool")
    preferences.prompt(home.store, "What is hard about rain?", "pool")

    forget.forget(home.store, home.folder, lesson.id)

    texts = [text for (text,) in home.store.rows("SELECT text FROM prompt")]
    assert made.text not in texts
    assert "What is hard about rain?" in texts


def test_after_a_crash_the_log_goes_whole_because_nobody_knows_the_words(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(store: Store, folder: Path, said: object) -> tuple[str, ...]:
        raise KeyboardInterrupt

    (home.folder / "log.txt").write_text(f"ValueError: {WORDS!r}\n")
    with monkeypatch.context() as cut:
        cut.setattr(forget, "_finish", killed)
        with pytest.raises(KeyboardInterrupt):
            forget.forget(home.store, home.folder, home.lessons[1].id)

    forget.mend(home.store, home.folder)

    assert (home.folder / "log.txt").read_text() == ""
    (receipt,) = versions.receipts(home.store)
    assert json.loads(receipt.removed)["file"] == "rewritten"


def test_a_model_that_is_half_unpacked_is_no_file_of_the_person(home: Home) -> None:
    half = home.folder / "starter.xyz.partial"
    half.mkdir()
    (half / "tokenizer.json").write_text(WORDS)

    receipt = forget.forget(home.store, home.folder, home.lessons[1].id)

    assert "other files" not in json.loads(receipt.removed)
    assert (half / "tokenizer.json").exists()


def test_copies_in_the_home_go_half_ones_too_and_those_elsewhere_are_counted(
    home: Home, tmp_path_factory: pytest.TempPathFactory
) -> None:
    backups.make(home.store, home.folder / "backups")
    backups.make(home.store, home.folder / "mine")
    outside = backups.make(home.store, tmp_path_factory.mktemp("outside"))
    (home.folder / "mine" / "memory-2026.duckdb.partial").write_text(WORDS)

    receipt = forget.forget(home.store, home.folder, home.lessons[1].id)

    removed = json.loads(receipt.removed)
    assert (removed["backups"], removed["backups elsewhere"]) == (3, 1)
    assert list(home.folder.rglob("memory-*")) == []
    assert outside.exists()


def test_rows_of_the_forms_of_trl_go_out_of_exports_too(home: Home) -> None:
    second, third = home.lessons[1:]
    kept = json.dumps({"prompt": [], "completion": [], "lesson": third.id, "critique": ""})
    inside = json.dumps({"critique": {"words": f'Oh "{WORDS}"'}})
    gone = json.dumps({**json.loads(kept), "provenance": inside})
    named = json.dumps({**json.loads(kept), "lesson": second.id})
    (home.folder / "sft.jsonl").write_text("\n".join([gone, kept, named, ""]))
    forms.write_parquet(home.folder / "all.parquet", forms.rows(home.store, "parquet"))
    held = {row["lesson"] for row in forms.rows(home.store, "parquet")}

    receipt = forget.forget(home.store, home.folder, second.id)

    with duckdb.connect() as memory:
        path = str(home.folder / "all.parquet")
        found = memory.execute("SELECT lesson FROM read_parquet(?)", [path]).fetchall()
    assert (home.folder / "sft.jsonl").read_text() == kept + "\n"
    assert second.id in held
    assert {lesson for (lesson,) in found} == held - {second.id}
    assert "other files" not in json.loads(receipt.removed)
