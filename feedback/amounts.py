"""Amounts in words: at least 3, 400 or more, between 5 and 8, twice, fewer than ten.

Knows no noun. "More than 100" moves the bound by one, "at most 100" does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "dozen": 12, "thousand": 1000,
}  # fmt: skip
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
NUMBER = (
    r"(?:(?<![\w.])(?<!\d,)\d{1,3}(?:[.,]\d{3})+(?![\w.,]?\d)"
    r"|(?<![\w.])(?<!\d,)\d{1,6}(?![.,]?\d)(?!\w)"
    rf"|\b(?:(?:{_TENS})[- ](?:one|two|three|four|five|six|seven|eight|nine)"
    r"|(?:a |one |two |three |four |five |six |seven |eight |nine )?(?:hundred|thousand)"
    r"|(?:an? )?(?:single|dozen)|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b)"
)
_LEAST = (
    r"at least|no(?:t)? (?:less|fewer) than|(?:a |the )?minimum(?: number)?(?: of)?|min\.?"
    r"|at (?:a )?minimum|upwards of|≥|>="
)
_OVER = (
    r"(?:more|greater|longer|higher|bigger) than|over|above|in excess of|exceed(?:s|ing)?|beyond|>"
)
_MOST = (
    r"at (?:the )?most|no(?:t)? more than|up to|(?:a |the )?max(?:imum)?\.?(?: number)?(?: of)?"
    r"|within|no longer than|not (?:to )?exceed(?:ing)?|no greater than|≤|<="
    r"|(?:limit|restrict|confine|keep)(?:ed|ing)?(?: [\w']+){0,8}? to(?: just| only)?"
)
_UNDER = r"(?:less|fewer|shorter|lower|smaller) than|under|below|<"
_EXACT = r"exactly|precisely|an? (?:exact|total) of|exact|just|only"
_ABOUT = r"about|around|approximately|approx\.?|roughly|circa|nearly|almost"
_PAIR = r"between|from"
RELATION = rf"(?:{_LEAST}|{_OVER}|{_MOST}|{_UNDER}|{_EXACT}|{_ABOUT}|{_PAIR})"
_POST = r"\s*(?:\+|plus\b|or (?:more|above|higher|greater|less|fewer|under|below))"
AMOUNT = (
    rf"(?:\b(?P<rel>(?:{_MOST}|{_OVER}|{_LEAST}) (?:{_UNDER}|{_MOST})|{RELATION})\s+)?"
    rf"(?P<n>{NUMBER})(?:\s*(?:to|-|–|—|and|~|through)\s*(?P<m>{NUMBER}))?(?P<post>{_POST})?"
)
AFTER = (
    r"(?P<after>,?\s*(?:or (?:more|above|higher|less|fewer|under|below)|at least|at (?:the )?most"
    r"|max(?:imum)?|min(?:imum)?|tops|exactly|in total)\b)?"
)
TIMES = (
    rf"(?:{AMOUNT}\s*(?:times?|occasions|occurrences)\b"
    rf"|(?P<often>(?:\b(?P<rel2>{RELATION})\s+)?\b(?:once|twice|thrice)\b))"
)
_OFTEN = {"once": 1, "twice": 2, "thrice": 3}


@dataclass(frozen=True, slots=True)
class Amount:
    """Bounds, both included; None where there is none.

    `bare`: a number without a relation. `only`: "just two", which fewer may do as well.
    """

    low: int | None = None
    high: int | None = None
    bare: bool = False
    only: bool = False


def value(text: str) -> int:
    """What a matched NUMBER comes to."""
    digits = re.sub(r"\D", "", text)
    if digits:
        return int(digits)
    total = 0
    for word in re.findall(r"[a-z]+", text):
        number = _WORDS.get(word, 1 if word == "single" else 0)
        total = (
            max(1, total) * number if word in ("hundred", "thousand", "dozen") else total + number
        )
    return total


def amount(match: re.Match[str], text: str) -> Amount | None:
    """The amount of a match of AMOUNT or TIMES in a text; None where two relations disagree."""
    groups = match.groupdict()
    often = groups.get("often")
    if often:
        n = _OFTEN[often.split()[-1]]
        return _bounds(groups.get("rel2") or "", n, _denied(text, match.start()))
    n = value(groups["n"])
    rel, other = groups.get("rel") or "", groups.get("m")
    if other:
        m = value(other)
        if re.search(r"\band\b", match.group()) and rel != "between":
            return None
        return Amount(n, m) if n <= m else None
    tail = (groups.get("post") or "") + (groups.get("after") or "")
    if re.search(r"\+|plus|more|above|higher|greater|least|min", tail):
        return Amount(low=n)
    if re.search(r"less|fewer|under|below|most|max|tops", tail):
        return Amount(high=n)
    if "exactly" in tail:
        return Amount(n, n)
    return _bounds(rel, n, _denied(text, match.start()))


def bounds(rel: str, n: str) -> Amount | None:
    """The amount of a relation and a NUMBER that stand beside each other."""
    return _bounds(rel, value(n), False)


def _bounds(rel: str, n: int, denied: bool) -> Amount | None:
    if not rel:
        return Amount(n, n, bare=True)
    double = re.fullmatch(rf"(?:{_MOST}|{_OVER}|{_LEAST}) (?P<last>{_UNDER}|{_MOST})", rel)
    rel = double["last"] if double else rel
    if re.fullmatch(_MOST, rel):
        return Amount(high=n)
    if re.fullmatch(_LEAST, rel):
        return Amount(low=n)
    if re.fullmatch(_OVER, rel):
        return Amount(high=n) if denied else Amount(low=n + 1)
    if re.fullmatch(_UNDER, rel):
        return Amount(low=n) if denied else Amount(high=n - 1)
    if re.fullmatch(_EXACT, rel):
        return Amount(n, n, only=rel in ("just", "only"))
    if re.fullmatch(_ABOUT, rel):
        return Amount(int(0.8 * n), int(1.2 * n))
    return None


def _denied(text: str, start: int) -> bool:
    """ "Not longer than", "don't want anything longer than", "should not be over"."""
    before = text[max(0, start - 45) : start]
    return bool(
        re.search(r"(?:\b(?:not|never|no|nothing|cannot)\b|n't\b)(?:(?! and |[.;:,\n]).)*$", before)
    )
