"""Opens the database file, brings its schema up to date, and says in one sentence why it cannot.

Knows the file and the migrations; knows no record.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from data.columns import naive
from data.schema import RECORD, Migration
from data.types import Refusal

_HEADERS = 12288  # bytes before the first block
# One thread: the tables are small, and the cores belong to the model. Nothing is fetched.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "autoinstall_known_extensions": False,
}


def in_memory(migrations: Sequence[Migration], now: datetime) -> duckdb.DuckDBPyConnection:
    """A new database that lives as long as the connection; each call gives another one."""
    connection = duckdb.connect(":memory:", config=_CONFIG)
    migrate(connection, migrations, now)
    return connection


def on_disk(
    path: Path, migrations: Sequence[Migration], now: datetime
) -> duckdb.DuckDBPyConnection:
    """The file at `path`, created if it is absent, with every migration applied.

    Raises Refusal if another process holds the file, if it cannot be read, if it is not heed's, or
    if a newer heed wrote it. In all four cases the file keeps its bytes: it is looked at read-only
    first, since opening for writing would already replay and shorten the journal beside it.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _was_cut_off_at_birth(path):
            path.unlink()
        if path.exists():
            _refuse_a_stranger(path, migrations)
        connection = duckdb.connect(str(path), config=_CONFIG)
    except (OSError, duckdb.Error) as error:
        raise refusal(path, error) from error
    partial_of(path).unlink(missing_ok=True)
    Path(f"{partial_of(path)}.wal").unlink(missing_ok=True)
    try:
        migrate(connection, migrations, now)
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(
    connection: duckdb.DuckDBPyConnection, migrations: Sequence[Migration], now: datetime
) -> None:
    """Applies what is missing, in order; each step and its record are one transaction."""
    connection.execute(RECORD)
    applied = _applied(connection)
    for migration in migrations:
        if migration.name in applied:
            continue
        connection.begin()
        try:
            connection.execute(migration.sql)
            connection.execute("INSERT INTO migration VALUES (?, ?)", [migration.name, naive(now)])
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


def partial_of(path: Path) -> Path:
    """Where a new copy of the file is built before it takes the file's name."""
    return path.with_name(f"{path.name}.partial")


def refusal(path: Path, error: Exception) -> Refusal:
    """The one sentence for a file that could not be opened. `error` is DuckDB's or the system's."""
    said = str(error)
    if isinstance(error, duckdb.ConnectionException):  # this very process holds it, with a writer
        return _already_open(str(os.getpid()))
    if "set lock" in said or "already open" in said or "being used by another process" in said:
        holder = re.search(r"\(PID (\d+)\)", said)
        return _already_open(holder[1] if holder else "unknown")
    if "database file with version number" in said:
        return Refusal(f"The memory {str(path)!r} was written by a newer heed. Please update heed.")
    reason = said.splitlines()[0].removesuffix(".") if said else type(error).__name__
    return Refusal(
        f"The memory {str(path)!r} cannot be read and was left as it is ({reason})."
        " Put a backup in its place, or start with another home."
    )


def holds(path: Path, task: str) -> bool:
    """Whether a copy of the memory holds this chat; also if it cannot be read, as half a copy."""
    try:
        with duckdb.connect(str(path), read_only=True, config=_CONFIG) as connection:
            tables = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
            asked = "SELECT 1 FROM task WHERE id = ?"
            return "task" in tables and bool(connection.execute(asked, [task]).fetchall())
    except (OSError, duckdb.Error):
        return True


def damaged(error: Exception) -> bool:
    """Whether DuckDB met a block whose checksum is wrong."""
    return "Corrupt database file" in str(error)


def unwritten(path: Path, error: duckdb.Error) -> Refusal | None:
    """The one sentence for a disk that takes no more, or None for any other error."""
    said = str(error).strip()
    if "Could not write" not in said and "Cannot open file" not in said:
        return None
    reason = said.rpartition(": ")[2].removesuffix(".")
    return Refusal(
        f"{str(path)!r} cannot be written ({reason}). What was kept before is safe;"
        " make room there and try again."
    )


def _already_open(process: str) -> Refusal:
    return Refusal(
        f"heed is already open with this memory (process {process})."
        " Use that window, or close it first."
    )


def _was_cut_off_at_birth(path: Path) -> bool:
    """Whether a process ended while it created the file: no row ever stood in it or its journal."""
    if not path.is_file() or path.stat().st_size >= _HEADERS or Path(f"{path}.wal").exists():
        return False
    begun = path.read_bytes()
    return not begun or begun[8:12] == b"DUCK"


def _refuse_a_stranger(path: Path, migrations: Sequence[Migration]) -> None:
    with duckdb.connect(str(path), read_only=True, config=_CONFIG) as connection:
        tables = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
        applied = _applied(connection) if "migration" in tables else frozenset()
        ((size,),) = connection.execute(
            # Not total_blocks: DuckDB cuts free blocks off the end of a file when it is closed.
            "SELECT used_blocks * block_size FROM pragma_database_size()"
        ).fetchall()
    if path.stat().st_size < size:  # DuckDB 2.0.0 opens a file that lost its end, and its rows
        raise OSError(f"it has {path.stat().st_size} bytes instead of at least {size}")
    if tables and "migration" not in tables:
        raise Refusal(
            f"The file {str(path)!r} is a database of another program, not heed's memory."
        )
    unknown = sorted(applied - {migration.name for migration in migrations})
    if unknown:
        raise Refusal(
            f"The memory {str(path)!r} was written by a newer heed (it has {unknown[0]!r})."
            " Please update heed; the file was left as it is."
        )


def _applied(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    return frozenset(
        name for (name,) in connection.execute("SELECT name FROM migration").fetchall()
    )
