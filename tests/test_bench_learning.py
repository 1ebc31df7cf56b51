"""Which lessons are in which build of the sequential bench, and that a cut seed goes on.

Says nothing about how well anything is learned: the model speaks by script.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import learning
from bench.learning import Course
from bench.lessons import BenchLesson
from data import ledger, versions
from data.store import Store
from data.types import Check, Condition
from tests.apprentice import Apprentice
from tests.stand_ins import embed

pytestmark = pytest.mark.weights  # imports torch


def a_lesson(id: str, effect: str, check: Check, where: Condition = ()) -> BenchLesson:
    place = " ".join(value for _, value in where)
    inside = ("Write an email about tea.", "Explain rain.") if not where else (f"Write {place}.",)
    return BenchLesson(id, effect, effect, place, where, check, inside, ("What is a fig?",))


OPENED = a_lesson(
    "opened", "start with 'Dear all'", Check("starts_with", (("text", "Dear all"),)),
    (("channel", "email"),),
)  # fmt: skip
SHORT = a_lesson("short", "answer in one sentence", Check("max_sentences", (("n", 1),)))
PLAIN = a_lesson("plain", "use no commas", Check("no_comma"), (("task_type", "code"),))
LOUD = a_lesson("loud", "end with an exclamation mark", Check("ends_with", (("text", "!"),)))
FOUR = (OPENED, SHORT, PLAIN, LOUD)


def a_course(home: Path) -> Course:
    return Course(home, 0, Apprentice, embed)


def held(home: Path) -> list[str]:
    """What the lessons of a home's live version ask for, in its order."""
    store = Store(home / "memory.duckdb")
    live = versions.live(store)
    effects = [ledger.get(store, one).effect for one in live.lessons] if live is not None else []
    store.close()
    return effects


def effects(*some: BenchLesson) -> list[str]:
    return [one.effect for one in some]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seed of four lessons, the two in the middle forgotten."""
    made = tmp_path_factory.mktemp("bench") / "tiny-0"
    course = a_course(made)
    learning.run(course, FOUR, 2)
    course.close()
    return made


def found(home: Path) -> learning.Row:
    row: learning.Row = json.loads((home / "results.json").read_text("utf-8"))
    return row


def test_the_last_taught_is_forgotten_first() -> None:
    assert learning.to_forget(0, 4, 2) == [2, 1]
    places = learning.to_forget(1, 24, 4)

    assert places == sorted(set(places), reverse=True)
    assert len(places) == 4
    assert set(places) <= set(range(1, 23))


def test_every_lesson_went_into_the_weights(home: Path) -> None:
    row = found(home)

    assert [row[f"taught {one.id}"]["outcome"] for one in FOUR] == ["live"] * 4
    assert row["last"]["held"] == [one.id for one in FOUR]


def test_a_build_without_a_lesson_also_lacks_those_that_were_forgotten_before(home: Path) -> None:
    assert held(home) == effects(OPENED, LOUD)
    assert held(home.with_name("tiny-0-without-plain")) == effects(OPENED, SHORT, LOUD)
    assert held(home.with_name("tiny-0-without-short")) == effects(OPENED, LOUD)
    assert found(home)["after forgetting"]["held"] == ["opened", "loud"]


def test_the_live_version_speaks_with_each_lesson_only_where_it_holds(home: Path) -> None:
    course = a_course(home)
    known = [course.lesson(one) for one in (OPENED, LOUD)]

    speaking = course.voice().by_lessons(["Write email.", "Explain rain."])

    course.close()
    opened, loud = [one.id for one in known if one is not None]
    assert speaking == {
        frozenset((opened, loud)): ["Write email."],
        frozenset((loud,)): ["Explain rain."],
    }


def test_both_builds_have_the_same_bits_after_each_forgetting(home: Path) -> None:
    row = found(home)

    assert [row[f"forgotten {one.id}"]["same bits"] for one in (PLAIN, SHORT)] == [True, True]
    assert row["forgotten short"]["files with its words"] == []


def test_a_seed_that_is_done_measures_nothing_again(home: Path) -> None:
    before = found(home)

    course = a_course(home)
    learning.run(course, FOUR, 2)
    course.close()

    assert found(home) == before


def test_a_seed_that_was_cut_goes_on_and_counts_after_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "MIDDLE", 2)
    course = a_course(tmp_path / "tiny-0")
    teach = learning.teach

    def cut(course: Course, one: BenchLesson) -> None:
        if one is PLAIN:
            one.lesson(course.store, course.store.now())
            raise KeyboardInterrupt
        teach(course, one)

    monkeypatch.setattr(learning, "teach", cut)
    with pytest.raises(KeyboardInterrupt):
        learning.run(course, FOUR[:3], 0)
    course.close()
    monkeypatch.setattr(learning, "teach", teach)
    course = a_course(tmp_path / "tiny-0")

    learning.run(course, FOUR[:3], 0)

    course.close()
    row = found(tmp_path / "tiny-0")
    assert [one["lesson"] for one in row["after 2"]["counts"]] == ["opened", "short"]
    assert row["after 2"]["held"] == ["opened", "short"]
    assert [row[f"taught {one.id}"]["whole"] for one in FOUR[:3]] == [True, True, False]


def test_a_lesson_that_was_taught_before_it_was_to_be_forgotten_is_refused(tmp_path: Path) -> None:
    course = a_course(tmp_path / "tiny-0")
    SHORT.lesson(course.store, course.store.now())

    with pytest.raises(SystemExit, match="'short' was taught before"):
        learning.run(course, FOUR[:3], 1)

    course.close()
