"""Files that are whole or absent: written beside their place, flushed, then renamed.

Knows nothing of what stands in them. A disk that takes no more is one sentence for the person.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from safetensors import SafetensorError

from data.types import Refusal


@contextmanager
def file(path: Path) -> Iterator[Path]:
    """Where to write what takes the place of `path` at the end; if anything fails, nothing does.

    Raises Refusal if it cannot be written.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            yield partial
            flush(partial)
            partial.replace(path)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns an error of the disk while `path` is written into a Refusal."""
    try:
        yield
    except OSError as problem:
        raise _refusal(path, problem.strerror or str(problem)) from problem
    except SafetensorError as problem:
        reason = re.search(r"I/O error: (.+?) \(os error", str(problem))
        if reason is None:
            raise
        raise _refusal(path, reason[1]) from problem


def flush(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refusal(path: Path, reason: str) -> Refusal:
    return Refusal(
        f"{str(path)!r} cannot be written ({reason}). What was kept before is safe; "
        "make room there and try again."
    )
