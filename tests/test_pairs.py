"""The gates: what becomes a pair, and the sentence that refuses the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data.types import Critique, MadeBy, Message, Origin, Wish
from feedback import pairs
from feedback.parse import parse

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HISTORY = (
    Message("user", "Hello"),
    Message("assistant", "Hi!"),
    Message("user", "Tell me about owls."),
)
OLD = "Owls hunt at night. They hear very well. They fly without a sound. \U0001f989"
NEW = "Owls hunt at night, hear very well and fly without a sound."


def wishes(text: str, reply: str = OLD) -> tuple[Wish, ...]:
    return tuple(replace(w, id=f"w{w.number}") for w in parse(text, reply=reply))


def accepted(
    text: str,
    chosen: str = NEW,
    rejected: str | None = OLD,
    similarity: float = 0.7,
    *,
    history: tuple[Message, ...] = HISTORY,
    made_by: MadeBy = "accepted",
) -> pairs.Outcome:
    return pairs.from_acceptance(
        history=history,
        rejected=rejected,
        chosen=chosen,
        wishes=wishes(text),
        lesson_ids={"w1": "l1"} if "always" in text else {},
        critique_id="c",
        made_by=made_by,
        similarity=similarity,
    )


def praised(text: str, reply: str = OLD, critique: Critique | None = None) -> pairs.Outcome:
    given = critique or Critique("c", "t", text, Origin(), NOW)
    return pairs.from_praise(HISTORY, reply, wishes(text, reply), given)


def test_an_accepted_repair_is_a_pair_as_if_nothing_had_been_said() -> None:
    (row,) = accepted("always in one sentence").preferences

    assert row.prompt == HISTORY
    assert (row.chosen, row.rejected) == (NEW, OLD)
    assert (row.lesson, row.critique, row.made_by, row.role) == ("l1", "c", "accepted", "in")
    assert row.weight == pytest.approx(0.9 * 1.0 * 0.9)
    assert (row.source, row.trust, row.withdrawn) == ("human", "typed", None)


def test_a_pair_of_no_lesson_weighs_little() -> None:
    (row,) = accepted("in one sentence").preferences

    assert row.lesson is None
    assert row.weight < 0.3


def test_two_lessons_make_two_pairs() -> None:
    outcome = pairs.from_acceptance(
        history=HISTORY,
        rejected=OLD,
        chosen=NEW,
        wishes=wishes("always in one sentence. never use emoji"),
        lesson_ids={"w1": "l1", "w2": "l2"},
        critique_id="c",
        made_by="accepted",
        similarity=0.7,
    )

    assert [row.lesson for row in outcome.preferences] == ["l1", "l2"]


@pytest.mark.parametrize(
    ("text", "chosen", "similarity", "why"),
    [
        ("no emoji", OLD.replace(" \U0001f989", ""), 0.99, "copies"),
        ("no emoji", NEW + " \U0001f989", 0.7, "does not do this: 'use no emoji'"),
        ("I like the first sentence but no emoji", "Nothing of it is here.", 0.7, "should stay"),
        ("use no lists", NEW, 0.7, "passes every check"),
        ("no emoji", "Owls.", 0.7, "0.1 times the words"),
        ("that is wrong, it was 1969", "It was 1969.", 0.7, "nobody has checked"),
        ("try again", NEW, 0.7, "not learned"),
        ("no emoji", "  ", 0.7, "empty"),
    ],
)
def test_each_gate_says_why(text: str, chosen: str, similarity: float, why: str) -> None:
    outcome = accepted(text, chosen, similarity=similarity)

    assert outcome.preferences == ()
    assert outcome.refused is not None
    assert why in outcome.refused
    assert outcome.refused.endswith(".")


def test_length_may_change_where_it_was_asked_for() -> None:
    assert accepted("in one sentence", "Owls hunt.").refused is None


def test_without_a_rejected_side_it_is_a_demonstration() -> None:
    (row,) = accepted("in one sentence", rejected=None).preferences

    assert row.rejected is None


def test_without_a_request_there_is_no_pair() -> None:
    outcome = accepted("in one sentence", history=HISTORY[:2])

    assert outcome.refused is not None
    assert "no request" in outcome.refused


def test_an_edit_is_the_strongest_pair() -> None:
    edited = OLD.replace("night", "dusk")

    (row,) = accepted("always in one sentence", edited, made_by="edit").preferences

    assert (row.made_by, row.rejected) == ("edit", OLD)
    assert row.weight == pytest.approx(0.9)


@pytest.mark.parametrize(("similarity", "why"), [(1.0, "0.0 %"), (0.05, "another text")])
def test_an_edit_of_nothing_or_of_all_is_no_pair(similarity: float, why: str) -> None:
    outcome = accepted("in one sentence", similarity=similarity, made_by="edit")

    assert outcome.refused is not None
    assert why in outcome.refused


def test_praise_alone_is_a_light_demonstration() -> None:
    (row,) = praised("I like it").preferences
    (part,) = praised("I like the first sentence").preferences

    assert (row.rejected, row.made_by, row.weight) == (None, "praise", 0.3)
    assert part.weight == 0.2


@pytest.mark.parametrize(
    "text",
    ["too long", "I like it but it is too long", "wow, so helpful", "what do you mean?"],
)
def test_praise_that_is_mixed_or_snide_makes_no_data(text: str) -> None:
    assert praised(text).preferences == ()


def test_a_thumb_speaks_too() -> None:
    up = Critique("c", "t", "", Origin(), NOW, thumb="up")
    down = Critique("c", "t", "I like it", Origin(), NOW, thumb="down")

    assert len(praised("", critique=up).preferences) == 1
    assert praised("I like it", critique=down).preferences == ()


def test_each_check_may_pass_before_but_not_all_of_them() -> None:
    both = accepted("no lists and no emoji")
    neither = accepted("use no lists, and be friendlier", similarity=0.7)

    assert both.refused is None
    assert neither.gate == "same"


def test_a_part_that_was_praised_stays() -> None:
    outcome = accepted("I like the first sentence but no emoji", "Nothing of it is here.")

    assert outcome.gate == "kept"


def test_a_repair_that_code_alone_has_seen_weighs_less() -> None:
    def checked(text: str) -> pairs.Outcome:
        return pairs.from_checked(
            history=HISTORY,
            rejected=OLD,
            chosen=NEW,
            wishes=wishes(text),
            critique_id="c",
            similarity=0.7,
        )

    (row,) = checked("no emoji").preferences
    (sure,) = accepted("no emoji").preferences

    assert (row.made_by, row.source) == ("checked", "check")
    assert row.weight == pytest.approx(sure.weight * 0.5 / 0.9, abs=0.001)
    assert checked("no emoji, and be friendlier").gate == "check"
    assert checked("I like it").gate == "check"
