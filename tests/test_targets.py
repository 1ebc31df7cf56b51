"""The base's numbers are kept by content, whole or not at all, and belong to their lessons."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assistant import targets
from data import caches, ledger
from data.store import Store
from data.types import Lesson

NUMBERS = targets.Reference(
    logprobs=np.array([-0.5, -1.5], dtype=np.float32),
    top=np.array([[-0.5, -1.0], [-0.25, -2.0]], dtype=np.float16),
    index=np.array([[4, 2], [7, 1]], dtype=np.int32),
    tail=np.array([-3.0, -4.0], dtype=np.float32),
)


def lesson(store: Store) -> str:
    made = Lesson("", "", "be brief", "", (), None, datetime(2026, 1, 1, tzinfo=UTC))
    return ledger.add(store, made).id


def test_numbers_come_back_as_they_were(tmp_path: Path) -> None:
    targets.write(tmp_path, "key", NUMBERS, ["L1"])

    found = targets.read(tmp_path, "key")

    assert found is not None
    assert np.array_equal(found.logprobs, NUMBERS.logprobs)
    assert np.array_equal(found.top, NUMBERS.top)
    assert np.array_equal(found.index, NUMBERS.index)
    assert np.array_equal(found.tail, NUMBERS.tail)


def test_the_key_says_everything_that_the_numbers_depend_on() -> None:
    key = targets.key_of("tiny/nf4", "base", (1, 2, 3), 1, 20)

    assert key == targets.key_of("tiny/nf4", "base", (1, 2, 3), 1, 20)
    assert key != targets.key_of("tiny/fp32", "base", (1, 2, 3), 1, 20)
    assert key != targets.key_of("tiny/nf4", "other", (1, 2, 3), 1, 20)
    assert key != targets.key_of("tiny/nf4", "base", (1, 2, 4), 1, 20)
    assert key != targets.key_of("tiny/nf4", "base", (1, 2, 3), 2, 20)
    assert key != targets.key_of("tiny/nf4", "base", (1, 2, 3), 1, 64)


def test_a_missing_or_spoilt_file_is_no_number(tmp_path: Path) -> None:
    targets.write(tmp_path, "key", NUMBERS, [])
    targets.path_of(tmp_path, "key").write_bytes(b"PK\x03\x04 and then nothing")

    assert targets.read(tmp_path, "key") is None
    assert targets.read(tmp_path, "other") is None


def test_files_without_a_row_get_one_for_their_lessons(tmp_path: Path) -> None:
    store = Store(None)
    known = lesson(store)
    path = targets.write(tmp_path, "key", NUMBERS, [known])

    assert targets.index(store, tmp_path) == 0

    assert caches.target(store, "key") == path
    assert caches.remove_targets(store, known) == 1
    assert not path.exists()


def test_files_of_a_forgotten_lesson_and_half_written_ones_are_removed(tmp_path: Path) -> None:
    store = Store(None)
    gone = targets.write(tmp_path, "gone", NUMBERS, ["forgotten"])
    half = tmp_path / "targets" / "half.partial"
    half.write_bytes(b"")
    spoilt = targets.path_of(tmp_path, "spoilt")
    spoilt.write_bytes(b"nothing")
    kept = targets.write(tmp_path, "kept", NUMBERS, [])

    assert targets.index(store, tmp_path) == 3

    assert [path.exists() for path in (gone, half, spoilt, kept)] == [False, False, False, True]
