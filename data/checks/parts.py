"""Checks of named parts: postscript, placeholders, sections, title in brackets, two replies.

Sees that a part is there; does not know whether it says anything.
"""

from __future__ import annotations

import re

from data.checks import kind
from data.checks.edges import starts
from data.checks.kind import Args, CheckKind, Place, count, number
from data.checks.words import whole_word

PLACEHOLDER = re.compile(r"\[(?=[^\]\n]*[^\W\d_])[^\[\]\n]{1,60}\](?!\()")
STARS = re.compile(r"(?<!\*)\*{6}(?!\*)")
_ANGLES = re.compile(r"<<[^<>\n]*\w[^<>\n]*>>")
_OPTIONS = "|"


def placeholders(text: str) -> tuple[Place, ...]:
    """The place of each [name in square brackets]; links and footnotes are none."""
    return tuple(m.span() for m in PLACEHOLDER.finditer(text))


def postscript(marker: str, text: str) -> tuple[Place, ...]:
    """The place of the postscript from its mark to the end; spaces and stops may differ."""
    letters = re.findall(r"\w", marker)
    if not letters:
        return ()
    mark = r"\.?\s?".join(re.escape(letter) for letter in letters)
    found = [*re.finditer(rf"(?im)^[ \t*_]*{mark}(?![^\W_])", text)]
    return ((found[-1].start(), len(text.rstrip())),) if found else ()


def section_marks(word: str, text: str) -> tuple[Place, ...]:
    """The place of each line that opens a section: the word and a number or letter."""
    if not word.strip():
        return ()
    mark = re.escape(word.strip())
    pattern = rf"(?im)^[ \t#*_]*{mark}[ \t]*(?:\d+|[ivx]+\b|[a-z]\b)[^\n]*"
    return tuple(m.span() for m in re.finditer(pattern, text))


def replies(text: str) -> tuple[str, ...]:
    """The pieces between lines or runs of six stars, empty ones left out."""
    return tuple(piece.strip() for piece in STARS.split(text) if piece.strip())


def options(args: Args) -> tuple[str, ...]:
    """The allowed answers of a choice, as stored in one argument."""
    given = kind.words(args, "text").split(_OPTIONS)
    return tuple(one.strip() for one in given if one.strip())


def joined(given: tuple[str, ...]) -> str:
    """Allowed answers as one argument of a stored check."""
    return _OPTIONS.join(one.replace(_OPTIONS, "/").strip() for one in given)


def _chosen(args: Args, text: str) -> tuple[Place, ...]:
    found = (whole_word(one).search(text) for one in options(args))
    return tuple(sorted(match.span() for match in found if match))


def _says_choice(args: Args) -> str:
    return "answer with one of: " + ", ".join(f'"{one}"' for one in options(args))


def _says_sections(args: Args) -> str:
    word = kind.words(args, "word")
    return f'use at least {count(args, "min", "section")}, headed "{word} 1" and so on'


KINDS = (
    CheckKind(
        "postscript",
        "format",
        ("text",),
        lambda a, t, _: bool(postscript(kind.words(a, "text"), t)),
        lambda a: f'end with a postscript that starts with "{kind.words(a, "text")}"',
        lambda _a: "add no postscript",
        lambda a, t: postscript(kind.words(a, "text"), t),
    ),
    CheckKind(
        "placeholders",
        "format",
        ("min",),
        lambda a, t, _: len(placeholders(t)) >= number(a, "min"),
        lambda a: f"leave at least {count(a, 'min', 'placeholder')} in square brackets",
        lambda a: (
            "leave no placeholders"
            if number(a, "min") == 1
            else f"leave fewer than {count(a, 'min', 'placeholder')}"
        ),
        lambda _a, t: placeholders(t),
    ),
    CheckKind(
        "sections",
        "format",
        ("word", "min"),
        lambda a, t, _: len(section_marks(kind.words(a, "word"), t)) >= number(a, "min"),
        _says_sections,
        lambda a: f"use fewer than {count(a, 'min', 'section')}",
        lambda a, t: section_marks(kind.words(a, "word"), t),
    ),
    CheckKind(
        "angle_title",
        "format",
        (),
        lambda _a, t, _b: _ANGLES.search(t) is not None,
        lambda _a: "give it a title in double angle brackets: <<title>>",
        lambda _a: "use no title in angle brackets",
        lambda _a, t: tuple(m.span() for m in _ANGLES.finditer(t)),
    ),
    CheckKind(
        "two_responses",
        "format",
        (),
        lambda _a, t, _b: len(replies(t)) == 2 and len(set(replies(t))) == 2,
        lambda _a: "give two different answers with ****** between them",
        lambda _a: "give one answer only",
        lambda _a, t: tuple(m.span() for m in STARS.finditer(t)),
    ),
    CheckKind(
        "repeats",
        "edges",
        ("text",),
        lambda a, t, _: bool(kind.words(a, "text").strip()) and starts(t, kind.words(a, "text")),
        lambda _a: "repeat the request word for word before the answer",
        lambda _a: "do not repeat the request",
    ),
    CheckKind(
        "choice",
        "format",
        ("text",),
        lambda a, t, _: len(_chosen(a, t)) >= 1,
        _says_choice,
        lambda a: f"do not {_says_choice(a)}",
        _chosen,
    ),
)
