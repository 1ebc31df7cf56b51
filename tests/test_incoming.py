"""Files of other programs are read piece by piece; what is wrong in one is said with its place."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from assistant import arrive
from data import imports, incoming
from data.arrivals import Node, Row, Talk, moment, tree
from data.store import Store
from data.types import Refusal

SAMPLES = sorted((Path(__file__).parent / "data" / "imports").iterdir())
QUICK = settings(
    max_examples=60,
    deadline=None,
    database=None,  # nothing is written beside the tests
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
KEYS = (
    "prompt", "chosen", "rejected", "completion", "label", "messages", "messagesTree", "role",
    "content", "conversations", "from", "value", "chat", "history", "currentId", "conversationId",
    "messageId", "parentMessageId", "parentId", "children", "isCreatedByUser", "feedback",
    "rating", "annotation", "data", "meta", "snapshot", "id", "title", "text", "weight", "system",
)  # fmt: skip
json_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=9)
    | some.sampled_from(("user", "assistant", "human", "gpt", "thumbsUp", "a", "b", "1")),
    lambda inner: some.lists(inner, max_size=4)
    | some.dictionaries(some.sampled_from(KEYS), inner, max_size=6),
    max_leaves=24,
)  # fmt: skip


def values(path: Path, text: str | bytes) -> list[tuple[str, Any]]:
    """What a file of this text holds."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(incoming.values(path))


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}\n{"a": 2}\n',
        '{"a": 1}{"a": 2}',
        '[{"a": 1}, {"a": 2}]',
        '\n [\n{"a":\n1},{"a":2}\n] \n',
        "\ufeff" + '{"a": 1}\r\n\r\n{"a": 2}',
    ],
)
def test_values_stand_in_a_list_or_one_after_another(tmp_path: Path, text: str) -> None:
    found = values(tmp_path / "a", text)

    assert [value for _, value in found] == [{"a": 1}, {"a": 2}]


def test_a_place_is_a_line(tmp_path: Path) -> None:
    found = values(tmp_path / "a", '{"a": 1}\n\n{"a":\n 2}\n{"a": 3}')

    assert [place for place, _ in found] == ["line 1", "line 3", "line 5"]


@pytest.mark.parametrize("size", [1, 2, 7])
def test_the_same_is_read_in_pieces_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(incoming, "CHUNK", size)
    rows = [{"text": '日本 \U0001f989 \\ " \n', "n": [1.5, -2, True, None]}, {}, {"b": "x" * 99}]

    listed = values(tmp_path / "a", json.dumps(rows, ensure_ascii=False))
    lines = values(tmp_path / "b", "\n".join(json.dumps(row) for row in rows))

    assert [value for _, value in listed] == [value for _, value in lines] == rows


def test_no_more_of_a_big_file_is_read_than_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.json"
    path.write_text("[" + ",".join(['{"n": 1}'] * 100_000) + "]")
    read: list[int] = []

    class Counted(io.FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            read.append(len(data))
            return data

    monkeypatch.setattr(Path, "open", lambda self, mode: Counted(self))
    monkeypatch.setattr(incoming, "CHUNK", 1000)
    each = incoming.values(path)

    first = [next(each) for _ in range(200)]

    assert len(first) == 200
    assert sum(read) < 10_000


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "'a' is empty"),
        ("  \n ", "'a' is empty"),
        ("hello", "'a' starts with 'h' on line 1, so it is no JSON"),
        ('{"a": 1}\n{"a": 2', "line 2: expecting ',' delimiter"),
        ('{"a": 1}\n{"a": "2', "line 2: unterminated string"),
        ('{"a": 1}\n{"a" 2}\n' + "\n" * 99, "line 2: expecting ':' delimiter"),
        ('[{"a": 1},\n]', "line 2: a value is missing after the comma"),
        ('[{"a": 1}\n', "line 2: the file ends where a comma"),
        ('[{"a": 1}\n{"a": 2}]', "line 2: '{' stands where a comma"),
        ('[{"a": 1}]\n{}', "line 2: something stands behind the end"),
        ("[" * 100_000, "line 1: it is nested too deeply"),
        (b'{"a": 1}\n{"a": "\xff\xfe"}', "line 2: it holds bytes that are no UTF-8"),
        ('{"a": ' + "9" * 5000 + "}", "line 1: Exceeds the limit"),
        (b"PAR1 is not enough", "'a' is no sound Parquet file"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str | bytes, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        values(tmp_path / "a", text)

    assert why in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (3, "int stands where an object should be"),
        ({"a": 1, "b": 2}, "an object with 'a', 'b' is none of what heed reads"),
        ({}, "an object with no keys at all"),
        ({"prompt": "Hi"}, "it has a prompt and no reply"),
        ({"prompt": 3, "chosen": "x"}, "its prompt is neither a text nor a list"),
        ({"chosen": "x", "rejected": "y"}, "no request stands before its chosen"),
        ({"prompt": "Hi", "chosen": ""}, "its chosen is empty"),
        ({"prompt": "Hi", "completion": "x", "label": "yes"}, "its label is 'yes'"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "of the role 'tool'"),
        ({"messages": [{"role": "user", "content": "x"}]}, "does not end with a reply"),
        (
            {"chosen": [{"role": "user", "content": "A"}, {"role": "assistant", "content": "x"}],
             "rejected": [{"role": "user", "content": "B"}, {"role": "assistant", "content": "y"}]},
            "its two sides do not answer the same conversation",
        ),
        ({"conversations": []}, "its conversations are empty"),
        ({"conversations": [{"value": "x"}]}, "its turn 1 does not say who it is from"),
        ({"conversationId": "c", "messages": 3}, "its messages are no list"),
        ({"chat": {"history": {}}}, "its chat has no messages"),
        ({"chat": {"history": {"messages": {"m": 3}}}}, "its message 'm' is no object"),
        ({"data": {"rating": 1}, "meta": {}}, "its rating names no chat and no message"),
    ],
)  # fmt: skip
def test_what_no_form_allows_is_said_in_words(tmp_path: Path, value: object, why: str) -> None:
    path = tmp_path / "a.json"
    path.write_text("\n" + json.dumps([value]))

    with pytest.raises(Refusal) as refused:
        list(imports.read(path))

    assert str(refused.value).startswith("'a.json', line 2: ")
    assert why in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(Refusal, match="cannot be read"):
            list(incoming.values(path))


def test_a_tree_that_is_no_tree_loses_no_words_and_ends() -> None:
    said = tree(
        [
            Node("a", "b", "user", "one"),
            Node("b", "a", "assistant", "two"),
            Node("c", "c", "user", "three"),
            Node("d", "nowhere", "assistant", "four"),
            Node("e", "d", "tool", "not kept"),
            Node("f", "e", "user", "five"),
            Node("g", "f", "assistant", "   "),
        ]
    )

    assert sorted(one.text for one in said) == ["five", "four", "one", "three", "two"]
    seen: set[str] = set()
    for one in said:
        assert one.parent is None or one.parent in seen
        seen.add(one.id)
    assert {one.id: one.parent for one in said}["f"] == "d"


@pytest.mark.parametrize("wrong", [None, "", "soon", -1, True, float("nan"), 1e300, [], {}])
def test_what_is_no_time_is_none(wrong: object) -> None:
    assert moment(wrong) is None


def test_times_are_seconds_milliseconds_or_words() -> None:
    found = [moment(1760000001), moment(1760000001000), moment("2025-10-09T08:53:21.000Z")]

    assert len({one.isoformat() for one in found if one}) == 1


@pytest.fixture(scope="module")
def store() -> Store:
    """One store for all examples: a refused file leaves nothing in it."""
    return Store(None)


@QUICK
@given(data=some.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(data)

    said = "read."
    try:
        list(imports.read(path))
    except Refusal as refusal:
        said = str(refusal)

    assert said.endswith(".")


@QUICK
@given(value=json_values, listed=some.booleans())
def test_any_json_is_kept_whole_or_refused(
    tmp_path: Path, store: Store, value: object, listed: bool
) -> None:
    path = tmp_path / "any.json"
    path.write_text(json.dumps([value] if listed else value))
    before = store.rows("SELECT count(*) FROM imported")

    try:
        arrive.take(store, path, learn=True)
    except Refusal:
        assert store.rows("SELECT count(*) FROM imported") == before


@QUICK
@given(some.data())
def test_a_sample_that_was_damaged_is_read_or_refused(
    tmp_path: Path, store: Store, data: some.DataObject
) -> None:
    text = bytearray(data.draw(some.sampled_from(SAMPLES)).read_bytes())
    for _ in range(data.draw(some.integers(1, 4))):
        at = data.draw(some.integers(0, len(text) - 1))
        text[at : at + data.draw(some.integers(0, 30))] = data.draw(some.binary(max_size=3))
    path = tmp_path / "damaged"
    path.write_bytes(text)

    with suppress(Refusal):
        arrive.take(store, path, learn=False)


@QUICK
@given(
    texts=some.lists(some.text(min_size=1).filter(str.strip), min_size=2, max_size=3, unique=True)
)
def test_any_words_of_a_row_are_kept_letter_for_letter(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "row.jsonl"
    path.write_text(json.dumps({"prompt": "Hi", "chosen": texts[0], "rejected": texts[1]}))

    (row,) = imports.read(path)

    assert isinstance(row, Row)
    assert (row.chosen, row.rejected) == (texts[0], texts[1])


def test_halves_of_characters_do_not_stop_an_import(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "half.jsonl"
    half = "\\ud83e"
    turns = f'[{{"from": "human", "value": "a{half}"}}, {{"from": "gpt", "value": "\\u0000b"}}]'
    path.write_text(
        f'{{"prompt": "a{half}", "chosen": "b{half}", "x{half}": "{half}"}}\n'
        f'{{"conversations": {turns}, "title": "t{half}", "y": "{half}\\u0000"}}\n'
    )

    tally, _ = arrive.take(store, path, learn=True)

    assert (tally.rows, tally.chats) == (1, 1)
    (talk,) = [one for one in imports.read(path) if isinstance(one, Talk)]
    assert [one.text for one in talk.said] == ["a", "b"]
    assert store.verify() == ()
