"""The draft that repairs: checks filter, the model's own words go before a rewriter's."""

from __future__ import annotations

from assistant.redraft import Aim, best
from data.types import Check
from tests.stand_ins import embed

LONG = "Rain falls when clouds cool. Drops grow heavy. Rivers fill."
ONE = Aim("one", Check("max_sentences", (("n", 1),)))
NO_COMMA = Aim("comma", Check("no_comma"))


def test_the_draft_that_meets_the_wish_is_chosen() -> None:
    found = best(LONG, ["It rains. Often.", "Clouds cool and rain falls."], [ONE], [], embed)

    assert found is not None
    assert (found.text, found.met, found.rewritten) == (
        "Clouds cool and rain falls.",
        ("one",),
        False,
    )
    assert (found.tried, found.passing) == (2, 1)


def test_of_drafts_that_pass_the_one_nearest_to_the_old_content_is_chosen() -> None:
    found = best(LONG, ["Bananas are yellow.", "Rain falls when clouds cool."], [ONE], [], embed)

    assert found is not None
    assert found.text == "Rain falls when clouds cool."


def test_where_no_draft_passes_a_rewriter_makes_one_that_does() -> None:
    found = best(LONG, ["Some rain. Some sun."], [ONE], [], embed)

    assert found is not None
    assert found.rewritten
    assert found.met == ("one",)
    assert found.passing == 0


def test_a_wish_counts_before_a_lesson() -> None:
    drafts = ["Rain, and sun, is one sentence.", "Rain falls. Sun shines."]

    found = best(LONG, drafts, [ONE], [NO_COMMA], embed)

    assert found is not None
    assert "one" in found.met


def test_empty_drafts_and_copies_repair_nothing() -> None:
    unseen = Aim("tone", Check("contains", (("word", "zebra"),)))

    assert best(LONG, ["", "  ", LONG], [unseen], [], embed) is None


def test_a_wish_that_no_draft_meets_is_named_as_missed() -> None:
    zebra = Aim("zebra", Check("contains", (("word", "zebra"),)))

    found = best(LONG, ["Rain falls."], [zebra], [], embed)

    assert found is not None
    assert found.missed == ("zebra",)
