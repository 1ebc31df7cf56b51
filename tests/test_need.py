"""The first look at a request: the shipped prior, the person's own probe, and their fits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from clarify import chance, gate, grams, logistic, personal, prior, scope, timing
from clarify.beliefs import Beliefs
from clarify.chance import Seen
from clarify.logistic import Line
from clarify.personal import Labelled
from data.types import Prefill, Refusal

SHIPPED = prior.shipped()


def clouds(n: int, width: int, apart: float = 2.0, seed: int = 0) -> list[Labelled]:
    """Vectors of two kinds, `apart` standard deviations from one another."""
    draw = np.random.default_rng(seed)
    found = []
    for at in range(n):
        y = at % 2
        row = draw.normal(size=width) + 5.0
        row[0] += apart * y
        found.append(Labelled(tuple(map(float, row)), float(y), 1.0))
    return found


def test_a_bare_wish_leaves_more_open_than_a_question_of_fact() -> None:
    def words(text: str) -> float:
        return gate.need(text, None, SHIPPED, Beliefs())

    assert words("Plan a trip to Rome for me") > 0.85
    assert words("Suggest a workout routine") > 0.85
    assert words("What is the capital of France?") < 0.25
    assert words("How many days are in March?") < 0.25


def test_a_probe_is_heard_only_on_vectors_of_its_key() -> None:
    key, probe = next(iter(SHIPPED.probes.items()))
    vector = tuple(map(float, probe.centre))
    text = "Plan a trip to Rome for me"
    alone = SHIPPED.words(text)

    read = SHIPPED.logit(text, Prefill(vector, key))
    strange = SHIPPED.logit(text, Prefill(vector, "another"))

    assert strange == alone
    assert read == pytest.approx(0.75 * probe.bias + 0.25 * alone, abs=1e-4)
    assert len(vector) == 576


def test_the_persons_own_probe_is_mixed_in_by_how_many_labels_it_has() -> None:
    own = personal.fit(clouds(40, 8, apart=4.0))
    assert own is not None
    vector = clouds(2, 8, apart=4.0, seed=5)[1].vector
    beliefs = Beliefs(probes={"k": own})
    text = "Explain how tides work"

    before = gate.need(text, Prefill(vector, "k"), SHIPPED, Beliefs())
    mixed = gate.need(text, Prefill(vector, "k"), SHIPPED, beliefs)
    other_key = gate.need(text, Prefill(vector, "other"), SHIPPED, beliefs)
    wrong_width = gate.need(text, Prefill(vector[:5], "k"), SHIPPED, beliefs)

    wanted = personal.mixed(logistic.logit(before), own.logit(vector), 40)
    assert logistic.logit(mixed) == pytest.approx(wanted)
    assert mixed > before
    assert other_key == wrong_width == before
    assert personal.mixed(1.0, 3.0, 40) == 2.0


def test_a_personal_probe_waits_for_twenty_labels_of_both_kinds() -> None:
    assert personal.fit(clouds(19, 8)) is None
    assert personal.fit([one for one in clouds(60, 8) if one.y]) is None
    assert personal.fit([*clouds(20, 8), *clouds(20, 9)]) is None
    assert personal.fit(clouds(20, 8)) is not None


def test_the_line_is_the_same_in_the_space_of_the_rows_and_in_that_of_the_columns() -> None:
    draw = np.random.default_rng(0)
    rows = draw.normal(size=(12, 12))
    labels = (draw.random(12) > 0.5).astype(float)
    start = Line((0.1,) * 12, 0.2)

    square = logistic.fit(rows, labels, np.ones(12), 1.0, start)
    wide = logistic.fit(np.hstack([rows, np.zeros((12, 5))]), labels, np.ones(12), 1.0,
                        Line((0.1,) * 17, 0.2))  # fmt: skip

    np.testing.assert_allclose(wide.weights[:12], square.weights, atol=1e-7)
    assert wide.bias == pytest.approx(square.bias)
    assert wide.weights[12:] == pytest.approx((0.1,) * 5)


def test_newton_finds_where_the_penalised_slope_is_zero() -> None:
    draw = np.random.default_rng(1)
    rows, labels = draw.normal(size=(50, 3)), (draw.random(50) > 0.3).astype(float)

    line = logistic.fit(rows, labels, np.ones(50), 2.0, Line((0.0, 0.0, 0.0), 0.0))

    chances = 1 / (1 + np.exp(-(rows @ np.array(line.weights) + line.bias)))
    slope = rows.T @ (chances - labels) + 2.0 * np.array(line.weights)
    assert np.abs(slope).max() < 1e-6


def test_the_chance_is_refitted_every_ten_labels_and_pulled_to_its_start() -> None:
    wanted = [Seen((0.8, 0.2, -0.4, 0.9, 0.6, 0.1, 0.0, 0.0), 1.0, 1.0, 1.0)] * 29

    nine, ten, nineteen = (chance.refit(wanted[:n]) for n in (9, 10, 19))

    assert nine == chance.START
    assert ten == nineteen != chance.START
    assert chance.wanted(ten, wanted[0].features) > chance.wanted(nine, wanted[0].features)


def test_a_rare_question_counts_ten_times_at_most() -> None:
    mixed = [Seen((0.0,) * 8, float(n % 2), 1.0, 0.03 if n % 2 else 1.0) for n in range(10)]
    clipped = [Seen((0.0,) * 8, float(n % 2), 10.0 if n % 2 else 1.0, 1.0) for n in range(10)]

    assert chance.refit(mixed) == chance.refit(clipped)


def test_decisions_without_numbers_teach_nothing() -> None:
    assert chance.refit([Seen((), 1.0, 1.0, 1.0)] * 30) == chance.START


def test_entropy_is_one_where_all_options_are_alike() -> None:
    assert chance.entropy((0.25,) * 4) == pytest.approx(1.0)
    assert chance.entropy((1.0, 0.0)) == 0.0
    assert chance.entropy(()) == 0.0


def test_grams_that_are_not_known_are_out_and_the_rest_has_length_one() -> None:
    found = grams.weights("Plan plan a TRIP", {"plan": 0, "a trip": 1}, (1.0, 2.0))

    assert set(found) == {0, 1}
    assert sum(value**2 for value in found.values()) == pytest.approx(1.0)
    assert grams.weights("", {"plan": 0}, (1.0,)) == {}


@pytest.mark.parametrize(
    ("request_text", "kind"),
    [
        ("Write a letter to my bank about a story", "letter"),
        ("Give me ideas", "list"),
        ("Hm", ""),
        ("", ""),
    ],
)
def test_the_first_thing_named_is_the_scope(request_text: str, kind: str) -> None:
    assert scope.of(request_text) == kind


def test_late_answers_lose_their_worth_by_kind() -> None:
    assert [timing.worth("goal", at) for at in (0.0, 0.1, 0.2, 0.3, 0.4)] == [1, 1, 0.3, 0.3, 0]
    assert [timing.worth("constraint", at) for at in (0, 0.1, 0.3, 0.5, 0.6)] == [
        1,
        0.5,
        0.2,
        0.2,
        0,
    ]
    assert [timing.worth("input", at) for at in (0.5, 0.51)] == [1, 0]
    assert timing.worth("style", 0.4) == pytest.approx(0.6)
    assert timing.worth("style", 0.71) == 0


def test_just_do_it_is_heard_but_not_where_it_is_quoted() -> None:
    assert gate.quiet(["Write to Ann. Just do it."])
    assert not gate.quiet(["Write to Ann."])
    assert not gate.quiet(["> just do it\nWhat does this slogan mean?"])


def test_a_broken_or_missing_prior_is_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "prior.npz"
    broken.write_bytes(prior.FILE.read_bytes()[:1000])

    for file in (broken, tmp_path / "none.npz"):
        with pytest.raises(Refusal, match="make prior"):
            prior.read(file)
