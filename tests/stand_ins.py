"""Small stand-ins for the embedder and a ready session around the scripted model."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from assistant.protocols import Model
from assistant.scripted import ScriptedModel
from assistant.session import Session
from assistant.settings import Settings
from data.store import Store


def embed(texts: Sequence[str]) -> list[tuple[float, ...]]:
    """Unit vectors of shape (64,) from hashed words: the more words shared, the nearer."""
    return [_vector(text) for text in texts]


@cache  # each lesson embeds the whole pool anew
def _vector(text: str) -> tuple[float, ...]:
    places = [0.0] * 64
    for word, count in Counter(re.findall(r"\w+", text.lower())).items():
        places[sum(map(ord, word)) % 64] += count
    size = math.sqrt(sum(one * one for one in places)) or 1.0
    return tuple(one / size for one in places)


def settings(home: Path, **changed: object) -> Settings:
    """Settings for a test: few drafts, short replies, no questions."""
    plain: dict[str, object] = {"drafts": 3, "tokens": 64, "questions": "never"}
    return Settings(home=home, **{**plain, **changed})  # type: ignore[arg-type]


@contextmanager
def session(
    home: Path, model: Model | None = None, *, file: bool = False, **changed: object
) -> Iterator[Session]:
    """A session whose memory is a file in `home` if the test is about files; closed at the end."""
    home.mkdir(parents=True, exist_ok=True)
    speaker = model or ScriptedModel(home=home, write=talk)
    store = Store(home / "memory.duckdb" if file else None)
    load: Callable[..., Model] = lambda tell: speaker  # noqa: E731  (one line says all)
    made = Session(settings(home, **changed), store, load, embed)
    try:
        yield made
    finally:
        made.close()


LONG = "Rain falls when clouds cool. Drops grow heavy. Then they fall, and rivers fill again."
SHORT = ("Rain falls when clouds cool.", "Clouds cool and it rains. Really.", LONG + " So it is.")


def talk(messages: Sequence[object], version: int | None) -> str | tuple[str, ...]:
    """A long reply, and short ones among the drafts once a wish for it stands in the prompt."""
    said = " ".join(str(one) for one in messages).lower()
    return SHORT if "sentence" in said or "short" in said or version else LONG
