"""Records as columns and back: one column per field, an `Origin` seven, a `Span` six with a prefix.

Knows the shape of records; knows no table, no SQL and no file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from data.types import Check, Condition, Message, Origin, Span

Record = TypeVar("Record")
_SPAN = ("quote", "prefix", "suffix", "occurrence", "start", "end")
_ORIGIN = ("rater", "view", "source", "trust", "ms_shown", "ms_to_answer", "confidence")


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field of a record becomes columns, and how those columns become the field."""

    name: str
    columns: tuple[str, ...]
    get: Callable[[Any], Any]
    encode: Callable[[Any], tuple[Any, ...]]
    decode: Callable[..., Any]


def names(kind: type[Any]) -> tuple[str, ...]:
    """The columns of a record type, in the order of its fields."""
    return tuple(column for field in _plan(kind) for column in field.columns)


def columns_of(kind: type[Any], field: str) -> tuple[str, ...]:
    """The columns that one field of a record type becomes."""
    return next(each.columns for each in _plan(kind) if each.name == field)


def pack(record: object) -> tuple[Any, ...]:
    """The record's values, in the order of `names`."""
    values: list[Any] = []
    for field in _plan(type(record)):
        values.extend(field.encode(field.get(record)))
    return tuple(values)


def pack_field(record: object, name: str) -> tuple[Any, ...]:
    """One field's values, in the order of `columns_of`."""
    field = next(each for each in _plan(type(record)) if each.name == name)
    return field.encode(field.get(record))


def changed(before: Record, after: Record) -> tuple[str, ...]:
    """The names of the fields in which two records of one type differ."""
    return tuple(
        field.name for field in _plan(type(before)) if field.get(before) != field.get(after)
    )


def unpack(kind: type[Record], row: Sequence[Any]) -> Record:
    """The record that a row holds; `row` is in the order of `names`."""
    values: list[Any] = []
    place = 0
    for field in _plan(kind):
        width = len(field.columns)
        values.append(field.decode(*row[place : place + width]))
        place += width
    return kind(*values)


def naive(at: datetime) -> datetime:
    """A moment as stored: UTC, no zone. DuckDB would turn an aware one into local time."""
    return at.astimezone(UTC).replace(tzinfo=None)


def aware(at: datetime) -> datetime:
    """A stored moment as records hold it: in UTC."""
    return at.replace(tzinfo=UTC)


def check_text(check: Check) -> str:
    """A check as JSON text; equal checks give equal text."""
    return json.dumps([check.name, [list(arg) for arg in check.args], check.negate])


def condition_text(condition: Condition) -> str:
    """A condition as JSON text."""
    return json.dumps([list(pair) for pair in condition], ensure_ascii=False)


def closed_sets(kind: Any) -> dict[str, tuple[str, ...]]:
    """The columns of a record type that take only listed values, with those values."""
    sets: dict[str, tuple[str, ...]] = {}
    for name, hint in get_type_hints(kind).items():
        if hint == Origin:
            sets.update(closed_sets(Origin))
        for part in (hint, *get_args(hint)):
            if get_origin(part) is Literal:
                sets[name] = get_args(part)
    return sets


def _fields(kind: Any) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(_field(field.name, hints[field.name]) for field in fields(kind))


_plan: Callable[[Any], tuple[_Field, ...]] = cache(_fields)


def _field(name: str, hint: Any) -> _Field:
    get = attrgetter(name)
    if hint == Origin:
        return _Field(name, _ORIGIN, get, attrgetter(*_ORIGIN), Origin)
    if hint in (Span, Span | None):
        columns = tuple(f"{name}_{part}" for part in _SPAN)
        return _Field(name, columns, get, _span_columns, _span)
    encode, decode = _conversion(hint)
    return _Field(name, (name,), get, lambda value: (encode(value),), decode)


def _conversion(hint: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    if hint == datetime | None:
        return (
            lambda at: None if at is None else naive(at),
            lambda at: None if at is None else aware(at),
        )
    if hint == datetime:
        return naive, aware
    if hint == Path:
        return str, Path
    if hint == Check | None:
        return (
            lambda check: None if check is None else check_text(check),
            lambda text: None if text is None else _check(text),
        )
    if hint == Condition:
        return condition_text, _condition
    if hint == tuple[Message, ...]:
        return _messages_text, _messages
    if hint in (tuple[str, ...], tuple[float, ...]):
        return list, tuple
    return _same, _same


def _same(value: Any) -> Any:
    return value


def _span_columns(span: Span | None) -> tuple[Any, ...]:
    if span is None:
        return (None,) * len(_SPAN)
    return (span.quote, span.prefix, span.suffix, span.occurrence, span.start, span.end)


def _span(quote: str | None, *rest: Any) -> Span | None:
    return None if quote is None else Span(quote, *rest)


def _check(text: str) -> Check:
    name, args, negate = json.loads(text)
    return Check(name, tuple((key, value) for key, value in args), negate)


def _condition(text: str) -> Condition:
    return tuple((key, value) for key, value in json.loads(text))


def _messages_text(messages: Sequence[Message]) -> str:
    return json.dumps([[each.role, each.text] for each in messages], ensure_ascii=False)


def _messages(text: str) -> tuple[Message, ...]:
    return tuple(Message(role, body) for role, body in json.loads(text))
