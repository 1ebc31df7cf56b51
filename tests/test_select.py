"""What one run trains on."""

from __future__ import annotations

from data.types import ItemRole, MadeBy, Message, Preference
from feedback.select import select
from tests.words import embed

TOPICS = (
    "owls",
    "bread",
    "trains",
    "rivers",
    "chess",
    "maps",
    "clocks",
    "apples",
    "bridges",
    "tea",
)


def row(
    place: int,
    lesson: str | None = "new",
    *,
    made_by: MadeBy = "accepted",
    role: ItemRole = "in",
    weight: float = 0.5,
) -> Preference:
    request = f"Something about {TOPICS[place % 10]} {'again ' * (place // 10)}number{place}"
    return Preference(
        id=str(place),
        lesson=lesson,
        critique=None,
        choice=None,
        prompt=(Message("user", request),),
        chosen="yes",
        rejected="no",
        role=role,
        made_by=made_by,
        weight=weight,
        split="train",
        source="human",
        trust="typed",
    )


def ids(rows: tuple[Preference, ...]) -> list[str]:
    return [r.id for r in rows]


def test_a_row_like_a_held_request_is_left_out() -> None:
    rows = [row(0), row(1)]

    assert ids(select(rows, ["new"], embed, held=["something about owls: number0"])) == ["1"]


def test_rows_that_a_person_made_are_capped_by_weight() -> None:
    rows = [row(i, weight=i / 10) for i in range(10)] + [row(11, made_by="teacher")]

    assert ids(select(rows, ["new"], embed, held=[], cap=3)) == ["7", "8", "9", "11"]


def test_an_old_lesson_is_replayed_in_small() -> None:
    inside = [row(i, "old", made_by="teacher") for i in range(5)]
    near = [row(i + 5, "old", made_by="base", role="near") for i in range(4)]
    general = [row(9, None, made_by="base", role="general")]

    chosen = select([*inside, *near, *general], ["new"], embed, held=[], replay=2)

    assert [(r.role) for r in chosen] == ["in", "in", "near", "general"]


def test_the_same_answer_to_nearly_the_same_request_counts_once() -> None:
    light, heavy = row(1, weight=0.2), row(1, weight=0.9)

    (kept,) = select([light, heavy], ["new"], embed, held=[])

    assert kept.weight == 0.9


def test_nothing_selects_nothing() -> None:
    assert select([], ["new"], embed, held=["x"]) == ()


def test_of_one_aspect_no_more_than_a_share_is_taken() -> None:
    old = [f"old{place}" for place in range(4)]
    rows = [row(place, old[place % 4], weight=place / 100) for place in range(20)]
    others = [row(20 + place, "other", made_by="teacher") for place in range(6)]

    found = select(
        (*rows, *others), ["other"], embed, held=(), aspects=dict.fromkeys(old, "length")
    )

    lengths = [one for one in found if one.lesson != "other"]
    assert len(lengths) == 8  # the least that stays, since 30 % of what is left would be fewer
    assert {one.id for one in lengths} == {str(place) for place in range(12, 20)}
    assert len(found) == 14


def test_what_belongs_to_no_lesson_is_one_aspect() -> None:
    rows = [row(place, None) for place in range(20)]

    assert len(select(rows, [], embed, held=())) == 8


def test_rows_of_the_new_lesson_stay_before_others_of_its_aspect() -> None:
    old = [row(place, "old", weight=0.9) for place in range(6)]
    new = [row(10 + place, "new", weight=0.1) for place in range(6)]

    found = select((*old, *new), ["new"], embed, held=(), aspects={"old": "tone", "new": "tone"})

    assert [one.lesson for one in found] == ["old"] * 2 + ["new"] * 6
