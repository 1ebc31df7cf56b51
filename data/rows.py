"""Records in and out of their tables: insert, select, change.

Knows no rule about any of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data import columns
from data.columns import Record
from data.store import Store
from data.tables import TABLES
from data.types import Refusal


def listed(kind: type[Any], table: str = "") -> str:
    """The columns of a record type as they stand in a SELECT, behind the table's name if given."""
    before = f"{table}." if table else ""
    return ", ".join(f'{before}"{name}"' for name in columns.names(kind))


def insert(store: Store, record: object) -> None:
    """Writes a record as a new row."""
    kind = type(record)
    marks = ", ".join("?" for _ in columns.names(kind))
    store.execute(
        f"INSERT INTO {TABLES[kind]} ({listed(kind)}) VALUES ({marks})", columns.pack(record)
    )


def insert_all(store: Store, records: Sequence[object]) -> None:
    """Writes records of one type as new rows in one statement.

    About a tenth of a millisecond each, where single ones take a whole one (20,000 measured).
    """
    if not records:
        return
    kind = type(records[0])
    found = store.rows(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", [TABLES[kind]]
    )
    types = dict(found)
    casts = ", ".join(f"unnest(CAST(? AS {types[name]}[]))" for name in columns.names(kind))
    values = [list(column) for column in zip(*map(columns.pack, records), strict=True)]
    store.execute(f"INSERT INTO {TABLES[kind]} ({listed(kind)}) SELECT {casts}", values)


def select(
    store: Store, kind: type[Record], rest: str = "", params: Sequence[Any] = ()
) -> tuple[Record, ...]:
    """The records of a type; `rest` is what follows FROM: WHERE, ORDER BY."""
    found = store.rows(f"SELECT {listed(kind)} FROM {TABLES[kind]} {rest}", params)
    return tuple(columns.unpack(kind, row) for row in found)


def one(store: Store, kind: type[Record], key: str | int) -> Record:
    """The record with this key. Raises Refusal if there is none."""
    found = select(store, kind, f"WHERE {columns.names(kind)[0]} = ?", [key])
    if not found:
        raise Refusal(f"There is no {TABLES[kind]} {key!r}.")
    return found[0]


def change(store: Store, before: Record, after: Record) -> tuple[str, ...]:
    """Writes the fields in which `after` differs from the stored `before`; returns their names."""
    kind = type(before)
    names = columns.changed(before, after)
    if not names:
        return ()
    places = [column for name in names for column in columns.columns_of(kind, name)]
    values = [value for name in names for value in columns.pack_field(after, name)]
    assigned = ", ".join(f'"{column}" = ?' for column in places)
    key = columns.names(kind)[0]
    store.execute(
        f"UPDATE {TABLES[kind]} SET {assigned} WHERE {key} = ?",
        [*values, columns.pack(before)[0]],
    )
    return names
