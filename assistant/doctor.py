"""What this computer has and which model sizes fit on it.

Knows no model file and loads none; sizes of whole families are estimates and are called so.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

from dataclasses import dataclass

import psutil
import torch

from assistant import quantize

BILLIONS = (0.135, 0.36, 1.7, 4.0, 8.0, 14.0, 32.0, 70.0)  # parameters of common instruct models
WIDE = 0.12  # share of parameters that stay in 16 bits: embeddings and norms; an estimate
ROUND = 0.35  # what learning needs on top, as a share of the base: states, activations; an estimate


@dataclass(frozen=True, slots=True)
class Fit:
    """A size of model: billions of parameters, GiB in NF4 with room to learn, does it fit."""

    billions: float
    gib: float
    fits: bool


@dataclass(frozen=True, slots=True)
class Computer:
    """The device that heed would use, and its memory in GiB."""

    device: str
    cores: int
    total: float
    free: float
    bf16: bool
    sizes: tuple[Fit, ...]


def look() -> Computer:
    """This computer as it is now."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    free = quantize.room(device)
    if device.type == "cuda":
        name = torch.cuda.get_device_name(device)
        total = torch.cuda.get_device_properties(device).total_memory
    else:
        name, total = "CPU", psutil.virtual_memory().total
    return Computer(
        device=name,
        cores=psutil.cpu_count() or 1,
        total=total / quantize.GIB,
        free=free / quantize.GIB,
        bf16=quantize.has_bf16(device),
        sizes=tuple(fit(billions, free) for billions in BILLIONS),
    )


def fit(billions: float, free: float) -> Fit:
    """Whether a model of this size answers and learns in `free` bytes."""
    count = billions * 1e9
    needed = count * (WIDE * 2 + (1 - WIDE) * quantize.NF4_BYTES) * (1 + ROUND) + quantize.SPARE
    return Fit(billions, needed / quantize.GIB, needed <= free)
