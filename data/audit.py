"""The only reader of audit rows and of the checks' twins; counts every reading of the panel.

Knows nothing of learning: what is read here is reported and never trained on, filtered by or gated
with. Each reading raises its run's `audit_reads` in the same transaction, so none goes uncounted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from data import preferences as made
from data import rows, versions
from data.checks import twins
from data.split import split_of
from data.store import Store
from data.types import Check, Preference, Prompt, PromptOrigin, Run


def enrol(store: Store, texts: Sequence[str], origin: PromptOrigin) -> None:
    """Keeps those of these requests whose hash puts them on the panel; tells nobody which.

    No reading: nothing is told of the panel. A request that is a prompt already stays what it is.
    """
    with store.transaction():
        for text in texts:
            if split_of(text, origin) == "audit":
                made.prompt(store, text, origin)


def prompts(store: Store, run: str, origin: PromptOrigin | None = None) -> tuple[Prompt, ...]:
    """The audit prompts, in the order of their hashes. Raises Refusal if the run is unknown."""
    with store.transaction():
        _count(store, run)
        return rows.select(
            store,
            Prompt,
            "WHERE split = 'audit' AND (? IS NULL OR origin = ?) ORDER BY id",
            [origin, origin],
        )


def preferences(store: Store, run: str) -> tuple[Preference, ...]:
    """The audit preferences that are not withdrawn, oldest first. Refusal if the run is unknown."""
    with store.transaction():
        _count(store, run)
        return rows.select(
            store, Preference, "WHERE split = 'audit' AND withdrawn IS NULL ORDER BY id"
        )


def trained(store: Store) -> tuple[Preference, ...]:
    """Every row that something may have been trained on, withdrawn or not, oldest first.

    No reading of the panel: it tells what to keep off it. What went with its chat is not known.
    """
    return rows.select(store, Preference, "WHERE split = 'train' ORDER BY id")


def holds(store: Store, run: str, check: Check, text: str, *, other: str | None = None) -> bool:
    """Whether the check's twin finds the wish met in spirit; `other` is a reply without the lesson.

    Raises Refusal if the run or the check is unknown.
    """
    with store.transaction():
        _count(store, run)
        return twins.holds(check, text, other=other)


def all_hold(
    store: Store, run: str, check: Check, replies: Sequence[tuple[str, str | None]]
) -> tuple[bool, ...]:
    """As `holds`, for several replies with their `other` in one reading; in their order."""
    with store.transaction():
        _count(store, run)
        return tuple(twins.holds(check, text, other=other) for text, other in replies)


def says(check: Check) -> str:
    """What the twin of a check looks at, for a person; no reading. Refusal if it is unknown."""
    return twins.says(check)


def consulted(store: Store, adapter: int) -> int:
    """How often the audit panel was read for a version and all that it was made from.

    What is left of a version after a forgetting names it in its settings, as "of", not as parent.
    """
    known = {one.number: one for one in versions.all(store)}
    line: list[int] = []
    at: int | None = adapter
    while at is not None and at not in line:
        line.append(at)
        version = known.get(at)
        if version is None:
            break
        made_of = json.loads(version.settings).get("of")
        before = version.parent if version.parent is not None else made_of
        at = before if isinstance(before, int) else None
    ((times,),) = store.rows(
        "SELECT coalesce(sum(audit_reads), 0) FROM run WHERE list_contains(?, adapter)", [line]
    )
    return int(times)


def _count(store: Store, run: str) -> None:
    rows.one(store, Run, run)
    store.execute("UPDATE run SET audit_reads = audit_reads + 1 WHERE id = ?", [run])
