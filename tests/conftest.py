"""Networks for the tests: the starter in NF4, and a tiny Llama that needs no weights.

Imports no heavy library before a fixture asks for one, so tests without weights stay quick.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.network import Network

MARKED = "\npytestmark = pytest.mark.weights\n"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves files out that hold only tests with weights when those are not asked for.

    Else collecting them would import torch, and `make check` would wait for it.
    """
    unasked = "not weights" in str(config.getoption("markexpr"))
    if unasked and collection_path.suffix == ".py" and MARKED in collection_path.read_text("utf-8"):
        return True
    return None


@pytest.fixture(scope="session")
def starter_folder(pytestconfig: pytest.Config) -> Path:
    """The unpacked starter, kept between runs in $HEED_TEST_CACHE or pytest's own cache."""
    from assistant import starter

    named = os.environ.get("HEED_TEST_CACHE")
    home = Path(named) if named else pytestconfig.cache.mkdir("heed")
    home.mkdir(parents=True, exist_ok=True)
    return starter.folder(home, lambda label, share: None)


@pytest.fixture(scope="session")
def network_nf4(starter_folder: Path) -> Network:
    """The starter in guarded NF4, the form that learning is tested on. Shared: put slots back."""
    import torch

    from assistant import network, starter

    return network.load(starter_folder, starter.NAME, "nf4", torch.device("cpu"))


@pytest.fixture
def tiny_network() -> Network:
    """Two layers of random weights in float32 with a byte tokenizer: a fresh one for each test."""
    from tests import tiny

    return tiny.network()
