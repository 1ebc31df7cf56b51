"""What is known of things that were imported: where they came from, a person's yes, and its end.

Knows no form and no file. Imported rows and ratings teach nothing before that yes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data import preferences
from data.arrivals import Rest
from data.store import Store


@dataclass(frozen=True, slots=True)
class Brought:
    """Where an imported preference comes from, as its file told it."""

    provenance: dict[str, Any]
    lesson: str
    critique: str


def confirm(store: Store, tasks: Sequence[str], preference_ids: Sequence[str]) -> int:
    """The person's yes: ratings in these chats, and these rows, may be learned from. Rows of it."""
    with store.transaction():
        turns = (
            "SELECT id FROM turn WHERE trust = 'imported' AND task IN (SELECT unnest(?::VARCHAR[]))"
        )
        given = [list(tasks)]
        store.execute(
            "UPDATE turn SET learn = true WHERE trust = 'imported'"
            " AND task IN (SELECT unnest(?::VARCHAR[]))",
            given,
        )
        store.execute(
            f"UPDATE critique SET trust = 'confirmed'"
            f" WHERE trust = 'imported' AND turn IN ({turns})",
            given,
        )
        return preferences.confirm(store, preference_ids)


def of_preferences(store: Store) -> dict[str, Brought]:
    """Where each imported preference comes from, by its id."""
    found = store.rows(
        'SELECT preference, form, file, rest, "at" FROM imported WHERE preference IS NOT NULL'
    )
    brought = {}
    for id, form, file, text, at in found:
        rest = json.loads(text)
        told = _told(rest)
        told["imported"] = {"form": form, "file": file, "at": at.isoformat()}
        brought[id] = Brought(told, _name(rest, "lesson"), _name(rest, "critique"))
    return brought


def naming(store: Store, lesson: str, words: Sequence[str]) -> tuple[str, ...]:
    """The imported preferences whose file named this lesson or said these words; to forget."""
    forms = [lesson, *words]
    forms += [json.dumps(one, ensure_ascii=False)[1:-1] for one in words]
    inner = [json.dumps(one, ensure_ascii=False)[1:-1] for one in forms]  # JSON inside JSON
    found = store.rows(
        "SELECT preference FROM imported WHERE preference IS NOT NULL"
        " AND list_bool_or(list_transform(?::VARCHAR[], lambda one: contains(rest, one)))",
        [list(filter(str.strip, (*forms, *inner)))],
    )
    return tuple(id for (id,) in found)


def system_of(store: Store, task: str) -> str:
    """The system prompt under which an imported chat was held, "" if none."""
    for (text,) in store.rows("SELECT rest FROM imported WHERE task = ?", [task]):
        found = json.loads(text).get("system")
        return found if isinstance(found, str) else ""
    return ""


def _told(rest: Rest) -> dict[str, Any]:
    """The provenance that a row told, or all its other columns."""
    try:
        told = json.loads(rest.get("provenance", ""))
    except (TypeError, ValueError):
        told = None
    return told if isinstance(told, dict) else {"columns": dict(rest)}


def _name(rest: Rest, name: str) -> str:
    found = rest.get(name)
    return found if isinstance(found, str) else ""
