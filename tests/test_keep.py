"""An order to keep replies within a bound is no praise."""

from __future__ import annotations

import pytest

from data.types import Check
from feedback.parse import parse

REPLY = "Rain falls from clouds. It is wet, and most of it runs to the sea in the end."


@pytest.mark.parametrize(
    ("said", "check"),
    [
        ("Always keep your answers under 40 words.", Check("max_words", (("n", 39),))),
        ("Keep answers under 40 words.", Check("max_words", (("n", 39),))),
        ("Please keep your replies to one paragraph.", Check("max_paragraphs", (("n", 1),))),
    ],
)
def test_a_bound_is_a_wish(said: str, check: Check) -> None:
    (wish,) = parse(said, reply=REPLY)

    assert (wish.kind, wish.check) == ("style", check)


@pytest.mark.parametrize("said", ["Always keep paragraphs short.", "Always keep sentences short."])
def test_a_manner_to_keep_is_a_wish(said: str) -> None:
    (wish,) = parse(said, reply=REPLY)

    assert (wish.kind, wish.reach) == ("style", "always")


@pytest.mark.parametrize("said", ["Keep it up!", "Keep the bullet points.", "Keep this tone."])
def test_what_should_stay_is_praised(said: str) -> None:
    (wish,) = parse(said, reply=REPLY)

    assert wish.kind == "praise"
