"""Checks of wording: words that must or must not stand, how often, numbers, examples, apologies.

Compares letters, not meanings.
"""

from __future__ import annotations

import re
from functools import lru_cache

from data.checks import kind
from data.checks.kind import Args, CheckKind, Place, every, number

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.g\.|such as|an example|examples? (?:is|are|of|include)"
    r"|imagine|say you|let['’]s say|zum beispiel|z\. ?b\.|par exemple|por ejemplo|ad esempio"
    r"|por exemplo)(?!\w)|例えば|例如|比如",
    re.I,
)
_SORRY = re.compile(
    r"\b(?:i['’]?\s?a?m (?:so |very |really )?sorry|sorry|apolog(?:y|ies|i[sz]e[sd]?|i[sz]ing)"
    r"|my (?:bad|mistake)|forgive me|pardon me)\b",
    re.I,
)


@lru_cache(maxsize=256)
def whole_word(word: str) -> re.Pattern[str]:
    """The word or phrase where it stands alone, whatever its case and its apostrophes."""
    inner = r"\s+".join(re.escape(part) for part in word.strip().split()) or r"(?!)"
    inner = re.sub(r"['’]", "['’]", inner)
    left = r"(?<!\w)" if re.match(r"\w", word.strip()) else ""
    right = r"(?!\w)" if re.search(r"[^\W\u3040-\u30ff\u4e00-\u9fff]$", word.strip()) else ""
    return re.compile(left + inner + right, re.I)


def examples(text: str) -> int:
    """How many times an example is announced."""
    return len(every(_EXAMPLE, text))


def _word(args: Args) -> re.Pattern[str]:
    return whole_word(kind.words(args, "word"))


def times(args: Args, name: str) -> str:
    """How often, in words: once, twice, 5 times."""
    n = number(args, name)
    return {1: "once", 2: "twice"}.get(int(n), f"{n:g} times") if n == int(n) else f"{n:g} times"


def _letters(args: Args, text: str) -> tuple[Place, ...]:
    """The place of each such letter or sign, whatever its case; none for an empty one."""
    sign = kind.words(args, "word").strip()
    return every(re.compile(re.escape(sign), re.I), text) if sign else ()


def _says_examples(args: Args) -> str:
    n = number(args, "n")
    return "give an example" if n == 1 else f"give at least {n:g} examples"


KINDS = (
    CheckKind(
        "contains",
        "words",
        ("word",),
        lambda a, t, _: _word(a).search(t) is not None,
        lambda a: f'mention "{kind.words(a, "word")}"',
        lambda a: f'do not use "{kind.words(a, "word")}"',
        lambda a, t: every(_word(a), t),
    ),
    CheckKind(
        "forbids",
        "words",
        ("word",),
        lambda a, t, _: _word(a).search(t) is None,
        lambda a: f'do not use "{kind.words(a, "word")}"',
        lambda a: f'use "{kind.words(a, "word")}"',
        lambda a, t: every(_word(a), t),
    ),
    CheckKind(
        "word_times",
        "words",
        ("word", "min"),
        lambda a, t, _: len(every(_word(a), t)) >= number(a, "min"),
        lambda a: f'use "{kind.words(a, "word")}" at least {times(a, "min")}',
        lambda a: f'use "{kind.words(a, "word")}" fewer than {times(a, "min")}',
        lambda a, t: every(_word(a), t),
    ),
    CheckKind(
        "word_exactly",
        "words",
        ("word", "n"),
        lambda a, t, _: len(every(_word(a), t)) == number(a, "n"),
        lambda a: f'use "{kind.words(a, "word")}" exactly {times(a, "n")}',
        lambda a: f'use "{kind.words(a, "word")}" more or less often than {times(a, "n")}',
        lambda a, t: every(_word(a), t),
    ),
    CheckKind(
        "letter_times",
        "words",
        ("word", "min"),
        lambda a, t, _: len(_letters(a, t)) >= number(a, "min"),
        lambda a: f'use the sign "{kind.words(a, "word")}" at least {times(a, "min")}',
        lambda a: f'use the sign "{kind.words(a, "word")}" fewer than {times(a, "min")}',
        lambda a, t: _letters(a, t),
    ),
    CheckKind(
        "has_number",
        "words",
        (),
        lambda _a, t, _b: bool(_NUMBER.search(re.sub(r"(?m)^[ \t]*\d{1,3}[.)][ \t]", "", t))),
        lambda _: "include a number",
        lambda _: "use no numbers",
        lambda _a, t: every(_NUMBER, t),
    ),
    CheckKind(
        "has_example",
        "words",
        ("n",),
        lambda a, t, _: examples(t) >= number(a, "n"),
        _says_examples,
        lambda _: "give no examples",
        lambda _a, t: every(_EXAMPLE, t),
    ),
    CheckKind(
        "no_apology",
        "words",
        (),
        lambda _a, t, _b: _SORRY.search(t) is None,
        lambda _: "do not apologise",
        lambda _: "apologise",
        lambda _a, t: every(_SORRY, t),
    ),
)
