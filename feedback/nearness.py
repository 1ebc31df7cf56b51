"""How close a request is to some texts: cosines, each text embedded once.

Knows no lesson and no store. Our own texts are embedded once for each embedder of a process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from data.types import Embed
from feedback import prototypes

Near = Callable[[str, str], float]  # cosine of some words and a request
OURS = prototypes.texts()
_OURS = frozenset(OURS)


def of(texts: Sequence[str], embed: Embed) -> Near:
    """For one request at a time, embedded when it is first asked for, together with the texts."""
    foreign = list(dict.fromkeys(text for text in texts if text not in _OURS))
    known: dict[str, dict[str, float]] = {}

    def near(words: str, request: str) -> float:
        if not words.strip() or not request.strip():
            return 0.0
        if request not in known:
            known.clear()
            vector, *others = embed([request, *foreign])
            known[request] = to(vector, dict(zip(foreign, others, strict=True)), texts, embed)
        return known[request][words]

    return near


def to(
    vector: Sequence[float],
    others: dict[str, Sequence[float]],
    texts: Sequence[str],
    embed: Embed,
) -> dict[str, float]:
    """Cosines of one vector to the texts: ours, if any is among them, and those given with theirs.

    All vectors have length 1.
    """
    unit = np.asarray(vector, dtype=np.float32)
    found = {text: float(np.asarray(one, dtype=np.float32) @ unit) for text, one in others.items()}
    if _OURS.intersection(texts):
        found.update(zip(OURS, (_ours(embed) @ unit).tolist(), strict=True))
    return found


def ours(text: str) -> bool:
    """Whether a text is one of ours, so that no store needs to keep its vector."""
    return text in _OURS


@lru_cache(maxsize=2)
def _ours(embed: Embed) -> NDArray[np.float32]:
    """Vectors of our texts, of shape (texts, 384): half a second on one core."""
    return np.asarray(embed(OURS), dtype=np.float32)
