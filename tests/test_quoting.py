"""Whatever heed says of a lesson in a chat is found and taken out when the lesson is forgotten."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import adapters, forget, opposites, report
from assistant.card import of_report
from assistant.curriculum import Curriculum
from assistant.rates import Rate
from assistant.report import Alarm, Change, Look, Report
from data import ledger, tasks, versions
from data.store import Store
from data.types import Lesson
from tests.forgetting import SECRET, Home, three_lessons
from tests.records import a_lesson, a_turn
from tests.stand_ins import session
from tests.traces import bytes_with

ROOT = Path(__file__).parent.parent
PLAIN = "never mention the zeppelin"
BOTH_QUOTES = 'say "it\'s a zeppelin" last'
ODD = "end with zeppelin\\o/"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose memory is kept in memory."""
    return three_lessons(tmp_path, Store(None))


def _report(lesson: Lesson) -> str:
    change = Change(Rate(1, 12), Rate(9, 12))
    alarm = Alarm(lesson.id, Rate(9, 12), Rate(11, 12), Rate(8, 12), Rate(5, 12))
    look = Look(lesson.id, change, change, change)
    made = Report("run", 2, (look,), (alarm,), 1, of_report(12, 1))
    return report.told(made, [lesson])


def _lacks(lesson: Lesson) -> str:
    nothing: tuple[str, ...] = ()
    return Curriculum(lesson, nothing, nothing, nothing, nothing, {}).lacks


TELLS: dict[str, Callable[[Lesson], str]] = {
    "report": _report,
    "too few requests": _lacks,
    "question": lambda lesson: opposites.asked(lesson, replace(a_lesson(), id="other")),
    "other side": lambda lesson: opposites.asked(replace(a_lesson(), id="other"), lesson),
    "alarm": lambda lesson: report.alarmed(lesson, Alarm("", *[Rate(1, 2)] * 4)),
    "old report": lambda lesson: f"Version 2: {report.named(lesson)}: 3 → 9 of 12.",
    "old alarm": lambda lesson: f"Look at {report.named(lesson)!r} yourself: it is.",
    "old version": lambda lesson: f"It also holds what you switched off: x; {lesson.effect}.",
}


@pytest.mark.parametrize("effect", [PLAIN, BOTH_QUOTES, ODD, "forbid zeppelins"])
def test_every_notice_goes_with_the_lesson_that_it_quotes(home: Home, effect: str) -> None:
    lesson = replace(home.lessons[1], effect=effect)
    ledger.change(home.store, lesson, "edited")
    notices = {
        name: tasks.add_turn(home.store, a_turn(home.task, None, "notice", tell(lesson)))
        for name, tell in TELLS.items()
    }

    forget.forget(home.store, home.folder, lesson.id)

    left = {name: tasks.turn(home.store, one.id).text for name, one in notices.items()}
    assert left == dict.fromkeys(TELLS, forget.BLANK)


def test_a_notice_that_has_only_a_word_in_common_stays(home: Home) -> None:
    lesson = ledger.add(home.store, replace(a_lesson(), effect="no bold"))
    told = [
        "Version 2 learned 'use no bold words'.",
        "Forgotten. The receipt 01 says what was removed. No bold claim is in it.",
        "The version is bold: 3 of 12.",
    ]
    notices = [tasks.add_turn(home.store, a_turn(home.task, None, "notice", one)) for one in told]

    forget.forget(home.store, home.folder, lesson.id)

    assert [tasks.turn(home.store, one.id).text for one in notices] == told


def test_a_lesson_without_words_of_its_own_takes_no_notice_with_it(home: Home) -> None:
    lesson = ledger.add(home.store, replace(a_lesson(), effect=""))

    forget.forget(home.store, home.folder, lesson.id)

    notices = [turn for turn in tasks.turns(home.store, home.task) if turn.kind == "notice"]
    assert [turn.text for turn in notices] != [forget.BLANK]


def test_what_a_chosen_version_holds_leaves_no_word_behind(tmp_path: Path) -> None:
    with session(tmp_path, file=True) as made:
        home = three_lessons(tmp_path, made.store)
        lesson = home.lessons[1]
        shared = adapters.save(
            tmp_path,
            number=4,
            parent=None,
            base="tiny/none",
            lessons=[one.id for one in home.lessons[:2]],  # both in one block
            preferences=(),
            seed=0,
            tensors={},
            settings={},
            losses=(),
        )
        versions.add(made.store, replace(shared, state="retired"))
        made.disable(lesson.id)
        made.use_version(4, home.task)
        assert SECRET in tasks.turns(made.store, home.task)[-1].text

        made.forget(lesson.id)

        assert made.wait(60)
        assert bytes_with(tmp_path, SECRET) == []
        assert versions.live(made.store) is not None


def test_there_is_one_way_to_quote_a_lesson() -> None:
    quotes = {
        (path.name, ast.unparse(node))
        for path in sorted((ROOT / "assistant").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.FormattedValue) and node.conversion == ord("r"))
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "repr")
        if "effect" in ast.unparse(node)
    }

    assert quotes == {("trace.py", "repr(effect)")}
