"""Preferences leave as JSON lines that TRL reads, each with where it came from."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from data import export, preferences, tasks
from data.store import Store
from tests.records import a_preference, request_in, taught


@pytest.fixture
def store() -> Store:
    return Store(None)


def test_a_pair_is_one_line_of_messages_with_its_provenance(store: Store) -> None:
    whole = taught(store)

    (line,) = export.lines(store)

    assert "\n" not in line
    assert json.loads(line) == {
        "prompt": [{"role": "user", "content": whole.request.text}],
        "chosen": [{"role": "assistant", "content": "A drink."}],
        "rejected": [{"role": "assistant", "content": "Tea, oh tea, where shall I begin?"}],
        "id": whole.preference.id,
        "lesson": whole.lesson.id,
        "effect": "use at most 25 words",
        "scope": "",
        "status": "active",
        "stance": "endorsed",
        "critique": whole.critique.id,
        "words": "too long, and drop the jokes",
        "origin": {
            "rater": "owner",
            "view": "owner",
            "source": "human",
            "trust": "typed",
            "ms_shown": None,
            "ms_to_answer": None,
            "confidence": None,
        },
        "choice": None,
        "role": "in",
        "made_by": "accepted",
        "weight": 1.0,
        "split": "train",
        "source": "human",
        "trust": "confirmed",
    }


def test_a_demonstration_has_no_rejected_side_and_held_rows_are_said_to_be_held(
    store: Store,
) -> None:
    shown = replace(a_preference(request_in("held")), rejected=None, made_by="praise")
    preferences.add(store, shown)

    (line,) = map(json.loads, export.lines(store))

    assert (line["rejected"], line["split"], line["lesson"]) == (None, "held", None)


def test_what_was_taken_back_or_kept_out_does_not_leave(store: Store) -> None:
    withdrawn, kept_out = taught(store), taught(store)
    taught(store, mode="no_learning")
    pasted = replace(a_preference(request_in("train")), trust="pasted")
    preferences.add(store, pasted)
    preferences.withdraw(store, [withdrawn.preference.id], "no")
    tasks.set_learn(store, kept_out.draft.id, False)

    assert list(export.lines(store)) == []
