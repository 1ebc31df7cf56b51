"""A lesson is taught by what the model does when told, by a rewriter, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import teacher
from assistant.answers import Answers
from assistant.scripted import ScriptedModel
from assistant.teacher import Taught
from data import caches
from data.checks import registry
from data.store import Store
from data.types import Check, Lesson, Message
from tests import steps
from tests.stand_ins import embed

LONG = "Rain falls when clouds cool down. The drops grow heavy over time. Then they reach the sea."
SHORT = "Rain falls when clouds cool down and the drops grow heavy."
PROMPTS = tuple(f"Why does it rain in town {at}?" for at in range(6))
AT = datetime(2026, 1, 1, tzinfo=UTC)

Says = Callable[[str], str]


def a_lesson(effect: str, check: Check | None, id: str = "L1") -> Lesson:
    return Lesson(id, "", effect, "", (), check, AT, "active", "endorsed")


ONE = a_lesson("answer in one sentence", Check("max_sentences", (("n", 1),)))
LOUD = a_lesson("end with an exclamation mark", Check("ends_with", (("text", "!"),)), "L2")
RHYME = a_lesson("write in rhymes", None)
WORDY = a_lesson("use at least 400 words", Check("min_words", (("n", 400),)))


def taught(
    tmp_path: Path,
    lesson: Lesson,
    says: Says,
    *,
    drawn: Sequence[str] = (LONG,),
    others: Mapping[str, Sequence[Lesson]] | None = None,
) -> tuple[Taught, ScriptedModel]:
    def complete(messages: Sequence[Message], _version: int | None) -> str:
        return says(messages[-1].text)

    model = ScriptedModel(write=lambda *_: tuple(drawn), complete=complete)
    drafts = Answers(Store(None), model, tmp_path, ["L1"], 96)
    teaching = teacher.teach(
        lesson, others or {}, PROMPTS, dict.fromkeys(PROMPTS, LONG), drafts, embed, 0
    )
    return steps.result(teaching), model


def test_a_model_that_obeys_when_told_is_its_own_teacher(tmp_path: Path) -> None:
    found, _ = taught(tmp_path, ONE, lambda _: SHORT)

    assert found.route == "A"
    assert [target.prompt for target in found.targets] == list(PROMPTS)
    assert found.targets
    assert all(len(target.chosen.split()) > 3 for target in found.targets)
    assert {target.rejected for target in found.targets} == {LONG}
    assert {target.made_by for target in found.targets} == {"teacher"}


def test_the_rule_stands_behind_the_request(tmp_path: Path) -> None:
    told: list[str] = []

    def says(text: str) -> str:
        told.append(text)
        return SHORT

    taught(tmp_path, ONE, says)

    assert f"{PROMPTS[0]} Answer in one sentence." in told


def test_one_that_obeys_now_and_then_is_filtered(tmp_path: Path) -> None:
    found, _ = taught(tmp_path, ONE, lambda text: SHORT if "\n\n" in text else LONG)

    assert found.route == "B"
    assert len(found.targets) == 6
    assert all(registry.passes(ONE.check, one.chosen) for one in found.targets if ONE.check)


def test_the_request_said_back_is_no_example(tmp_path: Path) -> None:
    def echoes(text: str) -> str:
        return next((one for one in PROMPTS if one in text), text)

    found, _ = taught(tmp_path, ONE, echoes)

    assert registry.passes(Check("max_sentences", (("n", 1),)), PROMPTS[0])
    assert not {target.chosen for target in found.targets} & set(PROMPTS)


def test_more_drafts_are_drawn_for_prompts_without_a_pass(tmp_path: Path) -> None:
    stubborn = PROMPTS[0]

    found, model = taught(
        tmp_path, ONE, lambda text: LONG if stubborn in text else SHORT, drawn=(LONG, SHORT)
    )

    assert len(model.seen) == 1
    assert len(found.targets) == 6


def test_what_the_model_never_does_a_rewriter_does(tmp_path: Path) -> None:
    found, model = taught(tmp_path, LOUD, lambda _: LONG)

    assert found.route == "C"
    assert model.seen == []
    assert {target.made_by for target in found.targets} == {"rewriter"}
    assert all(target.chosen.endswith("!") for target in found.targets)
    assert {target.rejected for target in found.targets} == {LONG}


def test_where_the_model_does_it_elsewhere_a_rewriter_does_the_rest(tmp_path: Path) -> None:
    loud = LONG[:-1] + "!"

    found, _ = taught(
        tmp_path, LOUD, lambda text: LONG if "town 0" in text or "town 1" in text else loud
    )

    assert found.route in ("A", "B")
    assert [target.made_by for target in found.targets] == ["rewriter"] * 2 + ["teacher"] * 4
    assert all(target.chosen.endswith("!") for target in found.targets)


def test_what_nobody_does_stays_in_the_prompt_with_the_reason(tmp_path: Path) -> None:
    found, _ = taught(tmp_path, WORDY, lambda _: LONG)

    assert found.route == "D"
    assert found.targets == ()
    assert found.why == (
        "'use at least 400 words' stays in the prompt: this model obeyed in only 0 of 6 drafts "
        "when told to."
    )


def test_without_a_check_nothing_is_taught(tmp_path: Path) -> None:
    found, model = taught(tmp_path, RHYME, lambda _: SHORT)

    assert found.route == "D"
    assert "no check can tell" in found.why
    assert model.seen == []


def test_a_target_obeys_the_other_lessons_of_its_prompt(tmp_path: Path) -> None:
    found, _ = taught(
        tmp_path,
        LOUD,
        lambda text: SHORT if "Answer in one sentence." in text else LONG,
        others={text: [ONE] for text in PROMPTS},
    )

    assert {target.chosen for target in found.targets} == {SHORT[:-1] + "!"}
    # The better reply differs from the worse one in the new lesson alone.
    assert {target.rejected for target in found.targets} == {SHORT}


def test_a_reply_that_was_cut_or_echoes_the_rule_is_no_target(tmp_path: Path) -> None:
    cut = "Rain falls when clouds cool down and the drops grow heavy and " * 4
    echo = "You asked me to answer in one sentence, so I say that it rains."

    for reply in (cut, echo, "Yes."):
        found, _ = taught(tmp_path / reply[:3], ONE, lambda _, reply=reply: reply)  # type: ignore[misc]
        assert reply.strip() not in {target.chosen for target in found.targets}


def test_no_draft_is_asked_for_twice(tmp_path: Path) -> None:
    store = Store(None)
    asked: list[str] = []

    def complete(messages: Sequence[Message], _version: int | None) -> str:
        asked.append(messages[-1].text)
        return SHORT

    def greedy() -> tuple[str, ...]:
        answers = Answers(store, ScriptedModel(complete=complete), tmp_path, ["L1"], 96)
        asking = answers.greedy([(Message("user", text),) for text in PROMPTS], "Asking")
        return steps.result(asking)

    assert greedy() == greedy() == (SHORT,) * 6
    assert len(asked) == 6
    assert caches.remove_targets(store, "L1") == 1
    greedy()
    assert len(asked) == 12


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("It rains.", True),
        ("- one\n- two", True),
        ("word " * 60 + "and then", False),
        ("word " * 60 + "and then!", True),
        ("", False),
    ],
)
def test_whether_a_reply_ended_shows_in_its_text(text: str, ended: bool) -> None:
    assert teacher.finished(text, 96) is ended


def test_a_reply_that_ends_as_its_lesson_wants_is_finished() -> None:
    signed = f"{LONG} {LONG} {LONG}\n\nKind regards, Kim"
    check = Check("ends_with", (("text", "Kind regards, Kim"),))

    assert not teacher.finished(signed, 40)
    assert teacher.finished(signed, 40, check)
    assert not teacher.finished(signed + " and so on", 40, check)


def test_a_word_of_consent_is_no_example_of_a_brief_answer(tmp_path: Path) -> None:
    brief = a_lesson("use at most 12 words", Check("max_words", (("n", 12),)))

    found, _ = taught(tmp_path, brief, lambda _: "I can do.", drawn=(SHORT,))

    assert found.targets
    assert all(len(target.chosen.split()) > 3 for target in found.targets)


@pytest.mark.parametrize("allowed", [40, 12])
def test_an_answer_that_lost_its_matter_is_no_example_where_words_are_counted(
    tmp_path: Path, allowed: int
) -> None:
    brief = a_lesson(f"use at most {allowed} words", Check("max_words", (("n", allowed),)))
    empty = "Sure, I can help you with that."  # seven words: half of 12, not half of 18

    found, _ = taught(tmp_path, brief, lambda _: empty, drawn=(SHORT,))

    assert any(target.chosen == empty for target in found.targets) == (allowed == 12)


def test_where_sentences_are_counted_a_short_one_is_an_example(tmp_path: Path) -> None:
    brief = a_lesson("use at most 40 words", Check("max_words", (("n", 40),)), "L2")
    one = "Rain is water that falls from clouds."  # fewer words than half of what is allowed

    found, _ = taught(tmp_path, ONE, lambda _: one, others={text: [brief] for text in PROMPTS})

    assert {target.chosen for target in found.targets} == {one}
