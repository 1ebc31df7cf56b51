"""A recorded teaching story: its acts, and a scripted model that behaves as the story tells.

Knows no weights. The acts are commands, run by the same code that runs a person's.
"""

from __future__ import annotations

import json
import re
import shlex
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.scripted import ScriptedModel
from assistant.settings import Questions
from data.types import Message, Refusal

FILE = Path(__file__).parent / "story.json"
WORD = 0.035  # seconds a word takes to appear
READ = 6.0  # seconds to read a caption and what came of it


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that the person of the story does: a heed command, and a caption."""

    caption: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A behaviour that can be asked for or taught; the cue finds it in a prompt."""

    name: str
    cue: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Story:
    """The acts in order, and what the model says to each request under which rules."""

    title: str
    questions: Questions
    acts: tuple[Act, ...]
    rules: tuple[Rule, ...]  # rule n is what version n was taught
    replies: Mapping[str, Mapping[str, str]]  # request -> names of the rules, joined -> reply
    other: Mapping[str, str]

    def write(self, messages: Sequence[Message], version: int | None) -> str:
        """The reply to the last request, by the rules that were taught or stand in the prompt."""
        last = next(one.text for one in reversed(messages) if one.role == "user")
        request = next((one for one in self.replies if last.startswith(one)), "")
        around = " ".join(one.text for one in messages if one.role == "system")
        around += last.removeprefix(request) if request else last
        names = " ".join(
            rule.name
            for number, rule in enumerate(self.rules, start=1)
            if number <= (version or 0) or rule.cue.search(around)
        )
        replies = self.replies.get(request, self.other)
        fitting = replies.get(names, replies[""])
        return fitting.replace("{request}", last.splitlines()[0][:40])

    def model(self, home: Path, *, fast: bool) -> ScriptedModel:
        """The model of the story; its versions are written to `home`."""
        return ScriptedModel(write=self.write, home=home, pause=0.0 if fast else WORD)


def read(file: Path = FILE) -> Story:
    """Reads a story. Raises Refusal if the file is not one."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return Story(
            title=told["title"],
            questions=told["questions"],
            acts=tuple(Act(act["caption"], tuple(act["command"])) for act in told["acts"]),
            rules=tuple(
                Rule(rule["name"], re.compile(rule["cue"], re.IGNORECASE)) for rule in told["rules"]
            ),
            replies=told["replies"],
            other=told["other"],
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise Refusal(f"{str(file)!r} is not a story: {problem!r}.") from problem


def play(
    told: Story,
    show: Callable[[Act], None],
    run: Callable[[Sequence[str]], None],
    *,
    fast: bool,
) -> None:
    """Plays the acts: shows each caption, leaves time to read it, runs its command."""
    for act in told.acts:
        show(act)
        time.sleep(0.0 if fast else READ)
        run(act.command)


def spoken(act: Act) -> str:
    """An act as a person would type it."""
    return f"# {act.caption}\n$ heed {shlex.join(act.command)}"
