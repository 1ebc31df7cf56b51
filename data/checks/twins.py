"""For each check a second, different look at the same wish: was it met in letter only?

Imported by the audit alone. A twin never filters, ranks or trains, else it would be gamed as well.
"""

from __future__ import annotations

import re

from data.checks.format import EMOJI
from data.checks.language import language_of
from data.checks.parts import replies
from data.checks.registry import kind_of
from data.checks.units import LIST_LINE, code_blocks, lines, sentences, word_count, word_list
from data.types import Check

_RECALL = 0.2  # of the other reply's content words, an estimate
_DISTINCT = 0.5  # distinct words over words, an estimate
_RUN_ON = 45  # words in a sentence, an estimate
_MOST = 0.8  # of the sentences, an estimate
_US = re.compile(
    r"\b(?:we|us|our|ours|ourselves|yours truly|this (?:writer|author|assistant))\b", re.I
)
_END_MARK = re.compile(r"[.!?…。！？][\"'”’»)\]*_`]*\s*$")


def says(check: Check) -> str:
    """What the twin of this check looks at, in words for the audit's report."""
    match kind_of(check).family, _wanted(check):
        case "length", _:
            return "ends as a sentence, runs no sentence on, and keeps some of the content"
        case "words", _:
            return "the words are varied, none is stuffed in"
        case "format", ("bullets" | "numbered_list"):
            return "the points differ and each has words of its own"
        case "format", ("lowercase" | "uppercase"):
            return "words are varied, and punctuation is still there"
        case "format", ("placeholders" | "highlights" | "capital_words"):
            return "the marked words differ, and most of the text is not marked"
        case "format", ("postscript" | "angle_title"):
            return "the part has words of its own, and is not all there is"
        case "format", "sections":
            return "every section holds more than its heading"
        case "format", "two_responses":
            return "the two replies have few words in common in the same order"
        case "format", "choice":
            return "one of the answers is given, not several"
        case "format", _:
            return "the text is varied and keeps some of the content"
        case "words", ("word_times" | "word_exactly" | "letter_times" | "contains"):
            return "the word stands in different sentences, and is not most of the text"
        case "words", ("no_first_person" | "third_person"):
            return "nobody speaks of us and ours instead"
        case "words", ("reading_ease" | "grade"):
            return "the sentences are finished, and keep some of the content"
        case "edges", "repeats":
            return "an answer follows the repeated request"
        case "edges", _:
            return "the end or start is no copy of another sentence and not all there is"
        case "language", "":
            return "hardly a sentence is in the language"
        case "language", _:
            return "most sentences are in the language"
        case _:
            return "the text is varied"


def holds(check: Check, text: str, *, other: str | None = None) -> bool:
    """Whether the wish is met in spirit as far as code can see.

    `other` is a reply to the same request made without the lesson; without it, nothing is recalled.
    A reply without a word meets no wish.
    """
    if not word_count(text):
        return False
    match kind_of(check).family, _wanted(check):
        case "length", _:
            return _finished(text) and _no_run_on(text) and _recalls(text, other)
        case "format", ("bullets" | "numbered_list"):
            return _points_differ(text)
        case "format", ("code_only" | "json_only"):
            return bool(code_blocks(text)) or "{" in text or "[" in text
        case "format", ("lowercase" | "uppercase"):
            return _varied(text) and bool(_END_MARK.search(text))
        case "format", ("no_comma"):
            return _no_run_on(text) and _varied(text)
        case "format", "placeholders":
            return _differ(check, text) and 2 * _marked(check, text) <= len(text)
        case "format", ("highlights" | "capital_words"):
            return _differ(check, text) and _marked(check, text) <= _MOST * len(text)
        case "format", ("postscript" | "angle_title"):
            return _own_words(check, text)
        case "format", "sections":
            return _filled(check, text)
        case "format", "two_responses":
            return _two(text)
        case "format", "choice":
            return len(kind_of(check).finds(dict(check.args), text)) == 1
        case "format", _:
            return _varied(EMOJI.sub("", text)) and _recalls(text, other)
        case "words", ("word_times" | "word_exactly" | "letter_times" | "contains"):
            return _spread(check, text) and _varied(text)
        case "words", ("no_first_person" | "third_person"):
            return not _US.search(text) and _varied(text)
        case "words", ("reading_ease" | "grade"):
            return _finished(text) and _varied(text) and _recalls(text, other)
        case "edges", "repeats":
            return word_count(text) >= word_count(str(dict(check.args)["text"])) + 3
        case "edges", _:
            return _last_is_new(text) and word_count(text) >= 3
        case "language", "":
            return _share(text, str(dict(check.args)["code"])) <= 1 - _MOST
        case "language", _:
            return _share(text, str(dict(check.args)["code"])) >= _MOST
        case _:
            return _varied(text)


def _wanted(check: Check) -> str:
    """The name of the check; "" if it is negated, and what it looks for must not be there."""
    return "" if check.negate else check.name


def _finished(text: str) -> bool:
    return bool(_END_MARK.search(text)) or bool(lines(text, LIST_LINE))


def _no_run_on(text: str) -> bool:
    return all(word_count(text[a:b]) <= _RUN_ON for a, b in sentences(text))


def _content(text: str) -> set[str]:
    return {w for w in word_list(text) if len(w) > 4}


def _recalls(text: str, other: str | None) -> bool:
    """Judged against what a reply of this length can hold, so that a short one can pass."""
    wanted = _content(other) if other is not None else set()
    if not wanted:
        return True
    given = _content(text)
    return len(given & wanted) >= _RECALL * min(len(wanted), max(1, len(given)))


def _varied(text: str) -> bool:
    said = word_list(text)
    return not said or len(set(said)) >= _DISTINCT * min(len(said), 60)


def _points_differ(text: str) -> bool:
    points = [word_list(LIST_LINE.sub("", text[a:b])) for a, b in lines(text, LIST_LINE)]
    return len(points) > 1 and len(set(points)) == len(points) and all(points)


def _last_is_new(text: str) -> bool:
    said = [word_list(text[a:b]) for a, b in sentences(text)]
    return len(said) < 2 or said[-1] not in said[:-1]


def _pieces(check: Check, text: str) -> list[str]:
    return [text[a:b] for a, b in kind_of(check).finds(dict(check.args), text)]


def _marked(check: Check, text: str) -> int:
    """How many characters of the text the check looks at."""
    return sum(len(piece) for piece in _pieces(check, text))


def _differ(check: Check, text: str) -> bool:
    """Most of the marked pieces are not the same words again."""
    found = [piece.casefold() for piece in _pieces(check, text)]
    return bool(found) and len(set(found)) >= _DISTINCT * len(found)


def _own_words(check: Check, text: str) -> bool:
    pieces = _pieces(check, text)
    rest = text
    for piece in pieces:
        rest = rest.replace(piece, " ")
    said = word_list(pieces[-1]) if pieces else ()
    return bool(said) and bool(word_list(rest)) and " ".join(said) not in " ".join(word_list(rest))


def _filled(check: Check, text: str) -> bool:
    places = kind_of(check).finds(dict(check.args), text)
    ends = [*(start for start, _ in places[1:]), len(text)]
    return bool(places) and all(
        word_count(text[start:stop]) > 2 for (_, start), stop in zip(places, ends, strict=True)
    )


def _two(text: str) -> bool:
    pieces = [set(word_list(piece)) for piece in replies(text)]
    if len(pieces) != 2 or not all(pieces):
        return False
    both = len(pieces[0] & pieces[1])
    return both <= _MOST * min(len(piece) for piece in pieces)


def _spread(check: Check, text: str) -> bool:
    """The word is not stuffed: in several sentences if it stands often, and a part of the text."""
    if check.name == "letter_times":
        return True
    places = kind_of(check).finds(dict(check.args), text)
    holding = sum(any(a <= p < b for p, _ in places) for a, b in sentences(text))
    return 3 * holding >= len(places) and 2 * len(places) <= word_count(text)


def _share(text: str, code: str) -> float:
    """The share of the sentences that are in the language; of those that are in any."""
    known = [found for a, b in sentences(text) if (found := language_of(text[a:b]))]
    if not known:  # short sentences have no language of their own
        return float(language_of(text) == code)
    return sum(each == code for each in known) / len(known)
