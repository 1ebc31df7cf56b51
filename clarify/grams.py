"""Words and pairs of words of a request as TF-IDF numbers.

Knows no label: which grams count, and how much, is given.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

LONGEST = 4_000  # characters that are read
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def counted(text: str) -> Counter[str]:
    """The grams of a text with their counts."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold().replace("’", "'")
    words = _WORD.findall(plain)
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return Counter([*words, *pairs])


def weights(text: str, known: Mapping[str, int], idf: Sequence[float]) -> dict[int, float]:
    """Place -> 1 + ln(count), times idf, of length 1 together; grams that are not known are out."""
    found = {
        known[gram]: (1.0 + math.log(n)) * idf[known[gram]]
        for gram, n in counted(text).items()
        if gram in known
    }
    length = math.sqrt(sum(value * value for value in found.values()))
    return {place: value / length for place, value in found.items()} if length else {}
