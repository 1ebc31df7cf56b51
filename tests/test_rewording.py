"""Rewriters of wording: whole sentences stay, and what comes out passes the check."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.checks import registry
from data.types import Check
from feedback.rewrite import rewrite
from tests.specimens import CASES, check


@pytest.mark.parametrize(
    ("found", "text", "result"),
    [
        (check("forbids", word="that"), "I know that the cat sleeps. It purrs.",
         "I know the cat sleeps. It purrs."),
        (check("forbids", word="that"), "That is good. Cats sleep all day. They purr a lot.",
         "Cats sleep all day. They purr a lot."),
        (check("forbids", word="that"), "That is good.", None),
        (check("forbids", word="delve"), "Let us delve in. Cats sleep all day long.",
         "Cats sleep all day long."),
        (check("forbids", word="delve"), "Let us delve into the long life of cats. Fine.", None),
        (check("ends_with", text="Best, Sam"), "Cats sleep.\n\nBest wishes,\nAnna",
         "Cats sleep.\n\nBest, Sam"),
        (check("ends_with", text="Best wishes"), "Cats sleep.\n\nBest wishes,\n[Your Name]",
         "Cats sleep.\n\nBest wishes"),
        (check("ends_with", text="Cheers"), "Cats sleep. Kind regards.", "Cats sleep. Cheers"),
        (check("ends_with", text="Any questions?"), "Cats sleep. Best wishes",
         "Cats sleep. Best wishes. Any questions?"),
        (check("numbers_as_digits"), "Two cats and twenty-one dogs.", "2 cats and 21 dogs."),
        (check("numbers_as_words"), "2 cats and 21 dogs in 1969.",
         "Two cats and twenty-one dogs in 1969."),
        (check("no_contractions"), "It isn't mine, I'm sure; she's gone.",
         "It is not mine, I am sure; she has gone."),
        (check("spelling", code="us"), "Colour and centre.", "Color and center."),
        (check("no_dash"), "Cats — the grey ones — sleep.", "Cats, the grey ones, sleep."),
        (check("no_semicolon"), "It rains; it pours.", "It rains. It pours."),
        (check("no_brackets"), "Cats (all of them) sleep.", "Cats sleep."),
        (check("no_links"), "See [the page](https://x.org) now.", "See the page now."),
        (check("no_filler_opening"), "Sure! Here is the answer:\ncats sleep.", "Cats sleep."),
        (check("no_flattery"), "What a great question! Cats sleep all day.", "Cats sleep all day."),
        (check("no_closing_offer"), "Cats sleep all day. Let me know if not.",
         "Cats sleep all day."),
        (check("title_case"), "the cat on the mat", "The Cat on the Mat"),
        (check("repeats", text="Why?"), "Cats sleep.", "Why?\n\nCats sleep."),
        (check("bullet_count", n=1), "- one\n- two\n- three", "- one"),
        (check("two_responses", negate=True), "Yes.\n******\nNo.", "Yes."),
        (check("highlights", negate=True, min=1), "*Cats* **sleep**.", "Cats sleep."),
        (check("postscript", negate=True, text="P.S."), "Bye.\n\nP.S. Write.", "Bye."),
        (check("postscript", text="P.P.S"), "Bye.", None),
        (check("placeholders", min=1), "Dear Sam.", None),
        (check("word_times", word="cat", min=3), "A cat.", None),
    ],
)  # fmt: skip
def test_a_text_is_reworded_or_left(found: Check, text: str, result: str | None) -> None:
    given = rewrite(found, text)

    assert given == result
    if given is not None:
        assert registry.passes(found, given)


SENTENCES = st.lists(
    st.sampled_from(
        (
            "Well, that is a great question!", "I know that the cat sleeps.", "It isn't 3 o'clock.",
            "- two eggs", "## Cats", "Perhaps you like *this* (or [that](x.org)); who knows?",
            "As an AI, I can't say.", "Best wishes,", "Sam \U0001f600", "P.S. The colour is grey.",
            "```py\nx = 1\n```", "Let me know if you need me.", "Sure, here is the list:", "******",
        )
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip
BOTH = [Check(c.name, c.args, negate=n) for c, _, _ in CASES for n in (False, True)]


@settings(max_examples=40, deadline=None)
@given(SENTENCES, st.sampled_from([" ", "\n", "\n\n"]), st.text(max_size=40))
def test_whatever_comes_out_passes_its_check(pieces: list[str], between: str, more: str) -> None:
    text = between.join(pieces) + more

    for asked in BOTH:
        result = rewrite(asked, text, before="one two three four five six")
        if result is not None:
            assert registry.passes(asked, result, before="one two three four five six")
            assert result == text or result == result.strip()


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=" \n\t.!?…*_-#\u200b\U0001f600", max_size=20), st.text(max_size=40))
def test_a_reply_without_words_never_obeys(silence: str, request: str) -> None:
    for asked in BOTH:
        if not registry.relative(asked):
            assert not registry.obeys(asked, silence, request)
