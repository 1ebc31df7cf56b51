"""Which split a prompt belongs to: a hash of its normalised text, taken once.

Knows no table; a prompt keeps the split that it was created with.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import assert_never

from data.types import PromptOrigin, Split


def normalised(text: str) -> str:
    """The text without what does not make it another request: case, width, spaces at line ends."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def prompt_id(text: str) -> str:
    """SHA-256 of the normalised text, in 64 hexadecimal digits."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def split_of(text: str, origin: PromptOrigin) -> Split:
    """Pool and bundled prompts 60/30/10 train/held/audit, own ones 80/20/0 (shares: estimate)."""
    share = int(prompt_id(text)[:8], 16) / 2**32
    match origin:
        case "chat":
            return "train" if share < 0.8 else "held"
        case "pool" | "bundled":
            return "train" if share < 0.6 else "held" if share < 0.9 else "audit"
        case _:
            assert_never(origin)
