"""A round says how far it is, and what it puts aside before anything is asked of the model."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import adapters, agreement, build, forecast, gate
from data import ledger, versions
from data.store import Store
from data.types import Check, Lesson, Message
from feedback import holding, rewrite
from tests.stand_ins import embed
from tests.test_build import LOUD, Pupil, approved, round_of
from ui import versions as page

MAILS = (("channel", "email"),)
NEVER = Check("max_words", (("n", 0),))
WISHES = Check("ends_with", (("text", "Best wishes."),))
LISTS, NO_LISTS = Check("bullets", (("min", 2),)), Check("no_bullets")


@pytest.fixture
def store() -> Store:
    return Store(None)


@pytest.fixture
def pupil(tmp_path: Path, store: Store) -> Pupil:
    return Pupil(tmp_path, store)


def opposed(store: Store) -> tuple[Lesson, Lesson]:
    """Two that wait although they contradict, the newer one last."""
    old = approved(store, "use bullet points", LISTS)
    return old, approved(store, "use no bullet points", NO_LISTS)


def outcomes(store: Store) -> list[str]:
    return [run.outcome for run in versions.runs(store, "learn")]


def test_a_round_that_is_stopped_in_its_test_leaves_a_version_that_was_not_tested(
    pupil: Pupil, store: Store
) -> None:
    approved(store)
    steps = build.build(store, pupil.model(), embed, pupil.home, seed=0)
    while "Testing" not in next(steps).label:
        pass
    steps.close()

    agreement.mend(store, pupil.home)

    (made,) = versions.all(store)
    assert page.state(made) == "was not tested"
    assert build.told(store).endswith("was stopped; it acts from the prompt.")


def test_each_step_says_which_lesson_of_how_many_it_is(pupil: Pupil, store: Store) -> None:
    approved(store)
    approved(store, "end with an exclamation mark", LOUD)

    labels = [step.label for step in round_of(pupil)]

    numbers = [label.partition(": ")[0] for label in labels]
    assert list(dict.fromkeys(numbers)) == ["Lesson 1 of 2", "Lesson 2 of 2"]
    assert "Lesson 2 of 2: Learning: step 3 of 3" in labels


def test_one_lesson_alone_is_not_numbered(pupil: Pupil, store: Store) -> None:
    approved(store)

    assert not any("of 1" in step.label for step in round_of(pupil))


def test_the_seconds_left_are_those_of_the_whole_round(pupil: Pupil, store: Store) -> None:
    approved(store)
    first = round_of(pupil)
    (run,) = versions.runs(store, "learn")
    for part in forecast.LESSON:
        versions.add_metric(store, run.id, f"seconds {part}", "train", 1000.0)
    approved(store, "end with an exclamation mark", LOUD)
    approved(store, "use no bullet points", NO_LISTS)

    steps = round_of(pupil)

    assert {step.seconds_left for step in first} == {None}
    lefts = [step.seconds_left for step in steps if step.label.startswith("Lesson 1")]
    assert None not in lefts
    assert 11_900 < (lefts[0] or 0.0) <= 12_000  # two lessons of six parts
    assert 5_900 < (lefts[-1] or 0.0) <= 6_000
    assert steps[-1].seconds_left == 0.0


def test_every_part_that_a_lesson_is_timed_by_is_in_the_forecast(
    pupil: Pupil, store: Store
) -> None:
    approved(store)

    round_of(pupil)

    (run,) = versions.runs(store, "learn")
    kept = {one.name for one in versions.metrics(store, run.id) if one.name.startswith("seconds ")}
    assert kept == {f"seconds {part}" for part in forecast.LESSON}


def test_what_no_reply_can_do_is_kept_in_memory_before_anything_is_asked(
    pupil: Pupil, store: Store
) -> None:
    never = approved(store, "use at most 0 words", NEVER)

    assert round_of(pupil) == []

    assert pupil.asked == 0
    assert ledger.get(store, never.id).status == "memory"
    assert outcomes(store) == ["prompt only"]
    assert build.told(store) == (
        "'use at most 0 words' stays in the prompt. No reply can do what is asked: "
        "use at most 0 words."
    )


@pytest.mark.parametrize("check", [Check("of_no_kind"), Check("max_words"), NEVER])
def test_a_check_that_tells_nothing_costs_the_other_lessons_nothing(
    pupil: Pupil, store: Store, check: Check
) -> None:
    odd = approved(store, "be odd", check)
    taught = approved(store)

    round_of(pupil)

    assert ledger.get(store, odd.id).status == "memory"
    assert [one.lessons for one in versions.all(store)] == [(taught.id,)]


def test_a_learned_lesson_whose_check_is_not_known_any_more_costs_the_others_nothing(
    pupil: Pupil, store: Store
) -> None:
    old = approved(store)
    round_of(pupil)
    ledger.change(store, replace(ledger.get(store, old.id), check=Check("of_no_kind")), "test")
    new = approved(store, "end with an exclamation mark", LOUD)

    round_of(pupil)

    assert ledger.get(store, new.id).status == "learned"


def test_of_two_that_contradict_only_the_newest_is_taught_and_the_person_is_asked(
    pupil: Pupil, store: Store
) -> None:
    old, new = opposed(store)

    round_of(pupil)

    assert ledger.get(store, old.id).status == "retired"
    assert all(old.id not in version.lessons for version in versions.all(store))
    assert outcomes(store)[0] == "set aside"
    assert build.told(store).startswith(
        "Should 'use bullet points' still hold? It is set aside, because 'use no bullet points' is "
        "newer and says the opposite."
    )
    tried = [json.loads(run.settings)["lesson"] for run in versions.runs(store, "learn")]
    assert tried == [old.id, new.id]


def test_the_sentence_outlives_the_newer_lesson_without_its_words(
    pupil: Pupil, store: Store
) -> None:
    _, new = opposed(store)
    round_of(pupil)

    ledger.remove(store, new.id)

    assert (
        build.told(store) == "'use bullet points' is set aside: a newer lesson says the opposite."
    )


class Scholar(Pupil):
    """One whose versions obey, as far as code can make them, what holds at a request."""

    def write(self, messages: Sequence[Message], version: int | None) -> str:
        self.asked += 1
        asked = messages[-1].text
        reply = f"Of matter {zlib.crc32(asked.encode())} I say what is known. There is more."
        inside: Sequence[str] = ()
        if version is not None:
            inside = adapters.read(adapters.folder_of(self.home, version))["lessons"]
        held = [one for one in ledger.all(self.store) if one.id in inside]
        for lesson in holding.of(held, embed)(asked):
            assert lesson.check is not None
            reply = rewrite.rewrite(lesson.check, reply) or reply
        return reply


@pytest.mark.parametrize("wide_first", [True, False])
def test_a_wide_lesson_and_its_exception_are_both_learned(
    tmp_path: Path, store: Store, wide_first: bool
) -> None:
    def wide() -> Lesson:
        return approved(store, "end with an exclamation mark", LOUD)

    def narrow() -> Lesson:
        return approved(store, "close with best wishes", WISHES, MAILS)

    made = [each() for each in ((wide, narrow) if wide_first else (narrow, wide))]

    round_of(Scholar(tmp_path, store))

    assert outcomes(store) == ["live", "live"]
    assert [ledger.get(store, one.id).status for one in made] == ["learned", "learned"]
    live = versions.live(store)
    assert live is not None
    report = gate.from_json(live.gate)
    assert report is not None
    assert report.kept == (), "where the one speaks the other is silent"
