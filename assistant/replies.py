"""Greedy replies of a version with no lesson in the prompt, in micro-steps.

Knows no check and keeps nothing; replies that are kept are those of answers.py.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from assistant import prompt
from assistant.answers import BATCH, last
from assistant.clock import Clock
from assistant.protocols import Model, Progress
from data.types import AdapterVersion, Message


def ask(
    model: Model,
    version: AdapterVersion | None,
    scale: float,
    prompts: Sequence[str],
    limit: int,
    label: str,
) -> Generator[Progress, None, dict[str, str]]:
    """The reply to each prompt, at most `limit` tokens; some tokens of a batch a micro-step."""
    found: dict[str, str] = {}
    clock = Clock()
    for at in range(0, len(prompts), BATCH):
        left = clock.seconds / at * (len(prompts) - at) if at else None
        said = Progress(label, at, len(prompts), left)
        some = prompts[at : at + BATCH]
        asked = [prompt.plain((Message("user", text),)) for text in some]
        model.use(version, scale)
        texts = yield from clock.only(last(model.completing(asked, limit=limit), said))
        found |= dict(zip(some, texts, strict=True))
    return found
