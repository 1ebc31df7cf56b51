"""The first look at a request: does it leave out something its writer minds? No model is called.

Reads what the reply's own prefill left, the words, and what the person said about being asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from clarify import logistic, options, personal
from clarify.beliefs import Beliefs
from clarify.prior import Prior
from data.types import Prefill

QUIET = re.compile(
    r"\bjust (?:do|write|decide|answer|go)\b|\bno (?:more )?questions\b|\bdon'?t ask\b",
    re.IGNORECASE,
)


def quiet(texts: Sequence[str]) -> bool:
    """Whether the person asked, in a text of this task, to be left without questions."""
    return any(QUIET.search(options.own_words(text)) for text in texts)


def need(request: str, left: Prefill | None, prior: Prior, beliefs: Beliefs) -> float:
    """The chance that a request leaves something open, 0 to 1.

    The prior's probe and words; from 20 labels on the person's own probe is mixed in.
    """
    found = prior.logit(request, left)
    own = None if left is None else beliefs.probes.get(left.key)
    if own is not None and left is not None and len(own.centre) == len(left.vector):
        found = personal.mixed(found, own.logit(left.vector), own.n)
    return logistic.sigmoid(found)
