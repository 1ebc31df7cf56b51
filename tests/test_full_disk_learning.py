"""A disk that takes no more while heed learns costs one write, in a sentence, and no lesson."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, build, checkpoint, targets
from data import ledger, versions
from data.store import Store
from data.types import Refusal
from tests import full
from tests.stand_ins import embed
from tests.test_build import Pupil, approved

FILL = """
import numpy as np
from assistant import adapters, targets
from assistant.answers import Answers
from assistant.checkpoint import Checkpoint, Keeper
from assistant.course import Course
from assistant.scripted import ScriptedModel
from data.store import Store
from data.types import Message, Refusal

def saved(number, width):
    return adapters.save(
        home, number=number, parent=None, base="tiny/fp32", lessons=("L",), preferences=(),
        seed=0, tensors={"a.lora_B": np.ones((width, 100), dtype=np.float32)}, settings={},
        losses=(),
    )

def numbers(n):
    zeros = np.zeros((n, 64))
    return targets.Reference(np.zeros(n), zeros, zeros, np.zeros(n))

def asked(words):
    model = ScriptedModel(complete=lambda messages, version: "word " * words)
    list(Answers(Store(None), model, home, ["L"], 10**6).greedy([(Message("user", "hm"),)], ""))

kept = saved(1, 100)
keeper = Keeper(home, "key", ["L"])
keeper.keep(Checkpoint(Course(), kept_weights := adapters.tensors(kept.folder), {}))
room(20_000)
said = []
for act in (
    lambda: saved(2, 100),
    lambda: adapters.rescale(kept, 0.5),
    lambda: targets.write(home, "long", numbers(1000), ["L"]),
    lambda: asked(10_000),
):
    try:
        act()
    except Refusal as refusal:
        said.append(str(refusal))
keeper.keep(Checkpoint(Course(), {**kept_weights, "more": kept_weights["a.lora_B"]}, {}))
print(json.dumps([said, keeper.failed]))
"""


@full.limited
def test_versions_targets_answers_and_runs_are_whole_or_absent(tmp_path: Path) -> None:
    said, failed = full.run(FILL, tmp_path)

    assert len(said) == 4
    assert all("cannot be written (File too large)" in one for one in said)
    assert "0002" in said[0]
    assert "0001" in said[1]
    assert failed
    (version,) = adapters.scan(tmp_path)
    (block,) = adapters.blocks_of(version.folder)
    assert np.all(adapters.tensors(version.folder)["a.lora_B"] == 1.0)
    run = checkpoint.Keeper(tmp_path, "key", ()).begun()
    assert run is not None
    assert set(run.weights) == {"a.lora_B"}
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {
        f"adapters/0001/{block.file}",
        "adapters/0001/version.json",
        "learning/run.safetensors",
    }


def no_space(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_round_that_cannot_save_its_version_leaves_the_lesson_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(None)
    pupil, lesson = Pupil(tmp_path, store), approved(store)
    with monkeypatch.context() as disk:
        disk.setattr(adapters, "save_file", no_space)
        list(build.build(store, pupil.model(), embed, tmp_path, seed=0))

    assert "cannot be written (No space left on device)" in build.told(store)
    assert [one.id for one in build.waiting(store)] == [lesson.id]
    assert ledger.get(store, lesson.id).place == "prompt"
    assert list((tmp_path / "adapters").iterdir()) == []

    list(build.build(store, pupil.model(), embed, tmp_path, seed=0))
    live = versions.live(store)
    assert live is not None
    assert live.lessons == (lesson.id,)


def test_a_file_that_stands_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "targets").write_text("mine")
    one = np.zeros((1, 1))

    with pytest.raises(Refusal, match="cannot be written"):
        targets.write(tmp_path, "key", targets.Reference(one[0], one, one, one[0]), ())

    assert (tmp_path / "targets").read_text() == "mine"
