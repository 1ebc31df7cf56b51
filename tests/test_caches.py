"""Embeddings and cached targets come back as they were kept, and forgetting empties both."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import caches
from data.store import Store


@pytest.fixture
def store() -> Store:
    return Store(None)


def test_a_vector_is_known_by_its_model_and_text(store: Store) -> None:
    caches.add_vectors(store, "minilm", {"tea": [0.5, -0.25], "coffee": (1, 0)})
    caches.add_vectors(store, "minilm", {"tea": [0.5, 0.75]})

    assert caches.vector(store, "minilm", "tea") == (0.5, 0.75)
    assert caches.vector(store, "minilm", "coffee") == (1.0, 0.0)
    assert caches.vector(store, "another", "tea") is None
    assert caches.vector(store, "minilm", "milk") is None


def test_vectors_of_forgotten_words_are_removed(store: Store) -> None:
    caches.add_vectors(store, "minilm", {"my xylophonic tea": [1.0], "coffee": [1.0]})

    caches.remove_vectors(store, "xylophonic")

    assert caches.vector(store, "minilm", "my xylophonic tea") is None
    assert caches.vector(store, "minilm", "coffee") is not None


def test_a_target_without_its_file_is_no_target(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "k1.npz"
    file.write_bytes(b"numbers")
    caches.add_target(store, "k1", file, 7, ("a",))

    found = caches.target(store, "k1")
    file.unlink()

    assert found == file
    assert caches.target(store, "k1") is None
    assert caches.target(store, "unknown") is None


def test_targets_whose_teacher_held_a_lesson_go_with_it(store: Store, tmp_path: Path) -> None:
    files = {key: tmp_path / f"{key}.npz" for key in ("with", "both", "without")}
    for file in files.values():
        file.write_bytes(b"numbers")
    caches.add_target(store, "with", files["with"], 7, ("a",))
    caches.add_target(store, "both", files["both"], 7, ("a", "b"))
    caches.add_target(store, "without", files["without"], 7, ("b",))

    removed = caches.remove_targets(store, "a")

    assert removed == 2
    assert list(tmp_path.iterdir()) == [files["without"]]
    assert caches.target(store, "without") == files["without"]
    assert caches.target(store, "both") is None
