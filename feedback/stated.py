"""A text whose constraints are read, one constraint found in it, and what negates it.

Knows no constraint in particular.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.types import Check
from feedback.cues import HOLE

QUOTED = rf"{HOLE}+"
_QUOTE = re.compile(
    r"\"[^\"\n]{1,600}\"|«[^»\n]{1,600}»|「[^」\n]{1,300}」|『[^』\n]{1,300}』"
    r"|(?<![\w'])'(?=\S)[^'\n]{1,120}(?<=\S)'(?!\w)|``[^`\n]{1,120}''|`[^`\n]{1,120}`"
)
_DOUBLE = re.compile("[\u201c\u201d\u201e\u201f\uff02]")
_APOSTROPHE = re.compile("[\u2018\u2019\u02bc\u00b4]")
_MARKS = " \t\n\"'`«»“”„「」『』"
# What turns a demand into a ban. It must stand in the same part of the sentence.
_NEGATION = re.compile(
    r"\b(?:do(?:es)? not|don't|dont|doesn't|not|never|without|avoid|avoiding|refrain\w*|exclud\w+"
    r"|no|shouldn't|mustn't|cannot|can't|omit|isn't|aren't|won't|neither|nor)\b"
    r"(?:(?! but |, and |,? and (?:please |make sure (?:to |it )?|also |be sure to |must "
    r"|should )*$"
    r"|,? (?:and|but) (?:please |make sure |also )?(?:to )?(?:include|use|make|add|mention"
    r"|write|have|put|wrap|end|start)\b|[;.:?!\n]).){0,40}\Z"
)
# "Never use commas, answer in French": an order of its own after the comma.
_ORDER = re.compile(
    r"(?<!ever)(?<!not)(?<!circumstances)(?<!please), (?:please )?(?:answer|reply|respond|write|use"
    r"|end|start|begin|finish|give|keep|put|add|include|make|speak)\b"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """Two texts of one length: as the rules read it, and as typed."""

    text: str  # lower case, quoted words as holes
    plain: str  # with straight quotes

    def typed(self, start: int, end: int) -> str:
        """The words at a place as typed, without quotation marks around them."""
        return self.plain[start:end].strip(_MARKS)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A check that words ask for, and the place of the words."""

    check: Check
    start: int
    end: int


def stated(text: str) -> Stated:
    """A text made ready: quotes straight, quoted words masked, nothing moved."""
    plain = _APOSTROPHE.sub("'", _DOUBLE.sub('"', text)).replace(HOLE, " ")
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    masked = _QUOTE.sub(lambda m: HOLE * len(m.group()), lower)
    return Stated(masked, plain)


def negated(text: str, start: int) -> bool:
    """Whether the words before this place forbid what comes there."""
    first = max(0, start - 80)
    found = _NEGATION.search(text[first:start])
    if found is None:
        return False
    return _ORDER.search(text, first + found.start(), start + 10) is None


def sentence_of(text: str, place: int) -> tuple[int, int]:
    """The start and end of the sentence, or line, that a place is in."""
    ends = [m.end() for m in re.finditer(r"[.!?]+(?=\s|$)|\n|[。！？]", text)]
    start = max((e for e in ends if e <= place), default=0)
    end = min((e for e in ends if e > place), default=len(text))
    return start, end
