"""TF-IDF and word vectors to logistic regression, in folds and on all rows, as one table.

Needs scikit-learn and scipy, for training only. Knows no file and no bench.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant import heads
from assistant.heads import Floats

LEAST = 2  # texts that a gram must stand in
SMOOTH = 3.0  # C of the logistic regression
VECTORS = 2.0  # length of the mean of word vectors beside TF-IDF, whose length is about 1.4
SMALL = 1e-3  # of the largest eigenvalue: directions below it are left out
STEPS = 100


@dataclass(frozen=True, slots=True)
class Vectors:
    """Words and their vectors, [W, 384]."""

    words: dict[str, int]
    matrix: Floats


@dataclass(frozen=True, slots=True)
class Space:
    """The grams that count, and their inverse document frequency."""

    grams: dict[str, int]
    idf: Floats


@dataclass(frozen=True, slots=True)
class Features:
    """Of n texts: TF-IDF [n, G] and the mean of their words' vectors [n, 384] or [n, 0]."""

    grams: csr_matrix
    means: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """One field: its labels, weights [G, K] and [384, K], bias [K], and scores by the folds [n, K].

    The scores of a row come from a model that was not fitted on its fold.
    """

    labels: tuple[str, ...]
    of_grams: Floats
    of_means: Floats
    bias: Floats
    scores: Floats


def vectors(words: Sequence[str], raw: Floats) -> Vectors:
    """Word vectors, centred; `words` come by frequency, and rare ones weigh more."""
    rare = np.log(2 + np.arange(len(words))) / np.log(2 + len(words))
    centred = (raw - raw.mean(0)) * rare[:, None]
    scaled = centred * VECTORS / np.sqrt((centred**2).sum(1).mean())
    return Vectors({word: i for i, word in enumerate(words)}, scaled.astype(np.float32))


def space(texts: Iterable[str], least: int = LEAST) -> Space:
    """Grams that stand in at least so many texts."""
    seen: Counter[str] = Counter()
    size = 0
    for text in texts:
        size += 1
        for counted in heads.grams(text):
            seen.update(counted.keys())
    kept = sorted(gram for gram, n in seen.items() if n >= least)
    idf = [1 + np.log((1 + size) / (1 + seen[gram])) for gram in kept]
    return Space({g: i for i, g in enumerate(kept)}, np.array(idf, np.float16).astype(np.float32))


def features(texts: Sequence[str], where: Space, known: Vectors | None) -> Features:
    """What the heads see of each text."""
    data: list[float] = []
    column: list[int] = []
    ends = [0]
    for text in texts:
        for counted in heads.grams(text):
            found = heads.weights(counted, where.grams, where.idf)
            column += found.keys()
            data += found.values()
        ends.append(len(data))
    sparse = csr_matrix((np.array(data), column, ends), (len(texts), len(where.grams)))
    if known is None:
        return Features(sparse, np.zeros((len(texts), 0)))
    means = np.zeros((len(texts), known.matrix.shape[1]))
    for i, text in enumerate(texts):
        places = [known.words[word] for word in heads.words(text) if word in known.words]
        if places:
            means[i] = known.matrix[places].mean(0)
    return Features(sparse, means)


def narrowed(seen: Features) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The texts in the space that they span: [n, r], and the way back to features [n, r].

    Ridge-penalised logistic regression in it is that in the features, in a fraction of the time.
    """
    alike = (seen.grams @ seen.grams.T).toarray() + seen.means @ seen.means.T
    values, axes = np.linalg.eigh(alike)
    kept = values > SMALL * values.max()
    roots = np.sqrt(values[kept])
    return axes[:, kept] * roots, axes[:, kept] / roots


def fit(
    seen: Features,
    labels: Sequence[str],
    folds: NDArray[np.intp],
    narrow: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
    score: bool = True,
) -> Fitted:
    """One field. `narrow` as `narrowed` gives it; without it the grams alone are used."""
    matrix = seen.grams if narrow is None else narrow[0]
    given = np.array(labels)
    names = sorted(set(labels))
    scores = np.zeros((len(given), len(names)), np.float32)
    for fold in sorted(set(folds.tolist())) if score else ():
        weights, bias = _regress(matrix[folds != fold], given[folds != fold])
        scores[folds == fold] = matrix[folds == fold] @ weights + bias
    weights, bias = _regress(matrix, given)
    if narrow is None:
        of_grams, of_means = weights, np.zeros((seen.means.shape[1], len(names)))
    else:
        back = narrow[1] @ weights
        of_grams, of_means = seen.grams.T @ back, seen.means.T @ back
    return Fitted(
        tuple(names),
        of_grams.astype(np.float32),
        of_means.astype(np.float32),
        bias.astype(np.float32),
        scores,
    )


def _regress(
    matrix: csr_matrix | NDArray[np.float64], labels: NDArray[np.str_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights [features, K] and bias [K]; of two labels each has its own column."""
    model = LogisticRegression(C=SMOOTH, class_weight="balanced", max_iter=STEPS, tol=1e-3)
    model.fit(matrix, labels)
    weights, bias = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:
        return np.hstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    return weights, bias
