"""What a forgotten lesson had a part in is not learned from; what is the person's own stays."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, checkpoint, forget, trace
from assistant.checkpoint import Checkpoint, Keeper
from assistant.course import Course
from data import critiques, ledger, preferences, tasks, versions
from data.store import Store
from data.types import AdapterVersion, Choice, MadeBy, Origin, Preference, Span
from tests.forgetting import WORDS, Home, three_lessons
from tests.records import a_critique, a_lesson, a_turn, a_wish
from tests.traces import bytes_with


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose memory is kept in memory: quick, and enough where no bytes are looked at."""
    return three_lessons(tmp_path, Store(None))


@pytest.fixture
def disk(tmp_path: Path) -> Home:
    """A home whose memory is a file."""
    return three_lessons(tmp_path, Store(tmp_path / "memory.duckdb"))


def test_examples_whose_teacher_held_it_are_made_anew(home: Home) -> None:
    second, third = home.lessons[1:]
    home.example(third, "How does a kite fly?", target_key="second")
    kept = home.example(third, "What is a sail?", target_key="third")

    forget.forget(home.store, home.folder, second.id)

    assert preferences.training(home.store) == (kept,)


def test_what_a_version_with_it_wrote_is_not_learned_from_but_the_persons_edit_is(
    home: Home,
) -> None:
    second, third = home.lessons[1:]
    under = replace(a_turn(home.task, None, "draft", "It glides."), adapter=2)
    turn = tasks.add_turn(home.store, under)
    critique, _ = critiques.add(home.store, a_critique(turn.id, "ask me something"), [])
    home.example(third, "How does a kite fly?", made_by="accepted", critique=critique.id)
    edit = home.example(third, "What is a sail?", made_by="edit", critique=critique.id)

    receipt = forget.forget(home.store, home.folder, second.id)

    removed = json.loads(receipt.removed)
    assert preferences.training(home.store) == (edit,)
    assert (removed["withdrawn"], removed["edits kept"]) == (1, [edit.id])


def test_a_draft_at_which_its_weights_were_silent_is_not_its_own(home: Home) -> None:
    first, second, third = home.lessons
    blocks = {one.lessons[0]: one.sha256 for one in adapters.blocks_of(_folder(home, 3))}

    def row(spoke: str, asked: str) -> Preference:
        made_with = json.dumps({"blocks": [blocks[spoke]]})
        draft = a_turn(home.task, None, "draft", f"It glides, {asked}")
        turn = tasks.add_turn(home.store, replace(draft, adapter=3, made_with=made_with))
        critique, _ = critiques.add(home.store, a_critique(turn.id, "ask me something"), [])
        return home.example(third, asked, made_by="accepted", critique=critique.id)

    kept = row(first.id, "How does a kite fly?")
    row(second.id, "What is a sail?")
    row(third.id, "What is a glider?")  # its block was learned on top of the second one's

    receipt = forget.forget(home.store, home.folder, second.id)

    assert preferences.training(home.store) == (kept,)
    assert json.loads(receipt.removed)["withdrawn"] == 2


def _folder(home: Home, number: int) -> Path:
    return adapters.folder_of(home.folder, number)


def test_what_it_wrote_does_not_come_back_with_a_later_yes_to_another_lesson(home: Home) -> None:
    second, third = home.lessons[1:]
    under = replace(a_turn(home.task, None, "draft", "It glides."), adapter=2)
    turn = tasks.add_turn(home.store, under)
    critique, _ = critiques.add(home.store, a_critique(turn.id, "ask me something"), [])
    home.example(third, "How does a kite fly?", made_by="accepted", critique=critique.id)
    noted = replace(ledger.get(home.store, third.id), status="noted")
    ledger.change(home.store, noted, "no yes yet")

    forget.forget(home.store, home.folder, second.id)

    ledger.change(home.store, replace(noted, status="active"), "yes")
    assert [row for row in preferences.training(home.store) if row.critique is not None] == []


def test_the_chat_stays_without_the_words(home: Home) -> None:
    forget.forget(home.store, home.folder, home.lessons[1].id)

    texts = [turn.text for turn in tasks.turns(home.store, home.task)]
    assert texts == ["What flies?", "Many things fly.", forget.BLANK, forget.BLANK]


@pytest.mark.parametrize(
    "told",
    [
        "Version 2 learned 'say \"it\\'s a zeppelin\" last'.",  # as repr writes both quotes
        f"{WORDS!r} stays in the prompt.",  # what the wish said before the lesson was edited
    ],
)
def test_a_notice_goes_however_it_quotes_the_lesson(home: Home, told: str) -> None:
    second = replace(home.lessons[1], effect='say "it\'s a zeppelin" last')
    ledger.change(home.store, second, "edited")
    notice = tasks.add_turn(home.store, a_turn(home.task, None, "notice", told))

    forget.forget(home.store, home.folder, second.id)

    assert tasks.turn(home.store, notice.id).text == forget.BLANK


def test_a_lesson_edited_twice_leaves_none_of_its_former_words(disk: Home) -> None:
    store = disk.store
    lesson = ledger.add(store, replace(a_lesson(), effect="never say airship", scope="Airships"))
    about = replace(lesson, effect="avoid blimps", condition=(("topic", "blimps"),))
    for changed in (about, replace(lesson, effect="be brief", scope="")):
        told = f"{trace.quoted(ledger.get(store, lesson.id).effect)} stays in the prompt."
        tasks.add_turn(store, a_turn(disk.task, None, "notice", told))
        ledger.change(store, changed, "edited by the person")
    preferences.prompt(store, "What is hard about blimps?", "pool")
    (disk.folder / "log.txt").write_text("'avoid blimps' failed\nkept\n")

    forget.forget(store, disk.folder, lesson.id)

    assert [bytes_with(disk.folder, word) for word in ("airship", "blimps")] == [[], []]
    assert (disk.folder / "log.txt").read_text() == "kept\n"


def test_a_reply_that_was_chosen_under_it_is_not_learned_from_either(home: Home) -> None:
    second, third = home.lessons[1:]
    old = tasks.add_turn(home.store, a_turn(home.task, None, "draft", "It flies."))
    critique, _ = critiques.add(home.store, a_critique(old.id, "ask me something"), [])
    said = tasks.add_turn(home.store, a_turn(home.task, old.id, "critique", "ask me something"))
    under = replace(a_turn(home.task, said.id, "draft", "It glides?"), lessons=(second.id,))
    tasks.add_turn(home.store, under)
    home.example(third, "How?", made_by="accepted", critique=critique.id, chosen="It glides?")
    clean = home.example(third, "What is a sail?", made_by="accepted", critique=critique.id)

    forget.forget(home.store, home.folder, second.id)

    assert preferences.training(home.store) == (clean,)


def test_what_was_repaired_in_its_words_is_not_learned_from_either(home: Home) -> None:
    second, third = home.lessons[1:]
    first = critiques.of_task(home.store, home.task)[0]
    (spoken,) = [t for t in tasks.turns(home.store, home.task) if t.kind == "critique"]
    tasks.write_turn(home.store, spoken.id, made_with=json.dumps({"critique": first.id}))
    repaired = a_turn(home.task, spoken.id, "draft", "Kites fly.")
    again = tasks.add_turn(home.store, repaired)
    critique, _ = critiques.add(home.store, a_critique(again.id, "ask me something"), [])
    home.example(third, "How does a kite fly?", made_by="accepted", critique=critique.id)

    forget.forget(home.store, home.folder, second.id)

    assert preferences.training(home.store) == ()


def test_a_choice_between_drafts_of_which_one_was_made_with_it_is_not_learned_from(
    home: Home,
) -> None:
    second, third = home.lessons[1:]
    left = tasks.add_turn(home.store, a_turn(home.task, None, "draft", "It flies."))
    right = replace(a_turn(home.task, None, "draft", "It glides."), adapter=3)
    chosen = Choice("", left.id, tasks.add_turn(home.store, right).id, "left", "", "", Origin())
    home.example(
        third, "How?", made_by="choice", choice=critiques.add_choice(home.store, chosen).id
    )

    forget.forget(home.store, home.folder, second.id)

    assert preferences.training(home.store) == ()


def test_of_two_lessons_of_one_critique_the_other_keeps_its_words_and_its_evidence(
    disk: Home,
) -> None:
    draft = tasks.add_turn(disk.store, a_turn(disk.task, None, "draft", "Balloons float."))
    words = "Too long. And never mention the airship."
    wishes = [a_wish("Too long"), a_wish("never mention the airship", "forbid it")]
    wishes[1] = replace(wishes[1], quote=Span("never mention the airship", start=14, end=39))
    critique, (long, airship) = critiques.add(disk.store, a_critique(draft.id, words), wishes)
    spoken = replace(
        a_turn(disk.task, draft.id, "critique", words),
        made_with=json.dumps({"critique": critique.id}),
    )
    said = tasks.add_turn(disk.store, spoken)
    stays, goes = (
        ledger.add(disk.store, replace(a_lesson(wish.id), effect=wish.effect))
        for wish in (long, airship)
    )
    for lesson, wish in ((stays, long), (goes, airship)):
        ledger.add_evidence(disk.store, lesson.id, "wish", wish.id)

    forget.forget(disk.store, disk.folder, goes.id)

    assert critiques.get(disk.store, critique.id).text == "Too long"
    assert tasks.turn(disk.store, said.id).text == "Too long"
    assert json.loads(tasks.turn(disk.store, said.id).made_with) == {"critique": critique.id}
    assert critiques.wishes(disk.store, critique.id) == (
        replace(long, quote=Span("Too long", occurrence=1, start=0, end=8)),
    )
    assert ledger.get(disk.store, stays.id) == stays
    assert ledger.evidence(disk.store, stays.id) == (("wish", long.id, 1),)
    assert bytes_with(disk.folder, "airship") == []
    assert disk.store.verify() == ()


def _taught_on(home: Home, parent: int | None, row: Preference) -> AdapterVersion:
    """A live version of the third lesson alone that was taught on this row."""
    made = adapters.save(
        home.folder,
        number=adapters.next_number(home.store, home.folder),
        parent=parent,
        base="tiny/none",
        lessons=(home.lessons[2].id,),
        preferences=(row.id,),
        seed=0,
        tensors={"x.lora_B": np.ones((1, 1), dtype=np.float32)},
        settings={},
        losses=[1.0],
    )
    versions.add(home.store, made)
    versions.promote(home.store, made.number, "test")
    return made


def _accepted(home: Home, lessons: tuple[str, ...], made_by: MadeBy = "accepted") -> Preference:
    """A pair for the third lesson of which the reply was written with these in its prompt."""
    text = "It glides?" if lessons else "It flies?"
    draft = replace(a_turn(home.task, None, "draft", text), lessons=lessons)
    turn = tasks.add_turn(home.store, draft)
    critique, _ = critiques.add(home.store, a_critique(turn.id, "ask me something"), [])
    third = home.lessons[2]
    return home.example(third, "How?", made_by=made_by, critique=critique.id, chosen=text)


def test_a_version_that_was_taught_on_a_reply_written_under_it_goes_with_what_stands_upon_it(
    home: Home,
) -> None:
    prompted = ledger.add(home.store, replace(a_lesson(), effect="never say airship"))
    clean = _taught_on(home, None, _accepted(home, ()))
    shaped = _taught_on(home, clean.number, _accepted(home, (prompted.id,)))
    upon = _taught_on(home, shaped.number, _accepted(home, ()))
    Keeper(home.folder, "key", [home.lessons[2].id]).keep(Checkpoint(Course(), {}, {}))

    receipt = forget.forget(home.store, home.folder, prompted.id)

    assert json.loads(receipt.removed)["versions"] == [shaped.number, upon.number]
    live = versions.live(home.store)
    assert live is not None
    assert live.number == clean.number
    left = {path.name for path in (home.folder / "adapters").iterdir()}
    assert left == {"0001", "0002", "0003", "0004"}
    assert not checkpoint.path_of(home.folder).exists()


def test_a_version_that_was_taught_on_the_persons_own_edit_stays(home: Home) -> None:
    prompted = ledger.add(home.store, replace(a_lesson(), effect="never say airship"))
    made = _taught_on(home, None, _accepted(home, (prompted.id,), "edit"))

    receipt = forget.forget(home.store, home.folder, prompted.id)

    live = versions.live(home.store)
    assert live is not None
    assert (live.number, json.loads(receipt.removed)["versions"]) == (made.number, [])
