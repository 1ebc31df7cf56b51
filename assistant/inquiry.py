"""Which one thing about a critique is asked: the doubt that would cost most, or none.

Knows no page. All other doubts are shown and never asked about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.types import Reach, Wish, WishKind

Field = Literal["kind", "scope", "claim"]
MATTERS: tuple[WishKind, ...] = (
    "praise",
    "style",
    "content",
    "fact",
    "once",
)  # what may become data
_WIDTH: Mapping[Reach, float] = {
    "reply": 1.0,
    "task": 1.5,
    "topic": 2.0,
    "always": 3.0,
}  # estimates


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The wish that is asked about, by its id and its number, and the field in doubt."""

    wish: str
    number: int
    field: Field


def of(wishes: Sequence[Wish]) -> Inquiry | None:
    """The question about one critique, given all its wishes; None where nothing is in doubt.

    Once the person settled any of them, they have looked, and nothing more is asked.
    """
    if any(wish.settled != "no" for wish in wishes):
        return None
    doubted = [wish for wish in wishes if wish.route == "ask" and wish.kind in MATTERS]
    if not doubted:
        return None
    worst = max(doubted, key=cost)  # of two alike the earlier
    return Inquiry(worst.id, worst.number, _field(worst))


def cost(wish: Wish) -> float:
    """How likely it is wrong, times the weight of its data, times how far it reaches."""
    return (1 - wish.sure) * wish.strength * _WIDTH[wish.reach]


def _field(wish: Wish) -> Field:
    if wish.claim == "unverified":
        return "claim"
    return "scope" if wish.reach in ("topic", "always") else "kind"
