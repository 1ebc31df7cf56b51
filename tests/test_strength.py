"""How far each strength drifts: measured once for a version, kept as a run, chat first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant import adapters, neutral, strength
from assistant.scripted import NAME, ScriptedModel
from assistant.session import Session
from data import ledger, tasks, versions
from data.store import Store
from data.types import AdapterVersion, Condition, Message, Refusal
from tests import stand_ins
from tests.records import a_lesson

if TYPE_CHECKING:
    from assistant.network import Network


MAILS: Condition = (("channel", "email"),)


class Drifting(ScriptedModel):
    """Its versions drift by 0.02 nats per token at strength 1, in proportion."""

    def drift(self, pairs: Sequence[tuple[Sequence[Message], str]]) -> Sequence[float]:
        return tuple(0.02 * self.scale if self.version is not None else 0.0 for _ in pairs)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session in which version 1 answers."""
    model = Drifting(write=stand_ins.talk, home=tmp_path)
    with stand_ins.session(tmp_path, model) as made:
        task = made.new_task()
        made.ask("Why does it rain?", task=task)
        made.wait(20)
        draft = made.hub.snapshot(task).turns[-1].id
        made.critique(draft, "Too long. From now on answer in one sentence.")
        made.wait(20)
        for lesson in made.accept(made.hub.snapshot(task).turns[-1].id):
            made.approve(lesson)
        made.learn()
        made.wait(60)
        assert versions.live(made.store) is not None
        yield made


def test_each_strength_has_its_drift_and_its_count(session: Session) -> None:
    session.rounds.measure_strength()
    assert session.wait(20)

    found = strength.read(session.store, 1)
    assert [one.scale for one in found] == [0.25, 0.5, 0.75, 1.0, 1.25, 1.5]
    assert [one.nats for one in found] == [pytest.approx(0.02 * one.scale) for one in found]
    assert {one.n for one in found} == {len(neutral.HELD)}


def test_the_figures_are_a_run_with_the_conditions_they_hold_under(session: Session) -> None:
    session.rounds.measure_strength()
    session.wait(20)

    (run,) = versions.runs(session.store, strength.KIND)
    assert (run.adapter, run.outcome, run.audit_reads) == (1, "measured", 0)
    assert versions.conditions(run) == strength.CONDITIONS


def test_a_version_is_measured_once(session: Session) -> None:
    session.rounds.measure_strength()
    session.wait(20)

    with pytest.raises(Refusal, match="version 1 are measured already"):
        session.rounds.measure_strength()


def test_the_untaught_model_has_no_strength(session: Session) -> None:
    session.undo()

    with pytest.raises(Refusal, match="untaught model answers"):
        session.rounds.measure_strength()


def test_a_measuring_that_was_stopped_leaves_no_figure_and_can_begin_again(
    session: Session,
) -> None:
    live = strength.measurable(session.store)
    stop = Event()
    steps = strength.measure(session.store, session.writer.model(), live, stop)
    for _ in range(3):
        next(steps)

    stop.set()

    assert list(steps) == []
    assert [run.outcome for run in versions.runs(session.store, strength.KIND)] == ["stopped"]
    assert strength.read(session.store, 1) == ()
    assert strength.measurable(session.store).number == 1


def test_who_answers_between_two_steps_changes_no_figure(session: Session) -> None:
    live, model = strength.measurable(session.store), session.writer.model()
    totals = []
    for step in strength.measure(session.store, model, live, Event()):
        totals.append((step.done, step.total))
        model.use(None)  # a chat that was asked in between

    assert totals[-1] == (47, 48)
    assert [one.nats for one in strength.read(session.store, 1)][3] == pytest.approx(0.02)


def test_a_version_of_another_base_is_not_measured(session: Session) -> None:
    other = ScriptedModel(name="another/none")
    live = strength.measurable(session.store)

    with pytest.raises(Refusal, match="another/none"):
        list(strength.measure(session.store, other, live, Event()))

    assert strength.read(session.store, 1) == ()


def of_blocks(home: Path, store: Store, *places: Condition) -> AdapterVersion:
    """A live version with one block for each lesson, which hold at these places."""
    made: AdapterVersion | None = None
    for number, where in enumerate(places, 1):
        lesson = ledger.add(store, replace(a_lesson(status="learned"), condition=where))
        made = adapters.save(
            home,
            number=number,
            parent=None,
            base=NAME,
            lessons=(*(made.lessons if made is not None else ()), lesson.id),
            preferences=(),
            seed=0,
            tensors={"x.lora_B": np.ones((1, 1), dtype=np.float32)},
            settings={},
            losses=[],
            kept=() if made is None else adapters.blocks_of(made.folder),
            source=None if made is None else made.folder,
        )
    assert made is not None
    return versions.add(store, replace(made, state="live"))


@pytest.mark.parametrize(("places", "drifts"), [((MAILS,), False), ((MAILS, ()), True)])
def test_plain_text_is_moved_only_by_what_holds_everywhere(
    tmp_path: Path, places: tuple[Condition, ...], drifts: bool
) -> None:
    store, model = Store(None), Drifting()
    live = of_blocks(tmp_path, store, *places)

    list(strength.measure(store, model, live, Event()))

    found = strength.read(store, live.number)
    assert [one.nats for one in found] == [
        pytest.approx(0.02 * one.scale * drifts) for one in found
    ]
    assert len(found) == len(strength.SCALES)


def test_a_chat_speaks_with_its_own_strength(session: Session) -> None:
    first, second = session.new_task(), session.new_task()

    session.set_scale(first, 0.5)
    session.ask("Why does it rain?", task=first)
    session.wait(20)
    model = session.writer.model()
    assert isinstance(model, ScriptedModel)
    spoken = model.scale
    session.ask("Why does it snow?", task=second)
    session.wait(20)

    assert (spoken, model.scale) == (0.5, 1.0)
    assert tasks.get(session.store, first).scale == 0.5


def test_a_changed_strength_is_seen_on_every_page(session: Session) -> None:
    task = session.new_task()
    session.hub.snapshot(None)

    session.set_scale(task, 1.25)

    chats = {one.id: one for one in session.hub.snapshot(None).tasks}
    assert chats[task].scale == 1.25


@pytest.mark.parametrize("scale", [-0.25, 1.75, float("nan")])
def test_a_strength_outside_the_range_is_refused(session: Session, scale: float) -> None:
    task = session.new_task()

    with pytest.raises(Refusal, match=r"not between 0 and 1\.5"):
        session.set_scale(task, scale)


@pytest.mark.weights
def test_in_a_network_a_stronger_version_drifts_further(
    tiny_network: Network, tmp_path: Path
) -> None:
    from assistant.model import LocalModel

    model = LocalModel(tiny_network, tmp_path)
    draw = np.random.default_rng(1)
    store = Store(None)
    lesson = ledger.add(store, a_lesson(status="learned"))
    made = adapters.save(
        tmp_path,
        number=1,
        parent=None,
        base=model.name,
        lessons=(lesson.id,),
        preferences=(),
        seed=0,
        tensors={
            name: np.asarray(0.05 * draw.standard_normal(values.shape), dtype=np.float32)
            for name, values in tiny_network.tensors("live").items()
        },
        settings={},
        losses=[],
    )
    versions.add(store, replace(made, state="live"))

    list(strength.measure(store, model, strength.measurable(store), Event()))

    drifts = [one.nats for one in strength.read(store, 1)]
    assert drifts == sorted(drifts)
    assert 0 < drifts[0] < drifts[-1] / 4
    store.close()


def test_what_was_measured_holds_for_what_spoke_then(session: Session) -> None:
    session.rounds.measure_strength()
    assert session.wait(20)
    (lesson,) = ledger.all(session.store, ("learned",))

    session.disable(lesson.id)

    assert strength.read(session.store, 1) == ()
    assert strength.measurable(session.store).number == 1
