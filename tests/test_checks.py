"""The checks: what passes, what fails at the boundary, and how each is said."""

from __future__ import annotations

import pytest

from data.checks import registry, twins, units
from data.checks.language import language_of
from data.types import Check, Refusal
from tests.specimens import CASES, check


@pytest.mark.parametrize(("check", "good", "bad"), CASES, ids=[c.name for c, _, _ in CASES])
def test_a_check_passes_and_fails_where_it_should(check: Check, good: str, bad: str) -> None:
    before = "one two three four"

    assert registry.passes(check, good, before=before)
    assert not registry.passes(check, bad, before=before)
    inverse = Check(check.name, check.args, negate=not check.negate)
    assert not registry.passes(inverse, good, before=before)
    assert registry.describe(check) != registry.describe(inverse)


def test_every_check_is_tried_above() -> None:
    assert {c.name for c, _, _ in CASES} == {kind.name for kind in registry.known()}


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\n", "\x00\x07", "word " * 20_000, "😀" * 1000, "```"]
)
def test_no_text_breaks_a_check(text: str) -> None:
    for found, _, _ in CASES:
        registry.passes(found, text, before="one two")
        assert len(registry.evidence(found, text)) <= 50
        twins.holds(found, text, other="one two")


def test_an_unknown_check_is_refused_with_its_name() -> None:
    with pytest.raises(Refusal, match="'no_such_check'"):
        registry.passes(check("no_such_check"), "text")


def test_a_comparison_without_an_earlier_text_is_refused() -> None:
    shorter = check("shorter_than_before", ratio=0.7)

    assert registry.relative(shorter)
    with pytest.raises(Refusal, match="earlier text"):
        registry.passes(shorter, "text")


def test_a_check_without_its_argument_is_refused() -> None:
    with pytest.raises(Refusal, match="'n'"):
        registry.passes(check("max_words"), "text")


def test_evidence_points_at_the_words() -> None:
    (first, second) = registry.evidence(check("no_exclamation"), "Oh! It is late!")

    assert (first.start, first.end, first.occurrence) == (2, 3, 1)
    assert (second.start, second.occurrence) == (14, 2)


def test_a_description_is_an_imperative_with_its_numbers() -> None:
    assert registry.describe(check("max_words", n=25.0)) == "use at most 25 words"
    assert registry.describe(check("max_sentences", n=1)) == "answer in one sentence"
    assert registry.describe(check("language", code="de")) == "answer in German"
    assert registry.describe(check("forbids", word="delve")) == 'do not use "delve"'


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Hi there! How are you?", 2),
        ("1. First\n2. Second\n\nEnd.", 3),
        ("太长了。请短一点！", 2),
        ("I met J. Smith at 5 p.m. on Monday.", 1),
        ("wrapped line\ngoes on here.", 1),
        ("```py\na = 1. \n```", 0),
        ("So... it ends", 2),
    ],
)
def test_sentences_are_counted_as_a_reader_would(text: str, count: int) -> None:
    assert len(units.sentences(text)) == count


def test_a_short_text_has_no_language() -> None:
    assert language_of("ok") == ""
    assert language_of("これは猫です") == "ja"
    assert language_of("这是一只猫") == "zh"


def test_a_twin_sees_a_list_that_repeats_itself() -> None:
    bullets = check("bullets", min=2)
    gamed, honest = "- cats\n- cats", "- cats sleep\n- dogs bark"

    assert registry.passes(bullets, gamed)
    assert not twins.holds(bullets, gamed)
    assert twins.holds(bullets, honest)


def test_a_twin_sees_one_endless_sentence() -> None:
    endless = "This goes " + "on and " * 50 + "on."

    assert registry.passes(check("max_sentences", n=1), endless)
    assert not twins.holds(check("max_sentences", n=1), endless)


def test_a_twin_of_what_must_not_stand_does_not_ask_for_it() -> None:
    plain = "Cats sleep by day and hunt at night."
    german = "Das ist die Katze, und sie schläft nicht. Der Hund ist auch da, und er bellt."

    assert twins.holds(check("bullets", negate=True, min=1), plain)
    assert twins.holds(check("code_only", negate=True), plain)
    assert twins.holds(check("language", negate=True, code="de"), plain)
    assert not twins.holds(check("language", negate=True, code="de"), german)
    assert twins.holds(check("language", code="de"), german)


@pytest.mark.parametrize(("check", "good", "bad"), CASES, ids=[c.name for c, _, _ in CASES])
def test_no_twin_is_met_by_silence(check: Check, good: str, bad: str) -> None:
    inverse = Check(check.name, check.args, negate=not check.negate)

    for nothing in ("", "  \n", "...", "😀"):
        assert not twins.holds(check, nothing)
        assert not twins.holds(inverse, nothing)


PLAIN = [c for c, _, _ in CASES if not registry.relative(c)]
REQUEST = "why do cats purr"


@pytest.mark.parametrize("plain", PLAIN, ids=[c.name for c in PLAIN])
def test_neither_silence_nor_the_request_said_back_obeys(plain: Check) -> None:
    for asked in (plain, Check(plain.name, plain.args, negate=not plain.negate)):
        for nothing in ("", "   ", "...", "!", "?", REQUEST, f"{REQUEST.capitalize()}?"):
            assert not registry.obeys(asked, nothing, REQUEST)


def test_a_word_or_two_obey_only_where_length_or_code_is_asked_for() -> None:
    assert registry.obeys(check("max_words", n=2), "Because. Yes.", REQUEST)
    assert registry.obeys(check("json_only"), '{"why": 1}', REQUEST)
    assert not registry.obeys(check("no_comma"), "No commas.", REQUEST)
    assert registry.obeys(check("no_comma"), "They are content.", REQUEST)
    assert not registry.obeys(check("json_only", negate=True), "Not here.", REQUEST)


@pytest.mark.parametrize("each", [c for c, _, _ in CASES], ids=[c.name for c, _, _ in CASES])
def test_a_check_that_can_be_met_and_missed_is_no_problem(each: Check) -> None:
    assert registry.problem(each) is None
    assert registry.problem(Check(each.name, each.args, negate=True)) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (check("words_between", low=200, high=10), "No reply can do what is asked: use 200 to 10"),
        (check("sentences_between", low=0, high=0), "No reply can do"),
        (check("words_between", low=1.2, high=1.8), "No reply can do"),
        (check("max_words", n=0), "No reply can do what is asked: use at most 0 words."),
        (check("within", sentences=1, words=0), "No reply can do"),
        (check("max_emoji", n=-1), "No reply can do"),
        (check("min_words", negate=True, n=1), "No reply can do what is asked: use fewer than 1"),
        (check("contains", word=" "), "No reply can do"),
        (check("ends_with", text=""), "No reply can do"),
        (check("forbids", word=""), "Every reply does what is asked, so there is nothing to learn"),
        (check("forbids", negate=True, word=""), "No reply can do"),
        (check("min_words", n=0), "Every reply does what is asked"),
        (check("min_sentences", n=1), "Every reply does what is asked"),
        (check("bullets", min=0), "Every reply does what is asked"),
        (check("has_example", n=0), "Every reply does what is asked"),
        (check("kept", text=""), "Every reply does what is asked"),
        (check("paragraphs_between", low=0, high=0), "No reply can do"),
        (check("mean_sentence_words", n=0), "No reply can do"),
        (check("bullet_count", n=1.5), "No reply can do what is asked: use exactly 1.5 bullet"),
        (check("highlights", min=0), "Every reply does what is asked"),
        (check("word_times", word="", min=2), "No reply can do"),
        (check("word_times", word="cat", min=0), "Every reply does what is asked"),
        (check("letter_times", word=" ", min=1), "No reply can do"),
        (check("word_exactly", word="cat", n=-1), "No reply can do"),
        (check("word_exactly", word="", n=0), "Every reply does what is asked"),
        (check("sections", word="Part", min=0), "Every reply does what is asked"),
        (check("paragraph_opens", n=0, word="Cats"), "No reply can do"),
        (check("paragraph_opens", n=1, word=" "), "No reply can do"),
        (check("reading_ease", min=200), "No reply can do"),
        (check("grade", max=-1), "No reply can do"),
        (check("choice", text=" | "), "No reply can do"),
        (check("postscript", text="..."), "No reply can do"),
        (check("repeats", text=""), "No reply can do"),
        (check("spelling", code="xx"), "No reply can do what is asked: use xx spelling."),
        (check("shorter_than_before", ratio=0), "No reply can do"),
        (check("language", code="klingon"), "No reply can do what is asked: answer in klingon."),
        (check("max_words", n=float("nan")), "A check needs a number for 'n', not nan."),
        (check("max_words", n=float("inf")), "A check needs a number for 'n', not inf."),
        (check("max_words", n="ten"), "A check needs a number for 'n', not 'ten'."),
        (check("max_words"), "The check 'max_words' lacks 'n'."),
        (check("no_such_check"), "heed knows no check named 'no_such_check'."),
    ],
    ids=lambda one: one.name if isinstance(one, Check) else "",
)
def test_a_check_that_decides_nothing_is_told_in_a_sentence(wrong: Check, said: str) -> None:
    problem = registry.problem(wrong)

    assert problem is not None
    assert problem.startswith(said)
    assert problem.endswith(".")


TWINS: tuple[tuple[Check, str, str], ...] = (
    (check("placeholders", min=2), "[a] [a] [a]", "Dear [name], we meet at [time] by the old oak."),
    (check("highlights", min=1), "*all of it is marked here*", "Only *this* is marked here."),
    (check("postscript", text="P.S."), "P.S. Bye.", "Cats sleep.\nP.S. Dogs run."),
    (
        check("sections", word="Part", min=2),
        "Part 1\nPart 2\n",
        "Part 1\nCats sleep all day.\nPart 2\nDogs run all day.",
    ),
    (
        check("two_responses"),
        "Cats sleep all day.\n******\nAll day cats sleep.",
        "Cats sleep all day.\n******\nDogs like long walks.",
    ),
    (check("choice", text="yes|no"), "Yes or no.", "The answer is no."),
    (
        check("word_times", word="cat", min=3),
        "Cat cat cat.",
        "The cat sleeps. A cat dreams. Each cat hunts at night.",
    ),
    (check("no_first_person"), "We think that it rains.", "It rains in the north."),
    (check("repeats", text="Why so?"), "Why so?", "Why so? The cats are glad."),
)  # fmt: skip


@pytest.mark.parametrize(("asked", "gamed", "honest"), TWINS, ids=[c.name for c, _, _ in TWINS])
def test_a_twin_tells_what_was_met_in_letter_only(asked: Check, gamed: str, honest: str) -> None:
    assert registry.passes(asked, honest)
    assert twins.holds(asked, honest)
    assert not twins.holds(asked, gamed)


@pytest.mark.parametrize("each", [c for c, _, _ in CASES], ids=[c.name for c, _, _ in CASES])
def test_every_twin_is_told_in_words(each: Check) -> None:
    assert twins.says(each)
    assert twins.says(Check(each.name, each.args, negate=True))


@pytest.mark.parametrize(
    "sly", ["i think it rains", "my cat sleeps", "My cat sleeps", "well, i'm here", "im fine here"]
)
def test_a_lower_case_i_is_the_first_person_too(sly: str) -> None:
    assert not registry.passes(check("no_first_person"), sly)


@pytest.mark.parametrize(
    "free",
    ["Use it, i.e. now.", "i) one\nii) two", "```\nfor i in range(3): i = i\n```", "e = i + 1"],
)
def test_an_i_that_nobody_says_is_no_first_person(free: str) -> None:
    assert registry.passes(check("no_first_person"), free)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Это не кошка, она спит весь день.", "ru"),
        ("Це не кішка, вона спить увесь день та їсть.", "uk"),
        ("گربه در خانه است و می‌خوابد", "fa"),
        ("القطة تنام في البيت ولا تأكل كثيرا", "ar"),
        ("बिल्ली घर में है और सो रही है", "hi"),
        ("मांजर घरात आहे आणि ते झोपले आहे", "mr"),
        ("Paka yuko nyumbani na analala kwa sababu ni usiku katika mji", "sw"),
        ("Con mèo ở trong nhà và nó không ăn", "vi"),
        ("Kissa on kotona ja se nukkuu mutta ei syö", "fi"),
    ],
)
def test_languages_of_one_script_are_told_apart(text: str, code: str) -> None:
    assert language_of(text) == code
