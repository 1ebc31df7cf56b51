"""What a base's prefill leaves behind for each of many requests, and the vectors of their words.

Reads through the very hook that serves; knows no label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import numpy as np
import torch
from numpy.typing import NDArray

from assistant import loading, prompt, starter
from assistant.model import LocalModel
from assistant.quantize import Kind
from data.types import Message

Floats = NDArray[np.float32]
ROOM = 300  # tokens left for a reply


@dataclass(frozen=True, slots=True)
class States:
    """Vectors (n, width) of n requests, and the key that they were made under."""

    vectors: Floats
    key: str


def of(texts: Sequence[str], model: LocalModel) -> States:
    """The prefill vector of each text as the first request of a chat without lessons."""
    found, keys = [], set()
    for text in texts:
        messages = prompt.build((Message("user", text),))
        model.prefill(messages, limit=ROOM, stop=Event())
        left = model.features(messages)
        assert left is not None, "the starter shows its hidden states"
        found.append(left.vector)
        keys.add(left.key)
    (key,) = keys
    return States(np.array(found, np.float32), key)


def starter_model(home: Path, kind: Kind) -> LocalModel:
    """The starter in one form on the CPU; unpacked into `home` at the first call."""
    folder = starter.folder(home, lambda label, share: None)
    network = loading.read(folder, starter.NAME, kind, torch.device("cpu"))
    return LocalModel(network, home)
