"""How far drafts differ, by vectors and by what code can see."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from clarify import doubt, options
from data.checks import registry
from data.types import Check

BULLETS = Check("bullets", (("min", 1),))


def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
    """Texts about dogs point one way, all others another."""
    return [[1.0, 0.0] if "dog" in text else [0.0, 1.0] for text in texts]


def test_drafts_are_cut_to_one_length() -> None:
    long = " ".join(f"w{i}" for i in range(30))
    short = " ".join(f"w{i}" for i in range(10))

    assert doubt.equal((long, short)) == (short, short)
    assert doubt.equal(("one", long))[1].split() == long.split()[:8]


def test_the_worked_example_of_the_notes() -> None:
    table = np.array([[0.0, 0.4, 0.8], [0.4, 0.0, 0.5], [0.8, 0.5, 0.0]])

    regret = doubt.regret(table, np.array([0.5, 0.3, 0.2]))

    assert regret.default == 0
    assert regret.delta == pytest.approx(0.85 * 0.28)
    assert regret.largest == 0.8


def test_checks_tell_drafts_apart_that_vectors_hold_equal() -> None:
    drafts = ("- a cat\n- a cow", "a cat and a cow")

    seen = doubt.compare("a cat", "a cat", drafts, [0, 0], (BULLETS,), False, embed)
    unseen = doubt.compare("a cat", "a cat", drafts, [0, 0], (), False, embed)

    assert seen.largest == 0.5
    assert unseen.largest == 0.0


def test_length_counts_only_where_the_question_is_about_length() -> None:
    drafts = ("a cat", "a cat and a cow and a hen and a goat")

    assert doubt.compare("a cat", "a cat", drafts, [0, 0], (), True, embed).largest == 0.5
    assert doubt.compare("a cat", "a cat", drafts, [0, 0], (), False, embed).largest == 0.0


def test_the_guess_is_near_the_plain_draft_until_the_person_chose_otherwise() -> None:
    drafts = ("a dog runs", "a cat sits")

    fresh = doubt.compare("my dog runs", "my dog runs", drafts, [0, 0], (), False, embed)
    taught = doubt.compare("my dog runs", "my dog runs", drafts, [0, 20], (), False, embed)

    assert fresh.default == 0
    assert taught.default == 1
    assert sum(taught.chances) == pytest.approx(1.0)


def test_what_any_added_sentence_changes_is_no_difference_of_the_options() -> None:
    drafts = ("a dog runs", "a cat sits")

    steady = doubt.compare("a cat", "a cow", drafts, [0, 0], (), False, embed)
    restless = doubt.compare("a cat", "a dog", drafts, [0, 0], (), False, embed)

    assert steady.largest == 1.0
    assert restless.largest == 0.0


def test_empty_drafts_do_not_differ() -> None:
    regret = doubt.compare("", "", ("", ""), [0, 0], (BULLETS,), True, embed)

    assert regret.delta == regret.largest == 0.0


def test_every_telling_check_is_one_that_heed_knows() -> None:
    for facet in options.BANK:
        for check in facet.telling:
            registry.passes(check, "some text")
        assert facet.settling <= {kind.name for kind in registry.known()}
