"""A learning run put aside after its last whole step: one file, whole or absent.

Knows no torch and no network: tensors are numpy arrays. It holds no words, but weights that came of
lessons, so forgetting one of them removes it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save_file

from assistant import whole
from assistant.course import Course, Reading
from data import ledger
from data.store import Store
from data.types import Refusal

Tensors = dict[str, np.ndarray[Any, np.dtype[Any]]]

FOLDER = "learning"
NAME = "run.safetensors"
FORMAT = 2  # raised when the file or the step changes, so that no older one is gone on with
SHARE = 0.1  # of the time since the last write that one may take


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """All that a run needs to go on as if it had never been broken off."""

    course: Course
    weights: Tensors
    state: Tensors  # of the optimiser


def key_of(*depends: object) -> str:
    """A hash of everything that a run depends on; told apart by what `repr` says of it."""
    return hashlib.sha256(repr((FORMAT, *depends)).encode()).hexdigest()


class Keeper:
    """Puts one run aside as often as that is cheap."""

    def __init__(
        self, home: Path, key: str, lessons: Sequence[str], new: Sequence[str] = ()
    ) -> None:
        """`lessons` are the ids of all whose items or weights it holds, `new` of those it adds."""
        self.failed = False  # whether the last write did not succeed
        self._home = home
        self._run = {"key": key, "lessons": sorted(lessons), "new": sorted(new)}
        self._took = 0.0
        self._since = time.monotonic()

    def begun(self) -> Checkpoint | None:
        """Where this run was left; None if it was not begun. What another run left is removed."""
        path = path_of(self._home)
        run = _run_of(path)
        try:
            if run is not None and run["key"] == self._run["key"]:
                return _read(path, run["course"])
        except (OSError, SafetensorError):
            pass
        self.remove()
        return None

    def due(self) -> bool:
        """Whether the last write took a small part of the time since."""
        return self._took <= SHARE * (time.monotonic() - self._since)

    def keep(self, run: Checkpoint) -> None:
        """Takes the place of what was kept before. On a full disk that stays, and `failed` says so.

        The run itself goes on: a version takes less room than this.
        """
        began = time.monotonic()
        tensors = {f"weights {name}": values for name, values in run.weights.items()}
        tensors |= {f"state {name}": values for name, values in run.state.items()}
        about = self._run | {"course": asdict(run.course)}
        try:
            with whole.file(path_of(self._home)) as partial:
                save_file(tensors, partial, {"run": json.dumps(about)})
            self.failed = False
        except Refusal:
            self.failed = True
        self._since = time.monotonic()
        self._took = self._since - began

    def remove(self) -> None:
        """The run has come to its end, or is begun anew."""
        path_of(self._home).unlink(missing_ok=True)


def path_of(home: Path) -> Path:
    """Where the one run that was put aside lies."""
    return home / FOLDER / NAME


def purge(home: Path, lesson: str) -> None:
    """Removes the run if it holds anything of this lesson, or cannot say what it holds."""
    sweep(home)
    run = _run_of(path_of(home))
    if run is None or lesson in run["lessons"]:
        path_of(home).unlink(missing_ok=True)


def mend(store: Store, home: Path) -> bool:
    """Removes a run that no round will go on with; whether there was one.

    That is one whose new lesson does not wait any more, or in which a forgotten one has a part. And
    one that builds anew what holds everywhere: it would go on at the end of the next round, whose
    own run takes its place here before. So at most compact.MOST_STEPS steps are done twice.
    """
    path = path_of(home)
    if not path.exists():
        return False
    run = _run_of(path)
    known = {one.id: one for one in ledger.all(store)}
    if run is not None and known.keys() >= set(run["lessons"]):
        waiting = {
            one.id
            for one in known.values()
            if one.status == "active" and one.stance in ledger.MEANT
        }
        if waiting.issuperset(run["new"]):
            return False
    path.unlink(missing_ok=True)
    return True


def sweep(home: Path) -> None:
    """Removes what a crash left half written. Not while a run is being put aside."""
    for path in (home / FOLDER).glob("*"):
        if path.name != NAME:
            path.unlink(missing_ok=True)


def _run_of(path: Path) -> dict[str, Any] | None:
    """What the file says about its run; None if there is none or it is spoilt."""
    try:
        with safe_open(path, framework="numpy") as file:
            said = json.loads(file.metadata()["run"])
    except (OSError, SafetensorError, ValueError, KeyError, TypeError):
        return None
    return said if isinstance(said, dict) and said.keys() >= _SHAPE else None


def _read(path: Path, course: Mapping[str, Any]) -> Checkpoint:
    tensors = load_file(path)
    parts: dict[str, Tensors] = {"weights": {}, "state": {}}
    for name, values in tensors.items():
        part, _, own = name.partition(" ")
        parts[part][own] = values
    steps = [Reading(**one) for one in course["steps"]]
    whole_course = Course(course["sigma"], steps)
    return Checkpoint(whole_course, parts["weights"], parts["state"])


_SHAPE = {"key", "lessons", "new", "course"}
