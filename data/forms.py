"""Preferences in the forms that other programs train on: TRL's three, and Parquet.

Knows no command and no trainer. Audit rows, withdrawn ones and what was not to be learned from are
never among them. Each row carries its id and, as JSON, where it came from down to the words.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal, assert_never

import duckdb

from data import brought, critiques, ledger, opening, preferences
from data.columns import condition_text
from data.store import Store
from data.types import Check, Critique, Lesson, Message, Preference, Refusal, Wish

Form = Literal["trl-preference", "trl-kto", "trl-sft", "parquet"]
Part = Literal["train", "held"]  # what is only reported is never exported
Row = dict[str, Any]
BATCH = 500  # rows that are written to a Parquet file at once
_MESSAGES = "STRUCT(role VARCHAR, content VARCHAR)[]"
_PARQUET = {
    "prompt": _MESSAGES, "chosen": _MESSAGES, "rejected": _MESSAGES, "id": "VARCHAR",
    "lesson": "VARCHAR", "critique": "VARCHAR", "role": "VARCHAR", "made_by": "VARCHAR",
    "weight": "DOUBLE", "split": "VARCHAR", "prompt_origin": "VARCHAR", "source": "VARCHAR",
    "trust": "VARCHAR", "cut": "BOOLEAN", "provenance": "VARCHAR",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Left:
    """How many rows an export leaves out, and why."""

    reported: int  # audit rows, which only reports read
    unpaired: int  # demonstrations, which have no rejected side
    unasked: int  # of the split that was not asked for


def rows(store: Store, form: Form, split: Part | None = None) -> Iterator[Row]:
    """The rows of one form, oldest first: JSON values under keys that do not vary.

    A pair is one row with both sides, but two in `trl-kto`: chosen with label true, then rejected
    with false under the same id. `trl-preference` leaves demonstrations out, `trl-sft` what was
    rejected.
    """
    words = _Words(store)
    for row in _signals(store, split):
        match form:
            case "trl-preference":
                if row.rejected is not None:
                    yield {**_sides(row), **words.extra(row)}
            case "trl-kto":
                extra = words.extra(row)
                asked = {"prompt": _messages(row.prompt)}
                yield {**asked, "completion": _reply(row.chosen), "label": True, **extra}
                if row.rejected is not None:
                    yield {**asked, "completion": _reply(row.rejected), "label": False, **extra}
            case "trl-sft":
                done = {"prompt": _messages(row.prompt), "completion": _reply(row.chosen)}
                yield {**done, **words.extra(row)}
            case "parquet":
                yield {**_sides(row), **words.extra(row)}
            case _:
                assert_never(form)


def left(store: Store, form: Form, split: Part | None = None) -> Left:
    """What `rows` leaves out, in counts."""
    every = preferences.signals(store)
    taken = [row for row in every if split is None or row.split == split]
    alone = sum(row.rejected is None for row in taken) if form == "trl-preference" else 0
    return Left(preferences.kept_back(store), alone, len(every) - len(taken))


def write(path: Path, found: Iterable[Row]) -> int:
    """Writes rows as JSON lines; whole or absent. How many. Raises Refusal if it cannot."""
    count = 0
    partial = opening.partial_of(path)
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            for row in found:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except OSError as problem:
        raise _unwritten(path, problem.strerror or str(problem)) from problem
    finally:
        partial.unlink(missing_ok=True)
    return count


def write_parquet(path: Path, found: Iterable[Row]) -> int:
    """Writes rows of the form `parquet` as such a file; whole or absent. How many; or Refusal."""
    count = 0
    partial = opening.partial_of(path)
    casts = ", ".join(f"unnest(CAST(? AS {kind}[]))" for kind in _PARQUET.values())
    columns = ", ".join(f'"{name}" {kind}' for name, kind in _PARQUET.items())
    file = str(partial).replace("'", "''")
    try:
        with duckdb.connect() as memory:
            memory.execute(f"CREATE TABLE exported ({columns})")
            each = iter(found)
            while some := list(islice(each, BATCH)):
                values = [[row[name] for row in some] for name in _PARQUET]
                memory.execute(f"INSERT INTO exported SELECT {casts}", values)
                count += len(some)
            memory.execute(f"COPY exported TO '{file}' (FORMAT parquet, COMPRESSION zstd)")
        os.replace(partial, path)
    except (OSError, duckdb.IOException) as problem:
        raise _unwritten(path, str(problem).splitlines()[0]) from problem
    finally:
        partial.unlink(missing_ok=True)
    return count


def strip(path: Path, said: Sequence[str]) -> bool:
    """Takes rows that hold one of these words out of a Parquet file of ours; for forgetting.

    Whether it is one. Another's file, or one that cannot be read, is left alone.
    """
    file, partial = str(path).replace("'", "''"), opening.partial_of(path)
    target = str(partial).replace("'", "''")
    try:
        with duckdb.connect() as memory:
            found = memory.execute(f"DESCRIBE SELECT * FROM read_parquet('{file}')").fetchall()
            if [name for name, *_ in found] != list(_PARQUET):
                return False
            text = " || ' ' || ".join(f"coalesce(CAST({name} AS VARCHAR), '')" for name in _PARQUET)
            memory.execute(
                f"CREATE TABLE kept AS SELECT * FROM read_parquet('{file}') WHERE NOT"
                f" list_bool_or(list_transform(?::VARCHAR[], lambda one: contains({text}, one)))",
                [list(said) or ["\0"]],
            )
            memory.execute(f"COPY kept TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        os.replace(partial, path)
    except (OSError, duckdb.Error):
        return False
    finally:
        partial.unlink(missing_ok=True)
    return True


class _Words:
    """What a row rests on, read once for all rows of it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lessons = {lesson.id: lesson for lesson in ledger.all(store)}
        self._origins = {one.id: one.origin for one in preferences.prompts(store)}
        self._brought = brought.of_preferences(store)
        self._said: dict[str, tuple[Critique, tuple[Wish, ...]]] = {}

    def extra(self, row: Preference) -> Row:
        """The columns beside what is trained on. Nothing is ever null, so that types stay."""
        came = self._brought.get(row.id)
        told = self._provenance(row) if came is None else came.provenance
        return {
            "id": row.id,
            "lesson": row.lesson or ("" if came is None else came.lesson),
            "critique": row.critique or ("" if came is None else came.critique),
            "role": row.role,
            "made_by": row.made_by,
            "weight": row.weight,
            "split": row.split,
            "prompt_origin": self._origins.get(row.prompt_id, "chat"),
            "source": row.source,
            "trust": row.trust,
            "cut": row.cut,
            "provenance": json.dumps(told, ensure_ascii=False),
        }

    def _provenance(self, row: Preference) -> Row:
        lesson = None if row.lesson is None else self._lessons.get(row.lesson)
        told: Row = {"lesson": None if lesson is None else _lesson(lesson)}
        if row.critique is None:
            return {**told, "critique": None, "wishes": self._first(lesson), "choice": row.choice}
        if row.critique not in self._said:
            found = critiques.get(self._store, row.critique)
            self._said[row.critique] = (found, critiques.wishes(self._store, row.critique))
        critique, wishes = self._said[row.critique]
        told["critique"] = _critique(critique)
        told["wishes"] = [_wish(wish) for wish in self._behind(lesson, wishes)]
        return {**told, "choice": row.choice}

    def _first(self, lesson: Lesson | None) -> list[Row]:
        """The wish that a lesson came from, unless its chat was deleted."""
        if lesson is None or not lesson.wish:
            return []
        return [_wish(critiques.wish(self._store, lesson.wish))]

    def _behind(self, lesson: Lesson | None, wishes: Sequence[Wish]) -> list[Wish]:
        standing = [wish for wish in wishes if wish.settled != "rejected"]
        if lesson is None:
            return standing
        refs = {ref for kind, ref, _ in ledger.evidence(self._store, lesson.id) if kind == "wish"}
        keeps = [wish for wish in standing if wish.op == "keep"]
        mine = [wish for wish in standing if wish.id in refs or wish.id == lesson.wish]
        return [*mine, *(wish for wish in keeps if wish not in mine)]


def _signals(store: Store, split: Part | None) -> Iterator[Preference]:
    return (row for row in preferences.signals(store) if split is None or row.split == split)


def _sides(row: Preference) -> Row:
    return {
        "prompt": _messages(row.prompt),
        "chosen": _reply(row.chosen),
        "rejected": None if row.rejected is None else _reply(row.rejected),
    }


def _lesson(lesson: Lesson) -> Row:
    return {
        "id": lesson.id,
        "effect": lesson.effect,
        "scope": lesson.scope,
        "condition": json.loads(condition_text(lesson.condition)),
        "check": _check(lesson.check),
        "status": lesson.status,
        "stance": lesson.stance,
    }


def _critique(critique: Critique) -> Row:
    return {
        "id": critique.id,
        "turn": critique.turn,
        "words": critique.text,
        "span": None if critique.span is None else asdict(critique.span),
        "mark": critique.mark,
        "thumb": critique.thumb,
        "at": critique.at.isoformat(),
        "origin": asdict(critique.origin),
    }


def _wish(wish: Wish) -> Row:
    return {
        "id": wish.id,
        "quote": wish.quote.quote,
        "start": wish.quote.start,
        "end": wish.quote.end,
        "kind": wish.kind,
        "aspect": wish.aspect,
        "polarity": wish.polarity,
        "op": wish.op,
        "effect": wish.effect,
        "target": None if wish.target is None else asdict(wish.target),
        "reach": wish.reach,
        "strength": wish.strength,
        "check": _check(wish.check),
        "claim": wish.claim,
        "sure": wish.sure,
        "settled": wish.settled,
        "parser": wish.parser,
    }


def _check(check: Check | None) -> Mapping[str, object] | None:
    if check is None:
        return None
    return {"name": check.name, "args": dict(check.args), "negate": check.negate}


def _messages(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"role": each.role, "content": each.text} for each in messages]


def _reply(text: str) -> list[dict[str, str]]:
    return _messages([Message("assistant", text)])


def _unwritten(path: Path, why: str) -> Refusal:
    return Refusal(f"Nothing was exported: {str(path)!r} cannot be written ({why}).")
