"""How two labellers agree, on wishes and labels counted by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from bench import agreement, critiques
from bench.critiques import Row


def wish(start: int, end: int, kind: str = "style") -> Row:
    """A wish with a quote at this place; every other field says the same in all."""
    fields = dict.fromkeys(agreement.FIELDS, "same")
    return {"start": start, "end": end, **fields, "kind": kind}


def test_kappa_of_labels_counted_by_hand() -> None:
    # Seen: (20 + 15) / 50 = .7. By chance: .5 * .6 + .5 * .4 = .5. (.7 - .5) / (1 - .5) = .4.
    seen = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    labels = [both for both, times in seen.items() for _ in range(times)]

    assert agreement.kappa(labels) == pytest.approx(0.4)


def test_kappa_of_three_labels_counted_by_hand() -> None:
    # Seen: 3 / 5. By chance: (2 * 1 + 2 * 2 + 1 * 2) / 25 = .32. (.6 - .32) / .68.
    labels = [(-1, -1), (-1, 0), (0, 0), (0, 1), (1, 1)]

    assert agreement.kappa(labels) == pytest.approx(0.28 / 0.68)


def test_kappa_at_its_edges() -> None:
    assert agreement.kappa([("a", "a"), ("b", "b")]) == 1
    assert agreement.kappa([("a", "b"), ("b", "a")]) == -1
    assert agreement.kappa([("a", "a"), ("a", "a")]) == 1
    assert agreement.kappa([("a", "b")]) == 0
    assert math.isnan(agreement.kappa([]))


@pytest.mark.parametrize(
    ("one", "other", "pairs"),
    [
        ((0, 10), (0, 10), 1),
        ((0, 10), (0, 20), 1),
        ((0, 20), (5, 15), 1),
        ((0, 10), (0, 21), 0),
        ((0, 10), (1, 11), 0),
        ((0, 10), (10, 20), 0),
    ],
)
def test_a_match_contains_the_other_and_is_at_most_twice_as_long(
    one: tuple[int, int], other: tuple[int, int], pairs: int
) -> None:
    assert len(agreement.matched([wish(*one)], [wish(*other)])) == pairs
    assert len(agreement.matched([wish(*other)], [wish(*one)])) == pairs


def test_each_wish_is_matched_once_and_with_the_nearest() -> None:
    short, whole, far = wish(0, 10), wish(0, 16), wish(40, 50)

    found = agreement.matched([whole, far], [short, wish(0, 16), wish(0, 15)])

    assert found == [(whole, wish(0, 16))]


def test_matches_stand_in_the_order_of_the_first_pass() -> None:
    first = [wish(0, 10), wish(20, 30)]

    found = agreement.matched(first, [wish(20, 30), wish(0, 12)])

    assert found == [(first[0], wish(0, 12)), (first[1], wish(20, 30))]


def test_the_figures_of_two_critiques_counted_by_hand() -> None:
    # Five wishes and three, of which three are matched: F1 is 6 / 8.
    first = [[wish(0, 10), wish(20, 30, "praise"), wish(40, 50)], [wish(0, 4), wish(6, 9)]]
    second = [[wish(0, 12), wish(20, 30, "content")], [wish(0, 4)]]

    found = agreement.of(first, second)

    assert (found.critiques, found.first, found.second, len(found.pairs)) == (2, 5, 3, 3)
    assert found.f1() == 0.75
    assert found.labels("kind") == [
        ("style", "style"),
        ("praise", "content"),
        ("style", "style"),
    ]
    # Seen 2 / 3, by chance 2 / 3 * 2 / 3: (6 - 4) / (9 - 4).
    assert "| kind | 2 | 0.400 | 3 | low |" in agreement.table(found)
    assert "| scope | 3 | 1.000 | 3 |  |" in agreement.table(found)


def test_a_critique_without_wishes_in_both_passes_is_agreement() -> None:
    assert agreement.of([[]], [[]]).f1() == 1
    assert agreement.of([[wish(0, 4)]], [[]]).f1() == 0


def test_settled_labels_stand_before_those_of_the_first_pass(tmp_path: Path) -> None:
    files: dict[str, list[Row]] = {
        "open": [
            {"id": "c1", "text": "a", "wishes": [{"start": 1}]},
            {"id": "c2", "text": "b", "wishes": []},
        ],
        "settled": [{"id": "c1", "wishes": [{"start": 2}, {"start": 3}], "why": "Two things."}],
        "labels-b-1": [{"id": "c1", "wishes": [{"start": 4}]}],
        "labels-b-2": [{"id": "c2", "wishes": [{"start": 5}]}],
    }
    for name, rows in files.items():
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")

    assert critiques.gold("open", tmp_path) == [
        {"id": "c1", "text": "a", "wishes": [{"start": 2}, {"start": 3}]},
        {"id": "c2", "text": "b", "wishes": []},
    ]
    assert critiques.second(tmp_path) == {"c1": [{"start": 4}], "c2": [{"start": 5}]}


def test_what_is_printed_holds_no_word_of_a_critique(capsys: pytest.CaptureFixture[str]) -> None:
    agreement.main()

    printed = capsys.readouterr().out
    assert "## held" in printed
    quotes = [wish["quote"] for row in critiques.lines("held") for wish in row["wishes"]]
    assert sum(quote in printed for quote in quotes) == 0  # a number: a failure shows no text
