"""Plans of tiny rows, and a learning run to its end, for tests of the learner.

Knows no test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant import beneath, learn
from assistant.network import Network
from assistant.protocols import Holds, Plan, Progress
from data.types import AdapterVersion, ItemRole, Message, Preference

ASKED = ("why is the moon bright ?", "what does the sea say ?", "how does the sun rise ?")
HOW = learn.Recipe(rate=3e-2, k=8, least=4, most=6, general=2)


def row(
    at: int, prompt: str, chosen: str, rejected: str | None, lesson: str, role: ItemRole = "in"
) -> Preference:
    return Preference(
        id=f"P{at}-{lesson}",
        lesson=lesson,
        critique=None,
        choice=None,
        prompt=(Message("user", prompt),),
        chosen=chosen,
        rejected=rejected,
        role=role,
        made_by="teacher",
        weight=1.0,
        split="train",
        source="check",
        trust="confirmed",
    )


def rows_of(lesson: str, end: str) -> tuple[Preference, ...]:
    return tuple(
        row(at, asked, f"it is warm {end}", "it was cold and not bright , I say .", lesson)
        for at, asked in enumerate(ASKED)
    )


A, B, C = rows_of("A", "!"), rows_of("B", "?"), rows_of("C", ",")


def plan_of(
    number: int,
    parent: AdapterVersion | None,
    *rows: tuple[Preference, ...],
    seed: int | None = None,
    holds: Holds | None = None,
) -> Plan:
    data = tuple(one for group in rows for one in group)
    new = rows[-1][0].lesson or ""
    held = (*(parent.lessons if parent is not None else ()), new)
    plan = Plan(number, parent, held, data, seed or 0, (new,), holds=holds)
    return plan if seed is not None else replace(plan, seed=beneath.seed_of(plan, (new,), 0))


def taught(
    network: Network, plan: Plan, home: Path, between: Callable[[], object] = lambda: None
) -> AdapterVersion:
    last: Progress | None = None
    for progress in learn.run(network, plan, home, HOW):
        between()
        last = progress
    assert last is not None
    assert last.candidate is not None
    return last.candidate
