"""What names a lesson's place is no word of the person: forgetting leaves others' lines alone."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant import trace
from data import ledger
from data.store import Store
from data.types import Check, Lesson

AT = datetime(2026, 1, 1, tzinfo=UTC)


def a_lesson(store: Store, scope: str) -> Lesson:
    check = Check("max_words", (("n", 30),))
    where = (("channel", "email"),)
    return ledger.add(
        store, Lesson("", "", "use at most 30 words", scope, where, check, AT, "active", "endorsed")
    )


def test_a_place_is_not_looked_for_in_the_persons_files() -> None:
    store = Store(None)

    said = trace.of(store, a_lesson(store, "emails"))

    assert said.words == ("use at most 30 words",)
    assert "emails" in said.topics


def test_a_request_that_stands_for_its_topic_is() -> None:
    store = Store(None)
    scope = "Why does my sourdough never rise in winter?"

    assert scope in trace.of(store, a_lesson(store, scope)).words
