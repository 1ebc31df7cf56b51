"""What was taught leaves in TRL's forms and as Parquet, each row with the words behind it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data import forms, preferences
from data.forms import Form, Left
from data.store import Store
from data.types import Refusal
from tests.records import a_preference, request_in, taught

COLUMNS = {
    "id", "lesson", "critique", "role", "made_by", "weight", "split", "prompt_origin", "source",
    "trust", "cut", "provenance",
}  # fmt: skip


@pytest.fixture
def store() -> Store:
    return Store(None)


def shown(store: Store) -> str:
    """A demonstration of the split held; gives its request."""
    request = request_in("held")
    preferences.add(store, replace(a_preference(request), rejected=None, made_by="praise"))
    return request


def test_a_pair_is_in_each_form_what_trl_reads(store: Store) -> None:
    whole = taught(store)
    prompt = [{"role": "user", "content": whole.request.text}]
    better = [{"role": "assistant", "content": "A drink."}]
    worse = [{"role": "assistant", "content": "Tea, oh tea, where shall I begin?"}]

    def trained(form: Form) -> list[dict[str, Any]]:
        found = list(forms.rows(store, form))
        assert all(row.keys() > COLUMNS for row in found)
        return [{key: row[key] for key in row if key not in COLUMNS} for row in found]

    assert trained("trl-preference") == [{"prompt": prompt, "chosen": better, "rejected": worse}]
    assert trained("trl-kto") == [
        {"prompt": prompt, "completion": better, "label": True},
        {"prompt": prompt, "completion": worse, "label": False},
    ]
    assert trained("trl-sft") == [{"prompt": prompt, "completion": better}]
    assert trained("parquet") == [{"prompt": prompt, "chosen": better, "rejected": worse}]


def test_a_row_says_which_words_it_rests_on_and_where_they_stand(store: Store) -> None:
    whole = taught(store)

    (row,) = forms.rows(store, "trl-preference")

    told = json.loads(row["provenance"])
    (wish,) = told["wishes"]
    said = told["critique"]["words"]
    assert (row["id"], row["lesson"]) == (whole.preference.id, whole.lesson.id)
    assert row["critique"] == told["critique"]["id"] == whole.critique.id
    assert said[wish["start"] : wish["end"]] == wish["quote"] == "too long"
    assert wish["check"] == {"name": "max_words", "args": {"n": 25}, "negate": False}
    assert told["lesson"]["effect"] == "use at most 25 words"
    assert told["critique"]["origin"]["trust"] == "typed"


def test_no_column_but_the_rejected_side_is_ever_null(store: Store) -> None:
    taught(store)
    shown(store)

    for row in forms.rows(store, "parquet"):
        assert [name for name in row if row[name] is None] in ([], ["rejected"])


def test_rows_that_only_reports_read_are_counted_and_not_written(store: Store) -> None:
    taught(store)
    request = shown(store)
    panel = request_in("audit", "pool", beside=" of the panel")
    preferences.prompt(store, panel, "pool")
    preferences.add(store, replace(a_preference(panel), made_by="base"))

    every = [json.dumps(row) for row in forms.rows(store, "trl-kto")]

    assert not any(panel in row for row in every)
    assert any(request in row for row in every)
    assert forms.left(store, "trl-kto") == Left(1, 0, 0)
    assert forms.left(store, "trl-preference") == Left(1, 1, 0)
    assert forms.left(store, "trl-sft", "train") == Left(1, 0, 1)
    assert [row["split"] for row in forms.rows(store, "trl-sft", "train")] == ["train"]


def test_parquet_has_the_same_rows_with_typed_columns(store: Store, tmp_path: Path) -> None:
    taught(store)
    shown(store)
    path = tmp_path / "it's.parquet"

    count = forms.write_parquet(path, forms.rows(store, "parquet"))

    with duckdb.connect() as memory:
        quoted = str(path).replace("'", "''")
        found = memory.execute(f"SELECT * FROM read_parquet('{quoted}')")
        names = [column[0] for column in found.description]
        read = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert read == list(forms.rows(store, "parquet"))
    assert count == 2
    assert [one.name for one in tmp_path.iterdir()] == ["it's.parquet"]


def test_an_empty_export_is_a_sound_file_too(store: Store, tmp_path: Path) -> None:
    assert forms.write(tmp_path / "a.jsonl", forms.rows(store, "trl-sft")) == 0
    assert forms.write_parquet(tmp_path / "a.parquet", forms.rows(store, "parquet")) == 0

    assert (tmp_path / "a.jsonl").read_text() == ""
    assert (tmp_path / "a.parquet").read_bytes()[:4] == b"PAR1"


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet"])
def test_where_nothing_can_be_written_nothing_is_left(
    store: Store, tmp_path: Path, name: str
) -> None:
    taught(store)
    path = tmp_path / "missing" / name
    write = forms.write_parquet if name.endswith("parquet") else forms.write

    with pytest.raises(Refusal, match=r"Nothing was exported: .*cannot be written"):
        write(path, forms.rows(store, "parquet"))

    assert not path.parent.exists()


def test_forgetting_takes_rows_out_of_a_parquet_file_of_ours_alone(
    store: Store, tmp_path: Path
) -> None:
    gone, kept = taught(store), taught(store)
    ours, other = tmp_path / "a.parquet", tmp_path / "b.parquet"
    forms.write_parquet(ours, forms.rows(store, "parquet"))
    with duckdb.connect() as memory:
        memory.execute(f"COPY (SELECT '{gone.lesson.id}' AS lesson) TO '{other}' (FORMAT parquet)")
    before = other.read_bytes()

    assert forms.strip(ours, [gone.lesson.id])
    assert not forms.strip(other, [gone.lesson.id])
    assert not forms.strip(tmp_path / "none.parquet", [gone.lesson.id])

    with duckdb.connect() as memory:
        found = memory.execute(f"SELECT lesson FROM read_parquet('{ours}')").fetchall()
    assert found == [(kept.lesson.id,)]
    assert other.read_bytes() == before
