"""Checks of format: lists, headings, tables, marks, emoji, letter case, code and JSON.

Knows nothing of words or meaning.
"""

from __future__ import annotations

import json
import re

from data.checks.kind import Args, CheckKind, Place, Says, count, every, none_of, number
from data.checks.units import (
    BULLET_LINE,
    HEADING_LINE,
    LIST_LINE,
    NUMBER_LINE,
    code_blocks,
    lines,
    paragraphs,
    without_code,
    word_count,
)

EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23f3]"
    "(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[\U0001f300-\U0001faff\u2600-\u27bf])*"
)
COMMA = re.compile(r"(?<!\d)[,،、，]|[,،、，](?!\d)")
EXCLAMATION = re.compile(r"[!！]")
BOLD = re.compile(r"\*\*(?=\S)[^*\n]+\*\*|__(?=\S)[^_\n]+__")
_TABLE = re.compile(r"^[ \t]*\|.*\|[ \t]*\n[ \t]*\|?[ \t:|-]*-[ \t:|-]*$", re.M)
_TITLE = re.compile(r"\A\s*(?:#{1,3}[ \t]+\S|\*\*[^*\n]+\*\*:?[ \t]*(?:\n|\Z)|<<[^<>\n]+>>)")


def emoji(text: str) -> tuple[Place, ...]:
    """The place of each emoji; a sequence joined to one sign is one."""
    return every(EMOJI, text)


def headings(text: str) -> tuple[Place, ...]:
    """The place of each Markdown heading or line that is bold as a whole."""
    return every(HEADING_LINE, without_code(text))


def has_title(text: str) -> bool:
    """A heading, bold line or <<...>> first, or a short line without an end mark."""
    if _TITLE.match(text):
        return True
    places = paragraphs(text)
    first = text[places[0][0] : places[0][1]] if len(places) > 1 else ""
    short = "\n" not in first and 0 < word_count(first) <= 10
    return short and not re.search(r"[.!?:,;]$", first) and not LIST_LINE.match(first)


def code_only(text: str) -> bool:
    """Nothing but fenced code blocks, at least one."""
    outside = without_code(text)
    return bool(code_blocks(text)) and not outside.strip()


def json_only(text: str) -> bool:
    """The text, or the only code block in it, is JSON as a whole."""
    inner = re.fullmatch(r"\s*```(?:json)?\s*\n(.*?)```\s*", text, re.S)
    try:
        value = json.loads(inner.group(1) if inner else text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict | list)


def _cased(text: str) -> str:
    return "".join(c for c in text if c.isalpha() and c.lower() != c.upper())


def _capitals(text: str) -> tuple[Place, ...]:
    return tuple((i, i + 1) for i, c in enumerate(text) if c.isupper())


def _smalls(text: str) -> tuple[Place, ...]:
    return tuple((i, i + 1) for i, c in enumerate(text) if c.islower())


def _markdown(text: str) -> tuple[Place, ...]:
    found = (*headings(text), *every(BOLD, text), *lines(text, LIST_LINE), *code_blocks(text))
    return tuple(sorted(found))


def _fixed(says: str) -> Says:
    return lambda _args: says


def _none_of(name: str, pattern: re.Pattern[str], says: str, says_not: str) -> CheckKind:
    return none_of(name, "format", lambda _a, t: every(pattern, t), says, says_not)


def _some_of(name: str, pattern: re.Pattern[str], says: str, says_not: str) -> CheckKind:
    return CheckKind(
        name,
        "format",
        (),
        lambda _a, t, _b: pattern.search(t) is not None,
        _fixed(says),
        _fixed(says_not),
        lambda _a, t: every(pattern, t),
    )


def _least(args: Args, places: tuple[Place, ...]) -> bool:
    return len(places) >= number(args, "min")


KINDS = (
    CheckKind(
        "bullets",
        "format",
        ("min",),
        lambda a, t, _: _least(a, lines(t, BULLET_LINE)),
        lambda a: "use bullet points" + _at_least(a),
        lambda a: (
            "use no bullet points"
            if number(a, "min") == 1
            else f"use fewer than {number(a, 'min'):g} bullet points"
        ),
        lambda _a, t: lines(t, BULLET_LINE),
    ),
    CheckKind(
        "bullet_count",
        "format",
        ("n",),
        lambda a, t, _: len(lines(t, BULLET_LINE)) == number(a, "n"),
        lambda a: f"use exactly {count(a, 'n', 'bullet point')}",
        lambda a: f"use more or fewer than {count(a, 'n', 'bullet point')}",
        lambda _a, t: lines(t, BULLET_LINE),
    ),
    CheckKind(
        "no_bullets",
        "format",
        (),
        lambda _a, t, _b: not lines(t, LIST_LINE),
        _fixed("use no lists or bullet points"),
        _fixed("use a list"),
        lambda _a, t: lines(t, LIST_LINE),
    ),
    CheckKind(
        "numbered_list",
        "format",
        ("min",),
        lambda a, t, _: _least(a, lines(t, NUMBER_LINE)),
        lambda a: "use a numbered list" + _at_least(a),
        _fixed("use no numbered list"),
        lambda _a, t: lines(t, NUMBER_LINE),
    ),
    CheckKind(
        "headings",
        "format",
        ("min",),
        lambda a, t, _: _least(a, headings(t)),
        lambda a: f"use at least {count(a, 'min', 'heading')}",
        lambda a: f"use fewer than {count(a, 'min', 'heading')}",
        lambda _a, t: headings(t),
    ),
    CheckKind(
        "no_headings",
        "format",
        (),
        lambda _a, t, _b: not headings(t),
        _fixed("use no headings"),
        _fixed("use headings"),
        lambda _a, t: headings(t),
    ),
    CheckKind(
        "title",
        "format",
        (),
        lambda _a, t, _b: has_title(t),
        _fixed("begin with a title"),
        _fixed("use no title"),
    ),
    CheckKind(
        "no_markdown",
        "format",
        (),
        lambda _a, t, _b: not _markdown(t),
        _fixed("use plain text without Markdown"),
        _fixed("use Markdown"),
        lambda _a, t: _markdown(t),
    ),
    CheckKind(
        "code_only",
        "format",
        (),
        lambda _a, t, _b: code_only(t),
        _fixed("answer with nothing but a code block"),
        _fixed("explain the code as well"),
    ),
    CheckKind(
        "json_only",
        "format",
        (),
        lambda _a, t, _b: json_only(t),
        _fixed("answer with nothing but JSON"),
        _fixed("do not answer in JSON"),
    ),
    CheckKind(
        "lowercase",
        "format",
        (),
        lambda _a, t, _b: not any(c.isupper() for c in t) and bool(_cased(t)),
        _fixed("write everything in lower case"),
        _fixed("use capital letters as usual"),
        lambda _a, t: _capitals(t),
    ),
    CheckKind(
        "uppercase",
        "format",
        (),
        lambda _a, t, _b: not any(c.islower() for c in t) and bool(_cased(t)),
        _fixed("write everything in capital letters"),
        _fixed("do not write everything in capital letters"),
        lambda _a, t: _smalls(t),
    ),
    CheckKind(
        "max_emoji",
        "format",
        ("n",),
        lambda a, t, _: len(emoji(t)) <= number(a, "n"),
        lambda a: f"use at most {number(a, 'n'):g} emoji",
        lambda a: f"use more than {number(a, 'n'):g} emoji",
        lambda _a, t: emoji(t),
    ),
    _none_of("no_emoji", EMOJI, "use no emoji", "use emoji"),
    _some_of("has_emoji", EMOJI, "use an emoji", "use no emoji"),
    _none_of("no_comma", COMMA, "use no commas", "use commas"),
    _none_of("no_exclamation", EXCLAMATION, "use no exclamation marks", "use exclamation marks"),
    _some_of("has_exclamation", EXCLAMATION, "use an exclamation mark", "use no exclamation marks"),
    _some_of("has_bold", BOLD, "put the key words in bold", "use no bold text"),
    _some_of("table", _TABLE, "use a table", "use no table"),
)


def _at_least(args: Args) -> str:
    n = number(args, "min")
    return f", at least {n:g}" if n > 2 else ""
