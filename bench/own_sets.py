"""Measures of the parser on our small sets: rules, claims, pairs of wishes, and quotes of all.

Reads tests/data; prints no row. Knows no baseline.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench import critiques, measures
from bench.critiques import Row
from bench.measures import Figure
from data.types import Label, Lesson, Wish
from feedback import clauses, conditions, conflicts, propose
from feedback.parse import parse

FOLDER = Path(__file__).parent.parent / "tests/data"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def lines(name: str) -> list[Row]:
    """A file of tests/data."""
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def verbatim(label: Label | None) -> dict[str, Figure]:
    """P11: every quote of every wish stands in its text, letter for letter, where it says."""
    texts = [row["text"] for row in (*critiques.lines("open"), *lines("rules.jsonl"))]
    texts += [row["critique"] for row in lines("claims.jsonl")]
    hits = []
    for text in texts:
        for wish in parse(text, reply="", label=label):
            start = wish.quote.start or 0
            hits.append(text[start : start + len(wish.quote.quote)] == wish.quote.quote != "")
    return {"P11 quotes verbatim": measures.rate(hits)}


def of_rules(label: Label | None) -> dict[str, Figure]:
    """P5: the words of the condition, and the words of the wish that are left without it."""
    gold = lines("rules.jsonl")
    said = [condition_and_change(row["text"], label) for row in gold]
    return {
        "P5 condition, token F1": measures.tokens_f1(
            [where for where, _ in said], [row["condition"] for row in gold]
        ),
        "P5 change, token F1": measures.tokens_f1(
            [what for _, what in said], [row["change"] for row in gold]
        ),
    }


def condition_and_change(text: str, label: Label | None = None) -> tuple[str, str]:
    """The words that say where, and the quoted words that are left."""
    prepared = clauses.prepare(text)
    inside: set[int] = set()
    for clause in clauses.split(prepared):
        words = prepared.masked[clause.start : clause.end]
        beyond = conditions.exception(words)
        found = (*conditions.find(words).places, *((beyond,) if beyond else ()))
        places = [(clause.start + a, clause.start + b) for a, b in found]
        if clause.lead is not None:
            places.append(clause.lead)
        for start, end in places:
            inside |= set(range(*prepared.place(start, end)))
    quoted: set[int] = set()
    for wish in parse(text, reply="", label=label):
        start = wish.quote.start or 0
        quoted |= set(range(start, start + len(wish.quote.quote)))
    return _cut(text, inside), _cut(text, quoted - inside)


def _cut(text: str, kept: set[int]) -> str:
    chosen = "".join(c if i in kept else " " for i, c in enumerate(text))
    return " ".join(chosen.split()).strip(" ,.;:")


def of_claims(label: Label | None) -> dict[str, Figure]:
    """P13: what would be believed and kept, and what should be."""
    unproved: list[bool] = []
    about_self: list[bool] = []
    for row in lines("claims.jsonl"):
        found = parse(row["critique"], reply=row["reply"], request=row["request"], label=label)
        believed = any(wish.claim == "supported" for wish in found)
        (about_self if row["about_self"] else unproved).append(believed)
    return {
        "P13 unverified claims taken for supported": measures.rate(unproved),
        "P13 right claims about the person taken": measures.rate(about_self),
    }


def of_relations(label: Label | None) -> dict[str, Figure]:
    """P15: contradictions that are seen, and that are ones."""
    both = []
    for row in lines("relations.jsonl"):
        earlier = _lessons(row["earlier"], label)
        later = _lessons(row["later"], label)
        found = [conflict.kind for one in later for conflict in conflicts.find(one, earlier)]
        both.append(("contradicts" in found, row["relation"] == "contradicts"))
    return {
        "P15 contradictions, recall": measures.rate([said for said, is_one in both if is_one]),
        "P15 contradictions, precision": measures.rate([is_one for said, is_one in both if said]),
    }


def _lessons(text: str, label: Label | None) -> Sequence[Lesson]:
    """The lessons of a text; what reaches no further than its reply counts as if it did."""
    found = [
        propose.lesson_from(_lasting(wish), "", NOW) for wish in parse(text, reply="", label=label)
    ]
    return [
        replace(lesson, id=f"{number}: {text}")
        for number, lesson in enumerate(one for one in found if one is not None)
    ]


def _lasting(wish: Wish) -> Wish:
    return wish if wish.reach in ("topic", "always") else replace(wish, reach="always")
