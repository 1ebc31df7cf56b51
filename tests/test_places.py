"""Where an approved lesson acts from: the prompt for now, the prompt for good, or the weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import build, places
from assistant.scripted import ScriptedModel
from data import ledger, versions
from data.store import Store
from data.types import AdapterVersion, Lesson, LessonKind
from tests.records import a_lesson
from tests.stand_ins import embed

WHY = "'be warm' stays in the prompt: no check can tell whether a reply obeys it."


@pytest.fixture
def store() -> Store:
    return Store(None)


def lesson(store: Store, kind: LessonKind = "rule") -> Lesson:
    return ledger.add(store, replace(a_lesson(), kind=kind))


def live(store: Store, number: int, *inside: Lesson) -> None:
    held = tuple(one.id for one in inside)
    versions.add(store, AdapterVersion(number, None, "b", Path("f"), "", 0, held, (), "{}", "{}"))
    versions.promote(store, number, "it passed the gate")
    places.follow_live(store)


def now(store: Store, of: Lesson) -> tuple[str, str, int | None]:
    found = ledger.get(store, of.id)
    return found.status, found.place, found.learned_in


def test_a_lesson_goes_to_memory_with_its_reason(store: Store) -> None:
    warm = lesson(store)

    places.to_memory(store, warm.id, WHY)

    assert now(store, warm) == ("memory", "prompt", None)
    last = ledger.events(store, warm.id)[-1]
    assert (last.before, last.after, last.why) == ("active", "memory", WHY)


def test_what_the_person_switched_off_meanwhile_stays_off(store: Store) -> None:
    warm = lesson(store)
    ledger.change(store, replace(warm, status="retired"), "switched off")

    places.to_memory(store, warm.id, WHY)

    assert now(store, warm)[0] == "retired"


def test_the_second_version_that_fails_keeps_the_lesson_in_memory(store: Store) -> None:
    warm = lesson(store)

    places.rejected(store, warm.id, "It obeyed in 0 of 12.")
    once = now(store, warm)
    places.rejected(store, warm.id, "It obeyed in 1 of 12.")

    assert once[0] == "active"
    assert now(store, warm)[0] == "memory"
    assert ledger.events(store, warm.id)[-1].why == "It obeyed in 1 of 12."


@pytest.mark.parametrize("anew", ["words", "yes"])
def test_failures_are_counted_anew_after_other_words_or_another_yes(
    store: Store, anew: str
) -> None:
    warm = lesson(store)
    places.rejected(store, warm.id, "It obeyed in 0 of 12.")
    if anew == "words":
        ledger.change(store, replace(warm, effect="be cordial"), "edited by the person")
    else:
        ledger.change(store, replace(warm, status="retired"), "switched off")
        ledger.change(store, warm, "approved")

    places.rejected(store, warm.id, "It obeyed in 0 of 12.")

    assert now(store, warm)[0] == "active"


def test_an_undo_leaves_memory_as_it_is(store: Store) -> None:
    warm, short = lesson(store), lesson(store)
    places.to_memory(store, warm.id, WHY)
    live(store, 1, short)
    learned = now(store, short)

    versions.retire_live(store, "undone")
    places.follow_live(store)

    assert learned == ("learned", "weights", 1)
    assert now(store, short) == ("active", "prompt", None)
    assert now(store, warm) == ("memory", "prompt", None)


def test_other_words_that_are_said_during_a_round_are_not_judged_by_the_old_ones(
    store: Store, tmp_path: Path
) -> None:
    vague = lesson(store)
    steps = build.build(store, ScriptedModel(), embed, tmp_path, seed=0)
    next(steps)

    ledger.change(store, replace(vague, effect="be warm"), "edited")
    list(steps)

    assert now(store, vague)[0] == "active"


def test_a_version_that_holds_a_remembered_lesson_says_so(store: Store) -> None:
    warm = lesson(store)
    live(store, 1, warm)
    versions.retire_live(store, "undone")
    places.follow_live(store)
    places.to_memory(store, warm.id, WHY)

    versions.promote(store, 1, "chosen by the person")
    places.follow_live(store)

    assert now(store, warm) == ("learned", "weights", 1)


def test_a_yes_makes_a_rule_wait_and_a_fact_remembered() -> None:
    assert places.approved(a_lesson()) == "active"
    assert places.approved(replace(a_lesson(), kind="fact")) == "memory"
    assert places.approved(replace(a_lesson(), kind="once")) == "memory"
