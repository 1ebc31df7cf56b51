"""A base cut in two: layers below that no adapter touches, and the taught ones above.

Knows no loss. What comes out below is the same for every step of every run, so it is computed once
for a sequence and learning moves through the layers above alone.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

CLOSE = 0.05  # share of the largest logit by which the two ways may differ: bfloat16 gives 0.02
PROBE = 12  # tokens of the comparison


class Halves:
    """The two parts of one base; `first` is the number of the lowest taught layer, from 0."""

    def __init__(self, model: PreTrainedModel, first: int) -> None:
        self._model = model
        self._decoder: Any = model.get_decoder()  # type: ignore[no-untyped-call]
        self._layers = list(self._decoder.layers)
        self._first = first

    @torch.no_grad()
    def below(self, ids: Tensor) -> Tensor:
        """What the taught layers are given for one sequence: (tokens, width), of the base's type.

        `ids` has shape (tokens,).
        """
        places = torch.arange(len(ids), device=ids.device)[None]
        with self._only(self._layers[: self._first], nn.Identity()):
            out = self._decoder(input_ids=ids[None], position_ids=places, use_cache=False)
        states: Tensor = out.last_hidden_state[0]
        return states

    def above(self, states: Tensor, places: Tensor, keep: Tensor) -> Tensor:
        """Logits (kept, vocabulary) of a packed row from what `below` gave for its sequences.

        Shapes: states (tokens, width), places (tokens,) starting anew with each sequence, keep
        (kept,) the positions whose logits are wanted.
        """
        with self._only(self._layers[self._first :], self._decoder.norm):
            out = self._model(
                inputs_embeds=states[None],
                position_ids=places[None],
                use_cache=False,
                logits_to_keep=keep,
            )
        logits: Tensor = out.logits[0]
        return logits

    @torch.no_grad()
    def agree(self) -> bool:
        """Whether both parts in turn give what the whole gives: not every architecture can be cut.

        Some mix kinds of attention by the number of a layer, some scale what they are given.
        """
        device = next(self._model.parameters()).device
        ids = torch.arange(1, PROBE + 1, device=device)
        places = torch.arange(PROBE, device=device)
        whole = self._model(input_ids=ids[None], use_cache=False).logits[0].float()
        try:
            parts = self.above(self.below(ids), places, places).float()
        except (AttributeError, IndexError, RuntimeError, TypeError, ValueError):
            return False
        return bool((whole - parts).abs().max() <= CLOSE * whole.abs().max())

    @contextmanager
    def _only(self, layers: list[nn.Module], norm: nn.Module) -> Iterator[None]:
        whole, last = self._decoder.layers, self._decoder.norm
        self._decoder.layers, self._decoder.norm = nn.ModuleList(layers), norm
        try:
            yield
        finally:
            self._decoder.layers, self._decoder.norm = whole, last
