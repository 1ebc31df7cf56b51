"""Kind, aspect, polarity and scope of a clause by trained linear heads, read without scikit-learn.

Implements `Label`. `make heads` writes the file; heads/card.md says what it learned from and its
scores. Knows no rule, no store and no other model: one table of gram -> what it speaks for.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from data.checks.language import language_of
from data.types import Refusal
from feedback import abroad

FILE = Path(__file__).parent / "heads.npz"
FIELDS = ("kind", "aspect", "polarity", "scope", "whole")  # whole: of a critique, not of a clause
LONGEST = 600  # characters of a clause that are read
_TOKEN = re.compile(r"\w+(?:'\w+)?|[^\w\s]")
_WORD = re.compile(r"[a-z]+")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file of trained heads holds: G grams, W words, K labels over all fields."""

    grams: dict[str, int]
    idf: Floats  # [G]
    words: dict[str, int]
    of_grams: Floats  # [G, K], what one gram of a text of length 1 speaks for
    of_words: Floats  # [W, K]
    bias: Floats  # [K]
    labels: tuple[str, ...]  # "kind=style" ..., those of a field side by side
    heat: Mapping[str, float]  # temperature of each field


class Heads:
    """Calibrated probabilities per clause, under names like "kind=style"."""

    def __init__(self, file: Path = FILE) -> None:
        self._file = file
        self._table: Table | None = None

    def __call__(self, texts: Sequence[str]) -> tuple[dict[str, float], ...]:
        """One mapping per text; those of one field sum to 1. Empty for words that are not English.

        Raises Refusal if the file is missing or broken.
        """
        if not texts:
            return ()
        if self._table is None:
            self._table = read(self._file)
        return tuple(_said(self._table, text) if english(text) else {} for text in texts)


label = Heads()


def english(text: str) -> bool:
    """Whether the heads may be heard: outside English they are no better than a guess."""
    foreign = len(text.split()) > 2 and abroad.language(text.lower()) != ""  # "vague" is French too
    known = language_of(text) in ("", "en") and not foreign
    return known and any(c.isascii() and c.isalpha() for c in text)


def read(file: Path) -> Table:
    """The table in a file. Raises Refusal if it is missing or no file of heads."""
    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as held:
            names = tuple(held["labels"].tobytes().decode("utf-8").split("\n"))
            return Table(
                _numbered(held["grams"]),
                held["idf"].astype(np.float32),
                _numbered(held["words"]),
                held["of_grams"].astype(np.float32) * held["scale_of_grams"],
                held["of_words"].astype(np.float32) * held["scale_of_words"],
                held["bias"].astype(np.float32),
                names,
                dict(zip(FIELDS, map(float, held["heat"]), strict=True)),
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as problem:
        raise Refusal(
            f"The parser's heads cannot be read from {str(file)!r}: install heed again, or run"
            " `make heads`."
        ) from problem


def grams(text: str) -> tuple[Counter[str], Counter[str]]:
    """Word 1-3 and character 2-5 grams with their counts; a word gram begins with a tab."""
    plain = unicodedata.normalize("NFC", text[:LONGEST]).casefold().replace("’", "'")
    tokens = _TOKEN.findall(plain)
    spoken = Counter(
        "\t" + " ".join(tokens[i : i + n]) for n in (1, 2, 3) for i in range(len(tokens) - n + 1)
    )
    return spoken, Counter(_characters(plain))


def words(text: str) -> list[str]:
    """The plain lower-case words, for the table of words."""
    return _WORD.findall(text[:LONGEST].lower())


def _characters(plain: str) -> Iterator[str]:
    for word in plain.split():
        padded = f" {word} "
        for n in (2, 3, 4, 5):
            for i in range(len(padded) - n + 1):
                yield padded[i : i + n]


def weights(counted: Counter[str], known: Mapping[str, int], idf: Floats) -> dict[int, float]:
    """TF-IDF of the known grams: 1 + ln(count), times idf, of length 1 together."""
    places = {known[gram]: n for gram, n in counted.items() if gram in known}
    found = {place: (1 + log(n)) * float(idf[place]) for place, n in places.items()}
    length = sum(w * w for w in found.values()) ** 0.5
    return {place: w / length for place, w in found.items()} if length else {}


def logits(table: Table, text: str) -> Floats:
    """[K] of a text, before temperature."""
    total = table.bias.copy()
    for counted in grams(text):
        found = weights(counted, table.grams, table.idf)
        if found:
            places = np.fromiter(found, np.intp, len(found))
            total += np.fromiter(found.values(), np.float32, len(found)) @ table.of_grams[places]
    known = [table.words[word] for word in words(text) if word in table.words]
    if known:
        total += table.of_words[np.array(known)].mean(0)
    return total


def _said(table: Table, text: str) -> dict[str, float]:
    scores = logits(table, text)
    said: dict[str, float] = {}
    for field in FIELDS:
        places = [i for i, name in enumerate(table.labels) if name.startswith(f"{field}=")]
        cooled = scores[places] / table.heat[field]
        shares = np.exp(cooled - cooled.max())
        shares /= shares.sum()
        said |= {table.labels[i]: round(float(p), 6) for i, p in zip(places, shares, strict=True)}
    return said


def _numbered(stored: NDArray[np.uint8]) -> dict[str, int]:
    text = stored.tobytes().decode("utf-8")
    return {name: i for i, name in enumerate(text.split("\n"))} if text else {}
