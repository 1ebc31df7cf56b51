"""The parsing bench counts as it says: matches, intervals, sureness, and runs on the held part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import measures, own_sets, parsing, readers


def wish(start: int, end: int, **changed: Any) -> dict[str, Any]:
    """A wish as the bench sees it."""
    plain = {"kind": "style", "aspect": "tone", "polarity": 0, "scope": "reply"}
    return {"start": start, "end": end, **plain, "sure": 0.9, "route": "accept"} | changed


def test_a_parser_that_says_what_the_labels_say_has_full_marks() -> None:
    gold = [[wish(0, 5), wish(8, 20)], [], [wish(0, 9)]]

    found = measures.of_wishes(gold, gold)

    for name in ("P9 wish F1", "P9 + kind", "P9 + kind, polarity and aspect"):
        assert (found[name].value, found[name].low, found[name].n) == (1, 1, 3)
    assert found["P10 wider than gold, unasked"].value == 0
    assert found["P14 calibration error"].value == pytest.approx(0.1)


def test_what_is_found_missed_and_wrong_is_counted() -> None:
    gold = [[wish(0, 10), wish(20, 30)]]
    said = [[wish(0, 8, kind="content"), wish(20, 25), wish(40, 50)]]

    found = measures.of_wishes(said, gold)

    assert found["P9 wish F1"].value == pytest.approx(4 / 5)
    assert found["P9 + kind"].value == pytest.approx(2 / 5)
    assert found["kind, of matched"].value == 0.5
    assert found["P14 right at route accept"].value == pytest.approx(1 / 3)


def test_a_scope_that_is_too_wide_counts_only_where_nobody_was_asked() -> None:
    gold = [[wish(0, 10)], [wish(0, 10)], [wish(0, 10, scope="always")]]
    said = [[wish(0, 10, scope="always")], [wish(0, 10, scope="topic", route="ask")], [wish(0, 10)]]

    found = measures.of_wishes(said, gold)

    assert found["P10 wider than gold, unasked"].value == pytest.approx(1 / 3)
    assert found["P10 scope, of matched"].value == 0


def test_intervals_are_the_same_every_time_and_hold_the_figure() -> None:
    first, again = (measures.rate([True, False, True, True] * 10) for _ in range(2))

    assert first == again
    assert first.low < first.value == 0.75 < first.high
    assert first.cell().startswith("0.750 [")
    assert measures.rate([]).cell() == "-"


def test_words_in_common_are_counted_and_polarity_has_two_sides() -> None:
    assert measures.tokens_f1(["in emails to Bo"], ["emails to Bo"]).value == pytest.approx(6 / 7)
    assert measures.tokens_f1([""], ["when"]).value == 0
    assert measures.polarity_f1([1, 1, -1], [1, -1, -1]).value == pytest.approx(2 / 3)


def test_no_parser_is_one_wish_with_the_polarity_of_the_thumb() -> None:
    row = {"text": "Too long. No emoji.", "thumb": "down", "marked": None}

    assert [(w["start"], w["end"], w["polarity"]) for w in readers.one_unit(row, "")] == [
        (0, 19, -1)
    ]
    assert readers.one_unit(row | {"text": "  "}, "") == []


def test_a_model_that_invents_a_quote_gets_no_wish_for_it() -> None:
    rest = '"kind": "style", "aspect": "length", "polarity": -1, "scope": "reply"}'
    said = f'{{"quote": "too long", {rest}\n{{"quote": "very rude", {rest}\n{{"quote": "too"}}\n{{'
    read = readers.prompted(lambda asked: said)

    found = read({"text": "It is too long."}, "")

    assert [(one["start"], one["end"], one["aspect"]) for one in found] == [(6, 14, "length")]


def test_the_majority_labels_every_clause_alike() -> None:
    read = readers.labelled(readers.majority())

    found = read({"text": "Too long. Use a table, please."}, "")

    assert len({(one["kind"], one["aspect"], one["polarity"]) for one in found}) == 1
    assert len(found) == 2


def test_every_run_on_the_held_part_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "RUNS", tmp_path / "runs.json")

    assert [parsing._count(), parsing._count()] == [1, 2]
    assert json.loads((tmp_path / "runs.json").read_text("utf-8")) == {"runs": 2}


def test_the_measures_of_the_small_sets_have_names_with_targets() -> None:
    found = own_sets.of_claims(None) | own_sets.of_rules(None) | own_sets.of_relations(None)

    assert set(found) <= set(parsing.TARGETS)
    assert found["P5 change, token F1"].n == 60
    assert found["P13 right claims about the person taken"].n == 15
