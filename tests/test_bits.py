"""Forgetting leaves the weights that never having been taught would have left, bit for bit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant import adapters, compact, learn
from data import preferences
from data.types import Check
from tests.apprentice import Rule, School

pytestmark = pytest.mark.weights  # imports torch

SHORT = Rule("answer in one sentence", Check("max_sentences", (("n", 1),)))
LOUD = Rule("end with an exclamation mark", Check("ends_with", (("text", "!"),)))
PLAIN = Rule("use no commas", Check("no_comma"))
MAILS = (("channel", "email"),)
SIGNED = Rule("end with a bang", Check("ends_with", (("text", "!"),)), MAILS)
OPENED = Rule("start with 'Dear all'", Check("starts_with", (("text", "Dear all"),)), MAILS)
CODE = Rule("use no commas", Check("no_comma"), (("task_type", "code"),))
TOLD = Rule("use no commas", Check("no_comma"), (("task_type", "explanation"),))
WISHED = Rule("close with best wishes", Check("ends_with", (("text", "Best wishes."),)), MAILS)

STORIES = {
    "a wide one among wide ones": ((SHORT, LOUD, PLAIN), 1),
    "a wide one between a scoped and a wide one": ((OPENED, SHORT, LOUD), 1),
    "a scoped one between wide ones": ((SHORT, CODE, LOUD), 1),
    "a wide one before a scoped one": ((SHORT, PLAIN, SIGNED), 1),
    "a scoped one before others of which two meet": ((SHORT, CODE, OPENED, SIGNED), 1),
    "the first of all": ((PLAIN, OPENED, SHORT), 0),
    "an exception of what stays": ((LOUD, WISHED, PLAIN), 1),
    "one whose place the others keep as it is": ((TOLD, OPENED, SIGNED), 0),
}


def taught(home: Path, rules: Sequence[Rule], gone: int | None = None) -> School:
    school = School.at(home)
    lessons = [school.teach(rule) for rule in rules]
    if gone is not None:
        school.forget(lessons[gone])
    return school


@pytest.mark.parametrize("story", STORIES)
def test_what_is_left_has_the_same_bits(tmp_path: Path, story: str) -> None:
    rules, gone = STORIES[story]
    left = [rule for at, rule in enumerate(rules) if at != gone]

    never = taught(tmp_path / "never", left)
    forgotten = taught(tmp_path / "forgotten", rules, gone)

    assert forgotten.held == never.held == [rule.effect for rule in left]
    assert forgotten.live.number != never.live.number
    assert forgotten.live.sha256 == never.live.sha256


@pytest.mark.parametrize("story", ["a wide one among wide ones"])
def test_what_is_left_has_the_same_bits_when_it_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, story: str
) -> None:
    rules, gone = STORIES[story]
    left = [rule for at, rule in enumerate(rules) if at != gone]
    never = taught(tmp_path / "never", left)
    forgotten = taught(tmp_path / "forgotten", rules, gone)
    step_by_step = forgotten.live.sha256

    monkeypatch.setattr(compact, "EVERY", 2)
    never.anew()
    forgotten.anew()

    assert len(adapters.blocks_of(never.live.folder)) == 1
    assert forgotten.held == never.held == [rule.effect for rule in left]
    assert forgotten.live.sha256 == never.live.sha256 != step_by_step


def test_the_steps_of_a_rebuild_are_as_wide_as_the_learner_takes_them() -> None:
    assert learn.Recipe(rate=1e-3).new == compact.A_STEP
    assert learn.Recipe(rate=1e-3).passes == compact.PASSES


def test_no_example_that_a_forgotten_lesson_shaped_is_left(tmp_path: Path) -> None:
    school = School.at(tmp_path / "home")
    school.teach(OPENED)
    middle = school.teach(LOUD)
    school.teach(SHORT)
    assert any(row.chosen.endswith("!") for row in preferences.training(school.store))

    school.forget(middle)

    ((rows,),) = school.store.rows("SELECT count(*) FROM preference WHERE chosen LIKE '%!'")
    assert rows == 0
