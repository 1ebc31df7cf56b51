"""From settings to a model that can speak: find, check the room, load.

The one place that ties weights, form and network together. Knows no store.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import time
from collections.abc import Callable
from pathlib import Path

import torch
from safetensors import SafetensorError

from assistant import network, quantize, weights
from assistant.download import Hub
from assistant.model import LocalModel
from assistant.protocols import Progress
from assistant.settings import Device, Settings
from assistant.unpack import first_line
from data.types import Refusal


def model(
    settings: Settings, tell: Callable[[Progress], None], hub: Hub | None = None
) -> LocalModel:
    """The model that the settings name, ready to speak as its base; `tell` hears every step.

    Raises Refusal if it cannot be found, does not fit into memory or cannot be loaded.
    """
    began = time.monotonic()
    device = device_of(settings.device)

    def step(label: str, share: float) -> None:
        spent = time.monotonic() - began
        left = spent * (1 - share) / share if share >= 0.1 else None
        tell(Progress(label, round(share * 100), 100, left))

    def expect_room(name: str, size: int) -> None:
        sizes = {"weights": (size // 2, 1)}  # as if all were linear and kept in 16 bits: a guess
        form = quantize.choose(settings.quantize, device, sizes)
        quantize.expect_room(name, sizes, form.kind, quantize.room(device))

    found = weights.find(settings.model, settings.home, step, expect_room=expect_room, hub=hub)
    sizes = quantize.shapes(found.folder)
    form = quantize.choose(settings.quantize, device, sizes)
    quantize.expect_room(found.name, sizes, form.kind, quantize.room(device))
    tell(Progress(f"Loading {found.name}. {form.why}"))
    return LocalModel(read(found.folder, found.name, form.kind, device), settings.home)


def read(folder: Path, name: str, kind: quantize.Kind, device: torch.device) -> network.Network:
    """A network from a folder. Raises Refusal where transformers cannot make sense of it."""
    try:
        return network.load(folder, name, kind, device)
    # What transformers raises for a folder it cannot read: a missing or damaged file, an unknown
    # kind of model, weights of other shapes, a package that is not installed.
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, SafetensorError) as problem:
        raise Refusal(f"{name!r} cannot be loaded: {first_line(problem)}.") from problem


def device_of(asked: Device) -> torch.device:
    """The device to use. Raises Refusal if a GPU was asked for and there is none."""
    if asked == "cuda" and not torch.cuda.is_available():
        raise Refusal("There is no GPU that heed can use here; leave --device at 'auto'.")
    return torch.device("cpu" if asked == "cpu" or not torch.cuda.is_available() else "cuda")
