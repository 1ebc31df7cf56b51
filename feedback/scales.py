"""Scales on which a reply stands at one place: short or long, formal or casual, cups or grams.

Each value has its words. Knows neither what is wanted of a value nor of which part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from feedback.amounts import NUMBER

# Scales of a part of the reply: short titles say nothing against long answers.
OF_A_PART = frozenset({"length", "order"})

_SCALES: Mapping[str, Mapping[str, str]] = {
    "length": {
        "short": r"short(?:er)?|brief(?:er|ly)?|concise(?:ly)?|terse|compact|condensed?|shorten"
        r"|trim(?:med)?|to the point|snappy|succinct",
        "long": r"long(?:er)?|lengthy|wordy|wordier|verbose|detailed"
        r"|in (?:full |more |great )?detail"
        r"|elaborate(?:ly)?|extensive(?:ly)?|expand(?:ed)?|thorough(?:ly)?|long-winded",
    },
    "formality": {
        "formal": r"formal(?:ly)?|official|stiff(?:er)?|businesslike|professional(?:ly)?",
        "casual": r"casual(?:ly)?|informal(?:ly)?|chatty|chattier|colloquial|relaxed|laid-back"
        r"|slang|folksy",
    },
    "humour": {
        "funny": r"funny|funnier|humou?r(?:ous)?|witty|jok(?:e|es|ing|ey)|playful|light-hearted"
        r"|silly|comic(?:al)?|puns?",
        "serious": r"serious(?:ly)?|sober|solemn|grave|stern|earnest",
    },
    "frankness": {
        "blunt": r"blunt(?:ly)?|harsh(?:er|ly)?|brutal(?:ly)?|frank(?:ly)?|unsparing"
        r"|straight with me|tough|no sugar-?coating|merciless|strict(?:er)?|critical",
        "gentle": r"gentl[ey](?:r)?|kind(?! of)(?:er|ly)?|soft(?:er|ly)?|tactful(?:ly)?"
        r"|diplomatic(?:ally)?|sugar-?coat(?:ed|ing)?|lenient|mild(?:er|ly)?|easy on me",
    },
    "warmth": {
        "warm": r"warm(?:er|ly|th)?|friendl(?:y|ier)|affectionate|cordial|heartfelt",
        "cold": r"cold(?:er|ly)?|cool(?:er|ly)?|distant|detached|matter-of-fact|impersonal",
    },
    "mood": {
        "happy": r"happy|happily|cheerful(?:ly)?|upbeat|optimistic|joyful",
        "sad": r"sad(?:ly)?|gloomy|bleak|tragic(?:ally)?|pessimistic|melancholy|unhappy",
    },
    "ease": {
        "plain": r"simple|simpler|simply|plain(?:er|ly)?|(?:easy|easier|everyday) words|layman's"
        r"|jargon-free",
        "technical": r"technical(?:ly)?|jargon|complicated|sophisticated|academic|scholarly"
        r"|long words|fancy words",
    },
    "address": {
        "familiar": r"first[- ]names?|duz(?:en|t)?|tutoyer|tutoie|tutear|tutéa\w*|de tú",
        "distant": r"(?:mr|ms|mrs)\b|last[- ]names?|surnames?|family names?|siez(?:en|t)?"
        r"|vouvoyer|vouvoie|de usted",
    },
    "explanation": {
        "explained": r"explain(?:ed|ing)?|explanations?|comment on|walk me through|annotate",
        "bare": r"(?:just|only|nothing but) (?:the |an? )?(?:code|answer|result|number|text)\b"
        r"(?: block)?|code[- ]only|without (?:any )?explanations?|nothing but",
    },
    "guessing": {
        "ask": r"ask(?:ing)? (?:me )?(?:first|before|when|if)|check with me|ask me\b",
        "guess": r"guess(?:ing)?|assum(?:e|ing)|(?:don't|do not|never|not)(?: ever)? ask\b"
        r"|decide (?:for )?yourself|without asking",
    },
    "precision": {
        "rounded": r"round(?:ed)?(?: off| up| down)?|approximate(?:ly)?|ballpark"
        r"|(?:to )?whole (?:numbers?|pounds?|euros?|dollars?|units?)|no decimals",
        "exact": rf"(?:exact|precise)(?:ly)?(?! {NUMBER})|with decimals"
        r"|to the (?:penny|cent|decimal)"
        r"|unrounded|\w+ decimal places",
    },
    "order": {
        "first": r"first|(?:at|on) (?:the )?(?:top|start|beginning)|to begin with|up front"
        r"|(?:start|begin|open|lead) with|on top",
        "last": r"last|(?:at|to) the (?:end|bottom)|(?:end|close|finish) with|at last",
    },
    "spelling": {
        "british": r"british|uk (?:english|spelling)",
        "american": r"american|us (?:english|spelling)",
    },
    "voice": {"active": r"active voice|in the active", "passive": r"passive(?: voice)?"},
    "tense": {"past": r"past tense", "present": r"present tense", "future": r"future tense"},
    "person": {
        "first": r"first person",
        "second": r"second person",
        "third": r"third person",
    },
    "cooking units": {
        "cups": r"cups?|tablespoons?|ounces?|imperial",
        "grams": r"grams?|kilograms?|kilos?|millilit(?:er|re)s?|metric",
    },
    "distance": {
        "miles": r"miles?|feet|inches|imperial",
        "kilometres": r"kilomet(?:er|re)s?|km|met(?:er|re)s|metric",
    },
    "temperature": {
        "celsius": r"celsius|centigrade|metric",
        "fahrenheit": r"fahrenheit|imperial",
    },
    "currency": {
        "euro": r"euros?|eur|€",
        "dollar": r"dollars?|usd|\$",
        "pound": r"pounds? sterling|gbp|£|in pounds",
        "yen": r"yen",
        "franc": r"(?:swiss )?francs?|chf",
        "rupee": r"rupees?",
    },
    "clock": {
        "24-hour": r"24[- ]hours?(?: clock| time)?",
        "12-hour": r"12[- ]hours?(?: clock| time)?|am (?:and|or|/) ?pm",
    },
}  # fmt: skip
_WORDS = {
    scale: {value: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") for value, words in of.items()}
    for scale, of in _SCALES.items()
}


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a scale, and where the words that name it stand: characters."""

    scale: str
    value: str
    start: int
    end: int


def find(text: str) -> list[Place]:
    """The values that words name, the longest words first: a first name is no order."""
    hits = sorted(
        (
            Place(scale, value, *match.span())
            for scale, of in _WORDS.items()
            for value, words in of.items()
            for match in words.finditer(text)
        ),
        key=lambda hit: (hit.start - hit.end, hit.start),
    )
    kept: list[Place] = []
    for hit in hits:
        at = (hit.start, hit.end)
        if not any(
            hit.start < other.end and other.start < hit.end and at != (other.start, other.end)
            for other in kept
        ):
            kept.append(hit)
    return kept


def values(scale: str) -> tuple[str, ...]:
    """The values of a scale; of two, to refuse one is to want the other."""
    return tuple(_SCALES[scale])
