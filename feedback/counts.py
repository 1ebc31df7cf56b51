"""Constraints that count: words, sentences, paragraphs, bullets, highlights, capital words.

An amount without a relation ("a 500-word story") bounds nothing unless the noun is a list's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from data.types import Check
from feedback.amounts import AFTER, AMOUNT, NUMBER, RELATION, TIMES, Amount, amount, bounds
from feedback.findings import check
from feedback.stated import QUOTED, Constraint, Stated, negated, sentence_of

_EACH = re.compile(
    r"\b(?:each|every|per|any)\b(?! (?:paragraph|section)s? (?:separated|should be separated))"
    r"[^.,;\n]{0,30}$"
)
_CAPITAL = (
    r"(?:all[- ]|fully |entirely |only )?(?:capital(?:i[sz]ed)?(?: letters?)?|caps|capitals"
    r"|upper[- ]?case(?:d)?(?: letters?)?|all-caps)"
)
_BIG_FIRST = re.compile(
    rf"{AMOUNT}\s+(?:\w+ )?(?:words?|phrases?|words? or phrases?|words? and phrases?)"
    rf" (?:\w+ ){{0,4}}?(?:in|with|using|of|being|are|be|that are|fully)? ?{_CAPITAL}\b"
    rf"|(?:{AMOUNT.replace('P<', 'P<b_')})\s+{_CAPITAL} (?:words?|phrases?)\b"
)
_BIG_LAST = re.compile(
    rf"\b(?:words? (?:\w+ ){{0,2}}?(?:in|with|using|of) {_CAPITAL}|(?:all[- ])?{_CAPITAL} words?)\b"
    rf"[^.;\n]{{0,60}}?\b{TIMES}"
)
_BIG_LIMIT = re.compile(
    rf"\bnumber of (?:words? (?:\w+ ){{0,2}}?(?:in|with|using|of) {_CAPITAL}|{_CAPITAL} words?)\b"
    rf"[^.;\n]{{0,30}}?{AMOUNT}"
)
_BIG_BUT = re.compile(
    rf"\b(?:words?|phrases?) (?:\w+ ){{0,2}}?(?:in|with|using) {_CAPITAL}\b[^.;\n]{{0,40}}?"
    rf"\b(?={RELATION}\s){AMOUNT}(?=\s*(?:[.;,)\n]|$|of them|in total))"
)
_BIG_MAKE = re.compile(
    rf"\b(?:capitali[sz]e|{_CAPITAL} (?:for|on|in))\s+{AMOUNT} (?:\w+ )?(?:words?|phrases?)\b"
)
_BIG_SOME = re.compile(
    rf"\b(?:us(?:e|ing)|includ\w+|have|write|add) (?:some |a few |several )?words? (?:in"
    rf"|with) {_CAPITAL}\b"
)
_WORDS = re.compile(
    rf"{AMOUNT}(?:\s+|-)(?:(?:total|english|individual) )?words?\b{AFTER}"
    r"(?! (?:limit|long)?(?: \w+){0,2} ?(?:in|with) (?:all )?(?:capital|caps|upper))"
)
_WORD_COUNT = re.compile(
    rf"\b(?:word (?:count|limit)|number of words)\b[^.;\n\d]{{0,40}}?{AMOUNT}(?!"
    rf" ?(?:sentence|para))"
)
_SENTENCE_WORDS = re.compile(
    rf"\b(?P<mean>average )?(?:each |every )?sentences?\b(?:"
    rf" length)?[^.;,\n]{{0,25}}?(?={RELATION})"
    rf"{AMOUNT} words?\b{AFTER}"
)
_GRADE = re.compile(
    r"\b(?P<a>\d{1,2})(?:st|nd|rd|th)[- ]grade(?:rs?)?\b(?: (?:reading )?level)?"
    r"|\b(?:reading level|grade level)[^.;,\n\d]{0,20}?(?P<b>\d{1,2})\b"
)
_EASE = re.compile(rf"\breading ease\b(?: score)?[^.;,\n\d]{{0,15}}?(?={RELATION}){AMOUNT}")
_SENTENCES = re.compile(rf"{AMOUNT}(?:\s+|-)(?:\w+ )?sentences?\b{AFTER}")
_SENTENCE_COUNT = re.compile(rf"\bnumber of sentences\b[^.;\n\d]{{0,40}}?{AMOUNT}")
_PARAGRAPHS = re.compile(
    rf"{AMOUNT}(?:\s+|-)(?:\w+ )?(?P<noun>paragraphs?|parts|sections|stanzas|verses)\b{AFTER}"
)
_BULLETS = re.compile(
    rf"{AMOUNT}(?:\s+|-)(?:\w+ )?(?:bullet(?:ed|s)?(?:[ -]?(?:points?|items?|lists?))?|dot points?)"
    rf"(?: points?)?\b{AFTER}"
)
_BULLET_LIST = re.compile(
    rf"{AMOUNT} (?:\w+ ){{0,3}}?(?:points|items|things)\b[^.;\n]{{0,30}}?\b(?:in|as|with|using)"
    r" (?:markdown )?bullet"
)
_BULLETS_OF = re.compile(
    rf"\bbullet(?:ed)?(?:[- ]points?)?[- ]lists? (?:of|with|containing|that has|having) {AMOUNT}"
)
_PLACEHOLDERS = re.compile(
    rf"{AMOUNT}(?:\s+|-)(?:\w+ ){{0,2}}?(?:placeholders?|place holders?)\b{AFTER}"
)
_SOME_PLACEHOLDERS = re.compile(
    r"\b(?:includ\w+|contain\w*|us(?:e|es|ing)|have|with|leave|add) (?:\w+ ){0,2}?placeholders?\b"
)
_PART = (
    r"(?:text )?(?:sections?|parts?|words?|phrases?|pieces?|key ?words?|sentences?|places?|areas?"
    r"|portions?|points?|items?|spots?|passages?|texts?)"
)
_SHINE = r"(?:highlight\w*|itali[cs]\w*|itali[sz]\w+|emphasi[sz]\w*|bold\w*)"
_SHINES = (
    # Highlight at least 3 sections; italicize 5 keywords; use * to highlight at least 2 sections.
    re.compile(rf"\b{_SHINE}\b[^.;\n]{{0,45}}?{AMOUNT}\s+(?:\w+ ){{0,3}}?{_PART}\b{AFTER}"),
    # At least 15 sections should be highlighted; 3 highlighted sections; 3 italic text sections.
    re.compile(rf"{AMOUNT}\s+(?:\w+ ){{0,2}}?{_SHINE}\s+(?:\w+ )?{_PART}\b{AFTER}"),
    re.compile(
        rf"{AMOUNT}\s+(?:\w+ ){{0,2}}?{_PART}(?: (?:in|of) (?:your|the) \w+)?"
        rf" (?:should|must|to|be|are|is|in|with|using)(?: \w+){{0,3}}? {_SHINE}\b"
    ),
    re.compile(rf"\b{_SHINE}\b[^.;\n]{{0,40}}?\b{TIMES}"),
)
_SHINES_ONE = re.compile(
    rf"\b{_SHINE}\b[^.;\n]{{0,60}}?(?:\*[^*\n]{{1,60}}\*|\bwith \*|by wrapping it|asterisk)"
)
_SEPARATED = re.compile(
    r"\b(?:separat\w+|divid\w+|split)\b[^.;\n]{0,60}?(?:(?<!\*)\*\*\*(?!\*)|divider|new"
    r" ?lines?|line breaks?"
    r"|blank lines?|empty lines?|(?:three|3) (?:asterisks?|stars))|\\n\\n"
    r"|(?<!\*)\*\*\*(?!\*)[^.;\n]{0,20}separat"
    rf"|{QUOTED}[^.;\n]{{0,20}}separator"
)
_DIVIDERS = re.compile(r"^[ \t]*\*\*\*[ \t]*$", re.M)
_SIGNS = re.compile(
    rf"{AMOUNT}\s+(?P<sign>exclamation (?:marks?|points?)|question marks?|commas|semicolons"
    rf"|hashtags?)\b{AFTER}"
)


def find(text: Stated) -> Iterator[Constraint]:
    """Every amount that the text states; capital words before words, since they hold that noun."""
    said = text.text
    big = list(_capitals(said))
    yield from big
    taken = [(one.start, one.end) for one in big]
    shine = list(_highlights(said))
    yield from shine
    taken += [(one.start, one.end) for one in shine]
    yield from _length(said, taken)
    yield from _reading(said)
    yield from _bullets(said)
    yield from _placeholders(said)
    for match in _SIGNS.finditer(said):
        sign = {"e": "!", "q": "?", "c": ",", "s": ";", "h": "#"}[match["sign"][0]]
        yield from _least_and_most("letter_times", match, said, word=sign)


def _span(check_: Check, match: re.Match[str]) -> Constraint:
    return Constraint(check_, match.start(), match.end())


def _least_and_most(
    name: str, match: re.Match[str], said: str, word: str = ""
) -> Iterator[Constraint]:
    """An amount as a check that counts up to a least, and the same one negated for a most."""
    found = amount(match, said)
    if found is None:
        return
    if found.low is not None and found.low > 0:
        yield _span(_counted(name, word, found.low), match)
    if found.high is not None and not found.bare:
        yield _span(replace(_counted(name, word, found.high + 1), negate=True), match)


def _counted(name: str, word: str, least: int) -> Check:
    return check(name, word=word, min=least) if word else check(name, min=least)


def _capitals(said: str) -> Iterator[Constraint]:
    last = [m for p in (_BIG_LIMIT, _BIG_LAST, _BIG_BUT, _BIG_MAKE) for m in p.finditer(said)]
    for match in last:
        yield from _least_and_most("capital_words", match, said)
    some = _BIG_SOME.search(said)
    if some and last and not negated(said, some.start()):
        yield _span(check("capital_words", min=1), some)
    for match in _BIG_FIRST.finditer(said):
        groups = match.groupdict()
        if groups["n"] is None:
            inner = re.search(AMOUNT, match.group())
            if inner is None:
                continue
            found = amount(inner, match.group())
        else:
            found = amount(match, said)
        if found is None or any(m.start() < match.end() and match.start() < m.end() for m in last):
            continue
        if found.low:
            yield _span(check("capital_words", min=found.low), match)
        if found.high is not None and not found.bare:
            yield _span(check("capital_words", negate=True, min=found.high + 1), match)


def _highlights(said: str) -> Iterator[Constraint]:
    done: list[tuple[int, int]] = []
    for pattern in _SHINES:
        for match in pattern.finditer(said):
            if any(a < match.end() and match.start() < b for a, b in done):
                continue
            if re.search(r"\bplaceholders?\b|\bbullet", match.group()):
                continue
            found = amount(match, said)
            if found is None or found.low is None or negated(said, match.start()):
                continue
            done.append(match.span())
            yield _span(check("highlights", min=found.low), match)
    one = _SHINES_ONE.search(said)
    if one and not done and not negated(said, one.start()):
        yield _span(check("highlights", min=1), one)


def _length(said: str, taken: list[tuple[int, int]]) -> Iterator[Constraint]:
    for patterns, name in (
        ((_WORDS, _WORD_COUNT), "words"),
        ((_SENTENCES, _SENTENCE_COUNT), "sentences"),
    ):
        low = high = False
        for match, both in _double(said, name):
            made = _between(name, both)
            if made is not None:
                low = high = True
                yield _span(made, match)
        for match in sorted(
            (m for p in patterns for m in p.finditer(said)), key=lambda m: m.start()
        ):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            found = amount(match, said)
            if found is None or found.bare or _inner(said, match, name):
                continue
            # What follows in brackets says the same again: "less than 3 sentences (1 or 2)".
            if (found.low is not None and low) or (found.high is not None and high):
                continue
            low, high = low or found.low is not None, high or found.high is not None
            made = _between(name, found)
            if made is not None:
                yield _span(made, match)
    yield from _paragraphs(said)


def _reading(said: str) -> Iterator[Constraint]:
    for match in _SENTENCE_WORDS.finditer(said):
        found = amount(match, said)
        if found is not None and found.high:
            name = "mean_sentence_words" if match["mean"] else "max_sentence_words"
            yield _span(check(name, n=found.high), match)
    level = _GRADE.search(said)
    if level and re.search(r"\b(?:level|reading|readable)\b", said):
        yield _span(check("grade", max=int(level["a"] or level["b"])), level)
    ease = _EASE.search(said)
    found = amount(ease, said) if ease else None
    if ease and found and found.low:
        yield _span(check("reading_ease", min=found.low), ease)


def _double(said: str, noun: str) -> Iterator[tuple[re.Match[str], Amount]]:
    """ "More than 3 but less than 9 sentences": two bounds with one noun."""
    plural = rf"{noun[:-1]}s?\b"
    link = r",?\s+(?:but|and|yet)\s+(?:also |is |be |with |has |have |contains? )*"
    both = (
        rf"\b(?P<r1>{RELATION})\s+(?P<n1>{NUMBER})(?P<w1>[\s-]+{plural})?{link}"
        rf"(?P<r2>{RELATION})\s+(?P<n2>{NUMBER})(?P<w2>[\s-]+{plural})?"
    )
    for match in re.finditer(both, said):
        first, second = bounds(match["r1"], match["n1"]), bounds(match["r2"], match["n2"])
        if (match["w1"] or match["w2"]) and first and second:
            if not match["w2"] and re.match(
                r"\s*(?:words?|sentences?|paragraphs?|bullets?|times)\b", said[match.end() :]
            ):
                continue
            low = first.low if first.low is not None else second.low
            high = first.high if first.high is not None else second.high
            if low is not None and high is not None and low <= high:
                yield match, Amount(low, high)


def _inner(said: str, match: re.Match[str], name: str) -> bool:
    """Whether the amount is of a part of the text: each sentence, the title, a bullet."""
    if _EACH.search(said[: match.start()]) or re.search(
        r"\bsentences?\b[^.;,\n]{0,25}$", said[: match.start()] if name == "words" else ""
    ):
        return True
    after = said[match.end() : match.end() + 40]
    if re.match(
        r"\s*(?:ending|starting|beginning|containing|followed|that|which|separated)\b", after
    ):
        return True
    if re.match(
        r"\s*(?:each|per\b|in (?:each|every|the (?:title|first|last|second))|every )", after
    ):
        return True
    if re.match(r"\s*(?:or phrases? )?(?:in|with) (?:all )?(?:capital|caps|upper)", after):
        return True
    if name == "words" and re.match(
        r"\s*(?:that|which|starting|beginning|ending|from|of|related|like|such as|describing"
        r"|meaning|to)\b",
        after,
    ):
        return True
    start, _ = sentence_of(said, match.start())
    lead = said[start : match.start()]
    return bool(
        re.search(
            r"\b(?:each|every) (?:sentence|paragraph|line|bullet|section|verse|point|item|word)\b"
            r"(?![^.]*separat)",
            lead,
        )
    )


def _between(noun: str, found: Amount) -> Check | None:
    low, high = found.low, found.high
    if found.only:
        low = None
    if low is not None and high is not None:
        return check(f"{noun}_between", low=low, high=high)
    if high is not None:
        return check(f"max_{noun}", n=high) if high > 0 else None
    return check(f"min_{noun}", n=low) if low else None


def _paragraphs(said: str) -> Iterator[Constraint]:
    apart = _SEPARATED.search(said)
    drawn = len(_DIVIDERS.findall(said))
    for match in _PARAGRAPHS.finditer(said):
        found = amount(match, said)
        paragraphs = match["noun"].startswith("paragraph")
        if found is None or _EACH.search(said[: match.start()]) or (not paragraphs and not apart):
            continue
        near = apart is not None and abs(apart.start() - match.end()) < 200
        if found.bare and not near:
            continue
        if not paragraphs and not (near and "***" in said):
            continue
        made = _between("paragraphs", found)
        if made is not None:
            yield _span(made, match)
            return
    if apart and not drawn and "***" in apart.group():
        before = said[max(0, apart.start() - 80) : apart.start()]
        counted = [*re.finditer(rf"{AMOUNT} (?:\w+ ){{0,2}}?[a-z]{{3,}}s\b", before)]
        found = amount(counted[-1], before) if counted else None
        made = _between("paragraphs", found) if found else None
        if made is not None:
            yield _span(made, apart)
    if apart and drawn:
        yield Constraint(
            check("paragraphs_between", low=drawn + 1, high=drawn + 1), apart.start(), apart.end()
        )


def _bullets(said: str) -> Iterator[Constraint]:
    for match in (
        *_BULLETS.finditer(said),
        *_BULLET_LIST.finditer(said),
        *_BULLETS_OF.finditer(said),
    ):
        found = amount(match, said)
        if found is None or _EACH.search(said[: match.start()]) or negated(said, match.start()):
            continue
        if re.search(r"\bfollowed by\s*$", said[: match.start()]):
            continue
        if found.low is not None and found.low == found.high:
            yield _span(check("bullet_count", n=found.low), match)
            return
        if found.low:
            yield _span(check("bullets", min=found.low), match)
        if found.high is not None:
            yield _span(check("bullets", negate=True, min=found.high + 1), match)
        return


def _placeholders(said: str) -> Iterator[Constraint]:
    for match in _PLACEHOLDERS.finditer(said):
        found = list(_least_and_most("placeholders", match, said))
        if found:
            yield from found
            return
    some = _SOME_PLACEHOLDERS.search(said)
    if some and re.search(r"\[\w|square bracket", said):
        forbidden = negated(said, some.start() + 1)
        yield _span(check("placeholders", negate=forbidden, min=1), some)
