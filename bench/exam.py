"""What a network does on the bench's own requests: how many replies obey, spread and drift.

Knows no training. None of these requests stands in the pool that lessons are taught on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant import neutral, prompt, replies
from assistant.protocols import Holds, Model
from bench.count import Count
from bench.lessons import BenchLesson
from data import audit
from data.checks import registry
from data.store import Store
from data.types import AdapterVersion, Message

BATCH = 24  # replies in one padded batch
LIMIT = 64  # tokens of a reply


@dataclass(frozen=True, slots=True)
class Voice:
    """Who answers: a version, and which of its lessons hold at a request."""

    version: AdapterVersion | None = None  # None: the base
    holds: Holds | None = None  # None: all that it holds speaks everywhere, as one adapter does

    def by_lessons(self, asked: Sequence[str]) -> dict[frozenset[str] | None, list[str]]:
        """The requests by the lessons that speak there; None: all."""
        if self.holds is None:
            return {None: list(asked)}
        return dict(replies.together(asked, self.holds).items())

    def always(self) -> frozenset[str] | None:
        """The lessons that speak in plain text; None: all."""
        return None if self.holds is None else frozenset(self.holds(""))


BASE = Voice()


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
        voice: Voice = BASE,
        rules: Mapping[str, Sequence[str]] | None = None,
        inside: bool = True,
        near: bool = True,
    ) -> Count:
        """Counts on the lesson's own requests; `rules` are the effects that stand in the prompt.

        As the gate counts: neither silence nor an echo obeys, whatever the check says.
        """
        within = lesson.inside if inside else ()
        outside = lesson.near if near else ()
        said = self.replies((*within, *outside), voice, rules or {})
        check = lesson.check
        return Count(
            lesson.id,
            sum(registry.obeys(check, said[text], text) for text in within),
            sum(
                bool(said[text].strip()) and audit.holds(self.store, self.run, check, said[text])
                for text in within
            ),
            len(within),
            sum(registry.obeys(check, said[text], text) for text in outside),
            len(outside),
        )

    def replies(
        self, asked: Sequence[str], voice: Voice, rules: Mapping[str, Sequence[str]]
    ) -> dict[str, str]:
        """Greedy replies by request."""
        found: dict[str, str] = {}
        for lessons, texts in voice.by_lessons(asked).items():
            for at in range(0, len(texts), BATCH):
                some = texts[at : at + BATCH]
                said = [
                    prompt.build((Message("user", text),), tuple(rules.get(text, ())))
                    for text in some
                ]
                self.model.use(voice.version, 1.0, lessons)
                found |= dict(zip(some, self.model.complete(said, limit=self.limit), strict=True))
        return found


def drift(model: Model, voice: Voice) -> float:
    """Mean KL(base || the version) on plain passages that no lesson is about; nats a token.

    General replies would not do: lessons that hold everywhere are meant to change those.
    """
    model.use(voice.version, 1.0, voice.always())
    found = model.drift([((), text) for text in neutral.HELD])
    return sum(found) / len(found)
