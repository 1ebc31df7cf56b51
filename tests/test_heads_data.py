"""The clauses that the heads learn from, and three small sets of our own, have the form they claim.

All were written by hand for this project; none says how people at large speak.

- `heads/clauses.jsonl`: labelled clauses; its README.md says how they were labelled.
- `tests/data/rules.jsonl`: rules with the two spans of the text that hold the condition, its first
  word included ("when", "in", "for"), and the change.
- `tests/data/claims.jsonl`: corrections of a reply. `wrong` stands in the reply; `right` stands in
  the critique, or is empty where the person does not say it. The last field says whether the person
  has it right, `about_self` whether it is about the person or their own task.
- `tests/data/relations.jsonl`: a later wish beside an earlier one. Pairs whose id starts with
  "near" look like contradictions and are none.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from data.types import Op, Reach, WishKind

ROOT = Path(__file__).parent.parent
ASPECTS = frozenset(
    {
        "length",
        "structure",
        "format",
        "tone",
        "wording",
        "language",
        "correctness",
        "completeness",
        "relevance",
        "reasoning",
        "evidence",
        "detail_examples",
        "creativity",
        "facts_about_me",
        "interaction",
        "other",
    }
)
RELATIONS = frozenset({"repeats", "refines", "exception_to", "contradicts", "retracts", "new"})
LARGE = ("en", "de", "fr", "es", "zh")


def rows(name: str) -> list[dict[str, Any]]:
    """The records of a file, one a line."""
    return [json.loads(line) for line in (ROOT / name).read_text("utf-8").splitlines()]


CLAUSES = rows("heads/clauses.jsonl") + rows("heads/spoken.jsonl")
RULES = rows("tests/data/rules.jsonl")
CLAIMS = rows("tests/data/claims.jsonl")
PAIRS = rows("tests/data/relations.jsonl")


@pytest.mark.parametrize(
    ("records", "fields", "text"),
    [
        (
            CLAUSES,
            "id language text kind aspect polarity op scope sarcasm",
            ("text",),
        ),
        (RULES, "id text condition change", ("text",)),
        (CLAIMS, "id request reply critique claim about_self right", ("critique",)),
        (PAIRS, "id earlier later relation", ("earlier", "later")),
    ],
    ids=["clauses", "rules", "claims", "relations"],
)
def test_every_record_has_its_fields_and_none_stands_twice(
    records: list[dict[str, Any]], fields: str, text: tuple[str, ...]
) -> None:
    ids = Counter(record["id"] for record in records)
    texts = Counter(record[field].casefold() for record in records for field in text)

    assert [record["id"] for record in records if list(record) != fields.split()] == []
    assert [name for name, times in (ids + texts).items() if times > 1] == []
    assert [words for words in texts if not words or words != words.strip()] == []


def test_every_label_of_a_clause_is_of_its_closed_set() -> None:
    closed = {
        "kind": frozenset(get_args(WishKind)),
        "aspect": ASPECTS,
        "polarity": frozenset({-1, 0, 1}),
        "op": frozenset(get_args(Op)),
        "scope": frozenset(get_args(Reach)),
        "sarcasm": frozenset({0, 1}),
    }
    used = {field: {clause[field] for clause in CLAUSES} for field in closed}

    assert used == closed


def test_there_are_enough_clauses_of_every_kind_and_language() -> None:
    kinds = Counter(clause["kind"] for clause in CLAUSES)
    spoken = Counter(clause["language"] for clause in CLAUSES)
    both = Counter((clause["language"], clause["kind"]) for clause in CLAUSES)

    assert len(CLAUSES) >= 900
    assert min(kinds.values()) >= 60
    assert {language: spoken[language] >= 40 for language in LARGE} == dict.fromkeys(LARGE, True)
    assert [
        (language, kind)
        for language in LARGE
        for kind in ("praise", "style", "content", "fact")
        if both[language, kind] < 4
    ] == []


def test_a_clause_without_a_wish_asks_for_nothing() -> None:
    silent = [clause for clause in CLAUSES if clause["kind"] in {"none", "clarify"}]

    assert {(c["polarity"], c["op"], c["scope"]) for c in silent} == {(0, "none", "reply")}


def test_praise_is_never_a_complaint_and_sarcasm_always_is() -> None:
    praised = {clause["polarity"] for clause in CLAUSES if clause["kind"] == "praise"}
    mocking = {clause["polarity"] for clause in CLAUSES if clause["sarcasm"]}

    assert praised == {0, 1}
    assert mocking == {-1}


def test_sixty_rules_hold_their_condition_and_change_apart() -> None:
    broken = [
        rule["id"]
        for rule in RULES
        if rule["condition"] not in rule["text"]
        or rule["change"] not in rule["text"].replace(rule["condition"], "\n")
    ]

    assert len(RULES) == 60
    assert broken == []


def test_half_of_the_claims_are_wrong_and_a_quarter_are_about_the_person() -> None:
    broken = [
        claim["id"]
        for claim in CLAIMS
        if set(claim["claim"]) != {"wrong", "right"}
        or not claim["claim"]["wrong"]
        or claim["claim"]["wrong"] not in claim["reply"]
        or claim["claim"]["right"] not in claim["critique"]
    ]
    counts = Counter((claim["about_self"], claim["right"]) for claim in CLAIMS)

    assert broken == []
    assert counts == {(False, False): 30, (False, True): 15, (True, True): 15}


def test_a_quarter_of_the_pairs_only_look_like_contradictions() -> None:
    relations = Counter(pair["relation"] for pair in PAIRS)
    near = [pair["relation"] for pair in PAIRS if pair["id"].startswith("near-")]

    assert len(PAIRS) == 80
    assert set(relations) == RELATIONS
    assert relations["contradicts"] == 25
    assert len(near) == 20
    assert "contradicts" not in near
