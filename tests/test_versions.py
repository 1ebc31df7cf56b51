"""Which version is live, what was live before, and the runs, figures and receipts around it."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from data import ledger, versions
from data.store import Store
from data.types import AdapterVersion, Conditions, Refusal, VersionState

CONDITIONS = Conditions("checks", "no", "24 steps", 0, "human", "none")


@pytest.fixture
def store() -> Store:
    return Store(None)


def made(
    store: Store, *lessons: str, state: VersionState = "candidate", parent: int | None = None
) -> int:
    """The number of a new version that holds these lessons."""
    number = versions.next_number(store)
    folder = Path("/home/ada/heed/adapters") / f"{number:04}"
    rows = tuple(f"{lesson}-pair" for lesson in lessons)
    versions.add(
        store,
        AdapterVersion(number, parent, "tiny", folder, "ab", 7, lessons, rows, "{}", "{}", state),
    )
    return number


def number_of_live(store: Store) -> int | None:
    live = versions.live(store)
    return live.number if live else None


def test_a_version_comes_back_with_its_lessons_in_their_order(store: Store) -> None:
    number = made(store, "lesson b", "lesson a")

    version = versions.get(store, number)

    assert version.lessons == ("lesson b", "lesson a")
    assert version.preferences == ("lesson b-pair", "lesson a-pair")
    assert version.folder == Path("/home/ada/heed/adapters/0001")
    assert versions.all(store) == (version,)


def test_numbers_go_up_and_none_is_given_twice(store: Store) -> None:
    first = made(store)
    versions.set_state(store, first, "purged", "forgotten")

    second = made(store)

    assert (first, second) == (1, 2)
    with pytest.raises(Refusal, match="There is a version 2 already"):
        versions.add(store, versions.get(store, 2))
    with pytest.raises(Refusal, match="There is no version 3"):
        versions.get(store, 3)


def test_promoting_a_version_retires_the_one_that_was_live(store: Store) -> None:
    one, two = made(store), made(store)

    versions.promote(store, one, "passed the gate")
    versions.promote(store, two, "passed the gate")
    versions.promote(store, two, "is live already")

    assert number_of_live(store) == two
    assert versions.get(store, one).state == "retired"
    assert [(event.before, event.after) for event in versions.history(store)] == [
        ("", "1"),
        ("1", "2"),
    ]
    assert store.verify() == ()


def test_a_version_added_as_live_is_the_only_live_one(store: Store) -> None:
    made(store, state="live")

    two = made(store, state="live")

    assert number_of_live(store) == two
    assert [version.state for version in versions.all(store)] == ["retired", "live"]


def test_a_purged_version_cannot_go_live(store: Store) -> None:
    one = made(store)
    versions.set_state(store, one, "purged", "forgotten")

    with pytest.raises(Refusal, match="removed when a lesson was forgotten"):
        versions.promote(store, one, "please")

    assert versions.live(store) is None


def test_undo_goes_back_step_by_step_and_does_not_swing(store: Store) -> None:
    one, two, three = made(store), made(store), made(store)
    for number in (one, two, three):
        versions.promote(store, number, "learned")

    first = versions.earlier(store)
    versions.promote(store, two, "undo")
    second = versions.earlier(store)
    versions.promote(store, one, "undo")
    third = versions.earlier(store)
    versions.retire_live(store, "undo")

    assert (first, second, third) == ((two, one), (one,), ())
    assert versions.live(store) is None
    assert versions.history(store)[-1].after == versions.BASE


def test_undo_passes_over_what_was_purged(store: Store) -> None:
    one, two, three = made(store), made(store), made(store)
    for number in (one, two, three):
        versions.promote(store, number, "learned")

    versions.set_state(store, two, "purged", "forgotten")

    assert versions.earlier(store) == (one,)


def test_a_live_version_that_is_damaged_leaves_the_base_answering(store: Store) -> None:
    one = made(store)
    versions.promote(store, one, "learned")

    versions.set_state(store, one, "retired", "its files are damaged")

    assert versions.live(store) is None
    assert versions.history(store)[-1].why == "its files are damaged"


def test_every_state_of_a_version_is_an_event(store: Store) -> None:
    one = made(store)
    versions.promote(store, one, "learned")
    versions.retire_live(store, "undo")

    told = [event.after for event in ledger.events(store, "version 1")]

    assert told == ["candidate", "live", "retired"]


def test_a_run_without_conditions_has_none_and_a_finished_one_shows_them(store: Store) -> None:
    number = made(store)
    bare = versions.start_run(store, "learn", settings='{"seed": 1}')
    full = versions.start_run(store, "gate", data_hash="abc")

    versions.finish_run(store, bare.id, "stopped")
    done = versions.finish_run(store, full.id, "live", conditions=CONDITIONS, adapter=number)

    assert versions.conditions(versions.run(store, bare.id)) is None
    assert versions.conditions(versions.run(store, full.id)) == CONDITIONS
    assert (done.adapter, done.outcome) == (number, "live")
    assert done.ended is not None
    assert done.ended.tzinfo == UTC
    assert [run.kind for run in versions.runs(store)] == ["learn", "gate"]
    assert versions.runs(store, "gate") == (done,)


def test_a_run_that_heed_did_not_live_to_end_is_broken(store: Store) -> None:
    run = versions.start_run(store, "learn")

    assert versions.mend_runs(store) == 1
    assert versions.mend_runs(store) == 0

    assert versions.run(store, run.id).outcome == "broken"


def test_a_figure_keeps_its_interval_and_is_replaced_when_measured_again(store: Store) -> None:
    run = versions.start_run(store, "gate")

    versions.add_metric(store, run.id, "adherence", "held", 0.5, low=0.2, high=0.8, n=6)
    again = versions.add_metric(store, run.id, "adherence", "held", 0.75, n=12)
    other = versions.add_metric(store, run.id, "adherence", "train", 1.0)

    assert versions.metrics(store, run.id) == (again, other)
    assert store.verify() == ()


def test_a_receipt_is_kept(store: Store) -> None:
    receipt = versions.add_receipt(store, '{"lesson": "l1", "preferences": 3}')

    assert versions.receipts(store) == (receipt,)
