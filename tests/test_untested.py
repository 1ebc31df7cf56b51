"""Two lessons that speak together and were never tested together are named to the person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import compact, untested
from assistant.scripted import ScriptedModel
from assistant.session import Session
from data import ledger, tasks, versions
from data.store import Store
from data.types import AdapterVersion, Condition, Lesson
from tests.records import a_lesson
from tests.saying import learned
from tests.stand_ins import session
from tests.test_proof import ASK, Scholar

EMAIL, SLACK = (("channel", "email"),), (("channel", "slack"),)


def _lesson(store: Store, effect: str, where: Condition = ()) -> Lesson:
    made = replace(
        a_lesson(), effect=effect, condition=where, check=None, status="active", stance="endorsed"
    )
    return ledger.add(store, made)


def _round(store: Store, *taught: Lesson, kind: str = "learn") -> None:
    about = {"lesson": taught[0].id} if kind == "learn" else {"lessons": [one.id for one in taught]}
    run = versions.start_run(store, kind, settings=json.dumps(about))
    versions.finish_run(store, run.id, "live")


def _off(store: Store, lesson: Lesson) -> None:
    ledger.change(store, replace(ledger.get(store, lesson.id), status="retired"), "off")


def _on(store: Store, lesson: Lesson) -> None:
    ledger.change(store, replace(ledger.get(store, lesson.id), status="learned"), "on")


def _live(store: Store, *lessons: Lesson) -> None:
    version = AdapterVersion(
        number=1,
        parent=None,
        base="tiny/none",
        folder=Path("nowhere"),
        sha256="",
        seed=0,
        lessons=tuple(one.id for one in lessons),
        preferences=(),
        settings="{}",
        gate="{}",
        state="live",
    )
    versions.add(store, version)


def _taught_apart(store: Store, first: Condition = (), second: Condition = ()) -> list[Lesson]:
    """The first was off while the second was taught, and is on again."""
    one, other = _lesson(store, "be brief", first), _lesson(store, "be kind", second)
    _round(store, one)
    _off(store, one)
    _round(store, other)
    _on(store, one)
    _live(store, one, other)
    return [one, other]


@contextmanager
def _school(home: Path) -> Iterator[tuple[Session, Scholar]]:
    scholar = Scholar(home)
    with session(home, ScriptedModel(home=home, write=scholar.write)) as made:
        yield made, scholar


def test_a_lesson_that_was_off_while_another_was_taught_is_told_when_it_is_on_again(
    tmp_path: Path,
) -> None:
    with _school(tmp_path) as (made, scholar):
        task, first = learned(made, ASK)
        scholar.asks.append(first.id)
        made.disable(first.id)
        _, second = learned(made)
        assert "never tested together" not in made.hub.snapshot(None).notice

        made.approve(first.id)

        assert _last_notice(made, task) == made.hub.snapshot(None).notice
        assert made.hub.snapshot(None).notice == (
            f"Both speak now, and were never tested together: {first.effect!r} and "
            f"{second.effect!r}. A report (heed report) counts how each holds."
        )


def _last_notice(made: Session, task: str) -> str:
    return [one.text for one in tasks.turns(made.store, task) if one.kind == "notice"][-1]


@pytest.mark.parametrize("late", ["stance", "version"])
def test_it_is_told_also_after_another_stance_and_another_version(
    tmp_path: Path, late: str
) -> None:
    with _school(tmp_path) as (made, scholar):
        _, first = learned(made, ASK)
        scholar.asks.append(first.id)
        made.set_stance(first.id, "habit")
        learned(made)
        if late == "version":
            made.use_version(1)
        made.set_stance(first.id, "wished")
        if late == "version":
            made.use_version(2)

        assert "never tested together: " in made.hub.snapshot(None).notice


def test_lessons_that_were_on_while_the_other_was_taught_are_not_named(tmp_path: Path) -> None:
    with _school(tmp_path) as (made, scholar):
        _, first = learned(made, ASK)
        scholar.asks.append(first.id)
        _, second = learned(made)
        for lesson in (first, second):
            made.disable(lesson.id)
            made.approve(lesson.id)

        assert ledger.get(made.store, second.id).status == "learned"
        assert untested.told(made.store) == ""


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [((), (), True), (EMAIL, (), True), (EMAIL, EMAIL, True), (EMAIL, SLACK, False)],
)
def test_lessons_of_different_places_are_not_named(
    first: Condition, second: Condition, named: bool
) -> None:
    store = Store(None)
    one, _ = _taught_apart(store, first, second)

    assert bool(untested.told(store, one.id)) is named


After = Callable[[Store, list[Lesson]], None]


@pytest.mark.parametrize(
    "after",
    [
        lambda store, both: _round(store, both[0]),
        lambda store, both: _round(store, *both, kind=compact.KIND),
        lambda store, both: _off(store, both[1]),
    ],
    ids=["taught again", "built anew", "the other is off"],
)
def test_what_was_taught_together_since_or_is_silent_is_not_named(after: After) -> None:
    store = Store(None)
    both = _taught_apart(store)
    assert untested.told(store)

    after(store, both)

    assert untested.told(store) == ""


def test_of_others_nothing_is_said() -> None:
    store = Store(None)
    one, other = _taught_apart(store)
    third = _lesson(store, "be calm", EMAIL)

    assert untested.told(store, third.id) == ""
    assert untested.told(store, one.id) == untested.told(store, other.id) == untested.told(store)
