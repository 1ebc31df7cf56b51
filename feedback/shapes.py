"""Constraints of shape: letter case, commas, quotation marks, JSON, titles, postscripts, language.

Reads the words of an order; the request to repeat a request takes its text from around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.checks.language import NAMES
from data.checks.parts import joined
from data.types import Check
from feedback.amounts import AMOUNT, amount
from feedback.findings import check
from feedback.stated import QUOTED, Constraint, Stated, negated, sentence_of

_LANGUAGES = {name.lower(): code for code, name in NAMES.items()} | {
    "farsi": "fa",
    "mandarin": "zh",
    "castilian": "es",
    "kiswahili": "sw",
}
_L = "|".join(sorted(_LANGUAGES, key=len, reverse=True))
_NOT_A_TONGUE = (
    r"(?!(?: |-)(?:literature|class|teacher|course|department|history|style|accent|cuisine|food"
    r"|culture|people|breakfast|speaking|school|exam|test|grammar|translation))"
)
_ONLY = r"(?:only|entirely|completely|exclusively|solely|wholly|fully|just|100 ?%)"
_REPLY = (
    r"(?:response|answer|reply|output|entire text|whole text|everything|letter|essay|poem|story"
    r"|song|word in your \w+|it)"
)
_TONGUE = (
    re.compile(
        rf"\b{_ONLY}\s+(?:\w+\s+){{0,2}}?(?:in\s+|the\s+|using\s+)*(?P<l>{_L})\b{_NOT_A_TONGUE}"
    ),
    re.compile(rf"\b(?:in|using|use|into) {_ONLY} (?:the )?(?P<l>{_L})\b{_NOT_A_TONGUE}"),
    re.compile(
        rf"\b(?:in|using|use|into|the) (?:the )?(?P<l>{_L})(?: language)?,? (?:only|(?:and "
        rf"|with )?no other (?:language|tongue))"
    ),
    re.compile(rf"\b(?P<l>{_L}) language\b(?=[^.\n]{{0,20}}\b(?:only|no other|allowed))"),
    re.compile(
        rf"\bno (?:other )?languages? (?:other than|except|but|besides)(?: for)? (?P<l>{_L})\b"
    ),
    re.compile(
        rf"\b{_REPLY}\b[^.\n,;]{{0,25}}? (?:is |be |are |written |given )?in (?:the"
        rf" )?(?P<l>{_L})\b{_NOT_A_TONGUE}"
    ),
    re.compile(
        rf"\b(?:respond|reply|answer|speak|write back)(?: to me| me)?(?: \w+)? in (?:the"
        rf" )?(?P<l>{_L})\b{_NOT_A_TONGUE}"
    ),
    re.compile(rf"\bnothing (?:but|else than|except) (?P<l>{_L})\b{_NOT_A_TONGUE}"),
    re.compile(rf"\b(?:be|is|are) in (?:the )?(?P<l>{_L})\b{_NOT_A_TONGUE}"),
)
# Of which only a part is meant: every fifth word, the title, one paragraph.
_PARTLY = re.compile(
    r"\b(?:every|each) (?:\d+\w*|other|second|third|fourth|fifth) |\b(?:first|last|one|some"
    r"|titles?|names?"
    r"|paragraphs?|headings?|quotes?|sections?|\d+) (?:\w+ )?(?:words?|sentences?|lines?"
    r"|paragraphs?|must|should|in)\b"
)
_LOWER = re.compile(
    r"\b(?:all|only|entire\w*|whole|every\w*|in|use|using|be|is|with|are|and|fully"
    r"|completely)\b[^.\n]{0,30}?"
    r"\blower[- ]?cased?\b|\blower[- ]?cased?(?: letters?)? only\b|\bletters? lower[- ]?cased\b"
    r"|\bno (?:capitals\b|capital letters?|upper[- ]?case)|\bwithout (?:any |using"
    r" )*(?:capitals\b|capital letters|upper[- ]?case)"
    r"|\bnot (?:a single letter|any letters?)\b[^.\n]{0,40}\bcapitali[sz]ed|\b(?:capital"
    r" letters|capitals|upper[- ]?case letters) (?:are|is) (?:not|never) (?:allowed|permitted)"
    r"|\b(?:do not|don't|avoid|never) (?:use |using |include )?(?:any )?(?:capital letters"
    r"|capitals\b|upper[- ]?case)"
)
_CAPS = r"(?:capital letters?|capitali[sz]ed letters?|capitals|all[- ]caps|caps|upper[- ]?case)"
_UPPER = re.compile(
    rf"\b(?:all|entire\w*|only|whole|every\w*|fully|completely)\b[^.\n]{{0,30}}?\b{_CAPS}\b"
    rf"|\b{_CAPS}\b[^.\n]{{0,15}}\b(?:the (?:whole|entire)|everything|throughout)"
    rf"|\bin (?:all )?{_CAPS}\b|\ball[- ]caps\b|\b{_CAPS} only\b"
    r"|\bcapitali[sz]e (?:all|every|each)\b(?: of)?(?: the| your)? ?(?:words?|letters?"
    r"|single|thing|text)?"
    r"|\bcapitali[sz]e (?:the |your )?(?:entire|whole) \w+"
)
_TITLE_CASE = re.compile(
    r"\btitle case\b|\bcapitali[sz]e (?:only )?the first letter of (?:every|each|all)"
    r"|\bfirst letter of (?:every|each) (?:\w+ )?word\b[^.\n]{0,20}\bcapital"
)
_NOT_ALL = re.compile(
    r"\bwords?\b[^.;\n]{0,12}$|\b(?:title|heading|name|subject|headline)s?\b[^.;\n]{0,20}$"
)
_MARKS = (
    r"(?:(?:double |single )?quotation marks?|(?:double[- ])?quotes?(?: marks?)?|inverted commas)"
)
_QUOTATION = re.compile(
    rf"\b(?:wrap\w*|put\w*|enclos\w+|surround\w*|plac\w+|encas\w+|bracket\w*|add|use|begin"
    rf" and end|start and end|have|be|is)\b"
    rf"[^.\n]{{0,70}}?\b(?:in|with|inside|by|within|between|around|of|a pair of|inside"
    rf" of)?\s*{_MARKS}"
)
_WHOLE = re.compile(
    r"\b(?:entire|whole|all|full|complete|your|the|every|it|everything)\b|\b(?:response"
    r"|answer|reply|output|text)\b"
)
_NO_COMMA = re.compile(
    r"\b(?:no|without|avoid\w*|refrain\w*|not|\w+n't|never|zero|free of|devoid of|omit"
    r"|exclude|remove|don't|dont)\b"
    r"(?:(?![.;?!\n]|,|\bseparat|\bdelimit| and (?:use|include|make|add|write"
    r"|have)\b).){0,30}?\bcommas?\b"
    r"|\bcommas? (?:is|are|should|must|may)(?: \w+)? (?:not|n't|forbidden|prohibited|banned"
    r"|avoided)|\bcommas? (?:aren't|isn't|cannot|can't|shouldn't|mustn't)|\bcomma[- ]free\b"
)
_JSON = re.compile(
    r"\b(?:wrap\w*|entire|whole|output|respon[sd]\w*|answer|reply|format(?:ted)?|put|give"
    r"|provide|return|use|using|be|written|present\w*|write)\b"
    r"[^.\n]{0,60}?\b(?:in|as|into|using|with|a|to|valid|the)\s+(?:\w+\s+){0,2}?json\b(?!"
    r" (?:file|parser|library|schema|api|web|data from))"
    r"|\bjson (?:format|output|object|block)\b|\b(?:be|is) (?:valid |pure |only )*json\b(?! file)"
)
_ANGLES = re.compile(r"<<[^<>\n]{1,80}>>|\b(?:double )?(?:angular|angle) brackets?")
_POSTSCRIPT = re.compile(
    r"\bpost[- ]?scripts?\b|(?<![\w.])p\.? ?p\.? ?s\b\.?|(?<![\w.])p\. ?s\b\.?|(?<![\w.])ps"
    r" (?=at the end|line\b)"
)
_MARKER = re.compile(r"(?<![\w.])(?P<pp>p\.? ?p\.? ?s\b\.?)|(?<![\w.])p\.? ?s\b\.?")
_SIX = re.compile(r"(?<!\*)\*{6}(?!\*)|\b(?:6|six)(?: \w+)? (?:asterisks?|stars)\b|\b(?:6|six) \*")
_CHOICE = re.compile(
    r"\b(?:one of (?:the |these )?(?:following)?|(?:the |these )following (?:options|phrases"
    r"|choices|answers|replies|responses)|choose from|choosing from|choose between"
    r"|select from|pick from|(?:answer|respond|reply|say|saying) (?:\w+ ){0,2}?(?:with"
    r"|either|one of)?|from (?:the )?following)"
)
_OR = re.compile(rf"{QUOTED}(?:\s*(?:,|or|, or|/)\s*{QUOTED})+")
_CHOICE_LINES = re.compile(
    r"\bone of the following[^\n:]{0,60}:?[ \t]*\n+(?P<rows>(?:[^\n]{1,80}(?:\n|$)){2,6})"
)
_CHOICE_INLINE = re.compile(r"\bone of the following(?: \w+){0,3}\s*:\s*(?P<row>[^\n]{5,200})")
_SECTION = re.compile(rf"{AMOUNT}(?:\s+|-)(?:\w+ )?(?P<noun>[a-z]{{3,}}s|section|part)\b")
_LABEL = re.compile(r"(?P<w>[A-Za-z][A-Za-z]+) (?:X\b|#|\[?[Nn]umber\]?|\{\w+\}|1\b|I\b)")


def find(text: Stated) -> Iterator[Constraint]:
    """Every constraint of shape, each at most once."""
    for rule in (
        _case, _quotation, _commas, _json, _title, _postscript, _responses, _choice, _sections,
        _language,
    ):  # fmt: skip
        yield from rule(text)


def _at(found: Check, match: re.Match[str]) -> Constraint:
    return Constraint(found, match.start(), match.end())


def _case(text: Stated) -> Iterator[Constraint]:
    said = text.text
    titled = _TITLE_CASE.search(said)
    if titled and not negated(said, titled.start()):
        yield _at(check("title_case"), titled)
    lower = _LOWER.search(said)
    if lower:
        yield _at(check("lowercase"), lower)
    for match in _UPPER.finditer(said):
        around = said[max(0, match.start() - 40) : match.end()]
        # "Words in capital letters" are counted, "in capitals" beside "lower case" is no order.
        if re.search(
            r"\bwords?(?: or phrases?| and phrases?)? (?:in|with|of|using|that)\b", around
        ):
            continue
        if re.search(r"\b(?:no|not|without|don't|never|only \d+|first letter)\b", around):
            continue
        if re.match(
            r"[^.;\n]{0,15}\bwords? (?:should|must)? ?appear|\s*words?\b", said[match.end() :]
        ):
            continue
        if _NOT_ALL.search(said[: match.start()]) and not re.search(
            r"\b(?:entire|whole|all)\b", match.group()
        ):
            continue
        yield _at(check("uppercase"), match)
        return


def _quotation(text: Stated) -> Iterator[Constraint]:
    for match in _QUOTATION.finditer(text.text):
        if negated(text.text, match.start() + 1):
            continue
        start, _ = sentence_of(text.text, match.start())
        around = text.text[max(start, match.start() - 40) : match.end() + 30]
        if not _WHOLE.search(around):
            continue
        if re.search(
            r"\b(?:title|name|word|keyword|phrase|placeholder|paragraph)s?\b", match.group()
        ):
            continue
        yield _at(check("quotation"), match)
        return


def _commas(text: Stated) -> Iterator[Constraint]:
    match = _NO_COMMA.search(text.text)
    if match and not re.search(r"\b(?:less|fewer|more) than\b", match.group()):
        yield _at(check("no_comma"), match)


def _json(text: Stated) -> Iterator[Constraint]:
    match = _JSON.search(text.text)
    if match:
        yield _at(check("json_only", negate=negated(text.text, match.start() + 1)), match)


def _title(text: Stated) -> Iterator[Constraint]:
    match = _ANGLES.search(text.text)
    if match and not negated(text.text, match.start()):
        yield _at(check("angle_title"), match)


def _postscript(text: Stated) -> Iterator[Constraint]:
    match = _POSTSCRIPT.search(text.text)
    if match is None:
        return
    marker = _MARKER.search(text.text, match.start(), min(len(text.text), match.start() + 120))
    mark = "P.P.S" if marker and marker["pp"] else "P.S."
    yield _at(check("postscript", negate=negated(text.text, match.start()), text=mark), match)


def _responses(text: Stated) -> Iterator[Constraint]:
    match = _SIX.search(text.text)
    if match:
        yield _at(check("two_responses"), match)


def _choice(text: Stated) -> Iterator[Constraint]:
    rows = _CHOICE_LINES.search(text.plain)
    if rows is None:
        inline = _CHOICE_INLINE.search(text.plain)
        found = _listed(inline["row"]) if inline else []
        if inline and len(found) > 1:
            yield _at(check("choice", text=joined(tuple(found))), inline)
            return
        for match in _OR.finditer(text.text):
            if _CHOICE.search(text.text[max(0, match.start() - 60) : match.start()]):
                given = [text.typed(*m.span()) for m in re.finditer(QUOTED, match.group())]
                start = match.start()
                places = [
                    (start + m.start(), start + m.end()) for m in re.finditer(QUOTED, match.group())
                ]
                given = [text.typed(a, b) for a, b in places]
                yield _at(check("choice", text=joined(tuple(given))), match)
                return
        return
    lines = [re.sub(r"^[\s*•\d.)(-]+|[\s\"']+$", "", row) for row in rows["rows"].splitlines()]
    given = [re.sub(r"^[\"']", "", line) for line in lines if line]
    if 1 < len(given) <= 6 and all(len(one.split()) <= 8 for one in given):
        yield _at(check("choice", text=joined(tuple(given))), rows)


def _listed(row: str) -> list[str]:
    quoted = re.findall(r"\"([^\"\n]{1,80})\"|'([^'\n]{1,80})'", row)
    if len(quoted) > 1:
        return [a or b for a, b in quoted]
    pieces = re.findall(r"\(?[^.,;()]{1,60}[.]?\)?", row)
    found = [re.sub(r"^(?:\s|or\b|and\b)+|[\s()]+$", "", piece).strip(" (") for piece in pieces]
    return [one for one in found if one and len(one.split()) <= 6]


def _sections(text: Stated) -> Iterator[Constraint]:
    if "***" in text.text:  # parts between dividers have no heading of their own
        return
    for label in _LABEL.finditer(text.plain):
        word = label["w"]
        near = text.plain[max(0, label.start() - 120) : label.end() + 20].lower()
        if not re.search(
            r"\b(?:section|part|mark|begin|label|split|indicat|separat|divid|titled?|named?"
            r"|head)\w*",
            near,
        ):
            continue
        if re.search(r"\b(?:bullet|paragraph|point|italic|highlight\w*|key|type)\b", word.lower()):
            continue
        amounts = [
            m
            for m in _SECTION.finditer(text.text)
            if m["noun"].rstrip("s")
            in (
                "section",
                "part",
                word.lower(),
                "episode",
                "chapter",
                "day",
                "round",
                "week",
                "scene",
                "act",
            )
        ]
        found = amount(amounts[0], text.text) if amounts else None
        if found is not None and found.low:
            yield Constraint(
                check("sections", word=word, min=found.low), label.start(), label.end()
            )
            return


def _language(text: Stated) -> Iterator[Constraint]:
    for pattern in _TONGUE:
        for match in pattern.finditer(text.text):
            start, _ = sentence_of(text.text, match.start())
            if _PARTLY.search(text.text[start : match.start("l")]):
                continue
            banned = negated(text.text, match.start()) and "other" not in match.group()
            code = _LANGUAGES[match["l"]]
            yield _at(check("language", negate=banned, code=code), match)
            return
