"""Checks of how a text starts and ends, of its questions, and of quotation marks around it.

Knows nothing of what stands between.
"""

from __future__ import annotations

import re

from data.checks import kind
from data.checks.kind import Args, CheckKind, Place, number
from data.checks.units import paragraphs, without_code

_QUESTION = re.compile(r"[?？؟]")
_TAIL = "*_`\"'”’»)] \t\r\n"
_HEAD = "*_`\"'“‘«([# \t\r\n"
_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“", "「": "」", "'": "'", "‘": "’"}


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip().casefold()


def starts(text: str, head: str) -> bool:
    """Whether the text starts with these words, marks of emphasis and case aside."""
    wanted = _even(head)
    bare = _even(text.lstrip(_HEAD))
    return _whole(_even(text), wanted) or _whole(bare, wanted)


def _whole(text: str, head: str) -> bool:
    rest = text[len(head) :]
    return text.startswith(head) and not (head[-1:].isalnum() and rest[:1].isalnum())


def ends(text: str, tail: str) -> bool:
    """Whether the text ends with these words; a full stop after them is allowed, more is not."""
    wanted = _even(tail)
    if not wanted:
        return False
    given = _even(text)
    if given.endswith(wanted):
        return True
    bare = _even(text.rstrip(_TAIL))
    return bare.endswith(wanted) or (wanted[-1].isalnum() and bare.rstrip(".!").endswith(wanted))


def ends_with_question(text: str) -> bool:
    """Whether the last sign, closing quotes and emphasis aside, is a question mark."""
    return text.rstrip(_TAIL)[-1:] in ("?", "？", "؟")


def questions(text: str) -> tuple[Place, ...]:
    """The place of each question mark outside code; several in a row are one."""
    return tuple(m.span() for m in re.finditer(r"[?？؟]+", without_code(text)))


def quotation(text: str) -> bool:
    """Whether the whole text stands in quotation marks."""
    inner = text.strip()
    return len(inner) > 2 and _PAIRS.get(inner[0]) == inner[-1]


def _says_questions(args: Args) -> str:
    n = number(args, "n")
    return "ask no questions" if n == 0 else f"ask at most {kind.count(args, 'n', 'question')}"


def _last(text: str) -> tuple[Place, ...]:
    end = len(text.rstrip(_TAIL))
    return ((end - 1, end),) if end else ()


def _paragraph(args: Args, text: str) -> tuple[Place, ...]:
    """The place of the paragraph that is meant; 1 is the first, -1 the last."""
    n, places = int(number(args, "n")), paragraphs(text)
    at = n - 1 if n > 0 else n + len(places)
    return places[at : at + 1] if at >= 0 else ()


def _opens(args: Args, text: str) -> bool:
    head = kind.words(args, "word").strip()
    return bool(head) and any(starts(text[a:b], head) for a, b in _paragraph(args, text))


def ordinal(args: Args) -> str:
    """Which paragraph, in words: first, third, last, 7th."""
    n = int(number(args, "n"))
    names = {-1: "last", 1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    return names.get(n, f"{n}th")


KINDS = (
    CheckKind(
        "paragraph_opens",
        "edges",
        ("n", "word"),
        lambda a, t, _: _opens(a, t),
        lambda a: f'start the {ordinal(a)} paragraph with "{kind.words(a, "word")}"',
        lambda a: f'do not start the {ordinal(a)} paragraph with "{kind.words(a, "word")}"',
        _paragraph,
    ),
    CheckKind(
        "starts_with",
        "edges",
        ("text",),
        lambda a, t, _: bool(kind.words(a, "text").strip()) and starts(t, kind.words(a, "text")),
        lambda a: f'start with "{kind.words(a, "text")}"',
        lambda a: f'do not start with "{kind.words(a, "text")}"',
    ),
    CheckKind(
        "ends_with",
        "edges",
        ("text",),
        lambda a, t, _: ends(t, kind.words(a, "text")),
        lambda a: f'end with "{kind.words(a, "text")}"',
        lambda a: f'do not end with "{kind.words(a, "text")}"',
        lambda _a, t: _last(t),
    ),
    CheckKind(
        "ends_with_question",
        "edges",
        (),
        lambda _a, t, _b: ends_with_question(t),
        lambda _: "end with a question",
        lambda _: "do not end with a question",
        lambda _a, t: _last(t),
    ),
    CheckKind(
        "question_count",
        "edges",
        ("n",),
        lambda a, t, _: len(questions(t)) <= number(a, "n"),
        _says_questions,
        lambda a: f"ask more than {kind.count(a, 'n', 'question')}",
        lambda _a, t: questions(t),
    ),
    CheckKind(
        "quotation",
        "edges",
        (),
        lambda _a, t, _b: quotation(t),
        lambda _: "put the whole answer in quotation marks",
        lambda _: "use no quotation marks around the answer",
    ),
)
