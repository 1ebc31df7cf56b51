"""What the reading of a request leaves behind: the mean hidden state over its own tokens.

Runs no pass of its own: a hook on one block sees what the reply's prefill computes. Knows no text.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from assistant import prompt
from assistant.decode import Speaker, shared
from assistant.encode import Encoder
from assistant.network import Network
from data.types import Message, Prefill

DEPTH = 0.6  # of the blocks; SmolLM2-135M: 18 of 30, where a probe read most (docs/log.md)
POOLING = "mean of the last request"


class Watch:
    """A hook on one block of a network. One thread owns it.

    `hidden_states[18]` of transformers is what block 18, `layers[17]`, gives out.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._block, self.layer = _block(network.model)
        self._last: tuple[tuple[int, ...], Prefill] | None = None

    def read(
        self, ids: Sequence[int], span: tuple[int, int], speaker: Speaker, run: Callable[[], bool]
    ) -> Prefill | None:
        """Calls `run`, which reads ids[:span[1]], and keeps the mean over span (start, end).

        `run` says whether it came to the end; what it did not compute anew is not seen. None where
        the span is empty, the network shows no block, or a part of the span was not computed.
        """
        self._last = None
        start, end = span
        if self._block is None or start >= end:
            run()
            return None
        seen: list[Tensor] = []

        def keep(module: nn.Module, given: Any, out: Any) -> None:
            states = out[0] if isinstance(out, tuple) else out
            seen.append(states[0].detach().float())

        hook = self._block.register_forward_hook(keep)
        try:
            whole = run()
        finally:
            hook.remove()
        if not whole or not seen:
            return None
        states = torch.cat(seen)  # (tokens computed, width), the last of them at end - 1
        if len(states) < end - start:
            return None
        mean = states[len(states) - (end - start) :].mean(0).cpu().tolist()
        made = Prefill(tuple(mean), self.key(speaker))
        self._last = (tuple(ids), made)
        return made

    def last(self, ids: Sequence[int]) -> Prefill | None:
        """What the last reading left, if it was of these very ids."""
        return self._last[1] if self._last is not None and self._last[0] == tuple(ids) else None

    def key(self, speaker: Speaker) -> str:
        """Names all that a probe depends on; 16 hexadecimal digits."""
        slot, scale = speaker
        parts = (
            self._network.name,
            self._network.fingerprint,
            self._network.revision(slot),
            f"{1.0 if slot == 'base' else scale}",
            f"template {prompt.VERSION}",
            f"layer {self.layer}",
            POOLING,
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def span_of(encoder: Encoder, messages: Sequence[Message]) -> tuple[tuple[int, ...], int, int]:
    """Ids of a conversation, and where in them the last message's own tokens begin and end."""
    ids = encoder.prompt(messages)
    if not messages or messages[-1].role != "user":
        return ids, 0, 0
    bare = encoder.prompt((*messages[:-1], Message("user", "")))
    start = shared(ids, bare)
    after = min(shared(ids[::-1], bare[::-1]), len(bare) - start)
    return ids, start, len(ids) - after


def _block(model: nn.Module) -> tuple[nn.Module | None, int]:
    """The watched block and its number, counted from 1; None for an unknown build."""
    lists = [part for _, part in model.named_modules() if isinstance(part, nn.ModuleList)]
    if not lists:
        return None, 0
    blocks = max(lists, key=len)
    layer = max(1, round(DEPTH * len(blocks)))
    return blocks[layer - 1], layer
