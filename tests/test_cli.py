"""The command line from end to end with the scripted model: whole outputs, in words and as JSON."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.protocols import Progress
from tests.shell import END_ASKING, HONEY, PURR, SKY, TOO_LONG, Ran, Shell, as_it_was, shell
from ui import cli, desk, story

ONE = "The sky is blue because air scatters blue light from the sun more than red."


ONE = "The sky is blue because air scatters blue light from the sun more than red."


@pytest.fixture
def fresh(tmp_path: Path) -> Shell:
    return shell(tmp_path)


@dataclass(frozen=True, slots=True)
class School:
    """Two lessons taught one after the other, and what each command printed."""

    again: Callable[[], Shell]
    rounds: list[dict[str, Ran]]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    rounds: list[dict[str, Ran]] = []

    def teach(home: Path) -> Shell:
        pupil = shell(home)
        for request, words in ((SKY, TOO_LONG), (HONEY, END_ASKING)):
            rounds.append(
                {
                    "ask": pupil.heed("ask", request, "--json"),
                    "critique": pupil.heed("critique", words, "--json"),
                    "accept": pupil.heed("accept", "--always", "--json"),
                    "learn": pupil.heed("learn"),
                    "after": pupil.heed("ask", PURR, "--json"),
                }
            )
        return pupil

    return School(as_it_was(tmp_path_factory.mktemp("school"), teach), rounds)


def test_the_reply_is_all_that_stands_on_standard_output(fresh: Shell) -> None:
    ran = fresh.heed("ask", SKY)

    assert ran.code == 0
    assert ran.out.startswith("What a lovely question!")
    assert ran.out.count("\n") == 1
    assert "heed critique" in ran.err


def test_a_reply_as_json_has_stable_keys(school: School) -> None:
    (record,) = school.rounds[0]["ask"].records

    assert list(record) == [
        "kind",
        "id",
        "chat",
        "parent",
        "number",
        "state",
        "version",
        "lessons",
        "text",
    ]
    assert (record["kind"], record["state"], record["version"]) == ("draft", "done", None)


def test_a_critique_as_json_is_critique_wishes_draft(school: School) -> None:
    ran = school.rounds[0]["critique"]

    assert ran.kinds[0] == "critique"
    assert set(ran.kinds[1:-1]) == {"wish"}
    assert ran.kinds[-1] == "draft"
    assert ran.records[0]["text"] == TOO_LONG
    assert ran.records[-1]["text"] == ONE


def test_always_is_the_yes(school: School) -> None:
    (lesson,) = school.rounds[0]["accept"].records[1:]

    assert (lesson["status"], lesson["stance"]) == ("active", "endorsed")
    assert lesson["words"] == TOO_LONG


def test_teaching_prints_the_gate_report_in_counts(school: School) -> None:
    learned, version, obeyed, *_ = school.rounds[0]["learn"].out.splitlines()

    assert re.fullmatch(r"Learned in \d+ s: answer in one short sentence.*", learned)
    assert version == "* version 1  live"
    assert re.fullmatch(r"    \+ Answer in one short sentence.*: \d+\s→\s\d+ of \d+ .*", obeyed)


def test_a_taught_lesson_acts_on_a_new_request_from_the_weights(school: School) -> None:
    (reply,) = school.rounds[0]["after"].records

    assert (reply["version"], reply["lessons"]) == (1, [])
    assert reply["text"].count(".") == 1


def test_a_second_round_ends_in_a_version_that_holds_both_lessons(school: School) -> None:
    (reply,) = school.rounds[1]["after"].records
    last = school.again().heed("adapters", "--json").records[-1]

    assert (reply["version"], reply["lessons"]) == (2, [])
    assert reply["text"].endswith("?")
    assert reply["text"].count(".") == 0
    assert (last["number"], last["parent"], last["state"]) == (2, 1, "live")
    assert len(last["lessons"]) == 2


def test_adapters_and_versions_are_one_command(school: School) -> None:
    pupil = school.again()

    listed = pupil.heed("adapters")

    assert listed.out.startswith("  base  no adapter\n  version 1  retired\n")
    assert pupil.heed("versions").out == listed.out


def test_what_was_taught_is_exported_as_preferences(school: School) -> None:
    records = school.again().heed("data", "export").records

    assert TOO_LONG in {one["words"] for one in records}
    assert any(one["rejected"] for one in records)
    assert all(one["chosen"][0]["role"] == "assistant" for one in records)


def test_general_flags_may_stand_on_either_side_of_the_command(fresh: Shell) -> None:
    before = fresh.heed("--json", "ask", SKY)
    after = fresh.heed("ask", SKY, "--json")

    assert before.kinds == after.kinds == ["draft"]


def test_a_critique_shows_what_was_heard_and_then_the_repaired_reply(fresh: Shell) -> None:
    fresh.heed("ask", SKY)

    ran = fresh.heed("critique", TOO_LONG)

    heard = [line for line in ran.out.splitlines() if line.startswith("Heard: ")]
    assert any("from now on" in line and "one short sentence" in line for line in heard)
    assert ran.out.splitlines()[-1] == ONE


def test_a_critique_goes_to_the_reply_that_is_named(fresh: Shell) -> None:
    first = fresh.heed("ask", SKY, "--json").records[0]
    fresh.heed("ask", HONEY)

    ran = fresh.heed("critique", TOO_LONG, "--turn", first["id"], "--json")

    assert ran.records[0]["turn"] == first["id"]
    assert ran.records[-1]["chat"] == first["chat"]


def test_accepting_notes_a_lesson_that_waits_for_a_yes(fresh: Shell) -> None:
    fresh.heed("ask", SKY)
    fresh.heed("critique", TOO_LONG)

    ran = fresh.heed("accept", "--json")

    assert ran.kinds == ["accepted", "lesson"]
    assert ran.records[1]["status"] == "noted"
    assert ran.records[1]["words"] == TOO_LONG


def test_always_makes_a_lesson_of_a_wish_for_one_reply(fresh: Shell) -> None:
    fresh.heed("ask", SKY)
    fresh.heed("critique", "Use one short sentence.")

    ran = fresh.heed("accept", "--always", "--json")

    assert ran.kinds == ["accepted", "lesson"]
    assert ran.records[1]["status"] == "active"


def test_a_lesson_is_approved_said_differently_and_switched_off(fresh: Shell) -> None:
    fresh.heed("ask", SKY)
    fresh.heed("critique", TOO_LONG)
    lesson = fresh.heed("accept", "--json").records[1]["id"]

    statuses = [
        fresh.heed("lessons", "--approve", lesson, "--json").records[0]["status"],
        fresh.heed("lessons", "--stance", lesson, "wished", "--json").records[0]["stance"],
        fresh.heed("lessons", "--edit", lesson, "be brief", "--json").records[0]["effect"],
        fresh.heed("lessons", "--disable", lesson, "--json").records[0]["status"],
    ]

    assert statuses == ["active", "wished", "be brief", "retired"]


def test_a_learned_lesson_in_other_words_is_printed_under_its_new_id(school: School) -> None:
    pupil = school.again()
    short = pupil.heed("lessons", "--json").records[0]["id"]

    (said,) = pupil.heed("lessons", "--edit", short, "use at most 9 words", "--json").records

    assert said["id"] != short
    assert (said["effect"], said["status"]) == ("use at most 9 words", "active")


def test_the_list_of_lessons_ends_with_the_tokens_they_save(school: School) -> None:
    ran = school.again().heed("lessons", "--json")

    assert ran.kinds == ["lesson", "lesson", "saved"]
    last = ran.records[-1]
    assert last["turns"] >= 2
    assert 0 < last["last"] < last["total"]
    said = school.again().heed("lessons").out.splitlines()[-1]
    assert said.startswith(f"Lessons in the weights saved {last['total']} prompt tokens in ")


def test_a_fact_is_remembered_and_listed_as_such(fresh: Shell) -> None:
    fresh.heed("ask", SKY)
    fresh.heed("critique", "I am vegetarian.", "--edit", "The sky scatters blue light.")
    fresh.heed("accept", "--always")

    ran = fresh.heed("lessons")

    assert fresh.heed("lessons", "--json").records[0]["for"] == "fact"
    assert "remembered: used where it matters, never taught, everywhere" in ran.out


def test_the_empty_ledger_says_how_to_fill_it(fresh: Shell) -> None:
    ran = fresh.heed("lessons")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("No lessons yet.")


def test_undo_goes_back_and_a_version_can_be_chosen(school: School) -> None:
    pupil = school.again()

    undone = pupil.heed("undo", "--json").records
    chosen = pupil.heed("adapters", "use", "2", "--json").records
    base = pupil.heed("adapters", "use", "0", "--json").records

    assert undone == [{"kind": "live", "version": 1}]
    assert chosen == [{"kind": "live", "version": 2}]
    assert base == [{"kind": "live", "version": None}]


def test_forgetting_leaves_a_receipt_and_a_version_without_the_lesson(school: School) -> None:
    pupil = school.again()
    short, asks = [one["id"] for one in pupil.heed("lessons", "--json").records[:2]]

    ran = pupil.heed("forget", asks, "--json")

    assert (ran.code, ran.kinds) == (0, ["receipt"])
    assert [one.get("id") for one in pupil.heed("lessons", "--json").records] == [short, None]
    assert not pupil.heed("ask", PURR, "--json").records[0]["text"].endswith("?")


def test_again_keeps_the_old_reply(fresh: Shell) -> None:
    first = fresh.heed("ask", SKY, "--json").records[0]

    second = fresh.heed("again", "--json").records[0]

    assert (second["number"], second["parent"]) == (2, first["parent"])


def test_a_chat_goes_on_where_it_is_named(fresh: Shell) -> None:
    first = fresh.heed("ask", SKY, "--json").records[0]
    fresh.heed("ask", HONEY)

    going_on = fresh.heed("ask", PURR, "--chat", first["chat"], "--json").records[0]
    shown = fresh.heed("show", first["chat"], "--json").records

    assert going_on["chat"] == first["chat"]
    assert [one["kind"] for one in shown] == ["request", "draft", "request", "draft"]


def test_chats_are_listed_newest_first_and_searched(fresh: Shell) -> None:
    fresh.heed("ask", SKY)
    fresh.heed("ask", HONEY)

    titles = [one["title"] for one in fresh.heed("chats", "--json").records]
    found = [one["title"] for one in fresh.heed("chats", "honey", "--json").records]

    assert titles == [HONEY, SKY]
    assert found == [HONEY]


def test_where_the_memory_is(fresh: Shell) -> None:
    ran = fresh.heed("data", "path")

    assert ran.out.splitlines()[:2] == [str(fresh.home), str(fresh.home / "memory.duckdb")]


def test_a_backup_is_a_file_and_the_memory_verifies(fresh: Shell, tmp_path: Path) -> None:
    fresh.heed("ask", SKY)

    ran = fresh.heed("data", "backup", str(tmp_path / "copies"))
    verified = fresh.heed("data", "verify")

    assert Path(ran.out.strip()).is_file()
    assert verified.out == "The memory and its versions are sound.\n"


def test_words_that_follow_a_dash_come_from_standard_input(
    fresh: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(SKY))

    assert fresh.heed("ask", "-").out.startswith("What a lovely question!")


def test_progress_says_what_is_done_and_how_long_it_takes() -> None:
    assert desk.spoken(Progress("Loading")) == "Loading"
    assert desk.spoken(Progress("Learning", 1, 4, 12.4)) == "Learning (about 12 s left)"
    assert desk.spoken(Progress("Learning", 1, 4, 600)) == "Learning (about 10 min left)"


def test_a_long_job_tells_its_progress_on_standard_error(
    fresh: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "PATIENCE", 0.0)
    fresh.model.pause = 0.1
    fresh.model.queue("A reply that takes a while.")

    ran = fresh.heed("ask", SKY, "--json")

    assert ran.err != ""
    assert "{" not in ran.err
    assert ran.kinds == ["draft"]


def test_listing_lessons_loads_no_heavy_library() -> None:
    heavy = "torch transformers peft gradio sentence_transformers sklearn"
    look = (
        "import sys, tempfile; from ui import cli; home = tempfile.mkdtemp();"
        "code = cli.main(['--home', home, 'lessons']) + cli.main(['--home', home, 'chats']);"
        f"print(code, [name for name in {heavy.split()} if name in sys.modules])"
    )

    ran = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True, timeout=60
    )

    assert ran.stdout == "0 []\n"


def test_the_demo_tells_its_story_in_the_terminal() -> None:
    out = io.StringIO()

    code = cli.main(["demo", "--text", "--fast"], out=out, err=io.StringIO())

    assert code == 0
    text = out.getvalue()
    acts = story.read().acts
    assert [text.count(story.spoken(act)) for act in acts] == [1] * len(acts)
    assert "version 2  live" in text
    assert "Cats purr by twitching muscles of the voice box" in text
    assert text.count("learned in version") == 2


def test_a_wrong_flag_is_answered_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["lessons", "--burn"])

    assert stopped.value.code == 2
    assert "usage: heed" in capsys.readouterr().err
