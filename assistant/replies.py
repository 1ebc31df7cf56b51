"""Greedy replies of a version with no lesson in the prompt, in micro-steps.

At each request those of its blocks speak whose lessons hold there. Knows no check and keeps
nothing; replies that are kept are those of answers.py.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from assistant import prompt
from assistant.answers import BATCH, last
from assistant.clock import Clock
from assistant.protocols import Holds, Model, Progress
from data.types import AdapterVersion, Message


def ask(
    model: Model,
    version: AdapterVersion | None,
    scale: float,
    prompts: Sequence[str],
    holds: Holds,
    limit: int,
    label: str,
) -> Generator[Progress, None, dict[str, str]]:
    """The reply to each prompt, at most `limit` tokens; some tokens of a batch a micro-step.

    `scale` is the strength of the newest block alone.
    """
    found: dict[str, str] = {}
    clock = Clock()
    groups = together(prompts, holds if version is not None else _nowhere)
    for lessons, places in groups.items():
        for at in range(0, len(places), BATCH):
            done = len(found)
            left = clock.seconds / done * (len(prompts) - done) if done else None
            said = Progress(label, done, len(prompts), left)
            some = places[at : at + BATCH]
            asked = [prompt.plain((Message("user", text),)) for text in some]
            model.use(version, 1.0, lessons, scale)
            texts = yield from clock.only(last(model.completing(asked, limit=limit), said))
            found |= dict(zip(some, texts, strict=True))
    return found


def together(prompts: Sequence[str], holds: Holds) -> dict[frozenset[str], list[str]]:
    """The prompts by the lessons that hold there."""
    found: dict[frozenset[str], list[str]] = {}
    for text in prompts:
        found.setdefault(frozenset(holds(text)), []).append(text)
    return found


def _nowhere(_request: str) -> tuple[str, ...]:
    return ()
