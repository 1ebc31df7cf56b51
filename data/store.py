"""The one DuckDB file: ids, the write lock, transactions, backup, and the copy that forgets.

Knows tables by their SQL only; the files beside it know what stands in them.
"""

from __future__ import annotations

import os
import secrets
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from data import opening, verify
from data.ids import RANDOM_BITS, new_id
from data.schema import MIGRATIONS, Migration
from data.types import Refusal


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _random_bits() -> int:
    return secrets.randbits(RANDOM_BITS)


class _Seat:
    """One thread's cursor. Its lock is taken by that thread to read, and by who closes the file."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.cursor: duckdb.DuckDBPyConnection | None = None


class _Own(threading.local):
    """What belongs to the running thread alone."""

    seat: _Seat | None = None


class Store:
    """All that heed knows, in one file or, without a path, in memory.

    Safe to use from several threads: each has its own cursor and sees what the others committed.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        now: Callable[[], datetime] = _utc_now,
        bits: Callable[[], int] = _random_bits,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> None:
        """Opens or creates the file. Raises Refusal if it is held, unreadable or too new."""
        self.path = path
        self._clock = now
        self._bits = bits
        self._migrations = migrations
        # One writer at a time: DuckDB fails the second of two open transactions on one row.
        self._write = threading.RLock()
        self._in_transaction = False  # read and set under the write lock
        self._ids = threading.Lock()  # keeps two threads from drawing the same next id
        self._last_id = ""
        self._seats = threading.Lock()  # no thread takes a seat while the file is being exchanged
        self._seated: weakref.WeakSet[_Seat] = weakref.WeakSet()  # a thread's seat ends with it
        self._own = _Own()
        self._connection: duckdb.DuckDBPyConnection | None = self._connect()

    def now(self) -> datetime:
        """The time, aware and in UTC."""
        return self._clock()

    def new_id(self) -> str:
        """A new id, behind every id that this store gave before."""
        with self._ids:
            ms = int(self._clock().timestamp() * 1000)
            self._last_id = new_id(ms, self._bits(), self._last_id)
            return self._last_id

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are kept together, or none is; an inner one joins the outer."""
        with self._write:
            if self._in_transaction:
                yield
                return
            cursor = self._cursor(self._seat())
            cursor.begin()
            self._in_transaction = True
            try:
                yield
            except BaseException:
                cursor.rollback()
                raise
            else:
                try:
                    cursor.commit()
                except duckdb.Error as error:
                    raise self._reported(error) from error
            finally:
                self._in_transaction = False

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a query gives: committed rows, and those of this thread's own open transaction."""
        seat = self._seat()
        with seat.lock:
            try:
                return self._cursor(seat).execute(sql, params).fetchall()
            except duckdb.Error as error:
                raise self._reported(error) from error

    def execute(self, sql: str, params: Sequence[Any] = ()) -> None:
        """One write, in the thread's open transaction or in one of its own."""
        with self.transaction():
            try:
                self._cursor(self._seat()).execute(sql, params)
            except duckdb.Error as error:
                raise self._reported(error) from error

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the data, one sentence each; empty when it is sound."""
        return verify.findings(self.rows)

    def backup(self, folder: Path) -> Path:
        """A copy of everything as a file of its own in `folder`; whole or absent.

        Copied by DuckDB, not byte by byte: closing a second handle on the file would drop the
        process's lock on it (POSIX), and another heed could then open it. Raises Refusal if
        nothing can be written there.
        """
        copy = folder / f"memory-{self.now():%Y-%m-%d-%H%M%S-%f}.duckdb"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with self._write:
                self._copy(opening.partial_of(copy))
            os.replace(opening.partial_of(copy), copy)
        except (OSError, ValueError) as error:
            raise Refusal(f"No backup can be made in {str(folder)!r}: {error}.") from error
        return copy

    def rewrite(self) -> None:
        """Copies the rows into a new file that takes the old one's name: deleted words are gone.

        DuckDB 2.0.0 leaves them in the file after DELETE, CHECKPOINT and VACUUM (measured).
        A store in memory has no file and is left alone.
        """
        if self.path is None:
            return
        with self._write, self._seats, ExitStack() as stack:
            if self._in_transaction:
                raise RuntimeError("the file cannot be exchanged inside a transaction")
            partial = opening.partial_of(self.path)
            partial.unlink(missing_ok=True)
            self._copy(partial)
            self._stand_up(stack)
            os.replace(partial, self.path)
            _sync(self.path.parent)
            self._connection = self._connect()

    def close(self) -> None:
        """Ends every cursor and releases the file; whoever reads on is refused.

        The connection is dropped too: DuckDB 2.0.0 prints a page about "leaked" objects when Python
        ends and somebody (the page's routes) still holds the store and through it a connection.
        """
        with self._write, self._seats, ExitStack() as stack:
            self._stand_up(stack)
            self._connection = None

    def _connect(self) -> duckdb.DuckDBPyConnection:
        if self.path is None:
            return opening.in_memory(self._migrations, self.now())
        return opening.on_disk(self.path, self._migrations, self.now())

    def _reported(self, error: duckdb.Error) -> Exception:
        """A sentence for a damaged block, or for a disk that is full; else the bug itself."""
        if self.path is None:
            return error
        if opening.damaged(error):
            return opening.refusal(self.path, error)
        return opening.unwritten(self.path, error) or error

    def _seat(self) -> _Seat:
        seat = self._own.seat
        if seat is None:
            seat = self._own.seat = _Seat()
            with self._seats:
                self._seated.add(seat)
        return seat

    def _cursor(self, seat: _Seat) -> duckdb.DuckDBPyConnection:
        if seat.cursor is None:
            seat.cursor = self._opened().cursor()
        return seat.cursor

    def _opened(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            raise Refusal("heed has closed its memory.")
        return self._connection

    def _stand_up(self, stack: ExitStack) -> None:
        """Closes all cursors, then the file. With one open, DuckDB hands out the old file again."""
        for seat in tuple(self._seated):
            stack.enter_context(seat.lock)
            if seat.cursor is not None:
                seat.cursor.close()
                seat.cursor = None
        if self._connection is not None:
            self._connection.close()

    def _copy(self, target: Path) -> None:
        cursor = self._opened().cursor()
        try:
            source = cursor.execute("SELECT current_database()").fetchall()[0][0]
            cursor.execute(f"ATTACH {_quoted(str(target))} AS copied")
            try:
                cursor.execute(f'COPY FROM DATABASE "{source}" TO copied')
            finally:
                cursor.execute("DETACH copied")
        except duckdb.Error as error:
            for half in (target, Path(f"{target}.wal")):
                half.unlink(missing_ok=True)
            raise opening.unwritten(target, error) or error from error
        finally:
            cursor.close()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _sync(folder: Path) -> None:
    """Makes a rename last through a power cut, where the system lets a folder be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
