"""What a page may see of a chat: one frozen snapshot with a version number that only rises.

Knows no page. The text of a reply that is being written lives here between two commits.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from assistant.protocols import Progress
from assistant.shelf import Shelf
from data import critiques, ledger, standing, tasks, versions
from data.types import AdapterVersion, Critique, Lesson, Question, Task, Turn, Wish


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the page draws: the chat on its current branch, and what heed is doing."""

    epoch: str  # new with each start of the program
    version: int
    task: Task | None
    turns: tuple[Turn, ...]  # root first, along the branch of the task's head
    siblings: Mapping[
        str, tuple[str, ...]
    ]  # turn -> the turns that stand in its place on other branches, in order
    questions: Mapping[str, Question]
    critiques: Mapping[str, tuple[Critique, ...]]  # criticised turn -> critiques
    wishes: Mapping[str, tuple[Wish, ...]]  # critique -> wishes
    lessons_of: Mapping[str, tuple[str, ...]]  # wish -> lessons that came of it
    accepted: frozenset[str]
    busy: bool  # this chat has a job running or waiting
    writing: str | None  # the turn being written in this chat
    progress: Progress | None
    paused: bool  # learning stands still because the person types or reads
    queue: tuple[str, ...]  # labels of the jobs, first to run first
    tasks: tuple[Task, ...]
    lessons: tuple[Lesson, ...]
    versions: tuple[AdapterVersion, ...]
    live: int | None
    model: str  # "" while it is not loaded
    notice: str  # the last one-line notice, "" when there is none
    notice_number: int  # rises with each notice, so that the same words are shown twice
    standing: str  # what stays on every page until the person dismisses it, "" for nothing


class Hub:
    """Gathers snapshots. Verbs and the worker call `moved`; pages compare `version`."""

    def __init__(self, shelf: Shelf) -> None:
        self.epoch = uuid.uuid4().hex
        self._shelf = shelf
        # Protects the counters, the live texts and the cached snapshots below.
        self._lock = threading.Lock()
        self._clock = 0
        self._moves: dict[str | None, int] = {}
        self._settled: dict[str | None, int] = {}
        self._texts: dict[str, tuple[str, str]] = {}  # task -> (turn being written, its text)
        self._cache: dict[str | None, tuple[int, Snapshot]] = {}
        self._progress: Progress | None = None
        self._paused = False
        self._jobs: tuple[tuple[str | None, str], ...] = ()
        self._model = ""
        self._notice = ("", 0)

    def version(self, task: str | None) -> int:
        """A number that is higher whenever the snapshot of this chat would differ."""
        with self._lock:
            return max(self._moves.get(None, 0), self._moves.get(task, 0))

    def moved(self, task: str | None = None) -> None:
        """Something stored has changed: in one chat, or (None) for every page."""
        with self._lock:
            self._move(task)
            self._settled[task] = self._clock

    def write(self, task: str, turn: str, text: str) -> None:
        """The turn that is being written now reads like this."""
        with self._lock:
            fresh = self._texts.get(task, ("", ""))[0] != turn
            self._texts[task] = (turn, text)
            self._move(task)
            if fresh:
                self._settled[task] = self._clock

    def wrote(self, task: str) -> None:
        """Nothing is being written in this chat any more; its text is in the store."""
        with self._lock:
            self._texts.pop(task, None)
            self._move(task)
            self._settled[task] = self._clock

    def text(self, turn: str) -> str | None:
        """The live text of a turn that is being written, else None."""
        with self._lock:
            return next((text for one, text in self._texts.values() if one == turn), None)

    def tell(self, progress: Progress | None, jobs: tuple[tuple[str | None, str], ...]) -> None:
        """What the worker is doing, and its jobs as (task, label)."""
        with self._lock:
            if (progress, jobs) == (self._progress, self._jobs):
                return
            self._progress, self._jobs = progress, jobs
            self._move(None)

    def pause(self, paused: bool) -> None:
        """Learning stands still for the person, or goes on."""
        with self._lock:
            self._paused = paused
            self._move(None)

    def doing(self, progress: Progress) -> None:
        """What the running job does now; the jobs are as they were."""
        with self._lock:
            self._progress = progress
            self._move(None)

    def loaded(self, model: str) -> None:
        """The model is ready under this name."""
        with self._lock:
            self._model = model
            self._move(None)

    def notify(self, sentence: str) -> None:
        """One line for the person, on every open page."""
        with self._lock:
            self._notice = (sentence, self._notice[1] + 1)
            self._move(None)

    def snapshot(self, task: str | None) -> Snapshot:
        """The chat as it stands; a chat that does not exist is shown as none."""
        with self._lock:
            version = max(self._moves.get(None, 0), self._moves.get(task, 0))
            stamp = max(self._settled.get(None, 0), self._settled.get(task, 0))
            cached = self._cache.get(task)
        if cached is None or cached[0] != stamp:
            cached = (stamp, self._read(task))
            with self._lock:
                self._cache = {**dict(list(self._cache.items())[-7:]), task: cached}
        with self._lock:
            jobs = self._jobs
            turn, text = self._texts.get(task, ("", "")) if task else ("", "")
            turns = tuple(
                replace(one, text=text) if one.id == turn else one for one in cached[1].turns
            )
            return replace(
                cached[1],
                version=version,
                turns=turns,
                busy=any(owner == task for owner, _ in jobs) if task else False,
                writing=turn or None,
                progress=self._progress,
                paused=self._paused,
                queue=tuple(label for _, label in jobs),
                model=self._model,
                notice=self._notice[0],
                notice_number=self._notice[1],
            )

    def _move(self, task: str | None) -> None:
        self._clock += 1
        self._moves[task] = self._clock

    def _read(self, task: str | None) -> Snapshot:
        kept = self._shelf.kept
        live = versions.live(kept)
        blank = Snapshot(
            epoch=self.epoch,
            version=0,
            task=None,
            turns=(),
            siblings={},
            questions={},
            critiques={},
            wishes={},
            lessons_of={},
            accepted=frozenset(),
            busy=False,
            writing=None,
            progress=None,
            paused=False,
            queue=(),
            tasks=self._shelf.chats(),
            lessons=ledger.all(kept),
            versions=versions.all(kept),
            live=live.number if live else None,
            model="",
            notice="",
            notice_number=0,
            standing=standing.read(kept),
        )
        found = next((one for one in blank.tasks if one.id == task), None)
        if task is None or found is None:
            return blank
        store = self._shelf.of_task(task)
        every = tasks.turns(store, task)
        path = tasks.path_to(store, found.head) if found.head else ()
        criticised: dict[str, tuple[Critique, ...]] = {}
        for critique in critiques.of_task(store, task):
            criticised[critique.turn] = (*criticised.get(critique.turn, ()), critique)
        wished: dict[str, tuple[Wish, ...]] = {}
        for wish in critiques.wishes_of_task(store, task):
            wished[wish.critique] = (*wished.get(wish.critique, ()), wish)
        grown: dict[str, tuple[str, ...]] = {}
        for lesson in blank.lessons:
            for kind, ref, _ in ledger.evidence(kept, lesson.id):
                if kind == "wish":
                    grown[ref] = (*grown.get(ref, ()), lesson.id)
        return replace(
            blank,
            task=found,
            turns=path,
            siblings=_siblings(every),
            questions={one.turn: one for one in tasks.questions(store, task)},
            critiques=criticised,
            wishes=wished,
            lessons_of=grown,
            accepted=frozenset(
                one.id for one in every if json.loads(one.made_with).get("accepted")
            ),
        )


def _siblings(turns: tuple[Turn, ...]) -> dict[str, tuple[str, ...]]:
    groups: dict[tuple[str | None, str], tuple[str, ...]] = {}
    for turn in turns:  # oldest first
        key = (turn.parent, _place(turn))
        groups[key] = (*groups.get(key, ()), turn.id)
    return {turn.id: groups[turn.parent, _place(turn)] for turn in turns}


def _place(turn: Turn) -> str:
    """What a turn is beside its siblings. Whatever follows a reply stands in one place.

    Else a critique of an earlier reply would hide the requests that came after that reply for good.
    """
    match turn.kind:
        case "request" | "critique" | "notice":
            return "next"
        case "question" | "answer" | "draft":
            return turn.kind
        case _:
            assert_never(turn.kind)
