"""Which items a step of learning is dealt: some new, some of older lessons, some to keep as is.

Knows no loss and no weights; the same items, seed and sizes deal the same steps.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from assistant.items import Item


class Decks:
    """Three decks; each is dealt to its end before it is shuffled anew."""

    def __init__(
        self,
        found: Sequence[Item],
        seed: int,
        *,
        new: int,
        replay: int,
        general: int,
    ) -> None:
        """The numbers say how many items of each kind a step holds at most."""
        self._draw = random.Random(seed)
        self._hands = (
            ([one for one in found if one.role == "in" and one.new], new),
            ([one for one in found if one.role == "in" and not one.new], replay),
            ([one for one in found if one.role == "general"], general),
        )
        self._left: tuple[list[Item], ...] = ([], [], [])
        self._new = new
        self.steps_a_pass = self.steps_of(0)

    def steps_of(self, least: int) -> int:
        """Steps in which as many new items are dealt as there are, or `least` if there are less."""
        return math.ceil(max(least, len(self._hands[0][0])) / self._new)

    def draw(self) -> tuple[Item, ...]:
        """The items of the next step."""
        hand: list[Item] = []
        for (deck, size), left in zip(self._hands, self._left, strict=True):
            for _ in range(min(size, len(deck))):
                if not left:
                    left += self._draw.sample(deck, len(deck))
                hand.append(left.pop())
        return tuple(hand)
