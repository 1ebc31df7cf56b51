"""Constraints that name words: to use, to leave out, so and so often; and single letters.

Takes quoted words, or plain ones in a list; "the word limit" and "word for word" name none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback.amounts import AMOUNT, TIMES, amount
from feedback.cues import HOLE
from feedback.findings import check
from feedback.stated import QUOTED, Constraint, Stated, negated

_NOUN = r"(?:key ?words?|key[- ]?phrases?|words?|phrases?|terms?|keys|names?|expressions?)\b"
_STOP = (
    "a|an|and|any|are|as|at|be|because|before|both|but|by|can|characters|count|do|each|every|"
    "exactly|for|from|how|i|if|in|instead|into|is|it|its|least|less|like|limit|may|more|must|no|"
    "not|of|on|once|only|or|per|phrase|phrases|please|should|so|such|than|that|the|their|them|then|"
    "there|these|they|this|those|throughout|times|to|twice|use|using|when|where|which|while|will|"
    "with|within|without|word|words|would|you|your|choice|usage|length|lengths|long|order|used|"
    "appear|appears|related|anywhere|somewhere|have|has|include|includes|make|also|all|other"
)
_BARE = rf"(?!(?:{_STOP})\b)[^\W_][\w'’+-]*"
_ITEM = rf"(?:{QUOTED}|{_BARE})"
_ITEM_TWO = rf"(?:{QUOTED}|{_BARE}(?: {_BARE})?)"
_JOIN = re.compile(
    r"\s*(?:,\s*(?:and |or |nor |& ?)?|;\s*|/\s*|\s(?:and|or|nor|&)\s+(?:the (?:words?"
    r"|phrases?) )?|(?<=\ufffc)\s+(?=\ufffc)|\s*\n\s*[-*•]\s*)"
)
_OPEN = (
    r"\s*(?:like|such as|as follows|namely)?\s*(?:of|are|is)?\s*:?\s*[\[(]?\s*(?:\n\s*[-*•]\s*)?"
)
_USES = (
    r"(?:includ\w+|contain\w*|us(?:e|es|ed|ing)|utili[sz]\w+|has|have|having|with|mention\w*"
    r"|incorporat\w+|add\w*|featur\w+|insert\w*|employ\w*|appear of|say|repeat)"
)
_WANT = re.compile(
    rf"\b{_USES}\s+(?:all |both |each )?(?:of )?(?:the |these |this |a )?(?:following |exact"
    rf" |given "
    rf"|two |three |four |five |specific )?(?P<noun>{_NOUN}){_OPEN}(?={_ITEM})"
)
_APPEAR = re.compile(
    rf"\b(?:the )?(?:following )?(?P<noun>{_NOUN})\s+(?P<w>{_ITEM}(?:(?:, | and | or |, and "
    rf"|, or ){_ITEM}){{0,5}})"
    r"\s*,?\s*(?:(?P<not>(?:should|must|may|can|do|does|are|is)(?: not|n't)|cannot|can't|never)"
    r"|(?:should|must|has to|have to|needs? to|shall|is|are)?)"
    r"\s*(?:to )?(?:be )?(?:appear\w*|present|used|includ\w+|mentioned|show up|found|shown"
    r"|in (?:your|the) (?:\w+ )?(?:response|answer|reply|text|essay|story|poem|output|letter))"
    r"(?P<ban> (?:forbidden|not allowed|prohibited|banned))?"
)
_BANNED = re.compile(
    rf"\b(?:the )?(?P<noun>{_NOUN})\s+(?P<w>{_ITEM}(?:(?:, | and | or |, and |, or"
    rf" ){_ITEM}){{0,5}})"
    r"\s+(?:is|are) (?:forbidden|not allowed|not permitted|prohibited|banned|off[- ]limits)"
)
_NO = (
    r"(?:do(?:es)? not|don't|dont|doesn't|not|never|without|avoid|refrain from|shouldn't|mustn't"
    r"|cannot|can't|can not|stop|no)"
)
_LEAVE = re.compile(
    rf"\b(?:{_NO}(?:(?! and | but )[^.;:\n,?!]){{0,40}}?\b{_USES}|(?:avoid|exclude|omit|skip"
    rf"|ban|without|drop|no|never"
    r"|leave out|stay away from)"
    r"(?: (?:using|saying|mentioning|including|the use of|writing|use of|any use of))?)"
    r"\s+(?:any of )?(?:the |these |those |this |any )?(?:following |exact |specific |two |three )?"
    rf"(?P<noun>{_NOUN}){_OPEN}(?={_ITEM})"
)
_LEAVE_QUOTED = re.compile(
    rf"\b{_NO}\s+(?:ever )?(?:includ\w+|us(?:e|ing)|mention\w*|say(?:ing)?|contain\w*"
    rf"|writ(?:e|ing))"
    rf"\s+(?:the )?(?={HOLE})"
)
_LEAVE_BARE = re.compile(
    rf"\b{_NO}\s+(?:mention|say|mentioning|saying)\s+(?P<list>{_BARE}(?:(?:, | and | or |,"
    rf" and |, or )"
    rf"{_BARE}){{1,5}})(?= (?:in|throughout|anywhere|at all)\b|[.!]|$)"
)
_OFTEN = re.compile(
    rf"\b(?P<noun>{_NOUN})\s*(?:of )?(?P<w>{QUOTED}|{_BARE})(?P<mid>(?:[\s,]+(?!and\b|but\b"
    rf"|word\b|letter\b)"
    rf"[\w'{HOLE}]+){{0,9}}?)[\s,]*{TIMES}"
)
_OFTEN_FIRST = re.compile(
    rf"{TIMES}(?:(?! and )[^.,;\n]){{0,25}}?\b(?:the )?(?P<noun>{_NOUN})\s+(?P<w>{QUOTED}|{_BARE})"
)
_QUOTED_OFTEN = re.compile(
    rf"\b{_USES}\s+(?:the )?(?P<w>{QUOTED})(?P<mid>(?:\s+(?!and\b|but\b)[\w']+){{0,4}}?)\s+{TIMES}"
)
_SAY_OFTEN = re.compile(
    rf"\b(?:say|mention|use|include|write|repeat|has|contain)\s+(?:the )?(?P<w>{_BARE})\s+{TIMES}"
)
_APPEARS_OFTEN = re.compile(
    rf"(?P<w>{QUOTED})\s+(?:(?:should|must|has to|needs to|can|may) )?(?:\w+ )?(?:appear\w*"
    rf"|occur\w*|be (?:used|"
    rf"mentioned|included|repeated|written))(?: \w+){{0,4}}? {TIMES}"
)
# What the reply did is told, not ordered: "you used the word so five times".
_TOLD = re.compile(
    r"\b(?:you|it|the reply|the answer)(?:'ve| have| has)? (?:already |just )?(?:said|used"
    r"|repeated|wrote|written"
    r"|mentioned|say|use|repeat|included|uses|says|repeats|keep \w+ing)\b[^.;\n]{0,40}$"
)
_LETTER = re.compile(
    rf"\b(?P<noun>letters?|characters?|symbols?|signs?|hashtags?)\s+(?:of )?(?P<w>{QUOTED}"
    rf"|[^\W\d_](?!\w)|[#!?&@%$])"
    rf"(?P<mid>(?:[\s,]+(?!and\b|but\b)[\w']+){{0,9}}?)[\s,]*{TIMES}"
)
_LETTER_FIRST = re.compile(rf"{TIMES}[^.;\n]{{0,25}}?\bthe letter (?P<w>{QUOTED}|[^\W\d_](?!\w))")
_LETTERS_OF = re.compile(
    rf"{AMOUNT} (?:of |instances of |occurrences of )?(?:the )?letters? (?P<w>{QUOTED}"
    rf"|[^\W\d_](?!\w))"
)
_ELSEWHERE = re.compile(
    r"\s*,?\s*(?:in|as|at) (?:the )?(?:\d+|first|second|third|last|end|start|beginning|\w+th)[\w-]*"
    r"(?: \w+)? (?:sentence|word|paragraph|line|position|section|bullet)"
)
_EDGE = re.compile(r"\b(?:start|begin|open|end|finish|conclud|clos)(?:e|s|es|ing)?\b[^.;\n]{0,50}$")
_NAMED_THING = re.compile(rf"\b(?:named?|called) (?P<w>{QUOTED})")
_ITS_NAME = re.compile(
    rf"\bthe (?:name of (?:the|my|our) \w+|(?:company|product|brand|person)(?:'s)?"
    rf" name)\b[\s,]*{TIMES}"
)


@dataclass(frozen=True, slots=True)
class _List:
    words: tuple[str, ...]
    start: int
    end: int


def find(text: Stated) -> Iterator[Constraint]:
    """Every word and letter that the text wants, bans or counts; counted ones are read first."""
    taken: list[tuple[int, int]] = []
    for found in (*_letters(text), *_often(text)):
        taken.append((found.start, found.end))
        yield found
    left = _without(text, taken)
    banned = list(_left_out(left))
    yield from banned
    for one in banned:
        left = _without(left, [(one.start, one.end)])
    yield from _wanted(left)


def _without(text: Stated, places: list[tuple[int, int]]) -> Stated:
    said = text.text
    for start, end in places:
        said = said[:start] + "." * (end - start) + said[end:]
    return Stated(said, text.plain)


def _list(text: Stated, place: int, *, two: bool) -> _List | None:
    """The words of a list from here on. A list of quoted words ends where no quotation follows."""
    item = re.compile(_ITEM_TWO if two else _ITEM)
    words: list[str] = []
    first = item.match(text.text, place)
    match = first
    end = place
    while match is not None:
        words.append(text.typed(*match.span()).rstrip(".,;:!?") or text.typed(*match.span()))
        end = match.end()
        join = _JOIN.match(text.text, end)
        if join is None:
            break
        match = item.match(text.text, join.end())
        if match is not None and first is not None:
            both = match.group().startswith(HOLE) == first.group().startswith(HOLE)
            match = match if both else None
    return _List(tuple(words), place, end) if words else None


def _ends_well(text: Stated, found: _List, noun: str) -> bool:
    """Whether plain words are a list of names: more than one, or nothing but a close follows."""
    if text.text[found.start] == HOLE or len(found.words) > 1:
        return True
    rest = text.text[found.end :]
    plural = noun.endswith("s")
    return not plural and bool(
        re.match(
            r"\s*(?:$|[.!?,;)\n]|(?:in|at|throughout|anywhere|somewhere|and|but|to|when|more)\b)",
            rest,
        )
    )


def _often(text: Stated) -> Iterator[Constraint]:
    done: list[tuple[int, int]] = []
    for pattern in (_OFTEN, _QUOTED_OFTEN, _APPEARS_OFTEN, _OFTEN_FIRST, _SAY_OFTEN):
        for match in pattern.finditer(text.text):
            if any(a < match.end() and match.start() < b for a, b in done):
                continue
            word = text.typed(*match.span("w")).rstrip(".,;:!?")
            if not word or _TOLD.search(text.text[: match.start("w")]):
                continue
            made = list(_times("word", word, match, text))
            if made:
                done.append(match.span())
                yield from made
    for match in _ITS_NAME.finditer(text.text):
        named = _NAMED_THING.search(text.text)
        if named:
            yield from _times("word", text.typed(*named.span("w")), match, text)


def _times(unit: str, word: str, match: re.Match[str], text: Stated) -> Iterator[Constraint]:
    found = amount(match, text.text)
    if found is None:
        return
    place = match.span()
    low, high = found.low, found.high
    if found.bare and (low or 0) > 1:
        high = None
    if unit == "word" and low is not None and low == high:
        exact = check("word_exactly", word=word, n=low)
        yield Constraint(exact, *place)
        return
    if low:
        yield Constraint(check(f"{unit}_times", word=word, min=low), *place)
    if high is not None and not found.bare:
        negate = check(f"{unit}_times", negate=True, word=word, min=high + 1)
        yield Constraint(negate, *place)


def _letters(text: Stated) -> Iterator[Constraint]:
    for pattern in (_LETTER, _LETTER_FIRST, _LETTERS_OF):
        for match in pattern.finditer(text.text):
            sign = text.typed(*match.span("w"))
            if match.groupdict().get("noun", "").startswith("hashtag"):
                sign = "#"
            if len(sign) == 1:
                yield from _times("letter", sign.lower(), match, text)


def _left_out(text: Stated) -> Iterator[Constraint]:
    for match in _LEAVE.finditer(text.text):
        found = _list(text, match.end(), two=":" in match.group())
        if found and (_ends_well(text, found, match["noun"])):
            yield from _each("forbids", found, match.start())
    for match in (*_BANNED.finditer(text.text), *_APPEAR.finditer(text.text)):
        groups = match.groupdict()
        if groups.get("not") or groups.get("ban") or match.re is _BANNED:
            found = _list(text, match.start("w"), two=False)
            if found:
                yield from _each("forbids", found, match.start())
    for match in _LEAVE_QUOTED.finditer(text.text):
        found = _list(text, match.end(), two=False)
        if found:
            yield from _each("forbids", found, match.start())
    for match in _LEAVE_BARE.finditer(text.text):
        found = _list(text, match.start("list"), two=False)
        if found:
            yield from _each("forbids", found, match.start())


def _wanted(text: Stated) -> Iterator[Constraint]:
    for match in _WANT.finditer(text.text):
        found = _list(text, match.end(), two=":" in match.group())
        if found is None or not _ends_well(text, found, match["noun"]):
            continue
        if match["noun"].startswith("name") or negated(text.text, match.start()):
            continue
        if match.group().startswith("with") and _EDGE.search(text.text[: match.start()]):
            continue
        if _ELSEWHERE.match(text.text, found.end):  # where it must stand: no check knows that
            continue
        yield from _each("contains", found, match.start())
    for match in _APPEAR.finditer(text.text):
        found = _list(text, match.start("w"), two=False)
        fine = found and not (match["not"] or match["ban"]) and not match["noun"].startswith("name")
        if (
            found
            and fine
            and not _ELSEWHERE.match(text.text, match.end())
            and not negated(text.text, match.start())
        ):
            yield from _each("contains", found, match.start())


def _each(name: str, found: _List, start: int) -> Iterator[Constraint]:
    for word in dict.fromkeys(found.words):
        if word.strip():
            yield Constraint(check(name, word=word), start, found.end)
