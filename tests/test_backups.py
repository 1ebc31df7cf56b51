"""Copies of the memory are remembered, and what a killed one left is removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import backups, ledger
from data.store import Store
from data.types import Refusal
from tests.shell import shell
from tests.stand_ins import session


@pytest.fixture
def store() -> Store:
    return Store(None)


def _killed(store: Store, folder: Path) -> Path:
    """What is left of a copy into this folder when heed is killed in the middle of it."""

    def killed(self: Store, target: Path) -> None:
        target.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as cut:
        cut.setattr(Store, "_copy", killed)
        with pytest.raises(KeyboardInterrupt):
            backups.make(store, folder)
    (half,) = folder.iterdir()
    return half


def test_a_copy_is_whole_and_remembered_by_where_it_lies(store: Store, tmp_path: Path) -> None:
    home, away = tmp_path / "home", tmp_path / "away"

    inside, outside = (backups.make(store, folder) for folder in (home / "backups", away))

    assert inside.is_file()
    assert backups.elsewhere(store, home) == (outside,)
    assert backups.within(home) == (inside,)


def test_what_a_killed_copy_left_goes_with_the_next_one(store: Store, tmp_path: Path) -> None:
    half = _killed(store, tmp_path)
    (tmp_path / "mine.duckdb.partial").write_text("not a copy of heed's")

    whole = backups.make(store, tmp_path)

    assert half.name.endswith(".partial")
    assert {path.name for path in tmp_path.iterdir()} == {whole.name, "mine.duckdb.partial"}
    assert backups.elsewhere(store, tmp_path / "home") == (whole,)


def test_what_a_killed_copy_left_goes_at_the_next_start(tmp_path: Path) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    with session(home, file=True) as made:
        half = _killed(made.store, away)

    with session(home, file=True) as again:
        assert again.hub.snapshot(None).notice == ""

    assert not half.exists()


def test_a_copy_that_is_refused_is_none(store: Store, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")

    with pytest.raises(Refusal):
        backups.make(store, tmp_path / "taken")

    assert backups.elsewhere(store, tmp_path / "home") == ()


def test_the_command_remembers_where_it_copied_to(tmp_path: Path) -> None:
    pupil = shell(tmp_path / "home")
    pupil.heed("ask", "Why is the sky blue?")

    ran = pupil.heed("data", "backup", str(tmp_path / "away"))

    store = Store(tmp_path / "home" / "memory.duckdb")
    assert backups.elsewhere(store, tmp_path / "home") == (Path(ran.out.strip()),)
    assert [one.why for one in ledger.events(store, "backup")] == ["begun", "made"]
    store.close()
