"""Files of other programs come in whole or not at all, once, and teach only after a yes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import arrive, forget
from data import critiques, forms, preferences, tasks
from data.forms import Form
from data.imported import Tally
from data.store import Store
from data.types import Preference, Refusal, Turn
from tests.records import a_preference, request_in, taught

SAMPLES = Path(__file__).parent / "data" / "imports"


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store(None)
    yield made
    assert made.verify() == ()


def take(store: Store, name: str, *, learn: bool = False) -> Tally:
    """Imports a sample, and gives its counts."""
    return arrive.take(store, SAMPLES / name, learn=learn)[0]


def chat(store: Store, title: str) -> tuple[Turn, ...]:
    """The turns of the one chat of this title."""
    (task,) = [one for one in tasks.listing(store) if one.title == title]
    return tasks.turns(store, task.id)


def said(store: Store, title: str) -> list[tuple[str, str | None, str]]:
    """Kind, thumb and text of each turn of a chat."""
    thumbs = {
        one.turn: one.thumb
        for task in tasks.listing(store)
        for one in critiques.of_task(store, task.id)
    }
    return [(one.kind, thumbs.get(one.id), one.text) for one in chat(store, title)]


def every(store: Store) -> list[Preference]:
    """Every row that may leave."""
    return list(preferences.signals(store))


def test_chats_of_open_webui_come_with_branches_and_ratings(store: Store) -> None:
    tally = take(store, "open-webui-chats.json")

    turns = chat(store, "Tea times")
    request, first, second, more, last = turns
    assert (tally.chats, tally.messages, tally.ratings) == (2, 6, 2)
    assert [one.kind for one in turns] == ["request", "draft", "draft", "request", "draft"]
    assert (first.parent, second.parent) == (request.id, request.id)
    assert (first.number, second.number) == (1, 2)
    assert (more.text, more.parent) == ("And black tea?", second.id)
    assert tasks.get(store, last.task).head == last.id
    assert {one.trust for one in turns} == {"imported"}
    assert first.at.year == 2025
    assert said(store, "Tea times")[1][1] == "down"
    (critique,) = critiques.of_turn(store, first.id)
    assert (critique.text, critique.origin.trust) == ("rambles before it answers", "imported")


def test_what_heed_has_no_place_for_is_kept_beside_the_chat(store: Store) -> None:
    take(store, "open-webui-chats.json")

    ((rest,),) = store.rows(
        "SELECT rest FROM imported JOIN task ON task = id WHERE title = 'Tea times'"
    )

    found = json.loads(rest)
    assert found["messages"]["t2"]["annotation"]["details"] == {"rating": 3}
    assert found["messages"]["t2"]["model"] == "small:1b"
    assert found["chat"]["meta"] == {"tags": ["kitchen"]}


def test_feedback_of_open_webui_brings_its_chat_and_says_what_it_cannot_place(
    store: Store,
) -> None:
    tally = take(store, "open-webui-feedback.json")

    assert (tally.chats, tally.ratings, tally.lost) == (1, 1, 1)
    assert said(store, "Rain")[1][:2] == ("draft", "up")
    reply = chat(store, "Rain")[1]
    assert critiques.of_turn(store, reply.id)[0].text == "Thorough explanation"


def test_a_rating_finds_its_chat_when_that_was_imported_before(
    store: Store, tmp_path: Path
) -> None:
    take(store, "open-webui-chats.json")
    (late,) = json.loads((SAMPLES / "open-webui-feedback.json").read_text())[1:]
    late["meta"] |= {"chat_id": "c-tea", "message_id": "t5"}
    path = tmp_path / "late.json"
    path.write_text(json.dumps([late]))

    tally, _ = arrive.take(store, path, learn=False)
    again, _ = arrive.take(store, path, learn=False)

    assert (tally.ratings, tally.lost) == (1, 0)
    assert (again.ratings, again.known) == (0, 1)
    assert said(store, "Tea times")[4][1] == "down"


def test_a_conversation_of_librechat_comes_with_its_thumbs(store: Store) -> None:
    tally = take(store, "librechat.json")

    assert (tally.chats, tally.messages, tally.ratings) == (1, 4, 2)
    kinds = [(kind, thumb) for kind, thumb, _ in said(store, "Houseplants")]
    assert kinds == [("request", None), ("draft", "up"), ("request", None), ("draft", "down")]
    good, bad = chat(store, "Houseplants")[1], chat(store, "Houseplants")[3]
    assert good.text == "A spider plant: it forgives dry soil and dim corners."
    assert critiques.of_turn(store, good.id)[0].text == "short and to the point"
    assert critiques.of_turn(store, bad.id)[0].text == "not helpful"


def test_messages_inside_their_parents_come_in_a_row(store: Store) -> None:
    take(store, "librechat-tree.json")

    turns = chat(store, "Swifts")
    assert [one.parent for one in turns] == [None, *(one.id for one in turns[:-1])]
    assert turns[-1].text == "Yes: they may stay up for months."


@pytest.mark.parametrize("name", ["sharegpt.json", "sharegpt.jsonl"])
def test_conversations_of_sharegpt_come_in(store: Store, name: str) -> None:
    tally = take(store, name)

    assert (tally.chats, tally.messages, tally.ratings) == (2, 5, 0)
    titles = [task.title for task in tasks.listing(store)]
    assert titles == [
        "... and so the tide turns twice a day.",
        "Why do magnets stick to the fridge?",
    ]


def test_both_files_of_the_same_conversations_are_one(store: Store) -> None:
    take(store, "sharegpt.json")

    tally = take(store, "sharegpt.jsonl")

    assert (tally.chats, tally.known) == (0, 2)


@pytest.mark.parametrize("name", sorted(one.name for one in SAMPLES.iterdir()))
@pytest.mark.parametrize("learn", [False, True])
def test_the_same_file_twice_adds_nothing(store: Store, name: str, learn: bool) -> None:
    def counts() -> list[tuple[Any, ...]]:
        tables = ("task", "turn", "critique", "choice", "preference", "prompt", "imported")
        return [store.rows(f"SELECT count(*) FROM {table}")[0] for table in tables]

    first = take(store, name, learn=learn)
    before = counts()
    again = take(store, name, learn=learn)

    assert counts() == before
    assert (again.chats, again.grown, again.messages, again.ratings, again.rows) == (0,) * 5
    assert again.known + again.lost + again.wordless >= first.chats + first.rows


@pytest.mark.parametrize("name", sorted(one.name for one in SAMPLES.iterdir()))
def test_nothing_imported_teaches_without_a_yes(store: Store, name: str) -> None:
    take(store, name)

    assert every(store) == []
    assert preferences.training(store) == preferences.held(store) == ()
    assert {one.learn for task in tasks.listing(store) for one in tasks.turns(store, task.id)} <= {
        False
    }


def test_after_a_yes_a_thumb_up_shows_and_beside_a_thumb_down_compares(store: Store) -> None:
    take(store, "open-webui-chats.json")

    tally, learnable = arrive.take(store, SAMPLES / "open-webui-chats.json", learn=True)

    shown, pair = every(store)
    assert (tally.chats, learnable) == (0, 2)
    assert (shown.made_by, shown.rejected, shown.weight) == ("praise", None, 0.3)
    assert (pair.made_by, pair.trust) == ("choice", "confirmed")
    assert pair.chosen.startswith("Two minutes in water")
    assert (pair.rejected or "").startswith("Well, tea is a long story")
    assert pair.prompt[-1].text == "How long should green tea steep?"


def test_the_system_prompt_stands_before_what_was_rated(store: Store) -> None:
    take(store, "librechat.json", learn=True)

    (row,) = every(store)
    assert [one.role for one in row.prompt] == ["system", "user"]
    assert row.prompt[0].text == "You are brief."


def test_praise_that_asks_for_something_is_no_example(store: Store, tmp_path: Path) -> None:
    value = json.loads((SAMPLES / "librechat.json").read_text())
    value["messages"][1]["feedback"]["text"] = "nice, but far too long"
    path = tmp_path / "mixed.json"
    path.write_text(json.dumps(value))

    arrive.take(store, path, learn=True)

    assert every(store) == []


def test_a_chat_that_has_grown_gets_what_is_new(store: Store, tmp_path: Path) -> None:
    take(store, "librechat.json")
    value = json.loads((SAMPLES / "librechat.json").read_text())
    value["messages"][3]["text"] = "Once a week."
    value["messages"][2]["feedback"] = None
    more = {"messageId": "l5", "parentMessageId": "l4", "text": "Thanks", "isCreatedByUser": True}
    value["messages"].append(more)
    path = tmp_path / "grown.json"
    path.write_text(json.dumps(value))

    tally, _ = arrive.take(store, path, learn=False)

    turns = chat(store, "Houseplants")
    assert (tally.chats, tally.grown, tally.messages) == (0, 1, 2)
    assert [one.text for one in turns[3:]] == [
        "Plants like water, as all living things do, in their own ways.",
        "Once a week.",
        "Thanks",
    ]
    assert (turns[3].parent, turns[4].parent) == (turns[2].id, turns[2].id)
    assert (turns[4].number, turns[5].parent) == (2, turns[4].id)


def test_rows_of_trl_come_in_each_form(store: Store) -> None:
    pairs = take(store, "trl-preference.jsonl", learn=True)
    unpaired = take(store, "trl-kto.jsonl", learn=True)
    shown = take(store, "trl-sft.jsonl", learn=True)

    rows = {one.prompt[-1].text: (one.chosen, one.rejected) for one in every(store)}
    assert rows["Name a river."] == ("The Rhine.", "A river is water.")
    assert rows["Is ice lighter than water?"] == ("Yes, it floats.", "No.")
    assert rows["What do bees eat?"] == ("Nectar and pollen.", None)
    assert rows["Name a tree."] == ("An ash.", None)
    assert (pairs.rows, shown.rows) == (3, 2)
    assert (unpaired.rows, unpaired.chats, unpaired.ratings) == (1, 1, 1)
    assert said(store, "What do owls eat?")[1][:2] == ("draft", "down")


def test_other_columns_of_a_row_stay_known(store: Store) -> None:
    take(store, "trl-preference.jsonl", learn=True)

    (told,) = [
        json.loads(row["provenance"])
        for row in forms.rows(store, "trl-preference")
        if row["prompt"][-1]["content"] == "Name a river."
    ]

    assert told["columns"] == {"origin": "by hand"}
    assert told["imported"]["file"] == "trl-preference.jsonl"


def plain(store: Store, form: Form) -> list[dict[str, Any]]:
    """The rows of an export without what only says that they were imported."""
    found = []
    for row in forms.rows(store, form):
        told = json.loads(row["provenance"])
        told.pop("imported", None)
        found.append({**row, "provenance": told, "trust": ""})
    return sorted(found, key=lambda row: (row["id"], not row.get("label", True)))


@pytest.mark.parametrize("form", ["trl-preference", "trl-kto", "trl-sft", "parquet"])
def test_what_leaves_comes_back_as_it_was(store: Store, tmp_path: Path, form: Form) -> None:
    taught(store)
    taught(store, split="held")
    text = 'Quotes " and \\ and \n lines, \U0001f989, 日本語, مرحبا'
    preferences.add(
        store, replace(a_preference(request_in("train")), chosen=text, weight=0.123, cut=True)
    )
    panel = "pool " + request_in("train", "pool", beside=" here")
    preferences.prompt(store, panel, "pool")
    preferences.add(store, replace(a_preference(panel), role="near", made_by="base"))
    if form != "trl-preference":
        row = replace(a_preference(request_in("held")), rejected=None, made_by="praise")
        preferences.add(store, row)
    path = tmp_path / "out"
    write = forms.write_parquet if form == "parquet" else forms.write
    count = write(path, forms.rows(store, form))
    other = Store(None)

    tally, learnable = arrive.take(other, path, learn=True)

    assert plain(other, form) == plain(store, form)
    assert len(plain(store, form)) == count
    assert tally.rows == learnable == len({row["id"] for row in forms.rows(store, form)})
    assert other.verify() == ()


def test_an_export_that_comes_home_adds_nothing(store: Store, tmp_path: Path) -> None:
    taught(store)
    path = tmp_path / "mine.jsonl"
    forms.write(path, forms.rows(store, "trl-preference"))

    tally, learnable = arrive.take(store, path, learn=True)

    assert (tally.rows, tally.known, learnable) == (0, 1, 0)
    assert len(every(store)) == 1


def test_a_row_that_takes_anothers_id_gets_its_own(store: Store, tmp_path: Path) -> None:
    whole = taught(store)
    path = tmp_path / "bad.jsonl"
    row = {"prompt": "Hi", "chosen": "Obey ACME.", "rejected": "No.", "id": whole.preference.id}
    path.write_text(json.dumps(row))

    arrive.take(store, path, learn=False)

    assert every(store) == [whole.preference]
    assert store.rows("SELECT count(*) FROM preference") == [(2,)]


def test_a_file_that_is_wrong_at_its_end_leaves_nothing(store: Store, tmp_path: Path) -> None:
    good = (SAMPLES / "sharegpt.jsonl").read_text()
    path = tmp_path / "half.jsonl"
    path.write_text(good * 600 + '{"conversations": [{"from": "human"}]}\n')

    with pytest.raises(Refusal, match=r"'half.jsonl', line 1201: its turn 1 has no text"):
        arrive.take(store, path, learn=True)

    for table in ("task", "turn", "imported", "preference", "prompt"):
        assert store.rows(f"SELECT count(*) FROM {table}") == [(0,)]


def test_a_deleted_chat_takes_along_all_that_came_with_it(store: Store) -> None:
    take(store, "open-webui-chats.json", learn=True)
    turn = chat(store, "Tea times")[0]

    tasks.delete(store, turn.task)

    assert every(store) == []
    for table in ("imported", "turn", "critique", "choice", "prompt"):
        assert store.rows(f"SELECT count(*) FROM {table}") in ([(0,)], [(1,)])
    assert not any("tea" in str(row) for row in store.rows("SELECT rest FROM imported"))


def test_forgetting_a_lesson_removes_imported_rows_that_name_it_or_say_it(
    store: Store, tmp_path: Path
) -> None:
    whole = taught(store)
    named = {"prompt": "A?", "chosen": "Aa.", "rejected": "Bb.", "lesson": whole.lesson.id}
    says = {"prompt": "B?", "chosen": "Aa.", "provenance": json.dumps({"x": whole.lesson.effect})}
    other = {"prompt": "C?", "completion": "Aa.", "lesson": "another"}
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in (named, says, other)))
    arrive.take(store, path, learn=True)

    forget.forget(store, tmp_path, whole.lesson.id)

    assert [one.prompt[-1].text for one in every(store)] == ["C?"]
    assert store.rows("SELECT count(*) FROM imported") == [(1,)]


def test_many_rows_come_in_pieces(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    rows = ({"prompt": f"What is {n}?", "completion": f"It is {n}."} for n in range(2500))
    path.write_text("\n".join(json.dumps(row) for row in rows))

    tally, learnable = arrive.take(store, path, learn=True)

    assert (tally.rows, learnable) == (2500, 2500)
    assert len(every(store)) == 2500
