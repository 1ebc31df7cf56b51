"""Words, sentences, paragraphs and list lines of a text, each as a place in it.

Knows no check. Code blocks hold no sentences; Chinese and Japanese signs count as a word each.
"""

from __future__ import annotations

import re

from data.checks.kind import Place

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['’\-][^\W_{_CJK}]+|[.,]\d+)*")
_FENCE = re.compile(r"```.*?(?:```|\Z)", re.S)
_END = re.compile(r"[.!?…؟]+[\"'”’»)\]*_]*(?=\s|$)|[。！？]+[」』”’]*")
_NEVER_LAST = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|e\.g|i\.e|cf|approx|no|fig|[A-Za-z])\.$", re.I
)
_SELDOM_LAST = re.compile(r"(?:^|[\s(])(?:etc|jr|sr|u\.s|u\.k|a\.m|p\.m|inc|ltd)\.$", re.I)
LIST_LINE = re.compile(r"^[ \t]*(?:[-*+•▪‣◦–]|\d{1,3}[.)]|[a-z][.)])[ \t]+(?=\S)", re.M)
BULLET_LINE = re.compile(r"^[ \t]*[-*+•▪‣◦–][ \t]+(?=\S)", re.M)
NUMBER_LINE = re.compile(r"^[ \t]*\d{1,3}[.)][ \t]+(?=\S)", re.M)
DIVIDER = re.compile(r"^[ \t]*(?:(?:\*[ \t]*){3,}|_{3,}[ \t]*|(?<=\n\n)-{3,}[ \t]*)$", re.M)
HEADING_LINE = re.compile(
    r"^(?:#{1,6}[ \t]+\S.*|\*\*[^*\n]{1,80}\*\*:?[ \t]*|[^\n]{1,80}\n(?:={3,}|-{3,})[ \t]*)$", re.M
)


def words(text: str) -> tuple[Place, ...]:
    """The place of each word, in order."""
    return tuple(m.span() for m in _WORD.finditer(text))


def word_list(text: str) -> tuple[str, ...]:
    """The words themselves, case-folded, with straight apostrophes."""
    return tuple(m.group().replace("’", "'").casefold() for m in _WORD.finditer(text))


def word_count(text: str) -> int:
    """How many words the text has."""
    return sum(1 for _ in _WORD.finditer(text))


def without_code(text: str) -> str:
    """The text with code blocks turned into spaces, so that places stay the same."""
    return _FENCE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def code_blocks(text: str) -> tuple[Place, ...]:
    """The place of each fenced code block, fences included; an open fence runs to the end."""
    return tuple(m.span() for m in _FENCE.finditer(text))


def sentences(text: str) -> tuple[Place, ...]:
    """The place of each sentence. A list item or heading is one, ended or not; code is none."""
    plain = without_code(text)
    found: list[Place] = []
    start = 0
    for stop in (*_line_stops(plain), len(plain)):
        found.extend(_in_line(plain, start, stop))
        start = stop
    return tuple(found)


def paragraphs(text: str) -> tuple[Place, ...]:
    """The place of each run of lines without an empty line or a line of stars between them."""
    bare = DIVIDER.sub(lambda m: " " * len(m.group()), text)
    found = re.finditer(r"\S(?:.|\n(?![ \t]*(?:\n|\Z)))*", bare)
    return tuple((m.start(), m.start() + len(m.group().rstrip())) for m in found)


def lines(text: str, pattern: re.Pattern[str]) -> tuple[Place, ...]:
    """The place of each whole line that begins as the pattern says, code left out."""
    plain = without_code(text)
    found = []
    for match in pattern.finditer(plain):
        end = plain.find("\n", match.start())
        found.append((match.start(), max(match.end(), end if end >= 0 else len(plain))))
    return tuple(found)


def _line_stops(text: str) -> list[int]:
    """Where a line break also ends a sentence: always, unless a line goes on in lower case."""
    stops = []
    for match in re.finditer(r"\n", text):
        rest = text[match.end() : match.end() + 200]
        if not re.match(r"[ \t]*[a-zß-öø-ÿ]", rest) or LIST_LINE.match(rest):
            stops.append(match.end())
    return stops


def _in_line(text: str, start: int, stop: int) -> list[Place]:
    mark = LIST_LINE.match(text[start:stop])
    begin = start + (mark.end() if mark else 0)
    found: list[Place] = []
    for match in _END.finditer(text, begin, stop):
        if _goes_on(text, begin, match, stop):
            continue
        _keep(text, begin, match.end(), found)
        begin = match.end()
    _keep(text, begin, stop, found)
    return found


def _goes_on(text: str, begin: int, match: re.Match[str], stop: int) -> bool:
    if match.group() != ".":
        return False
    rest = text[match.end() : stop].lstrip()
    if not rest:
        return False
    head = text[max(begin, match.start() - 12) : match.end()]
    if _NEVER_LAST.search(head):
        return not re.search(r"[^.\s]\s+I\.$", head)
    return bool(_SELDOM_LAST.search(head)) and not rest[0].isupper()


def _keep(text: str, start: int, end: int, found: list[Place]) -> None:
    piece = text[start:end]
    if _WORD.search(piece):
        left = start + len(piece) - len(piece.lstrip())
        found.append((left, start + len(piece.rstrip())))
