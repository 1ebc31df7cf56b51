"""Stores in memory for the tests: copies of one that was migrated once in this process.

A new DuckDB with all migrations costs 35 ms of a core, a copy 7 (measured), and most tests need
one. Says nothing about migrations or files: tests of those open a store of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import cast

import duckdb

from data import opening
from data.schema import MIGRATIONS, Migration

anew = opening.in_memory  # as the program opens one
_numbers = itertools.count(1)


def in_memory(migrations: Sequence[Migration], now: datetime) -> duckdb.DuckDBPyConnection:
    """A database of its own in an instance that all share; one with other migrations is new."""
    if migrations is not MIGRATIONS:
        return anew(migrations, now)
    return cast(duckdb.DuckDBPyConnection, _Copy(f"copy_{next(_numbers)}"))


@cache
def _template() -> duckdb.DuckDBPyConnection:
    return anew(MIGRATIONS, datetime(2026, 1, 1, tzinfo=UTC))


class _Copy:
    """What a store uses of a connection."""

    def __init__(self, name: str) -> None:
        self._name = name
        with _template().cursor() as making:
            making.execute(f"ATTACH ':memory:' AS {name}")
            making.execute(f"COPY FROM DATABASE memory TO {name}")

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """One more, which sees this database alone unless it names another."""
        made = _template().cursor()
        made.execute(f"USE {self._name}")
        return made

    def close(self) -> None:
        """Gives the memory back; the store has closed its cursors before."""
        with _template().cursor() as closing:
            closing.execute(f"DETACH DATABASE IF EXISTS {self._name}")
