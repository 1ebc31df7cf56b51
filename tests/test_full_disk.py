"""A disk that takes no more costs the act that met it, in one sentence, and nothing before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import tasks
from data.store import Store
from data.types import Refusal
from tests import full
from tests.forgetting import SECRET
from tests.traces import bytes_with

FILL = """
from data import tasks
from data.store import Store
from data.types import Refusal
store = Store(home / "memory.duckdb")
room(100_000)
kept, said = [], []
while not said:
    try:
        kept.append(tasks.create(store, "x" * 2000).id)
    except Refusal as refusal:
        said.append(str(refusal))
try:
    store.backup(home / "copies")
except Refusal as refusal:
    said.append(str(refusal))
room()
kept.append(tasks.create(store, "there is room again").id)
print(json.dumps([kept, said]))
"""


@full.limited
def test_a_full_disk_is_said_in_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    kept, said = full.run(FILL, tmp_path)

    assert [sentence.count("cannot be written (File too large)") for sentence in said] == [1, 1]
    assert list((tmp_path / "copies").iterdir()) == []
    store = Store(tmp_path / "memory.duckdb")
    assert {task.id for task in tasks.listing(store)} == set(kept)
    assert store.verify() == ()
    store.close()


# Forgets where the file cannot be copied, starts there, and starts where it can.
FORGET = """
from assistant import forget
from data import versions
from data.types import Refusal
from tests.forgetting import three_lessons
from tests.stand_ins import session
from data.store import Store
made = three_lessons(home, Store(home / "memory.duckdb"))
made.store.execute("CHECKPOINT")
made.store.close()
store = Store(home / "memory.duckdb")
room(200_000)
receipt = forget.forget(store, home, made.lessons[1].id)
told = forget.told(store, home, receipt)
store.close()
notices = []
for full in (True, False):
    room(200_000) if full else room()
    with session(home, file=True) as again:
        notices.append(again.hub.snapshot(None).notice)
        file = json.loads(versions.receipt(again.store, receipt.id).removed)["file"]
print(json.dumps([told, notices, file]))
"""


@full.limited
def test_a_forgetting_on_a_full_disk_is_finished_by_the_first_start_with_room(
    tmp_path: Path,
) -> None:
    told, notices, file = full.run(FORGET, tmp_path)

    assert "because the disk is full" in told
    assert "tries again at the next start" in notices[0]
    assert notices[1] == ""
    assert file == "rewritten"
    assert bytes_with(tmp_path, SECRET) == []
    assert {path.name for path in tmp_path.iterdir()} == {"memory.duckdb", "adapters", "targets"}


def test_a_backup_where_a_file_stands_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    store = Store(tmp_path / "memory.duckdb")

    with pytest.raises(Refusal, match="taken"):
        store.backup(tmp_path / "taken")

    store.close()
    assert (tmp_path / "taken").read_text() == "mine"
