"""What the session needs of a model, and what a running job tells about itself.

Declared by those who use them, so that neither the session nor its tests import a heavy library.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from data.types import AdapterVersion, Message, Preference, Prefill

# Ids of the lessons that hold at a request; at "", which is plain text, those that always hold.
Holds = Callable[[str], Collection[str]]


@dataclass(frozen=True, slots=True)
class Progress:
    """What a long job does now. One is yielded per micro-step; the last may carry a candidate."""

    label: str  # for the person: "Learning: step 4 of 24"
    done: int = 0
    total: int = 0
    seconds_left: float | None = None  # an estimate; None while unknown
    candidate: AdapterVersion | None = None
    # How much more the chosen replies are preferred than the base prefers them, beta times nats:
    gains: tuple[float, ...] = ()  # nats a token by which new answers became likelier, each step


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one learning run is given: its number, where it starts, and what it trains on."""

    number: int
    parent: AdapterVersion | None  # its blocks stay; None: there are none yet
    lessons: tuple[str, ...]  # ids of every lesson that the finished version holds
    data: tuple[Preference, ...]  # new and replayed
    seed: int
    new_lessons: tuple[str, ...] = ()  # ids of those whose block this run makes, also anew
    limit_steps: int | None = None  # None: the learner's own rule
    holds: Holds | None = None  # None: every lesson of the parent holds everywhere


class Model(Protocol):
    """A language model with switchable adapter versions. Used by one thread only.

    Chat text never contains the wishes unless the messages do: the caller builds the prompt.
    """

    @property
    def name(self) -> str:
        """Base and quantisation, such as "smollm2-135m-instruct/nf4"; adapters carry it."""
        ...

    @property
    def fingerprint(self) -> str:
        """Tells its weights from others of that name; "" if it is not known."""
        ...

    @property
    def quick(self) -> bool:
        """Whether a few short drafts cost a person no time that they notice."""
        ...

    def fits(self, version: AdapterVersion) -> str | None:
        """Why a version does not belong on these weights, as a sentence; None if it does."""
        ...

    def use(
        self,
        version: AdapterVersion | None,
        scale: float = 1.0,
        lessons: Collection[str] | None = None,
        trial: float = 1.0,
    ) -> tuple[str, ...]:
        """Answer as this version from now on (None: the base); gives the names of what speaks.

        Cheap when it is already loaded. Only blocks of these lessons speak, the others are as if
        they had never been taught; None: all of them do. `trial` multiplies the deltas of the
        newest block alone, to judge it at that strength. Raises Refusal if it was made for another
        base or what speaks is not sound.
        """
        ...

    def prefill(self, messages: Sequence[Message], *, limit: int, stop: Event) -> None:
        """Reads a conversation up to the end of its request; the reply's first token is sooner."""
        ...

    def features(self, messages: Sequence[Message]) -> Prefill | None:
        """What the last prefill left behind, if it was of these messages; None if it shows none."""
        ...

    def stream(
        self, messages: Sequence[Message], *, seed: int, limit: int, stop: Event
    ) -> Iterator[str]:
        """Pieces of one sampled reply; ends at the end token, after `limit` tokens, or on stop."""
        ...

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
        """n replies to one prompt in one batch; yields the n texts so far, the last is final.

        `aside`: not for the chat, so what is kept of it for its next reply is left alone.
        """
        ...

    def complete(
        self, batch: Sequence[Sequence[Message]], *, limit: int, schema: str | None = None
    ) -> Sequence[str]:
        """Greedy replies, one padded batch. Raises Refusal if a schema is not supported."""
        ...

    def completing(
        self, batch: Sequence[Sequence[Message]], *, limit: int
    ) -> Iterator[tuple[str, ...]]:
        """What complete() gives, in pieces: the replies so far, the last are whole.

        It goes on as the version that answered when it began; other calls, also use(), may be made
        between two pieces and change nothing in them.
        """
        ...

    def count(self, messages: Sequence[Message]) -> int:
        """Tokens of a conversation, template included, up to where the reply begins."""
        ...

    def logprobs(self, messages: Sequence[Message], reply: str) -> Sequence[float]:
        """Log-probability (nats) of each reply token and the end token, as the current version."""
        ...

    def drift(self, pairs: Sequence[tuple[Sequence[Message], str]]) -> Sequence[float]:
        """Mean KL(base || current version) in nats per token over each (conversation, reply)."""
        ...

    def learn(self, plan: Plan) -> Iterator[Progress]:
        """Trains a new version; each next() is one micro-step. The last carries the candidate.

        The version that answers is unchanged; other calls may be made between two micro-steps.
        """
        ...
