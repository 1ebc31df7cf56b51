"""Reads a file of another program value by value, so that a big one never stands in memory whole.

Knows JSON (one value, a list of them, or one after another) and Parquet; no form and no table.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import duckdb

from data.types import Refusal

CHUNK = 2**20  # bytes read at once
LARGEST = 2**28  # characters of one value
_TRUNCATED = 16  # characters before the end in which an error may be the end's
_MAGIC = b"PAR1"


def values(path: Path) -> Iterator[tuple[str, Any]]:
    """Each value with its place in words: "line 3", "row 3".

    Raises Refusal, a sentence with the place, where the file is missing, empty or no such file.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) == _MAGIC:
                parquet = True
            else:
                parquet = False
                file.seek(0)
                yield from _Reader(file, name).values()
        if parquet:
            yield from _parquet(path)
    except OSError as problem:
        raise Refusal(f"{str(path)!r} cannot be read: {problem.strerror}.") from problem


def _parquet(path: Path) -> Iterator[tuple[str, Any]]:
    file = str(path).replace("'", "''")
    try:
        with duckdb.connect() as memory:
            found = memory.execute(f"SELECT * FROM read_parquet('{file}')")
            names = [column[0] for column in found.description or ()]
            number = 0
            while some := found.fetchmany(500):
                for row in some:
                    number += 1
                    yield f"row {number}", dict(zip(names, row, strict=True))
    except duckdb.Error as problem:
        why = str(problem).splitlines()[0]
        raise Refusal(f"{path.name!r} is no sound Parquet file ({why}).") from problem


class _Reader:
    """A window on a text file that moves on with each value."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()
        self._text, self._at, self._line = "", 0, 1
        self._ended = False

    def values(self) -> Iterator[tuple[str, Any]]:
        first = self._peek()
        if first == "":
            raise Refusal(f"{self._name!r} is empty: there is nothing to import.")
        if first not in "[{":
            raise Refusal(
                f"{self._name!r} starts with {first!r} on line {self._line}, so it is no JSON of "
                "objects. heed imports JSON, JSON lines and Parquet."
            )
        listed = first == "["
        if listed:
            self._skip(1)
        while True:
            first = self._peek()
            if listed and first == "]":
                self._skip(1)
                break
            if first == "" and not listed:
                return
            yield f"line {self._line}", self._value()
            if listed:
                self._separator()
        if self._peek() != "":
            raise self._wrong("something stands behind the end of the list")

    def _separator(self) -> None:
        first = self._peek()
        if first == ",":
            self._skip(1)
            if self._peek() == "]":
                raise self._wrong("a value is missing after the comma")
        elif first != "]":
            found = "the file ends" if first == "" else f"{first!r} stands"
            raise self._wrong(f"{found} where a comma or the end of the list should be")

    def _value(self) -> Any:
        while True:
            try:
                found, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError as problem:
                near_end = problem.pos >= len(self._text) - _TRUNCATED
                if not self._ended and (near_end or problem.msg.startswith("Unterminated")):
                    self._more()
                    continue
                self._skip(problem.pos - self._at)
                what = problem.msg.removesuffix(" at").removesuffix(" starting")
                raise self._wrong(what[:1].lower() + what[1:]) from problem
            except RecursionError:
                raise self._wrong(
                    "it is nested too deeply; export the messages in a row, not each in its parent"
                ) from None
            except ValueError as problem:  # a number of thousands of digits
                raise self._wrong(str(problem).rstrip(".")) from problem
            self._skip(end - self._at)
            return found

    def _peek(self) -> str:
        """The next character that is no space, "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in " \t\r\n":
                    return self._text[self._at]
                self._skip(1)
            if self._ended:
                return ""
            self._more()

    def _skip(self, count: int) -> None:
        self._line += self._text.count("\n", self._at, self._at + count)
        self._at += count

    def _more(self) -> None:
        """Reads on, as much again as is not read yet, so that a long value is not read often."""
        left = self._text[self._at :]
        if len(left) > LARGEST:
            raise self._wrong(f"one value is longer than {LARGEST:,} characters")
        data = self._file.read(max(CHUNK, len(left)))
        try:
            text = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as problem:
            self._line += left.count("\n") + data.count(b"\n", 0, problem.start)
            raise self._wrong("it holds bytes that are no UTF-8") from problem
        self._text, self._at, self._ended = left + text, 0, not data

    def _wrong(self, what: str) -> Refusal:
        return Refusal(f"{self._name!r} is wrong at line {self._line}: {what}.")
