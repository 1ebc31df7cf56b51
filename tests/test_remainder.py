"""What is left where a lesson leaves: undone versions, a disk or a memory that takes no more."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, agreement, debt, forget, places, remainder, whole
from assistant.blocks import Block
from data import ledger, versions
from data.store import Store
from data.types import AdapterVersion, Lesson, Refusal
from tests.forgetting import Home, three_lessons


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three lessons, none of which was learned on top of another."""
    return three_lessons(tmp_path, Store(None), upon=False)


def _live(home: Home) -> AdapterVersion:
    found = versions.live(home.store)
    assert found is not None
    return found


def _undo_to(home: Home, number: int | None) -> None:
    if number is None:
        versions.retire_live(home.store, "undone")
    else:
        versions.promote(home.store, number, "undone")
    places.follow_live(home.store)


def _folders(home: Home) -> list[str]:
    return sorted(path.name for path in (home.folder / "adapters").iterdir())


def _owners(version: AdapterVersion) -> dict[tuple[str, ...], str]:
    return {one.lessons: one.sha256 for one in adapters.blocks_of(version.folder)}


def no_space(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("answering", [None, 1, 2])
def test_what_was_undone_can_be_chosen_again_without_the_forgotten_lesson(
    home: Home, answering: int | None
) -> None:
    first, second, third = home.lessons
    before = _owners(_live(home))
    _undo_to(home, answering)

    receipt = forget.forget(home.store, home.folder, first.id)

    *_, spared = [one for one in versions.all(home.store) if third.id in one.lessons]
    assert (spared.state, spared.lessons) == ("retired", (second.id, third.id))
    assert _owners(spared) == {(one.id,): before[one.id,] for one in (second, third)}
    assert adapters.verify(spared.folder) is None
    live = versions.live(home.store)
    assert (live and live.lessons) == ((second.id,) if answering == 2 else None)
    assert not any(first.id in one.lessons for one in versions.all(home.store)[3:])
    assert "taught again" not in forget.told(home.store, home.folder, receipt)
    assert agreement.mend(home.store, home.folder) == agreement.Mended()


def test_what_was_undone_and_rests_on_the_forgotten_lesson_goes_and_is_counted(
    tmp_path: Path,
) -> None:
    home = three_lessons(tmp_path, Store(None))
    _undo_to(home, 2)

    receipt = forget.forget(home.store, home.folder, home.lessons[1].id)

    assert _folders(home) == ["0001"]
    said = forget.told(home.store, home.folder, receipt)
    assert "1 lesson acts from the prompt until taught again." in said


def test_of_a_version_that_never_answered_nothing_is_kept(home: Home) -> None:
    live = _live(home)
    rejected = adapters.save(
        home.folder,
        number=4,
        parent=3,
        base=live.base,
        lessons=(*live.lessons, "L4"),
        preferences=(),
        seed=0,
        tensors={"x.lora_B": np.ones((1, 1), dtype=np.float32)},
        settings={},
        losses=(),
        kept=adapters.blocks_of(live.folder),
        source=live.folder,
    )
    versions.add(home.store, rejected)

    forget.forget(home.store, home.folder, home.lessons[0].id)

    assert not any("L4" in one.lessons for one in versions.all(home.store)[4:])
    assert len(_folders(home)) == 1


def test_what_was_undone_outlives_a_second_forgetting(home: Home) -> None:
    first, second, third = home.lessons
    _undo_to(home, None)

    forget.forget(home.store, home.folder, first.id)
    forget.forget(home.store, home.folder, second.id)

    *_, spared = versions.all(home.store)
    assert (spared.state, spared.lessons) == ("retired", (third.id,))
    assert _folders(home) == [spared.folder.name]


def test_a_forgetting_on_a_full_disk_lets_the_newest_sound_version_answer_and_says_so(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = home.lessons
    with monkeypatch.context() as disk:
        disk.setattr(whole, "flush", no_space)
        disk.setattr(shutil, "copyfile", no_space)
        disk.setattr(debt, "note", lambda mark, id: mark.write_text(id))
        receipt = forget.forget(home.store, home.folder, second.id)

    live = _live(home)
    assert (live.number, live.lessons) == (1, (first.id,))
    later = ledger.get(home.store, third.id)
    assert (later.status, later.place) == ("active", "prompt")
    said = forget.told(home.store, home.folder, receipt)
    assert "1 lesson acts from the prompt until taught again." in said
    forget.mend(home.store, home.folder)
    assert agreement.mend(home.store, home.folder) == agreement.Mended()
    assert _folders(home) == ["0001"]


def test_a_memory_that_takes_no_more_refuses_the_forgetting_and_nothing_is_lost(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, folders = versions.all(home.store), _folders(home)

    def full(store: Store, version: AdapterVersion) -> AdapterVersion:
        raise Refusal("The memory cannot be written (No space left on device).")

    with monkeypatch.context() as disk:
        disk.setattr(versions, "add", full)
        with pytest.raises(Refusal, match="No space left"):
            forget.forget(home.store, home.folder, home.lessons[1].id)

    assert (versions.all(home.store), _folders(home)) == (before, folders)
    assert ledger.all(home.store, ("learned",)) != ()
    forget.mend(home.store, home.folder)
    assert agreement.mend(home.store, home.folder) == agreement.Mended()
    assert _live(home).number == 3


def test_a_damaged_version_on_a_full_disk_leaves_the_newest_sound_one_answering(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, newest = adapters.blocks_of(_live(home).folder)
    (_live(home).folder / newest.file).unlink()

    with monkeypatch.context() as disk:
        disk.setattr(whole, "flush", no_space)
        mended = agreement.mend(home.store, home.folder)

    assert (mended.retired, mended.answers) == ((3,), 2)
    assert ledger.get(home.store, home.lessons[2].id).place == "prompt"
    assert _folders(home) == ["0001", "0002", "0003"]
    assert agreement.mend(home.store, home.folder) == agreement.Mended()


def test_a_lesson_that_leaves_on_a_full_disk_takes_no_older_sound_version_along(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = _live(home)
    with monkeypatch.context() as disk:
        disk.setattr(whole, "flush", no_space)

        left = remainder.of(home.store, home.folder, live, home.lessons[1].id, "switched off")

    assert left == 1
    other = replace(live, base="other/nf4")
    monkeypatch.setattr(whole, "flush", no_space)
    assert remainder.of(home.store, home.folder, other, home.lessons[1].id, "off") is None


def _again(home: Home, lesson: Lesson) -> AdapterVersion:
    """The lesson taught anew, in the place of its former block."""
    live = _live(home)
    kept = tuple(one for one in adapters.blocks_of(live.folder) if lesson.id not in one.lessons)
    return _build(home, kept, live.lessons)


def _build(home: Home, kept: Sequence[Block], lessons: Sequence[str]) -> AdapterVersion:
    live, number = _live(home), adapters.next_number(home.store, home.folder)
    made = adapters.save(
        home.folder,
        number=number,
        parent=live.number,
        base=live.base,
        lessons=lessons,
        preferences=(),
        seed=0,
        tensors={"x.lora_B": np.full((1, 1), number, dtype=np.float32)},
        settings={},
        losses=(),
        kept=kept,
        source=live.folder,
    )
    versions.add(home.store, made)
    versions.promote(home.store, number, "test")
    places.follow_live(home.store)
    return made


def test_another_lesson_that_was_taught_anew_is_not_exchanged_for_an_older_build(
    home: Home,
) -> None:
    first, second, _ = home.lessons
    new = _owners(_again(home, first))[first.id,]

    forget.forget(home.store, home.folder, second.id)

    assert _owners(_live(home))[first.id,] == new


@pytest.mark.parametrize(("how", "answers"), [("damage", 3), ("forgetting", 2)])
def test_no_older_version_answers_in_which_a_lesson_speaks_that_was_switched_off(
    home: Home, how: str, answers: int
) -> None:
    first, second, third = home.lessons
    _build(home, (), (first.id, second.id))
    alone = _build(home, (), (third.id,))
    ledger.change(home.store, replace(ledger.get(home.store, first.id), status="retired"), "off")

    if how == "damage":
        (block,) = adapters.blocks_of(alone.folder)
        (alone.folder / block.file).write_bytes(b"torn")
        agreement.mend(home.store, home.folder)
    else:
        forget.forget(home.store, home.folder, third.id)

    assert _live(home).number == answers  # there it has a block of its own, which is silent


def test_a_version_that_was_undone_takes_no_damaged_one_s_place(home: Home) -> None:
    _undo_to(home, 1)
    (block,) = adapters.blocks_of(_live(home).folder)
    (_live(home).folder / block.file).unlink()

    mended = agreement.mend(home.store, home.folder)

    assert (mended.answered, mended.answers, versions.live(home.store)) == (True, None, None)
    assert "The untaught model answers. 1 lesson acts from the prompt" in mended.sentence


def test_undo_leads_past_a_repair_and_a_damaged_version_to_a_sound_one(home: Home) -> None:
    newest = adapters.blocks_of(_live(home).folder)[-1]
    (_live(home).folder / newest.file).unlink()

    mended = agreement.mend(home.store, home.folder)

    assert mended.answers == 2  # it has all the sound blocks
    assert versions.earlier(home.store) == (1,)
