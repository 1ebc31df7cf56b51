"""The command line from end to end with the scripted model: whole outputs, in words and as JSON."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.protocols import Progress
from assistant.scripted import ScriptedModel
from ui import cli, desk, story

SKY = "Why is the sky blue?"
TOO_LONG = "Way too long. From now on answer in one short sentence."
END_ASKING = "Good. And from now on end with a question."
ONE = "The sky is blue because air scatters blue light from the sun more than red."


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command left behind."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The lines of --json."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def kinds(self) -> list[str]:
        return [record["kind"] for record in self.records]


@dataclass(frozen=True, slots=True)
class Shell:
    """A home, and the model of the story that answers there."""

    home: Path
    model: ScriptedModel

    def heed(self, *words: str) -> Ran:
        """Runs one command as a process of its own would: the memory is opened and closed."""
        out, err = io.StringIO(), io.StringIO()
        argv = ["--home", str(self.home), "--questions", "never", *words]
        code = cli.main(argv, self.model, out, err)
        return Ran(code, out.getvalue(), err.getvalue())


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path, story.read().model(tmp_path, fast=True))


def taught(shell: Shell) -> Shell:
    """Teaches the first lesson."""
    shell.heed("ask", SKY)
    shell.heed("critique", TOO_LONG)
    shell.heed("accept", "--always")
    assert shell.heed("learn").code == 0
    return shell


@dataclass(frozen=True, slots=True)
class School:
    """Two lessons taught one after the other, and what each command printed. Only to be read."""

    shell: Shell
    rounds: tuple[dict[str, Ran], ...]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    home = tmp_path_factory.mktemp("school")
    shell = Shell(home, story.read().model(home, fast=True))
    lessons = ((SKY, TOO_LONG), ("How do bees make honey?", END_ASKING))
    rounds = tuple(
        {
            "ask": shell.heed("ask", request, "--json"),
            "critique": shell.heed("critique", words, "--json"),
            "accept": shell.heed("accept", "--always", "--json"),
            "learn": shell.heed("learn"),
            "after": shell.heed("ask", "Why do cats purr?", "--json"),
        }
        for request, words in lessons
    )
    return School(shell, rounds)


def test_the_reply_is_all_that_stands_on_standard_output(shell: Shell) -> None:
    ran = shell.heed("ask", SKY)

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
    last = school.shell.heed("adapters", "--json").records[-1]

    assert (reply["version"], reply["lessons"]) == (2, [])
    assert reply["text"].endswith("?")
    assert reply["text"].count(".") == 0
    assert (last["number"], last["parent"], last["state"]) == (2, 1, "live")
    assert len(last["lessons"]) == 2


def test_adapters_and_versions_are_one_command(school: School) -> None:
    listed = school.shell.heed("adapters")

    assert listed.out.startswith("  base  no adapter\n  version 1  retired\n")
    assert school.shell.heed("versions").out == listed.out


def test_what_was_taught_is_exported_as_preferences(school: School) -> None:
    records = school.shell.heed("data", "export").records

    assert TOO_LONG in {one["words"] for one in records}
    assert any(one["rejected"] for one in records)
    assert all(one["chosen"][0]["role"] == "assistant" for one in records)


def test_general_flags_may_stand_on_either_side_of_the_command(shell: Shell) -> None:
    before = shell.heed("--json", "ask", SKY)
    after = shell.heed("ask", SKY, "--json")

    assert before.kinds == after.kinds == ["draft"]


def test_a_critique_shows_what_was_heard_and_then_the_repaired_reply(shell: Shell) -> None:
    shell.heed("ask", SKY)

    ran = shell.heed("critique", TOO_LONG)

    heard = [line for line in ran.out.splitlines() if line.startswith("Heard: ")]
    assert any("from now on" in line and "one short sentence" in line for line in heard)
    assert ran.out.splitlines()[-1] == ONE


def test_a_critique_goes_to_the_reply_that_is_named(shell: Shell) -> None:
    first = shell.heed("ask", SKY, "--json").records[0]
    shell.heed("ask", "How do bees make honey?")

    ran = shell.heed("critique", TOO_LONG, "--turn", first["id"], "--json")

    assert ran.records[0]["turn"] == first["id"]
    assert ran.records[-1]["chat"] == first["chat"]


def test_accepting_notes_a_lesson_that_waits_for_a_yes(shell: Shell) -> None:
    shell.heed("ask", SKY)
    shell.heed("critique", TOO_LONG)

    ran = shell.heed("accept", "--json")

    assert ran.kinds == ["accepted", "lesson"]
    assert ran.records[1]["status"] == "noted"
    assert ran.records[1]["words"] == TOO_LONG


def test_always_makes_a_lesson_of_a_wish_for_one_reply(shell: Shell) -> None:
    shell.heed("ask", SKY)
    shell.heed("critique", "Use one short sentence.")

    ran = shell.heed("accept", "--always", "--json")

    assert ran.kinds == ["accepted", "lesson"]
    assert ran.records[1]["status"] == "active"


def test_a_lesson_is_approved_said_differently_and_switched_off(shell: Shell) -> None:
    shell.heed("ask", SKY)
    shell.heed("critique", TOO_LONG)
    lesson = shell.heed("accept", "--json").records[1]["id"]

    statuses = [
        shell.heed("lessons", "--approve", lesson, "--json").records[0]["status"],
        shell.heed("lessons", "--stance", lesson, "wished", "--json").records[0]["stance"],
        shell.heed("lessons", "--edit", lesson, "be brief", "--json").records[0]["effect"],
        shell.heed("lessons", "--disable", lesson, "--json").records[0]["status"],
    ]

    assert statuses == ["active", "wished", "be brief", "retired"]


def test_the_empty_ledger_says_how_to_fill_it(shell: Shell) -> None:
    ran = shell.heed("lessons")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("No lessons yet.")


def test_undo_goes_back_and_a_version_can_be_chosen(shell: Shell) -> None:
    taught(shell)

    undone = shell.heed("undo", "--json").records
    chosen = shell.heed("adapters", "use", "1", "--json").records
    base = shell.heed("adapters", "use", "0", "--json").records

    assert undone == [{"kind": "live", "version": None}]
    assert chosen == [{"kind": "live", "version": 1}]
    assert base == [{"kind": "live", "version": None}]


def test_forgetting_leaves_a_receipt_and_no_lesson(shell: Shell) -> None:
    taught(shell)
    lesson = shell.heed("lessons", "--json").records[0]["id"]

    ran = shell.heed("forget", lesson, "--json")

    assert ran.code == 0
    assert ran.kinds == ["receipt"]
    assert shell.heed("lessons", "--json").records == []
    assert shell.heed("ask", "Why do cats purr?", "--json").records[0]["version"] is None


def test_again_keeps_the_old_reply(shell: Shell) -> None:
    first = shell.heed("ask", SKY, "--json").records[0]

    second = shell.heed("again", "--json").records[0]

    assert (second["number"], second["parent"]) == (2, first["parent"])


def test_a_chat_goes_on_where_it_is_named(shell: Shell) -> None:
    first = shell.heed("ask", SKY, "--json").records[0]
    shell.heed("ask", "How do bees make honey?")

    going_on = shell.heed("ask", "Why do cats purr?", "--chat", first["chat"], "--json").records[0]
    shown = shell.heed("show", first["chat"], "--json").records

    assert going_on["chat"] == first["chat"]
    assert [one["kind"] for one in shown] == ["request", "draft", "request", "draft"]


def test_chats_are_listed_newest_first_and_searched(shell: Shell) -> None:
    shell.heed("ask", SKY)
    shell.heed("ask", "How do bees make honey?")

    titles = [one["title"] for one in shell.heed("chats", "--json").records]
    found = [one["title"] for one in shell.heed("chats", "honey", "--json").records]

    assert titles == ["How do bees make honey?", SKY]
    assert found == ["How do bees make honey?"]


def test_where_the_memory_is(shell: Shell) -> None:
    ran = shell.heed("data", "path")

    assert ran.out.splitlines()[:2] == [str(shell.home), str(shell.home / "memory.duckdb")]


def test_a_backup_is_a_file_and_the_memory_verifies(shell: Shell, tmp_path: Path) -> None:
    shell.heed("ask", SKY)

    ran = shell.heed("data", "backup", str(tmp_path / "copies"))
    verified = shell.heed("data", "verify")

    assert Path(ran.out.strip()).is_file()
    assert verified.out == "The memory and its versions are sound.\n"


def test_words_that_follow_a_dash_come_from_standard_input(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(SKY))

    assert shell.heed("ask", "-").out.startswith("What a lovely question!")


def test_progress_says_what_is_done_and_how_long_it_takes() -> None:
    assert desk.spoken(Progress("Loading")) == "Loading"
    assert desk.spoken(Progress("Learning", 1, 4, 12.4)) == "Learning (about 12 s left)"
    assert desk.spoken(Progress("Learning", 1, 4, 600)) == "Learning (about 10 min left)"


def test_a_long_job_tells_its_progress_on_standard_error(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "PATIENCE", 0.0)
    shell.model.pause = 0.1
    shell.model.queue("A reply that takes a while.")

    ran = shell.heed("ask", SKY, "--json")

    assert ran.err.splitlines()[0] in ("Reading your request", "Is there anything to ask first?")
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
