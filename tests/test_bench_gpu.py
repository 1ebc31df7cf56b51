"""The bench on random weights runs: on a model of two layers without a GPU, on a small one with it.

Knows no figure: what is fast or small is for a person to judge.
"""

from __future__ import annotations

import json
from importlib import util
from pathlib import Path

import pytest
import torch

from bench import gpu, random_model

pytestmark = pytest.mark.weights

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("gpu")
    gpu.stage("make", made, "tiny", CPU, "nf4")
    return made


def measured(home: Path, size: str, learner: str) -> dict[str, float]:
    found: dict[str, float] = json.loads((home / size / f"{learner}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("learner", gpu.learners())
def test_every_learner_trains_the_random_model_on_the_same_rows(home: Path, learner: str) -> None:
    gpu.stage(learner, home, "tiny", CPU, "nf4")

    found = measured(home, "tiny", learner)
    assert found["steps"] == 12
    assert found["tokens trained"] > 12 * 4 * gpu.ROWS["in"][1]
    assert found["seconds"] > 0
    assert found["tensors as large as the largest"] == 1
    assert f"| tiny | {learner} | 12 |" in gpu.told([found])


def test_made_rows_have_the_lengths_that_they_say() -> None:
    size = random_model.SIZES["tiny"]
    encode = random_model.tokenizer(size.words)

    rows = gpu.made(size.words)

    for role, (count, asked, chosen, _) in gpu.ROWS.items():
        mine = [row for row in rows if row.role == role]
        assert len(mine) == count
        assert {len(encode.encode(row.chosen)) for row in mine} == {chosen}
        said = {len(encode.encode(row.prompt[0].text)) for row in mine}
        assert said == {asked - gpu.TEMPLATE}


@pytest.mark.gpu
def test_a_billion_parameters_are_taught_on_a_gpu(tmp_path: Path) -> None:
    cuda = torch.device("cuda")
    gpu.stage("make", tmp_path, "1b", cuda, "nf4")

    for learner in gpu.learners():
        gpu.stage(learner, tmp_path, "1b", cuda, "nf4")

    assert all(measured(tmp_path, "1b", one)["tokens a second"] > 0 for one in gpu.learners())


def test_trl_is_left_out_where_it_is_not_installed() -> None:
    assert ("TRL" in gpu.learners()) is (util.find_spec("trl") is not None)
