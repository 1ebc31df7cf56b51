"""The arguments of every command, and nothing else.

Knows no session: it says what may be typed, not what it does.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.settings import CLOSED
from data.types import Refusal

MOST = 100_000  # places of the same words in a reply
Command = Callable[..., argparse.ArgumentParser]


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments of one command; None takes the process's own. Exits with 2 and the usage."""
    # Given here and not with set_defaults, which would make a command forget what stood before it.
    return parser().parse_args(argv, argparse.Namespace(home=None, json=False))


def check(args: argparse.Namespace) -> None:
    """Raises Refusal for an argument that nothing can be done with, whatever the command."""
    for name, value in vars(args).items():
        if name != "text":  # what a person says is kept without what cannot be read
            for one in value if isinstance(value, list) else [value]:
                _readable(str(one))
    occurrence, port = vars(args).get("occurrence"), vars(args).get("port")
    if occurrence is not None and not 1 <= occurrence <= MOST:
        raise Refusal(f"--occurrence counts from 1, so {occurrence} is none.")
    if port is not None and not 0 <= port <= 65535:
        raise Refusal(f"--port {port} is not between 0 and 65535.")


def _readable(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Refusal(f"{value!r} is not text: it holds bytes that are no UTF-8.") from None


def parser() -> argparse.ArgumentParser:
    """Every command with its flags. The general flags may stand before or after the command."""
    general = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = general.add_argument_group("general")
    group.add_argument("--home", type=Path, help="where everything is kept; else $HEED_HOME")
    group.add_argument("--model", help="a folder, a GGUF file or a Hugging Face id")
    group.add_argument("--quantize", choices=CLOSED["quantize"])
    group.add_argument("--device", choices=CLOSED["device"])
    group.add_argument("--questions", choices=CLOSED["questions"], help="how readily heed asks")
    group.add_argument("--tokens", type=int, help="the longest reply, in tokens")
    group.add_argument("--drafts", type=int, help="drafts tried for one repair")
    group.add_argument("--seed", type=int)
    group.add_argument("--json", action="store_true", help="one object per line on stdout")
    top = argparse.ArgumentParser(
        prog="heed",
        description="A local assistant that you teach in your own words.",
        parents=[general],
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help: str, **more: Any) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help, description=help, parents=[general], **more)

    _serving(command)
    _talking(command)
    _teaching(command)
    _keeping(command)
    return top


def _serving(command: Command) -> None:
    chat = command("chat", "serve the page and open it in the browser")
    chat.add_argument("--no-open", action="store_true", help="only print the address")
    chat.add_argument("--host")
    chat.add_argument("--port", type=int, help="0 takes any free port")
    chat.add_argument("--password", help="needed to serve beyond this computer")
    demo = command("demo", "play a recorded teaching story; no model is loaded, nothing is kept")
    demo.add_argument("--text", action="store_true", help="in the terminal instead of the page")
    demo.add_argument("--fast", action="store_true", help="without the pauses")
    demo.add_argument("--no-open", action="store_true", help="only print the address")
    demo.add_argument("--port", type=int, default=0)


def _talking(command: Command) -> None:
    ask = command("ask", "ask for something; prints the reply, or a question")
    ask.add_argument("text", help="'-' reads it from standard input")
    ask.add_argument("--chat", metavar="ID", help="go on in this chat ('last' for the last one)")
    ask.add_argument("--no-learn", action="store_true", help="nothing is learned from this request")
    ask.add_argument("--mode", choices=("normal", "no_learning"), default="normal")
    answer = command("answer", "answer the last question")
    answer.add_argument("text", nargs="?", help="the number of an option, or your own words")
    answer.add_argument("--skip", action="store_true", help="just decide")
    answer.add_argument("--mute", action="store_true", help="and never ask this again")
    critique = command("critique", "say what is wrong with the last reply; prints the repaired one")
    critique.add_argument("text", nargs="?", help="'-' reads it from standard input")
    critique.add_argument("--turn", metavar="ID", help="this reply instead of the last one")
    critique.add_argument("--quote", help="only these words of the reply are meant")
    critique.add_argument(
        "--occurrence", type=int, default=1, help="the n-th time they stand there"
    )
    critique.add_argument("--mark", choices=("change", "keep", "question", "concern"))
    critique.add_argument("--thumb", choices=("up", "down"))
    critique.add_argument("--edit", metavar="TEXT", help="the reply as it should have been")
    accept = command("accept", "take the last reply as right")
    accept.add_argument("--turn", metavar="ID", help="this reply instead of the last one")
    accept.add_argument(
        "--always", action="store_true", help="yes, from now on: approve its lessons"
    )
    again = command("again", "write another reply to the same request")
    for one in (answer, critique, accept, again):
        one.add_argument("--chat", metavar="ID", help="in this chat instead of the last one")
    listed = command("chats", "list the chats, or search them")
    listed.add_argument("words", nargs="?")
    show = command("show", "print one chat")
    show.add_argument("chat_id", nargs="?", metavar="ID", help="the last one if left out")


def _teaching(command: Command) -> None:
    lessons = command("lessons", "list the lessons, or change one")
    which = lessons.add_mutually_exclusive_group()
    which.add_argument("--approve", metavar="ID", help="from now on")
    which.add_argument("--disable", metavar="ID")
    which.add_argument("--edit", nargs=2, metavar=("ID", "TEXT"), help="say it differently")
    which.add_argument("--stance", nargs=2, metavar=("ID", "STANCE"), help="how you stand to it")
    command("learn", "teach the approved lessons to a new adapter version")
    report = command("report", "what each lesson changed, on prompts that nothing else has seen")
    report.add_argument("--new", action="store_true", help="measure now; else the last report")
    command("undo", "go back to the version that answered before")
    forget = command("forget", "remove a lesson from the weights, the caches and the file")
    forget.add_argument("lesson", metavar="ID")
    strength = command("strength", "how strongly the taught version speaks in a chat, or change it")
    strength.add_argument("value", nargs="?", type=float, help="0 (untaught) to 1.5; 1 was tested")
    strength.add_argument("--measure", action="store_true", help="what each costs; once a version")
    strength.add_argument("--chat", metavar="ID", help="in this chat instead of the last one")
    adapters = command("adapters", "list the adapter versions, or use one", aliases=["versions"])
    adapters.add_argument("act", nargs="?", choices=("list", "use"), default="list")
    adapters.add_argument("number", nargs="?", type=int, metavar="N", help="0 is the base model")


def _keeping(command: Command) -> None:
    data = command("data", "where the memory is; copy, check or export it")
    data.add_argument("act", choices=("path", "backup", "verify", "export"))
    data.add_argument("folder", nargs="?", type=Path, help="where a backup goes")
    export = command("export", "write what you taught as rows that other programs train on")
    export.add_argument(
        "--form", required=True, choices=("trl-preference", "trl-kto", "trl-sft", "parquet")
    )
    export.add_argument("--out", type=Path, metavar="FILE", help="else to standard output")
    export.add_argument("--split", choices=("train", "held"), help="only rows of this split")
    bring = command("import", "keep rows, chats and ratings from a file of another program")
    bring.add_argument("file", type=Path, help="JSON, JSON lines or Parquet")
    bring.add_argument(
        "--learn", action="store_true", help="its rows and ratings are yours and may teach"
    )
    command("doctor", "what this computer has, what fits on it, and where everything is kept")
