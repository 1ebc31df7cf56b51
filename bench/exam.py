"""What a network does on the bench's own requests: how many replies obey, spread and drift.

Knows no training. None of these requests stands in the pool that lessons are taught on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant import neutral, prompt
from assistant.protocols import Model
from bench.count import Count
from bench.lessons import BenchLesson
from data import audit
from data.checks import registry
from data.store import Store
from data.types import Message

BATCH = 24  # replies in one padded batch
LIMIT = 64  # tokens of a reply


@dataclass(frozen=True, slots=True)
class Examiner:
    """Asks a model and judges its replies; `store` and `run` count the readings of twins."""

    model: Model
    store: Store
    run: str
    limit: int = LIMIT

    def count(
        self,
        lesson: BenchLesson,
        rules: Mapping[str, Sequence[str]] | None = None,
        inside: bool = True,
        near: bool = True,
    ) -> Count:
        """Counts on the lesson's own requests; `rules` are the effects that stand in the prompt.

        As the gate counts: neither silence nor an echo obeys, whatever the check says.
        """
        within = lesson.inside if inside else ()
        outside = lesson.near if near else ()
        replies = self.replies((*within, *outside), rules or {})
        check = lesson.check
        return Count(
            lesson.id,
            sum(registry.obeys(check, replies[text], text) for text in within),
            sum(
                bool(replies[text].strip())
                and audit.holds(self.store, self.run, check, replies[text])
                for text in within
            ),
            len(within),
            sum(registry.obeys(check, replies[text], text) for text in outside),
            len(outside),
        )

    def replies(self, asked: Sequence[str], rules: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Greedy replies by request."""
        found: dict[str, str] = {}
        for at in range(0, len(asked), BATCH):
            some = asked[at : at + BATCH]
            said = [
                prompt.build((Message("user", text),), tuple(rules.get(text, ()))) for text in some
            ]
            found |= dict(zip(some, self.model.complete(said, limit=self.limit), strict=True))
        return found


def drift(model: Model) -> float:
    """Mean KL(base || current version) on plain passages that no lesson is about; nats a token.

    General replies would not do: lessons that hold everywhere are meant to change those.
    """
    found = model.drift([((), text) for text in neutral.HELD])
    return sum(found) / len(found)
