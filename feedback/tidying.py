"""What every rewriter needs after its cut: end marks, spaces, capitals, and sentences left out.

Knows no check.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from data.checks.kind import Args
from data.checks.units import sentences

Rewriter = Callable[[Args, str, str], str | None]
END_MARKS = ".!?…。！？"
CLOSING = "*_`\"'”’»)] \t\r\n"


def closed(text: str) -> str:
    """With an end mark: a reply cut at its token limit often has none."""
    bare = re.sub(r"[\s,;:–—-]+$", "", text)
    return bare if bare.rstrip(CLOSING)[-1:] in tuple(END_MARKS) else bare + "."


def tidy(text: str) -> str:
    """Spaces, commas and capitals as they must be after something was taken out."""
    text = re.sub(r"[ \t]{2,}", " ", text)
    text = re.sub(r"[ \t]+([,.;:!?])", r"\1", text)
    text = re.sub(r"(^|[.!?]\s+|\n)[,;:]\s*", r"\1", text)
    text = re.sub(r",(?=[,.;:!?])", "", text)
    text = re.sub(r"[ \t]+$", "", text, flags=re.M)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return re.sub(
        r"(^|[.!?]\s+)([a-zäöüß])", lambda m: m.group(1) + m.group(2).upper(), text, count=0
    )


def without(text: str, gone: Callable[[str], bool], *, spare: int = 0) -> str:
    """The text without the sentences for which `gone` holds, the first `spare` of them kept."""
    out, last = [], 0
    for start, end in sentences(text):
        if gone(text[start:end]):
            if spare > 0:
                spare -= 1
                continue
            out.append(text[last:start])
            last = end
    return tidy("".join([*out, text[last:]]))
