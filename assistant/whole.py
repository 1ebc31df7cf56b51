"""Files and folders that are whole or absent: written beside their place, then renamed.

Knows nothing of what stands in them. A disk that takes no more is one sentence for the person.
"""

from __future__ import annotations

import glob
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from safetensors import SafetensorError

from data.types import Refusal

SETTLED = 2.0  # seconds after which a change of a file shows in its times for sure
# Of a file that is as its key says there is one digest, whoever asks: so nobody owns what is known.
_DIGESTS: dict[tuple[int, ...], str] = {}


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
def folder(path: Path, record: str) -> Iterator[Path]:
    """Where to fill what takes the place of `path` at the end; if anything fails, nothing does.

    A file `record` in it says that it is whole. Of several processes the first to end has its
    folder taken; the others' go, and what they fail at then is no failure. Raises Refusal if it
    cannot be written.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = Path(tempfile.mkdtemp(".partial", f"{path.name}.", path.parent))
    try:
        with writing(path):
            yield partial
            _settle(partial, path, record)
    except Exception:
        if not (path / record).is_file():
            raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)


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


def remove(path: Path) -> None:
    """Deletes a file, a folder with all in it, or a link, and never what the link leads to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex. Equal tensors make equal files: sorted names, no date inside.

    A file that many versions share is read once while it stays as it is; one that was written just
    now is read each time, since the clock of a disk is coarse.
    """
    seen = path.stat()
    key = (seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
    if key in _DIGESTS:
        return _DIGESTS[key]
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if time.time() - max(seen.st_mtime, seen.st_ctime) > SETTLED:
        _DIGESTS[key] = found
    return found


def _settle(partial: Path, path: Path, record: str) -> None:
    """What stands there and is not whole goes first, and at last what others were filling."""
    if path.is_dir() and not (path / record).is_file():
        with suppress(FileNotFoundError):  # another process took it away
            path.rename(partial / "before")
            remove(partial / "before")
    partial.rename(path)
    for other in path.parent.glob(f"{glob.escape(path.name)}.*partial"):
        shutil.rmtree(other, ignore_errors=True)


def _refusal(path: Path, reason: str) -> Refusal:
    return Refusal(
        f"{str(path)!r} cannot be written ({reason}). What was kept before is safe; "
        "make room there and try again."
    )
