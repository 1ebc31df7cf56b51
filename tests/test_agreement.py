"""Folders and rows agree after each start, and what is sound of damaged weights answers."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import adapters, agreement, places
from data import ledger, versions
from data.store import Store
from tests.records import a_lesson
from tests.test_adapters import saved, upon, weights_of


def test_a_half_written_folder_is_removed_at_start(tmp_path: Path) -> None:
    store = Store(None)
    version = saved(tmp_path)
    partial = version.folder.with_name("0001.partial")
    version.folder.rename(partial)

    mended = agreement.mend(store, tmp_path)

    assert mended.removed == ("0001.partial",)
    assert not partial.exists()
    assert versions.all(store) == ()


def test_a_whole_folder_without_a_row_is_read_back_as_a_candidate(tmp_path: Path) -> None:
    store = Store(None)
    version = saved(tmp_path)

    assert agreement.mend(store, tmp_path).read_back == (1,)

    assert versions.get(store, 1) == version
    assert agreement.mend(store, tmp_path) == agreement.Mended()


def test_a_row_without_a_sound_folder_is_retired(tmp_path: Path) -> None:
    store = Store(None)
    version = saved(tmp_path)
    versions.add(store, version)
    versions.promote(store, 1, "test")
    weights_of(version).unlink()

    assert agreement.mend(store, tmp_path).retired == (1,)

    assert versions.get(store, 1).state == "retired"
    assert versions.live(store) is None


def test_what_lies_about_where_versions_lie_stops_no_start(tmp_path: Path) -> None:
    store = Store(None)
    version = saved(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter.txt").write_text("mine")
    for name in ("0009.partial", "0011"):
        (version.folder.parent / name).write_text("a file and no folder")
    for name in ("0010.partial", "0012"):
        (version.folder.parent / name).symlink_to(elsewhere)
    (version.folder.parent / "notes").mkdir()

    mended = agreement.mend(store, tmp_path)

    assert (mended.removed, mended.read_back) == (("0009.partial", "0010.partial"), (1,))
    assert (elsewhere / "letter.txt").read_text() == "mine"
    assert adapters.next_number(store, tmp_path) == 13
    assert adapters.verify(version.folder.parent / "0012") == (
        f"{str(version.folder.parent / '0012')!r} is a link; heed follows none."
    )
    adapters.purge(version.folder.parent / "0012")
    assert (elsewhere / "letter.txt").exists()


@pytest.mark.parametrize("lost", ["L1", "L2"])
def test_of_a_damaged_live_version_what_is_sound_answers(tmp_path: Path, lost: str) -> None:
    store = Store(None)
    first = saved(tmp_path)
    second = upon(tmp_path, first, beneath=())
    for version in (first, second):
        versions.add(store, version)
        versions.promote(store, version.number, "test")
    (spoilt,) = (one for one in adapters.blocks_of(second.folder) if lost in one.lessons)
    (second.folder / spoilt.file).write_bytes(b"torn")  # the same file as in version 1

    mended = agreement.mend(store, tmp_path)

    live = versions.live(store)
    assert live is not None
    assert (mended.retired, mended.answers) == ((2,), live.number)
    assert live.lessons == tuple(one for one in ("L1", "L2") if one != lost)
    assert adapters.verify(live.folder) is None
    assert agreement.mend(store, tmp_path) == agreement.Mended()


def test_if_nothing_of_it_is_sound_the_newest_sound_version_answers(tmp_path: Path) -> None:
    store = Store(None)
    first = saved(tmp_path)
    second = upon(tmp_path, first)
    for version in (first, second):
        versions.add(store, version)
        versions.promote(store, version.number, "test")
    (second.folder / adapters.RECORD).unlink()

    mended = agreement.mend(store, tmp_path)

    assert (mended.retired, mended.answers) == ((2,), 1)
    assert versions.live(store) == replace(first, state="live")


def test_a_block_that_rests_on_a_damaged_one_answers_no_more(tmp_path: Path) -> None:
    store = Store(None)
    second = upon(tmp_path, saved(tmp_path))
    versions.add(store, second)
    versions.promote(store, 2, "test")
    old, _ = adapters.blocks_of(second.folder)
    (second.folder / old.file).unlink()

    mended = agreement.mend(store, tmp_path)

    assert (mended.retired, mended.answers) == ((2,), None)
    assert versions.live(store) is None


def test_a_retired_version_leaves_its_lessons_to_the_prompt(tmp_path: Path) -> None:
    store = Store(None)
    lesson = ledger.add(store, replace(a_lesson(), status="active", stance="endorsed"))
    version = replace(saved(tmp_path), lessons=(lesson.id,))
    versions.add(store, replace(version, state="live"))
    places.follow_live(store)
    weights_of(version).write_bytes(b"damaged")

    agreement.mend(store, tmp_path)

    found = ledger.get(store, lesson.id)
    assert (found.status, found.place) == ("active", "prompt")


def test_a_version_folder_that_was_copied_over_another_is_no_sound_version(tmp_path: Path) -> None:
    store = Store(None)
    first = saved(tmp_path)
    second = upon(tmp_path, first)
    for version in (first, second):
        versions.add(store, version)
        versions.promote(store, version.number, "test")
    shutil.rmtree(second.folder)
    shutil.copytree(first.folder, second.folder)

    mended = agreement.mend(store, tmp_path)

    assert (mended.retired, mended.answers) == ((2,), 1)
    assert "holds another version" in (adapters.damage(second) or "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("preferences", [1, None]),
        ("lessons", [{}]),
        ("parent", 2**40),
        ("parent", -1),
        ("seed", 2**70),
        ("base", None),
        ("blocks", [["x"]]),
    ],
)
def test_odd_values_in_a_record_without_a_seal_stop_no_start(
    tmp_path: Path, name: str, value: object
) -> None:
    store, version = Store(None), saved(tmp_path)
    path = version.folder / adapters.RECORD
    record = json.loads(path.read_text())
    del record[adapters.SEAL]
    path.write_text(json.dumps({**record, name: value}))

    assert agreement.mend(store, tmp_path) == agreement.Mended()
    assert versions.all(store) == ()


def test_a_folder_named_by_a_date_is_no_version(tmp_path: Path) -> None:
    version = saved(tmp_path)
    version.folder.rename(version.folder.with_name("20261201120000"))

    assert agreement.mend(Store(None), tmp_path) == agreement.Mended()
    assert adapters.next_number(Store(None), tmp_path) == 1
