"""A base that changed under its versions costs no lesson: they act from the prompt, and go on."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from assistant import adapters, build, fingerprint, fitting
from assistant.answers import Answers
from assistant.scripted import ScriptedModel
from assistant.session import Session
from data import ledger, standing, tasks, versions
from data.store import Store
from data.types import AdapterVersion, Refusal, Turn
from tests.records import a_lesson
from tests.stand_ins import session, talk
from ui.desk import Desk

NAME = "tiny@00000000/nf4"
CHANGED = (
    "Version 1 was made for other weights of {!r} than are loaded now: the model has changed "
    "since. Its lessons act from the prompt until they are taught anew."
)


def model(home: Path, fingerprint: str = "then", name: str = NAME) -> ScriptedModel:
    return ScriptedModel(home=home, write=talk, name=name, fingerprint=fingerprint)


def taught(home: Path) -> str:
    """A home in which one lesson is learned on the weights of then; gives its id."""
    with session(home, model(home), file=True) as made:
        draft = asked(made, "What is rain?")
        made.critique(draft.id, "Always answer in one short sentence.")
        assert made.wait(10)
        (lesson,) = made.accept(made.hub.snapshot(draft.task).turns[-1].id)
        made.approve(lesson)
        made.learn()
        assert made.wait(60)
        assert ledger.get(made.store, lesson).place == "weights"
    return lesson


def asked(made: Session, text: str) -> Turn:
    turn = made.ask(text)
    assert made.wait(10)
    return made.hub.snapshot(tasks.turn(made.store, turn).task).turns[-1]


def version(home: Path, base: str = NAME, **settings: object) -> AdapterVersion:
    return adapters.save(
        home,
        number=1,
        parent=None,
        base=base,
        lessons=(),
        preferences=(),
        seed=0,
        tensors={},
        settings=settings,
        losses=(),
    )


@pytest.mark.parametrize(("fingerprint", "name"), [("now", NAME), ("now", "tiny@11111111/nf4")])
def test_lessons_of_a_base_that_changed_act_from_the_prompt(
    tmp_path: Path, fingerprint: str, name: str
) -> None:
    lesson = taught(tmp_path)

    with session(tmp_path, model(tmp_path, fingerprint, name), file=True) as made:
        draft = asked(made, "What is hail?")

        assert (draft.adapter, draft.lessons) == (None, (lesson,))
        assert made.hub.snapshot(None).notice == CHANGED.format(name)
        told = made.hub.snapshot(None).notice_number
        asked(made, "What is dew?")
        assert made.hub.snapshot(None).notice_number == told
        assert standing.read(made.store) == made.hub.snapshot(None).standing == CHANGED.format(name)
        assert versions.get(made.store, 1).state == "retired"
        assert adapters.verify(versions.get(made.store, 1).folder) is None
        assert [one.id for one in build.waiting(made.store)] == [lesson]


def test_they_are_taught_anew_from_the_base(tmp_path: Path) -> None:
    lesson = taught(tmp_path)

    with session(tmp_path, model(tmp_path, "now"), file=True) as made:
        made.warm()
        assert made.wait(10)
        made.learn()
        assert made.wait(60)

        live = versions.live(made.store)
        assert live is not None
        assert (live.number, live.parent, live.lessons) == (2, None, (lesson,))
        assert asked(made, "What is hail?").adapter == 2


def test_what_a_round_finds_changed_stands_until_it_is_dismissed(tmp_path: Path) -> None:
    taught(tmp_path)

    with session(tmp_path, model(tmp_path, "now"), file=True) as made:
        made.warm()
        assert made.wait(10)
        standing.dismiss(made.store)
        versions.promote(made.store, 1, "chosen by hand")
        ledger.add(made.store, a_lesson())
        made.learn()
        assert made.wait(60)

        assert made.hub.snapshot(None).standing == CHANGED.format(NAME)
        assert made.hub.snapshot(None).notice != CHANGED.format(NAME)

    with session(tmp_path, model(tmp_path, "now"), file=True) as made:
        assert made.hub.snapshot(None).standing == CHANGED.format(NAME)


def test_in_a_shell_what_stands_is_said_once_beside_the_last_notice(tmp_path: Path) -> None:
    taught(tmp_path)
    err = io.StringIO()

    with session(tmp_path, model(tmp_path, "now"), file=True) as made:
        made.warm()
        assert made.wait(10)
        made.hub.notify("Something else.")
        desk = Desk(made, io.StringIO(), err, as_json=False)
        desk.pass_on()
        desk.pass_on()

    assert err.getvalue() == f"{CHANGED.format(NAME)}\nSomething else.\n"


def test_a_version_of_then_that_is_chosen_by_hand_does_not_answer(tmp_path: Path) -> None:
    lesson = taught(tmp_path)

    with session(tmp_path, model(tmp_path, "now"), file=True) as made:
        asked(made, "What is hail?")
        made.use_version(1)
        draft = asked(made, "What is dew?")

        assert (draft.adapter, draft.lessons) == (None, (lesson,))
        assert versions.live(made.store) is None


def test_with_another_model_a_version_waits_for_its_own(tmp_path: Path) -> None:
    lesson = taught(tmp_path)

    with session(tmp_path, model(tmp_path, "now", "large/nf4"), file=True) as made:
        draft = asked(made, "What is hail?")
        assert (draft.adapter, draft.lessons) == (None, (lesson,))
        assert made.hub.snapshot(None).notice == (
            f"Version 1 was made for {NAME!r} and does not fit 'large/nf4', the model that is "
            "loaded. Its lessons act from the prompt instead."
        )

    with session(tmp_path, model(tmp_path), file=True) as made:
        assert asked(made, "What is hail?").adapter == 1


def test_the_same_weights_go_on(tmp_path: Path) -> None:
    taught(tmp_path)

    with session(tmp_path, model(tmp_path), file=True) as made:
        assert fitting.changed(made.store, model(tmp_path)) == ""
        assert asked(made, "What is hail?").adapter == 1


def test_a_version_of_before_fingerprints_is_told_by_its_name(tmp_path: Path) -> None:
    old = version(tmp_path)

    assert model(tmp_path, "now").fits(old) is None
    model(tmp_path, "now").use(old)
    assert model(tmp_path, name="large/nf4").fits(old) is not None


def test_a_base_without_a_fingerprint_is_told_by_its_name(tmp_path: Path) -> None:
    assert model(tmp_path, "").fits(version(tmp_path, fingerprint="then")) is None


def test_other_weights_are_refused_in_a_sentence(tmp_path: Path) -> None:
    made = version(tmp_path, fingerprint="then")

    with pytest.raises(Refusal, match="other weights of 'tiny@00000000/nf4' than are loaded now"):
        model(tmp_path, "now").use(made)


def test_another_quantisation_is_another_base() -> None:
    assert fingerprint.same_base("tiny@00000000/nf4", "tiny@11111111/nf4")
    assert not fingerprint.same_base("tiny@00000000/nf4", "tiny@00000000/bf16")
    assert not fingerprint.same_base("tiny@00000000/nf4", "large@00000000/nf4")


def test_answers_of_other_weights_are_asked_for_again(tmp_path: Path) -> None:
    store = Store(None)

    keys = {Answers(store, model(tmp_path, one), tmp_path, (), 96).key for one in ("then", "now")}

    assert len(keys) == 2
