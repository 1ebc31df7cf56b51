"""LocalModel: a network that speaks, in the words that protocols.py asks for.

Knows no store and no task; versions reach it as folders. One thread owns it.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from threading import Event

import torch
from torch import Tensor

from assistant import adapters, blocks, features, fingerprint, learn, prompt
from assistant.blocks import Block, Tensors
from assistant.decode import Decoder, Speaker
from assistant.encode import Encoded, Reader
from assistant.network import Network
from assistant.protocols import Plan, Progress
from data.types import AdapterVersion, Message, Prefill, Refusal

Answers = tuple[AdapterVersion | None, float, Collection[str] | None, float]  # as `use` has them

TEMPERATURE = 0.7  # of chat; no repetition penalty (it undoes lessons: docs/log.md)
EVERY = 8  # tokens between two looks at the drafts


class LocalModel:
    """Implements protocols.Model on a loaded network."""

    def __init__(self, network: Network, home: Path) -> None:
        """`home` is where learn() writes version folders."""
        self.network = network
        self._home = home
        self._encoder = network.encoder
        self._decoder = Decoder(network, network.encoder.ends)
        self._watch = features.Watch(network)
        self._loaded = ""  # names the blocks in the live slot
        self._read: dict[str, Tensors] = {}  # blocks of the version that was used last
        self._blocks: tuple[str, tuple[Block, ...]] = ("", ())  # of the version of this SHA-256
        self._answers: Answers = (None, 1.0, (), 1.0)
        self._speaker: Speaker = ("base", 1.0)
        self._limit = 1  # tokens left for a reply when the last prefill was made

    @property
    def name(self) -> str:
        """Base and quantisation."""
        return self.network.name

    @property
    def fingerprint(self) -> str:
        """Of the base's weights; "" if they came from no folder."""
        return self.network.fingerprint

    @property
    def quick(self) -> bool:
        """On a GPU: on two cores a few short drafts took as long as a reply (10 to 13 s)."""
        return self.network.device.type != "cpu"

    def fits(self, version: AdapterVersion) -> str | None:
        """Why a version does not belong on this base, as a sentence; None if it does."""
        return fingerprint.misfit(version, self.name, self.fingerprint)

    def use(
        self,
        version: AdapterVersion | None,
        scale: float = 1.0,
        lessons: Collection[str] | None = None,
        trial: float = 1.0,
    ) -> tuple[str, ...]:
        """Answers as this version from now on, with the blocks of these lessons (None: with all).

        Gives their names. The newest of them all is `trial` times as strong.

        A block is read when it first speaks. Raises Refusal if the version was made for another
        base or its folder is not sound.
        """
        self._answers = (version, scale, lessons, trial)
        if version is None:
            self._speaker = ("base", 1.0)
            return ()
        fingerprint.expect_base(version, self.name, self.fingerprint)
        if self._blocks[0] != version.sha256:
            found = adapters.blocks_of(version.folder)
            names = {one.sha256 for one in found}
            self._read = {name: kept for name, kept in self._read.items() if name in names}
            self._blocks = (version.sha256, found)
        speaking = blocks.speaking(self._blocks[1], lessons) if scale else ()
        if not speaking:
            self._speaker = ("base", 1.0)
            return ()
        tried = trial != 1.0 and speaking[-1] == self._blocks[1][-1]
        name = f"{blocks.name_of(speaking)}{f' at {trial}' if tried else ''}"
        if name != self._loaded:
            for one in speaking:
                if one.sha256 not in self._read:
                    self._read[one.sha256] = adapters.block(version.folder, one)
            parts = [self._read[one.sha256] for one in speaking]
            if tried:
                parts[-1] = blocks.scaled(parts[-1], trial)
            self.network.load("live", blocks.joined(parts), content=name)
            self._loaded = name
        self._speaker = ("live", scale)
        return tuple(one.sha256 for one in speaking)

    def prefill(self, messages: Sequence[Message], *, limit: int, stop: Event) -> None:
        """Reads a conversation up to the end of its request, so that its reply begins sooner.

        What `features` gives for it is left behind. Raises Refusal if it is too long.
        """
        ids, start, end = features.span_of(self._encoder, self._trimmed(messages, limit)[0])
        left = self._watch.last(ids)
        if start >= end or (left is not None and left.key == self._watch.key(self._speaker)):
            return
        read = ids[:end]
        self._decoder.cut(start)
        self._watch.read(
            ids,
            (start, end),
            self._speaker,
            lambda: self._decoder.read(read, self._speaker, stop),
        )
        self._limit = limit

    def features(self, messages: Sequence[Message]) -> Prefill | None:
        """What the last prefill left, if it read this very conversation as this version."""
        ids = self._encoder.prompt(self._trimmed(messages, self._limit)[0])
        left = self._watch.last(ids)
        return left if left is not None and left.key == self._watch.key(self._speaker) else None

    def stream(
        self, messages: Sequence[Message], *, seed: int, limit: int, stop: Event
    ) -> Iterator[str]:
        """Pieces of one sampled reply, never half a character. Raises Refusal if it is too long."""
        ids, limit = self._fit(messages, limit)
        reader = Reader(self._encoder)
        for token in self._decoder.stream(
            ids, self._speaker, seed=seed, limit=limit, stop=stop, temperature=TEMPERATURE
        ):
            piece = reader.add(token)
            if piece:
                yield piece
        rest = reader.rest()
        if rest and not stop.is_set():
            yield rest

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
        """n texts so far, every eight tokens; nothing more comes once stop is set."""
        ids, limit = self._fit(messages, limit)
        decoder = Decoder(self.network, self._encoder.ends) if aside else self._decoder
        drafts: tuple[tuple[int, ...], ...] = ()
        told = -1
        for step, drafts in enumerate(
            decoder.sample(
                ids,
                self._speaker,
                n=n,
                seed=seed,
                limit=limit,
                stop=stop,
                temperature=temperature,
            )
        ):
            if step % EVERY == EVERY - 1:
                told = step
                yield self._texts(drafts)
        if drafts and told != step:
            yield self._texts(drafts)

    def complete(
        self, batch: Sequence[Sequence[Message]], *, limit: int, schema: str | None = None
    ) -> Sequence[str]:
        """Greedy replies in padded batches. Raises Refusal for a schema: none is supported yet."""
        if schema is not None:
            raise Refusal("This model cannot be held to a schema yet.")
        pieces = tuple(self.completing(batch, limit=limit))
        return pieces[-1] if pieces else ()

    def completing(
        self, batch: Sequence[Sequence[Message]], *, limit: int
    ) -> Iterator[tuple[str, ...]]:
        """The replies of complete() so far, every eight tokens; any other call may come between."""
        answers, speaker = self._answers, self._speaker
        prompts = [self._fit(messages, limit)[0] for messages in batch]
        told = -1
        for step, replies in enumerate(self._decoder.greedy(prompts, speaker, limit=limit)):
            if step % EVERY == 0:
                told = step
                yield self._texts(replies)
                self.use(*answers)  # another version may have answered meanwhile
        if prompts and told != step:
            yield self._texts(replies)

    def count(self, messages: Sequence[Message]) -> int:
        """Tokens of a conversation up to where the reply begins."""
        return self._encoder.count(messages)

    def logprobs(self, messages: Sequence[Message], reply: str) -> Sequence[float]:
        """Natural-log probability of each reply token, the end token included."""
        pair = self._encoder.pair(messages, reply)
        scores = self._log_softmax(pair, self._speaker)
        target = torch.tensor(pair.reply, device=scores.device)
        return tuple(scores.gather(-1, target[:, None])[:, 0].tolist())

    def drift(self, pairs: Sequence[tuple[Sequence[Message], str]]) -> Sequence[float]:
        """Mean KL(base || current version), nats per reply token, over the whole vocabulary."""
        if self._speaker[0] == "base":
            return (0.0,) * len(pairs)
        found = []
        for messages, reply in pairs:
            pair = self._encoder.pair(messages, reply)
            base = self._log_softmax(pair, ("base", 1.0))
            now = self._log_softmax(pair, self._speaker)
            found.append(float((base.exp() * (base - now)).sum(-1).mean()))
        return tuple(found)

    def learn(self, plan: Plan) -> Iterator[Progress]:
        """Trains the other slot; who answers is unchanged, also between two micro-steps."""
        return learn.run(self.network, plan, self._home)

    @torch.no_grad()
    def _log_softmax(self, pair: Encoded, speaker: Speaker) -> Tensor:
        """Log-probabilities of shape (reply tokens, vocabulary), float32."""
        self.network.activate(*speaker)
        device = self.network.device
        places = torch.arange(pair.start - 1, len(pair.ids) - 1, device=device)
        out = self.network.forward(
            torch.tensor([pair.ids], device=device), use_cache=False, logits_to_keep=places
        )
        scores: Tensor = out.logits[0].float().log_softmax(-1)
        return scores

    def _fit(self, messages: Sequence[Message], limit: int) -> tuple[tuple[int, ...], int]:
        """Prompt ids that leave room for the reply, and that room in tokens."""
        kept, room = self._trimmed(messages, limit)
        return self._encoder.prompt(kept), room

    def _trimmed(self, messages: Sequence[Message], limit: int) -> tuple[tuple[Message, ...], int]:
        """The messages that leave room for the reply, and that room in tokens."""
        room = min(limit, self.network.window // 2)
        return prompt.trim(messages, self._encoder.count, self.network.window - room), room

    def _texts(self, replies: Sequence[Sequence[int]]) -> tuple[str, ...]:
        return tuple(self._encoder.text(ids).rstrip("\ufffd") for ids in replies)
