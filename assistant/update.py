"""What a run changed: of the weights, and of what the model says to the new examples.

Knows no loss. An update that changes nothing is no version, however normal its losses looked.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from assistant import packing
from assistant.beneath import Beneath
from assistant.items import Item
from assistant.network import Network

FEW = 4  # sequences of one forward; enough to tell whether anything is heard at all


class Update:
    """Of slot "cand", since this was made; other slots stay active as they are."""

    def __init__(self, network: Network, new: Sequence[Item], beneath: Beneath) -> None:
        """`new` are the examples that the run learns; a few of one place are listened to."""
        self._network = network
        self._beneath, self._under = beneath, new[0].beneath
        self._new = [one.chosen for one in new if one.beneath == self._under][:FEW]
        self._weights = network.tensors("cand")
        self._said = self._listen()
        self.moved = 0.0  # summed over the weights
        self.changed = 0.0  # mean over tokens of the new examples, in nats

    def look(self) -> str:
        """Measures both, and gives why it is no update, as a sentence; empty if it is one."""
        self.moved = sum(
            float(np.abs(after - self._weights[name]).sum())
            for name, after in self._network.tensors("cand").items()
        )
        self.changed = float(np.abs(self._listen() - self._said).mean())
        if not math.isfinite(self.moved):
            return "The update broke: its weights are no longer finite."
        if self.moved == 0.0:
            return "The update moved nothing."
        if self.changed == 0.0:
            return "The update changed nothing of what the model says to the new examples."
        return ""

    def _listen(self) -> np.ndarray[Any, np.dtype[Any]]:
        """log p of each token of the examples, (tokens,); one forward."""
        before = self._network.active
        self._network.lay_under(*self._beneath.laid(self._under))
        self._network.activate("cand")
        try:
            with torch.no_grad():
                scored = packing.forward(self._network, self._new)
                said = [scored.logprobs(at).cpu().numpy() for at in range(len(self._new))]
        finally:
            self._network.activate(*before)
        return np.concatenate(said)
