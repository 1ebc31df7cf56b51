"""A folder is whole or absent, and of two processes that fill it one is quicker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant import whole
from data.types import Refusal

RECORD = "done.json"

# Fills a folder in two pieces; between them it waits until as many as there are have begun.
FILL = """
import sys, time
from pathlib import Path
from assistant import whole
home, name, late = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "late"
with whole.folder(home / "starter", "done.json") as partial:
    (partial / "weights").write_text(name)
    (home / f"begun {name}").touch()
    until = time.monotonic() + 60
    while len(list(home.glob("begun *"))) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    while late and not (home / "starter").exists() and time.monotonic() < until:
        time.sleep(0.01)
    (partial / "words").write_text(name)
    (partial / "done.json").write_text(name)
print((home / "starter" / "words").read_text())
"""


def _filling(home: Path, name: str, when: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", FILL, str(home), name, when],
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("when", ["at once", "late"])
def test_of_two_processes_that_fill_a_folder_both_use_that_of_the_quicker(
    tmp_path: Path, when: str
) -> None:
    both = [_filling(tmp_path, "one", "at once"), _filling(tmp_path, "other", when)]

    said = [one.communicate(timeout=120) for one in both]

    assert [errors for _, errors in said] == ["", ""]
    first, second = (words.strip() for words, _ in said)
    assert first == second
    found = {path.name: path.read_text() for path in (tmp_path / "starter").iterdir()}
    assert found == dict.fromkeys(("weights", "words", RECORD), first)
    assert {path.name for path in tmp_path.iterdir()} == {"starter", "begun one", "begun other"}


def test_a_folder_that_is_not_whole_is_replaced_and_what_a_crash_left_goes(tmp_path: Path) -> None:
    path = tmp_path / "starter"
    for left in (path, tmp_path / "starter.partial", tmp_path / "starter.xyz.partial"):
        left.mkdir()
        (left / "half").write_text("torn")
    (tmp_path / "starters.partial").mkdir()

    with whole.folder(path, RECORD) as partial:
        (partial / RECORD).write_text("{}")

    assert [one.name for one in path.iterdir()] == [RECORD]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["starter", "starters.partial"]


def test_a_folder_that_cannot_be_filled_leaves_nothing(tmp_path: Path) -> None:
    def fill() -> None:
        with whole.folder(tmp_path / "starter", RECORD) as partial:
            (partial / "weights").write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(Refusal, match=r"cannot be written \(No space left on device\)"):
        fill()

    assert list(tmp_path.iterdir()) == []


def test_a_file_of_the_person_is_not_taken_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "starter").write_text("mine")

    def fill() -> None:
        with whole.folder(tmp_path / "starter", RECORD) as partial:
            (partial / RECORD).write_text("{}")

    with pytest.raises(Refusal, match="cannot be written"):
        fill()

    assert (tmp_path / "starter").read_text() == "mine"
