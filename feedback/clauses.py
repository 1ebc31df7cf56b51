"""A critique's text into clauses, each a place in it; quoted and pasted words are masked.

Splits by rules alone. Does not know what a clause asks for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from feedback import conditions, cues, kinds, moods, pasted, sentences
from feedback.abroad import language, to_english
from feedback.cues import HOLE, VERBS, has_cue

LONGEST = 4000  # characters of a critique that are read; more is no critique of one reply


@dataclass(frozen=True, slots=True)
class Prepared:
    """A critique made ready: `plain` and `masked` have one length, `back` leads to the raw text."""

    raw: str
    plain: str  # NFC, control characters as spaces, straight apostrophes
    masked: str  # lower case; quotes, code and addresses as holes, pasted text as line breaks
    back: Sequence[int]
    pasted: bool = False  # words of others stand beside the person's own

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the raw text, so that raw[start:end] is the quote letter for letter."""
        return self.back[start], self.back[end]


@dataclass(frozen=True, slots=True)
class Clause:
    """One place of the prepared text, its sentence, and the condition that leads it.

    `head`: where its quote starts, which has the leading condition of the first clause after it.
    """

    start: int
    end: int
    sentence: tuple[int, int]
    lead: tuple[int, int] | None = None
    head: int = 0
    joint: str = ""  # what stands between it and the clause before: "," ":" "and" "but" or ""
    asked: bool = False
    polite: bool = False  # please stood at its edge


def prepare(text: str) -> Prepared:
    """The text with content masked: what is quoted, pasted, code or an address is no critique."""
    raw = text
    plain, back = _normal(text)
    masked = list(plain.lower() if len(plain.lower()) == len(plain) else _lower(plain))
    others = pasted.places(plain)
    for start, end in others:
        masked[start:end] = "\n" * (end - start)
    for pattern in (_FENCE, _OPEN_QUOTE, _QUOTE, _CODE, _ADDRESS, _UNBROKEN):
        for match in pattern.finditer("".join(masked)):
            masked[match.start() : match.end()] = HOLE * (match.end() - match.start())
    return Prepared(raw, plain, "".join(masked), back, bool(others) or pasted.doubtful(plain))


def split(prepared: Prepared) -> tuple[Clause, ...]:
    """The clauses in order. A fragment that says nothing by itself joins its neighbour."""
    clauses: list[Clause] = []
    text = prepared.masked
    for start, end in sentences.places(text[:LONGEST]):
        lead: tuple[int, int] | None = None
        asked = text[start:end].rstrip().endswith(("?", "？"))
        first = "semicolon" if text[start - 1 : start] == ";" else ""
        foreign = bool(language(text[start:end]))
        pieces = _pieces(text, start, end, asked, foreign)
        for i, (left, right, joint) in enumerate(pieces):
            own = _lead(text, left, right)
            lead = own[:2] if own else lead
            body = _trim(text, own[2] if own else left, right)
            if body is None:
                continue
            head = own[0] if own else body[0]
            last = i == len(pieces) - 1
            around = text[left : body[0]] + " " + text[body[1] : right]
            polite = _PLEASE.search(around) is not None
            clauses.append(
                Clause(*body, (start, end), lead, head, joint or first, asked and last, polite)
            )
            first = ""
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


_FENCE = re.compile(
    r"(```|~~~|\"{3}|'{3}).*?(?:\1|\Z)|<(blockquote|q|pre|code)\b[^>]*>.*?</\2>", re.S | re.I
)
_QUOTE = re.compile(
    r"\"[^\"\n]{1,2000}\"|“[^”\n]{1,2000}”|«[^»\n]{1,2000}»|„[^“”\n]{1,2000}[“”]|「[^」\n]{1,2000}」"
    r"|『[^』\n]{1,2000}』|”[^”\n]{1,2000}”|\uff02[^\uff02\n]{1,2000}\uff02|\u201a[^'\n]{1,2000}'"
    r"|\u2039[^\u203a\n]{1,2000}\u203a|\u203a[^\u2039\u203a\n]{1,2000}[\u2039\u203a]"
    r"|(?<![\w'])'(?=\S)[^'\n]{1,300}(?<=\S)'(?!\w)|(?<![\w'])'(?=\S)(?:[^'\n]|\w'\w){1,300}'(?!\w)"
)
# A quotation may run over several lines, and one that never closes runs to the end.
_OPEN_QUOTE = re.compile(
    r"(?<![\w\"])\"(?=\S)[^\"]*(?:\"|\Z)|„[^“”]*(?:[“”]|\Z)|“[^”]*(?:”|\Z)|«[^»]*(?:»|\Z)|»[^«»]*[«»]"
    r"|^[ \t]*>[^\n]*",
    re.M,
)
_CODE = re.compile(r"`[^`\n]+`")
# No word is that long; scripts without spaces are left alone.
_UNBROKEN = re.compile(r"[^\s\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]{100,}")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+")


_PLEASE = re.compile(
    r"\b(?:please|bitte|gracias|por favor|s'il (?:vous|te) pla[iî]t|merci|per favore|grazie"
    r"|thanks)\b"
)
_POLITE = re.compile(r"(?:please|thanks|thank you|thx)?")


def _lead(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    found = conditions.lead(text, start, end)
    rest = text[found[2] : end].strip(" .!?") if found else ""
    return None if _POLITE.fullmatch(rest) or cues.lasting(rest) else found


# What takes a part out of praise: "perfect except for the ending".
SAVE = (
    r"(?:minus|except(?:ing)?(?: for)?|apart from|aside from|other than|save for|barring"
    r"|if (?:it )?(?:not|weren't|wasn't) for|with the exception of|außer|abgesehen von|bis auf"
    r"|sauf|à part|excepté|salvo|excepto|aparte de|tranne|a parte|exceto|behalve)"
)
MINUS = re.compile(rf"(?P<minus>minus\b)?(?:{SAVE})?\s+(?=\S)", re.I)
_JOINTS = re.compile(
    rf"(?P<save>,?\s+{SAVE}\s+(?!that\b|this\b))"
    r"|(?P<yet>,?\s+(?:even if|even though|though|although|albeit"
    r"|if(?= (?:a (?:bit|little|touch|tad)|slightly|somewhat|rather|overly)\b))\s+)"
    r"|(?P<but>,?\s+(?:but|aber|mais|pero|mas|sondern|maar)\s+|,\s*(?:however|although|though|yet"
    r"|whereas"
    r"|plus|otherwise|ma|e|und|et|y|en)\s+|,?\s+(?:and )?also\s+)"
    r"|(?P<and>,?\s+(?:and|und|et|e|y|en)\s+)|(?P<colon>\s?:\s+|：)|(?P<comma>,\s*|，|、(?=.{2}))"
)
# What may begin a clause of its own after a comma or an "and".
_STARTS = re.compile(
    rf"(?:(?:please|just|then|so|instead|also|now|maybe|perhaps) )*(?:(?:{VERBS})\b|(?:way |far "
    rf"|much )?too\b"
    r"|more\b|less\b|fewer\b|no\b|not (?:so|too|enough|very)\b|i\b|i'm\b|i'd\b|i've\b|you\b"
    r"|your\b|it\b"
    r"|it's\b|that\b|that's\b|this\b|there\b|next time\b|from now on\b|in future\b"
    r"|shorter\b|longer\b|simpler\b|if\b|when\b|for\b|the [\w' -]{1,30}? (?:is|are|was|were|isn't"
    r"|wasn't|needs?|has"
    r"|sounds?|feels?|looks?|reads?|works?|\w+s)\b|she\b|he\b|they\b|we\b|my\b|one\b|nothing\b"
    r"|nobody\b|only\b|very\b)"
)
_ASKING = re.compile(r"(?:what'?s?|which|where'?s?|who'?s?|why|how)\b")
_EDGE = re.compile(
    r"^(?:[\s,.:;()\-–—*•>…]+|(?:and|but|also|plus|or|however|although|though|yet|oh|well"
    r"|ok(?:ay)?|so|then|hm+"
    r"|please|actually|bitte|und|aber|et|mais|alors|y|pero|e|ma|mas|en|maar|hello|hi|hey|bonjour"
    r"|hola|hallo)\b"
    r"(?=[\s,])(?!\s*$))+"
)
_TAIL = re.compile(
    r"(?:[\s,.:;()\-–—*!?？…]|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]"
    r"|,? \b(?:please|thanks|thank you|gracias|danke|bitte|merci|por favor|s'il (?:vous|te)"
    r" pla[iî]t|per favore"
    r"|grazie|obrigad[oa]|amen)\b)+$"
)


def _pieces(
    text: str, start: int, end: int, asked: bool, foreign: bool
) -> list[tuple[int, int, str]]:
    """Cuts one sentence where both sides say something by themselves; with what joins them."""
    joints = list(_JOINTS.finditer(text, start, end))
    pieces: list[tuple[int, int, str]] = []
    begin, joint = start, ""
    for i, match in enumerate(joints):
        stop = joints[i + 1].start() if i + 1 < len(joints) else end
        left, right, rest = (
            text[begin : match.start()],
            text[match.end() : stop],
            text[match.end() : end],
        )
        kind = str(match.lastgroup)
        last_asks = asked and not joints[i + 1 :] and _ASKING.match(right) is not None
        if last_asks and _says(left):
            pieces.append((begin, match.start(), joint))
            begin, joint = match.end(), kind
            continue
        if kind in ("save", "yet") and not (_lauds(left) and rest.strip(" .!?")):
            if not (kind == "yet" and match.group().startswith(",")):
                continue
            kind = "but"
        if kind == "save":
            pieces.append((begin, match.start(), joint))
            begin, joint = match.start(), kind  # the word itself belongs to what it takes out
            continue
        if kind == "colon" and _says(left) and len(left.split()) <= 3:
            continue
        if kind == "colon" and _TIME.fullmatch(left.strip()):
            continue  # "just once: no jokes"
        if kind == "and" and _mocks(left, rest):
            continue
        if kind == "colon" and not _says(left) and _says(rest) and not _lead(text, begin, end):
            begin, joint = match.end(), kind
            continue
        if kind == "comma" and (_lead(text, begin, match.end() + 1) or _cheers(left, right)):
            continue
        if _parts(left, right, rest, kind, foreign):
            pieces.append((begin, match.start(), joint))
            flaw = (
                kind == "comma" and _lauds(left) and _FLAW.search(to_english(right).strip(" .!?"))
            )
            begin, joint = match.end(), "but" if flaw else kind
    return [*pieces, (begin, end, joint)]


def _parts(left: str, right: str, rest: str, kind: str, foreign: bool) -> bool:
    """Whether two clauses come apart at a joint of this kind."""
    if bool(_UNREAD.search(left)) != bool(_UNREAD.search(right)):
        return True  # what a language says that no rule reads is a wish of its own
    if cues.lasting(to_english(rest)):
        return False  # "no emoji, always"
    if not _says(left) or _corrects(rest) or _COURTESY.fullmatch(rest.strip(" .!?")):
        return False
    if kind in ("but", "yet"):
        return _says(rest) or (_lauds(left) and len(rest.split()) > 1)
    if kind == "comma" and _lauds(left) and _faults(right):
        return True
    if kind == "comma" and kinds.corrects(left) and kinds.corrects(right):
        return False  # what is wrong, and what is so instead
    if kind == "comma" and _INFINITIVE.search(right):
        return False  # "hör nicht auf, Emojis zu benutzen"
    english = to_english(right) if foreign else right
    begins = _STARTS.match(right.strip()) or (foreign and _STARTS.match(english.strip()))
    return bool(begins or foreign) and _strong(right)


_UNREAD = re.compile(r"[\u0370-\u1cff\uac00-\ud7af]{2}")  # Arabic, Hebrew, Cyrillic and others
_FLAW = re.compile(
    r"^(?!no\b|nothing\b|none\b|not\b).+\b(?:though|tho)$|^(?:could|should|might|needs?)\b"
)


_HATES = re.compile(
    r"(?:(?:i|but|just|still|really) )*(?:hate|dislike|detest|loathe|can't stand)\b"
)


def _faults(text: str) -> bool:
    said = to_english(text).strip(" .!?")
    return bool(_FLAW.search(said)) or _HATES.match(said) is not None


def _lauds(text: str) -> bool:
    """Whether the words praise; what stands against them complains, however it is said."""
    return moods.of(to_english(_EDGE.sub("", text))) == "praise"


def _cheers(left: str, right: str) -> bool:
    """ "Oh great, another list": an exclamation and what it is about, unless an order follows."""
    exclaimed = moods.EXCLAIMED.match(to_english(left).strip() + " ")
    alone = exclaimed is not None and not to_english(left).strip()[exclaimed.end() :].strip()
    return alone and moods.of(to_english(right)) not in ("order", "question")


_INFINITIVE = re.compile(r"\bzu [a-zäöü]+e?n\W*$")


_TIME = re.compile(r"(?:just|only)? ?(?:this once|once|for once|this time|for today|today|for now)")


_STILL = re.compile(r"(?:still|yet|not (?:one|a)|no (?:answer|reply|word|single|help))\b")


def _mocks(left: str, right: str) -> bool:
    """ "Bravo, ten years old and still no answer": what follows shows the praise is none."""
    english = to_english(left).strip()
    opening = moods.EXCLAIMED.match(english)
    told = opening is not None and moods.of(english[opening.end() :]) in ("statement", "nothing")
    return told and _STILL.match(to_english(right).strip()) is not None


def _says(text: str) -> bool:
    bare = _EDGE.sub("", text).strip()
    if _COURTESY.fullmatch(bare):
        return False
    return has_cue(bare) or _strong(bare)


def _strong(text: str) -> bool:
    """Whether a fragment does something by itself, and is no mere courtesy or limit in time."""
    english = to_english(text.replace(HOLE, " x ")).strip(" .!?,;:")
    if not english or _COURTESY.fullmatch(moods.bare(english) or english):
        return False
    if moods.of(english) not in ("nothing", "statement"):
        return True
    return kinds.about_me(english) or kinds.corrects(english)


_COURTESY = re.compile(
    r"(?:please|thanks?(?: you)?|always \w+|never \w+|(?:(?:but|only|just|for|so) )*(?:now|today"
    r"|this once|this time"
    r"|once|here|from now on|next time|in future|please)(?:[ ,]+(?:only|please|thanks))*|that's"
    r" all|i think|i guess|you know"
    r"|no|not|yes|no less|nothing (?:more|else|longer|less)|no exceptions|what (?:i|you) \w+)+"
)


def _corrects(right: str) -> bool:
    """ ", not Java" belongs to the replacement before it, ", it was 1969" to the error."""
    return bool(re.match(r"not (?!so\b|too\b|enough\b|good\b)[\w ]{1,30}$", right.strip()))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    edge = _EDGE.match(text[start:end])
    first = start + (edge.end() if edge else 0)
    bare = _TAIL.sub("", text[first:end])
    if not re.search(r"\S", bare):
        bare, first = (
            text[start:end].strip(),
            start + len(text[start:end]) - len(text[start:end].lstrip()),
        )
    return (first, first + len(bare)) if bare and re.search(r"[^\s.,;:!()*-]", bare) else None
