"""heed doctor: what this computer has, what fits, and whether the memory is sound."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from assistant.settings import Settings
from data.store import Store
from ui import lines, upkeep


def test_the_memory_is_looked_at_and_named(tmp_path: Path) -> None:
    Store(tmp_path / "memory.duckdb").close()
    with_memory = [line.text for line in upkeep.kept(Settings(home=tmp_path))]
    without = [line.text for line in upkeep.kept(Settings(home=tmp_path / "new", model="a/b"))]

    assert with_memory[-1] == "The memory and its versions are sound."
    assert without[0] == "Model: a/b"
    assert without[-1] == "There is no memory yet: nothing was said."
    assert not (tmp_path / "new").exists()


def test_a_size_is_said_with_its_verdict() -> None:
    out = io.StringIO()

    lines.emit(lines.size(8.0, 7.84, fits=True), out, as_json=False)
    lines.emit(lines.size(70.0, 62.1, fits=False), out, as_json=True)

    assert out.getvalue().splitlines() == [
        "  8 B parameters  about 7.8 GiB  fits",
        '{"kind": "size", "billions": 70.0, "gib": 62.1, "fits": false}',
    ]


@pytest.mark.weights
def test_this_computer_is_measured_and_smaller_models_fit_first() -> None:
    from assistant import doctor

    found = doctor.look()

    assert 0 < found.free <= found.total
    assert found.cores >= 1
    fits = [size.fits for size in found.sizes]
    assert fits == sorted(fits, reverse=True)
    assert doctor.fit(1.0, free=0.0).fits is False
    assert doctor.fit(8.0, free=9 * 2**30).fits is True
