"""Whether no sensible text passes two checks: each check as bounds of counts and as choices.

Knows no lesson and no text. Of a check that says nothing about another, nothing is excluded.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from data.checks import registry
from data.types import Check

Bounds = tuple[float, float]  # the least and the most that a check allows

# The thing that each check counts, and what a check without a number allows of it.
_NONE: Bounds = (0, 0)
_SOME: Bounds = (1, inf)
_COUNTED: dict[str, tuple[tuple[str, Bounds], ...]] = {
    "no_emoji": (("emoji", _NONE),),
    "has_emoji": (("emoji", _SOME),),
    "no_bullets": (("list", _NONE),),
    "numbered_list": (("list", _SOME),),
    "no_headings": (("heading", _NONE),),
    "no_exclamation": (("exclamation", _NONE),),
    "has_exclamation": (("exclamation", _SOME),),
    "has_bold": (("bold", _SOME),),
    "table": (("table", _SOME),),
    "has_number": (("number", _SOME),),
    "ends_with_question": (("question", _SOME),),
    "no_markdown": tuple((sign, _NONE) for sign in ("list", "heading", "bold", "table", "code")),
    "code_only": (("code", _SOME),),
}
_LEAST = {
    "min_words": "words",
    "min_sentences": "sentences",
    "min_paragraphs": "paragraphs",
    "has_example": "example",
    "bullets": "list",
    "headings": "heading",
    "highlights": "bold",
    "reading_ease": "reading ease",
}
_MOST = {
    "max_words": "words",
    "max_sentences": "sentences",
    "max_paragraphs": "paragraphs",
    "max_emoji": "emoji",
    "grade": "grade",
}
_EXACT = {"bullet_count": "list", "question_count": "question"}
_BETWEEN = {f"{unit}_between": unit for unit in ("words", "sentences", "paragraphs")}
# Words in one unit, few and many: estimates, wide enough that a plain text stays inside.
_WORDS: dict[str, Bounds] = {"words": (1, 1), "sentences": (8, 25), "paragraphs": (35, 120)}

# Of each choice a text can take one value only; the value is an argument, or the check's name.
_CHOICES = {
    "language": "language",
    "spelling": "spelling",
    "lowercase": "case",
    "uppercase": "case",
    "title_case": "case",
    "formal_address": "address",
    "informal_address": "address",
    "addresses_you": "person",
    "third_person": "person",
    "numbers_as_digits": "numbers",
    "numbers_as_words": "numbers",
    "code_only": "whole",
    "json_only": "whole",
}
_SHORT, _LONG = 60, 150  # words
_PROSE = {"ends_with_question", "ends_with", "starts_with", "language", "greeting", "postscript"}


def exclusive(a: Check, b: Check) -> bool:
    """Whether no sensible text passes both checks; not of one that nothing can be told by."""
    if registry.problem(a) is not None or registry.problem(b) is not None:
        return False
    if a.name == b.name and a.args == b.args:
        return a.negate != b.negate
    return _code_and_prose(a, b) or _counts_apart(a, b) or _choices_apart(a, b)


def length(check: Check) -> str:
    """ "short" or "long" where a check bounds the whole reply so; "" for any other.

    Both limits are estimates: most people call 60 words short and 150 long.
    """
    low, high = dict(_counts(check)).get("words", (0.0, inf))
    return "short" if high <= _SHORT else "long" if low >= _LONG else ""


def _code_and_prose(a: Check, b: Check) -> bool:
    names = {a.name, b.name}
    return "code_only" in names and bool(names & _PROSE) and not (a.negate or b.negate)


def _counts_apart(a: Check, b: Check) -> bool:
    first, second = dict(_counts(a)), dict(_counts(b))
    return any(_apart(first[thing], second[thing]) for thing in first.keys() & second.keys())


def _counts(check: Check) -> Iterator[tuple[str, Bounds]]:
    """How many of which thing the check allows; a length in any unit is one in words, too."""
    for thing, bounds in _plain_counts(check):
        allowed = _denied(bounds) if check.negate else bounds
        if allowed is None:
            continue
        yield thing, allowed
        if thing in _WORDS and thing != "words":
            few, many = _WORDS[thing]
            yield "words", (allowed[0] * few, allowed[1] * many)


def _plain_counts(check: Check) -> Iterator[tuple[str, Bounds]]:
    args = {name: value for name, value in check.args if not isinstance(value, str)}
    word = next((str(v).casefold() for _, v in check.args if isinstance(v, str)), "")
    yield from _COUNTED.get(check.name, ())
    for table, of in ((_LEAST, "least"), (_MOST, "most"), (_EXACT, "exact"), (_BETWEEN, "between")):
        if check.name in table:
            yield table[check.name], _bounds(of, args)
    match check.name:
        case "within":
            yield from ((unit, (0, args[unit])) for unit in ("sentences", "words") if unit in args)
        case "contains" | "word_times":
            yield f"word {word}", (args.get("min", 1), inf)
        case "word_exactly":
            yield f"word {word}", (args["n"], args["n"])
        case "forbids":
            yield f"word {word}", _NONE
        case "ends_with" if "!" in word:
            yield "exclamation", _SOME
        case "ends_with" if "?" in word:
            yield "question", _SOME


def _bounds(of: str, args: dict[str, float]) -> Bounds:
    values = [float(value) for value in args.values()]
    match of:
        case "least":
            return max(values), inf
        case "most":
            return 0, min(values)
        case _:
            return min(values), max(values)


def _denied(bounds: Bounds) -> Bounds | None:
    """What is left where the bounds must not hold; None where it is in two pieces."""
    low, high = bounds
    if low == 0 and high < inf:
        return high + 1, inf
    return (0, low - 1) if high == inf and low > 0 else None


def _apart(a: Bounds, b: Bounds) -> bool:
    return a[1] < b[0] or b[1] < a[0]


def _choices_apart(a: Check, b: Check) -> bool:
    if a.negate or b.negate:
        return False
    first, second = _value(a), _value(b)
    match a.name, b.name:
        case ("starts_with", "starts_with"):
            return not (first.startswith(second) or second.startswith(first))
        case ("ends_with", "ends_with"):
            return not (first.endswith(second) or second.endswith(first))
        case ("ends_with", "ends_with_question"):
            return not first.endswith("?")
        case ("ends_with_question", "ends_with"):
            return not second.endswith("?")
    choice = _CHOICES.get(a.name)
    return choice is not None and choice == _CHOICES.get(b.name) and first != second


def _value(check: Check) -> str:
    said = next((str(value) for _, value in check.args if isinstance(value, str)), "")
    return " ".join(said.casefold().split()) or check.name
