"""Lessons that hold in places: each is learned and heard there, and nothing moves elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import adapters, items, learn
from assistant.beneath import Beneath
from assistant.model import LocalModel
from assistant.protocols import Plan
from data.types import Preference
from tests import tiny
from tests.rows import ASKED, A, B, C, plan_of, taught

pytestmark = pytest.mark.weights  # imports torch


def apart(request: str) -> tuple[str, ...]:
    """Every lesson holds at a request of its own, and none in plain text."""
    return tuple(lesson for lesson, asked in zip("ABC", ASKED, strict=True) if asked == request)


def one_of(rows: tuple[Preference, ...]) -> tuple[Preference, ...]:
    """The rows for the request at which their lesson holds."""
    return tuple(one for one in rows if one.lesson in apart(one.prompt[-1].text))


def test_a_lesson_speaks_where_it_holds_and_is_silent_elsewhere(tmp_path: Path) -> None:
    network = tiny.network()
    model = LocalModel(network, tmp_path)
    before = [model.logprobs(row.prompt, row.chosen) for row in A]
    version = taught(network, plan_of(1, None, one_of(A), holds=apart), tmp_path)

    after = []
    for row in A:
        model.use(version, 1.0, apart(row.prompt[-1].text))
        after.append(model.logprobs(row.prompt, row.chosen))

    assert sum(after[0]) > sum(before[0]) + 1.0
    assert after[1:] == before[1:]


def test_lessons_for_places_apart_come_out_the_same_in_any_company(tmp_path: Path) -> None:
    network = tiny.network()
    one = taught(network, plan_of(1, None, one_of(A), holds=apart), tmp_path / "all")
    two = taught(network, plan_of(2, one, one_of(B), holds=apart), tmp_path / "all")
    three = taught(network, plan_of(3, two, one_of(C), holds=apart), tmp_path / "all")

    alone = taught(tiny.network(), plan_of(1, None, one_of(C), holds=apart), tmp_path / "alone")

    assert adapters.blocks_of(three.folder)[-1].sha256 == (
        adapters.blocks_of(alone.folder)[0].sha256
    )


def test_only_what_holds_everywhere_is_held_still_elsewhere(tmp_path: Path) -> None:
    wide, narrow = plan_of(1, None, A), plan_of(1, None, one_of(A), holds=apart)

    def roles(plan: Plan) -> set[str]:
        encoder = tiny.network().encoder
        return {one.role for one in items.of_plan(encoder, plan, Beneath(plan), pairs=False)}

    assert roles(wide) == {"in", "general"}
    assert roles(narrow) == {"in"}


def test_beneath_all_items_of_a_forward_the_same_blocks_speak(tmp_path: Path) -> None:
    first = taught(tiny.network(), plan_of(1, None, one_of(A), holds=apart), tmp_path)

    def holds(request: str) -> tuple[str, ...]:
        return (*apart(request), "B")

    plan = plan_of(2, first, B, holds=holds)
    found = items.of_plan(tiny.network().encoder, plan, Beneath(plan), pairs=False)
    batches = learn.micro_batches([one for one in found if one.role == "in"])

    under = [{one.beneath for one in batch} for batch in batches]
    assert all(len(some) == 1 for some in under)
    assert sorted(len(next(iter(some))) for some in under) == [0, 1]


def test_what_is_tried_at_a_strength_is_what_that_strength_is_written_in(tmp_path: Path) -> None:
    network = tiny.network()
    model = LocalModel(network, tmp_path)
    first = taught(network, plan_of(1, None, A), tmp_path)
    made = taught(network, plan_of(2, first, B), tmp_path)
    asked, said = A[0].prompt, A[0].chosen
    model.use(made)
    whole = model.logprobs(asked, said)
    model.use(made, trial=0.5)
    tried = model.logprobs(asked, said)

    model.use(adapters.rescale(made, 0.5))

    assert model.logprobs(asked, said) == tried
    assert tried != whole
