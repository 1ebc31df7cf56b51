"""What of the ledger shapes one reply: lessons whose scope covers the request, and near facts.

Knows no model and no version. Words of lessons are embedded once; the memory keeps the vectors.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from data import caches, ledger
from data.store import Store
from data.types import Embed, Lesson
from feedback import facts, nearness, scope
from feedback.nearness import Near

FACTS = 5  # the most that stand in one prompt
CLOSE = 0.3  # cosine from which a fact bears on a request: 10 of 14, and 1 of 70 that it does not
FEW = 3  # facts in all, up to which those about the person always stand


@dataclass(slots=True)
class Memory:
    """Reads the ledger of one store for each request."""

    store: Store
    embed: Embed
    _name: str = ""  # of the embedder, by what it makes of one text

    def standing(self, request: str) -> tuple[Lesson, ...]:
        """Facts first, then rules, each oldest first; an exception silences what it is one of.

        Only what the person stands behind. All words that were never embedded are embedded in one
        call, and the request at most once.
        """
        acting = self._acting()
        near = self._near(request, [text for one in acting for text in _compared(one)])
        covering = [one for one in acting if scope.holds(one, request, near)]
        few = sum(one.kind == "fact" for one in acting) <= FEW
        told = _nearest([one for one in covering if one.kind == "fact"], request, near, few)
        rules = [one for one in covering if one.kind != "fact"]
        silent = self._silent({one.id for one in (*told, *rules)})
        return tuple(one for one in (*told, *rules) if one.id not in silent)

    def _acting(self) -> tuple[Lesson, ...]:
        return tuple(
            one for one in ledger.all(self.store, ledger.ACTING) if one.stance in ledger.MEANT
        )

    def _silent(self, here: set[str]) -> set[str]:
        """Lessons of which another one that holds here is an exception."""
        return {
            edge.loser
            for edge in ledger.edges(self.store)
            if edge.kind == "exception_to" and edge.winner in here and edge.loser in here
        }

    def _near(self, request: str, texts: Sequence[str]) -> Near:
        """Closeness to the request, worked out for all texts when the first is asked for."""
        known: dict[str, float] = {}

        def near(words: str, asked: str) -> float:
            if not words.strip() or not asked.strip():
                return 0.0
            if not known:
                known.update(self._closeness(request, list(dict.fromkeys(texts))))
            return known[words]

        return near

    def _closeness(self, request: str, texts: Sequence[str]) -> dict[str, float]:
        name, foreign = self._model(), [text for text in texts if not nearness.ours(text)]
        kept = caches.vectors(self.store, name, foreign)
        missing = [text for text in foreign if text not in kept]
        asked, *made = self.embed([request, *missing])
        fresh = dict(zip(missing, made, strict=True))
        if fresh:
            with self.store.transaction():  # what was forgotten meanwhile must leave no trace
                still = {text for one in self._acting() for text in _compared(one)}
                caches.add_vectors(
                    self.store, name, {text: fresh[text] for text in missing if text in still}
                )
        return nearness.to(asked, {**kept, **fresh}, texts, self.embed)

    def _model(self) -> str:
        """Under which vectors are cached: another embedder, or another build of it, shares none."""
        if not self._name:
            (probe,) = self.embed(["a probe"])
            made = " ".join(f"{value + 0.0:.2f}" for value in probe)
            self._name = f"{ledger.VECTORS}{zlib.crc32(made.encode()):08x}"
        return self._name


def _compared(lesson: Lesson) -> tuple[str, ...]:
    own = (facts.said(lesson.effect),) if lesson.kind == "fact" and _everywhere(lesson) else ()
    return (*scope.compared(lesson), *own)


def _everywhere(lesson: Lesson) -> bool:
    return not lesson.condition and not lesson.scope.strip()


def _nearest(told: Sequence[Lesson], request: str, near: Near, few: bool) -> list[Lesson]:
    """At most FACTS, oldest first: those of this place, those near it, of few the personal ones."""

    def rank(one: Lesson) -> float:
        if not _everywhere(one) or (few and facts.personal(one.effect)):
            return 2.0  # before any that is only near
        return near(facts.said(one.effect), request)

    ranked = sorted(((rank(one), one) for one in told), key=lambda pair: -pair[0])
    chosen = {one.id for close, one in ranked[:FACTS] if close >= CLOSE}
    return [one for one in told if one.id in chosen]
