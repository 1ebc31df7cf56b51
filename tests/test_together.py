"""Several lessons hold at one request: examples obey all of them, whichever was first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import curriculum, lecture, teacher
from assistant.clock import Clock
from assistant.curriculum import Curriculum
from assistant.scripted import ScriptedModel
from assistant.teacher import Taught
from data import ledger, preferences
from data.checks import registry
from data.store import Store
from data.types import Check, Condition, Lesson, Preference
from feedback import scope, select
from tests import steps
from tests.stand_ins import embed

AT = datetime(2026, 1, 1, tzinfo=UTC)
SURE = Check("starts_with", (("text", "Sure"),))
LISTED = Check("bullets", (("min", 2),))
SIGNED = Check("ends_with", (("text", "Kind regards, Kim"),))
BRIEF = Check("max_words", (("n", 12),))
EMAIL: Condition = (("channel", "email"),)
LIMIT = 96
LONG = "Rain falls when clouds cool. The drops grow heavy over time. Then they reach the sea."
WHOLE = LONG + " Rivers carry it over stones and under bridges, past mills, farms and quiet towns."
CUT = WHOLE + " On the way the sun takes some of it back into the air, and when the air is"


def a_lesson(effect: str, check: Check, where: Condition = (), id: str = "") -> Lesson:
    return Lesson(id, "", effect, "", where, check, AT, "active", "endorsed")


ALWAYS = a_lesson('start with "Sure"', SURE, id="A")
MAILS = a_lesson('end with "Kind regards, Kim"', SIGNED, EMAIL, id="M")
SHORT = a_lesson("answer in under 13 words", BRIEF, id="S")
POINTS = a_lesson("use bullet points", LISTED, id="P")


@pytest.fixture
def store() -> Store:
    return Store(None)


def test_code_adds_what_the_older_lessons_ask_for() -> None:
    text = teacher.upgraded(LONG, (ALWAYS, MAILS), LIMIT)

    assert text is not None
    assert registry.passes(SURE, text)
    assert registry.passes(SIGNED, text)


def test_the_opening_is_added_last_and_stands_once() -> None:
    text = teacher.upgraded("Sure, rain falls. It is wet. It runs off.", (ALWAYS, POINTS), LIMIT)

    assert text is not None
    assert text.lower().count("sure") == 1
    assert text.startswith("Sure:\n\n- ")


def test_a_cut_text_is_ended_before_it_is_signed() -> None:
    text = teacher.upgraded(CUT, (MAILS,), LIMIT)

    assert text == f"{WHOLE} Kind regards, Kim"


def test_what_code_cannot_bring_together_is_given_up() -> None:
    never = a_lesson('never start with "Sure"', Check("starts_with", SURE.args, negate=True))

    assert teacher.upgraded(LONG, (ALWAYS, never), LIMIT) is None


def prepared(
    store: Store, home: Path, lesson: Lesson, older: tuple[Lesson, ...], says: Callable[[str], str]
) -> tuple[Taught, Curriculum]:
    model = ScriptedModel(
        complete=lambda messages, _version: says(messages[-1].text),
        write=lambda *_: (LONG,),
        home=home,
    )
    plan = curriculum.draw(store, lesson, older, embed, 0)
    making = lecture.prepare(store, model, embed, home, 0, LIMIT, plan, Clock())
    return steps.result(making), plan


def stored(store: Store, lesson: Lesson, role: str) -> list[Preference]:
    return [
        row for row in preferences.training(store) if (row.lesson, row.role) == (lesson.id, role)
    ]


def test_a_lesson_for_a_place_is_taught_beside_one_that_holds_everywhere(
    store: Store, tmp_path: Path
) -> None:
    wide = ledger.add(store, ALWAYS)
    narrow = ledger.add(store, MAILS)
    prepared(store, tmp_path, wide, (), lambda _: LONG)

    taught, plan = prepared(store, tmp_path, narrow, (wide,), lambda _: LONG)

    assert set(plan.others) == set(plan.train)
    assert taught.route == "C"
    for target in taught.targets:
        assert registry.passes(SURE, target.chosen)
        assert registry.passes(SIGNED, target.chosen)
        assert not target.cut


def test_a_lesson_for_a_place_is_taught_nowhere_else(store: Store, tmp_path: Path) -> None:
    wide = ledger.add(store, ALWAYS)
    narrow = ledger.add(store, MAILS)
    prepared(store, tmp_path, wide, (), lambda _: LONG)

    _, plan = prepared(store, tmp_path, narrow, (wide,), lambda _: LONG)
    rows = lecture.rows(store, embed, plan, (wide,))

    assert rows
    assert all(scope.applies(narrow, select.request_of(row), embed) for row in rows)
    assert {row.role for row in rows} == {"in"}


def test_a_wide_lesson_brings_older_examples_up_to_itself(store: Store, tmp_path: Path) -> None:
    narrow = ledger.add(store, MAILS)
    wide = ledger.add(store, ALWAYS)
    prepared(store, tmp_path, narrow, (), lambda _: LONG)
    before = {row.chosen for row in stored(store, narrow, "in")}

    _, plan = prepared(store, tmp_path, wide, (narrow,), lambda _: LONG)
    rows = lecture.rows(store, embed, plan, (narrow,))

    replayed = [row for row in rows if row.lesson == narrow.id and row.role == "in"]
    assert replayed
    assert not before & {row.chosen for row in replayed}
    for row in replayed:
        assert registry.passes(SURE, row.chosen)
        assert registry.passes(SIGNED, row.chosen)


def test_a_wide_lesson_is_taught_where_a_narrow_one_holds_too(store: Store, tmp_path: Path) -> None:
    narrow = ledger.add(store, MAILS)
    wide = ledger.add(store, ALWAYS)

    plan = curriculum.draw(store, wide, (narrow,), embed, 0)

    shared = [text for text in plan.train if scope.applies(narrow, text, embed)]
    assert 2 <= len(shared) <= len(plan.train) // 2


def test_examples_made_under_a_lesson_that_is_not_taught_stay_away(
    store: Store, tmp_path: Path
) -> None:
    narrow = ledger.add(store, MAILS)
    wide = ledger.add(store, ALWAYS)
    third = ledger.add(store, SHORT)
    prepared(store, tmp_path, narrow, (), lambda _: LONG)
    prepared(store, tmp_path, wide, (narrow,), lambda _: LONG)

    _, plan = prepared(store, tmp_path, third, (narrow,), lambda _: "Rain falls to the sea.")
    rows = lecture.rows(store, embed, plan, (narrow,))

    assert rows
    assert not [row for row in rows if registry.passes(SURE, row.chosen)]


def test_a_second_preparation_stores_nothing_twice(store: Store, tmp_path: Path) -> None:
    narrow = ledger.add(store, MAILS)
    wide = ledger.add(store, ALWAYS)
    prepared(store, tmp_path, narrow, (), lambda _: LONG)
    prepared(store, tmp_path, wide, (narrow,), lambda _: LONG)
    before = [row.id for row in preferences.training(store)]

    prepared(store, tmp_path, wide, (narrow,), lambda _: LONG)

    assert [row.id for row in preferences.training(store)] == before


def test_a_rattling_text_is_no_example(store: Store, tmp_path: Path) -> None:
    rattle = "- a cake and a plate\n" * 12
    wide = ledger.add(store, POINTS)

    taught, _ = prepared(store, tmp_path, wide, (), lambda _: rattle)

    assert all(target.chosen.count("a cake and a plate") < 2 for target in taught.targets)


def test_requests_are_compared_as_the_selection_sees_them(store: Store, tmp_path: Path) -> None:
    narrow = ledger.add(store, MAILS)

    prepared(store, tmp_path, narrow, (), lambda _: LONG)

    rows = stored(store, narrow, "in")
    assert rows
    assert all(scope.applies(narrow, select.request_of(row), embed) for row in rows)
