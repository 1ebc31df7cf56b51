"""AdamW over the candidate's weights alone, and what it has gathered so far.

Knows no loss: gradients are there when `step` is called. It builds and steps while those weights
are the active ones, and puts back whichever were.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

from typing import Any

import numpy as np
import torch
from torch import Tensor

from assistant.network import Network
from data.types import Refusal

Tensors = dict[str, np.ndarray[Any, np.dtype[Any]]]


class Optimiser:
    """Steps of one run. Gradients are clipped to a norm, and gone after each step."""

    def __init__(self, network: Network, clip: float) -> None:
        """Raises Refusal if no weight of the candidate can be trained."""
        self._network = network
        self._clip = clip
        before = network.active
        network.activate("cand")
        weights = [one for one in network.parameters("cand") if one.requires_grad]
        network.activate(*before)
        if sum(one.numel() for one in weights) == 0:
            raise Refusal(
                f"Nothing can be taught to {network.name!r}: none of its weights can be trained."
            )
        self._inner = torch.optim.AdamW(weights, lr=0.0, betas=(0.9, 0.99), weight_decay=0.0)

    def step(self, rate: float) -> None:
        """One step along the gradients that were gathered."""
        before = self._network.active
        self._network.activate("cand")
        for group in self._inner.param_groups:
            group["lr"] = rate
        torch.nn.utils.clip_grad_norm_(self._network.parameters("cand"), self._clip)
        self._inner.step()
        self.clear()
        self._network.activate(*before)

    def clear(self) -> None:
        """Forgets gradients of a step that was not finished."""
        self._inner.zero_grad(set_to_none=True)

    def state(self) -> Tensors:
        """What was gathered, by the place of the weight and the name that torch gives."""
        return {
            f"{at}.{name}": value.cpu().numpy()
            for at, kept in self._inner.state_dict()["state"].items()
            for name, value in kept.items()
        }

    def take_up(self, state: Tensors) -> None:
        """Goes on as if it had gathered this itself."""
        kept: dict[int, dict[str, Tensor]] = {}
        for key, values in state.items():
            at, _, name = key.partition(".")
            kept.setdefault(int(at), {})[name] = torch.tensor(values)
        self._inner.load_state_dict(self._inner.state_dict() | {"state": kept})
