"""Which language a text is in, by its script and its commonest words.

A vote, not a model: texts of fewer than three known words in a Latin script have no language.
"""

from __future__ import annotations

import re

from data.checks import kind
from data.checks.kind import CheckKind
from data.checks.units import without_code, word_list

NAMES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "ja": "Japanese",
    "zh": "Chinese",
    "ko": "Korean",
    "ru": "Russian",
    "ar": "Arabic",
    "el": "Greek",
    "he": "Hebrew",
    "hi": "Hindi",
    "th": "Thai",
}
_SCRIPTS = {
    "ja": r"[\u3040-\u30ff]",
    "ko": r"[\uac00-\ud7af]",
    "zh": r"[\u3400-\u9fff]",
    "ru": r"[\u0400-\u04ff]",
    "ar": r"[\u0600-\u06ff]",
    "el": r"[\u0370-\u03ff]",
    "he": r"[\u0590-\u05ff]",
    "hi": r"[\u0900-\u097f]",
    "th": r"[\u0e00-\u0e7f]",
}
_COMMON = {
    "en": "the of and to in is it that for you was with on are this be as not have but what can"
    " your from they will an at by we if my use do so too more always never please answer when",
    "de": "der die das und ist nicht ein eine zu den von mit auf für im es sich auch dem dass wie"
    " bitte ich du sie wir oder aber zu kurz lang immer nie bei aus nach wird sind keine kein",
    "fr": "le la les des est et un une pour que dans pas plus sur avec au ce il elle qui vous nous"
    " je sont très trop toujours jamais sans du en mais ou cette par",
    "es": "el la los las es y un una para que en no más con por del se lo como pero muy demasiado"
    " siempre nunca sin está son su tu al este esta o",
    "it": "il lo la gli è e un una per che in non più con del della di sono si come ma molto troppo"
    " sempre mai senza questo questa anche nel i",
    "pt": "o os as é e um uma para que em não mais com por do da se como mas muito demais sempre"
    " nunca sem está são seu sua ao este esta no na você",
    "nl": "de het een en is niet van te dat op voor met zijn er aan ook als maar dit bij altijd"
    " nooit graag je ik wij geen naar wordt",
}
_WORDS = {code: frozenset(text.split()) for code, text in _COMMON.items()}


def votes(text: str) -> dict[str, int]:
    """How many words of the text each language with a Latin script counts among its commonest."""
    seen = word_list(text[:20_000])
    return {code: sum(w in known for w in seen) for code, known in _WORDS.items()}


def language_of(text: str) -> str:
    """The code of the language, or "" where the text is too short or too mixed to say."""
    plain = without_code(text)[:20_000]
    letters = sum(c.isalpha() for c in plain)
    if not letters:
        return ""
    share = {code: len(re.findall(pattern, plain)) / letters for code, pattern in _SCRIPTS.items()}
    share["ja"] += share["zh"] if share["ja"] > 0.1 else 0.0
    best = max(share, key=lambda code: share[code])
    if share[best] > 0.4:
        return best
    counted = votes(plain)
    first, second, *_ = sorted(counted, key=lambda code: -counted[code])
    clear = counted[first] >= 3 and counted[first] > 1.15 * counted[second]
    return first if clear else ""


KINDS = (
    CheckKind(
        "language",
        "language",
        ("code",),
        lambda a, t, _: language_of(t) == kind.words(a, "code"),
        lambda a: f"answer in {NAMES.get(kind.words(a, 'code'), kind.words(a, 'code'))}",
        lambda a: f"do not answer in {NAMES.get(kind.words(a, 'code'), kind.words(a, 'code'))}",
    ),
)
