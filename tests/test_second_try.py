"""A lesson whose version is rejected is tried once more in the same round, and no third time."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import build
from data import ledger, versions
from data.store import Store
from tests.stand_ins import embed
from tests.test_build import Pupil, approved, round_of


@pytest.fixture
def store() -> Store:
    return Store(None)


@pytest.fixture
def pupil(tmp_path: Path, store: Store) -> Pupil:
    return Pupil(tmp_path, store)


def test_a_round_tries_a_rejected_lesson_once_more_and_then_keeps_it_in_memory(
    pupil: Pupil, store: Store
) -> None:
    pupil.deaf = True
    lesson = approved(store)

    labels = [step.label for step in round_of(pupil)]

    assert [one.outcome for one in versions.runs(store, "learn")] == ["rejected", "rejected"]
    assert ledger.get(store, lesson.id).status == "memory"
    assert build.waiting(store) == ()
    assert f"once more: Choosing examples: {lesson.effect}" in labels
    assert build.told(store).count("stays in the prompt") == 1


def test_the_second_try_of_a_lesson_may_go_live(pupil: Pupil, store: Store) -> None:
    pupil.deaf = True
    lesson = approved(store)
    steps = build.build(store, pupil.model(), embed, pupil.home, seed=0)

    for step in steps:
        pupil.deaf = pupil.deaf and "once more" not in step.label

    assert [one.outcome for one in versions.runs(store, "learn")] == ["rejected", "live"]
    assert ledger.get(store, lesson.id).status == "learned"
