"""Embeddings of texts, and the index of cached training targets, one file a row.

Knows neither the embedder nor what stands in a target's file. All of it can be made again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from data.store import Store


def vector(store: Store, model: str, text: str) -> tuple[float, ...] | None:
    """The embedding of a text by a model, in single precision; None if it is not cached."""
    found = store.rows("SELECT vector FROM embedding WHERE model = ? AND text = ?", [model, text])
    return tuple(found[0][0]) if found else None


def vectors(store: Store, model: str, texts: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """The embeddings of those of the texts that are cached, read at once."""
    found = store.rows(
        "SELECT text, vector FROM embedding WHERE model = ? AND list_contains(?, text)",
        [model, list(texts)],
    )
    return {text: tuple(values) for text, values in found}


def add_vectors(store: Store, model: str, vectors: Mapping[str, Sequence[float]]) -> None:
    """Keeps the embeddings of some texts by a model."""
    with store.transaction():
        for text, values in vectors.items():
            store.execute(
                "INSERT OR REPLACE INTO embedding (model, text, vector) VALUES (?, ?, ?)",
                [model, text, [float(value) for value in values]],
            )


def remove_vectors(store: Store, words: str) -> None:
    """Removes the embeddings of all texts that hold these words; for forgetting."""
    store.execute("DELETE FROM embedding WHERE contains(text, ?)", [words])


def remove_stale_vectors(store: Store, model: str) -> None:
    """Removes what models of this name's beginning made of words that no acting lesson holds."""
    store.execute(
        "DELETE FROM embedding WHERE starts_with(model, ?) AND NOT EXISTS ("
        " SELECT 1 FROM lesson WHERE status IN ('active', 'learned', 'memory') AND ("
        " contains(effect, text) OR contains(scope, text) OR contains(condition, text)))",
        [model],
    )


def target(store: Store, key: str) -> Path | None:
    """The file of a cached target; None if there is no row or its file is gone."""
    found = store.rows("SELECT path FROM target WHERE key = ?", [key])
    path = Path(found[0][0]) if found else None
    return path if path is not None and path.is_file() else None


def lessons_of_targets(store: Store) -> dict[str, tuple[str, ...]]:
    """The lessons that had a part in each cached target, by its key."""
    return {key: tuple(lessons) for key, lessons in store.rows("SELECT key, lessons FROM target")}


def add_target(store: Store, key: str, path: Path, size: int, lessons: Sequence[str]) -> None:
    """Keeps where a target lies, its size in bytes, and the lessons that its teacher held."""
    store.execute(
        "INSERT OR REPLACE INTO target (key, path, bytes, lessons) VALUES (?, ?, ?, ?)",
        [key, str(path), size, list(lessons)],
    )


def move_targets(store: Store, folder: Path) -> None:
    """Says that every target lies in this folder now."""
    with store.transaction():
        for key, path in store.rows("SELECT key, path FROM target"):
            if Path(path).parent != folder:
                moved = str(folder / Path(path).name)
                store.execute("UPDATE target SET path = ? WHERE key = ?", [moved, key])


def drop_targets(store: Store, lesson: str | None) -> int:
    """Deletes the files of a lesson's cached targets; which lessons had a part stays known.

    None: the numbers of what serves no lesson. Gives how many.
    """
    found = store.rows(
        "SELECT path FROM target WHERE CASE WHEN ? IS NULL"
        " THEN len(lessons) = 0 AND ends_with(path, '.npz') ELSE list_contains(lessons, ?) END",
        [lesson, lesson],
    )
    for (path,) in found:
        Path(path).unlink(missing_ok=True)
    return len(found)


def remove_targets(store: Store, lesson: str) -> int:
    """Removes every target whose teacher held the lesson, files first; returns how many."""
    found = store.rows("SELECT key, path FROM target WHERE list_contains(lessons, ?)", [lesson])
    for _, path in found:
        Path(path).unlink(missing_ok=True)
    store.execute("DELETE FROM target WHERE list_contains(lessons, ?)", [lesson])
    return len(found)
