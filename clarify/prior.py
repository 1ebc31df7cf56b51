"""What the asker knows before it knows the person: a probe for each known base, and TF-IDF weights.

`make prior` writes the file; prior/card.md says what it learned from. Knows no person.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from clarify import grams
from data.types import Prefill, Refusal

FILE = Path(__file__).parent / "prior.npz"
PROBE_SHARE = 0.75  # of the log-odds, where a probe knows the vector's key; the rest is TF-IDF's

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Probe:
    """A linear probe on prefill vectors of one key; all three of shape (width,)."""

    centre: Floats
    scale: Floats  # standard deviation, times the root of the width
    weights: Floats
    bias: float

    def logit(self, prefill: Prefill) -> float:
        """Log-odds that a request leaves out something its writer minds; both kinds alike often."""
        row = (np.array(prefill.vector, np.float32) - self.centre) / self.scale
        return float(row @ self.weights) + self.bias


@dataclass(frozen=True, slots=True)
class Prior:
    """Probes by the key of the vectors they read, and the weights of G grams."""

    probes: Mapping[str, Probe]
    grams: Mapping[str, int]
    idf: tuple[float, ...]  # (G,)
    weights: tuple[float, ...]  # (G,)
    bias: float

    def words(self, request: str) -> float:
        """Log-odds by TF-IDF alone."""
        found = grams.weights(request, self.grams, self.idf)
        return sum(self.weights[place] * value for place, value in found.items()) + self.bias

    def logit(self, request: str, prefill: Prefill | None) -> float:
        """Log-odds that a request leaves something open, by whatever can be read of it."""
        probe = None if prefill is None else self.probes.get(prefill.key)
        if probe is None or prefill is None:
            return self.words(request)
        return PROBE_SHARE * probe.logit(prefill) + (1.0 - PROBE_SHARE) * self.words(request)


@lru_cache(maxsize=1)
def shipped() -> Prior:
    """The prior of the package, read once. Raises Refusal if it is missing or broken."""
    return read(FILE)


def read(file: Path) -> Prior:
    """The prior in a file. Raises Refusal if it is missing or no prior."""
    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as held:
            keys = [str(key) for key in held["keys"]]
            names = held["grams"].tobytes().decode("utf-8").split("\n")
            return Prior(
                probes={
                    key: Probe(centre, scale, weights, float(bias))
                    for key, centre, scale, weights, bias in zip(
                        keys,
                        held["centre"].astype(np.float32),
                        held["scale"].astype(np.float32),
                        held["weights"].astype(np.float32),
                        held["bias"],
                        strict=True,
                    )
                },
                grams={name: place for place, name in enumerate(names)},
                idf=tuple(map(float, held["idf"])),
                weights=tuple(map(float, held["of_grams"])),
                bias=float(held["gram_bias"]),
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as problem:
        raise Refusal(
            f"What heed knows about asking cannot be read from {str(file)!r}: install heed again,"
            " or run `make prior`."
        ) from problem
