"""What a person typed, made safe to keep: no control characters, not empty, not endless.

Knows nothing of what the words mean.
"""

from __future__ import annotations

import unicodedata

from data.types import Refusal

# Control characters, and halves of characters, which a terminal makes of bytes that are no UTF-8.
UNKEPT = ("Cc", "Cs")
LONGEST = 20_000  # characters of one request or critique


def clean(text: str) -> str:
    """The text without what no file keeps. Raises Refusal if nothing is left or it is too long."""
    kept = "".join(
        one
        for one in text.replace("\r\n", "\n")
        if one in "\n\t" or unicodedata.category(one) not in UNKEPT
    ).strip()
    if not kept:
        raise Refusal("There are no words in that; type something first.")
    if len(kept) > LONGEST:
        raise Refusal(
            f"That is {len(kept):,} characters long; heed reads at most {LONGEST:,} at once."
        )
    return kept
