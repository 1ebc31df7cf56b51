"""What a learning run trains on: preferences and neutral passages as token sequences with roles.

Knows no weights and no loss. The order of items depends on their content alone, so that a rebuild
after forgetting deals them as if the forgotten lesson had never been taught.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import neutral, prompt
from assistant.beneath import Beneath
from assistant.blocks import Block
from assistant.encode import Encoded, Encoder
from assistant.protocols import Plan
from data.types import ItemRole, MadeBy, Preference
from feedback import select
from feedback.pairs import similarity

LONGEST = 768  # tokens of conversation and reply; longer items are left out
DRIFT = 48  # tokens of a general reply on which drift is held down: it shows early, too
REJECTED = 48  # tokens of a rejected reply that are scored: the difference shows early
SMOOTHING = 0.05  # for words of an edited answer, which are not the model's own
EDITED = 0.7  # similarity to the rejected answer from which the chosen one is that, edited
DOUBT = 0.1  # chance that a side which no person chose is not the better one (an estimate)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to imitate (in) or to keep as the base has it (general; near: the bench alone)."""

    role: ItemRole
    chosen: Encoded
    rejected: Encoded | None
    weight: float
    doubt: float
    edited: bool  # the base's own answer but for some words: those alone are taught
    new: bool  # of a lesson that the parent does not hold
    lessons: tuple[str, ...]
    ends: bool = False  # its last token is the end of the reply, and that is taught
    beneath: tuple[Block, ...] = ()  # the older blocks that speak at its request

    @property
    def smoothing(self) -> float:
        """Label smoothing of its answer."""
        return SMOOTHING if self.edited else 0.0

    @property
    def sequences(self) -> tuple[Encoded, ...]:
        """What one forward has to score for it."""
        return (self.chosen,) if self.rejected is None else (self.chosen, self.rejected)


def of_plan(encoder: Encoder, plan: Plan, beneath: Beneath, *, pairs: bool) -> tuple[Item, ...]:
    """Every item of a plan.

    If what is learned holds everywhere, neutral passages are what must stay as the base has it.
    `pairs`: rejected replies are scored too.
    """
    found = []
    for row in sorted(plan.data, key=_content):
        item = _item(encoder, row, plan, beneath.at(select.subject_of(row)), pairs)
        if max(len(one.ids) for one in item.sequences) <= LONGEST:
            found.append(item)
    if beneath.always() and not any(item.role == "general" for item in found):
        under = beneath.at("")
        found += [_anchor(encoder, text, under) for text in neutral.ANCHORS]
    return tuple(found)


def _item(
    encoder: Encoder, row: Preference, plan: Plan, beneath: Sequence[Block], pairs: bool
) -> Item:
    conversation = prompt.plain(row.prompt)
    rejected = None
    new = row.lesson is None or row.lesson in plan.new_lessons
    if pairs and new and row.rejected is not None and row.role == "in":
        whole = encoder.pair(conversation, row.rejected)
        # Without its end token: a rejected reply was often cut, and stopping is no fault of it.
        ends = min(whole.start + REJECTED, len(whole.ids) - 1)
        if ends > whole.start:
            rejected = Encoded(whole.ids[:ends], whole.start)
    chosen = encoder.pair(conversation, row.chosen)
    if row.cut or row.role == "general":
        chosen = Encoded(chosen.ids[:-1], chosen.start)  # without its end token
    if row.role == "general":
        chosen = Encoded(chosen.ids[: chosen.start + DRIFT], chosen.start)
    return Item(
        role=row.role,
        chosen=chosen,
        rejected=rejected,
        weight=row.weight,
        doubt=0.0 if _by_person(row.made_by) else DOUBT,
        edited=row.rejected is not None and similarity(row.rejected, row.chosen) >= EDITED,
        new=new,
        lessons=() if row.lesson is None else (row.lesson,),
        ends=row.role != "general" and not row.cut,
        beneath=tuple(beneath),
    )


def _anchor(encoder: Encoder, text: str, beneath: Sequence[Block]) -> Item:
    return Item(
        role="general",
        chosen=encoder.pair((), text),
        rejected=None,
        weight=1.0,
        doubt=0.0,
        edited=False,
        new=False,
        lessons=(),
        beneath=tuple(beneath),
    )


def _by_person(made_by: MadeBy) -> bool:
    return made_by in ("edit", "accepted", "choice", "praise")


def _content(row: Preference) -> tuple[str, ...]:
    said = tuple(f"{message.role}:{message.text}" for message in row.prompt)
    return (row.role, *said, row.chosen, row.rejected or "", row.made_by)
