"""A person at the command line: a home, the model of the story, and what each command left behind.

Knows no test. Every command opens and closes the memory, as a process of its own would.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.scripted import ScriptedModel
from ui import cli, story

SKY = "Why is the sky blue?"
HONEY = "How do bees make honey?"
PURR = "Why do cats purr?"
TOO_LONG = "Way too long. From now on answer in one short sentence."
END_ASKING = "Good. And from now on end with a question."


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command left behind."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The lines of --json."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def kinds(self) -> list[str]:
        """What each line of --json is."""
        return [record["kind"] for record in self.records]


@dataclass(frozen=True, slots=True)
class Shell:
    """A home, and who answers there."""

    home: Path
    model: ScriptedModel

    def heed(self, *words: str) -> Ran:
        """Runs one command."""
        out, err = io.StringIO(), io.StringIO()
        argv = ["--home", str(self.home), "--questions", "never", *words]
        code = cli.main(argv, self.model, out, err)
        return Ran(code, out.getvalue(), err.getvalue())


def shell(home: Path, **more: Any) -> Shell:
    """A shell whose model tells the story of the demo."""
    return Shell(home, ScriptedModel(write=story.read().write, home=home, **more))


def taught(home: Path) -> Shell:
    """A shell in which the first lesson was taught."""
    made = shell(home)
    made.heed("ask", SKY)
    made.heed("critique", TOO_LONG)
    made.heed("accept", "--always")
    assert made.heed("learn").code == 0
    return made


def as_it_was(home: Path, make: Callable[[Path], Shell]) -> Callable[[], Shell]:
    """Makes a home once; each call of what comes back gives it as it was then."""
    make(home)
    saved = home.with_name(home.name + ".saved")
    shutil.copytree(home, saved)

    def again() -> Shell:
        shutil.rmtree(home, ignore_errors=True)  # a test may have moved it
        shutil.copytree(saved, home)
        return shell(home)

    return again
