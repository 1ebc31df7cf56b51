"""Networks for the tests: the starter in NF4, and a tiny Llama that needs no weights.

Imports no heavy library before a fixture asks for one, so tests without weights stay quick.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.network import Network
    from tests.serving import Served

MARKED = re.compile(r"^pytestmark = (?:\[\s*)?pytest\.mark\.(weights|browser)\b", re.MULTILINE)


def pytest_configure(config: pytest.Config) -> None:
    """One thread a process for small networks: two wait for each other where cores are busy."""
    if not str(config.getoption("markexpr")).startswith("(weights"):
        os.environ.setdefault("OMP_NUM_THREADS", "1")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves files out that hold only tests with weights, or a browser, when nobody asked for them.

    Else collecting them would import torch, and `make check` would wait for it.
    """
    if collection_path.suffix != ".py":
        return None
    marked = MARKED.search(collection_path.read_text("utf-8"))
    return True if marked is not None and _unasked(config, marked[1]) else None


def pytest_collection_finish(session: pytest.Session) -> None:
    """Says so when collecting imported torch or gradio all the same: seconds for each worker."""
    for library, mark in (("torch", "weights"), ("gradio", "browser")):
        if _unasked(session.config, mark) and library in sys.modules:
            raise pytest.UsageError(
                f"A test file imports {library} and has no file-wide mark {mark}."
            )


def _unasked(config: pytest.Config, mark: str) -> bool:
    return f"not {mark}" in str(config.getoption("markexpr"))


@pytest.fixture(autouse=True, scope="session")
def copied_memories() -> Iterator[None]:
    """Stores without a file are copies of one, five times quicker than new ones."""
    from data import opening
    from tests import copies

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "in_memory", copies.in_memory)
        yield


@pytest.fixture
def new_memories(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stores without a file are opened and migrated as the program does it."""
    from data import opening
    from tests import copies

    monkeypatch.setattr(opening, "in_memory", copies.anew)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    from tests import serving

    with serving.chromium() as found:
        yield found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One heed with its page, for all tests of a file."""
    from tests.serving import Served

    one = Served(tmp_path_factory.mktemp("served"))
    yield one
    one.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """Its chat page in a tab of its own; fails if the browser complained of anything."""
    from tests import serving

    with serving.watched(browser, served) as one:
        yield one


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
def tiny_network(request: pytest.FixtureRequest) -> Network:
    """Two layers of random weights in float32 with a byte tokenizer: a fresh one for each test.

    Only for tests with the mark weights: it imports torch.
    """
    assert request.node.get_closest_marker("weights") is not None, "torch, without the mark weights"
    from tests import tiny

    return tiny.network()
