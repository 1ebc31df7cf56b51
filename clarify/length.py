"""How long the reply to a request is likely to be, from its words alone.

Knows no model. An estimate: it only decides whether a question could be worth its time.
"""

from __future__ import annotations

import re

from clarify import options

# Things that are made rather than answered, and the tokens that one usually takes; estimates.
LONG = re.compile(
    r"\b(essay|article|story|tale|report|chapter|speech|blog ?post|script|plan|guide|proposal"
    r"|cover letter|newsletter|itinerary|curriculum|course)s?\b",
    re.IGNORECASE,
)
MIDDLE = re.compile(
    r"\b(e-?mail|letter|message|poem|song|summary|review|bio|description|announcement|invitation"
    r"|post|toast|recipe|outline|introduction|overview|list|steps)s?\b",
    re.IGNORECASE,
)
SHORT = re.compile(
    r"\b(briefly|in short|in one|one[- ](?:sentence|word|line)|tweet|haiku|title|caption|slogan)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\b(\d{1,5})[- ]words?\b", re.IGNORECASE)
TOKENS_A_WORD = 1.35  # English prose; an estimate


def expected_tokens(request: str, longest: int) -> int:
    """Tokens of the likely reply, at most `longest`."""
    asked = options.own_words(request)
    stated = NUMBER.search(asked)
    if stated:
        return min(longest, int(int(stated.group(1)) * TOKENS_A_WORD))
    if SHORT.search(asked):
        return min(longest, 60)
    if LONG.search(asked):
        return min(longest, 900)
    return min(longest, 250 if MIDDLE.search(asked) else 120)
