"""A file of replies may go while it stays known which lessons had a part in it."""

from __future__ import annotations

from pathlib import Path

from data import caches
from data.store import Store


def test_dropping_a_file_keeps_what_it_was_made_under(tmp_path: Path) -> None:
    store, path = Store(None), tmp_path / "replies.json"
    path.write_text("{}", encoding="utf-8")
    caches.add_target(store, "key", path, 2, ("one", "two"))

    assert caches.drop_targets(store, "one") == 1

    assert not path.exists()
    assert caches.target(store, "key") is None
    assert caches.lessons_of_targets(store) == {"key": ("one", "two")}
