"""Parsers to be measured side by side: ours, rules only, and the plain ones that it has to beat.

Each takes a labelled critique with its reply and gives wishes as rows. Knows no labels of the set;
trained ones learn from the rows in heads/.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from assistant import embedder
from bench.critiques import Row
from data.types import Label, Message, Span, Wish
from feedback import clauses
from feedback.parse import parse
from heads import fit, rows

Reader = Callable[[Row, str], list[Row]]  # a critique and its reply
FIELDS = ("kind", "aspect", "polarity", "scope")
THUMBS = {"up": 1, "down": -1, None: 0}


def ours(label: Label | None) -> Reader:
    """The parser of the product; without heads, rules only."""

    def read(critique: Row, reply: str) -> list[Row]:
        marked = critique["marked"]
        span = Span(reply[marked[0] : marked[1]]) if marked else None
        thumb = critique["thumb"]
        found = parse(critique["text"], reply=reply, span=span, thumb=thumb, label=label)
        return [_row(wish) for wish in found if wish.kind != "none" and wish.route != "hold"]

    return read


def _row(wish: Wish) -> Row:
    start = wish.quote.start or 0
    return {
        "start": start,
        "end": start + len(wish.quote.quote),
        "kind": wish.kind,
        "aspect": wish.aspect,
        "polarity": wish.polarity,
        "scope": wish.reach,
        "sure": wish.sure,
        "route": wish.route,
    }


def one_unit(critique: Row, reply: str) -> list[Row]:
    """No parser: the whole critique is one wish with the polarity of the thumb."""
    text = critique["text"]
    plain = {"kind": "style", "aspect": "other", "polarity": THUMBS[critique["thumb"]]}
    where = {"start": 0, "end": len(text), "scope": "reply", "sure": 1.0, "route": "accept"}
    return [plain | where] if text.strip() else []


def labelled(say: Label) -> Reader:
    """Our clauses, each a wish that is labelled by `say` alone."""

    def read(critique: Row, reply: str) -> list[Row]:
        prepared = clauses.prepare(critique["text"])
        places = [prepared.place(c.start, c.end) for c in clauses.split(prepared)]
        said = say([critique["text"][a:b] for a, b in places])
        found = []
        for (start, end), given in zip(places, said, strict=True):
            best = {field: _best(given, field) for field in FIELDS}
            if best["kind"][0] == "none":
                continue
            sure = min(p for field, (_, p) in best.items() if field != "scope")
            found.append(
                {
                    "start": start,
                    "end": end,
                    **{field: label for field, (label, _) in best.items()},
                    "polarity": int(best["polarity"][0]),
                    "sure": sure,
                    "route": "accept" if sure >= 0.6 else "ask",
                }
            )
        return found

    return read


def _best(given: Mapping[str, float], field: str) -> tuple[str, float]:
    named = [name for name in given if name.startswith(f"{field}=")]
    label = max(named, key=lambda name: given[name])
    return label.partition("=")[2], given[label]


def majority() -> Label:
    """The commonest label of each field in the training rows, as if it were sure."""
    common = {}
    for field in FIELDS:
        counted = Counter(row.labels[field] for row in rows.clauses())
        common[f"{field}={counted.most_common(1)[0][0]}"] = 1.0
    return lambda texts: [common] * len(texts)


def tfidf() -> Label:
    """Logistic regression on TF-IDF alone, fitted here on the training clauses."""
    given = rows.clauses()
    where = fit.space(row.text for row in given)
    return _regression(given, lambda texts: fit.features(texts, where, None))


def frozen() -> Label:
    """Logistic regression on the vectors of the sentence model as it is."""
    nothing = fit.Space({}, np.zeros(0, np.float32))

    def seen(texts: Sequence[str]) -> fit.Features:
        bare = fit.features(texts, nothing, None)
        return fit.Features(bare.grams, np.array(embedder.embed(texts)) * fit.VECTORS)

    return _regression(rows.clauses(), seen)


def _regression(given: Sequence[rows.Row], seen: Callable[[Sequence[str]], fit.Features]) -> Label:
    features = seen([row.text for row in given])
    narrow = fit.narrowed(features)
    alone = np.zeros(len(given), np.intp)
    fitted = {}
    for field in FIELDS:
        labels = [row.labels[field] for row in given]
        fitted[field] = fit.fit(features, labels, alone, narrow, score=False)

    def say(texts: Sequence[str]) -> list[dict[str, float]]:
        if not texts:
            return []
        here = seen(texts)
        said: list[dict[str, float]] = [{} for _ in texts]
        for field, one in fitted.items():
            logits = here.grams @ one.of_grams + here.means @ one.of_means + one.bias
            grown = np.exp(logits - logits.max(1, keepdims=True))
            for row, shares in zip(said, grown / grown.sum(1, keepdims=True), strict=True):
                row |= {f"{field}={n}": float(p) for n, p in zip(one.labels, shares, strict=True)}
        return said

    return say


def prompted(complete: Callable[[Message], str]) -> Reader:
    """The loaded model, asked for lines of JSON; a quote that is not in the text is dropped."""

    def read(critique: Row, reply: str) -> list[Row]:
        text = critique["text"]
        found: list[Row] = []
        said = complete(Message("user", ASK.format(text=text)))
        for line in re.findall(r"\{[^{}]*\}", said):
            try:
                wish = json.loads(line)
                quote, kind, aspect = (str(wish[f]) for f in ("quote", "kind", "aspect"))
                polarity, scope = int(wish["polarity"]), str(wish["scope"])
            except (ValueError, KeyError, TypeError):
                continue
            start = text.find(quote)
            if not quote or start < 0 or scope not in ("reply", "task", "topic", "always"):
                continue
            place = {"start": start, "end": start + len(quote), "sure": 1.0, "route": "accept"}
            labels = {"kind": kind, "aspect": aspect, "polarity": polarity, "scope": scope}
            found.append(place | labels)
        return found

    return read


def polarity(label: Label | None) -> Callable[[Sequence[str]], list[int]]:
    """Good (1) or bad (-1) of a whole critique, from the signs of its wishes; in doubt good."""

    def say(texts: Sequence[str]) -> list[int]:
        sums = [sum(w.polarity for w in parse(t, reply="", label=label)) for t in texts]
        return [1 if total >= 0 else -1 for total in sums]

    return say


ASK = """A person said this about a reply of an assistant. List each thing that they ask for,
praise or correct, one JSON object a line and nothing else, with these fields:
"quote": their words, letter for letter
"kind": one of praise, style, content, fact, once, rephrase, process, meta, retract, clarify
"aspect": one of length, structure, format, tone, wording, language, correctness, completeness,
relevance, reasoning, evidence, detail_examples, creativity, facts_about_me, interaction, other
"polarity": -1, 0 or 1
"scope": one of reply, task, topic, always

What they said:
{text}"""
