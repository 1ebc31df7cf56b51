"""Runs generators of micro-steps to their end.

Knows nothing of what they do.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from assistant.protocols import Progress

T = TypeVar("T")


def result(steps: Generator[Progress, None, T]) -> T:
    """What the generator returns after its last step."""
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            value: T = stop.value
            return value
