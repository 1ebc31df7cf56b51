"""A home is opened also where the disk takes no more; what was not put right is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant import adapters, forget, mending
from data import versions
from data.store import Store
from data.types import Refusal
from tests.forgetting import Home, three_lessons
from tests.stand_ins import session

FULL = "The memory cannot be written (No space left on device)."


def _full(self: Store, sql: str, params: object = ()) -> None:
    raise Refusal(FULL)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose memory is kept in memory."""
    return three_lessons(tmp_path, Store(None))


def test_a_version_that_cannot_be_retired_on_a_full_disk_does_not_stop_the_start(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(adapters.folder_of(home.folder, 3))

    with monkeypatch.context() as disk:
        disk.setattr(Store, "execute", _full)
        said = mending.at_start(home.store, home.folder)

    assert said == (f"The files of versions are not put in order yet. The reason: {FULL}",)
    assert mending.at_start(home.store, home.folder) == (
        "The files of version 3 are damaged; it was retired. Version 2 answers. 1 lesson acts from "
        "the prompt until taught again.",
    )
    live = versions.live(home.store)
    assert live is not None
    assert live.number == 2


def test_a_moved_home_opens_on_a_full_disk(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = home.folder / "moved"
    moved.mkdir()
    for name in ("adapters", "targets"):
        (home.folder / name).rename(moved / name)

    with monkeypatch.context() as disk:
        disk.setattr(Store, "execute", _full)
        said = mending.at_start(home.store, moved)

    assert said[0] == f"heed's folder was moved, and is not noted yet. The reason: {FULL}"
    assert mending.at_start(home.store, moved) == ()
    live = versions.live(home.store)
    assert live is not None
    assert live.folder == adapters.folder_of(moved, 3)


def test_a_half_written_folder_that_cannot_be_removed_is_said_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "adapters" / "0001.partial").mkdir(parents=True)

    def kept(path: Path) -> None:
        raise OSError(30, "Read-only file system", str(path))

    monkeypatch.setattr(shutil, "rmtree", kept)

    with session(tmp_path) as made:
        said = made.hub.snapshot(None).notice

    assert said.startswith("The files of versions are not put in order yet.")
    assert "Read-only file system" in said


def test_a_copy_that_could_not_note_where_it_lies_forgets_in_its_own_files_alone(
    home: Home, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(home.folder, copy, dirs_exist_ok=True)

    forget.forget(home.store, copy, home.lessons[1].id)

    assert [path.name for path in (copy / "adapters").iterdir()] == ["0001"]
    assert len(list((home.folder / "adapters").iterdir())) == 3
