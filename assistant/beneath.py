"""What speaks beneath a block while it is learned: at each request the older ones that hold there.

They are frozen. So a new lesson is learned as it will be heard: together with those that hold where
it holds, and with no other. Knows no torch and no loss.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence

from assistant import adapters, blocks
from assistant.blocks import Block, Tensors
from assistant.protocols import Plan
from feedback import select


class Beneath:
    """The blocks of a plan's parent that stay."""

    def __init__(self, plan: Plan) -> None:
        """Raises Refusal if the parent's folder is not sound."""
        self._plan = plan
        self.folder = None if plan.parent is None else plan.parent.folder
        found = () if self.folder is None else adapters.blocks_of(self.folder)
        held = set(plan.lessons)  # what the finished version holds; of it stays what is not new
        after = blocks.after(found, plan.new_lessons)
        self.kept = tuple(one for one in after if held.issuperset(one.lessons))
        self._read: dict[str, Tensors] = {}

    def at(self, request: str) -> tuple[Block, ...]:
        """Those that hold at a request; at "" those that always hold."""
        holds = self._plan.holds
        return blocks.speaking(self.kept, None if holds is None else holds(request))

    def among(self) -> tuple[Block, ...]:
        """Those that hold at any request of the plan, in their order."""
        asked = dict.fromkeys(select.subject_of(row) for row in self._plan.data)
        found = {one.sha256 for text in (*asked, *[""] * self.always()) for one in self.at(text)}
        return tuple(one for one in self.kept if one.sha256 in found)

    def always(self) -> bool:
        """Whether what is learned holds everywhere, so that all other text has to be held still."""
        holds = self._plan.holds
        return holds is None or not set(self._plan.new_lessons).isdisjoint(holds(""))

    def laid(self, some: Sequence[Block]) -> tuple[Callable[[], Tensors] | None, str]:
        """These side by side, to be read when they are needed, and their name; None for none."""
        if not some or self.folder is None:
            return None, ""
        for one in some:
            if one.sha256 not in self._read:
                self._read[one.sha256] = adapters.block(self.folder, one)
        parts = [self._read[one.sha256] for one in some]
        return lambda: blocks.joined(parts), blocks.name_of(some)


def seed_of(plan: Plan, taught: Sequence[str], seed: int) -> int:
    """The seed of a plan: a hash of what lies beneath, what is taught and the person's seed.

    Not a counter, so that a lesson comes out the same whatever else was taught elsewhere, and a
    rebuild after forgetting draws what it would have drawn had that never been taught.
    """
    text = json.dumps([[one.sha256 for one in Beneath(plan).among()], sorted(taught), seed])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
