"""Every check by its name: whether a text passes, where it shows, and how it is said.

Does not know which wish or lesson stores a check, nor the audit twins.
"""

from __future__ import annotations

import math

from data.checks import (
    edges,
    format,
    language,
    length,
    marks,
    parts,
    reading,
    spelling,
    voice,
    words,
)
from data.checks import relative as comparisons
from data.checks.kind import CheckKind, number
from data.checks.units import word_list
from data.types import Check, Refusal, Span

_KINDS: dict[str, CheckKind] = {
    kind.name: kind
    for family in (
        length,
        format,
        marks,
        parts,
        words,
        voice,
        spelling,
        reading,
        edges,
        language,
        comparisons,
    )
    for kind in family.KINDS
}
_AROUND = 24  # characters of prefix and suffix kept with a span
LEAST = 3  # words of a reply that can obey, unless the check is about length or wants no prose
_NO_PROSE = ("code_only", "json_only", "choice")
_EASIEST = 121  # Flesch's reading ease of one-syllable words, one to a sentence
_TEXTUAL = ("word", "text", "code")  # arguments that are words; all others are numbers


def known() -> tuple[CheckKind, ...]:
    """All checks, in the order of their families."""
    return tuple(_KINDS.values())


def kind_of(check: Check) -> CheckKind:
    """The kind behind a stored check. Raises Refusal if its name or its arguments are not known."""
    kind = _KINDS.get(check.name)
    if kind is None:
        raise Refusal(f"heed knows no check named {check.name!r}.")
    missing = set(kind.args) - {name for name, _ in check.args}
    if missing:
        raise Refusal(f"The check {check.name!r} lacks {', '.join(sorted(missing))!r}.")
    return kind


def relative(check: Check) -> bool:
    """Whether the check compares with an earlier text, and so says nothing about a new request."""
    return kind_of(check).relative


def passes(check: Check, text: str, *, before: str | None = None) -> bool:
    """Whether the text is as the check says.

    Raises Refusal for an unknown check, and for a comparison without an earlier text.
    """
    kind = kind_of(check)
    if kind.relative and before is None:
        raise Refusal(f"The check {check.name!r} compares with an earlier text, and there is none.")
    return kind.test(dict(check.args), text, before or "") != check.negate


def obeys(check: Check, reply: str, request: str) -> bool:
    """Whether a reply passes and is one: not empty, not the request said back, not a word or two.

    A check for what must not stand passes on nothing at all, so a word or two count only where the
    check is about length or wants code. Raises Refusal as `passes` does.
    """
    kind = kind_of(check)
    free = kind.family == "length" or (check.name in _NO_PROSE and not check.negate)
    said = word_list(reply)
    if len(said) < (1 if free else LEAST) or said == word_list(request):
        return False
    return passes(check, reply)


def most_words(check: Check) -> int | None:
    """The words that a reply has at most if it obeys; None where words alone are not the matter."""
    bound = {"max_words": "n", "words_between": "high"}.get(check.name)
    return None if bound is None or check.negate else int(number(dict(check.args), bound))


def problem(check: Check) -> str | None:
    """Why nothing can be taught or tested with a check, as a sentence; None if something can.

    It is unknown, lacks an argument, holds one that is none, or every reply passes, or none can.
    """
    try:
        kind = kind_of(check)
        for name in kind.args:
            if name not in _TEXTUAL and not math.isfinite(number(dict(check.args), name)):
                return f"A check needs a number for {name!r}, not {dict(check.args)[name]!r}."
    except Refusal as refusal:
        return str(refusal)
    never, ever = _limits(check)
    if check.negate:
        never, ever = ever, never
    if never:
        return f"No reply can do what is asked: {describe(check)}."
    if ever:
        return f"Every reply does what is asked, so there is nothing to learn: {describe(check)}."
    return None


def _limits(check: Check) -> tuple[bool, bool]:
    """Whether no reply passes the check, and whether every reply does; negation left aside."""
    args = dict(check.args)
    match check.name:
        case (
            "max_words" | "max_sentences" | "max_paragraphs" | "max_sentence_words"
            | "max_paragraph_sentences" | "mean_sentence_words"
        ):  # fmt: skip
            return number(args, "n") < 1, False
        case "within":
            return number(args, "sentences") < 1 or number(args, "words") < 1, False
        case "min_words" | "min_sentences" | "min_paragraphs":
            return False, number(args, "n") <= 1
        case "words_between" | "sentences_between" | "paragraphs_between":
            low, high = math.ceil(number(args, "low")), math.floor(number(args, "high"))
            return max(low, 1) > high, False
        case (
            "bullets" | "numbered_list" | "headings" | "highlights" | "placeholders"
            | "capital_words"
        ):  # fmt: skip
            return False, number(args, "min") <= 0
        case "word_times" | "letter_times" | "sections":
            some = bool(str(args["word"]).strip())
            return not some and number(args, "min") > 0, number(args, "min") <= 0
        case "word_exactly":
            n = number(args, "n")
            some = bool(str(args["word"]).strip())
            return n < 0 or n != int(n) or (not some and n > 0), not some and n == 0
        case "bullet_count":
            n = number(args, "n")
            return n < 0 or n != int(n), False
        case "paragraph_opens":
            n = number(args, "n")
            return n == 0 or n < -1 or n != int(n) or not str(args["word"]).strip(), False
        case "reading_ease":
            return number(args, "min") > _EASIEST, False
        case "grade":
            return number(args, "max") < 0, False
        case "choice":
            return not parts.options(args), False
        case "postscript":
            return not any(c.isalnum() for c in str(args["text"])), False
        case "spelling":
            return args["code"] not in spelling.NAMES, False
        case "has_example":
            return False, number(args, "n") <= 0
        case "max_emoji" | "question_count":
            return number(args, "n") < 0, False
        case "shorter_than_before":
            return number(args, "ratio") <= 0, False
        case "longer_than_before":
            return False, number(args, "ratio") <= 0
        case "contains":
            return not str(args["word"]).strip(), False
        case "starts_with" | "ends_with" | "repeats":
            return not str(args["text"]).strip(), False
        case "forbids":
            return False, not str(args["word"]).strip()
        case "kept":
            return False, not str(args["text"]).strip()
        case "language":
            return args["code"] not in language.NAMES, False
        case _:
            return False, False


def evidence(check: Check, text: str) -> tuple[Span, ...]:
    """The places of the text that the check looks at, at most 50; none if it judges the whole."""
    places = kind_of(check).finds(dict(check.args), text)
    return tuple(span_at(text, start, end) for start, end in places[:50])


def span_at(text: str, start: int, end: int) -> Span:
    """A span for a place, with its surroundings and how often the same words stood before it."""
    quote = text[start:end]
    return Span(
        quote=quote,
        prefix=text[max(0, start - _AROUND) : start],
        suffix=text[end : end + _AROUND],
        occurrence=text.count(quote, 0, start) + 1 if quote else 1,
        start=start,
        end=end,
    )


def describe(check: Check) -> str:
    """The check as an imperative, lower case, without a full stop: "use at most 25 words"."""
    kind = kind_of(check)
    return (kind.says_not if check.negate else kind.says)(dict(check.args))
