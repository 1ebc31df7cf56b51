"""What the worker does for a chat: writes a reply, asks instead, or repairs a criticised reply.

Knows no heavy library: the model and the embedder are loaded by callables that it is given.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Event

from assistant import deciding, fitting, history, prompt, saved, trace
from assistant.hub import Hub
from assistant.memory import Memory
from assistant.protocols import Model, Progress
from assistant.redraft import Aim, best
from assistant.settings import Settings
from assistant.shelf import Shelf
from clarify import ask, beliefs, options
from data import critiques, decisions, tasks, versions
from data.store import Store
from data.types import (
    AdapterVersion,
    Embed,
    Lesson,
    Message,
    Question,
    Refusal,
    Task,
    Turn,
    TurnState,
    Wish,
)

Tell = Callable[[Progress], None]
WORD = 1.35  # tokens of an English word; an estimate
COMMIT_SECONDS = 0.5  # how often the text of a reply that is being written is committed


@dataclass(slots=True)
class Writer:
    """Jobs of the worker thread. `seen` holds the stop position of turns that a person stopped."""

    shelf: Shelf
    hub: Hub
    settings: Settings
    load: Callable[[Tell], Model]
    embed: Embed
    seen: dict[str, int] = field(default_factory=dict)
    memory: Memory = field(init=False)
    _model: Model | None = None

    def __post_init__(self) -> None:
        self.memory = Memory(self.shelf.kept, self.embed)

    def model(self) -> Model:
        """The model, loaded at the first call; that may take a minute. Raises Refusal."""
        if self._model is None:
            self._model = self.load(self.hub.doing)
            self.hub.loaded(self._model.name)
            self._expect_same_base(self._model)
        return self._model

    def warm(self) -> Iterator[Progress | None]:
        """Loads the model before anybody asks."""
        yield Progress("Loading the model")
        self.model()

    def reply(self, task: str, basis: str, stop: Event, may_ask: bool) -> Iterator[Progress | None]:
        """Answers the request (or the answered question) `basis`: with a question or a draft."""
        yield Progress("Reading your request")
        store, model = self.shelf.of_task(task), self.model()
        path = tasks.path_to(store, basis)
        lessons = self.memory.standing(history.subject_of(path))
        version, speaking = self._use(tasks.get(store, task), model, lessons)
        standing = self._not_in(version, lessons)
        assumption = kept = ""
        notes: tuple[str, ...] = ()
        messages = self.conversation(store, path)
        if may_ask and not stop.is_set():
            yield Progress("Is there anything to ask first?")
            decision, kept = self._decide(store, basis, messages, lessons, model, stop)
            if decision.action == "ask" and not stop.is_set():
                self._ask(store, basis, task, decision, kept)
                return
            if decision.action == "assume":
                assumption = decision.assumption
                notes = (decision.instruction[decision.options[0]],)
        yield Progress("Writing")
        spared = saved.of(model.count, messages, lessons, standing)
        made_with = {"assumption": assumption, "saved": spared, **_spoke(version, speaking)}
        turn = self._begin(store, task, basis, version, standing, made_with)
        if assumption:
            decisions.show(store, kept, turn.id)
        said = prompt.build(messages, tuple(one.effect for one in standing), notes)
        yield from self._stream(store, turn, model, said, stop, prefix="")

    def go_on(self, task: str, stopped: str, stop: Event) -> Iterator[Progress | None]:
        """Writes on where a reply was stopped, as a new draft beside it."""
        yield Progress("Writing on")
        store, model = self.shelf.of_task(task), self.model()
        old = tasks.turn(store, stopped)
        path = history.basis_of(tasks.path_to(store, stopped))
        lessons = self.memory.standing(history.subject_of(path))
        version, speaking = self._use(tasks.get(store, task), model, lessons)
        standing = self._not_in(version, lessons)
        messages = self.conversation(store, path)
        spared = saved.of(model.count, messages, lessons, standing)
        made_with = {"continues": old.id, "saved": spared, **_spoke(version, speaking, old)}
        turn = self._begin(store, task, old.parent, version, standing, made_with)
        said = prompt.build(messages, tuple(one.effect for one in standing), ())
        begun = (*said, Message("assistant", old.text))
        yield from self._stream(store, turn, model, begun, stop, prefix=old.text)

    def repair(self, task: str, said: str, number: int, stop: Event) -> Iterator[Progress | None]:
        """A new draft under the critique turn `said`: several are sampled, the checks choose."""
        yield Progress("Reading what you said")
        store, model = self.shelf.of_task(task), self.model()
        path = tasks.path_to(store, said)
        rounds = history.repair_chain(path)
        if not rounds or rounds[-1].said.id != said:
            raise Refusal("What you said there was forgotten. Say anew what is wrong.")
        # Every earlier wish of this reply still holds: it is part of what the next draft must meet.
        wishes = tuple(w for one in rounds for w in _usable(critiques.wishes(store, one.critique)))
        original = rounds[-1].draft
        basis = history.basis_of(path)
        lessons = self.memory.standing(history.subject_of(basis))
        version, speaking = self._use(tasks.get(store, task), model, lessons)
        standing = self._not_in(version, lessons)
        conversation = self.conversation(store, basis)
        messages = prompt.build(
            conversation,
            tuple(one.effect for one in standing),
            tuple(dict.fromkeys(wish.effect for wish in wishes)),
        )
        drafts: tuple[str, ...] = ()
        seed = self._seed(basis[-1].text, number)
        started = time.monotonic()
        limit = self.settings.tokens
        for drafts in model.sample(
            messages, n=self.settings.drafts, seed=seed, limit=limit, stop=stop
        ):
            done = min(limit, int(WORD * max((len(text.split()) for text in drafts), default=0)))
            left = (time.monotonic() - started) / done * (limit - done) if done else None
            yield Progress(f"Trying {len(drafts)} drafts", done, limit, left)  # at most so long
        if stop.is_set():
            self.hub.notify("Stopped. What you said is kept; Try again makes a new draft.")
            return
        yield Progress("Choosing the draft that does what you said")
        chosen = best(original.text, drafts, _aims(wishes), _aims(lessons), self.embed)
        if chosen is None:
            raise Refusal("The model only repeated itself. Your words are kept; try again or edit.")
        turn = self._begin(
            store,
            task,
            said,
            version,
            standing,
            {
                "seed": seed,
                "tried": chosen.tried,
                "passing": chosen.passing,
                "met": chosen.met,
                "missed": chosen.missed,
                "rewritten": chosen.rewritten,
                "saved": saved.of(model.count, conversation, lessons, standing),
                **_spoke(version, speaking),
            },
        )
        self._end(store, turn, chosen.text, "done", None)

    def _stream(
        self,
        store: Store,
        turn: Turn,
        model: Model,
        messages: Sequence[Message],
        stop: Event,
        prefix: str,
    ) -> Iterator[Progress | None]:
        text, committed = prefix, time.monotonic()
        seed = self._seed(messages[-1].text, turn.number)
        for piece in model.stream(messages, seed=seed, limit=self.settings.tokens, stop=stop):
            text += piece
            self.hub.write(turn.task, turn.id, text)
            if time.monotonic() - committed > COMMIT_SECONDS:
                tasks.write_turn(store, turn.id, text=text)
                committed = time.monotonic()
            yield None
        stopped = stop.is_set()
        shown = min(self.seen.pop(turn.id, len(text)), len(text)) if stopped else None
        self._end(store, turn, text, "stopped" if stopped else "done", shown)

    def _begin(
        self,
        store: Store,
        task: str,
        parent: str | None,
        version: AdapterVersion | None,
        standing: Sequence[Lesson],
        made_with: dict[str, object],
    ) -> Turn:
        turn = tasks.add_turn(
            store,
            Turn(
                id="",
                task=task,
                parent=parent,
                kind="draft",
                text="",
                number=0,
                source="model",
                trust="typed",
                at=store.now(),
                state="writing",
                adapter=version.number if version else None,
                lessons=tuple(one.id for one in standing),
                learn=tasks.turn(store, parent).learn if parent else True,
                made_with=json.dumps({"template": prompt.VERSION, **made_with}),
            ),
        )
        self.hub.write(task, turn.id, "")
        return turn

    def _end(self, store: Store, turn: Turn, text: str, state: TurnState, seen: int | None) -> None:
        tasks.write_turn(store, turn.id, text=text.strip(), state=state, stop_at=seen)
        self.hub.wrote(turn.task)

    def _decide(
        self,
        store: Store,
        basis: str,
        messages: tuple[Message, ...],
        lessons: tuple[Lesson, ...],
        model: Model,
        stop: Event,
    ) -> tuple[ask.Decision, str]:
        """What to do before the reply, and under which id that is kept.

        The request is read here, and the reply goes on from that.
        """
        whole = prompt.build(messages)
        model.prefill(whole, limit=self.settings.tokens, stop=stop)
        began = time.monotonic()
        asked = tasks.turn(store, basis)
        point = deciding.point(store, self.settings, asked, messages, lessons, quick=model.quick)
        decision = ask.decide(
            point,
            beliefs.after(decisions.history(self.shelf.kept)),
            model.complete,
            self.embed,
            lambda said: model.features(whole),
        )
        ms = int(1000 * (time.monotonic() - began))
        return decision, deciding.keep(store, basis, decision, ms)

    def _ask(self, store: Store, basis: str, task: str, decision: ask.Decision, kept: str) -> None:
        with store.transaction():
            turn = tasks.add_turn(
                store,
                Turn(
                    id="",
                    task=task,
                    parent=basis,
                    kind="question",
                    text=decision.question,
                    number=0,
                    source="model",
                    trust="typed",
                    at=store.now(),
                    made_with=json.dumps({"numbers": dict(decision.numbers)}),
                ),
            )
            tasks.add_question(
                store,
                Question(
                    turn=turn.id,
                    reason=decision.reason,
                    trait=decision.trait,
                    options=decision.options,
                    assumption=decision.assumption,
                ),
            )
            decisions.show(store, kept, turn.id)
        self.hub.moved(task)

    def conversation(self, store: Store, path: Sequence[Turn]) -> tuple[Message, ...]:
        """What the branch amounts to; answered questions are part of their request."""
        notes = {}
        for one in tasks.questions(store, path[0].task):
            if one.answer is not None:
                wanted = tasks.turn(store, one.answer).text or one.options[0]
                notes[one.answer] = options.instruction(one.trait, wanted)
        return history.conversation(path, notes)

    def _not_in(
        self, version: AdapterVersion | None, lessons: Sequence[Lesson]
    ) -> tuple[Lesson, ...]:
        inside = version.lessons if version else ()
        return tuple(lesson for lesson in lessons if lesson.id not in inside)

    def _use(
        self, task: Task, model: Model, lessons: Sequence[Lesson]
    ) -> tuple[AdapterVersion | None, tuple[str, ...]]:
        """Switches the model to what the live version holds of these lessons; what speaks of it.

        The base answers if that was made for another model.
        """
        self._expect_same_base(model)
        version = versions.live(self.shelf.kept)
        why = None if version is None else model.fits(version)
        if why is not None:
            self.hub.notify(f"{why} Its lessons act from the prompt instead.")
            version = None
        return version, model.use(version, task.scale, [one.id for one in lessons])

    def _expect_same_base(self, model: Model) -> None:
        """Tells the person if the base has changed under the version that answered."""
        why = fitting.changed(self.shelf.kept, model)
        if why:
            self.hub.notify(why)
            self.hub.moved()

    def _seed(self, text: str, number: int) -> int:
        return zlib.crc32(f"{self.settings.seed}:{number}:{text}".encode())


def _spoke(
    version: AdapterVersion | None, speaking: Sequence[str], begun: Turn | None = None
) -> dict[str, object]:
    """Which blocks speak here, for what a draft was made with; {} where that is not known.

    Those of a draft that was `begun` go along: its words stand at the beginning.
    """
    if begun is None:
        return {} if version is None else {trace.BLOCKS: list(speaking)}
    before = json.loads(begun.made_with).get(trace.BLOCKS)
    if before is None and begun.adapter is not None:
        return {}
    return {trace.BLOCKS: list(dict.fromkeys([*(before or ()), *speaking]))}


def _usable(wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """Wishes that a new draft can meet: neither rejected by the person nor only held."""
    kinds = ("style", "content", "fact", "once", "rephrase", "praise")
    return tuple(
        replace(wish, effect=wish.effect or wish.quote.quote)
        for wish in wishes
        if wish.settled != "rejected"
        and (wish.route != "hold" or wish.settled != "no")
        and wish.kind in kinds
    )


def _aims(of: Sequence[Wish] | Sequence[Lesson]) -> tuple[Aim, ...]:
    return tuple(Aim(one.id, one.check) for one in of if one.check is not None)
