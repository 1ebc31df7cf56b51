"""Re-derives what nobody would notice: links, closed sets, quotes, hashes; one sentence a finding.

Knows the tables; changes nothing and repairs nothing. It stands in for the foreign keys and CHECKs
that the schema does without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, get_args

from data import columns
from data.split import prompt_id, split_of
from data.tables import TABLES
from data.types import Refusal, Split

Rows = Callable[[str], list[tuple[Any, ...]]]


class _Link(NamedTuple):
    """A column that names a row elsewhere; `unless` says which rows may name a deleted one."""

    table: str
    column: str
    target: str
    key: str = "id"
    unless: str = "FALSE"


_WITHDRAWN = "withdrawn IS NOT NULL"
_LINKS = (
    _Link("task", "head", "turn"),
    _Link("turn", "task", "task"),
    _Link("turn", "parent", "turn"),
    _Link("turn", "adapter", "adapter", "number"),
    _Link("question", "turn", "turn"),
    _Link("question", "answer", "turn"),
    _Link("decision", "turn", "turn"),
    _Link("decision", "shown", "turn"),
    _Link("decision", "lesson", "lesson"),
    _Link("outcome", "decision", "decision"),
    _Link("outcome", "wish", "wish"),
    _Link("checkpoint", "turn", "turn"),
    _Link("disclosure", "turn", "turn"),
    _Link("critique", "turn", "turn"),
    _Link("wish", "critique", "critique"),
    _Link("correction", "wish", "wish"),
    _Link("choice", "left", "turn"),
    _Link("choice", "right", "turn"),
    _Link("check_result", "turn", "turn"),
    _Link("check_result", "checker", "checker"),
    _Link("checker", "twin", "checker"),
    _Link("lesson", "wish", "wish", unless="wish = ''"),  # its chat was deleted
    _Link("lesson", "learned_in", "adapter", "number"),
    _Link("lesson_edge", "winner", "lesson"),
    _Link("lesson_edge", "loser", "lesson"),
    _Link("lesson_evidence", "lesson", "lesson"),
    _Link("preference", "lesson", "lesson", unless=_WITHDRAWN),
    _Link("preference", "critique", "critique", unless=_WITHDRAWN),
    _Link("preference", "choice", "choice", unless=_WITHDRAWN),
    _Link("preference", "prompt_id", "prompt"),
    _Link("imported", "task", "task"),
    _Link("imported", "preference", "preference"),
    _Link("adapter", "parent", "adapter", "number"),
    _Link("adapter_lesson", "adapter", "adapter", "number"),
    _Link("adapter_preference", "adapter", "adapter", "number"),
    _Link("metric", "run", "run"),
)

# What a join must not find, and the sentence for each row that it finds.
_RULES = (
    (
        "The wish {0!r} quotes {1!r}, which is not in its critique {2!r}.",
        "SELECT wish.id, quote_quote, critique FROM wish JOIN critique ON critique = critique.id"
        " WHERE NOT contains(critique.text, quote_quote)",
    ),
    (
        "The wish {0!r} has no quote.",
        "SELECT id FROM wish WHERE quote_quote IS NULL",
    ),
    (
        "The turn {0!r} is of another task than its parent {1!r}.",
        "SELECT turn.id, parent.id FROM turn JOIN turn AS parent ON turn.parent = parent.id"
        " WHERE turn.task <> parent.task",
    ),
    (
        "The turns under {0!r} have the number {1!r} twice among their {2!r}s.",
        "SELECT coalesce(parent, task), number, kind FROM turn GROUP BY task, parent, kind, number"
        " HAVING count(*) > 1",
    ),
    (
        "The head of the task {0!r} is a turn of another task.",
        "SELECT task.id FROM task JOIN turn ON head = turn.id WHERE turn.task <> task.id",
    ),
    (
        "The preference {0!r} is {1!r}, but its prompt is {2!r}.",
        "SELECT preference.id, preference.split, prompt.split FROM preference"
        " JOIN prompt ON prompt_id = prompt.id WHERE preference.split <> prompt.split",
    ),
    (
        "The lesson {0!r} is a {1}, which is only remembered, but version {2} holds it.",
        "SELECT lesson.id, kind, adapter FROM lesson JOIN adapter_lesson ON lesson = lesson.id"
        " WHERE kind <> 'rule'",
    ),
    (
        "The lesson {0!r} is {1!r} and acts from {2!r}.",
        "SELECT id, status, place FROM lesson WHERE (status = 'learned') <> (place = 'weights')",
    ),
    (
        "The decision {0!r} has {1!r} options and {2!r} chances.",
        "SELECT id, len(options), len(chances) FROM decision"
        " WHERE len(chances) > 0 AND len(options) <> len(chances)",
    ),
    (
        "The outcome {0!r} has the label {1!r} with the weight {2!r}.",
        "SELECT id, y, weight FROM outcome WHERE y NOT BETWEEN 0 AND 1"
        " OR weight NOT BETWEEN 0 AND 1",
    ),
    (
        "{0!r} adapter versions are live at once.",
        "SELECT count(*) FROM adapter WHERE state = 'live' HAVING count(*) > 1",
    ),
)


def findings(rows: Rows) -> tuple[str, ...]:
    """One sentence for each thing that is wrong; empty when the data is sound."""
    try:
        return (*_closed_sets(rows), *_links(rows), *_rules(rows), *_prompts(rows))
    except Refusal as refusal:  # a damaged block
        return (str(refusal),)


def _closed_sets(rows: Rows) -> Iterator[str]:
    closed = [
        (table, column, values)
        for kind, table in TABLES.items()
        for column, values in columns.closed_sets(kind).items()
    ]
    closed.append(("checker", "split", get_args(Split)))
    for table, column, values in closed:
        listed = ", ".join(f"'{value}'" for value in values)
        for (value,) in rows(
            f'SELECT DISTINCT "{column}" FROM {table} WHERE "{column}" NOT IN ({listed})'
        ):
            yield f"The {table} table has the {column} {value!r}, which is none of {listed}."


def _links(rows: Rows) -> Iterator[str]:
    for link in _LINKS:
        for (missing,) in rows(
            f'SELECT DISTINCT "{link.column}" FROM {link.table}'
            f' WHERE "{link.column}" IS NOT NULL AND NOT ({link.unless})'
            f' AND "{link.column}" NOT IN (SELECT {link.key} FROM {link.target})'
        ):
            yield f"The {link.table} table names the {link.target} {missing!r}, which is not there."


def _rules(rows: Rows) -> Iterator[str]:
    for sentence, sql in _RULES:
        for row in rows(sql):
            yield sentence.format(*row)


def _prompts(rows: Rows) -> Iterator[str]:
    for id, text, origin, split in rows("SELECT id, text, origin, split FROM prompt"):
        if id != prompt_id(text):
            yield f"The prompt {id!r} is not the hash of its text {text!r}."
        elif split != split_of(text, origin):
            yield f"The prompt {text!r} is {split!r}, but its hash says {split_of(text, origin)!r}."
