"""Cue words of other languages, turned into the English ones that the rules read.

A glossary, not a translator: what it does not know stays as it is. The language is a vote of the
words, per fragment, so that one critique may mix several.
"""

from __future__ import annotations

import re
from functools import cache

from feedback.glossary import ENGLISH, TABLES

READ = ("en", *TABLES)  # the languages whose words the rules read
_SCRIPTS = (("ja", re.compile(r"[\u3040-\u30ff]")), ("zh", re.compile(r"[\u3400-\u9fff]")))
_ENGLISH = frozenset(ENGLISH.split())
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


@cache
def _table(language: str) -> tuple[re.Pattern[str], dict[str, str], tuple[tuple[str, str], ...]]:
    """The pattern of every phrase of a language, the exact ones and the beginnings with English."""
    pairs = [p.split("=", 1) for p in TABLES[language].replace("\n", "|").split("|") if "=" in p]
    exact = {key: english for key, english in pairs if not key.endswith("*")}
    begun = tuple((key[:-1], english) for key, english in pairs if key.endswith("*"))
    longest = sorted((key for key, _ in pairs), key=len, reverse=True)
    either = "|".join(re.escape(key).replace(r"\*", r"\w*") for key in longest)
    spaced = language not in ("zh", "ja")
    whole = rf"(?<!\w)(?:{either})(?:(?<=')|(?!\w))" if spaced else f"(?:{either})"
    return re.compile(whole), exact, tuple(sorted(begun, key=lambda b: -len(b[0])))


@cache
def _known(language: str) -> frozenset[str]:
    _, exact, _ = _table(language)
    return frozenset(word for key in exact for word in key.split())


@cache
def _beginnings(language: str) -> tuple[str, ...]:
    return tuple(key for key, _ in _table(language)[2] if " " not in key)


def language(text: str) -> str:
    """The language of the glossary that most of the words are of; "" for English or none."""
    for name, script in _SCRIPTS:
        if script.search(text):
            return name
    words = _WORD.findall(text)
    best, most = "", float(sum(word in _ENGLISH for word in words))
    for name in TABLES:
        if name in ("zh", "ja"):
            continue
        known, begun = _known(name), _beginnings(name)
        votes = float(sum(word in known for word in words))
        votes += 0.9 * sum(word not in known and word.startswith(begun) for word in words)
        if votes > most:
            best, most = name, votes
    return best


def to_english(text: str) -> str:
    """The lower-cased text with every known phrase replaced; unchanged if none is known."""
    name = language(text[:2000])
    if not name:
        return text
    pattern, exact, begun = _table(name)

    def english(match: re.Match[str]) -> str:
        said = match.group()
        if said in exact:
            return f" {exact[said]} "
        return next((f" {word} " for key, word in begun if said.startswith(key)), said)

    return " ".join(pattern.sub(english, text).split())
