"""Checks of spelling: British or American, and numbers as digits or as words.

Knows common pairs alone; a word outside them is taken as right.
"""

from __future__ import annotations

import re

from data.checks import kind
from data.checks.kind import Args, CheckKind, Place
from data.checks.units import NUMBER_LINE, without_code

NAMES = {"gb": "British", "us": "American"}
# British, then American; endings are added by the patterns below.
_STEMS = (
    "colour color|flavour flavor|favour favor|honour honor|behaviour behavior|neighbour neighbor"
    "|labour labor|humour humor|rumour rumor|harbour harbor|vapour vapor|favourite favorite"
    "|favourable favorable|colourful colorful|neighbourhood neighborhood|organise organize"
    "|organised organized|organising organizing|organisation organization|realise realize"
    "|realised realized|recognise recognize|recognised recognized|apologise apologize"
    "|analyse analyze|analysed analyzed|summarise summarize|emphasise emphasize|prioritise"
    " prioritize|customise customize|minimise minimize|maximise maximize|optimise optimize"
    "|specialise specialize|criticise criticize|centre center|theatre theater|litre liter"
    "|metre meter|kilometre kilometer|fibre fiber|calibre caliber|travelling traveling|travelled"
    " traveled|traveller traveler|cancelled canceled|cancelling canceling|modelling modeling"
    "|labelled labeled|fuelled fueled|jewellery jewelry|defence defense|offence offense|licence"
    " license|grey gray|programme program|catalogue catalog|dialogue dialog|cosy cozy|plough"
    " plow|tyre tire|sceptical skeptical|aluminium aluminum|moustache mustache|pyjamas pajamas"
    "|ageing aging|enrol enroll|fulfil fulfill|skilful skillful|learnt learned|mould mold"
)
_PAIRS = tuple((b, a) for b, a in (pair.split() for pair in _STEMS.split("|")))
# Words that the other side also has, in another sense or beside its own: never a fault there.
_BOTH = frozenset(
    {"meter", "program", "dialog", "dialogue", "learned", "tire", "license", "catalog"}
)
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = tuple(_SMALL.split())
_TENS = {10 * at: word for at, word in enumerate(_ROUND.split(), start=2)}
_UNIT = {word: value for value, word in enumerate(_ONES)}
_TEN = {word: value for value, word in _TENS.items()}
_TENS_WORD = "|".join(_TEN)
# "One" is a number before a thing that is counted only: "one of them", "this one" say no amount.
NUMBER_WORD = re.compile(
    rf"\b(?:(?:{_TENS_WORD})(?:-(?:{'|'.join(_ONES[1:10])}))?|{'|'.join(_ONES[2:])}|zero"
    r"|one(?= (?:hundred|thousand|million|week|day|year|month|hour|minute|percent|per cent|cup|mile"
    r"|kilomet(?:er|re)|gram|euro|dollar)s?\b))(?: (?:hundred|thousand|million|billion))?\b"
    r"(?!-(?:\w+-)*(?:sided|fold|way)\b)",
    re.I,
)
DIGITS = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w]|[.,]\d)")
_SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


def swap(text: str, code: str) -> str:
    """The text with every known word of the other spelling written in this one, case kept."""
    table = _table(code)
    return _words(code).sub(lambda m: _like(m.group(), table[m.group().casefold()]), text)


def value(words: str) -> int:
    """What number words up to ninety-nine, with or without hundred and the like, come to."""
    head, _, scale = words.casefold().partition(" ")
    ten, _, one = head.partition("-")
    amount = _TEN.get(ten, 0) + _UNIT.get(one, 0) if ten in _TEN else _UNIT[head]
    return amount * _SCALE.get(scale, 1)


def spelled(amount: int) -> str:
    """A whole number from 0 to 99 in words."""
    if amount < len(_ONES):
        return _ONES[amount]
    ten, one = 10 * (amount // 10), amount % 10
    return f"{_TENS[ten]}-{_ONES[one]}" if one else _TENS[ten]


def number_words(text: str) -> tuple[Place, ...]:
    """The place of each number that is written in words."""
    return tuple(m.span() for m in NUMBER_WORD.finditer(without_code(text)))


def small_digits(text: str) -> tuple[Place, ...]:
    """The place of each whole number under 100 in digits; numbers of a list do not count."""
    plain = NUMBER_LINE.sub(lambda m: " " * len(m.group()), without_code(text))
    return tuple(m.span() for m in DIGITS.finditer(plain) if m.group().isdecimal()
                 and int(m.group()) < 100)  # fmt: skip


def _table(code: str) -> dict[str, str]:
    pairs = _PAIRS if code == "us" else tuple((a, b) for b, a in _PAIRS)
    table: dict[str, str] = {}
    for wrong, right in pairs:
        if wrong not in _BOTH:
            table |= {wrong + end: right + end for end in ("", "s", "d", "ed", "ing", "ly")}
    return table


_PATTERNS = {
    code: re.compile(
        r"\b(?:" + "|".join(sorted(map(re.escape, _table(code)), key=len, reverse=True)) + r")\b",
        re.I,
    )
    for code in NAMES
}


def _words(code: str) -> re.Pattern[str]:
    """The words that are wrong in this spelling; none for a spelling that is not known."""
    return _PATTERNS.get(code, re.compile(r"(?!)"))


def _like(old: str, new: str) -> str:
    if old.isupper():
        return new.upper()
    return new.capitalize() if old[:1].isupper() else new


def _misspelled(args: Args, text: str) -> tuple[Place, ...]:
    return tuple(m.span() for m in _words(kind.words(args, "code")).finditer(text))


def _name(args: Args) -> str:
    code = kind.words(args, "code")
    return NAMES.get(code, code)


KINDS = (
    CheckKind(
        "spelling",
        "words",
        ("code",),
        lambda a, t, _: not _misspelled(a, t),
        lambda a: f"use {_name(a)} spelling",
        lambda a: f"do not use {_name(a)} spelling",
        _misspelled,
    ),
    CheckKind(
        "numbers_as_digits",
        "words",
        (),
        lambda _a, t, _b: not number_words(t),
        lambda _: "write numbers as digits",
        lambda _: "do not write every number as digits",
        lambda _a, t: number_words(t),
    ),
    CheckKind(
        "numbers_as_words",
        "words",
        (),
        lambda _a, t, _b: not small_digits(t),
        lambda _: "write numbers under 100 as words",
        lambda _: "do not write numbers as words",
        lambda _a, t: small_digits(t),
    ),
)
