"""A round of teaching goes from approved lessons to a live version, whatever stops it midway."""

from __future__ import annotations

import json
import zlib
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import adapters, build, curriculum, gate
from assistant.protocols import Progress
from assistant.scripted import ScriptedModel
from data import caches, ledger, preferences, tasks, versions
from data.store import Store
from data.types import Check, Condition, Lesson, Message, Preference, Refusal
from tests.records import a_turn
from tests.stand_ins import embed

AT = datetime(2026, 1, 1, tzinfo=UTC)
ONE = Check("max_sentences", (("n", 1),))
LOUD = Check("ends_with", (("text", "!"),))


@dataclass
class Pupil:
    """A scripted model that does what its prompt says, and what its version was taught."""

    home: Path
    store: Store
    deaf: bool = False  # versions change nothing
    fails_at: int | None = None
    asked: int = 0
    effects: Mapping[str, str] = field(default_factory=dict)

    def model(self) -> ScriptedModel:
        self.effects = {one.id: one.effect for one in ledger.all(self.store)}
        return ScriptedModel(
            complete=self.write, write=self.write, home=self.home, fails_at=self.fails_at
        )

    def write(self, messages: Sequence[Message], version: int | None) -> str:
        self.asked += 1
        said = messages[-1].text
        folder = None if version is None else adapters.folder_of(self.home, version)
        inside = () if folder is None or self.deaf else adapters.read(folder)["lessons"]
        rules = [said, *(self.effects[id] for id in inside)]
        brief = any("one sentence" in rule.lower() for rule in rules)
        reply = f"Of matter {zlib.crc32(said.encode())} I say what is known."
        reply = reply if brief else f"{reply} There is more. It goes on."
        loud = any("exclamation" in rule for rule in rules[1:])  # never does it when told
        return reply[:-1] + "!" if loud else reply


@pytest.fixture
def store() -> Store:
    return Store(None)


@pytest.fixture
def pupil(tmp_path: Path, store: Store) -> Pupil:
    return Pupil(tmp_path, store)


def approved(
    store: Store,
    effect: str = "answer in one sentence",
    check: Check | None = ONE,
    where: Condition = (),
) -> Lesson:
    return ledger.add(store, Lesson("", "", effect, "", where, check, AT, "active", "endorsed"))


def round_of(pupil: Pupil) -> list[Progress]:
    return list(build.build(pupil.store, pupil.model(), embed, pupil.home, seed=0))


def test_an_approved_lesson_becomes_a_live_version(pupil: Pupil, store: Store) -> None:
    lesson = approved(store)

    steps = round_of(pupil)

    live = versions.live(store)
    assert live is not None
    assert live.lessons == (lesson.id,)
    assert live.parent is None
    assert adapters.verify(live.folder) is None
    learned = ledger.get(store, lesson.id)
    assert (learned.status, learned.place, learned.learned_in) == ("learned", "weights", 1)
    assert build.waiting(store) == ()
    assert all(step.label for step in steps)


def test_the_gate_report_lies_with_the_version_and_is_told_in_counts(
    pupil: Pupil, store: Store
) -> None:
    approved(store)

    round_of(pupil)

    live = versions.live(store)
    assert live is not None
    report = gate.from_json(live.gate)
    assert report is not None
    assert report.accepted
    assert (report.before.passed, report.after.passed) == (0, report.after.n)
    assert report.after.n >= curriculum.LEAST
    assert build.told(store).startswith("Version 1 learned 'answer in one sentence': obeyed in ")


def test_a_run_keeps_its_conditions_and_where_the_time_went(pupil: Pupil, store: Store) -> None:
    approved(store)

    round_of(pupil)

    (run,) = versions.runs(store, "learn")
    assert run.outcome == "live"
    assert run.adapter == 1
    assert versions.conditions(run) is not None
    names = {metric.name for metric in versions.metrics(store, run.id)}
    assert {"obeyed before", "obeyed after", "seconds teacher", "seconds learning"} <= names


def test_nothing_is_trained_on_that_is_tested(pupil: Pupil, store: Store) -> None:
    lesson = approved(store)
    model = pupil.model()

    list(build.build(store, model, embed, pupil.home, seed=0))

    plan = curriculum.draw(store, lesson, (), embed, 0)
    (learned,) = model.plans
    trained = {row.prompt[-1].text for row in learned.data}
    assert trained <= set(plan.train)
    assert not trained & {*plan.held, *plan.dev}
    assert all(row.split == "train" for row in learned.data)


def test_a_second_round_starts_from_the_first_and_keeps_it(pupil: Pupil, store: Store) -> None:
    first = approved(store)
    round_of(pupil)
    second = approved(store, "end with an exclamation mark", LOUD)

    round_of(pupil)

    live = versions.live(store)
    assert live is not None
    assert (live.number, live.parent) == (2, 1)
    assert live.lessons == (first.id, second.id)
    report = gate.from_json(live.gate)
    assert report is not None
    assert [one.lesson for one in report.kept] == [first.id]
    assert report.kept[0].after.passed == report.kept[0].after.n
    assert versions.get(store, 1).state == "retired"


def test_examples_of_a_second_lesson_obey_the_first(pupil: Pupil, store: Store) -> None:
    approved(store)
    round_of(pupil)
    second = approved(store, "end with an exclamation mark", LOUD)

    round_of(pupil)

    rows = preferences.of_lesson(store, second.id)
    assert rows
    assert all(row.chosen.endswith("known!") for row in rows)
    assert {row.made_by for row in rows} == {"rewriter"}


def test_two_lessons_that_wait_become_two_versions(pupil: Pupil, store: Store) -> None:
    first = approved(store)
    second = approved(store, "end with an exclamation mark", LOUD)

    round_of(pupil)

    assert [one.lessons for one in versions.all(store)] == [(first.id,), (first.id, second.id)]
    assert build.told(store).count("learned") == 2


def test_a_candidate_that_fails_is_kept_with_its_reasons_and_the_lesson_in_the_prompt(
    pupil: Pupil, store: Store
) -> None:
    pupil.deaf = True
    lesson = approved(store)

    round_of(pupil)

    assert versions.live(store) is None
    assert versions.get(store, 1).state == "candidate"
    report = gate.from_json(versions.get(store, 1).gate)
    assert report is not None
    assert report.reasons
    assert ledger.get(store, lesson.id).place == "prompt"
    assert "stays in the prompt: It obeyed the new lesson in 0 of" in build.told(store)


def test_a_lesson_that_no_check_can_see_stays_in_the_prompt(pupil: Pupil, store: Store) -> None:
    warm = approved(store, "write more warmly", None)
    taught = approved(store)

    round_of(pupil)

    assert ledger.get(store, warm.id).status == "memory"
    assert build.waiting(store) == ()

    assert [one.lessons for one in versions.all(store)] == [(taught.id,)]
    assert (
        "'write more warmly' stays in the prompt: no check can tell whether a reply obeys it."
        in build.told(store)
    )


def test_a_round_without_lessons_is_refused(pupil: Pupil, store: Store) -> None:
    ledger.change(store, replace(approved(store), stance="observed"), "test")

    with pytest.raises(Refusal, match="nothing new to teach"):
        round_of(pupil)


def test_a_round_that_is_begun_again_asks_nothing_twice(pupil: Pupil, store: Store) -> None:
    approved(store)
    pupil.fails_at = 2
    with pytest.raises(RuntimeError, match="told to fail"):
        round_of(pupil)
    assert versions.runs(store, "learn")[0].outcome == "stopped"
    prepared, rows = pupil.asked, preferences.training(store)

    pupil.fails_at = None
    round_of(pupil)

    report = gate.from_json(versions.all(store)[0].gate)
    assert report is not None
    assert report.asked is not None
    asked = report.after.n + report.asked.after.n
    assert pupil.asked - prepared == 2 * asked  # the gate alone: before and after
    assert preferences.training(store) == rows
    assert versions.live(store) is not None


@pytest.mark.parametrize("stop_at", [2, 6, 9])
def test_a_round_may_be_killed_at_any_step(pupil: Pupil, store: Store, stop_at: int) -> None:
    lesson = approved(store)
    steps = build.build(store, pupil.model(), embed, pupil.home, seed=0)
    for _, _ in zip(range(stop_at), steps, strict=False):
        pass
    steps.close()
    assert store.verify() == ()
    if versions.live(store) is None:
        assert ledger.get(store, lesson.id).place == "prompt"
        round_of(pupil)

    live = versions.live(store)
    assert live is not None
    assert live.lessons == (lesson.id,)
    assert store.verify() == ()


def test_the_persons_own_requests_are_taught_first(pupil: Pupil, store: Store) -> None:
    task = tasks.create(store, "Tea")
    tasks.add_turn(store, a_turn(task.id, text="How long should green tea steep?"))
    lesson = approved(store)

    plan = curriculum.draw(store, lesson, (), embed, 0)

    asked = (*plan.train[:1], *plan.held[:1])
    assert "How long should green tea steep?" in asked


def test_a_scoped_lesson_is_learned_where_it_holds_and_nowhere_else(
    pupil: Pupil, store: Store
) -> None:
    lesson = approved(store, where=(("channel", "email"),))

    round_of(pupil)

    rows: tuple[Preference, ...] = preferences.of_lesson(store, lesson.id)
    assert rows
    assert all("mail" in row.prompt[-1].text.lower() and row.role == "in" for row in rows)
    report = gate.from_json(versions.get(store, 1).gate)
    assert report is not None
    assert (report.drift, report.asked, report.near_after.passed) == (None, None, 0)
    assert report.near_after.n > 0, "that it is silent near its scope is looked at, not believed"


def test_a_version_of_another_base_is_no_parent(pupil: Pupil, store: Store) -> None:
    first = approved(store)
    round_of(pupil)
    second = approved(store, "end with an exclamation mark", LOUD)
    pupil.model()
    other = ScriptedModel(complete=pupil.write, home=pupil.home, name="other/nf4")

    list(build.build(store, other, embed, pupil.home, seed=0))

    made = versions.get(store, 2)
    assert (made.parent, made.base, made.lessons) == (None, "other/nf4", (second.id,))
    assert ledger.get(store, first.id).place == "prompt"


def test_forgetting_takes_the_cached_drafts_along(pupil: Pupil, store: Store) -> None:
    lesson = approved(store)
    round_of(pupil)
    files = set((pupil.home / "targets").iterdir())
    shared = {Path(one) for (one,) in store.rows("SELECT path FROM target WHERE lessons = []")}
    assert files > shared

    assert caches.remove_targets(store, lesson.id) == len(files - shared)

    assert set((pupil.home / "targets").iterdir()) == shared, "replies that no lesson is part of"


def test_the_settings_of_a_run_name_no_words(pupil: Pupil, store: Store) -> None:
    approved(store)

    round_of(pupil)

    (run,) = versions.runs(store, "learn")
    assert json.loads(run.settings).keys() == {"lesson", "round"}
    assert "sentence" not in run.settings + versions.all(store)[0].gate


def _until(steps: Generator[Progress, None, None], label: str) -> None:
    while label not in next(steps).label:
        pass


def test_a_lesson_that_is_switched_off_while_it_is_taught_does_not_answer(
    pupil: Pupil, store: Store
) -> None:
    lesson = approved(store)
    steps = build.build(store, pupil.model(), embed, pupil.home, seed=0)
    _until(steps, "Testing")

    ledger.change(store, replace(lesson, status="retired"), "switched off")
    list(steps)

    assert versions.live(store) is None
    assert ledger.get(store, lesson.id).status == "retired"
    assert build.told(store).endswith(
        "not in the weights: It was switched off while it was taught."
    )


def test_a_lesson_that_is_said_differently_while_it_is_taught_is_taught_anew(
    pupil: Pupil, store: Store
) -> None:
    lesson = approved(store)
    steps = build.build(store, pupil.model(), embed, pupil.home, seed=0)
    _until(steps, "Testing")

    ledger.change(store, replace(lesson, effect="use one sentence"), "edited")
    list(steps)

    assert versions.live(store) is None
    assert [one.effect for one in build.waiting(store)] == ["use one sentence"]


def test_a_version_chosen_while_another_is_taught_stays(pupil: Pupil, store: Store) -> None:
    approved(store)
    round_of(pupil)
    approved(store, "end with an exclamation mark", LOUD)
    steps = build.build(store, pupil.model(), embed, pupil.home, seed=0)
    _until(steps, "Testing")

    versions.retire_live(store, "chosen by the person")
    list(steps)

    assert versions.live(store) is None


def test_a_lesson_that_is_switched_off_before_its_turn_costs_nothing(
    pupil: Pupil, store: Store
) -> None:
    approved(store)
    second = approved(store, "end with an exclamation mark", LOUD)
    steps = build.build(store, pupil.model(), embed, pupil.home, seed=0)
    _until(steps, "Testing")

    ledger.change(store, replace(second, status="retired"), "switched off")
    list(steps)

    assert len(versions.runs(store, "learn")) == 1
