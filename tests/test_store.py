"""One file, one writer, several threads: what is kept stays kept, and what is forgotten is gone."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data import tasks
from data.store import Store
from data.types import Refusal
from tests.records import a_turn

ROOT = Path(__file__).parent.parent
OPEN = """
import sys
from pathlib import Path
from data.store import Store
from data.types import Refusal
try:
    Store(Path(sys.argv[1]))
except Refusal as refusal:
    print(refusal)
"""
WRITE = """
import sys
from pathlib import Path
from data import tasks
from data.store import Store
from tests.records import a_turn
store = Store(Path(sys.argv[1]))
while True:
    with store.transaction():
        task = tasks.create(store, "kept").id
        first = tasks.add_turn(store, a_turn(task, text="word " * 200))
        tasks.add_turn(store, a_turn(task, first.id, "draft", "word " * 200))
    print(task, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "memory.duckdb"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store(path)
    yield opened
    opened.close()


def python(code: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_what_was_kept_is_there_when_the_file_is_opened_again(path: Path) -> None:
    first = Store(path)
    kept = tasks.create(first, "Tea")
    first.close()

    second = Store(path)

    assert tasks.listing(second) == (kept,)
    assert second.verify() == ()
    second.close()


def test_a_home_that_does_not_exist_yet_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    Store(tmp_path / "new" / "home" / "memory.duckdb").close()

    assert (tmp_path / "new" / "home").stat().st_mode & 0o777 == 0o700


def test_a_second_process_gets_one_sentence_with_the_holders_number(
    store: Store, path: Path
) -> None:
    with python(OPEN, path) as second:
        said, _ = second.communicate(timeout=30)

    assert said == (
        f"heed is already open with this memory (process {os.getpid()})."
        " Use that window, or close it first.\n"
    )


def test_a_second_store_in_the_same_process_is_refused_too(store: Store, path: Path) -> None:
    with pytest.raises(Refusal, match=rf"already open with this memory \(process {os.getpid()}\)"):
        Store(path)

    assert tasks.create(store, "still mine").title == "still mine"


def test_the_file_is_still_held_after_a_backup_and_a_rewrite(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.backup(tmp_path / "backups")
    store.rewrite()

    with python(OPEN, path) as second:
        said, _ = second.communicate(timeout=30)

    assert f"(process {os.getpid()})" in said


@pytest.mark.parametrize(
    "damage", ["garbage", "a note", "cut in half", "flipped header", "a folder's name"]
)
def test_a_corrupt_file_is_refused_in_a_sentence_and_left_as_it_is(path: Path, damage: str) -> None:
    store = Store(path)
    tasks.create(store, "Tea")
    store.close()
    sound = path.read_bytes()
    match damage:
        case "garbage":
            path.write_bytes(b"not a database at all\n" * 5000)
        case "a note":
            path.write_bytes(b"remember the milk")
        case "cut in half":
            path.write_bytes(sound[: len(sound) // 2])
        case "flipped header":
            path.write_bytes(b"\xff" * 64 + sound[64:])
        case _:
            path.unlink()
            path.mkdir()
    before = path.read_bytes() if path.is_file() else b""

    with pytest.raises(Refusal, match="cannot be read and was left as it is") as refused:
        Store(path)

    assert repr(str(path)) in str(refused.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_damaged_block_is_named_when_it_is_read(path: Path) -> None:
    store = Store(path)
    task = tasks.create(store, "Tea")
    with store.transaction():
        for number in range(60):
            tasks.add_turn(store, a_turn(task.id, text=f"{number} words of tea " * 300))
    store.execute("CHECKPOINT")
    ((block,),) = store.rows(
        "SELECT max(block_id) FROM pragma_storage_info('turn') WHERE column_name = 'text'"
    )
    store.close()
    sound = path.read_bytes()
    place = 12288 + 262144 * block + 100  # behind the headers, in blocks of 256 KiB
    path.write_bytes(sound[:place] + b"\xff" * 99 + sound[place + 99 :])

    hurt = Store(path)

    assert tasks.get(hurt, task.id).title == "Tea"
    with pytest.raises(Refusal, match=r"cannot be read .*Corrupt"):
        tasks.turns(hurt, task.id)
    assert "Corrupt" in hurt.verify()[0]
    hurt.close()


@pytest.mark.parametrize("size", [0, 4096, 8192])
def test_a_file_whose_creation_was_cut_off_is_created_anew(path: Path, size: int) -> None:
    Store(path).close()
    path.write_bytes(path.read_bytes()[:size])

    store = Store(path)

    assert tasks.listing(store) == ()
    store.close()


def test_a_copy_that_was_cut_off_is_removed_and_the_memory_opens(path: Path) -> None:
    store = Store(path)
    kept = tasks.create(store, "Tea")
    store.close()
    path.with_name("memory.duckdb.partial").write_bytes(b"half a copy")

    again = Store(path)

    assert tasks.listing(again) == (kept,)
    assert [each.name for each in path.parent.iterdir() if "partial" in each.name] == []
    again.close()


def test_a_file_of_a_newer_heed_is_refused_and_keeps_its_bytes_and_its_journal(path: Path) -> None:
    Store(path).close()
    newer = duckdb.connect(str(path))
    newer.execute("PRAGMA disable_checkpoint_on_shutdown")
    newer.execute("INSERT INTO migration VALUES ('9999 telepathy', now()::TIMESTAMP)")
    newer.close()
    journal = Path(f"{path}.wal")
    before = path.read_bytes(), journal.read_bytes()

    with pytest.raises(Refusal, match=r"newer heed .*9999 telepathy"):
        Store(path)

    assert (path.read_bytes(), journal.read_bytes()) == before


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    other = duckdb.connect(str(path))
    other.execute("CREATE TABLE orders (id INTEGER)")
    other.close()

    with pytest.raises(Refusal, match="database of another program"):
        Store(path)


def test_killed_in_the_middle_nothing_acknowledged_is_lost_and_nothing_is_half(path: Path) -> None:
    with python(WRITE, path) as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline().strip() for _ in range(20)]
        writer.kill()
        acknowledged += writer.stdout.read().split()

    store = Store(path)

    kept = tasks.listing(store)
    assert len(acknowledged) >= 20
    assert {task.id for task in kept} >= set(acknowledged)
    assert len(kept) <= len(acknowledged) + 1  # the last may have been kept before it was said
    assert {len(tasks.turns(store, task.id)) for task in kept} == {2}
    assert store.verify() == ()
    store.close()


def test_an_act_that_fails_leaves_nothing_behind() -> None:
    store = Store(None)

    def act() -> None:
        with store.transaction():
            task = tasks.create(store, "half")
            tasks.add_turn(store, a_turn(task.id))
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        act()

    assert tasks.listing(store) == ()
    assert tasks.create(store, "the next one").title == "the next one"


def test_an_inner_transaction_is_kept_with_the_outer_one_or_not_at_all() -> None:
    store = Store(None)

    def act() -> None:
        with store.transaction():
            with store.transaction():
                tasks.create(store, "inner")
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        act()

    assert tasks.listing(store) == ()


def test_other_threads_see_a_change_only_once_it_is_kept() -> None:
    store = Store(None)
    seen: list[int] = []

    def look() -> None:
        seen.append(len(tasks.listing(store)))

    with store.transaction():
        tasks.create(store, "Tea")
        mine = len(tasks.listing(store))
        reader = threading.Thread(target=look)
        reader.start()
        reader.join(5)
    look()

    assert mine == 1
    assert seen == [0, 1]


def test_threads_that_write_at_once_lose_nothing(store: Store) -> None:
    task = tasks.create(store, "Tea")
    failed: list[Exception] = []

    def write(name: str) -> None:
        try:
            for _ in range(10):
                turn = tasks.add_turn(store, a_turn(task.id, state="writing"))
                tasks.write_turn(store, turn.id, text=name, lessons=(name,))
                tasks.turns(store, task.id)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    turns = tasks.turns(store, task.id)
    assert failed == []
    assert sorted(turn.number for turn in turns) == list(range(1, 41))
    assert sorted(turn.text for turn in turns) == sorted("abcd" * 10)
    assert store.verify() == ()


def test_deleted_words_are_in_no_file_after_a_rewrite(path: Path) -> None:
    store = Store(path)
    task = tasks.create(store, "Secrets")
    for _ in range(50):
        tasks.add_turn(store, a_turn(task.id, text="my xylophonic secret " * 20))
    kept = tasks.create(store, "Tea")
    tasks.delete(store, task.id)
    store.execute("CHECKPOINT")

    store.rewrite()

    after = tasks.listing(store)
    store.close()
    assert after == (kept,)
    assert [each.name for each in path.parent.iterdir()] == ["memory.duckdb"]
    assert b"xylophonic" not in path.read_bytes()


def test_a_rewrite_waits_for_readers_and_they_go_on_in_the_new_file(store: Store) -> None:
    for number in range(30):
        tasks.create(store, f"Chat {number}")
    stop, failed, looks = threading.Event(), list[Exception](), list[int]()

    def read() -> None:
        try:
            while not stop.is_set():
                looks.append(len(tasks.listing(store)))
        except Exception as error:
            failed.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()

    for _ in range(3):
        store.rewrite()
    tasks.create(store, "after")
    stop.set()
    for reader in readers:
        reader.join()

    assert failed == []
    assert set(looks) <= {30, 31}
    assert len(tasks.listing(store)) == 31


def test_a_backup_is_a_memory_of_its_own(store: Store, tmp_path: Path) -> None:
    kept = tasks.create(store, "Tea")

    first = store.backup(tmp_path / "it's here")
    tasks.create(store, "later")
    second = store.backup(tmp_path / "it's here")

    assert first != second
    copy = Store(first)
    assert tasks.listing(copy) == (kept,)
    assert copy.verify() == ()
    copy.close()


def test_stores_in_memory_do_not_know_each_other_and_leave_no_file(tmp_path: Path) -> None:
    one, two = Store(None), Store(None)
    tasks.create(one, "Tea")

    one.rewrite()

    assert len(tasks.listing(one)) == 1
    assert tasks.listing(two) == ()


def test_writing_on_at_a_draft_takes_milliseconds(store: Store) -> None:
    task = tasks.create(store, "Tea")
    draft = tasks.add_turn(store, a_turn(task.id, kind="draft", state="writing"))
    times = []

    for words in range(40):
        began = time.perf_counter()
        tasks.write_turn(store, draft.id, text="word " * words * 20)
        times.append(time.perf_counter() - began)

    assert sorted(times)[len(times) // 2] < 0.05  # measured: 2 to 7 ms on two busy cores


def test_a_closed_memory_refuses_in_a_sentence_and_may_be_closed_twice(store: Store) -> None:
    store.close()
    store.close()

    with pytest.raises(Refusal, match="has closed its memory"):
        tasks.listing(store)
    with pytest.raises(Refusal, match="has closed its memory"):
        tasks.create(store, "Tea")
