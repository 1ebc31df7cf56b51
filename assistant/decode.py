"""Token ids out of a network: one kept cache, a nucleus, and batches.

Knows no text, no message and no version; ids come in and ids go out.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import copy
from collections.abc import Iterator, Sequence
from random import Random
from threading import Event

import torch
from torch import Tensor
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer

from assistant.network import Network, Slot

Speaker = tuple[Slot, float]  # who answers, and how strongly

TOP_P = 0.95
# Tokens looked at before a whole vocabulary is sorted; the nucleus almost always lies within them.
HEAD = 256
CHUNK = 256  # prompt tokens between two looks at stop
BATCH = 16  # conversations in one padded batch


class Decoder:
    """Samples from one network; keeps the cache of the last conversation.

    What is asked for next is always computed from the cache's longest common prefix with it, so
    calls may be mixed in any order. A cache is reused only under the same adapter and scale.
    """

    def __init__(self, network: Network, ends: frozenset[int]) -> None:
        """`ends` are the ids that end a reply."""
        self._network = network
        self._ends = ends
        self._cache = _new_cache(network)
        self._ids: list[int] = []  # what the cache holds
        self._made_by: tuple[Speaker, str] | None = None

    @property
    def cached(self) -> tuple[int, ...]:
        """The ids whose keys and values are kept."""
        return tuple(self._ids)

    def forget(self) -> None:
        """Drops the kept cache."""
        self._cache, self._ids, self._made_by = _new_cache(self._network), [], None

    def read(self, ids: Sequence[int], speaker: Speaker, stop: Event) -> bool:
        """Computes the kept cache up to these ids; False if it was stopped before their end."""
        return self._next(list(ids), speaker, stop) is not None

    def cut(self, length: int) -> None:
        """Drops what the kept cache holds beyond so many tokens."""
        if length < len(self._ids):
            if not length or not _croppable(self._cache):
                self.forget()
                return
            self._cache.crop(length - len(self._ids))
            del self._ids[length:]

    def stream(
        self,
        prompt: Sequence[int],
        speaker: Speaker,
        *,
        seed: int,
        limit: int,
        stop: Event,
        temperature: float,
    ) -> Iterator[int]:
        """Ids of one sampled reply, the end token left out; temperature 0 is greedy."""
        draw = _draw(seed, 0)
        ids = list(prompt)
        for _ in range(limit):
            logits = self._next(ids, speaker, stop)
            if logits is None or stop.is_set():
                return
            token = int(pick(logits[None], [draw.random()], temperature)[0])
            if token in self._ends:
                return
            ids.append(token)
            yield token

    def sample(
        self,
        prompt: Sequence[int],
        speaker: Speaker,
        *,
        n: int,
        seed: int,
        limit: int,
        stop: Event,
        temperature: float,
    ) -> Iterator[tuple[tuple[int, ...], ...]]:
        """The ids of n replies so far, once per token; the prompt is computed once.

        Row i draws from its own seed, so it is the same whatever becomes of the others.
        """
        logits = self._next(list(prompt), speaker, stop)
        if logits is None:
            return
        cache = copy.deepcopy(self._cache)
        cache.batch_repeat_interleave(n)
        rows: list[list[int]] = [[] for _ in range(n)]
        draws = [_draw(seed, row) for row in range(n)]
        open_rows = list(range(n))
        step = logits.expand(n, -1)
        for _ in range(limit):
            if stop.is_set():
                return
            tokens = pick(step, [draws[row].random() for row in open_rows], temperature)
            keep = _append(rows, open_rows, tokens, self._ends)
            yield tuple(map(tuple, rows))
            if not keep:
                return
            open_rows = [open_rows[at] for at in keep]
            tokens = _select(cache, tokens, keep, len(step))
            step = self._forward(tokens[:, None], speaker, cache)

    def greedy(
        self, prompts: Sequence[Sequence[int]], speaker: Speaker, *, limit: int
    ) -> Iterator[list[tuple[int, ...]]]:
        """The most probable replies so far: after a batch of prompts is read, and after each token.

        The last are whole; nothing comes for no prompts. Each padded batch holds prompts of like
        length and a cache of its own, so what is computed between two of them changes nothing.
        """
        order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        replies: list[tuple[int, ...]] = [()] * len(prompts)
        for at in range(0, len(order), BATCH):
            some = order[at : at + BATCH]
            for rows in self._batch([prompts[i] for i in some], speaker, limit):
                for i, row in zip(some, rows, strict=True):
                    replies[i] = tuple(row)
                yield list(replies)

    def _batch(
        self, prompts: Sequence[Sequence[int]], speaker: Speaker, limit: int
    ) -> Iterator[list[list[int]]]:
        longest = max(len(prompt) for prompt in prompts)
        pads = [longest - len(prompt) for prompt in prompts]
        device = self._network.device
        ids = torch.tensor(
            [[0] * pad + list(prompt) for pad, prompt in zip(pads, prompts, strict=True)],
            device=device,
        )
        mask = torch.tensor([[0] * pad + [1] * (longest - pad) for pad in pads], device=device)
        places = (mask.cumsum(-1) - 1).clamp(min=0)
        cache = _new_cache(self._network)
        rows: list[list[int]] = [[] for _ in prompts]
        open_rows = list(range(len(prompts)))
        step = self._forward(ids, speaker, cache, mask=mask, places=places)
        place = places[:, -1:]
        yield rows
        for left in range(limit - 1, -1, -1):
            tokens = step.argmax(-1)
            keep = _append(rows, open_rows, tokens, self._ends)
            yield rows
            if not keep or not left:
                return
            open_rows = [open_rows[at] for at in keep]
            tokens = _select(cache, tokens, keep, len(step))
            mask = torch.cat([mask[keep], mask.new_ones(len(keep), 1)], dim=-1)
            place = place[keep] + 1
            step = self._forward(tokens[:, None], speaker, cache, mask=mask, places=place)

    def _next(self, ids: list[int], speaker: Speaker, stop: Event) -> Tensor | None:
        """Logits of shape (vocabulary,) after these ids; None if stopped before they were read."""
        made_by = (speaker, self._network.revision(speaker[0]))
        self.cut(shared(self._ids, ids[:-1]) if made_by == self._made_by else 0)
        self._made_by = made_by
        logits: Tensor | None = None
        for at in range(len(self._ids), len(ids), CHUNK):
            if stop.is_set():
                return None
            chunk = ids[at : at + CHUNK]
            row = torch.tensor([chunk], device=self._network.device)
            try:
                logits = self._forward(row, speaker, self._cache)[0]
            except BaseException:
                self.forget()  # some layers may have kept keys that others have not
                raise
            self._ids.extend(chunk)
        return logits

    @torch.no_grad()
    def _forward(
        self,
        ids: Tensor,
        speaker: Speaker,
        cache: DynamicCache,
        *,
        mask: Tensor | None = None,
        places: Tensor | None = None,
    ) -> Tensor:
        """Logits of shape (batch, vocabulary), float32, after the last of ids (batch, tokens)."""
        self._network.activate(*speaker)
        out = self._network.forward(
            ids,
            attention_mask=mask,
            position_ids=places,
            past_key_values=cache,
            use_cache=True,
            logits_to_keep=1,
        )
        logits: Tensor = out.logits[:, -1].float()
        return logits


def pick(logits: Tensor, draws: Sequence[float], temperature: float) -> Tensor:
    """One id per row of logits (batch, vocabulary), drawn from the nucleus by numbers in [0, 1).

    Source: nucleus sampling (1904.09751).
    """
    if temperature == 0.0:
        return logits.argmax(-1)
    probs = (logits / temperature).softmax(-1)
    top, index = probs.topk(min(HEAD, probs.shape[-1]))
    if float(top.sum(-1).min()) < TOP_P:
        top, index = probs.sort(descending=True)
    sums = top.cumsum(-1)
    kept = (sums - top < TOP_P).sum(-1, keepdim=True)
    mass = sums.gather(-1, kept - 1)
    at = torch.searchsorted(sums, torch.tensor(draws, device=sums.device)[:, None] * mass)
    return index.gather(-1, at.clamp(max=kept - 1))[:, 0]


def _draw(seed: int, row: int) -> Random:
    return Random(f"{seed}/{row}")


def _append(
    rows: list[list[int]], open_rows: Sequence[int], tokens: Tensor, ends: frozenset[int]
) -> list[int]:
    """Adds each open row's token; gives back which of the open rows, by place, go on."""
    keep = []
    for at, token in enumerate(tokens.tolist()):
        if token not in ends:
            rows[open_rows[at]].append(token)
            keep.append(at)
    return keep


def _select(cache: DynamicCache, tokens: Tensor, keep: Sequence[int], rows: int) -> Tensor:
    """Drops the rows that have ended from the cache and from the tokens."""
    if len(keep) == rows:
        return tokens
    index = torch.tensor(keep, device=tokens.device)
    cache.batch_select_indices(index)
    return tokens[index]


def shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many ids two sequences begin with alike."""
    if one == other:
        return len(one)
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))


def _new_cache(network: Network) -> DynamicCache:
    return DynamicCache(config=network.model.config)


def _croppable(cache: DynamicCache) -> bool:
    """Whether every layer keeps all tokens: sliding windows and recurrent states cannot go back."""
    return all(type(layer) is DynamicLayer for layer in cache.layers)
