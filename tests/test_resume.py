"""A learning run that was broken off goes on after its last whole step, to the same last bit."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import adapters, checkpoint, learn
from assistant.model import LocalModel
from assistant.network import Network
from assistant.protocols import Plan
from data.types import AdapterVersion, Message, Refusal
from tests import tiny
from tests.rows import HOW, A, B, plan_of, row

pytestmark = pytest.mark.weights

ROOT = Path(__file__).parent.parent
SIX = replace(HOW, least=6, most=6)
PLAIN = (row(9, "what is rain ?", "rain is cold .", None, "A", "general"),)
PLAN = plan_of(1, None, A, PLAIN)


@pytest.fixture(autouse=True)
def _every_step_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "SHARE", 1e9)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> AdapterVersion:
    """The version of a run that nothing broke off."""
    home = tmp_path_factory.mktemp("whole")
    list(learn.run(tiny.network(), PLAN, home, SIX))
    return adapters.scan(home)[0]


def broken_off(network: Network, plan: Plan, home: Path, at: str) -> None:
    """Runs up to the label that begins with `at`, and no further."""
    steps = learn.run(network, plan, home, SIX)
    while not next(steps).label.startswith(at):
        pass
    steps.close()  # type: ignore[attr-defined]


def labels(network: Network, plan: Plan, home: Path, how: learn.Recipe = SIX) -> list[str]:
    return [one.label for one in learn.run(network, plan, home, how)]


@pytest.mark.parametrize("step", [2, 4, 6])
def test_a_run_that_was_broken_off_ends_in_the_same_bits(
    tmp_path: Path, whole: AdapterVersion, step: int
) -> None:
    broken_off(tiny.network(), PLAN, tmp_path, f"Learning: step {step}")

    labels(tiny.network(), PLAN, tmp_path)

    (resumed,) = adapters.scan(tmp_path)
    assert resumed.sha256 == whole.sha256
    records = [adapters.read(one.folder) for one in (whole, resumed)]
    assert len(records[0]["losses"]) == 6
    for name in ("losses", "gains"):
        assert records[0][name] == records[1][name]
    assert records[0]["settings"]["moved"] == records[1]["settings"]["moved"]
    assert not checkpoint.path_of(tmp_path).exists()


def test_it_goes_on_where_it_was_and_says_so(tmp_path: Path) -> None:
    broken_off(tiny.network(), PLAN, tmp_path, "Learning: step 4")

    told = list(learn.run(tiny.network(), PLAN, tmp_path, SIX))

    said = [one.label for one in told]
    assert "Learning: going on after step 3 of 6" in said
    assert not any(label.startswith("Learning: step 3") for label in said)
    going_on = told[said.index("Learning: going on after step 3 of 6")]
    assert len(going_on.gains) == 3


def test_a_run_on_top_of_another_that_is_broken_off_twice_ends_in_the_same_bits(
    tmp_path: Path,
) -> None:
    labels(tiny.network(), PLAN, tmp_path)
    plan = plan_of(2, adapters.scan(tmp_path)[0], A, PLAIN, B)
    labels(tiny.network(), plan, tmp_path / "whole")
    broken_off(tiny.network(), plan, tmp_path, "Learning: step 3")
    broken_off(tiny.network(), plan, tmp_path, "Learning: step 5")

    labels(tiny.network(), plan, tmp_path)

    (whole,) = adapters.scan(tmp_path / "whole")
    assert adapters.scan(tmp_path)[1].sha256 == whole.sha256


def test_chat_after_a_break_changes_nothing_of_what_is_learned(
    tmp_path: Path, whole: AdapterVersion
) -> None:
    network = tiny.network()
    broken_off(network, PLAN, tmp_path, "Learning: step 3")
    model = LocalModel(network, tmp_path)

    for _ in learn.run(network, PLAN, tmp_path, SIX):
        model.complete([(Message("user", "hm"),)], limit=4)

    assert adapters.scan(tmp_path)[0].sha256 == whole.sha256


def test_a_crash_after_the_last_step_leaves_only_the_saving(
    tmp_path: Path, whole: AdapterVersion
) -> None:
    broken_off(tiny.network(), PLAN, tmp_path, "Saving")

    said = labels(tiny.network(), PLAN, tmp_path)

    assert not any(label.startswith("Learning: step") for label in said)
    assert adapters.scan(tmp_path)[0].sha256 == whole.sha256


@pytest.mark.parametrize(
    "other",
    [
        lambda plan, how: (replace(plan, seed=plan.seed + 1), how),
        lambda plan, how: (replace(plan, data=plan.data[:-1]), how),
        lambda plan, how: (replace(plan, limit_steps=5), how),
        lambda plan, how: (plan, replace(how, rate=0.02)),
    ],
)
def test_another_run_begins_anew(
    tmp_path: Path, other: Callable[[Plan, learn.Recipe], tuple[Plan, learn.Recipe]]
) -> None:
    broken_off(tiny.network(), PLAN, tmp_path, "Learning: step 3")
    plan, how = other(PLAN, SIX)

    said = labels(tiny.network(), plan, tmp_path, how)

    assert any(label.startswith("Learning: step 1 ") for label in said)
    assert not checkpoint.path_of(tmp_path).exists()


def test_the_number_of_the_version_may_differ(tmp_path: Path) -> None:
    broken_off(tiny.network(), PLAN, tmp_path, "Learning: step 3")

    said = labels(tiny.network(), replace(PLAN, number=2), tmp_path)

    assert "Learning: going on after step 2 of 6" in said


def test_a_run_that_is_refused_at_its_end_is_not_gone_on_with(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="moved nothing"):
        labels(tiny.network(), PLAN, tmp_path, replace(SIX, rate=0.0))

    assert not checkpoint.path_of(tmp_path).exists()


def test_a_disk_that_takes_no_run_does_not_stop_it(
    tmp_path: Path, whole: AdapterVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint, "save_file", full)

    said = labels(tiny.network(), PLAN, tmp_path)

    assert any("a crash would begin it anew" in label for label in said)
    assert adapters.scan(tmp_path)[0].sha256 == whole.sha256


KILLED = """
import os, signal, sys
from pathlib import Path
from assistant import checkpoint, learn
from tests import tiny
from tests.test_resume import PLAN, SIX
checkpoint.SHARE = 1e9
for said in learn.run(tiny.network(), PLAN, Path(sys.argv[1]), SIX):
    if said.label.startswith("Learning: step 4"):
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_a_process_that_is_killed_loses_at_most_a_step(
    tmp_path: Path, whole: AdapterVersion
) -> None:
    ran = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, check=False)
    assert ran.returncode == -signal.SIGKILL

    said = labels(tiny.network(), PLAN, tmp_path)

    assert "Learning: going on after step 3 of 6" in said
    assert adapters.scan(tmp_path)[0].sha256 == whole.sha256
