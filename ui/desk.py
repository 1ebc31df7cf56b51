"""Where a command stands: the session, the two streams, and which reply "the last one" is.

Knows no command and no arguments. Results go to one stream, progress and hints to the other.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TextIO

from assistant import notice
from assistant.hub import Snapshot
from assistant.protocols import Progress
from assistant.session import Session
from data import tasks
from data.types import Refusal, Turn
from ui import lines
from ui.lines import Line

PATIENCE = 1.0  # seconds of silence before a job says what it does
PACE = 2.0  # seconds between two lines of progress where lines cannot be written over


class Desk:
    """What every command is given."""

    def __init__(self, session: Session, out: TextIO, err: TextIO, *, as_json: bool) -> None:
        self.session = session
        self._out, self._err, self._json = out, err, as_json
        self._noticed = 0  # what was mended at start is news, too
        self._last: Snapshot | None = None  # of the last job that was followed

    def say(self, line: Line) -> None:
        """Prints one result."""
        lines.emit(line, self._out, as_json=self._json)

    def tell(self, sentence: str) -> None:
        """Says something that is not a result: a hint for a person, nothing with --json."""
        if not self._json:
            print(sentence, file=self._err, flush=True)

    def follow(self, task: str | None) -> Snapshot:
        """Waits until nothing runs any more, and shows what runs; a key press ends the writing."""
        try:
            self._watch(task)
        except KeyboardInterrupt:
            self.session.stop(task)
            for job in self.session.worker.jobs():  # the program ends, and nothing goes on alone
                job.stop.set()
            self.session.wait(10)
            raise
        self._last = self.session.hub.snapshot(task)
        return self._last

    def news(self) -> str:
        """The last notice of the session, once; "" if there is none that was not passed on."""
        now = self._last or self.session.hub.snapshot(None)
        if now.notice_number <= self._noticed:
            return ""
        self._noticed = now.notice_number
        return now.notice

    def pass_on(self) -> None:
        """Prints the last notice, and what stands: in a shell that was read once it is printed."""
        stands = self.session.hub.snapshot(None).standing
        for said in dict.fromkeys(filter(None, (stands, self.news()))):
            print(said, file=self._err, flush=True)
        if stands:
            with suppress(Refusal):  # a full disk: it is said again
                notice.dismiss(self.session.shelf, self.session.hub)

    def reply(self, task: str) -> None:
        """Waits for the reply or the question that a verb asked for, and prints it.

        Raises Refusal if none came, with the reason that the session gave.
        """
        now = self.follow(task)
        newest = next((turn for turn in reversed(now.turns) if turn.kind != "notice"), None)
        if newest is not None and newest.kind == "draft" and newest.state != "broken":
            self.say(lines.draft(newest))
            made_by = "the base model" if newest.adapter is None else f"version {newest.adapter}"
            self.tell(f'\n({made_by}; next: heed critique "..." or heed accept)')
        elif newest is not None and newest.kind == "question":
            self.say(lines.question(newest, now.questions[newest.id]))
            self.tell('\n(next: heed answer 1, heed answer "in your words", or heed answer --skip)')
        else:
            raise Refusal(self.news() or "No reply came, and nothing says why: see log.txt.")

    def chat(self, named: str | None) -> str:
        """The chat that was named, "last" or None being the one touched last. Refusal if none."""
        known = tasks.listing(self.session.store)
        if named is None or named == "last":
            if not known:
                raise Refusal('There is no chat yet. Start one with heed ask "...".')
            return max(known, key=lambda task: task.head or task.id).id  # ids sort by time
        if all(task.id != named for task in known):
            raise Refusal(f"There is no chat {named!r}; heed chats lists them.")
        return named

    def latest(self) -> str | None:
        """The chat touched last, where what happens to the versions is said; None if none."""
        return self.chat(None) if tasks.listing(self.session.store) else None

    def last(self, kind: str, named: str | None, without: str) -> Turn:
        """The last turn of a kind in the chat touched last. Raises Refusal(without) if none."""
        if named is None and self.latest() is None:
            raise Refusal(without)
        turns = self.session.hub.snapshot(self.chat(named)).turns
        found = next((turn for turn in reversed(turns) if turn.kind == kind), None)
        if found is None:
            raise Refusal(without)
        return found

    def _watch(self, task: str | None) -> None:
        started, shown, shown_at = time.monotonic(), "", 0.0
        over = self._err.isatty()
        while not self.session.wait(0.1):
            now = time.monotonic()
            if now - started < PATIENCE:
                continue
            text = spoken(self.session.hub.snapshot(task).progress)
            if text and text != shown and (over or now - shown_at >= PACE):
                shown, shown_at = text, now
                print(
                    f"\r\x1b[K{text}" if over else text, file=self._err, flush=True, end=_END[over]
                )
        if over and shown:
            print("\r\x1b[K", file=self._err, flush=True, end="")


def spoken(progress: Progress | None) -> str:
    """What a job does and how long it will take, on one line; "" for nothing."""
    if progress is None:
        return ""
    left = progress.seconds_left
    if left is None:
        return progress.label
    if left < 90:
        return f"{progress.label} (about {max(1, round(left))} s left)"
    return f"{progress.label} (about {round(left / 60)} min left)"


_END = {True: "", False: "\n"}
