"""What a person waits for the first token of a reply: when heed is idle, and while it is taught.

    .venv/bin/python -m bench.chat [--form nf4] [--n 20] [--write docs/bench-chat.md]

The real session and worker on the starter model, in one chat that goes on. In turn a few requests
find heed idle, and as many of each kind find it taught: told two seconds ahead by the keys of the
person, as the page does, or from nowhere, as from a script. Nothing is written without --write.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import argparse
import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import torch

from assistant import network, quantize, starter
from assistant.embedder import embed
from assistant.model import LocalModel
from assistant.session import Session
from assistant.settings import Settings
from assistant.worker import READING, Rank
from bench import lessons
from data.store import Store
from data.types import Message, Refusal

TOKENS = 24  # of a reply
AHEAD = 2.0  # seconds for which a person types before a request is sent
KEY = 1.0  # seconds between two tellings that somebody types, as in ui/compose.js
READ = (READING + 0.5, READING + 3.0)  # seconds between a reply and what comes next; drawn
BLOCK = 4  # requests of a kind before it is another's turn, so that a busy minute favours none
PATIENCE = 600.0  # seconds in which a first token must come
IDLE, FROM_NOWHERE, TYPED = "idle", "taught, from nowhere", "taught, typed for 2 s"


class Timed(LocalModel):
    """The starter model, which notes when each reply gives its first piece."""

    def __init__(self, base: network.Network, home: Path) -> None:
        super().__init__(base, home)
        self.first: SimpleQueue[float] = SimpleQueue()

    def stream(
        self, messages: Sequence[Message], *, seed: int, limit: int, stop: Event
    ) -> Iterator[str]:
        """The pieces of the model."""
        told = False
        for piece in super().stream(messages, seed=seed, limit=limit, stop=stop):
            if not told:
                self.first.put(time.perf_counter())
                told = True
            yield piece
        if not told:  # an empty reply ends where its first token would stand
            self.first.put(time.perf_counter())


@dataclass(frozen=True, slots=True)
class Wait:
    """One request."""

    how: str
    seconds: float  # to the first token
    part: str  # what was done for a lesson as it came; "" when idle


class Chat:
    """One person with one chat, and lessons that are taught one after the other meanwhile."""

    def __init__(self, base: network.Network, home: Path, seed: int) -> None:
        self.model = Timed(base, home)
        settings = Settings(home=home, questions="never", tokens=TOKENS, seed=seed)
        store = Store(home / "memory.duckdb")
        self.session = Session(settings, store, lambda _tell: self.model, embed)
        self._draw = random.Random(seed)
        self._lessons = iter(lessons.load())
        self.chat = ""

    def open(self) -> None:
        """A new chat with an exchange in it, which loads all that is loaded once."""
        self.chat = self.session.new_task()
        self.ask("Hello! Who are you?", IDLE)

    def ask(self, text: str, how: str) -> Wait:
        """Sends a request and waits for its reply to end."""
        part = self._part()
        began = time.perf_counter()
        self.session.ask(text, task=self.chat)
        seconds = self.model.first.get(timeout=PATIENCE) - began
        self.session.worker.wait(PATIENCE, Rank.CHAT)
        return Wait(how, seconds, part)

    def read(self) -> None:
        """Reads the reply, for a while that is never twice the same."""
        time.sleep(self._draw.uniform(*READ))

    def type(self) -> None:
        """Types the next request."""
        until = time.perf_counter() + AHEAD
        while (left := until - time.perf_counter()) > 0:
            self.session.typing()
            time.sleep(min(KEY, left))

    def teach(self) -> None:
        """Goes on teaching: what was stopped, or else the next lesson."""
        while not self._taught():
            try:
                self.session.learn(None)
            except Refusal:  # nothing waits
                next(self._lessons).lesson(self.session.store, self.session.store.now())

    def rest(self) -> None:
        """Stops the teaching, after its last whole step."""
        self.session.stop(None)
        self.session.worker.wait(PATIENCE, Rank.LEARN)

    def end(self) -> None:
        """Stops the teaching and closes the memory."""
        self.rest()
        self.session.close()

    def _taught(self) -> bool:
        return any(job.rank is Rank.LEARN for job in self.session.worker.jobs())

    def _part(self) -> str:
        progress = self.session.hub.snapshot(None).progress if self._taught() else None
        return progress.label.partition(":")[0] if progress else ""


def measure(chat: Chat, n: int) -> Iterator[Wait]:
    """n requests of each kind, in blocks that take turns."""
    asked = [json.loads(line)["text"] for line in _GENERAL.read_text("utf-8").splitlines()]
    requests = itertools.cycle(asked)
    chat.open()
    for done in range(0, n, BLOCK):
        size = min(BLOCK, n - done)
        chat.rest()
        for _ in range(size):
            chat.read()
            yield chat.ask(next(requests), IDLE)
        for how in (FROM_NOWHERE, TYPED) * size:
            chat.teach()
            chat.read()
            chat.teach()  # it may have ended meanwhile
            if how is TYPED:
                chat.type()
            yield chat.ask(next(requests), how)


def table(waits: Sequence[Wait]) -> list[str]:
    """Markdown: medians, the ninth tenth, the worst, and how often the idle median that is."""
    idle = statistics.median(one.seconds for one in waits if one.how == IDLE)
    lines = [
        "| first token of a reply | n | median s | 9 of 10 within s | worst s | times idle |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for how in (IDLE, FROM_NOWHERE, TYPED):
        found = sorted(one.seconds for one in waits if one.how == how)
        middle, late = statistics.median(found), found[int(0.9 * (len(found) - 1))]
        lines.append(
            f"| {how} | {len(found)} | {middle:.2f} | {late:.2f} | {found[-1]:.2f} | "
            f"{middle / idle:.2f} |"
        )
    parts = Counter(one.part for one in waits if one.part)
    met = ", ".join(f"{part} {n}" for part, n in parts.most_common())
    return [*lines, "", f"What was done for a lesson as a request came: {met or 'nothing'}."]


def load() -> str:
    """The computer's load average of the last minute, which a quiet one keeps below 1."""
    return f"{os.getloadavg()[0]:.1f}"


def main() -> None:
    """Prints the table, and writes it where --write says."""
    asked = argparse.ArgumentParser(prog="python -m bench.chat", description=__doc__)
    asked.add_argument("--form", default="auto", choices=("auto", "nf4"))
    asked.add_argument("--n", type=int, default=20, help="requests of each kind")
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--threads", type=int, default=torch.get_num_threads())
    asked.add_argument("--write", type=Path, help="a file for the table")
    said = asked.parse_args()
    torch.set_num_threads(said.threads)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        folder = starter.folder(home, lambda _label, _share: None)
        device = torch.device("cpu")
        kind = quantize.choose(said.form, device, quantize.shapes(folder)).kind
        base = network.load(folder, starter.NAME, kind, device)
        before = load()
        chat = Chat(base, home, said.seed)
        try:
            waits = []
            for one in measure(chat, said.n):
                waits.append(one)
                print(f"{one.how}: {one.seconds:.2f} s {one.part}", file=sys.stderr, flush=True)
        finally:
            chat.end()
    told = [
        f"{base.name} on {device}, {said.threads} threads, seed {said.seed}, replies of {TOKENS} "
        f"tokens; load average {before} before and {load()} after.",
        "",
        *table(waits),
    ]
    print("\n".join(told))
    if said.write is not None:
        head = ["# A reply while a lesson is learned", "", "Made by `python -m bench.chat`.", ""]
        said.write.write_text("\n".join([*head, *told, ""]), encoding="utf-8")


_GENERAL = Path(__file__).parent / "general.jsonl"

if __name__ == "__main__":
    main()
