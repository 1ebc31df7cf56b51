"""Rewriters: each result passes its check, or there is none."""

from __future__ import annotations

import pytest

from data.checks import registry
from data.types import Check
from feedback.rewrite import rewrite

TEXT = (
    "Well, cats sleep a lot, and they dream! Do you know why? \U0001f600 They hunt at night,"
    " which costs"
    " energy. A cat sleeps about 14 hours, so plan your day."
)
LIST = "Here is what you need:\n\n- two eggs\n- some milk\n\nMix it all."


def check(name: str, *, negate: bool = False, **args: str | float) -> Check:
    return Check(name, tuple(args.items()), negate)


@pytest.mark.parametrize(
    ("found", "text", "result"),
    [
        (check("max_sentences", n=1), TEXT, "Well, cats sleep a lot, and they dream!"),
        (
            check("max_words", n=12),
            TEXT,
            "Well, cats sleep a lot, and they dream! Do you know why?",
        ),
        (check("within", sentences=1, words=5), TEXT, "Well, cats sleep a lot."),
        (check("max_words", n=3), "Cats sleep quite a lot every day.", None),
        (check("ends_with", text="!"), "Cats sleep.", "Cats sleep!"),
        (check("ends_with", text="Best, Sam"), "Cats sleep", "Cats sleep. Best, Sam"),
        (check("ends_with", negate=True, text="!"), "Cats sleep!", "Cats sleep."),
        (check("starts_with", text="Sure"), "The cats sleep.", "Sure, the cats sleep."),
        (check("starts_with", text="Sure"), "Cats sleep.", "Sure, Cats sleep."),
        (check("starts_with", negate=True, text="Sure"), "Sure, cats sleep.", "Cats sleep."),
        (check("ends_with_question"), "It is late. Shall we go?\nYes.", "It is late. Shall we go?"),
        (check("ends_with_question"), "Cats sleep. Dogs run.", None),
        (check("ends_with_question", negate=True), "Cats sleep. Do dogs?", "Cats sleep."),
        (check("question_count", n=0), "Cats sleep. Do dogs? Yes.", "Cats sleep. Yes."),
        (check("no_exclamation"), "Oh! Cats sleep!!", "Oh. Cats sleep."),
        (check("has_exclamation"), "Cats sleep.", "Cats sleep!"),
        (check("no_emoji"), "Fine \U0001f600 day.", "Fine day."),
        (
            check("no_comma"),
            "It cost 1,000 euros, and it rained.",
            "It cost 1,000 euros and it rained.",
        ),
        (check("lowercase"), "Cats Sleep.", "cats sleep."),
        (check("uppercase"), "Cats sleep.", "CATS SLEEP."),
        (check("uppercase", negate=True), "CATS SLEEP. OH.", "Cats sleep. Oh."),
        (check("forbids", word="really"), "Really, it is really late.", "It is late."),
        (check("bullets", min=2), "Cats sleep. Dogs run.", "- Cats sleep.\n- Dogs run."),
        (check("bullets", min=3), "Cats sleep. Dogs run.", None),
        (check("numbered_list", min=9), LIST, None),
        (check("numbered_list", min=2), "Do: \n- eat\n- sleep", "Do:\n\n1. eat\n2. sleep"),
        (check("no_bullets"), LIST, "Here is what you need: Two eggs. Some milk.\nMix it all."),
        (check("no_headings"), "# Cats\n\nThey sleep.", "They sleep."),
        (check("no_markdown"), "**Cats** sleep.\n- a lot", "Cats sleep. A lot."),
        (check("no_apology"), "I'm sorry about that. Cats sleep.", "Cats sleep."),
        (check("code_only"), "Here:\n```py\nx = 1\n```\nDone.", "```py\nx = 1\n```"),
        (check("json_only"), 'Here: {"a": 1}', '{"a": 1}'),
        (check("quotation"), "Cats sleep.", '"Cats sleep."'),
        (
            check("kept", negate=True, text="Do dogs?"),
            "Cats sleep. Do dogs? Yes.",
            "Cats sleep. Yes.",
        ),
        (check("max_paragraphs", n=1), "Cats.\n\nDogs.", "Cats. Dogs."),
        (check("min_words", n=99), "Cats.", None),
        (check("contains", word="Sam"), "Cats.", None),
    ],
)
def test_a_text_is_rewritten_or_left(found: Check, text: str, result: str | None) -> None:
    given = rewrite(found, text, before=TEXT)

    assert given == result
    if given is not None:
        assert registry.passes(found, given, before=TEXT)


def test_a_shorter_text_is_cut_at_a_sentence_end() -> None:
    short = rewrite(check("shorter_than_before", ratio=0.5), TEXT, before=TEXT)

    assert short is not None
    assert TEXT.startswith(short)
    assert short.endswith(("!", "?", "."))


def test_a_text_that_passes_comes_back_unchanged() -> None:
    assert rewrite(check("max_words", n=99), "  Cats sleep. ") == "  Cats sleep. "


@pytest.mark.parametrize("text", ["", "  ", "...", "?", "\U0001f600", "- ", "a" * 5000])
def test_odd_texts_give_a_verified_result_or_none(text: str) -> None:
    for kind in registry.known():
        values = {"text": "Hi", "word": "a", "code": "de"}
        args: dict[str, str | float] = {name: values.get(name, 1) for name in kind.args}
        for negate in (False, True):
            found = check(kind.name, negate=negate, **args)
            given = rewrite(found, text, before="one two three")
            assert given is None or registry.passes(found, given, before="one two three")
