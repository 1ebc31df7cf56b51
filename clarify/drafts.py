"""The beginnings of a reply under each option of a facet, written in one batch and compared.

Knows no person but by how often each option was chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clarify import doubt
from clarify.doubt import Regret
from clarify.options import Facet
from data.types import Complete, Embed, Message

DRAFT = 32  # tokens of each draft; measured: 36-token drafts tell options apart (AUROC .69)


def compare(
    messages: Sequence[Message],
    tried: Sequence[tuple[Facet, Sequence[float]]],
    complete: Complete,
    embed: Embed,
) -> list[Regret]:
    """The regret of guessing each facet, from one padded batch of greedy drafts.

    With each facet comes how often each of its options was chosen.
    """
    batch: list[Sequence[Message]] = [messages, asked_for(messages, PLACEBO)]
    for known, _ in tried:
        batch.extend(asked_for(messages, option.instruction) for option in known.options)
    plain, placebo, *texts = complete(batch, limit=DRAFT)
    regrets = []
    for known, chosen in tried:
        own, texts = texts[: len(known.options)], texts[len(known.options) :]
        regrets.append(
            doubt.compare(plain, placebo, own, chosen, known.telling, known.by_length, embed)
        )
    return regrets


def unseen(known: Facet, chosen: Sequence[float], so_far: float | None) -> Regret:
    """The regret of a facet without drafts: its mean so far, and the option chosen most often."""
    delta = known.usual if so_far is None else so_far
    chances = tuple((1.0 + n) / (len(chosen) + sum(chosen)) for n in chosen)
    return Regret(delta, list(chosen).index(max(chosen)), 1.0, chances)


def asked_for(messages: Sequence[Message], instruction: str) -> tuple[Message, ...]:
    """The conversation with an instruction at the end of its last request."""
    *before, last = messages
    text = WITH_OPTION.format(request=last.text, instruction=instruction)
    return (*before, replace(last, text=text))


PLACEBO = "Write it well."  # settles nothing: the measure of how much any sentence changes
WITH_OPTION = "{request}\n\n{instruction}"
