"""Audit rows are read in one place, every reading is counted, and nothing learns from them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from data import audit, export, preferences, versions
from data.store import Store
from data.types import AdapterVersion, Check, Preference, Refusal
from tests.records import a_preference, request_in

ROOT = Path(__file__).parent.parent
FLOORS = ("data", "feedback", "clarify", "assistant", "ui")
RARE = "xylophonic"


@pytest.fixture
def store() -> Store:
    return Store(None)


def audit_row(store: Store) -> Preference:
    """A pair about an audit prompt of our pool that holds a rare word."""
    words = request_in("audit", "pool", beside=f" for a {RARE} guest")
    preferences.prompt(store, words, "pool")
    return preferences.add(store, replace(a_preference(words), made_by="base"))


def a_version(number: int, parent: int | None) -> AdapterVersion:
    return AdapterVersion(number, parent, "tiny", Path("/x"), "0", 1, (), (), "{}", "{}")


def test_an_audit_row_is_in_no_training_no_gate_no_listing_and_no_export(store: Store) -> None:
    row = audit_row(store)

    read = (
        *preferences.training(store),
        *preferences.held(store),
        *preferences.signals(store),
        *preferences.prompts(store),
        *export.lines(store),
    )

    assert row.split == "audit"
    assert [each for each in read if RARE in str(each)] == []
    assert store.verify() == ()


def test_each_reading_of_the_panel_is_counted(store: Store) -> None:
    row = audit_row(store)
    run = versions.start_run(store, "gate")

    prompts = audit.prompts(store, run.id, "pool")
    rows = audit.preferences(store, run.id)

    assert [prompt.id for prompt in prompts] == [row.prompt_id]
    assert rows == (row,)
    assert versions.run(store, run.id).audit_reads == 2


def test_a_twin_sees_through_a_reply_that_meets_the_wish_in_letter_only(store: Store) -> None:
    run = versions.start_run(store, "gate")
    check = Check("max_words", (("n", 25),))

    sense = audit.holds(store, run.id, check, "Tea is a drink made from leaves.")
    stub = audit.holds(store, run.id, check, "*tea*")

    assert (sense, stub) == (True, False)
    assert versions.run(store, run.id).audit_reads == 2


def test_without_a_run_to_count_it_nothing_is_read(store: Store) -> None:
    audit_row(store)

    with pytest.raises(Refusal, match="There is no run 'nobody'"):
        audit.prompts(store, "nobody")


def test_readings_add_up_along_the_line_of_parents_and_no_further(store: Store) -> None:
    left = replace(a_version(4, None), settings='{"of": 2}')  # after a forgetting
    for number, version in ((1, a_version(1, None)), (2, a_version(2, 1)), (3, a_version(3, None))):
        versions.add(store, version)
        run = versions.start_run(store, "gate", adapter=number)
        for _ in range(number):
            audit.prompts(store, run.id)

    versions.add(store, left)

    assert [audit.consulted(store, number) for number in (1, 2, 3, 4)] == [1, 3, 3, 3]


def test_no_file_but_the_audit_asks_for_audit_rows_or_imports_the_twins() -> None:
    asks = re.compile(r"split\s*=\s*'audit'|split IN \([^)]*'audit'|import twins|checks\.twins")

    askers = {
        str(file.relative_to(ROOT))
        for floor in FLOORS
        for file in (ROOT / floor).rglob("*.py")
        if asks.search(file.read_text("utf-8"))
    }

    assert askers == {"data/audit.py"}


def test_requests_are_enrolled_by_their_hash_and_that_is_no_reading(store: Store) -> None:
    run = versions.start_run(store, "report")
    panel, other = request_in("audit", "pool"), request_in("train", "pool", beside=" now")
    mine = request_in("audit", "pool", beside=" at home")
    preferences.prompt(store, mine, "chat")  # asked by the person: it is theirs to learn from

    audit.enrol(store, [panel, other, mine], "pool")

    assert versions.run(store, run.id).audit_reads == 0
    assert [prompt.text for prompt in audit.prompts(store, run.id)] == [panel]
    assert other not in {prompt.text for prompt in preferences.prompts(store)}


def test_several_replies_are_one_reading(store: Store) -> None:
    run = versions.start_run(store, "report")
    check = Check("max_words", (("n", 25),))

    held = audit.all_hold(
        store,
        run.id,
        check,
        [("Tea is a drink made from leaves.", None), ("*tea*", None), ("", "")],
    )

    assert held == (True, False, False)
    assert versions.run(store, run.id).audit_reads == 1
    assert audit.says(check).startswith("ends as a sentence")
