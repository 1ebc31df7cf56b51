"""Words become exact checks: the bound, the noun and the words named, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import ifeval
from data.checks import registry
from data.types import Check
from feedback import constraints
from feedback.parse import parse
from tests.specimens import check


def read(text: str) -> list[Check]:
    return [one.check for one in constraints.read(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Use more than 100 words.", check("min_words", n=101)),
        ("Use at least 100 words.", check("min_words", n=100)),
        ("Use 100+ words.", check("min_words", n=100)),
        ("Use less than 100 words.", check("max_words", n=99)),
        ("Use at most 100 words.", check("max_words", n=100)),
        ("Use 100 words or fewer.", check("max_words", n=100)),
        ("I don't want anything longer than 30 words.", check("max_words", n=30)),
        ("It must not have fewer than 5 sentences.", check("min_sentences", n=5)),
        ("The text must be over 1,200 words.", check("min_words", n=1201)),
        ("Write 600 to 700 words.", check("words_between", low=600, high=700)),
        ("Use at least 60 but less than 71 words.", check("words_between", low=60, high=70)),
        ("Keep sentences under 15 words.", check("max_sentence_words", n=14)),
        ("Just one sentence.", check("max_sentences", n=1)),
        ("Give exactly five bullet points.", check("bullet_count", n=5)),
        ("Use at least 3 bullet points.", check("bullets", min=3)),
        ("There should be 4 paragraphs separated by ***.",
         check("paragraphs_between", low=4, high=4)),
        ("Paragraph 2 must start with the word punched.",
         check("paragraph_opens", n=2, word="punched")),
        ("Highlight at least 4 parts of it, *like this*.", check("highlights", min=4)),
        ("Have 3 or more placeholders such as [name].", check("placeholders", min=3)),
        ("Make sure at least 5 words are in all caps.", check("capital_words", min=5)),
        ("Words in capital letters should appear at most 3 times.",
         check("capital_words", negate=True, min=4)),
        ("Use the word war at least 8 times.", check("word_times", word="war", min=8)),
        ('Use the word "war" less than 3 times.',
         check("word_times", negate=True, word="war", min=3)),
        ("The letter q should appear at least twice.", check("letter_times", word="q", min=2)),
        ("Mark 3 sections with Section X.", check("sections", word="Section", min=3)),
        ("Put a title in double angular brackets, <<title>>.", check("angle_title")),
        ("Add a postscript starting with P.P.S", check("postscript", text="P.P.S")),
        ("Separate the two answers with ******.", check("two_responses")),
        ('End with the phrase "That is all."', check("ends_with", text="That is all.")),
        ("End with the phrase Any other question?", check("ends_with", text="Any other question?")),
        ("Wrap your entire reply in double quotation marks.", check("quotation")),
        ("Your whole answer must be JSON.", check("json_only")),
        ("There should be no commas.", check("no_comma")),
        ("No capital letters are allowed.", check("lowercase")),
        ("Answer in all caps.", check("uppercase")),
        ("Only reply in Thai.", check("language", code="th")),
        ("Use no other language than Swahili; no languages other than Swahili.",
         check("language", code="sw")),
        ('Say one of the following: "yes", "no"', check("choice", text="yes|no")),
    ],
)  # fmt: skip
def test_a_sentence_states_one_exact_constraint(text: str, found: Check) -> None:
    assert read(text) == [found]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ('Include the words "alpha" and "beta".', "contains", ["alpha", "beta"]),
        ("Include keywords: alpha, beta and gamma.", "contains", ["alpha", "beta", "gamma"]),
        ("The word alpha has to be in your answer.", "contains", ["alpha"]),
        ("Do not use the words alpha, beta or gamma.", "forbids", ["alpha", "beta", "gamma"]),
        ("Avoid the word 'alpha'.", "forbids", ["alpha"]),
        ("Tell it without saying the word alpha or beta.", "forbids", ["alpha", "beta"]),
        ("Do not mention alpha and beta in your entire response.", "forbids", ["alpha", "beta"]),
        ('Use no commas and make sure to include the phrase "so be it".', "contains", ["so be it"]),
    ],
)
def test_named_words_are_wanted_or_banned(text: str, name: str, words: list[str]) -> None:
    found = [dict(one.args)["word"] for one in read(text) if one.name == name]

    assert found == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Explica la vida de los gatos. Tu respuesta debe tener un mínimo de 350 palabras.",
         check("min_words", n=350)),
        ('En la carta para el director, incluye la palabra "gato" al menos 2 veces.',
         check("word_times", word="gato", min=2)),
        ("Décrivez la vie des chats dans le parc. Votre réponse doit contenir moins de 50 mots.",
         check("max_words", n=49)),
        ("Décrivez la vie des chats. Fournissez deux réponses séparées par six astérisques.",
         check("two_responses")),
    ],
)  # fmt: skip
def test_spanish_and_french_state_the_same_constraints(text: str, found: Check) -> None:
    assert read(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Create a 500-word pitch.",
        "What is the keyword here, and which section is it in?",
        "Stay under the word limit, word for word.",
        "Use words that contain only three types of vowels.",
        "Include keyword giraffe in the 7-th sentence.",
        "Every 5th word of your response must be in Japanese.",
        "Each sentence must contain exactly 3 more words than the previous one.",
        "The first section of my paragraphs about keywords is fine.",
        "Repeat the request, but change the first word of it.",
        "Write a funny letter to 6th graders.",
        "List the capitals without country names, separated by commas.",
        "Use at least two sentences ending in a period.",
        "Teach me English grammar and German cooking.",
        "",
        "😀",
    ],
)
def test_what_is_not_known_is_left_out(text: str) -> None:
    assert read(text) == []


def test_the_request_to_repeat_takes_the_words_above() -> None:
    text = "Why do cats purr? Use no commas.\nFirst repeat the request word for word, then answer."

    repeats = [one for one in read(text) if one.name == "repeats"]

    assert repeats == [check("repeats", text="Why do cats purr? Use no commas.")]


def test_the_request_to_repeat_takes_the_words_below_if_it_says_so() -> None:
    text = "First repeat the request below word for word, then answer.\n\nWhy do cats purr?"

    assert read(text) == [check("repeats", text="Why do cats purr?")]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("write numbers as digits", check("numbers_as_digits")),
        ("spell out numbers", check("numbers_as_words")),
        ("use more numbers", check("has_number")),
        ("no em dashes please", check("no_dash")),
        ("don't use contractions", check("no_contractions")),
        ("stop flattering me", check("no_flattery")),
        ("use British spelling", check("spelling", code="gb")),
        ("use exactly 4 bullet points", check("bullet_count", n=4)),
        ("use more than 100 words", check("min_words", n=101)),
    ],
)
def test_a_critique_leads_to_the_same_checks(said: str, found: Check) -> None:
    checks = [wish.check for wish in parse(said, reply="One cat, it's mine.")]

    assert checks == [found]


@pytest.mark.parametrize(
    "told",
    ["You used the word basically five times.", "You gave 5 bullet points.", "It has 200 words."],
)
def test_what_the_reply_did_is_no_order(told: str) -> None:
    exact = {"bullet_count", "word_times", "min_words", "max_words", "words_between"}
    checks = [wish.check for wish in parse(told, reply="A cat.") if wish.check is not None]

    assert not [one for one in checks if one.name in exact and told in one.name]
    assert all(one.name not in ("bullet_count", "word_times") for one in checks)


SAID = (
    'use at least most 3 ten words the word "cat" cat and or no not do commas sentences bullet'
    " points in all capital letters repeat request first paragraph start with end json ****** ***"
    " [x] <<t>> , . : P.S. highlight section X letter q times twice without don't but"
)
WORDS = st.sampled_from([*SAID.split(" "), "\n"])


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_is_read_without_error_and_twice_the_same(text: str) -> None:
    found = constraints.read(text)

    assert found == constraints.read(text)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert registry.problem(one.check) is None


def test_the_bench_counts_ids_and_exact_arguments(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"id": "x-1", "prompt": "Use no commas and at least 30 words.",
         "instruction_ids": ["punctuation:no_comma", "length_constraints:number_words"],
         "kwargs": [{}, {"relation": "at least", "num_words": 31}]},
        {"id": "x-2", "prompt": "Answer in all caps.", "instruction_ids": ["startend:quotation"],
         "kwargs": [{}]},
    ]  # fmt: skip
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    ifeval.main([str(file)])

    out = capsys.readouterr().out
    assert "precision  2 of 3" in out
    assert "recall     2 of 3" in out
    assert "exact arguments, of those found  1 of 2" in out
    assert ifeval.rows(file, "even")[0].key == "x-2"
