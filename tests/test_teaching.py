"""Lessons after they are noted: contradictions, edits, switching off, failing rounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

import numpy as np
import pytest

from assistant import adapters, blocks, places
from assistant.memory import Memory
from assistant.scripted import ScriptedModel
from assistant.session import Session
from data import critiques, ledger, versions
from data.types import Lesson, Refusal
from tests.stand_ins import embed, session, talk


def _lesson(made: Session, words: str) -> Lesson:
    request = made.ask("What is rain?")
    assert made.wait(10)
    draft = made.hub.snapshot(_task_of(made, request)).turns[-1]
    made.critique(draft.id, words)
    assert made.wait(10)
    repaired = made.hub.snapshot(draft.task).turns[-1]
    (lesson,) = made.accept(repaired.id)
    return ledger.get(made.store, lesson)


def _task_of(made: Session, turn: str) -> str:
    return str(made.store.rows("SELECT task FROM turn WHERE id = ?", [turn])[0][0])


def _learned(made: Session, words: str = "Always answer in one short sentence.") -> Lesson:
    lesson = _lesson(made, words)
    made.approve(lesson.id)
    made.learn()
    assert made.wait(60)
    return ledger.get(made.store, lesson.id)


def _heard(made: Session) -> list[str]:
    """The lessons whose weights speak when the same is asked again."""
    live = versions.live(made.store)
    if live is None:
        return []
    standing = Memory(made.store, embed).standing("What is rain?")
    speaking = blocks.speaking(adapters.blocks_of(live.folder), [one.id for one in standing])
    return [id for one in speaking for id in one.lessons]


def test_the_newer_of_two_lessons_that_contradict_holds(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        old = _lesson(made, "From now on always use bullet points.")
        made.approve(old.id)
        new = _lesson(made, "Never use bullet points.")
        made.approve(new.id)

        assert ledger.get(made.store, old.id).status == "retired"
        assert ledger.get(made.store, new.id).status == "active"
        assert [one.kind for one in ledger.edges(made.store, new.id)] == ["contradicts"]


def test_always_on_a_chip_is_the_persons_yes(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        request = made.ask("What is rain?")
        assert made.wait(10)
        draft = made.hub.snapshot(_task_of(made, request)).turns[-1]
        critique = made.critique(draft.id, "just one sentence please")
        assert made.wait(10)
        wish = critiques.wishes(made.store, critique)[0]

        made.settle_wish(wish.id, "edited", reach="always")

        (lesson,) = ledger.all(made.store)
        assert (lesson.status, lesson.stance) == ("active", "endorsed")
        assert critiques.wish(made.store, wish.id).settled == "edited"


def test_not_feedback_takes_a_noted_lesson_back(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _lesson(made, "Always answer in one short sentence.")

        made.settle_wish(lesson.wish, "rejected")

        assert ledger.get(made.store, lesson.id).status == "retired"


def test_an_edit_of_a_lesson_that_weights_hold_makes_another_lesson(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)

        anew = made.edit_lesson(lesson.id, "use at most ten words")

        assert anew != lesson.id
        assert ledger.get(made.store, lesson.id).status == "retired"
        assert ledger.get(made.store, anew).status == "active"
        assert _heard(made) == [], "what the old words taught is silent"


def test_an_edit_before_it_is_learned_changes_the_lesson_itself(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _lesson(made, "Always answer in one short sentence.")

        assert made.edit_lesson(lesson.id, "use at most ten words") == lesson.id

        check = ledger.get(made.store, lesson.id).check
        assert check is not None
        assert check.name == "max_words"


def test_a_lesson_in_memory_waits_again_after_another_yes_or_other_words(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _lesson(made, "Always answer in one short sentence.")
        made.approve(lesson.id)
        places.to_memory(made.store, lesson.id, "its tests failed twice")
        made.approve(lesson.id)
        approved = ledger.get(made.store, lesson.id).status
        places.to_memory(made.store, lesson.id, "its tests failed twice")
        made.edit_lesson(lesson.id, "use at most ten words")

        assert approved == "active"
        assert ledger.get(made.store, lesson.id).status == "active"


def test_a_lesson_in_memory_is_contradicted_and_switched_off_like_any_other(
    tmp_path: Path,
) -> None:
    with session(tmp_path) as made:
        old = _lesson(made, "From now on always use bullet points.")
        made.approve(old.id)
        new = _lesson(made, "Never use bullet points.")
        places.to_memory(made.store, old.id, "its tests failed twice")

        made.approve(new.id)

        assert ledger.get(made.store, old.id).status == "retired"


def test_a_lesson_that_is_switched_off_stops_at_once(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)

        made.disable(lesson.id)

        assert _heard(made) == []
        assert ledger.get(made.store, lesson.id).status == "retired"
        assert [one.number for one in versions.all(made.store)] == [1], "nothing else was moved"


def test_a_lesson_that_is_switched_on_again_is_heard_at_once(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)
        made.disable(lesson.id)

        made.approve(lesson.id)

        assert _heard(made) == [lesson.id]
        assert ledger.get(made.store, lesson.id).status == "learned"


def test_a_round_that_breaks_leaves_the_lesson_in_the_prompt(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path, write=talk, fails_at=2)
    with session(tmp_path, model) as made:
        lesson = _learned(made)

        assert (lesson.status, lesson.place) == ("active", "prompt")
        assert versions.live(made.store) is None
        assert "log.txt" in made.hub.snapshot(None).notice


def test_versions_can_be_chosen_and_the_chat_says_so(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)
        task = made.hub.snapshot(None).tasks[0].id

        made.use_version(None, task)

        assert ledger.get(made.store, lesson.id).place == "prompt"
        said = made.hub.snapshot(task).turns[-1]
        assert (said.kind, said.text) == (
            "notice",
            "The untaught model is live (was version 1).",
        )
        with pytest.raises(Refusal, match="answering already"):
            made.use_version(None)


def test_two_rounds_at_once_are_refused(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path, write=talk, pause=0.05)
    with session(tmp_path, model) as made:
        made.approve(_lesson(made, "Always answer in one short sentence.").id)
        made.learn()

        with pytest.raises(Refusal, match="being taught already"):
            made.learn()
        made.stop(None)
        assert made.wait(60)


def test_of_many_who_ask_at_once_one_begins_a_round(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path, write=talk, pause=0.05)
    with session(tmp_path, model) as made:
        made.approve(_lesson(made, "Always answer in one short sentence.").id)
        start, refused = Barrier(8), []

        def ask() -> None:
            start.wait()
            try:
                made.learn()
            except Refusal as refusal:
                refused.append(str(refusal))

        askers = [Thread(target=ask) for _ in range(8)]
        for one in askers:
            one.start()
        for one in askers:
            one.join()

        assert refused == ["heed is being taught already."] * 7
        made.stop(None)
        assert made.wait(60)


def test_a_version_that_did_not_pass_its_test_is_looked_at_and_does_not_answer(
    tmp_path: Path,
) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)
        weights = {"scripted.lora_B": np.ones((2, 2), dtype=np.float32)}
        failed = adapters.save(
            tmp_path,
            number=2,
            parent=1,
            base="scripted/none",
            lessons=(lesson.id,),
            preferences=(),
            seed=0,
            tensors=weights,
            settings={},
            losses=[],
        )
        versions.add(made.store, failed)

        with pytest.raises(Refusal, match="Version 2 has not passed its test"):
            made.use_version(2)

        assert made.hub.snapshot(None).live == 1
        assert versions.get(made.store, 2).state == "candidate"


def test_forgetting_waits_for_a_running_round_to_stop(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path, write=talk, pause=0.01)
    with session(tmp_path, model, file=True) as made:
        lesson = _lesson(made, "Always answer in one short sentence.")
        made.approve(lesson.id)
        made.learn()

        made.forget(lesson.id)

        assert made.wait(60)
        assert made.store.rows("SELECT count(*) FROM preference") == [(0,)]
        assert [one for one in versions.all(made.store) if one.state != "purged"] == []
        assert not any((tmp_path / "adapters").glob("0*"))


def test_a_version_in_which_others_share_the_weights_of_a_switched_off_lesson_says_so(
    tmp_path: Path,
) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)
        other = _lesson(made, "Never use exclamation marks.")
        live = versions.live(made.store)
        assert live is not None
        both = adapters.save(
            tmp_path,
            number=2,
            parent=1,
            base=live.base,
            lessons=(lesson.id, other.id),
            preferences=(),
            seed=0,
            tensors={},
            settings={},
            losses=(),
        )
        versions.add(made.store, replace(both, state="live"))

        made.disable(lesson.id)
        assert versions.live(made.store) is None, "its weights are not its own, so they go"
        made.use_version(2)

        assert "what you switched off" in made.hub.snapshot(None).notice


def test_a_learned_lesson_that_the_person_calls_wrong_is_not_heard(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)

        made.set_stance(lesson.id, "rejected")

        assert _heard(made) == []
        with pytest.raises(Refusal, match="nothing new to teach"):
            made.learn()


def test_a_version_with_damaged_files_is_not_chosen(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)
        made.undo()
        (weights,) = (tmp_path / "adapters" / "0001").glob("*.safetensors")
        weights.write_bytes(b"damaged")

        with pytest.raises(Refusal, match="cannot answer any more"):
            made.use_version(1)

        assert versions.live(made.store) is None
        assert ledger.get(made.store, lesson.id).status == "active"


def test_a_lesson_that_the_chosen_version_holds_is_learned_again_by_a_yes(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)
        made.undo()
        made.disable(lesson.id)
        made.use_version(1)

        made.approve(lesson.id)

        assert ledger.get(made.store, lesson.id).status == "learned"


def test_what_is_typed_into_a_lesson_is_as_safe_as_a_request(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _lesson(made, "Always answer in one short sentence.")

        made.edit_lesson(lesson.id, effect="use \x1bone sentence")

        assert ledger.get(made.store, lesson.id).effect == "use one sentence"
        with pytest.raises(Refusal, match="100,000 characters"):
            made.edit_lesson(lesson.id, effect="a" * 100_000)


def test_not_feedback_stops_a_lesson_that_stands_on_that_wish_alone(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        lesson = _learned(made)

        made.settle_wish(lesson.wish, "rejected")

        assert ledger.get(made.store, lesson.id).status == "retired"
        assert _heard(made) == []


def test_forgetting_teaches_nothing_that_was_not_taught_before(tmp_path: Path) -> None:
    with session(tmp_path, file=True) as made:
        learned = _learned(made)
        waiting = _lesson(made, "Never use exclamation marks.")
        made.approve(waiting.id)

        made.forget(learned.id)
        assert made.wait(60)

        assert ledger.get(made.store, waiting.id).status == "active"
        assert versions.live(made.store) is None


def test_forgetting_an_edited_lesson_forgets_what_it_said_before(tmp_path: Path) -> None:
    with session(tmp_path, file=True) as made:
        lesson = _learned(made)
        anew = made.edit_lesson(lesson.id, "use at most ten words")

        made.forget(anew)
        assert made.wait(60)

        assert ledger.all(made.store) == ()
        assert made.store.rows("SELECT count(*) FROM preference") == [(0,)]
        assert not any((tmp_path / "adapters").glob("0*"))
