"""What heed costs beside a peer: both sides timed in turn, in one run, on this computer.

Knows no target: it prints medians, their ratio and n, and a person judges. `--quick` repeats less
and leaves the model out.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from assistant.hub import Hub
from assistant.shelf import Shelf
from bench.ratio import CRITIQUES, HEAD, REPLY, Ratio, against
from data import tasks
from data.store import Store
from feedback import parse
from tests.turns import chat_of, turn
from ui import markdown, view


def store_writes(folder: Path, n: int) -> Iterator[Ratio]:
    """One committed turn, and one committed piece of a reply, against sqlite3 with its defaults."""
    store = Store(folder / "memory.duckdb")
    task = tasks.create(store, "bench").id
    lite = sqlite3.connect(folder / "peer.sqlite")
    lite.execute("CREATE TABLE turn (id INTEGER PRIMARY KEY, task TEXT, kind TEXT, text TEXT)")
    text = "word " * 120
    growing = (text + "more " * more for more in count())
    draft = tasks.add_turn(store, turn(task, None, "draft", "", state="writing"))

    def insert() -> None:
        with lite:
            lite.execute("INSERT INTO turn VALUES (NULL, ?, 'request', ?)", (task, text))

    def update() -> None:
        with lite:
            lite.execute("UPDATE turn SET text = ? WHERE id = 1", (next(growing),))

    yield against(
        "a request is kept",
        lambda: tasks.add_turn(store, turn(task, None, "request", text)),
        "sqlite3, insert and commit",
        insert,
        n,
    )
    yield against(
        "a growing reply is kept",
        lambda: tasks.write_turn(store, draft.id, text=next(growing)),
        "sqlite3, update and commit",
        update,
        n,
    )
    lite.close()
    store.close()


def page(n: int, turns: int = 400) -> Iterator[Ratio]:
    """A chat of 400 turns: one more token on the page, and the whole page anew."""
    store = Store(None)
    task = chat_of(store, turns)
    hub = Hub(Shelf(store))
    last = hub.snapshot(task).turns[-1]
    hub.write(task, last.id, "")

    def token() -> None:
        hub.write(task, last.id, "one more")
        hub.snapshot(task)

    def anew() -> None:
        hub.moved(task)
        hub.snapshot(task)

    shown = hub.snapshot(task)
    drafts = [one for one in shown.turns if one.kind == "draft"]
    yield against(
        f"a token reaches a page of {turns} turns", token, "reading the chat anew", anew, n
    )
    yield against(
        "an idle page asks for news",
        lambda: hub.version(task),
        "taking a snapshot",
        lambda: hub.snapshot(task),
        n,
    )
    yield against(
        f"{turns} turns become rows",
        lambda: view.page(shown),
        "their Markdown becomes HTML anew",
        lambda: [markdown.to_html.__wrapped__(one.text) for one in drafts],
        n,
    )
    store.close()


def words(folder: Path, n: int) -> Iterator[Ratio]:
    """Reading a critique, against writing it to sqlite3: what the person waits for anyway."""
    lite = sqlite3.connect(folder / "words.sqlite")
    lite.execute("CREATE TABLE critique (text TEXT)")

    def keep() -> None:
        for text in CRITIQUES:
            with lite:
                lite.execute("INSERT INTO critique VALUES (?)", (text,))

    yield against(
        f"{len(CRITIQUES)} critiques become wishes",
        lambda: [parse.parse(text, reply=REPLY) for text in CRITIQUES],
        "sqlite3, their words committed",
        keep,
        n,
    )
    lite.close()


def start(folder: Path, n: int) -> Iterator[Ratio]:
    """A command that needs no model, against starting Python with the database alone."""
    heed = [str(Path(sys.executable).parent / "heed"), "--home", str(folder), "chats"]
    bare = [sys.executable, "-c", "import duckdb"]

    def run(command: list[str]) -> None:
        subprocess.run(command, check=True, capture_output=True)

    yield against(
        "heed chats starts and ends", lambda: run(heed), "import duckdb", lambda: run(bare), n
    )


def main() -> None:
    """Prints the table; with weights unless --quick."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and no model")
    quick = parser.parse_args().quick
    few, many = (3, 20) if quick else (7, 100)
    print(HEAD)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for ratios in (
            store_writes(folder, many),
            page(many),
            words(folder, many),
            start(folder / "home", few),
        ):
            for ratio in ratios:
                print(ratio.line(), flush=True)
    if not quick:
        # Late: torch takes seconds, and --quick does without it.
        from bench import speed_model

        for ratio in speed_model.ratios(few):
            print(ratio.line(), flush=True)


if __name__ == "__main__":
    main()
