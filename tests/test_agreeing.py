"""Kind, aspect and polarity of a wish agree with each other and with the grammar."""

from __future__ import annotations

import pytest

from feedback.parse import parse


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("too vague", "content"),
        ("it is boring", "content"),
        ("give two examples", "content"),
        ("too formal", "style"),
        ("use bullet points", "style"),
    ],
)
def test_what_is_said_is_content_and_how_is_style(text: str, kind: str) -> None:
    assert parse(text, reply="A reply.")[0].kind == kind


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("more examples", -1),
        ("give more examples", 0),
        ("less formal", -1),
        ("make it less formal", 0),
        ("not warm enough", -1),
        ("stop being so formal", 0),
        ("no emoji", 0),
    ],
)
def test_a_verb_orders_and_a_bare_comparison_judges(text: str, polarity: int) -> None:
    assert parse(text, reply="A reply.")[0].polarity == polarity


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("the last step is missing", "completeness"),
        ("mention the parking", "completeness"),
        ("not a word about the risks", "completeness"),
        ("it lacks a source", "evidence"),
        ("drop the last paragraph", "relevance"),
        ("drop the jokes", "tone"),
        ("I like the ending", "other"),
        ("I like the tone of the ending", "tone"),
        ("too abstract", "detail_examples"),
        ("no invented figures", "evidence"),
    ],
)
def test_what_is_asked_in_or_out_is_told_from_where_it_stands(text: str, aspect: str) -> None:
    assert parse(text, reply="A reply.")[0].aspect == aspect


def test_an_order_about_it_has_the_aspect_of_what_was_complained_of() -> None:
    about, order = parse("the jokes are silly. Leave that out.", reply="A joke.")
    (alone,) = parse("Leave that out.", reply="A joke.")

    assert (about.aspect, order.aspect) == ("tone", "tone")
    assert alone.aspect != "tone"


def test_a_question_for_the_origin_of_a_thing_asks_for_no_more_of_it() -> None:
    assert parse("Where is the quote from?", reply="A reply.")[0].kind == "clarify"
    assert parse("Where are the tools?", reply="A reply.")[0].kind == "content"


def test_what_the_assistant_is_said_to_do_is_a_complaint_and_what_it_should_do_an_order() -> None:
    (blamed,) = parse("you write 'I hope this helps' under everything", reply="A reply.")
    (told,) = parse("you should write 'I hope this helps' under everything", reply="A reply.")

    assert (blamed.polarity, told.polarity) == (-1, 0)


def test_a_time_limit_before_a_colon_makes_it_for_once_and_a_label_does_not() -> None:
    assert parse("just once: no jokes", reply="A reply.")[0].kind == "once"
    assert parse("One thing: no jokes", reply="A reply.")[0].kind == "style"


def test_praise_with_still_no_answer_mocks_and_praise_without_fluff_is_meant() -> None:
    (mocked,) = parse("Bravo, a machine of ten years and still no answer.", reply="A reply.")
    meant = parse("Great, a short answer and no fluff.", reply="A reply.")

    assert mocked.polarity == -1
    assert meant[0].kind == "praise"
