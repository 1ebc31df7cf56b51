"""A critique's text into clauses, each a place in it; quoted and pasted words are masked.

Splits by rules alone. Does not know what a clause asks for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from feedback import pasted
from feedback.abroad import to_english
from feedback.cues import HOLE, VERBS, has_cue

LONGEST = 4000  # characters of a critique that are read; more is no critique of one reply


@dataclass(frozen=True, slots=True)
class Prepared:
    """A critique made ready: `plain` and `masked` have one length, `back` leads to the raw text."""

    raw: str
    plain: str  # NFC, control characters as spaces, straight apostrophes
    masked: str  # lower case; quotes, code and addresses as holes, pasted text as line breaks
    back: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the raw text, so that raw[start:end] is the quote letter for letter."""
        return self.back[start], self.back[end]


@dataclass(frozen=True, slots=True)
class Clause:
    """One place of the prepared text, its sentence, and the condition that leads the sentence."""

    start: int
    end: int
    sentence: tuple[int, int]
    lead: tuple[int, int] | None = None


def prepare(text: str) -> Prepared:
    """The text with content masked: what is quoted, pasted, code or an address is no critique."""
    raw = text
    plain, back = _normal(text)
    masked = list(plain.lower() if len(plain.lower()) == len(plain) else _lower(plain))
    for start, end in pasted.places(plain):
        masked[start:end] = "\n" * (end - start)
    for pattern in (_FENCE, _OPEN_QUOTE, _QUOTE, _CODE, _ADDRESS):
        for match in pattern.finditer("".join(masked)):
            masked[match.start() : match.end()] = HOLE * (match.end() - match.start())
    return Prepared(raw, plain, "".join(masked), back)


def split(prepared: Prepared) -> tuple[Clause, ...]:
    """The clauses in order. A fragment that says nothing by itself joins its neighbour."""
    clauses: list[Clause] = []
    for start, end in _sentences(prepared.masked[:LONGEST]):
        lead = _lead(prepared.masked, start, end)
        first = lead[1] if lead else start
        for left, right in _pieces(prepared.masked, first, end):
            clauses.append(Clause(left, right, (start, end), lead))
    return tuple(clauses)


def _normal(text: str) -> tuple[str, Sequence[int]]:
    signs = [_sign(c) for c in text]
    if unicodedata.is_normalized("NFC", text):
        return "".join(signs), range(len(text) + 1)
    out: list[str] = []
    back: list[int] = []
    start = 0
    while start < len(signs):
        end = start + 1
        while end < len(signs) and unicodedata.combining(signs[end]):
            end += 1
        joined = unicodedata.normalize("NFC", "".join(signs[start:end]))
        out.append(joined)
        back.extend([start] * len(joined))
        start = end
    return "".join(out), [*back, len(text)]


def _sign(char: str) -> str:
    if char in "’‘\u02bc\u00b4":
        return "'"
    if char in "\n\u2028\u2029\r":
        return "\n"
    if unicodedata.category(char) in ("Cc", "Cf") or char == HOLE or char.isspace():
        return " "
    return char


def _lower(text: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_FENCE = re.compile(r"(```|~~~).*?(?:\1|\Z)|<(blockquote|q|pre|code)\b[^>]*>.*?</\2>", re.S | re.I)
_QUOTE = re.compile(
    r"\"[^\"\n]{1,2000}\"|“[^”\n]{1,2000}”|«[^»\n]{1,2000}»|„[^“”\n]{1,2000}[“”]|「[^」\n]{1,2000}」"
    r"|『[^』\n]{1,2000}』|”[^”\n]{1,2000}”|\uff02[^\uff02\n]{1,2000}\uff02|\u201a[^'\n]{1,2000}'"
    r"|\u2039[^\u203a\n]{1,2000}\u203a|\u203a[^\u2039\u203a\n]{1,2000}[\u2039\u203a]"
    r"|(?<![\w'])'(?=\S)[^'\n]{1,300}(?<=\S)'(?!\w)|(?<![\w'])'(?=\S)(?:[^'\n]|\w'\w){1,300}'(?!\w)"
)
# A quotation may run over several lines, and one that never closes runs to the end.
_OPEN_QUOTE = re.compile(
    r"(?<![\w\"])\"(?=\S)[^\"]*(?:\"|\Z)|“[^”]*(?:”|\Z)|«[^»]*(?:»|\Z)|»[^«»]*[«»]"
    r"|^[ \t]*>[^\n]*",
    re.M,
)
_CODE = re.compile(r"`[^`\n]+`")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+")


_SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bmr)(?<!\bdr)(?<!\bvs)[.!?…]+(?=\s|$|[\"')])|[。！？；]"
    r"|\n+|;|\s+[–—-]+\s+|[—]+"
)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Places between hard boundaries. A dash or semicolon ends what a leading condition covers."""
    places = []
    start = 0
    for match in (*_SENTENCE_END.finditer(text), None):
        end = match.start() if match else len(text)
        keep = match.end() if match and re.match(r"[?!？！]", match.group()) else end
        if re.search(rf"[\w{HOLE}]|[\U0001f300-\U0001faff]", text[start:end]):
            places.append((start, keep))
        start = match.end() if match else end
    return places


_LEAD = re.compile(
    r"\s*(?:and |but |also |so )*(?P<lead>(?:when(?:ever)?|if|for|in|every time"
    r"|any ?time)\b(?:[^,]{2,80}(?=,)"
    # Without a comma it ends before an order: "when I ask for code be brief".
    r"|[^,]{2,80}?(?<!\bi)(?<!\byou)(?<!\bwe)(?<!\bthey)(?<!\bto)(?<!\bthe)(?<!\ba)(?<!\bmy)"
    rf"(?=\s+(?:then|please|always|never|don't|do not|be|{VERBS})\b))),?\s*"
)
_NO_LEAD = re.compile(
    r"(?:if (?:you can|possible|needed)|in (?:short|general|fact|summary|my opinion|the future"
    r"|future)"
    r"|for (?:now|once|example|instance|me)|in all)\b"
)


_POLITE = re.compile(r"(?:please|thanks|thank you|thx)?")


def _lead(text: str, start: int, end: int) -> tuple[int, int] | None:
    match = _LEAD.match(text, start, end)
    if match is None or _NO_LEAD.match(match["lead"]):
        return None
    rest = text[match.end() : end].strip(" .!")
    return None if _POLITE.fullmatch(rest) else (match.start("lead"), match.end())


_MARKERS = re.compile(
    r",?\s+but\s+|,\s*(?:however|although|though|yet|whereas|plus|aber|mais|pero|ma|mas|sondern)\s+"
    r"|,?\s+(?:and )?also\s+|,\s*and\s+|，|、(?=.{2})|,\s*(?:und|et|y)\s+"
    rf"|,?\s+and\s+(?=(?:please|then|just)?\s*(?:{VERBS}|next time|from now on|i (?:like|love|want)"
    r"|it(?:'s| is| was)|that(?:'s| is)|the [\w ]{1,20} (?:is|was|isn't)|too |more |less "
    r"|fewer )\b)"
    r"|,\s*(?=(?:(?:please|just|then|so|instead)\s+)?(?:"
    rf"{VERBS}|too|way too|more|less|fewer|i (?:like|love|hate|don't)|next time|from now on"
    r"|shorter|longer|simpler)\b)"
)
_EDGE = re.compile(
    r"^(?:[\s,.:;()\-–—*•>]+|(?:and|but|also|plus|or|however|although|though|yet|oh|well|ok(?:ay)?)\b"
    r"(?=[\s,])(?!\s*$))+"
)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cuts one sentence at its markers where both sides say something by themselves."""
    cuts: list[tuple[int, int]] = []
    begin = start
    for match in _MARKERS.finditer(text, start, end):
        left, right = text[begin : match.start()], text[match.end() : end]
        if _says(left) and _says(right) and not _corrects(right):
            cuts.append((begin, match.start()))
            begin = match.end()
    cuts.append((begin, end))
    return [place for a, b in cuts if (place := _trim(text, a, b))]


def _says(text: str) -> bool:
    bare = _EDGE.sub("", text).strip()
    if re.fullmatch(r"(?:please|just|then|never|always|no|not|from now on|next time)", bare):
        return False
    return has_cue(bare) or to_english(bare) != bare


def _corrects(right: str) -> bool:
    """ ", not Java" belongs to the replacement before it, ", it was 1969" to the error."""
    return bool(re.match(r"not (?!so\b|too\b|enough\b|good\b)[\w ]{1,30}$", right.strip()))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    edge = _EDGE.match(text[start:end])
    start += edge.end() if edge else 0
    bare = re.sub(r"[\s,.:;()\-–—*]+$", "", text[start:end])
    bare = re.sub(r"[!]+$", "", bare)
    return (
        (start, start + len(bare)) if re.search(rf"[^\W_]|{HOLE}|\W{{1}}", bare) and bare else None
    )
