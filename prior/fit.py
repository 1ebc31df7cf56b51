"""A probe on prefill vectors and TF-IDF weights, fitted on labelled requests.

Plain numpy, by the very code that the product refits with. Knows no file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clarify import grams, logistic
from clarify.logistic import Line
from clarify.prior import Prior, Probe

LEAST = 2  # texts that a gram must stand in
PROBE_PULL = 0.3  # L2 on rows of about length 1; .1 to 3 give the same within .01 (docs/log.md)
WORD_PULL = 0.33

Floats = NDArray[np.float64]


def probe(vectors: NDArray[np.float32], labels: Floats) -> Probe:
    """A probe from vectors (n, width) and labels 0 or 1 (n,), both labels counting the same."""
    centre = vectors.mean(0)
    scale = (vectors.std(0) + 1e-6) * np.sqrt(vectors.shape[1])
    rows = np.asarray((vectors - centre) / scale, np.float64)
    start = Line((0.0,) * rows.shape[1], 0.0)
    line = logistic.fit(
        rows, labels, logistic.balanced(labels, np.ones(len(labels))), PROBE_PULL, start
    )
    return Probe(
        centre.astype(np.float32),
        scale.astype(np.float32),
        np.array(line.weights, np.float32),
        line.bias,
    )


def words(texts: Sequence[str], labels: Floats) -> Prior:
    """TF-IDF weights of these texts, as a prior without probes."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(grams.counted(text).keys())
    kept = sorted(gram for gram, n in seen.items() if n >= LEAST)
    places = {gram: at for at, gram in enumerate(kept)}
    idf = tuple(1.0 + float(np.log((1 + len(texts)) / (1 + seen[gram]))) for gram in kept)
    rows = np.zeros((len(texts), len(kept)))
    for at, text in enumerate(texts):
        for place, value in grams.weights(text, places, idf).items():
            rows[at, place] = value
    start = Line((0.0,) * len(kept), 0.0)
    counts = logistic.balanced(labels, np.ones(len(labels)))
    line = logistic.fit(rows, labels, counts, WORD_PULL, start)
    return Prior({}, places, idf, line.weights, line.bias)
