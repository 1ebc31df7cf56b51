"""The report as a person asks for it, and a lesson that no report could judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import report
from data import ledger
from data.types import Check, Lesson, Refusal
from tests.records import AT
from tests.shell import shell, taught
from tests.stand_ins import session


def test_a_report_is_made_and_printed_again_without_being_made_anew(tmp_path: Path) -> None:
    made = taught(tmp_path)

    new, again = made.heed("report", "--new", "--json"), made.heed("report", "--json")

    (record,) = new.records
    assert (new.code, again.code) == (0, 0)
    assert record["kind"] == "report"
    assert record["version"] == 1
    assert record["looks"][0]["obeyed"]["after"]["n"] >= report.LEAST
    assert again.records == new.records


def test_a_person_reads_counts_and_conditions(tmp_path: Path) -> None:
    made = taught(tmp_path)

    ran = made.heed("report", "--new")

    assert ran.out.startswith("Version 1 beside the untaught model, on audit prompts:\n")
    assert "95 % interval" in ran.out
    assert "Checked by code, in two ways" in ran.out


def test_before_there_is_one_the_command_says_how_to_make_one(tmp_path: Path) -> None:
    ran = shell(tmp_path).heed("report")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "There is no report yet: heed report --new makes one.\n"


def test_without_a_taught_version_a_new_one_is_refused(tmp_path: Path) -> None:
    ran = shell(tmp_path).heed("report", "--new")

    assert ran.code == 1
    assert ran.err == "There is nothing to report: the untaught model is answering.\n"


@pytest.mark.parametrize(
    "check",
    [Check("words_between", (("low", 200.0), ("high", 10.0))), Check("forbids", (("word", ""),))],
)
def test_a_lesson_with_an_impossible_or_empty_check_is_never_approved(
    tmp_path: Path, check: Check
) -> None:
    with session(tmp_path, file=False) as here:
        noted = Lesson("", "", "be exact", "", (), check, AT, "noted", "observed")
        lesson = ledger.add(here.store, noted)

        with pytest.raises(Refusal, match=r"^(No|Every) reply"):
            here.approve(lesson.id)

        assert ledger.get(here.store, lesson.id) == lesson
