"""Cached numbers of the base: what it thought of each token of an item, one `.npz` file per item.

Knows no torch and no model: arrays are given, read back and indexed. Since no adapter has a part in
them they never go stale, and hold no trace of a lesson but that of their own item.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from assistant import whole
from data import caches, ledger
from data.store import Store

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Reference:
    """Numbers of n scored tokens, natural logs: their own, and the k most likely with the rest."""

    logprobs: Array  # (n,) float32
    top: Array  # (n, k) float16
    index: Array  # (n, k) int32
    tail: Array  # (n,) float32: log of the mass that the top k leave over


def key_of(base: str, fingerprint: str, ids: Sequence[int], start: int, k: int) -> str:
    """The name of an item's numbers: a hash of everything that they depend on."""
    text = json.dumps([base, fingerprint, list(ids), start, k])
    return hashlib.sha256(text.encode()).hexdigest()


def path_of(home: Path, key: str) -> Path:
    """Where the numbers of this key lie."""
    return home / "targets" / f"{key}.npz"


def rounded(reference: Reference) -> Reference:
    """The numbers as a file holds them."""
    return Reference(
        logprobs=reference.logprobs.astype(np.float32),
        top=reference.top.astype(np.float16),
        index=reference.index.astype(np.int32),
        tail=reference.tail.astype(np.float32),
    )


def write(home: Path, key: str, reference: Reference, lessons: Sequence[str]) -> Path:
    """Keeps the numbers of an item that serves these lessons; whole or not at all.

    Raises Refusal if the disk takes no more.
    """
    path = path_of(home, key)
    kept = rounded(reference)
    with whole.file(path) as partial, partial.open("wb") as file:
        np.savez(
            file,
            logprobs=kept.logprobs,
            top=kept.top,
            index=kept.index,
            tail=kept.tail,
            lessons=np.array(json.dumps(sorted(lessons))),
        )
    return path


def read(home: Path, key: str) -> Reference | None:
    """The numbers of this key; None if there are none or their file is spoilt."""
    path = path_of(home, key)
    try:
        with path.open("rb") as raw, np.load(raw) as file:
            return Reference(file["logprobs"], file["top"], file["index"], file["tail"])
    except (OSError, ValueError, KeyError, BadZipFile):
        return None


def lessons_of(path: Path) -> tuple[str, ...]:
    """The lessons whose items a file serves; raises OSError, ValueError or KeyError if spoilt."""
    with path.open("rb") as raw, np.load(raw) as file:
        return tuple(json.loads(str(file["lessons"])))


def index(store: Store, home: Path) -> int:
    """Puts files and rows in agreement; gives how many files were removed.

    A file without a row gets one, unless it is half written, spoilt, or serves a lesson that is no
    longer in the ledger: then a crash came between writing and forgetting, and it goes.
    """
    removed = 0
    known = {lesson.id for lesson in ledger.all(store)}
    root = home / "targets"
    for path in sorted(root.glob("*")) if root.is_dir() else []:
        if path.suffix != ".partial" and caches.target(store, path.stem) is not None:
            continue
        lessons: tuple[str, ...] | None
        try:
            lessons = lessons_of(path) if path.suffix == ".npz" else None
        except (OSError, ValueError, KeyError, BadZipFile):
            lessons = None
        if lessons is None or not known.issuperset(lessons):
            path.unlink()
            removed += 1
        else:
            caches.add_target(store, path.stem, path, path.stat().st_size, lessons)
    return removed
