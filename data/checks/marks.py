"""Checks of single marks: highlights, capital words, dashes, brackets, links, title case.

Counts them; does not know whether the right words carry them.
"""

from __future__ import annotations

import re

from data.checks.format import BOLD
from data.checks.kind import Args, CheckKind, Place, count, none_of, number
from data.checks.units import HEADING_LINE, without_code, words

_ITALIC = re.compile(
    r"(?<![*\w])\*(?=[^\s*])[^*\n]*?[^\s*]\*(?![*\w])|(?<![*\w])\*[^\s*]\*(?![*\w])"
)
DASH = re.compile(r"[—―]|(?<=\S)[ \t]+(?:–|--)[ \t]+(?=\S)|(?<=[^\W\d])(?:–|--)(?=[^\W\d])")
SEMICOLON = re.compile(r"[;；](?!\S*=)")
BRACKETS = re.compile(r"(?<![\]\w])[(（][^()（）\n]*[)）]")
LINK = re.compile(r"\[[^\]\n]+\]\([^)\s]+\)|https?://[^\s)>\]]+|www\.[^\s)>\]]+")
# Small words of a title that stay small.
_SMALL = re.compile(
    r"(?:an?|and|as|at|but|by|for|from|if|in|into|nor|of|off|on|onto|or|over|per|so|the|to|up|via"
    r"|vs|with|yet)"
)


def highlights(text: str) -> tuple[Place, ...]:
    """The place of each piece of text in *one* or **two** stars or in __lines__."""
    plain = without_code(text)
    found = [m.span() for m in BOLD.finditer(plain)]
    rest = BOLD.sub(lambda m: " " * len(m.group()), plain)
    return tuple(sorted([*found, *(m.span() for m in _ITALIC.finditer(rest))]))


def capital_words(text: str) -> tuple[Place, ...]:
    """The place of each word of capitals alone; I and A count, as they do for a test of it."""
    return tuple((a, b) for a, b in words(text) if text[a:b].isupper())


def _untitled(text: str) -> tuple[Place, ...]:
    """Words that a title would write with a capital, and that have none."""
    found = []
    for a, b in words(without_code(text)):
        first = a == 0 or text[:a].rstrip(" \t*_\"'“‘(#")[-1:] in ("", ".", "!", "?", ":", "\n")
        if text[a].islower() and (first or not _SMALL.fullmatch(text[a:b])):
            found.append((a, b))
    return tuple(found)


def _none_of(name: str, pattern: re.Pattern[str], says: str, says_not: str) -> CheckKind:
    def places(_args: Args, text: str) -> tuple[Place, ...]:
        plain = without_code(text)
        under = [m.span() for m in HEADING_LINE.finditer(plain)] if pattern is DASH else []
        return tuple(
            m.span() for m in pattern.finditer(plain)
            if not any(a <= m.start() and m.end() <= b and text[a] != "#" for a, b in under)
        )  # fmt: skip

    return none_of(name, "format", places, says, says_not)


KINDS = (
    CheckKind(
        "highlights",
        "format",
        ("min",),
        lambda a, t, _: len(highlights(t)) >= number(a, "min"),
        lambda a: f"highlight at least {count(a, 'min', 'part')}, *like this*",
        lambda a: f"highlight fewer than {count(a, 'min', 'part')}",
        lambda _a, t: highlights(t),
    ),
    CheckKind(
        "capital_words",
        "format",
        ("min",),
        lambda a, t, _: len(capital_words(t)) >= number(a, "min"),
        lambda a: f"write at least {count(a, 'min', 'word')} in capital letters",
        lambda a: f"write fewer than {count(a, 'min', 'word')} in capital letters",
        lambda _a, t: capital_words(t),
    ),
    CheckKind(
        "title_case",
        "format",
        (),
        lambda _a, t, _b: bool(words(t)) and not _untitled(t),
        lambda _a: "write In Title Case",
        lambda _a: "do not write in title case",
        lambda _a, t: _untitled(t),
    ),
    _none_of("no_dash", DASH, "use no dashes between words", "use dashes"),
    _none_of("no_semicolon", SEMICOLON, "use no semicolons", "use semicolons"),
    _none_of("no_brackets", BRACKETS, "use no brackets", "use brackets"),
    _none_of("no_links", LINK, "give no links", "give a link"),
)
