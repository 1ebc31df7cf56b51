"""Version folders are whole or absent, whatever the moment a process was killed at."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, blocks, fingerprint, whole
from assistant.blocks import Tensors
from data.store import Store
from data.types import AdapterVersion, Refusal

TENSORS: Tensors = {
    "layers.0.mlp.up_proj.lora_A": np.ones((2, 3), dtype=np.float32),
    "layers.0.mlp.up_proj.lora_B": np.full((3, 2), 0.5, dtype=np.float32),
}


def saved(home: Path, number: int = 1, tensors: Tensors = TENSORS) -> AdapterVersion:
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


def weights_of(version: AdapterVersion) -> Path:
    """The file of its one block."""
    (found,) = version.folder.glob("*.safetensors")
    return found


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
    weights = weights_of(version)
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

    fingerprint.expect_base(version, "tiny/fp32")
    with pytest.raises(Refusal, match="made for 'tiny/fp32' and does not fit 'other/nf4'"):
        fingerprint.expect_base(version, "other/nf4")


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
    del record["gains"], record[adapters.SEAL]
    (version.folder / adapters.RECORD).write_text(json.dumps(record))

    assert adapters.read(adapters.rescale(version, 0.5).folder)["gains"] == []


def test_a_purged_version_is_gone_from_the_disk(tmp_path: Path) -> None:
    version = saved(tmp_path)

    adapters.purge(version.folder)

    assert list((tmp_path / "adapters").iterdir()) == []


def upon(
    home: Path, first: AdapterVersion, number: int = 2, beneath: tuple[str, ...] = ("L1",)
) -> AdapterVersion:
    """A version with one block more."""
    return adapters.save(
        home,
        number=number,
        parent=first.number,
        base=first.base,
        lessons=(*first.lessons, "L2"),
        preferences=("P3",),
        seed=8,
        tensors={name: values + 1 for name, values in TENSORS.items()},
        settings={},
        losses=[1.0],
        kept=adapters.blocks_of(first.folder),
        source=first.folder,
        beneath=beneath,
    )


def test_a_later_version_links_the_blocks_before_it_and_adds_its_own(tmp_path: Path) -> None:
    first = saved(tmp_path)

    second = upon(tmp_path, first)

    old, new = adapters.blocks_of(second.folder)
    assert (old.lessons, new.lessons, new.beneath) == (("L1",), ("L2",), ("L1",))
    assert (second.folder / old.file).stat().st_ino == weights_of(first).stat().st_ino
    assert adapters.verify(second.folder) is None
    together = adapters.tensors(second.folder)
    assert together["layers.0.mlp.up_proj.lora_A"].shape == (4, 3)
    assert together["layers.0.mlp.up_proj.lora_B"].shape == (3, 4)


def test_blocks_that_were_linked_outlive_the_version_they_came_from(tmp_path: Path) -> None:
    first = saved(tmp_path)
    second = upon(tmp_path, first)

    adapters.purge(first.folder)

    assert adapters.verify(second.folder) is None


def test_a_version_of_some_blocks_moves_none_of_their_numbers(tmp_path: Path) -> None:
    second = upon(tmp_path, saved(tmp_path))
    _, new = adapters.blocks_of(second.folder)

    rest = adapters.reduced(tmp_path, 3, second, (new,), "test")

    assert (rest.lessons, rest.parent, rest.preferences) == (("L2",), None, ("P3",))
    assert rest.sha256 == blocks.name_of([new])
    kept = adapters.tensors(rest.folder)
    assert all(np.array_equal(kept[name], TENSORS[name] + 1) for name in TENSORS)
    assert adapters.scan(tmp_path)[-1] == rest


def test_of_a_damaged_block_no_version_is_made(tmp_path: Path) -> None:
    first = saved(tmp_path)
    second = upon(tmp_path, first)
    old, _ = adapters.blocks_of(second.folder)
    (second.folder / old.file).write_bytes(b"damaged")

    with pytest.raises(Refusal, match="SHA-256 differs"):
        adapters.reduced(tmp_path, 3, second, (old,), "test")

    assert [path.name for path in sorted((tmp_path / "adapters").iterdir())] == ["0001", "0002"]


def test_a_strength_is_written_into_the_newest_block_alone(tmp_path: Path) -> None:
    first = saved(tmp_path)

    halved = adapters.rescale(upon(tmp_path, first), 0.5)

    old, new = adapters.blocks_of(halved.folder)
    assert old == adapters.blocks_of(first.folder)[0]
    values = adapters.block(halved.folder, new)
    assert np.all(values["layers.0.mlp.up_proj.lora_B"] == 0.75)


def test_a_record_that_names_other_blocks_is_noticed(tmp_path: Path) -> None:
    version = saved(tmp_path)
    record = adapters.read(version.folder)
    record["blocks"] = []
    del record[adapters.SEAL]
    (version.folder / adapters.RECORD).write_text(json.dumps(record))

    assert "does not name the blocks" in str(adapters.verify(version.folder))


@pytest.mark.parametrize("what", ["owners", "beneath", "scale", "lessons"])
def test_a_record_that_says_something_else_of_its_blocks_is_noticed(
    tmp_path: Path, what: str
) -> None:
    second = adapters.rescale(upon(tmp_path, saved(tmp_path)), 0.5)
    record = adapters.read(second.folder)
    old, new = record["blocks"]
    match what:
        case "owners":
            old["lessons"], new["lessons"] = new["lessons"], old["lessons"]
        case "beneath":
            new["beneath"] = []
        case "scale":
            record["settings"]["scale"] = 1.0
        case _:
            record["lessons"] = record["lessons"][:1]
    (second.folder / adapters.RECORD).write_text(json.dumps(record))

    assert "is not the record that was saved" in str(adapters.verify(second.folder))
    with pytest.raises(Refusal, match="is not the record that was saved"):
        adapters.blocks_of(second.folder)
    assert [one.number for one in adapters.scan(tmp_path)] == [1]


def test_a_version_of_before_records_were_sealed_is_loaded(tmp_path: Path) -> None:
    version = saved(tmp_path)
    record = adapters.read(version.folder)
    del record[adapters.SEAL]
    (version.folder / adapters.RECORD).write_text(json.dumps(record))

    assert adapters.verify(version.folder) is None
    assert adapters.scan(tmp_path) == (version,)


def test_a_digest_notices_a_change_of_a_file_that_was_read_before(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    before = whole.digest(path)

    path.write_bytes(b"two")

    assert whole.digest(path) != before


@pytest.mark.parametrize(
    "blocks_said",
    [
        None,
        ["x"],
        [None],
        [{"sha256": "0" * 64}],
        [{"sha256": "../" * 3, "lessons": [], "beneath": [], "preferences": []}],
        [{"sha256": "0" * 64, "lessons": [["x"]], "beneath": [], "preferences": []}],
        [{"sha256": "0" * 5000, "lessons": [], "beneath": [], "preferences": []}],
    ],
)
def test_a_record_of_odd_blocks_is_a_sentence(tmp_path: Path, blocks_said: object) -> None:
    version = saved(tmp_path)
    record = adapters.read(version.folder)
    record["blocks"] = blocks_said
    del record[adapters.SEAL]
    (version.folder / adapters.RECORD).write_text(json.dumps(record))

    assert "has no usable" in str(adapters.verify(version.folder))
    assert adapters.scan(tmp_path) == ()
