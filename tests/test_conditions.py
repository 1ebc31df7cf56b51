"""Conditions: where a wish holds, by the words that say so, and words that only look like it."""

from __future__ import annotations

import pytest

from bench.own_sets import condition_and_change
from feedback import conditions
from feedback.orders import order_in
from feedback.parse import parse


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Whenever I ask about knitting, give stitch counts.", "Whenever I ask about knitting"),
        ("Use short sentences in messages to my sister.", "in messages to my sister"),
        ("For job descriptions, leave out the salary.", "For job descriptions"),
        ("Don't use slang if the reader is a judge.", "if the reader is a judge"),
        ("In cover letters never beg.", "In cover letters"),
        ("Speak Spanish to me on Fridays.", "on Fridays"),
        ("While we are debugging, show only what changed.", "While we are debugging"),
        ("Recipes should always start with the temperature.", "Recipes"),
        ("Everything for the board must fit on one page.", "Everything for the board"),
        ("Name the source each time you quote a number.", "each time you quote a number"),
        ("Be blunt, unless it's about my paintings.", "unless it's about my paintings"),
        ("If a word has two spellings use the shorter one.", "If a word has two spellings"),
        ("For my nephew explain it with dinosaurs.", "For my nephew"),
        ("During exams, no chit-chat.", "During exams"),
        ('Use one word only if I write "quick".', 'only if I write "quick"'),
        ("The moment I mention my back, ask how it is.", "The moment I mention my back"),
        ("Before every talk remind me to breathe.", "Before every talk"),
        ("Use they for everyone in my novel.", "in my novel"),
        ("Never suggest fish except for birthdays.", "except for birthdays"),
        ("When a question can be answered with yes or no, say so first.",
         "When a question can be answered with yes or no"),
        ("Bei Rezepten bitte immer Gramm angeben.", "Bei Rezepten"),
        ("Si je parle de ma fille, sois doux.", "Si je parle de ma fille"),
        ("Cuando escribo a mi jefe, usa usted.", "Cuando escribo a mi jefe"),
    ],
)  # fmt: skip
def test_the_words_of_a_condition_are_found(text: str, condition: str) -> None:
    assert condition_and_change(text)[0] == condition


@pytest.mark.parametrize(
    "text",
    [
        "In the second paragraph use bullets.",
        "In short, cut it in half.",
        "For the title use capitals.",
        "I like it when you joke.",
        "Tell me when it is bad.",
        "Write it as if you were my friend.",
        "Shorten it, if possible.",
        "Put the price in the first line.",
        "For once, be brief.",
        "You said so when I asked.",
        "Add the number of guests to the list.",
        "Mention that it works with glass.",
        "On the whole, I like it.",
        "To be honest, drop it.",
        "Explain it in simple words.",
        "In your reply use bullets.",
    ],
)
def test_words_that_only_look_like_a_condition_are_none(text: str) -> None:
    assert condition_and_change(text)[0] == ""


def test_a_condition_without_a_comma_reaches_its_topic_and_no_further() -> None:
    (wish,) = parse("In the bedtime stories use short words.", reply="Once upon a time.")

    assert (wish.reach, wish.condition) == ("topic", (("task_type", "story"),))


def test_a_warning_about_the_person_has_a_condition_and_one_about_the_reply_none() -> None:
    assert conditions.find("tell me straight if i'm behind").condition
    assert not conditions.find("tell me if it is too long").condition


def test_an_exception_is_kept_and_what_was_said_before_is_none() -> None:
    text = "round to whole euros, except when it's my tax return."

    assert text[slice(*conditions.exception(text) or (0, 0))] == "except when it's my tax return"
    assert conditions.exception("other than that it is good") is None


def test_a_verb_that_is_also_a_noun_begins_an_order_only_before_what_it_acts_on() -> None:
    assert order_in("in stories name the hero", after_verb=False) == len("in stories ")
    assert order_in("in the grocery list use grams", after_verb=False) == len(
        "in the grocery list "
    )
    assert order_in("when i ask you to use code", after_verb=True) == 0
