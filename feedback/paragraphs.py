"""Where paragraphs end: at an empty line, also one that holds blanks.

Knows nothing of what stands in them.
"""

from __future__ import annotations

import re

BREAK = re.compile(r"\n[ \t]*\n")


def end(text: str, start: int) -> int:
    """The end of the paragraph that `start` lies in."""
    gap = BREAK.search(text, start)
    return gap.start() if gap else len(text)


def below(text: str, end_of: int) -> int:
    """The end of the next paragraph, for one that ends at `end_of`."""
    return end(text, min(len(text), end_of + 2))
