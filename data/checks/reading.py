"""Checks of how hard a text is to read, by the lengths of its words and sentences.

Made for English: syllables are counted by vowels. Knows no meaning. Source: Flesch
1948, Kincaid 1975.
"""

from __future__ import annotations

import re

from data.checks.kind import Args, CheckKind, Place, count, number
from data.checks.units import sentences, without_code, word_count, word_list

_VOWELS = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûœæ]+")


def syllables(word: str) -> int:
    """How many syllables a word has, at least one; a final silent e is none."""
    bare = word.casefold()
    groups = len(_VOWELS.findall(bare))
    silent = bare.endswith("e") and not bare.endswith(("le", "ee", "ye")) and groups > 1
    return max(1, groups - silent)


def _rates(text: str) -> tuple[float, float]:
    """Words a sentence, and syllables a word; zero both where there is no word."""
    plain = without_code(text)
    said = word_list(plain)
    if not said:
        return 0.0, 0.0
    places = max(1, len(sentences(plain)))
    return len(said) / places, sum(map(syllables, said)) / len(said)


def reading_ease(text: str) -> float:
    """Flesch's reading ease: about 30 is hard, 60 plain English, 90 easy; 0 for no words."""
    words, parts = _rates(text)
    return 206.835 - 1.015 * words - 84.6 * parts if words else 0.0


def grade(text: str) -> float:
    """The school year (United States) that a text asks for, after Kincaid; 0 for no words."""
    words, parts = _rates(text)
    return max(0.0, 0.39 * words + 11.8 * parts - 15.59) if words else 0.0


def mean_words(text: str) -> float:
    """Words a sentence, on average; 0 for no words."""
    return _rates(text)[0]


def _longer(args: Args, text: str) -> tuple[Place, ...]:
    n = number(args, "n")
    return tuple((a, b) for a, b in sentences(text) if word_count(text[a:b]) > n)


KINDS = (
    CheckKind(
        "reading_ease",
        "words",
        ("min",),
        lambda a, t, _: reading_ease(t) >= number(a, "min"),
        lambda a: f"write so plainly that the reading ease is at least {number(a, 'min'):g}",
        lambda a: f"write so that the reading ease is under {number(a, 'min'):g}",
    ),
    CheckKind(
        "grade",
        "words",
        ("max",),
        lambda a, t, _: grade(t) <= number(a, "max"),
        lambda a: f"write for school year {number(a, 'max'):g} or below",
        lambda a: f"write for readers above school year {number(a, 'max'):g}",
    ),
    CheckKind(
        "mean_sentence_words",
        "length",
        ("n",),
        lambda a, t, _: mean_words(t) <= number(a, "n"),
        lambda a: f"keep sentences at {count(a, 'n', 'word')} on average, or fewer",
        lambda a: f"write sentences of more than {count(a, 'n', 'word')} on average",
        _longer,
    ),
)
