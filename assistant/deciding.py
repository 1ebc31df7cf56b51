"""What the asker is told about a chat, and what is kept of what it decided.

Knows no model; decisions are clarify's.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from assistant.settings import Settings
from clarify import ask, length
from clarify.ask import Decision, Point
from data import decisions, tasks
from data.asking import Decided
from data.store import Store
from data.types import Lesson, Message, Turn, Wish

DRAWN = 2**32  # the draw of an exploration is a hash of the turn, so it can be made again


def point(
    store: Store,
    settings: Settings,
    basis: Turn,
    messages: tuple[Message, ...],
    lessons: tuple[Lesson, ...],
    *,
    quick: bool,
) -> Point:
    """The place before the reply to a request; `quick`: drafts may be compared before it."""
    asked = tasks.questions(store, basis.task)
    return Point(
        messages=messages,
        lessons=lessons,
        expected_tokens=length.expected_tokens(messages[-1].text, settings.tokens),
        asked_in_task=len(asked),
        level=settings.questions,
        busy=any(one.answered == "open" for one in asked),
        draw=zlib.crc32(basis.id.encode()) / DRAWN,
        cheap_drafts=quick,
    )


def keep(store: Store, basis: str, decision: Decision, ms: int) -> str:
    """Keeps a decision with all that it rested on; gives its id."""
    left = decision.prefill
    numbers = decision.numbers
    made = decisions.add(
        store,
        Decided(
            id=store.new_id(),
            turn=basis,
            at=store.now(),
            scope=decision.scope,
            facet=decision.trait,
            options=decision.options,
            chances=decision.chances,
            features=decision.features,
            vector=left.vector if left is not None else (),
            vector_key=left.key if left is not None else "",
            ask=numbers.get("ask", 0.0),
            assume=numbers.get("assume", 0.0),
            act=0.0,
            later=numbers.get("later", 0.0),
            action=decision.action,
            propensity=decision.propensity,
            policy=ask.POLICY,
            why=decision.why,
            delta=decision.delta,
            ms=ms,
        ),
    )
    return made.id


def accepted(store: Store, basis: str, wishes: Sequence[Wish]) -> None:
    """A reply to this turn was taken: what that says of decisions that put no question.

    A critique on the way that was about the facet says that asking was worth it; a reply that was
    taken without any says, a little, that it was not.
    """
    for one in decisions.of_turn(store, basis):
        if one.action == "ask" or one.turn != basis or not one.facet:
            continue
        about = [wish for wish in wishes if wish.aspect in ASPECTS.get(one.facet, ())]
        if about:
            decisions.end(store, one.id, "criticised", wish=about[0].id)
        elif not wishes:
            decisions.end(store, one.id, "accepted")


# Which aspects of a critique are about a facet; of the bank's other facets they tell nothing.
ASPECTS = {
    "length": ("length",),
    "tone": ("tone",),
    "mood": ("tone", "creativity"),
    "style": ("tone", "wording", "creativity"),
    "format": ("format", "structure"),
    "level": ("wording", "detail_examples"),
    "version": ("language",),
    "source": ("evidence",),
}
