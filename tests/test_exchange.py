"""heed export and heed import at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import shell
from tests.shell import TOO_LONG, Shell

SAMPLES = Path(__file__).parent / "data" / "imports"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Shell]:
    """Gives a home in which the first lesson was taught."""
    return shell.as_it_was(tmp_path_factory.mktemp("school") / "home", shell.taught)


def test_rows_go_to_standard_output_and_the_count_beside_them(school: Callable[[], Shell]) -> None:
    ran = school().heed("export", "--form", "trl-preference")

    rows = ran.records
    assert ran.code == 0
    assert rows
    assert all(row["rejected"][0]["role"] == "assistant" for row in rows)
    assert any(
        TOO_LONG in wish["quote"] or wish["quote"] in TOO_LONG
        for row in rows
        for wish in json.loads(row["provenance"])["wishes"]
    )
    assert f"{len(rows)} row" in ran.err
    assert "audit row" in ran.err


def test_a_file_is_written_whole_and_told_of(school: Callable[[], Shell], tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"

    ran = school().heed("export", "--form", "trl-kto", "--out", str(path), "--json")

    (told,) = ran.records
    lines = path.read_text().splitlines()
    assert (told["kind"], told["form"], told["path"]) == ("exported", "trl-kto", str(path))
    assert told["rows"] == len(lines) > 0
    assert told["left_out"].keys() == {"reported_only", "demonstrations", "other_split"}
    assert {json.loads(line)["label"] for line in lines} == {True, False}


def test_parquet_needs_a_name_and_heeds_own_files_are_safe(school: Callable[[], Shell]) -> None:
    pupil = school()
    memory = pupil.home / "memory.duckdb"
    before = memory.read_bytes()

    nameless = pupil.heed("export", "--form", "parquet")
    onto = pupil.heed("export", "--form", "parquet", "--out", str(memory))
    folder = pupil.heed("export", "--form", "trl-sft", "--out", str(pupil.home))

    assert (nameless.code, onto.code, folder.code) == (1, 1, 1)
    assert nameless.err == ("A Parquet file needs a name: heed export --form parquet --out FILE.\n")
    assert "is not a place for an export" in onto.err
    assert memory.read_bytes() == before


def test_an_import_says_what_came_and_that_it_teaches_nothing(tmp_path: Path) -> None:
    pupil = shell.shell(tmp_path / "home")

    first = pupil.heed("import", str(SAMPLES / "open-webui-chats.json"))
    again = pupil.heed("import", str(SAMPLES / "open-webui-chats.json"), "--learn", "--json")
    exported = pupil.heed("export", "--form", "trl-sft")

    assert first.out == (
        "open-webui-chats.json: 2 new chats, 6 messages, 2 ratings, 0 rows. Nothing is learned "
        "from it. If its rows and ratings are yours and may teach: heed import "
        "open-webui-chats.json --learn\n"
    )
    (told,) = again.records
    assert (told["chats"], told["known"], told["learnable"]) == (0, 2, 2)
    assert len(exported.records) == 2
    assert "Tea times" in pupil.heed("chats").out
    assert "[you] How long should green tea steep?" in pupil.heed("show").out + "".join(
        pupil.heed("show", record["id"]).out for record in pupil.heed("chats", "--json").records
    )
    assert pupil.heed("data", "verify").out == "The memory and its versions are sound.\n"


def test_a_person_can_go_on_in_an_imported_chat(tmp_path: Path) -> None:
    pupil = shell.shell(tmp_path / "home")
    pupil.heed("import", str(SAMPLES / "sharegpt.json"))
    chats = pupil.heed("chats", "--json").records

    for chat in chats:
        asked = pupil.heed("ask", "And at night?", "--chat", chat["id"])
        said = pupil.heed("critique", "one short sentence please", "--chat", chat["id"])
        taken = pupil.heed("accept", "--chat", chat["id"])

        assert (asked.code, said.code, taken.code) == (0, 0, 0)
    assert pupil.heed("export", "--form", "trl-sft").out == ""  # its words are not learned from


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "There is no file"),
        ("", "is empty: there is nothing to import."),
        ('{"prompt": "Hi", "chosen": "x"}\n{"prompt"', "is wrong at line 2"),
        ('{"conversations": [{"from": "human"}]}', "line 1: its turn 1 has no text as its value."),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path: Path, text: str | None, why: str) -> None:
    path = tmp_path / "bad.json"
    if text is not None:
        path.write_text(text)

    ran = shell.shell(tmp_path / "home").heed("import", str(path))

    assert (ran.code, ran.out) == (1, "")
    assert why in ran.err
    assert ran.err.count("\n") == 1
