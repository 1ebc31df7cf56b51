"""A home that was moved or copied answers from its own files, and touches no other home."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data import ledger, versions
from data.store import Store
from tests.shell import Shell, as_it_was, shell, taught


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Shell]:
    """A home with one lesson taught, as it was then at every call."""
    return as_it_was(tmp_path_factory.mktemp("homes") / "first", taught)


def files(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


def test_forgetting_in_a_copy_leaves_the_first_home_as_it_was(
    again: Callable[[], Shell], tmp_path: Path
) -> None:
    first, copy = again().home, tmp_path / "copy"
    shutil.copytree(first, copy)
    before = files(first)
    store = Store(copy / "memory.duckdb")
    (lesson,) = ledger.all(store)
    store.close()

    assert shell(copy).heed("forget", lesson.id).code == 0

    assert files(first) == before
    left = Store(copy / "memory.duckdb")
    kept = {f"targets/{key}.json" for (key,) in left.rows("SELECT key FROM target")}
    assert left.rows("SELECT 1 FROM target WHERE len(lessons) > 0") == []
    left.close()
    assert files(copy) == {"memory.duckdb", *kept}
    assert shell(first).heed("ask", "Why do cats purr?", "--json").records[0]["version"] == 1


def test_a_home_that_was_moved_still_answers_as_it_was_taught(
    again: Callable[[], Shell], tmp_path: Path
) -> None:
    first, moved = again().home, tmp_path / "moved"
    first.rename(moved)
    assert "sound" in shell(moved).heed("data", "verify").out

    asked = shell(moved).heed("ask", "Why do cats purr?", "--json")

    assert asked.records[0]["version"] == 1
    store = Store(moved / "memory.duckdb")
    live = versions.live(store)
    store.close()
    assert live is not None
    assert live.folder.parent == moved / "adapters"
