"""What holds everywhere is built anew by rule, from what is stored, and if nothing is lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, build, compact, curriculum, gate
from assistant.protocols import Plan, Progress
from assistant.scripted import ScriptedModel
from data import ledger, preferences, versions
from data.store import Store
from data.types import Check, Condition, Message
from tests.stand_ins import embed
from tests.test_build import LOUD, Pupil, approved, round_of
from ui import versions as timeline

ANEW = "What holds everywhere, anew: "
MAILS: Condition = (("channel", "email"),)
COMMA = Check("no_comma")


@dataclass
class Scholar(Pupil):
    """One whose versions from a number on do nothing of what they were taught."""

    dull_from: int = 1000

    def write(self, messages: Sequence[Message], version: int | None) -> str:
        return super().write(messages, None if version and version >= self.dull_from else version)


@pytest.fixture
def store() -> Store:
    return Store(None)


@pytest.fixture
def pupil(tmp_path: Path, store: Store) -> Scholar:
    return Scholar(tmp_path, store)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two blocks are enough."""
    monkeypatch.setattr(compact, "EVERY", 2)


def two_lessons(pupil: Pupil) -> list[Progress]:
    """Taught in one round, one upon the other."""
    approved(pupil.store)
    approved(pupil.store, "end with an exclamation mark", LOUD)
    return round_of(pupil)


def live(store: Store) -> int:
    found = versions.live(store)
    assert found is not None
    return found.number


def outcomes(store: Store) -> list[str]:
    return [run.outcome for run in versions.runs(store, compact.KIND)]


def test_ten_blocks_that_speak_everywhere_are_made_one(store: Store, tmp_path: Path) -> None:
    lessons = [
        approved(store, f"lesson {at}", Check("max_words", (("n", at + 5),)), MAILS[: at == 3])
        for at in range(11)
    ]
    before: Path | None = None
    for number in range(1, 12):
        version = adapters.save(
            tmp_path,
            number=number,
            parent=number - 1 or None,
            base="scripted/none",
            lessons=[one.id for one in lessons[:number]],
            preferences=(),
            seed=0,
            tensors={"x.lora_B": np.full((1, 1), number, dtype=np.float32)},
            settings={},
            losses=[],
            kept=() if before is None else adapters.blocks_of(before),
            source=before,
        )
        versions.add(store, version)
        versions.promote(store, number, "test")
        before = version.folder
        why = compact.due(store)
        assert (why == "") == (number < 11)

    assert why == "10 lessons speak in every reply, each with a block of its own."


def test_at_the_end_of_a_round_all_are_in_one_block(
    pupil: Scholar, store: Store, soon: None
) -> None:
    steps = two_lessons(pupil)

    assert live(store) == 3
    made = versions.get(store, 3)
    assert (made.parent, made.lessons) == (2, versions.get(store, 2).lessons)
    assert [one.lessons for one in adapters.blocks_of(made.folder)] == [made.lessons]
    assert {one.learned_in for one in ledger.all(store, ("learned",))} == {3}
    assert outcomes(store) == ["live"]
    labels = [one.label for one in steps if one.label.startswith(ANEW)]
    assert labels[0] == f"{ANEW}Choosing rows"
    assert labels[-1] == f"{ANEW}Version 3 is live"
    assert compact.due(store) == ""
    assert store.verify() == ()


def test_the_round_is_told_with_one_sentence_more(pupil: Scholar, store: Store, soon: None) -> None:
    two_lessons(pupil)

    said = build.told(store)

    assert said.count("learned '") == 2
    assert said.endswith(
        "2 lessons speak in every reply, each with a block of its own. All 2 were built anew into "
        "version 3: obeyed in 24 of 24 (before: 24 of 24); drift 0.001 nats per token."
    )


def test_its_report_is_read_on_the_page_as_one_of_all_lessons(
    pupil: Scholar, store: Store, soon: None
) -> None:
    two_lessons(pupil)

    names = {one.id: one.effect for one in ledger.all(store)}
    said = [one.text for one in timeline.report(versions.get(store, 3), names)]

    assert said[0] == "What holds everywhere, built anew: 24\u00a0→\u00a024 of 24 new prompts"
    assert sum(line.startswith("Kept: ") for line in said) == 2
    assert not any("forgotten" in line for line in said)


def test_it_learns_stored_rows_of_all_lessons_and_asks_for_none(
    pupil: Scholar, store: Store, soon: None
) -> None:
    approved(store)
    approved(store, "end with an exclamation mark", LOUD)
    model = pupil.model()
    asked: dict[str, int] = {}
    for step in build.build(store, model, embed, pupil.home, seed=0):
        asked.setdefault(step.label, pupil.asked)

    plan = model.plans[-1]

    assert asked[f"{ANEW}Choosing rows"] == asked[f"{ANEW}Learned"]
    assert plan.parent is not None
    assert plan.new_lessons == plan.lessons
    stored = {row.id for row in preferences.training(store)}
    assert {row.id for row in plan.data} <= stored
    assert {row.lesson for row in plan.data} == set(plan.lessons)
    inside = Counter(row.lesson for row in plan.data if row.role == "in")
    assert max(inside.values()) <= curriculum.TRAIN
    assert plan.limit_steps == compact.PASSES * -(-sum(inside.values()) // compact.A_STEP)
    assert all(row.chosen.endswith("!") and row.chosen.count(".") == 0 for row in plan.data)


def test_what_it_draws_depends_on_contents_and_not_on_ids(tmp_path: Path, soon: None) -> None:
    plans: list[Plan] = []
    for name in ("one", "other"):
        pupil = Scholar(tmp_path / name, Store(None))
        pupil.home.mkdir()
        for _ in range(len(plans)):
            approved(pupil.store, "gone before", None)
        approved(pupil.store)
        approved(pupil.store, "end with an exclamation mark", LOUD)
        model = pupil.model()
        list(build.build(pupil.store, model, embed, pupil.home, seed=0))
        plans.append(model.plans[-1])

    one, other = plans
    assert one.lessons != other.lessons
    assert one.seed == other.seed
    assert one.limit_steps == other.limit_steps
    assert [(row.prompt, row.chosen) for row in one.data] == [
        (row.prompt, row.chosen) for row in other.data
    ]


def test_one_that_loses_a_lesson_does_not_answer_and_is_not_tried_again(
    pupil: Scholar, store: Store, soon: None
) -> None:
    pupil.dull_from = 3
    two_lessons(pupil)

    assert live(store) == 2
    assert outcomes(store) == ["rejected"]
    report = gate.from_json(versions.get(store, 3).gate)
    assert report is not None
    assert (
        "A lesson holds in 0 of 12 replies; right after it was learned it held in"
        in (report.reasons[0])
    )
    assert "All 2 were built anew into version 3, and version 2 stays: A lesson holds" in (
        build.told(store)
    )
    assert compact.due(store) == ""
    assert versions.get(store, 3).state == "candidate"
    assert {one.learned_in for one in ledger.all(store, ("learned",))} == {2}


def test_it_is_tried_again_once_the_lessons_are_others(
    pupil: Scholar, store: Store, soon: None
) -> None:
    pupil.dull_from = 3
    two_lessons(pupil)
    pupil.dull_from = 1000
    third = approved(store, "use no question marks", Check("no_comma"))

    round_of(pupil)

    assert outcomes(store) == ["rejected", "live"]
    made = versions.get(store, live(store))
    assert third.id in made.lessons
    assert [one.lessons for one in adapters.blocks_of(made.folder)] == [made.lessons]


def test_what_has_an_exception_keeps_a_block_that_can_be_silent_there(
    pupil: Scholar, store: Store, soon: None
) -> None:
    brief = approved(store, "answer in under 13 words", Check("max_words", (("n", 12),)))
    approved(store, "answer in over 13 words", Check("min_words", (("n", 14),)), MAILS)
    comma = approved(store, "use no commas", COMMA)
    every = tuple(one.id for one in ledger.all(store))
    made = adapters.save(
        pupil.home,
        number=1,
        parent=None,
        base="scripted/none",
        lessons=every,
        preferences=(),
        seed=0,
        tensors={},
        settings={},
        losses=[],
    )
    held = versions.add(store, replace(made, state="live"))

    anew = [one.id for one in compact.lessons(store, held)]

    assert anew == [comma.id]
    assert brief.id in held.lessons


def test_what_holds_in_a_place_keeps_its_block(pupil: Scholar, store: Store, soon: None) -> None:
    narrow = approved(store, "end with an exclamation mark", LOUD, MAILS)
    round_of(pupil)
    (before,) = adapters.blocks_of(versions.get(store, 1).folder)

    wide = [approved(store), approved(store, "use no question marks", COMMA)]
    round_of(pupil)

    assert outcomes(store) == ["live"]
    kept, anew = adapters.blocks_of(versions.get(store, live(store)).folder)
    assert kept == before
    assert anew.lessons == tuple(one.id for one in wide)
    assert narrow.id in anew.beneath, "what held beside it was heard while it was learned"


def test_one_that_drifts_further_than_the_live_version_does_not_answer(
    pupil: Scholar, store: Store, soon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drift(self: ScriptedModel, pairs: Sequence[object]) -> Sequence[float]:
        return [0.0 if self.version is None else 0.001 * self.version.number for _ in pairs]

    monkeypatch.setattr(ScriptedModel, "drift", drift)

    two_lessons(pupil)

    assert live(store) == 2
    assert build.told(store).endswith(
        "Other text drifted by 0.0030 nats per token, more than 0.0020."
    )


@pytest.mark.parametrize(
    ("drift", "why"),
    [(0.049, ""), (0.051, "Version 2 has drifted by 0.051 nats per token, more than 0.05.")],
)
def test_a_live_version_that_has_drifted_is_built_anew(
    pupil: Scholar, store: Store, drift: float, why: str
) -> None:
    two_lessons(pupil)
    assert compact.due(store) == ""

    found = json.loads(versions.get(store, 2).gate) | {"drift": drift}
    store.execute("UPDATE adapter SET gate = ? WHERE number = 2", [json.dumps(found)])
    assert compact.due(store) == why
    store.execute("UPDATE adapter SET gate = '{}' WHERE number = 2")
    always = [one.id for one in ledger.all(store, ("learned",))]
    settings = json.dumps({"always": always})
    run = versions.start_run(store, "strength", adapter=2, settings=settings)
    versions.add_metric(store, run.id, "drift at 1", "held", drift)
    versions.finish_run(store, run.id, "measured")

    assert compact.due(store) == why


def test_a_lesson_without_examples_is_said_and_nothing_is_learned(
    pupil: Scholar, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_lessons(pupil)
    rows = [row.id for row in preferences.training(store)]
    preferences.withdraw(store, rows, "test")
    monkeypatch.setattr(compact, "EVERY", 2)

    steps = list(compact.run(store, pupil.model(), embed, pupil.home, 0, build.LIMIT, "R"))

    assert not any("Learning" in step.label for step in steps)
    assert outcomes(store) == ["refused"]
    assert compact.told(store, "R").endswith(
        "Building all 2 anew was given up: Of 2 lessons, 2 have no example left that obeys all "
        "that hold there."
    )
    assert compact.due(store) == ""


def until(pupil: Pupil, label: str) -> Generator[Progress, None, None]:
    steps = build.build(pupil.store, pupil.model(), embed, pupil.home, seed=0)
    while not next(steps).label.startswith(label):
        pass
    return steps


def test_a_lesson_that_is_switched_off_meanwhile_keeps_it_from_answering(
    pupil: Scholar, store: Store, soon: None
) -> None:
    first = approved(store)
    approved(store, "end with an exclamation mark", LOUD)
    steps = until(pupil, f"{ANEW}Testing")

    ledger.change(store, replace(ledger.get(store, first.id), status="retired"), "switched off")
    list(steps)

    assert live(store) == 2
    assert outcomes(store) == ["changed"]
    assert build.told(store).endswith(f"version 2 stays: {compact.LATE}")


def test_one_that_was_stopped_leaves_no_version_and_is_due_again(
    pupil: Scholar, store: Store, soon: None
) -> None:
    approved(store)
    approved(store, "end with an exclamation mark", LOUD)
    steps = until(pupil, f"{ANEW}Learning")

    steps.close()

    assert outcomes(store) == ["stopped"]
    assert [one.number for one in versions.all(store)] == [1, 2]
    assert compact.due(store) != ""
    assert "anew" not in build.told(store)
