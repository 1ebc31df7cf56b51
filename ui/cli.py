"""The `heed` command: reads the arguments, builds what a command needs, prints one line on refusal.

The composition root and the only file with late imports: listing lessons must not wait for torch.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from assistant import settings as settings_file
from assistant.protocols import Model, Progress
from assistant.settings import Settings
from data.types import Refusal
from ui import arguments

if TYPE_CHECKING:
    from assistant.session import Session
    from ui.desk import Desk
    from ui.story import Story

MEMORY = "memory.duckdb"
SETTLE = 4.0  # seconds that a browser may take to open the page
FLAGS = (
    "model",
    "quantize",
    "device",
    "seed",
    "questions",
    "tokens",
    "drafts",
    "host",
    "port",
    "password",
)


def main(
    argv: Sequence[str] | None = None,
    model: Model | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Runs one command; 0 if it did, 1 if it was refused, 130 if the person stopped it.

    A given model (a scripted one) takes the place of the one that the settings name.
    """
    out, err = out or sys.stdout, err or sys.stderr
    args = arguments.parse(argv)
    try:
        arguments.check(args)
        if args.command == "demo":
            return _demo(args, out, err)
        chosen = settings_file.load(args.home, **{name: vars(args).get(name) for name in FLAGS})
        return _run(args, chosen, model, out, err)
    except Refusal as refusal:
        print(refusal, file=err)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was written is kept.", file=err)
        return 130
    except BrokenPipeError:  # the reader of a pipe has left, as `heed show | head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        _log_to(None)


def _run(
    args: argparse.Namespace, chosen: Settings, model: Model | None, out: TextIO, err: TextIO
) -> int:
    match args.command:
        case "chat":
            _chat(args, chosen, model, err)
        case "data":
            from ui import lines, upkeep

            for line in upkeep.data(args, chosen):
                lines.emit(line, out, as_json=args.json)
        case "export":
            from ui import exchange, lines

            for line in exchange.export(args, chosen, err):
                lines.emit(line, out, as_json=args.json)
        case "import":
            from ui import exchange, lines

            for line in exchange.bring(args, chosen):
                lines.emit(line, out, as_json=args.json)
        case "doctor":
            _doctor(args, chosen, out, err)
        case _:
            from ui.desk import Desk

            if vars(args).get("text") == "-":
                if isinstance(sys.stdin, io.TextIOWrapper):
                    sys.stdin.reconfigure(errors="replace")  # a pipe may hold any bytes
                args.text = sys.stdin.read()
            session = open_session(chosen, model)
            try:
                desk = Desk(session, out, err, as_json=args.json)
                _command(args.command)(desk, args)
                desk.pass_on()
            finally:
                session.close()
    return 0


def open_session(chosen: Settings, model: Model | None = None) -> Session:
    """The session of this home. The model is loaded when a verb first needs it, not here."""
    from assistant.session import Session
    from data.store import Store

    _log_to(chosen.home)
    if model is not None:
        given = model
        from assistant import scripted

        return Session(chosen, Store(chosen.home / MEMORY), lambda _: given, scripted.embed)

    def load(tell: Callable[[Progress], None]) -> Model:
        from assistant import loading

        return loading.model(chosen, tell)

    def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        from assistant import embedder

        return embedder.embed(texts)

    def label(clauses: Sequence[str]) -> Sequence[Mapping[str, float]]:
        from assistant import heads

        return heads.label(clauses)

    return Session(chosen, Store(chosen.home / MEMORY), load, embed, label)


def _chat(args: argparse.Namespace, chosen: Settings, model: Model | None, err: TextIO) -> None:
    print("Opening the memory and the page ...", file=err, flush=True)
    session = open_session(chosen, model)
    try:
        _serve(session, args.no_open, err, [f"Everything is kept in {chosen.home}"])
    finally:
        session.close()


def _serve(
    session: Session,
    no_open: bool,
    err: TextIO,
    said: list[str],
    query: str = "",
    told: Story | None = None,
    fast: bool = False,
) -> None:
    import webbrowser

    from ui import serve

    def ready(address: str) -> None:
        for line in [f"heed is at {address}{query}", *said, "Ctrl+C closes it."]:
            print(line, file=err, flush=True)
        session.warm()
        if not no_open:
            webbrowser.open(address + query)
        if told is not None:
            _play_on_page(told, session, fast)

    serve.serve(session, ready)


def _demo(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    import tempfile

    from ui import story
    from ui.desk import Desk

    told = story.read()
    with tempfile.TemporaryDirectory(prefix="heed-demo-") as folder:
        chosen = Settings(home=Path(folder), port=args.port, questions=told.questions)
        session = open_session(chosen, told.model(chosen.home, fast=args.fast))
        task = session.new_task()
        try:
            if args.text:
                desk = Desk(session, out, err, as_json=args.json)

                def show(act: story.Act) -> None:
                    if not args.json:
                        print(f"\n{story.spoken(act)}", file=out, flush=True)

                story.play(told, show, lambda words: _act(desk, words), fast=args.fast)
            else:
                said = ["A recorded story plays there: no model is loaded, nothing is kept."]
                _serve(session, args.no_open, err, said, f"?chat={task}", told, args.fast)
        finally:
            session.close()
    return 0


def _act(desk: Desk, words: Sequence[str]) -> None:
    args = arguments.parse(words)
    _command(args.command)(desk, args)


def _play_on_page(told: Story, session: Session, fast: bool) -> None:
    """Plays a story beside the page, which shows it like anything that a person does."""
    import io

    from ui import story
    from ui.desk import Desk

    desk = Desk(session, io.StringIO(), io.StringIO(), as_json=True)

    def play() -> None:
        try:
            time.sleep(0.0 if fast else SETTLE)
            story.play(
                told,
                lambda act: session.hub.notify(act.caption),
                lambda words: _act(desk, words),
                fast=fast,
            )
            session.hub.notify("That was the story. Lessons and versions are under Lessons.")
        except Refusal as refusal:  # the person took part, or closed the demo
            session.hub.notify(str(refusal))

    threading.Thread(target=play, name="heed-story", daemon=True).start()


def _doctor(args: argparse.Namespace, chosen: Settings, out: TextIO, err: TextIO) -> None:
    from ui import lines, upkeep

    print("Looking at this computer ...", file=err, flush=True)
    from assistant import doctor

    for line in upkeep.health(doctor.look(), chosen):
        lines.emit(line, out, as_json=args.json)


def _log_to(home: Path | None) -> None:
    """From now on what heed logs goes into the home's log.txt; None: nowhere."""
    log = logging.getLogger("heed")
    for old in log.handlers[:]:
        log.removeHandler(old)
        old.close()
    if home is not None:
        handler = logging.FileHandler(home / "log.txt", encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        log.addHandler(handler)
        log.propagate = False


def _command(name: str) -> Callable[[Desk, argparse.Namespace], None]:
    from ui import commands

    return {
        "ask": commands.ask,
        "answer": commands.answer,
        "critique": commands.critique,
        "accept": commands.accept,
        "again": commands.again,
        "lessons": commands.lessons,
        "learn": commands.learn,
        "report": commands.report,
        "undo": commands.undo,
        "forget": commands.forget,
        "strength": commands.strength,
        "adapters": commands.adapters,
        "versions": commands.adapters,
        "chats": commands.chats,
        "show": commands.show,
    }[name]
