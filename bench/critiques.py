"""Our own labelled critiques: both passes, what was settled, and the final labels.

Reads the files of tests/data/critiques/ only; knows no parser and no score.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

Row = dict[str, Any]
Part = Literal["open", "held"]

PARTS: tuple[Part, ...] = ("open", "held")
FOLDER = Path(__file__).parent.parent / "tests/data/critiques"


def lines(name: str, folder: Path = FOLDER) -> list[Row]:
    """The rows of one file, in order."""
    text = (folder / f"{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def second(folder: Path = FOLDER) -> dict[str, list[Row]]:
    """The wishes of pass "b" by the ids of their critiques, of both parts."""
    names = sorted(path.stem for path in folder.glob("labels-b-*.jsonl"))
    return {row["id"]: row["wishes"] for name in names for row in lines(name, folder)}


def settled(folder: Path = FOLDER) -> dict[str, list[Row]]:
    """The wishes that stand instead of those of pass "a", by the ids of their critiques."""
    return {row["id"]: row["wishes"] for row in lines("settled", folder)}


def gold(part: Part, folder: Path = FOLDER) -> list[Row]:
    """The critiques of one part with their final labels: the settled ones, else pass "a"."""
    instead = settled(folder)
    return [row | {"wishes": instead.get(row["id"], row["wishes"])} for row in lines(part, folder)]
