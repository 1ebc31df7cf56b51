"""Checks of length: how many words, sentences and paragraphs a text has.

Does not know how long another text was; that is relative.py.
"""

from __future__ import annotations

from data.checks.kind import Args, CheckKind, Place, count, number
from data.checks.units import paragraphs, sentences, word_count, words


def _within(args: Args, text: str, _before: str) -> bool:
    few = len(sentences(text)) <= number(args, "sentences")
    return few and word_count(text) <= number(args, "words")


def _says_within(args: Args) -> str:
    n = number(args, "sentences")
    what = "one short sentence" if n == 1 else f"at most {n:g} short sentences"
    return f"answer in {what}, at most {number(args, 'words'):g} words"


def _longest(text: str) -> int:
    return max((word_count(text[a:b]) for a, b in sentences(text)), default=0)


def _too_long(args: Args, text: str) -> tuple[Place, ...]:
    n = number(args, "n")
    return tuple((a, b) for a, b in sentences(text) if word_count(text[a:b]) > n)


def _between(args: Args, amount: int) -> bool:
    return number(args, "low") <= amount <= number(args, "high")


def _says_between(args: Args, noun: str) -> str:
    low, high = number(args, "low"), number(args, "high")
    return (
        f"use exactly {count(args, 'low', noun)}"
        if low == high
        else f"use {low:g} to {high:g} {noun}s"
    )


def _crowded(args: Args, text: str) -> tuple[Place, ...]:
    n = number(args, "n")
    return tuple((a, b) for a, b in paragraphs(text) if len(sentences(text[a:b])) > n)


KINDS = (
    CheckKind(
        "max_words",
        "length",
        ("n",),
        lambda a, t, _: word_count(t) <= number(a, "n"),
        lambda a: f"use at most {count(a, 'n', 'word')}",
        lambda a: f"use more than {count(a, 'n', 'word')}",
        lambda a, t: tuple(words(t)[int(number(a, "n")) :][:1]),
    ),
    CheckKind(
        "min_words",
        "length",
        ("n",),
        lambda a, t, _: word_count(t) >= number(a, "n"),
        lambda a: f"use at least {count(a, 'n', 'word')}",
        lambda a: f"use fewer than {count(a, 'n', 'word')}",
    ),
    CheckKind(
        "words_between",
        "length",
        ("low", "high"),
        lambda a, t, _: _between(a, word_count(t)),
        lambda a: _says_between(a, "word"),
        lambda a: f"do not {_says_between(a, 'word')}",
    ),
    CheckKind(
        "max_sentences",
        "length",
        ("n",),
        lambda a, t, _: len(sentences(t)) <= number(a, "n"),
        lambda a: (
            "answer in one sentence"
            if number(a, "n") == 1
            else f"use at most {count(a, 'n', 'sentence')}"
        ),
        lambda a: f"use more than {count(a, 'n', 'sentence')}",
        lambda a, t: sentences(t)[int(number(a, "n")) :],
    ),
    CheckKind(
        "min_sentences",
        "length",
        ("n",),
        lambda a, t, _: len(sentences(t)) >= number(a, "n"),
        lambda a: f"use at least {count(a, 'n', 'sentence')}",
        lambda a: f"use fewer than {count(a, 'n', 'sentence')}",
    ),
    CheckKind(
        "sentences_between",
        "length",
        ("low", "high"),
        lambda a, t, _: _between(a, len(sentences(t))),
        lambda a: _says_between(a, "sentence"),
        lambda a: f"do not {_says_between(a, 'sentence')}",
    ),
    # Sentences and words together: one endless sentence would pass max_sentences alone.
    CheckKind(
        "within",
        "length",
        ("sentences", "words"),
        _within,
        _says_within,
        lambda a: f"do not {_says_within(a)}",
        lambda a, t: sentences(t)[int(number(a, "sentences")) :],
    ),
    CheckKind(
        "max_paragraphs",
        "length",
        ("n",),
        lambda a, t, _: len(paragraphs(t)) <= number(a, "n"),
        lambda a: f"use at most {count(a, 'n', 'paragraph')}",
        lambda a: f"use more than {count(a, 'n', 'paragraph')}",
        lambda a, t: paragraphs(t)[int(number(a, "n")) :],
    ),
    CheckKind(
        "min_paragraphs",
        "length",
        ("n",),
        lambda a, t, _: len(paragraphs(t)) >= number(a, "n"),
        lambda a: f"use at least {count(a, 'n', 'paragraph')}",
        lambda a: f"use fewer than {count(a, 'n', 'paragraph')}",
    ),
    CheckKind(
        "paragraphs_between",
        "length",
        ("low", "high"),
        lambda a, t, _: _between(a, len(paragraphs(t))),
        lambda a: _says_between(a, "paragraph"),
        lambda a: f"do not {_says_between(a, 'paragraph')}",
    ),
    CheckKind(
        "max_paragraph_sentences",
        "length",
        ("n",),
        lambda a, t, _: not _crowded(a, t),
        lambda a: f"keep every paragraph to at most {count(a, 'n', 'sentence')}",
        lambda a: f"write paragraphs of more than {count(a, 'n', 'sentence')}",
        _crowded,
    ),
    CheckKind(
        "max_sentence_words",
        "length",
        ("n",),
        lambda a, t, _: _longest(t) <= number(a, "n"),
        lambda a: f"keep every sentence to at most {count(a, 'n', 'word')}",
        lambda a: f"write sentences of more than {count(a, 'n', 'word')}",
        _too_long,
    ),
)
