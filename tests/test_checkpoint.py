"""A run that was put aside comes back as it was, or not at all, and goes with its lessons."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from assistant import agreement, build, checkpoint
from assistant.checkpoint import Checkpoint, Keeper
from assistant.course import Course, Reading
from assistant.protocols import Plan
from data import ledger
from data.store import Store
from data.types import Lesson, LessonStatus
from feedback import select
from tests.stand_ins import embed
from tests.test_build import Pupil, approved

COURSE = Course(0.1 + 0.2, [Reading(1.5, 1 / 3, 0.25, 1, 0.7), Reading()])
RUN = Checkpoint(
    COURSE,
    {"a.lora_A": np.array([[1 / 3, 2.0]], dtype=np.float32)},
    {"0.step": np.array(2.0, dtype=np.float32), "0.exp_avg": np.ones((1, 2), dtype=np.float32)},
)


def kept(home: Path, key: str = "key", *lessons: str, new: tuple[str, ...] = ()) -> Keeper:
    keeper = Keeper(home, key, lessons, new)
    keeper.keep(RUN)
    return keeper


def lesson(store: Store, status: LessonStatus = "active") -> Lesson:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return ledger.add(store, Lesson("", "", "be brief", "", (), None, at, status, "endorsed"))


def test_a_run_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    kept(tmp_path)

    found = Keeper(tmp_path, "key", ()).begun()

    assert found is not None
    assert found.course == COURSE
    for one, other in ((found.weights, RUN.weights), (found.state, RUN.state)):
        assert one.keys() == other.keys()
        for name, values in one.items():
            assert values.dtype == other[name].dtype
            assert values.shape == other[name].shape
            assert np.array_equal(values, other[name])


def test_the_last_step_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    keeper = kept(tmp_path)

    keeper.keep(replace(RUN, course=Course()))

    found = Keeper(tmp_path, "key", ()).begun()
    assert found is not None
    assert found.course == Course()
    assert [path.name for path in (tmp_path / "learning").iterdir()] == [checkpoint.NAME]


def test_what_another_run_left_is_removed(tmp_path: Path) -> None:
    kept(tmp_path, "one")

    assert Keeper(tmp_path, "other", ()).begun() is None

    assert list((tmp_path / "learning").iterdir()) == []


def test_a_home_without_a_run_has_none(tmp_path: Path) -> None:
    assert Keeper(tmp_path, "key", ()).begun() is None
    checkpoint.purge(tmp_path, "A")
    checkpoint.sweep(tmp_path)

    assert not checkpoint.mend(Store(None), tmp_path)


@pytest.mark.parametrize("cut", [0, 5, 40, -1])
def test_a_spoilt_file_is_no_run(tmp_path: Path, cut: int) -> None:
    kept(tmp_path)
    path = checkpoint.path_of(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])

    assert Keeper(tmp_path, "key", ()).begun() is None

    assert not path.exists()


def test_a_file_of_another_program_is_no_run(tmp_path: Path) -> None:
    path = checkpoint.path_of(tmp_path)
    path.parent.mkdir()
    save_file({"weights": np.ones(1, dtype=np.float32)}, path)

    assert Keeper(tmp_path, "key", ()).begun() is None


def test_the_key_depends_on_all_that_it_is_given() -> None:
    key = checkpoint.key_of("tiny/fp32", ("A",), 7)

    assert key == checkpoint.key_of("tiny/fp32", ("A",), 7)
    assert key != checkpoint.key_of("tiny/nf4", ("A",), 7)
    assert key != checkpoint.key_of("tiny/fp32", ("A", "B"), 7)
    assert key != checkpoint.key_of("tiny/fp32", ("A",), 8)


def test_forgetting_any_of_its_lessons_removes_a_run(tmp_path: Path) -> None:
    kept(tmp_path, "key", "A", "B")

    checkpoint.purge(tmp_path, "C")
    assert checkpoint.path_of(tmp_path).exists()

    checkpoint.purge(tmp_path, "B")
    assert not checkpoint.path_of(tmp_path).exists()


def test_forgetting_removes_what_cannot_say_its_lessons(tmp_path: Path) -> None:
    kept(tmp_path, "key", "A")
    checkpoint.path_of(tmp_path).write_bytes(b"half of a run")
    (tmp_path / "learning" / ".tmp1").write_bytes(b"the other half")

    checkpoint.purge(tmp_path, "C")

    assert list((tmp_path / "learning").iterdir()) == []


def test_at_start_what_is_half_written_goes_and_a_whole_run_stays(tmp_path: Path) -> None:
    store = Store(None)
    found = lesson(store)
    kept(tmp_path, "key", found.id, new=(found.id,))
    half = tmp_path / "learning" / f"{checkpoint.NAME}.partial"
    half.write_bytes(b"half")

    agreement.mend(store, tmp_path)

    assert not half.exists()
    assert Keeper(tmp_path, "key", ()).begun() is not None


Act = Callable[[Store, Lesson], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda store, one: ledger.change(store, replace(one, status="retired"), "switched off"),
        lambda store, one: ledger.change(store, replace(one, status="learned"), "learned"),
        lambda store, one: ledger.change(store, replace(one, stance="habit"), "only a habit"),
        lambda store, one: ledger.remove(store, one.id),
    ],
)
def test_a_run_whose_new_lesson_does_not_wait_any_more_is_removed(tmp_path: Path, act: Act) -> None:
    store = Store(None)
    found = lesson(store)
    kept(tmp_path, "key", found.id, new=(found.id,))
    assert not checkpoint.mend(store, tmp_path)

    act(store, found)

    assert checkpoint.mend(store, tmp_path)
    assert not checkpoint.path_of(tmp_path).exists()


def test_a_run_with_a_part_of_a_forgotten_older_lesson_is_removed(tmp_path: Path) -> None:
    store = Store(None)
    new, old = lesson(store), lesson(store, "learned")
    kept(tmp_path, "key", new.id, old.id, new=(new.id,))

    ledger.remove(store, old.id)

    assert checkpoint.mend(store, tmp_path)


def told(plans: Sequence[Plan]) -> list[tuple[Plan, list[Collection[str]]]]:
    """Each plan, and which lessons hold in plain text and at its own requests."""
    found = []
    for one in plans:
        assert one.holds is not None
        asked = ("", *(select.request_of(row) for row in one.data))
        found.append((replace(one, holds=None), [one.holds(text) for text in asked]))
    return found


def test_a_round_that_is_begun_again_after_a_crash_has_the_same_plan(tmp_path: Path) -> None:
    store = Store(None)
    pupil = Pupil(tmp_path, store, fails_at=2)
    approved(store)
    crashed, again = pupil.model(), replace(pupil, fails_at=None).model()
    with pytest.raises(RuntimeError, match="told to fail"):
        list(build.build(store, crashed, embed, tmp_path, seed=0))

    list(build.build(store, again, embed, tmp_path, seed=0))

    assert told(again.plans) == told(crashed.plans)


@pytest.mark.parametrize("off", [False, True])
def test_a_stopped_round_leaves_the_run_to_the_next_unless_its_lesson_is_off(
    tmp_path: Path, off: bool
) -> None:
    store = Store(None)
    pupil = Pupil(tmp_path, store)
    found = approved(store)
    steps = build.build(store, pupil.model(), embed, tmp_path, seed=0)
    while not next(steps).label.startswith("Learning"):
        pass
    kept(tmp_path, "key", found.id, new=(found.id,))

    if off:
        ledger.change(store, replace(found, status="retired"), "switched off")
    steps.close()

    assert checkpoint.path_of(tmp_path).exists() is not off


def test_a_slow_disk_is_written_to_at_most_a_tenth_of_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]

    def slowly(*_: object) -> None:
        (tmp_path / "learning" / f"{checkpoint.NAME}.partial").write_bytes(b"slow")
        now[0] += 2.0

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(checkpoint, "save_file", slowly)
    keeper = Keeper(tmp_path, "key", ())

    assert keeper.due()
    keeper.keep(RUN)
    now[0] += 19.0
    assert not keeper.due()
    now[0] += 1.0
    assert keeper.due()


def test_a_disk_that_takes_no_more_keeps_the_step_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = kept(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint, "save_file", full)
    keeper.keep(replace(RUN, course=Course()))

    assert keeper.failed
    found = Keeper(tmp_path, "key", ()).begun()
    assert found is not None
    assert found.course == COURSE
    monkeypatch.undo()
    keeper.keep(RUN)
    assert not keeper.failed
