"""The verbs of heed: what a person does is stored, put on the worker, and its id is given back.

Knows no heavy library and no page. The program never guesses which verb a text belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Literal

from assistant import debt, deletion, hearing, history, mending, typed, wanting
from assistant.acceptance import Acceptance
from assistant.hub import Hub
from assistant.protocols import Model, Progress
from assistant.rounds import Rounds
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.teaching import Teaching
from assistant.typed import clean
from assistant.worker import Job, Rank, Worker
from assistant.writer import Tell, Writer
from data import critiques, tasks
from data.store import Store
from data.types import (
    Critique,
    Embed,
    Label,
    Mark,
    Mode,
    Origin,
    Reach,
    Refusal,
    Settled,
    Span,
    Stance,
    Thumb,
    Turn,
    Wish,
)
from feedback import anchor

How = Literal["option", "words", "skip", "mute"]
REPAIRED = ("style", "content", "fact", "once", "rephrase")  # wishes that ask for a new draft


class Session:
    """One person's heed: a memory, a model that is loaded when first needed, and the verbs."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        load: Callable[[Tell], Model],
        embed: Embed,
        label: Label | None = None,
    ) -> None:
        self.settings, self.store, self.say = settings, store, label
        self.shelf = Shelf(store)
        self.hub = Hub(self.shelf)
        if mended := mending.at_start(store, settings.home):
            self.hub.notify(" ".join(mended))
        self.writer = Writer(self.shelf, self.hub, settings, load, embed)
        self.worker = Worker(self._heard, self._quiet, self.hub.pause)
        self.rounds = Rounds(self.shelf, self.hub, self.writer, self.worker, settings)
        self.teaching = Teaching(self.shelf, self.hub, self.rounds, settings)
        self.acceptance = Acceptance(self.shelf, self.writer, self.teaching)

    # What a person says about a task ---------------------------------------------------------

    def new_task(self, mode: Mode = "normal") -> str:
        """An empty chat; a temporary one is kept in memory only."""
        store = self.shelf.scratch if mode == "temporary" else self.shelf.kept
        task = tasks.create(store, "New chat", mode)
        self.hub.moved()
        return task.id

    def ask(
        self,
        text: str,
        *,
        task: str | None = None,
        beside: str | None = None,
        under: str | None = None,
        learn: bool = True,
        may_ask: bool = True,
    ) -> str:
        """A request, where the chat stands or `under` a turn of it. Gives the request's turn.

        `beside` an earlier one it is that one in other words.
        """
        said = clean(text)
        if beside is not None:
            old = tasks.turn(self.shelf.of_turn(beside), beside)
            where, after = old.task, old.parent
        elif under is not None:
            where, after = tasks.turn(self.shelf.of_turn(under), under).task, under
        else:
            where = task or self.new_task()
            after = tasks.get(self.shelf.of_task(where), where).head
            self.acceptance.left(after)
        store = self.shelf.of_task(where)
        chat = tasks.get(store, where)
        with store.transaction():
            turn = typed.keep(store, where, after, "request", said, learn=learn)
            if chat.title == "New chat":
                tasks.rename(store, where, said.splitlines()[0][:60])
            for one in tasks.questions(store, where):
                if one.answered == "open":
                    tasks.answer_question(store, one.turn, "ignored")
        self.hub.moved()
        self._write(where, "Writing", lambda stop: self.writer.reply(where, turn.id, stop, may_ask))
        return turn.id

    def answer(self, question: str, text: str, how: How) -> str:
        """Answers a question, once; a skip or mute goes on with the stated assumption."""
        store = self.shelf.of_turn(question)
        asked = tasks.question(store, question)
        if how == "option" and text not in asked.options:
            raise Refusal(f"{text!r} is not one of the options: {', '.join(asked.options)}.")
        said = clean(text) if how in ("option", "words") else ""
        where = tasks.turn(store, question).task
        with store.transaction():
            if tasks.question(store, question).answered != "open":  # two clicks may come at once
                raise Refusal("This question was answered already.")
            turn = typed.keep(store, where, question, "answer", said)
            tasks.answer_question(store, question, how, turn.id)
        self.hub.moved(where)
        self._write(where, "Writing", lambda stop: self.writer.reply(where, turn.id, stop, False))
        return turn.id

    def critique(
        self,
        turn: str,
        text: str,
        *,
        span: Span | None = None,
        mark: Mark | None = None,
        thumb: Thumb | None = None,
        edit: str | None = None,
        seen: int | None = None,
        origin: Origin = Origin(),  # noqa: B008  (frozen, so sharing one is safe)
    ) -> str:
        """What is wrong, or right, about a draft; also while it is being written: then it stops.

        The words are committed before they are read. Gives the critique's id.
        """
        store = self.shelf.of_turn(turn)
        draft = tasks.turn(store, turn)
        if draft.kind != "draft":
            raise Refusal("Only a reply can be criticised; there is none here yet.")
        said = clean(text) if text.strip() or (thumb is None and edit is None) else ""
        live = self.hub.text(turn)
        if live is not None:
            self.stop(draft.task, seen if seen is not None else len(live))
        reply = live if live is not None else draft.text
        if span is not None and anchor.locate(reply, span) is None:
            raise Refusal(f"The marked words {span.quote[:60]!r} are not in the reply any more.")
        changed = clean(edit) if edit is not None else None
        entry = Critique("", turn, said, origin, store.now(), span, mark, thumb, changed)
        with store.transaction():
            kept, _ = critiques.add(store, entry, ())
            spoken = typed.keep(
                store, draft.task, turn, "critique", said, made_with={"critique": kept.id}
            )
        wishes = hearing.hear(store, kept, reply, self.say, self.store)
        wanting.stand(self.teaching, store, draft, wishes)
        self.hub.moved(draft.task)
        self._act_on(store, draft, kept, spoken, wishes)
        return kept.id

    def accept(self, turn: str) -> tuple[str, ...]:
        """This one: makes the preferences, and notes lessons from wishes that reach further.

        Gives the ids of the lessons that were noted or strengthened.
        """
        ids = self.acceptance.accept(turn)
        self.hub.moved()
        return ids

    # Smaller acts ----------------------------------------------------------------------------

    def stop(self, task: str | None, seen: int | None = None) -> None:
        """Stops what is written in this chat (None: the learning) and keeps the text so far."""
        if task is None:
            self.rounds.stop()
            return
        writing = self.hub.snapshot(task).writing
        if writing is not None and seen is not None:
            self.writer.seen[writing] = max(0, seen)  # before the stop that reads it
        for job in self.worker.jobs(task):
            job.stop.set()

    def typing(self) -> None:
        """The person is typing, never what: learning stands still for a moment."""
        self.worker.hold()

    def again(self, turn: str) -> str:
        """Another draft beside this one; the old one stays. Gives the turn it replies to."""
        store = self.shelf.of_turn(turn)
        draft = tasks.turn(store, turn)
        if draft.kind != "draft" or draft.parent is None:
            raise Refusal("Only a reply can be written again.")
        where, parent = draft.task, tasks.turn(store, draft.parent)
        if parent.kind == "critique":
            number = draft.number + 1
            self._write(
                where,
                "Trying again",
                lambda stop: self.writer.repair(where, parent.id, number, stop),
            )
        else:
            self._write(
                where, "Writing", lambda stop: self.writer.reply(where, parent.id, stop, False)
            )
        return parent.id

    def go_on(self, turn: str) -> str:
        """Writes on where a reply was stopped."""
        store = self.shelf.of_turn(turn)
        draft = tasks.turn(store, turn)
        if draft.kind != "draft" or draft.state not in ("stopped", "broken"):
            raise Refusal("Only a reply that was stopped can go on.")
        self._write(
            draft.task, "Writing on", lambda stop: self.writer.go_on(draft.task, turn, stop)
        )
        return turn

    def show(self, turn: str) -> None:
        """Shows the branch through this turn, down to what was said last on it."""
        store = self.shelf.of_turn(turn)
        where = tasks.turn(store, turn).task
        tasks.set_head(store, where, history.end_of(tasks.turns(store, where), turn))
        self.hub.moved(where)

    def keep(self, turn: str) -> None:
        """The old reply after all: what came under it stays beside it, out of sight."""
        store = self.shelf.of_turn(turn)
        tasks.set_head(store, tasks.turn(store, turn).task, turn)
        self.hub.moved(tasks.turn(store, turn).task)

    def settle_wish(
        self,
        wish: str,
        settled: Settled,
        *,
        effect: str | None = None,
        reach: Reach | None = None,
        when: str | None = None,
    ) -> None:
        """The person corrects a chip. Always or When is their yes to the lesson that follows.

        `when` says in words where it holds; "" is everywhere.
        """
        store = self.shelf.of_wish(wish)
        self.teaching.settle(store, critiques.wish(store, wish), settled, effect, reach, when)

    def dont_learn(self, turn: str, learn: bool = False) -> None:
        """Keeps a turn out of everything that is learned, or lets it back in.

        All drafts of one repair go together, since its pairs hold the first and the last.
        """
        store = self.shelf.of_turn(turn)
        path = tasks.path_to(store, turn)
        repair = path[len(history.basis_of(path)) :]
        self.teaching.keep_out(store, repair[0].id if repair else turn, learn)
        self.hub.moved(tasks.turn(store, turn).task)

    def set_scale(self, task: str, scale: float) -> None:
        """How strongly the adapter speaks in this chat, 0 to 1.5."""
        if not 0 <= scale <= 1.5:
            raise Refusal(f"The strength {scale!r} is not between 0 and 1.5.")
        tasks.set_scale(self.shelf.of_task(task), task, scale)
        self.hub.moved()

    def rename(self, task: str, title: str) -> None:
        """Gives a chat another title."""
        tasks.rename(self.shelf.of_task(task), task, clean(title).splitlines()[0][:120])
        self.hub.moved()

    def delete(self, task: str) -> None:
        """Deletes a chat; its lessons stay until they are forgotten. Its bytes go at the end."""
        self.stop(task)
        store = self.shelf.of_task(task)
        if store is not self.store:
            tasks.delete(store, task)
        elif told := deletion.delete(store, self.settings.home, task):
            self.hub.notify(told)
        self.hub.moved()

    # Lessons and versions: see teaching.py and rounds.py -------------------------------------

    def approve(self, lesson: str) -> None:
        """Yes, from now on: the lesson acts from the next request."""
        self.teaching.approve(lesson)

    def disable(self, lesson: str) -> None:
        """The lesson stops acting but is not forgotten."""
        self.teaching.disable(lesson)

    def edit_lesson(self, lesson: str, effect: str | None = None, scope: str | None = None) -> str:
        """Other words or another scope; gives the id, a new one if weights hold the old words."""
        return self.teaching.edit(lesson, effect, scope)

    def set_stance(self, lesson: str, stance: Stance) -> None:
        """Want it, only a habit, wish I were like that, or wrong."""
        self.teaching.set_stance(lesson, stance)

    def learn(self, task: str | None = None) -> str:
        """Teaches every approved lesson; gives the label of the job. Told in `task` when done."""
        return self.rounds.learn(task)

    def report(self, task: str | None = None) -> str:
        """Tells what was learned on prompts that nothing has seen; gives the label of the job."""
        return self.rounds.report(task)

    def undo(self, task: str | None = None) -> int | None:
        """The version that was live before; gives its number, None for the base."""
        return self.teaching.undo(task)

    def use_version(self, number: int | None, task: str | None = None) -> None:
        """Answers as this version from the next request on; None is the base."""
        self.teaching.use(number, task)

    def forget(self, lesson: str, task: str | None = None) -> str:
        """Removes a lesson from memory and weights; gives the receipt's id."""
        return self.teaching.forget(lesson, task)

    def wait(self, timeout: float | None = None) -> bool:
        """True once nothing runs or waits."""
        return self.worker.wait(timeout)

    def warm(self) -> None:
        """Loads the model before it is needed."""
        self._put(Job(Rank.CHAT, "Loading the model", None, self.writer.warm, self.hub.notify))

    def close(self) -> None:
        """Stops the worker, lets go of the bytes of deleted chats, and closes the memory."""
        self.worker.close()
        with suppress(Refusal):  # a full disk: they go at the next start with room
            debt.pay(self.store, self.settings.home)
        self.store.close()

    # The parts behind the verbs --------------------------------------------------------------

    def _act_on(
        self, store: Store, draft: Turn, kept: Critique, spoken: Turn, wishes: Sequence[Wish]
    ) -> None:
        where = draft.task
        if kept.edit is not None:
            edited = typed.keep(store, where, spoken.id, "draft", kept.edit)
            self.accept(edited.id)
        elif kept.mark == "question" or (wishes and all(one.kind == "clarify" for one in wishes)):
            asked = typed.keep(store, where, draft.id, "request", kept.text)
            self._write(
                where, "Writing", lambda stop: self.writer.reply(where, asked.id, stop, False)
            )
        elif any(one.kind in REPAIRED and one.route != "hold" for one in wishes):
            self._write(
                where, "Repairing", lambda stop: self.writer.repair(where, spoken.id, 1, stop)
            )
        else:
            self.acceptance.praise(draft, kept, wishes)
            if kept.text and not any(one.route != "hold" for one in wishes):
                self.hub.notify(
                    "What you said is kept, but heed found no wish in it that it can act on. Say "
                    "what the reply should be like, or edit it."
                )
        self.hub.moved(where)

    def _write(self, task: str, label: str, run: Callable[..., Iterator[Progress | None]]) -> None:
        job = Job(Rank.CHAT, label, task, lambda: run(job.stop), self._failed(task))
        self._put(job)

    def _failed(self, task: str) -> Callable[[str], None]:
        def tell(sentence: str) -> None:
            if any(one.id == task for one in self.shelf.chats()):  # else it was deleted meanwhile
                self.hub.notify(sentence)  # first: on a full disk the turn's state is not kept
            self.hub.wrote(task)
            tasks.mend(self.shelf.of_task(task), task)
            self.hub.moved(task)

        return tell

    def _put(self, job: Job) -> None:
        self.worker.put(job)
        self._heard(job, None)

    def _heard(self, job: Job, progress: Progress | None) -> None:
        jobs = tuple((one.task, one.label) for one in self.worker.jobs())
        self.hub.tell(progress if jobs else None, jobs)

    def _quiet(self, seconds: float) -> None:
        self.rounds.when_idle(seconds)
