"""A disk that takes no more costs the act that met it, in one sentence, and nothing before it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from data import tasks
from data.store import Store
from data.types import Refusal
from tests.forgetting import SECRET
from tests.traces import bytes_with

ROOT = Path(__file__).parent.parent
# A limit on the size of each file stands in for a full disk; it holds for its own process alone.
FILL = """
import json, resource, signal, sys
from pathlib import Path
from data import tasks
from data.store import Store
from data.types import Refusal
home = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store(home / "memory.duckdb")
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
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
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
kept.append(tasks.create(store, "there is room again").id)
print(json.dumps([kept, said]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_full_disk_is_said_in_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.stderr == ""
    kept, said = json.loads(ran.stdout)

    assert [sentence.count("cannot be written (File too large)") for sentence in said] == [1, 1]
    assert list((tmp_path / "copies").iterdir()) == []
    store = Store(tmp_path / "memory.duckdb")
    assert {task.id for task in tasks.listing(store)} == set(kept)
    assert store.verify() == ()
    store.close()


# Forgets where the file cannot be copied, starts there, and starts where it can.
FORGET = """
import json, resource, signal, sys
from pathlib import Path
from assistant import forget
from data import versions
from data.types import Refusal
from tests.forgetting import three_lessons
from tests.stand_ins import session
from data.store import Store
home = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
made = three_lessons(home, Store(home / "memory.duckdb"))
made.store.execute("CHECKPOINT")
made.store.close()
store = Store(home / "memory.duckdb")
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
receipt = forget.forget(store, home, made.lessons[1].id)
told = forget.told(store, home, receipt)
store.close()
notices = []
for room in (200_000, soft):
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    with session(home, file=True) as again:
        notices.append(again.hub.snapshot(None).notice)
        file = json.loads(versions.receipt(again.store, receipt.id).removed)["file"]
print(json.dumps([told, notices, file]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_forgetting_on_a_full_disk_is_finished_by_the_first_start_with_room(
    tmp_path: Path,
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FORGET, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.stderr == ""
    told, notices, file = json.loads(ran.stdout)

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
