"""What `--model` means: the starter, a folder, a GGUF file or a Hugging Face id.

Gives back a local folder and a name; loads nothing and knows no adapter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant import starter, unpack
from assistant.download import Hub
from data.types import Refusal

Tell = Callable[[str, float], None]  # a label for the person, and the share that is done


@dataclass(frozen=True, slots=True)
class Weights:
    """A transformers folder and the base's name, the same in every session."""

    folder: Path
    name: str


def find(
    model: str,
    home: Path,
    tell: Tell,
    *,
    expect_room: Callable[[str, int], None],
    hub: Hub | None = None,
) -> Weights:
    """The weights that a person named; "" is the starter.

    `expect_room` is given a name and the bytes of weights that lie elsewhere, before they are
    fetched. Raises Refusal if there is no such model or it cannot be read.
    """
    if not model:
        return Weights(starter.folder(home, tell), starter.NAME)
    path = Path(model).expanduser()
    if path.is_dir():
        _expect_model(path)
        return Weights(path, _named(path.resolve().name, path))
    if path.suffix.lower() == ".gguf":
        return _unpacked(path, home, tell)
    if not re.fullmatch(r"\w[\w.-]*/\w[\w.-]*", model) or path.exists():
        raise Refusal(
            f"{model!r} is no folder, no .gguf file and no Hugging Face id like 'owner/name'."
        )
    folder = (hub or Hub()).folder(model, tell, lambda size: expect_room(model, size))
    _expect_model(folder)
    return Weights(folder, _named(model.rpartition("/")[2], folder))


def fingerprint(folder: Path) -> str:
    """Eight hex digits that tell one model's weights from another's, without reading them all."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*.safetensors")):
        size = file.stat().st_size
        digest.update(str(size).encode())
        with file.open("rb") as data:
            for at in (0, size // 2, max(0, size - PROBE)):
                data.seek(at)
                digest.update(data.read(PROBE))
    return digest.hexdigest()[:8]


def _unpacked(file: Path, home: Path, tell: Tell) -> Weights:
    if not file.is_file():
        raise Refusal(f"There is no file {str(file)!r}.")
    with file.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()[:8]
    folder = home / "unpacked" / f"{file.stem}-{digest}"
    if not unpack.whole(folder):
        unpack.gguf(file, folder, tell)
    return Weights(folder, f"{file.stem.lower()}@{digest}")


def _named(name: str, folder: Path) -> str:
    return f"{name.lower()}@{fingerprint(folder)}"


def _expect_model(folder: Path) -> None:
    for name, what in (("config.json", "no model"), ("tokenizer*.json", "no tokenizer")):
        if not any(folder.glob(name)):
            raise Refusal(f"{str(folder)!r} holds {what}: there is no {name} in it.")


PROBE = 1 << 20  # bytes read at the start, the middle and the end of each file
