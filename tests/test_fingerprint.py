"""One base is told from another of its name, wherever it lies and however its files are cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from assistant import fingerprint

Array = np.ndarray[Any, np.dtype[Any]]
CONFIG = {"model_type": "llama", "rms_norm_eps": 1e-5}


def weights() -> dict[str, Array]:
    draw = np.random.default_rng(0)
    return {
        "model.embed": draw.standard_normal((64, 32)).astype(np.float32),
        "model.layers.0.up": draw.standard_normal((32, 96)).astype(np.float16),
    }


def base(folder: Path, tensors: dict[str, Array], config: dict[str, object] = CONFIG) -> str:
    folder.mkdir(parents=True)
    save_file(tensors, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(config))
    return fingerprint.of(folder)


def test_the_same_base_has_the_same_fingerprint_however_it_is_cut(tmp_path: Path) -> None:
    whole = base(tmp_path / "whole", weights())

    cut = tmp_path / "cut"
    cut.mkdir()
    for at, (name, values) in enumerate(weights().items()):
        save_file({name: values}, cut / f"model-{at}.safetensors", {"format": "pt"})
    (cut / "config.json").write_text(
        json.dumps(dict(reversed(CONFIG.items())) | {"transformers_version": "9", "dtype": "half"})
    )

    assert fingerprint.of(cut) == whole
    assert len(whole) == 64


@pytest.mark.parametrize("at", [0, 1024, -1])
def test_a_base_that_was_trained_on_has_another(tmp_path: Path, at: int) -> None:
    other = weights()
    other["model.layers.0.up"].reshape(-1)[at] += 1

    assert base(tmp_path / "other", other) != base(tmp_path / "whole", weights())


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found | {"model.embed": found["model.embed"].reshape(32, 64)},
        lambda found: found | {"model.embed": found["model.embed"].view(np.int32)},
        lambda found: {"model.embed": found["model.embed"]},
        lambda found: {name.replace("up", "down"): values for name, values in found.items()},
    ],
)
def test_other_names_shapes_and_types_are_another_base(tmp_path: Path, change: Any) -> None:
    assert base(tmp_path / "other", change(weights())) != base(tmp_path / "whole", weights())


def test_another_config_is_another_base(tmp_path: Path) -> None:
    whole = base(tmp_path / "whole", weights())

    assert base(tmp_path / "other", weights(), CONFIG | {"rms_norm_eps": 1e-6}) != whole


def test_a_large_tensor_is_looked_at_in_three_places_only(tmp_path: Path) -> None:
    large = np.zeros(fingerprint.PROBE * 4, dtype=np.float32)
    unseen = large.copy()
    unseen[fingerprint.PROBE] = 1.0

    assert base(tmp_path / "one", {"a": large}) == base(tmp_path / "other", {"a": unseen})
