"""What a person deletes or keeps out of learning while a round runs is neither kept nor taught."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant import build, meanwhile
from assistant.scripted import ScriptedModel
from data import preferences, tasks, versions
from data.store import Store
from data.types import Message, Turn
from tests.records import a_turn, request_in
from tests.stand_ins import embed
from tests.test_build import approved
from tests.traces import bytes_with

WORD = "zeppelin"
REQUEST = request_in("train", beside=f" with a {WORD}")
BASE, TEACHER, LEARNING = "Asking the untaught model", "Asking for examples", "Learning: step 2"


def talk(messages: Sequence[Message], version: int | None) -> str:
    """Brief where it is told or was taught to be; says the person's word where they said it."""
    asked = messages[-1].text
    about = f"the {WORD} and " if WORD in asked else ""
    reply = f"Of {about}matter {zlib.crc32(asked.encode()) % 997} I say what is known."
    brief = version is not None or "one sentence" in asked
    return reply if brief else f"{reply} There is more. It goes on."


def deleted(store: Store, request: Turn) -> None:
    tasks.delete(store, request.task)


def kept_out(store: Store, request: Turn) -> None:
    tasks.set_learn(store, request.id, False)


Act = Callable[[Store, Turn], None]


def _round(home: Path, act: Act | None, at: str) -> Store:
    """A round in which the person does this at the first step of this label; the others go on."""
    store = Store(None)
    request = tasks.add_turn(store, a_turn(tasks.create(store, "Air").id, text=REQUEST))
    tasks.add_turn(store, a_turn(tasks.create(store, "Other").id, text=request_in("train")))
    approved(store)
    model = ScriptedModel(complete=talk, write=talk, home=home)
    for step in build.build(store, model, embed, home, seed=0):
        if act is not None and step.label.startswith(at):
            act(store, request)
            act = None
    assert act is None or not at
    return store


def _rows(store: Store, word: str) -> int:
    ((count,),) = store.rows(
        "SELECT count(*) FROM preference WHERE contains(prompt, ?) OR contains(chosen, ?)",
        [word, word],
    )
    return int(count)


def test_a_request_that_stays_is_taught_and_its_replies_are_kept(tmp_path: Path) -> None:
    store = _round(tmp_path, None, "")

    assert versions.live(store) is not None
    assert _rows(store, WORD) > 0
    assert bytes_with(tmp_path, WORD) != []


@pytest.mark.parametrize("act", [deleted, kept_out])
@pytest.mark.parametrize("at", [BASE, TEACHER])
def test_no_example_is_kept_of_what_went_while_it_was_made(
    tmp_path: Path, act: Act, at: str
) -> None:
    store = _round(tmp_path, act, at)

    assert _rows(store, WORD) == 0
    assert _rows(store, request_in("train")) > 0
    assert versions.live(store) is not None
    if act is deleted:
        assert store.rows("SELECT 1 FROM prompt WHERE contains(text, ?)", [WORD]) == []


@pytest.mark.parametrize("act", [deleted, kept_out])
def test_no_reply_is_kept_to_what_went_while_it_was_asked(tmp_path: Path, act: Act) -> None:
    store = _round(tmp_path, act, BASE)

    assert versions.live(store) is not None
    assert bytes_with(tmp_path, WORD) == []
    assert list((tmp_path / "targets").glob("*.json")) != []


@pytest.mark.parametrize("act", [deleted, kept_out])
def test_what_was_learned_from_it_meanwhile_does_not_answer(tmp_path: Path, act: Act) -> None:
    store = _round(tmp_path, act, LEARNING)

    assert versions.live(store) is None
    (run,) = versions.runs(store, "learn")
    assert run.outcome == "rejected"
    assert meanwhile.TAKEN_BACK in build.told(store)
    assert not any(WORD in row.prompt[-1].text for row in preferences.training(store))

    model = ScriptedModel(complete=talk, write=talk, home=tmp_path)
    list(build.build(store, model, embed, tmp_path, seed=0))

    assert versions.live(store) is not None


def test_the_next_round_asks_for_what_was_not_kept_and_for_nothing_else(tmp_path: Path) -> None:
    store = _round(tmp_path, kept_out, BASE)
    approved(store, "answer in one sentence, please")
    model = ScriptedModel(complete=talk, write=talk, home=tmp_path)

    list(build.build(store, model, embed, tmp_path, seed=0))

    assert bytes_with(tmp_path, WORD) == []
    assert not any(WORD in messages[-1].text for messages in model.seen)
