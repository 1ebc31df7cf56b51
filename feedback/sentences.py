"""Where sentences end in a critique: marks, lines, dashes, and the numbers of a list in one line.

Sees lower-cased words whose quoted and pasted parts are masked. Knows nothing below a sentence.
"""

from __future__ import annotations

import re

from feedback import cues, moods
from feedback.abroad import to_english
from feedback.cues import HOLE

_SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bmr)(?<!\bms)(?<!\bdr)(?<!\bvs)(?<!\b[ap]\.m)(?<!\bz\.b)"
    r"(?<!\s)[.!?…]+(?=\s|$|[\"')])|[。！？；]"
    r"|\n+|;|\s+[–—-]+\s+|[—]+"
)
_NUMBERED = re.compile(r"(?:(?<=\s)|^)\(?\d{1,2}[.)](?=\s+\S)")


def places(text: str) -> list[tuple[int, int]]:
    """Places between hard boundaries; a short echo as a question belongs to what follows it."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in (*_ends(text), None):
        end = match.start() if match else len(text)
        asked = match is not None and re.match(r"[?!]*[?？]", match.group())
        keep = match.end() if match and asked else end
        if re.search(rf"[\w{HOLE}]|[\U0001f300-\U0001faff]", text[start:end]):
            if (
                asked
                and len(text[start:end].split()) <= 3
                and _echoes(text[start:end], text[keep:])
            ):
                continue
            if found and "\n\n" not in text[found[-1][1] : start] and _lasts(text[start:end]):
                found[-1] = (found[-1][0], end)  # "No emoji. Always."
            else:
                found.append((start, keep))
        start = match.end() if match else end
    return found


def _ends(text: str) -> list[re.Match[str]]:
    """What parts sentences; the numbers of a list that stands in one line do, too."""
    ends = list(_SENTENCE_END.finditer(text))
    numbers = list(_NUMBERED.finditer(text))
    if [one.group().strip("(.)") for one in numbers[:2]] != ["1", "2"]:
        return ends
    taken = {place for one in numbers for place in range(*one.span())}
    return sorted(
        [*numbers, *(one for one in ends if one.start() not in taken)], key=re.Match.start
    )


def _lasts(words: str) -> bool:
    return len(words) < 80 and cues.lasting(to_english(words))


def _echoes(words: str, after: str) -> bool:
    """ "Ten milligrams?? that's far too much": the reply's words, said again as a question."""
    told = moods.of(words) in ("statement", "nothing")
    return told and not re.match(r"\s*(?:$|\n)", after)
