"""Critiques in plain words, and the wishes that must come out of them."""

from __future__ import annotations

import json

import pytest

from data.types import Check, Span, Wish
from feedback.parse import parse

REPLY = """The battle took place on March 3, 1850 near the river. It was long, with many soldiers.

The second part is about the king, who loved cats. He had twelve cats in his castle.

In the end everyone went home. It was a good day for the whole country and for the king."""
SECOND = REPLY.split("\n\n")[1]


def check(name: str, *, negate: bool = False, **args: str | float) -> Check:
    return Check(name, tuple(args.items()), negate)


def only(text: str, reply: str = REPLY) -> Wish:
    wishes = parse(text, reply=reply)
    assert len(wishes) == 1, [w.quote.quote for w in wishes]
    return wishes[0]


def test_one_critique_gives_exactly_its_four_wishes() -> None:
    text = (
        "too long, but I like the second paragraph; and never use emoji in emails to my boss"
        " — also the date is wrong"
    )

    length, praise, emoji, date = parse(text, reply=REPLY)

    assert [w.quote.quote for w in (length, praise, emoji, date)] == [
        "too long",
        "I like the second paragraph",
        "never use emoji in emails to my boss",
        "the date is wrong",
    ]
    assert [w.number for w in (length, praise, emoji, date)] == [1, 2, 3, 4]

    assert (length.kind, length.aspect, length.polarity) == ("style", "length", -1)
    assert (length.op, length.aim, length.reach, length.strength) == ("less", "whole", "reply", 0.6)
    assert length.check == check("shorter_than_before", ratio=0.7)
    assert length.check_on_target is False

    assert (praise.kind, praise.op, praise.polarity) == ("praise", "keep", 1)
    assert (praise.reach, praise.strength) == ("reply", 0.6)
    assert praise.aim == "span"
    assert praise.target is not None
    assert praise.target.quote == SECOND
    assert praise.check == check("kept", text=SECOND)
    assert praise.check_on_target is True

    assert (emoji.kind, emoji.aspect, emoji.polarity) == ("style", "format", 0)
    assert (emoji.op, emoji.aim, emoji.reach, emoji.strength) == ("stop", "whole", "topic", 1.0)
    assert emoji.condition == (("channel", "email"), ("recipient", "my boss"))
    assert emoji.check == check("no_emoji")

    assert (date.kind, date.aspect, date.polarity) == ("fact", "correctness", -1)
    assert (date.op, date.aim, date.reach, date.strength) == ("replace", "span", "reply", 0.8)
    assert date.target is not None
    assert date.target.quote == "March 3, 1850"
    assert date.check is None
    assert (date.claim, date.route) == ("unverified", "ask")


PLAIN: tuple[tuple[str, Check | None, str], ...] = (
    ("answer in one short sentence", check("within", sentences=1, words=25), "reply"),
    ("always answer in one short sentence", check("within", sentences=1, words=25), "always"),
    ("From now on use bullet points", check("bullets", min=2), "always"),
    ("end with a question", check("ends_with_question"), "reply"),
    ("Always end your reply with a question", check("ends_with_question"), "always"),
    ("end with an exclamation mark", check("ends_with", text="!"), "reply"),
    ("never use exclamation marks", check("no_exclamation"), "always"),
    ("start with the answer", None, "reply"),
    ("don't use the word 'delve'", check("forbids", word="delve"), "reply"),
    ("no emoji please", check("no_emoji"), "reply"),
    ("under 50 words", check("max_words", n=49), "reply"),
    ("in 50 words or less", check("max_words", n=50), "reply"),
    ("no more than 100 words", check("max_words", n=100), "reply"),
    ("more than 100 words", check("min_words", n=101), "reply"),
    ("at most three sentences", check("max_sentences", n=3), "reply"),
    (
        "Always answer with exactly two sentences",
        check("sentences_between", low=2, high=2),
        "always",
    ),
    ("answer in German", check("language", code="de"), "reply"),
    ("explain like I'm five", None, "reply"),
    ("no lists", check("no_bullets"), "reply"),
    ("three bullet points", check("bullet_count", n=3), "reply"),
    ("be brief from now on", check("max_words", n=60), "always"),
    ("Start every answer with 'Sure'", check("starts_with", text="Sure"), "always"),
    ("write in lower case", check("lowercase"), "reply"),
    ("stop apologizing", check("no_apology"), "reply"),
    ("I want you to always end with a question", check("ends_with_question"), "always"),
    ("talk like a pirate", None, "reply"),
    ("always talk like a pirate", None, "always"),
    ("zu lang", check("shorter_than_before", ratio=0.7), "reply"),
    ("demasiado largo", check("shorter_than_before", ratio=0.7), "reply"),
    ("太长了", check("shorter_than_before", ratio=0.7), "reply"),
    ("ab jetzt immer in einem Satz", check("within", sentences=1, words=25), "always"),
)


@pytest.mark.parametrize(("text", "found", "reach"), PLAIN, ids=[p[0] for p in PLAIN])
def test_a_plain_sentence_is_one_wish(text: str, found: Check | None, reach: str) -> None:
    wish = only(text)

    assert wish.quote.quote == text.removesuffix(" please")
    assert (wish.kind, wish.check, wish.reach) == ("style", found, reach)
    assert wish.route == "accept"
    assert wish.effect


def test_examples_are_content_and_checked_all_the_same() -> None:
    wish = only("more examples")

    assert (wish.kind, wish.check) == ("content", check("has_example", n=1))


def test_two_complaints_may_share_the_start_of_a_quote() -> None:
    long, vague = parse("Too long and vague", reply=REPLY)

    assert (long.quote.quote, vague.quote.quote) == ("Too long", "Too long and vague")
    assert vague.aspect == "detail_examples"


def test_a_condition_narrows_and_a_leading_one_covers_its_sentence() -> None:
    trailing = only("use bullet points when I ask for ideas")
    bullets, short = parse("When I ask for ideas, use bullet points and keep it short", reply=REPLY)
    always = only("for recipes always use a numbered list")

    ideas = (("task_type", "ideas"),)
    assert [w.condition for w in (trailing, bullets, short)] == [ideas] * 3
    assert [w.reach for w in (trailing, bullets, short, always)] == ["topic"] * 4
    assert always.condition == (("task_type", "recipe"),)


@pytest.mark.parametrize(
    "text",
    [
        "too long",
        "this is too formal",
        "in this reply, use bullet points",
        "you never answer the question",
        "you always use bullet points",
        "if possible, make it shorter",
        "that is never true",
        "I hate the emoji in this",
        "make it simpler for kids",
        "explain it in short",
    ],
)
def test_a_wish_is_never_wider_than_said(text: str) -> None:
    assert {w.reach for w in parse(text, reply=REPLY)} == {"reply"}


def test_in_this_email_holds_for_the_task() -> None:
    assert only("use a formal tone in this email").reach == "task"


def test_a_name_is_a_fact_about_the_person_and_stands() -> None:
    wish = only("call me Sam")

    assert (wish.kind, wish.aspect, wish.claim) == ("fact", "facts_about_me", "supported")
    assert (wish.reach, wish.check) == ("always", check("contains", word="Sam"))
    assert wish.effect == 'call the person "Sam"'


def test_a_correction_is_a_claim_that_is_not_verified() -> None:
    wish = only("that is wrong, it was 1969")

    assert (wish.kind, wish.claim, wish.reach) == ("fact", "unverified", "reply")
    assert json.loads(wish.slots)["right"] == "1969"
    assert wish.check == check("contains", word="1969")


def test_one_thing_and_not_the_other_is_a_correction() -> None:
    wish = only("the capital is Lisbon, not Porto")

    assert (wish.kind, wish.claim) == ("fact", "unverified")
    assert (json.loads(wish.slots)["right"], json.loads(wish.slots)["wrong"]) == ("Lisbon", "Porto")
    assert wish.check == check("contains", word="Lisbon")


def test_a_correction_with_a_source_is_supported() -> None:
    assert only("the date is wrong, according to the museum").claim == "supported"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I like it", "praise"),
        ("not bad", "praise"),
        ("don't change the title", "praise"),
        ("it's not too long", "praise"),
        ("never mind", "retract"),
        ("don't learn from this chat", "meta"),
        ("stop asking me questions", "process"),
        ("what do you mean by that?", "clarify"),
        ("that's not what I asked", "rephrase"),
        ("try again", "once"),
        ("you forgot the price", "content"),
        ("I am allergic to nuts", "fact"),
    ],
)
def test_each_act_has_its_kind(text: str, kind: str) -> None:
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("text", "op", "polarity"),
    [
        ("don't drop the jokes", "keep", 1),
        ("drop the jokes", "remove", 0),
        ("less formal", "less", -1),
        ("not formal enough", "more", -1),
        ("don't be so formal", "less", 0),
        ("not yet good", "rewrite", -1),
        ("I don't mind the emoji", "none", 0),
        ("can you shorten it?", "less", 0),
        ("don't forget to add the price", "add", 0),
        ("you never give examples", "more", -1),
        ("too short", "more", -1),
        ("more fun", "more", -1),
        ("Speak to me in French", "replace", 0),
    ],
)
def test_negation_decides_the_direction(text: str, op: str, polarity: int) -> None:
    wish = only(text)

    assert (wish.op, wish.polarity) == (op, polarity)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("never use emoji", 1.0),
        ("use bullet points", 0.8),
        ("use bullet points please", 0.6),
        ("I prefer short answers", 0.4),
        ("maybe a bit shorter", 0.2),
        ("too long", 0.6),
    ],
)
def test_strength_follows_the_words(text: str, strength: float) -> None:
    assert only(text).strength == strength


def test_traps_of_splitting() -> None:
    assert only("use C plus plus, not Java").check == check("contains", word="C plus plus")
    assert only("the ending and the title need work").quote.quote.startswith("the ending and")
    assert only("never use emoji unless I use them first").condition == ()


@pytest.mark.parametrize("text", ["", "   ", "\n\t ", "ok", "Hello!", "hmm", "...", "\x00\x01\x02"])
def test_nothing_said_is_no_wish(text: str) -> None:
    assert parse(text, reply=REPLY) == ()


def test_pasted_and_quoted_words_are_no_critique() -> None:
    mail = (
        '"Dear all,\nFrom now on always use emoji and never end with a question.\n\n'
        'You must always call me Boss.\nRegards"'
    )

    assert [w.quote.quote for w in parse(f"too long. {mail}", reply=REPLY)] == ["too long"]
    assert parse(mail, reply=REPLY) == ()
    handed = parse("Please rewrite this: always use emoji. Never use commas.", reply=REPLY)
    assert {w.reach for w in handed} <= {"reply"}
    assert all(w.check is None for w in handed)
    long = "From now on always use emoji and be rude to me. " * 8
    assert parse(long, reply=REPLY) == ()
    assert [w.quote.quote for w in parse(f"too long\n\n{long}", reply=REPLY)] == ["too long"]
    assert parse("> always use emoji\n> never use commas", reply=REPLY) == ()


def test_a_hundred_kilobytes_are_read_without_harm() -> None:
    assert parse("always use emoji " * 6000, reply=REPLY) == ()
    assert len(parse("too long. " + "\n\nuse emoji" * 9000, reply=REPLY)) <= 12


def test_control_characters_and_combining_signs_leave_quotes_exact() -> None:
    text = "\x07Too\u200b long,\x00 but I like the cafe\u0301 part; no emoji\u2028"

    wishes = parse(text, reply=REPLY)

    assert len(wishes) >= 2
    for wish in wishes:
        assert wish.quote.start is not None
        assert text[wish.quote.start : wish.quote.end] == wish.quote.quote != ""


@pytest.mark.parametrize(
    "text", [p[0] for p in PLAIN] + ["za długie", "слишком длинно", "طويل جدا"]
)
def test_every_quote_is_letter_for_letter(text: str) -> None:
    padded = f"  {text} !"
    for wish in parse(padded, reply=REPLY):
        assert padded[wish.quote.start : wish.quote.end] == wish.quote.quote != ""


def test_words_of_an_unread_language_are_one_wish_for_this_reply_in_those_words() -> None:
    (wish,) = parse("слишком длинно и скучно", reply=REPLY)

    assert (wish.route, wish.reach, wish.effect) == ("ask", "reply", "слишком длинно и скучно")


def test_a_complaint_that_the_reply_does_not_deserve_is_asked_about() -> None:
    wish = only("too many emoji")

    assert wish.check_on_target is True
    assert wish.route == "ask"
    assert wish.sure == pytest.approx(0.45)


def test_sarcasm_is_asked_about() -> None:
    wish = only("wow, so helpful")

    assert wish.route == "ask"
    assert json.loads(wish.slots)["sarcasm_p"] >= 0.3
    assert only("I like it").route == "accept"
    assert parse("I like it", reply=REPLY, thumb="down")[0].route == "ask"


def test_a_marked_span_is_the_target_and_counts_by_its_share() -> None:
    marked = Span(quote=SECOND, start=REPLY.index(SECOND))

    (wish,) = parse("too long", reply=REPLY, span=marked)

    assert (wish.aim, wish.target) == ("span", marked)
    assert wish.check is not None
    assert 0.7 < dict(wish.check.args)["ratio"] < 1  # type: ignore[operator]


def test_a_leading_condition_needs_no_comma_before_an_order() -> None:
    for text in (
        "when you write emails to my boss be more formal",
        "when you write emails to my boss, be more formal",
    ):
        (wish,) = parse(text, reply="Dear boss.")

        assert wish.effect == "be more formal"
        assert wish.condition == (("channel", "email"), ("recipient", "my boss"))
        assert wish.reach == "topic"


def test_the_verb_of_a_condition_does_not_end_it() -> None:
    (wish,) = parse("when I ask for ideas use bullet points", reply="One idea.")

    assert wish.condition == (("task_type", "ideas"),)
    assert wish.quote.quote == "when I ask for ideas use bullet points"


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("Use no more than 1,500 words.", 1500),
        ("Use at most 1.000 words.", 1000),
        ("Too long,50 words max.", 50),
        ("Use at most 1.5 sentences.", None),
        ("Use at most 12345678 words.", None),
        ("Use at most 0 words.", None),
    ],
)
def test_no_limit_is_read_from_a_part_of_a_number(text: str, most: int | None) -> None:
    found = [wish.check for wish in parse(text, reply=REPLY) if wish.aspect == "length"]

    limits = [dict(one.args)["n"] for one in found if one is not None and one.name == "max_words"]
    assert limits == ([] if most is None else [most])


def test_a_range_is_one_bound_on_both_sides() -> None:
    (wish,) = parse("Keep it to 30-50 words.", reply=REPLY)

    assert wish.check == check("words_between", low=30, high=50)
