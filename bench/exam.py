"""What a network does on the bench's own requests: how many replies obey, spread and drift.

Knows no training. None of these requests stands in the pool that lessons are taught on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from assistant import prompt
from assistant.model import LocalModel
from assistant.protocols import Model
from bench.lessons import BenchLesson
from data import audit
from data.checks import registry
from data.store import Store
from data.types import Message

BATCH = 24  # replies in one padded batch
LIMIT = 64  # tokens of a reply


@dataclass(frozen=True, slots=True)
class Count:
    """Replies that obey one lesson: inside its scope by check and by twin, and near it."""

    lesson: str  # slug
    inside: int
    twin: int
    of_inside: int
    near: int
    of_near: int

    def to_row(self) -> dict[str, object]:
        """For a JSON file."""
        return asdict(self)


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
        near: bool = True,
    ) -> Count:
        """Counts on the lesson's own requests; `rules` are the effects that stand in the prompt."""
        inside, outside = lesson.inside, lesson.near if near else ()
        replies = self.replies((*inside, *outside), rules or {})
        check = lesson.check
        return Count(
            lesson.id,
            sum(obeys(lesson, replies[text]) for text in inside),
            sum(
                bool(replies[text].strip())
                and audit.holds(self.store, self.run, check, replies[text])
                for text in inside
            ),
            len(inside),
            sum(obeys(lesson, replies[text]) for text in outside),
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


def obeys(lesson: BenchLesson, reply: str) -> bool:
    """By the check; an empty reply obeys nothing."""
    return bool(reply.strip()) and registry.passes(lesson.check, reply)


def drift(model: LocalModel, base: Mapping[str, str]) -> float:
    """Mean KL(base || current version) over general requests with the base's own replies; nats."""
    pairs = [(prompt.plain((Message("user", text),)), reply) for text, reply in base.items()]
    found = model.drift(pairs)
    return sum(found) / len(found)
