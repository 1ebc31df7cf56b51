"""The set of labelled critiques keeps its format: exact quotes, closed words, known checks, counts.

Reads the files only. A failure names an id, never a text: the held part is not to be read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from data.checks import registry
from data.types import Check, Claim, Op, Reach, WishKind

FOLDER = Path(__file__).parent / "data" / "critiques"
KINDS = set(get_args(WishKind)) - {"none"}
NAMES = (
    "length structure format tone wording language correctness completeness relevance reasoning"
    " evidence detail_examples creativity facts_about_me interaction other"
)
ASPECTS = set(NAMES.split())
HOW = {"marked", "quoted", "part", "entity", "nearest", "whole", "missing", "process"}
NOWHERE = {"whole", "missing", "process"}  # these name no place in the reply
KEYS = {"channel", "recipient", "task_type", "topic", "language", "audience"}
TRAITS = {
    *("negation", "contrast", "condition", "meta"),
    *("marked", "sarcastic", "quotes", "pasted"),
}
STRENGTHS = {0.2, 0.4, 0.6, 0.8, 1.0}
FIELDS = {"id", "reply", "language", "text", "marked", "thumb", "traits", "author", "wishes"}
PARTS = (
    "quote start end kind aspect polarity op old new how target scope condition exception"
    " strength check claim sarcasm"
)
WISH = set(PARTS.split())
# How many wishes of each kind the whole set aims at; each may be a quarter, or five, off.
AIMED = {"style": 120, "content": 70, "praise": 60, "fact": 55, "once": 45, "meta": 45} | {
    **{"rephrase": 25, "process": 25, "clarify": 25, "retract": 20}
}
Row = dict[str, Any]


@cache
def rows(name: str) -> list[Row]:
    """The lines of one file, in order."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def both() -> list[Row]:
    """Every critique, open and held."""
    return [*rows("open"), *rows("held")]


def second() -> list[Row]:
    """The rows of pass "b", of both files."""
    return [*rows("labels-b-1"), *rows("labels-b-2")]


def labelled() -> list[Row]:
    """Every critique with its wishes of pass "a", then of pass "b", then as they were settled."""
    by_id = {row["id"]: row for row in both()}
    others = [*second(), *rows("settled")]
    return both() + [by_id[row["id"]] | {"wishes": row["wishes"]} for row in others]


def replies() -> dict[str, str]:
    """The stored replies by their ids."""
    return {row["id"]: row["reply"] for row in rows("replies")}


def stored(check: Row) -> Check:
    """A check of the files as the program stores it."""
    return Check(check["name"], tuple(check["args"].items()), check["negate"])


def word_count(row: Row) -> int:
    """How many words a critique has; two Chinese characters are one."""
    if row["language"] != "zh":
        return len(row["text"].split())
    signs = len(re.findall(r"[\u3400-\u9fff]", row["text"]))
    return (signs + 1) // 2 + len(re.findall(r"[A-Za-z0-9]+", row["text"]))


def trimmed(text: str) -> bool:
    """Whether a text is not empty and has no white space at its edges."""
    return text.strip() == text != ""


def row_step(row: Row) -> int:
    """Which of the four lengths a critique has: 0 is five words or fewer, 3 more than forty."""
    return sum(word_count(row) > top for top in (5, 15, 40))


def broken(rule: Any) -> list[str]:
    """The ids of the critiques with a wish that breaks a rule (row, wish) -> whether it holds.

    The rule sees the wishes of both passes and the settled ones.
    """
    return [row["id"] for row in labelled() if not all(rule(row, wish) for wish in row["wishes"])]


def test_ids_and_texts_stand_once() -> None:
    for values in (
        [row["id"] for row in both()],
        [" ".join(row["text"].casefold().split()) for row in both()],
        [row["id"] for row in rows("replies")],
        [row["reply"] for row in rows("replies")],
    ):
        twice = len(values) - len(set(values))  # a number only: a failure shows no text
        assert twice == 0


def test_replies_are_30_to_200_words_and_all_are_criticised() -> None:
    assert len(replies()) == 40
    assert all(30 <= len(text.split()) <= 200 for text in replies().values())
    assert {row["reply"] for row in both()} == set(replies())


def test_every_critique_has_its_fields() -> None:
    for row in both():
        whole = len(replies()[row["reply"]])
        start, end = row["marked"] or (0, 1)
        assert set(row) == FIELDS, row["id"]
        assert trimmed(row["text"]), row["id"]
        assert row["language"] in {"en", "es", "fr", "de", "zh"}, row["id"]
        assert row["thumb"] in {None, "up", "down"}, row["id"]
        assert set(row["traits"]) <= TRAITS, row["id"]
        assert 0 <= start < end <= whole, row["id"]


def test_the_second_pass_labels_every_critique_once() -> None:
    assert sorted(row["id"] for row in second()) == sorted(row["id"] for row in both())
    for row in second():
        assert set(row) == {"id", "author", "wishes"}, row["id"]
        assert row["author"] == "b", row["id"]


def test_what_was_settled_differs_from_the_first_pass_and_says_why() -> None:
    first = {row["id"]: row["wishes"] for row in both()}
    ids = [row["id"] for row in rows("settled")]

    assert ids == sorted(set(ids) & set(first))
    for row in rows("settled"):
        one_sentence = trimmed(row["why"]) and row["why"].find(".") == len(row["why"]) - 1
        differs = row["wishes"] != first[row["id"]]
        assert set(row) == {"id", "wishes", "why"}, row["id"]
        assert one_sentence, row["id"]
        assert differs, row["id"]


def test_a_quote_is_the_text_letter_for_letter_and_wishes_stand_in_the_order_of_their_ends() -> (
    None
):
    assert not broken(lambda r, w: trimmed(w["quote"]))
    assert not broken(lambda r, w: r["text"][w["start"] : w["end"]] == w["quote"])
    for row in labelled():
        ends = [wish["end"] for wish in row["wishes"]]
        assert ends == sorted(ends), row["id"]


def test_labels_are_of_the_closed_sets() -> None:
    assert not broken(lambda r, w: set(w) == WISH)
    assert not broken(lambda r, w: w["kind"] in KINDS and w["aspect"] in ASPECTS)
    assert not broken(lambda r, w: w["polarity"] in {-1, 0, 1} and w["op"] in get_args(Op))
    assert not broken(lambda r, w: w["how"] in HOW and w["scope"] in get_args(Reach))
    assert not broken(lambda r, w: w["strength"] in STRENGTHS and w["claim"] in get_args(Claim))
    assert not broken(lambda r, w: set(w["condition"]) <= KEYS and isinstance(w["sarcasm"], bool))


def test_labels_agree_with_each_other() -> None:
    assert not broken(lambda r, w: (w["kind"] == "fact") == (w["claim"] != "none"))
    assert not broken(
        lambda r, w: (
            (w["kind"] == "praise") == (w["polarity"] == 1 and w["op"] == "keep")
            or w["op"] == "keep"
        )
    )
    assert not broken(lambda r, w: (w["scope"] == "topic") == bool(w["condition"]))
    assert not broken(lambda r, w: w["kind"] not in {"clarify", "retract"} or w["op"] == "none")
    assert not broken(lambda r, w: w["how"] != "marked" or r["marked"] is not None)
    for row in both():
        wishes, traits = row["wishes"], row["traits"]
        bound = any(wish["condition"] or wish["exception"] for wish in wishes)
        assert ("meta" in traits) == any(wish["kind"] == "meta" for wish in wishes), row["id"]
        assert ("sarcastic" in traits) == any(wish["sarcasm"] for wish in wishes), row["id"]
        assert ("marked" in traits) == (row["marked"] is not None), row["id"]
        assert ("condition" in traits) == bound, row["id"]


def test_values_are_words_of_the_critique_and_targets_words_of_the_reply() -> None:
    assert not broken(
        lambda r, w: all(
            value is None or value in r["text"]
            for value in (w["old"], w["new"], w["exception"], *w["condition"].values())
        )
    )
    assert not broken(lambda r, w: (w["target"] is None) == (w["how"] in NOWHERE))
    assert not broken(lambda r, w: w["target"] is None or w["target"] in replies()[r["reply"]])


def test_checks_are_known_and_judge_the_reply_as_the_wish_does() -> None:
    def holds(row: Row, wish: Row) -> bool:
        if wish["check"] is None:
            return True
        check = stored(wish["check"])
        if registry.problem(check) or registry.relative(check) or wish["polarity"] == 0:
            return registry.problem(check) is None
        good: bool = wish["polarity"] == 1
        return registry.passes(check, replies()[row["reply"]]) == good

    assert not broken(holds)


@pytest.mark.parametrize(("name", "size"), [("open", 80), ("held", 160)])
def test_both_parts_are_alike(name: str, size: int) -> None:
    part = rows(name)
    share = size / 240

    def near(here: Counter[Any], all_: Counter[Any], slack: float) -> bool:
        return all(abs(here[key] - all_[key] * share) <= slack for key in all_)

    assert len(part) == size
    for of, slack in (
        (lambda r: [min(len(r["wishes"]), 4)], 2.0),
        (lambda r: [r["language"]], 1.0),
        (lambda r: [w["kind"] for w in r["wishes"]], 3.0),
        (lambda r: r["traits"], 3.0),
    ):
        here = Counter(value for row in part for value in of(row))
        assert near(here, Counter(value for row in both() for value in of(row)), slack)


def test_the_matrix_is_met() -> None:
    wishes = [wish for row in both() for wish in row["wishes"]]
    kinds = Counter(wish["kind"] for wish in wishes)
    sizes = Counter(min(len(row["wishes"]), 4) for row in both())
    lengths = Counter(row_step(row) for row in both())
    traits = Counter(trait for row in both() for trait in row["traits"])
    told = sum(bool({"quotes", "pasted"} & set(row["traits"])) for row in both())

    assert 480 <= len(wishes) <= 500
    for size, aimed in enumerate((15, 75, 75, 45, 30)):
        assert abs(sizes[size] - aimed) <= 3
    for kind, aimed in AIMED.items():
        assert abs(kinds[kind] - aimed) <= max(5, aimed // 4)
    for step, aimed in enumerate((40, 80, 80, 40)):
        assert abs(lengths[step] - aimed) <= 3
    assert Counter(row["language"] for row in both()) == {
        **{"en": 200, "es": 10, "fr": 10, "de": 10, "zh": 10}
    }
    for language in ("es", "fr", "de", "zh"):
        assert (
            len({w["kind"] for r in both() if r["language"] == language for w in r["wishes"]}) >= 5
        )
    assert all(traits[t] >= 38 for t in ("negation", "contrast", "condition", "meta", "marked"))
    assert traits["sarcastic"] >= 20
    assert told >= 20
    assert all(
        any(
            wish["kind"] == kind
            for row in both()
            if row_step(row) == step
            for wish in row["wishes"]
        )
        for kind in KINDS
        for step in range(4)
    )
