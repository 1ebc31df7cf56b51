"""A stand-in for the embedder: a unit vector from the letters of the longer words.

Knows no meaning; texts that share words are close, others are nearly at a right angle.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Sequence

SIZE = 384


def embed(texts: Sequence[str]) -> list[list[float]]:
    """One unit vector of shape (384,) per text; the same text gives the same vector."""
    return [_vector(text) for text in texts]


def _vector(text: str) -> list[float]:
    values = [0.0] * SIZE
    for word in re.findall(r"[\w']{4,}", text.lower()) or [text]:
        place = int(hashlib.sha256(word.rstrip("s").encode()).hexdigest()[:8], 16) % SIZE
        values[place] += 1.0
    length = math.sqrt(sum(value * value for value in values))
    return [value / length for value in values]
