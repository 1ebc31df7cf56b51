"""A model whose replies are written beforehand: for tests, the demo and simulated people.

Knows no torch and computes nothing; its learning takes three steps and writes a version folder.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Event

import numpy as np

from assistant import adapters, blocks, fingerprint
from assistant.beneath import Beneath
from assistant.protocols import Plan, Progress
from data.types import AdapterVersion, Message, Prefill, Refusal

# Several texts are the several drafts of one turn: sample() deals them out in order.
Reply = str | tuple[str, ...]
Write = Callable[[Sequence[Message], int | None], Reply]

NAME = "scripted/none"
OUT_OF_WORDS = "I have nothing more to say."
STEPS = 3


class ScriptedModel:
    """A Model that says what it was given: first the queued replies, then what `write` returns.

    `write` is called with the messages and the number of the version that answers (None: the base).
    complete() never takes from the queue, so questions that the program asks itself leave it alone.
    """

    def __init__(
        self,
        replies: Iterable[Reply] = (),
        *,
        write: Write | None = None,
        complete: Write | None = None,
        home: Path | None = None,
        pause: float = 0.0,
        name: str = NAME,
        fingerprint: str = "",
        fails_at: int | None = None,
    ) -> None:
        """`pause` is in seconds per word; `home` is needed to learn.

        `complete` replaces `write` for complete(). `fails_at` makes learning raise at that step, 1
        to 3, to test what it leaves behind.
        """
        self.pause = pause
        self.version: AdapterVersion | None = None
        self.scale = 1.0
        self.seen: list[tuple[Message, ...]] = []  # every prompt that was streamed or sampled
        self.plans: list[Plan] = []
        self._queue = deque(replies)
        self._write = write
        self._complete = complete if complete is not None else write
        self._home = home
        self._name = name
        self._fingerprint = fingerprint
        self._fails_at = fails_at

    @property
    def name(self) -> str:
        """The base that its versions carry."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """What its versions carry beside the name."""
        return self._fingerprint

    @property
    def quick(self) -> bool:
        """It takes no time at all."""
        return True

    def fits(self, version: AdapterVersion) -> str | None:
        """Why a version was made for another base, as a sentence; None if it was made for it."""
        return fingerprint.misfit(version, self._name, self._fingerprint)

    def queue(self, *replies: Reply) -> None:
        """Adds replies behind those that wait; safe from another thread."""
        self._queue.extend(replies)

    def use(
        self,
        version: AdapterVersion | None,
        scale: float = 1.0,
        lessons: Collection[str] | None = None,
        trial: float = 1.0,
    ) -> tuple[str, ...]:
        """Answers as this version, or as the base where none of its blocks speaks; their names.

        Raises Refusal for another base or an unsound folder.
        """
        speaking: tuple[blocks.Block, ...] = ()
        if version is not None:
            fingerprint.expect_base(version, self._name, self._fingerprint)
            wrong = adapters.damage(version)
            if wrong is not None:
                raise Refusal(wrong)
            if scale:
                speaking = blocks.speaking(adapters.blocks_of(version.folder), lessons)
        self.version, self.scale = version if speaking else None, scale * trial
        return tuple(one.sha256 for one in speaking)

    def prefill(self, messages: Sequence[Message], *, limit: int, stop: Event) -> None:
        """Nothing is computed, so nothing is left behind."""

    def features(self, messages: Sequence[Message]) -> Prefill | None:
        """None: there is no hidden state."""
        return None

    def stream(
        self, messages: Sequence[Message], *, seed: int, limit: int, stop: Event
    ) -> Iterator[str]:
        """The next reply, a word and its white space at a time; ends early when stop is set."""
        for word in _words(self._next(messages)[0])[:limit]:
            if stop.wait(self.pause) if self.pause else stop.is_set():
                return
            yield word

    def sample(
        self,
        messages: Sequence[Message],
        *,
        n: int,
        seed: int,
        limit: int,
        stop: Event,
        temperature: float = 0.8,
        aside: bool = False,
    ) -> Iterator[tuple[str, ...]]:
        """n drafts that grow by a word at a time; a reply of several texts gives different ones."""
        texts = self._next(messages)
        drafts = [_words(texts[i % len(texts)])[:limit] for i in range(n)]
        for end in range(1, max(len(words) for words in drafts) + 1):
            if stop.wait(self.pause) if self.pause else stop.is_set():
                return
            yield tuple("".join(words[:end]) for words in drafts)

    def complete(
        self, batch: Sequence[Sequence[Message]], *, limit: int, schema: str | None = None
    ) -> Sequence[str]:
        """What `write` says, or one fixed sentence. Raises Refusal if a schema is asked for."""
        if schema is not None:
            raise Refusal("The scripted model cannot follow a schema.")
        return tuple("".join(_words(self._completion(messages))[:limit]) for messages in batch)

    def completing(
        self, batch: Sequence[Sequence[Message]], *, limit: int
    ) -> Iterator[tuple[str, ...]]:
        """What complete() says, first the first half of the words of each, then all of them."""
        texts = [_words(text) for text in self.complete(batch, limit=limit)]
        yield tuple("".join(words[: len(words) // 2]) for words in texts)
        yield tuple(map("".join, texts))

    def count(self, messages: Sequence[Message]) -> int:
        """The words of all messages."""
        return sum(len(_words(one.text)) for one in messages)

    def logprobs(self, messages: Sequence[Message], reply: str) -> Sequence[float]:
        """One number in (-1, 0] per word and one for the end: hashes of word and version."""
        salt = "base" if self.version is None else str(self.version.number)
        return tuple(
            -(zlib.crc32(f"{salt} {word}".encode()) % 1000) / 1000 for word in [*_words(reply), ""]
        )

    def drift(self, pairs: Sequence[tuple[Sequence[Message], str]]) -> Sequence[float]:
        """0 for the base; one small constant for every version."""
        return tuple(0.0 if self.version is None else 0.001 for _ in pairs)

    def learn(self, plan: Plan) -> Iterator[Progress]:
        """Three steps, then a whole version folder in the home. Raises Refusal without a home."""
        if self._home is None:
            raise Refusal("The scripted model was given no folder to keep versions in.")
        if not plan.data:
            raise Refusal("There is nothing to learn from.")
        self.plans.append(plan)
        for step in range(1, STEPS + 1):
            if step == self._fails_at:
                raise RuntimeError(f"the scripted model was told to fail at step {step}")
            left = self.pause * (STEPS - step)
            Event().wait(self.pause)
            yield Progress(
                f"Learning: step {step} of {STEPS}",
                step,
                STEPS,
                left,
                gains=tuple(0.5 * done for done in range(1, step)),
            )
        beneath = Beneath(plan)
        made = adapters.save(
            self._home,
            number=plan.number,
            parent=None if plan.parent is None else plan.parent.number,
            base=self._name,
            lessons=plan.lessons,
            preferences=[row.id for row in plan.data],
            seed=plan.seed,
            tensors={"scripted.lora_B": np.full((2, 2), plan.number, dtype=np.float32)},
            settings={"steps": STEPS, "fingerprint": self._fingerprint},
            losses=[1.0 / step for step in range(1, STEPS + 1)],
            gains=[0.5 * step for step in range(1, STEPS + 1)],
            kept=beneath.kept,
            source=beneath.folder,
            beneath=blocks.beneath(beneath.among()),
        )
        yield Progress("Learned", STEPS, STEPS, 0.0, candidate=made)

    def _next(self, messages: Sequence[Message]) -> tuple[str, ...]:
        self.seen.append(tuple(messages))
        if self._queue:
            reply = self._queue.popleft()
        elif self._write is not None:
            reply = self._write(messages, self._number())
        else:
            reply = OUT_OF_WORDS
        return (reply,) if isinstance(reply, str) else reply

    def _completion(self, messages: Sequence[Message]) -> str:
        if self._complete is None:
            return OUT_OF_WORDS
        reply = self._complete(messages, self._number())
        return reply if isinstance(reply, str) else reply[0]

    def _number(self) -> int | None:
        return None if self.version is None else self.version.number


def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
    """Unit vectors of shape (384,): hashed counts of lower-case words, for the embedder."""
    return tuple(map(_vector, texts))


@lru_cache(maxsize=4096)  # each lesson embeds the whole pool anew
def _vector(text: str) -> tuple[float, ...]:
    vector = np.zeros(384)
    for word in re.findall(r"\w+", text.lower()) or [text]:
        vector[zlib.crc32(word.encode()) % 384] += 1.0
    return tuple(float(x) for x in vector / np.linalg.norm(vector))


def _words(text: str) -> list[str]:
    """Words with the white space behind them; joined they are the text again."""
    return re.findall(r"^\s+|\S+\s*", text)
