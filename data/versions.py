"""Adapter versions, which of them is live, and the runs, metrics and receipts around them.

Knows neither the weights nor their folders; a version's files are made and checked elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from data import columns, ledger, rows
from data.store import Store
from data.types import (
    AdapterVersion,
    Conditions,
    Event,
    Metric,
    Receipt,
    Refusal,
    Run,
    Split,
    VersionState,
)

LIVE = "live"  # the subject of the events that say which version answers
BASE = ""  # in those events: no version, the untaught model
_LISTS = (("lesson", "lessons"), ("preference", "preferences"))


def next_number(store: Store) -> int:
    """The number of the next version; the first is 1, and none is given twice."""
    ((last,),) = store.rows("SELECT coalesce(max(number), 0) FROM adapter")
    return int(last) + 1


def add(store: Store, version: AdapterVersion) -> AdapterVersion:
    """Stores a version whose folder is whole; a live one is promoted, so that only one is live.

    Raises Refusal if the number is taken.
    """
    first: VersionState = "candidate" if version.state == "live" else version.state
    with store.transaction():
        if store.rows("SELECT 1 FROM adapter WHERE number = ?", [version.number]):
            raise Refusal(f"There is a version {version.number!r} already.")
        own = _own()
        values = dict(
            zip(
                columns.names(AdapterVersion),
                columns.pack(replace(version, state=first)),
                strict=True,
            )
        )
        store.execute(
            f"INSERT INTO adapter ({', '.join(own)}) VALUES ({', '.join('?' for _ in own)})",
            [values[name] for name in own],
        )
        for one, many in _LISTS:
            ids = list(values[many])
            store.execute(
                f"INSERT INTO adapter_{one} (adapter, {one}, position)"
                " SELECT ?, unnest(?::VARCHAR[]), unnest(range(?))",
                [version.number, ids, len(ids)],
            )
        _note_state(store, version.number, "", first, "made")
        if version.state == "live":
            promote(store, version.number, "made")
    return version


def get(store: Store, number: int) -> AdapterVersion:
    """The version. Raises Refusal if there is none of this number."""
    found = _select(store, "WHERE number = ?", [number])
    if not found:
        raise Refusal(f"There is no version {number!r}.")
    return found[0]


def all(store: Store) -> tuple[AdapterVersion, ...]:
    """All versions, purged ones included, by number."""
    return _select(store)


def set_folder(store: Store, number: int, folder: Path) -> None:
    """Says where the folder of a version lies now."""
    store.execute("UPDATE adapter SET folder = ? WHERE number = ?", [str(folder), number])


def live(store: Store) -> AdapterVersion | None:
    """The version that answers; None: the untaught model."""
    found = _select(store, "WHERE state = 'live'")
    return found[-1] if found else None


def promote(store: Store, number: int, why: str) -> AdapterVersion:
    """Makes a version live and retires the one that was. Raises Refusal if it was purged."""
    with store.transaction():
        chosen = get(store, number)
        if chosen.state == "purged":
            raise Refusal(f"Version {number!r} was removed when a lesson was forgotten.")
        was = live(store)
        if was is not None and was.number == number:
            return chosen
        if was is not None:
            _write_state(store, was, "retired", why)
        _write_state(store, chosen, "live", why)
        ledger.note(store, LIVE, BASE if was is None else str(was.number), str(number), why)
    return replace(chosen, state="live")


def retire_live(store: Store, why: str) -> None:
    """Lets the untaught model answer again; nothing happens if it does already."""
    with store.transaction():
        was = live(store)
        if was is not None:
            set_state(store, was.number, "retired", why)


def set_state(store: Store, number: int, state: VersionState, why: str) -> AdapterVersion:
    """Writes a version's state; taking it from the live one leaves the untaught model answering."""
    if state == "live":
        return promote(store, number, why)
    with store.transaction():
        before = get(store, number)
        _write_state(store, before, state, why)
        if before.state == "live":
            ledger.note(store, LIVE, str(number), BASE, why)
    return replace(before, state=state)


def history(store: Store) -> tuple[Event, ...]:
    """What was live when, oldest first: events from one number ("": the base) to the next."""
    return ledger.events(store, LIVE)


def earlier(store: Store) -> tuple[int, ...]:
    """The versions that undo leads through to the base, the next one first.

    Going back to a version forgets what was live after it, so undo twice goes back two steps and
    does not swing between two versions. Purged versions are passed over.
    """
    purged = {str(each.number) for each in all(store) if each.state == "purged"}
    stack = [BASE]
    for event in history(store):
        if event.after in stack:
            del stack[stack.index(event.after) + 1 :]
        else:
            stack.append(event.after)
    return tuple(int(one) for one in reversed(stack[1:-1]) if one not in purged)


def answered(store: Store) -> frozenset[int]:
    """The numbers of all versions that were ever live."""
    return frozenset(int(event.after) for event in history(store) if event.after != BASE)


def start_run(
    store: Store,
    kind: str,
    *,
    adapter: int | None = None,
    data_hash: str = "",
    settings: str = "{}",
) -> Run:
    """A run that begins now: its kind, for example "learn", and its settings as JSON."""
    run = Run(
        id=store.new_id(),
        kind=kind,
        adapter=adapter,
        data_hash=data_hash,
        settings=settings,
        conditions="",
        audit_reads=0,
        started=store.now(),
        ended=None,
        outcome="",
    )
    rows.insert(store, run)
    return run


def finish_run(
    store: Store,
    id: str,
    outcome: str,
    *,
    conditions: Conditions | None = None,
    adapter: int | None = None,
) -> Run:
    """Ends a run; without conditions its figures carry no headline. Raises Refusal if unknown."""
    with store.transaction():
        before = run(store, id)
        after = replace(
            before,
            outcome=outcome,
            ended=store.now(),
            conditions=before.conditions if conditions is None else json.dumps(asdict(conditions)),
            adapter=before.adapter if adapter is None else adapter,
        )
        rows.change(store, before, after)
    return after


def mend_runs(store: Store) -> int:
    """At start: what was running when heed ended is over, its outcome "broken". How many."""
    with store.transaction():
        open_runs = [each for each in runs(store) if each.ended is None]
        for each in open_runs:
            finish_run(store, each.id, "broken")
    return len(open_runs)


def run(store: Store, id: str) -> Run:
    """The run. Raises Refusal if there is none of this id."""
    return rows.one(store, Run, id)


def runs(store: Store, kind: str | None = None) -> tuple[Run, ...]:
    """All runs, or those of one kind, oldest first."""
    return rows.select(store, Run, "WHERE ? IS NULL OR kind = ? ORDER BY id", [kind, kind])


def conditions(run: Run) -> Conditions | None:
    """The conditions that a run's figures hold under; None: it has none and so no headline."""
    return Conditions(**json.loads(run.conditions)) if run.conditions else None


def add_metric(
    store: Store,
    run: str,
    name: str,
    split: Split,
    value: float,
    *,
    low: float | None = None,
    high: float | None = None,
    n: int = 1,
) -> Metric:
    """One measured value of a run, with its interval and count; measured again, it is replaced."""
    metric = Metric(run, name, split, value, low, high, n)
    with store.transaction():
        store.execute(
            "DELETE FROM metric WHERE run = ? AND name = ? AND split = ?", [run, name, split]
        )
        rows.insert(store, metric)
    return metric


def metrics(store: Store, run: str) -> tuple[Metric, ...]:
    """The measured values of a run, by name."""
    return rows.select(store, Metric, "WHERE run = ? ORDER BY name, split", [run])


def add_receipt(store: Store, removed: str) -> Receipt:
    """What a forgetting removed, as JSON of ids and counts; never the removed words."""
    receipt = Receipt(store.new_id(), removed, store.now())
    rows.insert(store, receipt)
    return receipt


def write_receipt(store: Store, id: str, removed: str) -> Receipt:
    """What is known since about a forgetting, such as its proof. Refusal if there is no such id."""
    with store.transaction():
        before = rows.one(store, Receipt, id)
        after = replace(before, removed=removed)
        rows.change(store, before, after)
    return after


def receipt(store: Store, id: str) -> Receipt:
    """The receipt. Raises Refusal if there is none of this id."""
    return rows.one(store, Receipt, id)


def receipts(store: Store) -> tuple[Receipt, ...]:
    """All receipts, oldest first."""
    return rows.select(store, Receipt, "ORDER BY id")


def _own() -> list[str]:
    """The columns of `adapter`: its two lists stand in tables of their own."""
    return [name for name in columns.names(AdapterVersion) if name not in dict(_LISTS).values()]


def _select(
    store: Store, where: str = "", params: Sequence[int] = ()
) -> tuple[AdapterVersion, ...]:
    """Versions by number. Three plain reads: one with the lists inside takes twice as long."""
    found = store.rows(f"SELECT {', '.join(_own())} FROM adapter {where} ORDER BY number", params)
    versions = {row[0]: dict[str, Any](zip(_own(), row, strict=True)) for row in found}
    if not versions:
        return ()
    for one, many in _LISTS:
        for version in versions.values():
            version[many] = []
        for number, id in store.rows(
            f"SELECT adapter, {one} FROM adapter_{one} WHERE list_contains(?, adapter)"
            " ORDER BY adapter, position",
            [list(versions)],
        ):
            versions[number][many].append(id)
    names = columns.names(AdapterVersion)
    return tuple(
        columns.unpack(AdapterVersion, [version[name] for name in names])
        for version in versions.values()
    )


def _write_state(store: Store, before: AdapterVersion, state: VersionState, why: str) -> None:
    if state != before.state:
        store.execute("UPDATE adapter SET state = ? WHERE number = ?", [state, before.number])
        _note_state(store, before.number, before.state, state, why)


def _note_state(store: Store, number: int, before: str, after: str, why: str) -> None:
    ledger.note(store, f"version {number}", before, after, why)
