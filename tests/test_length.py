"""The likely length of a reply."""

from clarify.length import expected_tokens


def test_a_thing_to_be_made_is_expected_to_be_longer_than_an_answer() -> None:
    answer = expected_tokens("What is a volcano?", 2000)
    email = expected_tokens("Write an email to my landlord", 2000)
    essay = expected_tokens("Write an essay about rivers", 2000)

    assert answer < email < essay


def test_a_stated_length_is_taken_at_its_word() -> None:
    assert expected_tokens("Write a 100 word essay", 2000) == 135


def test_a_short_form_is_short_even_of_a_long_thing() -> None:
    assert expected_tokens("Tell me a story in one sentence", 2000) == 60


def test_the_longest_reply_is_the_limit() -> None:
    assert expected_tokens("Write an essay about rivers", 256) == 256


def test_words_inside_a_quotation_are_not_the_request() -> None:
    quoted = "\n> please write a long essay, a report and a story\nWhat is this?"

    assert expected_tokens(quoted, 2000) == 120
