"""Version folders are whole or absent, whatever the moment a process was killed at."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant import adapters
from data import versions
from data.store import Store
from data.types import AdapterVersion, Refusal

TENSORS: adapters.Tensors = {
    "layers.0.mlp.up_proj.lora_A": np.ones((2, 3), dtype=np.float32),
    "layers.0.mlp.up_proj.lora_B": np.full((3, 2), 0.5, dtype=np.float32),
}


def saved(home: Path, number: int = 1, tensors: adapters.Tensors = TENSORS) -> AdapterVersion:
    return adapters.save(
        home,
        number=number,
        parent=None,
        base="tiny/fp32",
        lessons=("L1",),
        preferences=("P1", "P2"),
        seed=7,
        tensors=tensors,
        settings={"rate": 0.001},
        losses=[2.0, 1.5],
        gains=[0.0, 0.25],
    )


def test_a_saved_version_reads_back_equal(tmp_path: Path) -> None:
    version = saved(tmp_path)

    loaded = adapters.tensors(version.folder)

    assert adapters.verify(version.folder) is None
    assert loaded.keys() == TENSORS.keys()
    assert all(np.array_equal(loaded[name], TENSORS[name]) for name in TENSORS)
    assert adapters.scan(tmp_path) == (version,)


def test_what_made_a_version_lies_beside_it(tmp_path: Path) -> None:
    version = saved(tmp_path)

    record = json.loads((version.folder / "version.json").read_text())

    assert record["sha256"] == version.sha256
    assert record["lessons"] == ["L1"]
    assert record["settings"] == {"rate": 0.001}
    assert record["losses"] == [2.0, 1.5]
    assert record["gains"] == [0.0, 0.25]


def test_equal_weights_have_an_equal_hash(tmp_path: Path) -> None:
    first = saved(tmp_path / "a")
    second = saved(tmp_path / "b", tensors=dict(reversed(TENSORS.items())))

    assert first.sha256 == second.sha256


def test_a_number_is_never_written_over(tmp_path: Path) -> None:
    saved(tmp_path)

    with pytest.raises(Refusal, match="Version 1 already exists"):
        saved(tmp_path)


def test_weights_that_are_not_finite_are_refused(tmp_path: Path) -> None:
    broken = TENSORS | {"layers.0.mlp.up_proj.lora_B": np.array([[np.nan]], dtype=np.float32)}

    with pytest.raises(Refusal, match="no longer finite"):
        saved(tmp_path, tensors=broken)

    assert adapters.scan(tmp_path) == ()


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    version = saved(tmp_path)
    weights = version.folder / adapters.WEIGHTS
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)

    assert "SHA-256 differs" in str(adapters.verify(version.folder))
    with pytest.raises(Refusal, match="SHA-256 differs"):
        adapters.tensors(version.folder)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("", "no readable"), ("[]", "does not describe"), ('{"number": 1}', "does not describe")],
)
def test_a_spoilt_record_is_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    version = saved(tmp_path)
    (version.folder / adapters.RECORD).write_text(content)

    assert sentence in str(adapters.verify(version.folder))


def test_an_adapter_of_another_base_is_refused(tmp_path: Path) -> None:
    version = saved(tmp_path)

    adapters.expect_base(version, "tiny/fp32")
    with pytest.raises(Refusal, match="made for 'tiny/fp32' and does not fit 'other/nf4'"):
        adapters.expect_base(version, "other/nf4")


def test_a_half_written_folder_is_removed_at_start(tmp_path: Path) -> None:
    store = Store(None)
    version = saved(tmp_path)
    partial = version.folder.with_name("0001.partial")
    version.folder.rename(partial)

    mended = adapters.mend(store, tmp_path)

    assert mended.removed == ("0001.partial",)
    assert not partial.exists()
    assert versions.all(store) == ()


def test_a_whole_folder_without_a_row_is_read_back_as_a_candidate(tmp_path: Path) -> None:
    store = Store(None)
    version = saved(tmp_path)

    assert adapters.mend(store, tmp_path).read_back == (1,)

    assert versions.get(store, 1) == version
    assert adapters.mend(store, tmp_path) == adapters.Mended()


def test_a_row_without_a_sound_folder_is_retired(tmp_path: Path) -> None:
    store = Store(None)
    version = saved(tmp_path)
    versions.add(store, version)
    versions.promote(store, 1, "test")
    (version.folder / adapters.WEIGHTS).unlink()

    assert adapters.mend(store, tmp_path).retired == (1,)

    assert versions.get(store, 1).state == "retired"
    assert versions.live(store) is None


def test_a_half_written_folder_does_not_take_a_number(tmp_path: Path) -> None:
    store = Store(None)
    saved(tmp_path, 1)
    (tmp_path / "adapters" / "0002.partial").mkdir()

    assert adapters.next_number(store, tmp_path) == 2


def test_a_strength_is_written_into_the_weights(tmp_path: Path) -> None:
    version = saved(tmp_path)

    halved = adapters.rescale(version, 0.5)

    values = adapters.tensors(halved.folder)
    assert halved.sha256 != version.sha256
    assert np.all(values["layers.0.mlp.up_proj.lora_B"] == 0.25)
    assert np.all(values["layers.0.mlp.up_proj.lora_A"] == 1.0)
    assert json.loads(halved.settings)["scale"] == 0.5
    assert adapters.read(halved.folder)["gains"] == [0.0, 0.25]


def test_a_version_of_before_gains_were_kept_can_be_rescaled(tmp_path: Path) -> None:
    version = saved(tmp_path)
    record = adapters.read(version.folder)
    del record["gains"]
    (version.folder / adapters.RECORD).write_text(json.dumps(record))

    assert adapters.read(adapters.rescale(version, 0.5).folder)["gains"] == []


def test_a_purged_version_is_gone_from_the_disk(tmp_path: Path) -> None:
    version = saved(tmp_path)

    adapters.purge(version.folder)

    assert list((tmp_path / "adapters").iterdir()) == []


def test_the_seed_depends_on_the_parent_weights_and_not_on_a_counter(tmp_path: Path) -> None:
    one = saved(tmp_path / "a", number=1)
    two = saved(tmp_path / "b", number=2)

    assert adapters.seed_for(one, ("L2",), 0) == adapters.seed_for(two, ("L2",), 0)
    assert adapters.seed_for(one, ("L2",), 0) != adapters.seed_for(None, ("L2",), 0)
    assert adapters.seed_for(one, ("L2",), 0) != adapters.seed_for(one, ("L3",), 0)
