"""What the person must know stands on every page until they dismiss it."""

from __future__ import annotations

import pytest

from data import ledger, standing
from data.store import Store


@pytest.fixture
def store() -> Store:
    return Store(None)


def test_a_sentence_stands_until_it_is_dismissed(store: Store) -> None:
    before = standing.read(store)
    standing.say(store, "The model has changed.")
    said = standing.read(store)

    standing.dismiss(store)

    assert (before, said, standing.read(store)) == ("", "The model has changed.", "")


def test_the_newest_one_stands_also_after_a_dismissal(store: Store) -> None:
    standing.say(store, "The model has changed.")
    standing.say(store, "It has changed again.")
    newest = standing.read(store)
    standing.dismiss(store)

    standing.say(store, "The model has changed.")

    assert (newest, standing.read(store)) == ("It has changed again.", "The model has changed.")


def test_dismissing_nothing_keeps_nothing(store: Store) -> None:
    standing.dismiss(store)

    assert ledger.events(store) == ()
