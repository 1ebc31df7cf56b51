"""The scripted model keeps the promises of a real one: words, stop, drafts, versions on disk."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest

from assistant import adapters
from assistant.protocols import Model, Plan
from assistant.scripted import ScriptedModel, embed
from data.types import AdapterVersion, Message, Preference, Refusal
from data.vectors import cosine

ASKED = (Message("user", "Why is the sky blue?"),)


def said(model: Model, stop: Event | None = None) -> str:
    return "".join(model.stream(ASKED, seed=1, limit=100, stop=stop or Event()))


def preference() -> Preference:
    return Preference(
        id="p1",
        lesson="l1",
        critique=None,
        choice=None,
        prompt=ASKED,
        chosen="Scattered light.",
        rejected="A long story.",
        role="in",
        made_by="accepted",
        weight=1.0,
        split="train",
        source="human",
        trust="typed",
    )


def learned(model: ScriptedModel, number: int, parent: AdapterVersion | None) -> AdapterVersion:
    steps = list(model.learn(Plan(number, parent, ("l1",), (preference(),), seed=7)))
    candidate = steps[-1].candidate
    assert candidate is not None
    return candidate


def test_it_says_the_queued_replies_in_order_and_then_asks_its_function() -> None:
    model = ScriptedModel(["First.", "Second one."], write=lambda messages, _: messages[-1].text)

    assert [said(model) for _ in range(3)] == ["First.", "Second one.", "Why is the sky blue?"]


def test_it_streams_word_by_word_and_keeps_line_breaks() -> None:
    model = ScriptedModel(["One two\n\nthree."])

    pieces = list(model.stream(ASKED, seed=1, limit=100, stop=Event()))

    assert pieces == ["One ", "two\n\n", "three."]


def test_it_stops_between_two_words() -> None:
    stop = Event()
    pieces = []

    for piece in ScriptedModel(["a b c d"]).stream(ASKED, seed=1, limit=100, stop=stop):
        pieces.append(piece)
        if len(pieces) == 2:
            stop.set()

    assert pieces == ["a ", "b "]


def test_it_writes_no_more_words_than_the_limit() -> None:
    pieces = ScriptedModel(["a b c d"]).stream(ASKED, seed=1, limit=3, stop=Event())

    assert "".join(pieces) == "a b c "


def test_drafts_grow_together_and_the_last_are_whole() -> None:
    model = ScriptedModel([("one two three", "uno")])

    grown = list(model.sample(ASKED, n=3, seed=1, limit=100, stop=Event()))

    assert grown[0] == ("one ", "uno", "one ")
    assert grown[-1] == ("one two three", "uno", "one two three")


def test_complete_leaves_the_queue_alone() -> None:
    model = ScriptedModel(["Queued."], write=lambda _, number: f"as {number}")

    completed = model.complete([ASKED, ASKED], limit=10)

    assert completed == ("as None", "as None")
    assert said(model) == "Queued."


def test_it_follows_no_schema() -> None:
    with pytest.raises(Refusal, match="schema"):
        ScriptedModel().complete([ASKED], limit=10, schema="{}")


def test_learning_takes_three_steps_and_writes_a_folder_that_verifies(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path)

    steps = list(model.learn(Plan(1, None, ("l1",), (preference(),), seed=7)))

    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3), (3, 3)]
    assert [step.candidate is None for step in steps] == [True, True, True, False]
    made = steps[-1].candidate
    assert made is not None
    assert (made.number, made.lessons, made.preferences, made.seed) == (1, ("l1",), ("p1",), 7)
    assert adapters.verify(made.folder) is None


def test_two_rounds_leave_two_folders_and_the_second_names_its_parent(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path)

    first = learned(model, 1, None)
    second = learned(model, 2, first)

    assert second.parent == 1
    assert first.folder.exists()
    assert second.folder.exists()
    assert first.sha256 != second.sha256


def test_a_run_that_breaks_leaves_no_version(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path, fails_at=2)

    with pytest.raises(RuntimeError, match="step 2"):
        learned(model, 1, None)

    assert not list(tmp_path.rglob("version.json"))


def test_the_version_in_use_reaches_the_function_that_writes(tmp_path: Path) -> None:
    def write(messages: Sequence[Message], number: int | None) -> str:
        return "Plain." if number is None else f"Taught by version {number}."

    model = ScriptedModel(write=write, home=tmp_path)
    before = said(model)
    model.use(learned(model, 1, None))

    assert (before, said(model)) == ("Plain.", "Taught by version 1.")


def test_it_refuses_a_version_of_another_base(tmp_path: Path) -> None:
    other = learned(ScriptedModel(home=tmp_path, name="other/nf4"), 1, None)

    with pytest.raises(Refusal, match=r"'other/nf4'.*'scripted/none'"):
        ScriptedModel().use(other)


def test_it_refuses_a_version_whose_weights_were_changed(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path)
    made = learned(model, 1, None)
    weights = next(made.folder.glob("*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")

    with pytest.raises(Refusal):
        model.use(made)


def test_logprobs_repeat_and_differ_between_versions(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path)
    base = model.logprobs(ASKED, "two words")
    model.use(learned(model, 1, None))
    taught = model.logprobs(ASKED, "two words")

    assert len(base) == 3
    assert all(-1 < value <= 0 for value in base)
    assert model.logprobs(ASKED, "two words") == taught != base


def test_only_a_version_drifts(tmp_path: Path) -> None:
    model = ScriptedModel(home=tmp_path)
    pairs = [(ASKED, "yes"), (ASKED, "no")]

    base = model.drift(pairs)
    model.use(learned(model, 1, None))

    assert base == (0.0, 0.0)
    assert all(value > 0 for value in model.drift(pairs))


def test_the_stand_in_embedder_puts_shared_words_closer() -> None:
    sky, again, tax = embed(["the blue sky", "a blue sky today", "tax forms"])

    assert len(sky) == 384
    assert cosine(sky, sky) == pytest.approx(1.0)
    assert cosine(sky, again) > cosine(sky, tax)
