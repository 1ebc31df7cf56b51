"""The facets that a request leaves open: by its words, then by what like requests left open.

One call of `embed`, and none where nothing could be asked. Knows no value and no budget.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from clarify import bank, options
from clarify.bank import Bank
from clarify.beliefs import Beliefs
from clarify.options import Facet
from data.checks.language import language_of
from data.types import Embed, Lesson

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
SENTENCES = 24  # that are embedded at most, the latest first


def of(
    by_words: Sequence[Facet],
    request: str,
    before: Sequence[str],
    lessons: Sequence[Lesson],
    scope: str,
    beliefs: Beliefs,
    known: Bank,
    embed: Embed,
) -> tuple[Facet, ...]:
    """At most five facets, first `by_words`: those that the request's own words open.

    Left out is what the person or a lesson said, muted, or was asked about a short while ago.
    """
    by_words = [one for one in by_words if not beliefs.silent((scope, one.trait))]
    asked = options.own_words(request)
    readable = asked.strip() and len(request) <= options.LONGEST
    if not known.rows or not readable or language_of(asked) not in ("", "en"):
        return tuple(by_words)  # the bank's questions are in English
    said = [*(one.effect for one in lessons), *(_sentences([*before, asked]))]
    vectors = np.asarray(embed([asked, *said]), np.float64)
    taken = {one.trait for one in options.BANK}  # those have words of their own to open them
    leave = {
        row.facet
        for row in known.rows
        if row.facet in taken
        or beliefs.silent((scope, row.facet))
        or beliefs.rests((scope, row.facet))
    }
    found = bank.retrieve(known, asked, vectors[0], vectors[1:], frozenset(leave))
    return (*by_words, *(options.retrieved(one.row) for one in found))[: bank.MOST]


def _sentences(texts: Sequence[str]) -> list[str]:
    """The sentences of what was said, but for a request of a single sentence: it is no answer."""
    *earlier, last = [[part for part in _SENTENCE.split(text) if part.strip()] for text in texts]
    own = last if len(last) > 1 else []
    return [*(part for some in earlier for part in some), *own][-SENTENCES:]
