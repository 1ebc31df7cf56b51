"""What is forgotten is gone: from what answers, the weights and the disk, letter for letter."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, checkpoint, forget, targets, whole
from assistant.checkpoint import Checkpoint, Keeper
from assistant.course import Course
from data import decisions, ledger, preferences, tasks, versions
from data.store import Store
from data.types import AdapterVersion, Refusal
from tests.forgetting import SECRET, WORDS, Home, three_lessons
from tests.records import a_decision, a_turn
from tests.traces import bytes_with


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose memory is kept in memory: quick, and enough where no bytes are looked at."""
    return three_lessons(tmp_path, Store(None))


@pytest.fixture
def disk(tmp_path: Path) -> Home:
    """A home whose memory is a file."""
    return three_lessons(tmp_path, Store(tmp_path / "memory.duckdb"))


def _cut_short(home: Home, lesson: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forgets until the rows are gone, and is killed there."""

    def killed(store: Store, folder: Path, said: object) -> tuple[str, ...]:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(forget, "_finish", killed)
        with pytest.raises(KeyboardInterrupt):
            forget.forget(home.store, home.folder, lesson)


def test_the_words_are_gone_from_every_file(disk: Home) -> None:
    disk.store.execute("CHECKPOINT")
    assert bytes_with(disk.folder, SECRET) == ["memory.duckdb"]

    forget.forget(disk.store, disk.folder, disk.lessons[1].id)

    assert bytes_with(disk.folder, SECRET) == []
    assert disk.store.verify() == ()


def test_the_newest_version_that_never_saw_it_answers_at_once(home: Home) -> None:
    first, second, third = home.lessons

    forget.forget(home.store, home.folder, second.id)

    live = versions.live(home.store)
    assert live is not None
    assert live.number == 1
    assert ledger.get(home.store, first.id).place == "weights"
    later = ledger.get(home.store, third.id)
    assert (later.status, later.place, later.learned_in) == ("active", "prompt", None)


def test_what_was_not_learned_on_top_of_it_goes_on_to_answer(tmp_path: Path) -> None:
    home = three_lessons(tmp_path, Store(None), upon=False)
    first, second, third = home.lessons
    before = {one.lessons: one.sha256 for one in adapters.blocks_of(_live(home).folder)}

    forget.forget(home.store, home.folder, second.id)

    live = _live(home)
    assert (live.number, live.lessons, live.parent) == (4, (first.id, third.id), None)
    left = {one.lessons: one.sha256 for one in adapters.blocks_of(live.folder)}
    assert left == {(first.id,): before[first.id,], (third.id,): before[third.id,]}
    assert ledger.get(home.store, third.id).place == "weights", "nothing is to be taught anew"
    assert [one.state for one in versions.all(home.store)] == [
        "retired",
        "purged",
        "purged",
        "live",
    ]
    assert {path.name for path in (home.folder / "adapters").iterdir()} == {"0001", "0004"}


def test_what_was_learned_on_a_row_that_it_shaped_goes_with_it(tmp_path: Path) -> None:
    home = three_lessons(tmp_path, Store(None), upon=False)
    first, second, third = home.lessons
    row = home.example(third, "What floats?", target_key="second")
    made = adapters.save(
        home.folder,
        number=4,
        parent=3,
        base="tiny/none",
        lessons=(first.id, third.id),
        preferences=(row.id,),
        seed=0,
        tensors={"x.lora_B": np.full((1, 1), 4, dtype=np.float32)},
        settings={},
        losses=[1.0],
        kept=adapters.blocks_of(_live(home).folder)[:1],
        source=_live(home).folder,
    )
    versions.add(home.store, replace(made, state="live"))

    forget.forget(home.store, home.folder, second.id)

    assert _live(home).lessons == (first.id,)


def test_a_version_of_another_base_does_not_answer_in_its_place(tmp_path: Path) -> None:
    home = three_lessons(tmp_path, Store(None), upon=False)
    home.store.execute("UPDATE adapter SET base = 'other/nf4' WHERE number = 1")

    forget.forget(home.store, home.folder, home.lessons[1].id)

    assert (_live(home).number, _live(home).base) == (4, "tiny/none")


def test_what_is_left_says_nothing_of_the_run_that_is_forgotten(tmp_path: Path) -> None:
    home = three_lessons(tmp_path, Store(None), upon=False)

    forget.forget(home.store, home.folder, home.lessons[1].id)

    left = _live(home)
    assert left.seed == 0
    assert json.loads(left.settings).keys() == {"fingerprint", "of", "reduced"}


def _live(home: Home) -> AdapterVersion:
    found = versions.live(home.store)
    assert found is not None
    return found


def test_versions_that_held_it_are_purged_with_their_folders(home: Home) -> None:
    forget.forget(home.store, home.folder, home.lessons[1].id)

    assert [one.state for one in versions.all(home.store)] == ["live", "purged", "purged"]
    assert [path.name for path in (home.folder / "adapters").iterdir()] == ["0001"]
    with pytest.raises(Refusal, match="removed when a lesson was forgotten"):
        versions.promote(home.store, 2, "back again")


def test_forgetting_the_only_lesson_lets_the_base_answer(home: Home) -> None:
    for lesson in home.lessons:
        forget.forget(home.store, home.folder, lesson.id)

    assert versions.live(home.store) is None
    assert list((home.folder / "adapters").iterdir()) == []
    assert ledger.all(home.store) == ()


def test_cached_numbers_and_examples_go_and_those_of_others_stay(home: Home) -> None:
    second, third = home.lessons[1:]
    kept = home.example(third, "How does a kite fly?")

    forget.forget(home.store, home.folder, second.id)

    assert targets.read(home.folder, "second") is None
    assert targets.read(home.folder, "third") is not None
    assert preferences.of_lesson(home.store, second.id) == ()
    assert preferences.training(home.store) == (kept,)


def test_the_receipt_counts_and_names_no_word(home: Home) -> None:
    receipt = forget.forget(home.store, home.folder, home.lessons[1].id)

    removed = json.loads(receipt.removed)
    assert removed == {
        "lesson": home.lessons[1].id,
        "versions": [2, 3],
        "preferences": 1,
        "withdrawn": 0,
        "edits kept": [],
        "critiques": 1,
        "cached": 1,
        "taught anew": 1,
        "backups": 0,
        "backups elsewhere": 0,
        "proof": "no check",
        "file": "rewritten",
    }
    assert versions.receipts(home.store) == (receipt,)


def test_a_forgetting_that_was_cut_short_is_finished_at_the_next_start(
    disk: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_short(disk, disk.lessons[1].id, monkeypatch)
    assert (disk.folder / "adapters" / "0002").exists()

    assert forget.mend(disk.store, disk.folder)

    assert not (disk.folder / "adapters" / "0002").exists()
    assert bytes_with(disk.folder, SECRET) == []
    assert not forget.mend(disk.store, disk.folder)


def test_two_forgettings_that_were_cut_short_are_both_finished_at_the_next_start(
    disk: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second, third = disk.lessons
    Keeper(disk.folder, "key", [second.id]).keep(Checkpoint(Course(), {}, {}))
    _cut_short(disk, second.id, monkeypatch)
    _cut_short(disk, third.id, monkeypatch)
    folders = disk.folder / "adapters"
    assert [path.name for path in sorted(folders.iterdir())] == ["0001", "0002", "0003"]

    assert forget.mend(disk.store, disk.folder)

    assert [path.name for path in folders.iterdir()] == ["0001"]
    assert not checkpoint.path_of(disk.folder).exists()
    assert bytes_with(disk.folder, SECRET) == []
    assert not forget.mend(disk.store, disk.folder)


def test_a_forgetting_also_finishes_the_one_before_that_was_cut_short(
    disk: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _ = disk.lessons
    _cut_short(disk, second.id, monkeypatch)
    (disk.folder / "log.txt").write_text(f"ValueError: {WORDS!r}\n")

    forget.forget(disk.store, disk.folder, first.id)

    assert list((disk.folder / "adapters").iterdir()) == []
    assert bytes_with(disk.folder, SECRET) == []
    assert not (disk.folder / forget.MARK).exists()


def test_where_the_second_cannot_be_marked_the_first_stays_marked(
    disk: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second, third = disk.lessons
    _cut_short(disk, second.id, monkeypatch)

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as cut:
        cut.setattr(whole, "flush", full)
        with pytest.raises(Refusal, match="nothing was forgotten"):
            forget.forget(disk.store, disk.folder, third.id)
    forget.mend(disk.store, disk.folder)

    assert not (disk.folder / "adapters" / "0002").exists()
    assert ledger.get(disk.store, third.id).effect == third.effect
    assert list(disk.folder.glob(f"{forget.MARK}*")) == []


def test_a_mark_that_was_cut_off_before_it_named_a_lesson_removes_nothing(home: Home) -> None:
    backup = home.store.backup(home.folder / "backups")
    (home.folder / forget.MARK).write_text("")

    assert forget.mend(home.store, home.folder)

    assert backup.exists()
    assert not (home.folder / forget.MARK).exists()


def test_a_crash_before_any_row_went_leaves_everything(home: Home) -> None:
    (home.folder / forget.MARK).write_text(home.lessons[1].id)

    forget.mend(home.store, home.folder)

    live = versions.live(home.store)
    assert live is not None
    assert live.number == 3
    assert len(ledger.all(home.store)) == 3


def test_an_unknown_lesson_is_refused(home: Home) -> None:
    with pytest.raises(Refusal):
        forget.forget(home.store, home.folder, "nobody")

    assert len(ledger.all(home.store)) == 3


def test_a_version_with_damaged_files_does_not_answer_in_its_place(home: Home) -> None:
    (weights,) = (home.folder / "adapters" / "0001").glob("*.safetensors")
    weights.write_bytes(b"damaged")

    forget.forget(home.store, home.folder, home.lessons[1].id)

    assert versions.live(home.store) is None


def test_decisions_that_it_settled_go_and_vectors_that_it_moved_are_emptied(home: Home) -> None:
    second = home.lessons[1]
    request = tasks.add_turn(home.store, a_turn(home.task)).id
    draft = replace(a_turn(home.task, request, "draft", "It flies."), lessons=(second.id,))
    drafted = tasks.add_turn(home.store, draft).id
    later = tasks.add_turn(home.store, a_turn(home.task, drafted)).id
    elsewhere = tasks.add_turn(home.store, a_turn(tasks.create(home.store, "Tea").id)).id
    made = {turn: a_decision(home.store, turn) for turn in (request, later, elsewhere)}
    for one in made.values():
        decisions.add(home.store, one)
    settled = replace(a_decision(home.store, elsewhere), lesson=second.id)
    decisions.add(home.store, settled)

    forget.forget(home.store, home.folder, second.id)

    vectors = {turn: decisions.get(home.store, one.id).vector for turn, one in made.items()}
    assert vectors == {request: (), later: (), elsewhere: made[elsewhere].vector}
    assert decisions.of_turn(home.store, elsewhere) == (made[elsewhere],)
    assert home.store.verify() == ()
