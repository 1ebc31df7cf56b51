"""What a piece of work cost: wall and CPU seconds, peak memory, copies of the base.

Knows no learner: its caller says when the work is put aside, to measure something beside it.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import gc
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and seconds of all threads of this process together."""

    wall: float
    cpu: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.wall - other.wall, self.cpu - other.cpu)


class Watch:
    """Counts from its making on, but for what is done aside."""

    def __init__(self) -> None:
        self._since = _now()

    def read(self) -> Spent:
        """Seconds so far. What a GPU still computes is waited for and counted."""
        return _now() - self._since

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What happens inside is not counted."""
        began = _now()
        yield
        self._since += _now() - began


def _now() -> Spent:
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return Spent(time.perf_counter(), time.process_time())


def peak(device: torch.device) -> int:
    """Bytes: on a GPU the most that torch held there, else the most that this process had."""
    if device.type == "cuda":
        return int(torch.cuda.max_memory_allocated(device))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def largest(model: nn.Module) -> torch.Size:
    """The shape of a model's largest weight: by it its copies are told."""
    return max((weight.shape for weight in model.parameters()), key=torch.Size.numel)


def copies(shape: torch.Size) -> int:
    """How many tensors of this shape are in memory; views of one count once."""
    gc.collect()
    # By type and not isinstance: lazy modules of the libraries answer the latter with imports.
    tensors = [thing for thing in gc.get_objects() if issubclass(type(thing), Tensor)]
    return len({one.untyped_storage().data_ptr() for one in tensors if one.shape == shape})
