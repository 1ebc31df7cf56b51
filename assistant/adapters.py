"""Adapter versions as folders on disk: whole or absent, each beside what made it.

Knows no torch and no model: tensors are numpy arrays, so crash rules are tested in milliseconds.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from assistant import checkpoint, whole
from data import versions
from data.store import Store
from data.types import AdapterVersion, Refusal

Tensors = dict[str, np.ndarray[Any, np.dtype[Any]]]

WEIGHTS = "adapter.safetensors"
RECORD = "version.json"  # written last: its existence means that the folder is whole


@dataclass(frozen=True, slots=True)
class Mended:
    """What the look at the version folders at start has put right; numbers of versions."""

    removed: tuple[str, ...] = ()  # names of half-written folders
    read_back: tuple[int, ...] = ()  # whole folders that had no row
    retired: tuple[int, ...] = ()  # rows whose folder is missing or not sound


def folder_of(home: Path, number: int) -> Path:
    """Where version `number` lies."""
    return home / "adapters" / f"{number:04d}"


def save(
    home: Path,
    *,
    number: int,
    parent: int | None,
    base: str,
    lessons: Sequence[str],
    preferences: Sequence[str],
    seed: int,
    tensors: Tensors,
    settings: Mapping[str, object],
    losses: Sequence[float],
    gains: Sequence[float] = (),
) -> AdapterVersion:
    """Writes a version whole or not at all; its record is a candidate without a gate report.

    Losses and gains are nats per token, one per step. Raises Refusal if the
    number is taken, a weight is not a finite number, or the disk takes no more.
    """
    for name, values in tensors.items():
        if not np.isfinite(values).all():
            raise Refusal(f"The update broke: {name!r} is no longer finite. Nothing was saved.")
    folder = folder_of(home, number)
    if folder.exists():
        raise Refusal(f"Version {number} already exists in {str(folder)!r}.")
    version = AdapterVersion(
        number=number,
        parent=parent,
        base=base,
        folder=folder,
        sha256="",
        seed=seed,
        lessons=tuple(lessons),
        preferences=tuple(preferences),
        settings=json.dumps(dict(settings), sort_keys=True),
        gate="{}",
    )
    partial = folder.with_name(folder.name + ".partial")
    made = _write(partial, version, tensors, losses, gains)
    _rename(partial, folder)
    return made


def rescale(version: AdapterVersion, scale: float) -> AdapterVersion:
    """The same version with its deltas times `scale`, written over its folder before it has a row.

    A version always serves at strength 1, so a gate that found a better strength writes it in here.
    Raises Refusal if the disk takes no more: then it stays as it was.
    """
    weights = {
        name: values * np.float32(scale) if "lora_B" in name else values
        for name, values in tensors(version.folder).items()
    }
    record = read(version.folder)
    settings = json.loads(version.settings) | {"scale": scale}
    fresh, old = (
        version.folder.with_name(f"{version.folder.name}{end}")
        for end in (".scaled.partial", ".partial")
    )
    made = _write(
        fresh,
        replace(version, settings=json.dumps(settings, sort_keys=True)),
        weights,
        record["losses"],
        record.get("gains", ()),
    )
    # A crash between the two leaves only `.partial` folders, removed at start; it had no row yet.
    _rename(version.folder, old)
    _rename(fresh, version.folder)
    shutil.rmtree(old)
    return made


def read(folder: Path) -> dict[str, Any]:
    """The JSON beside the weights. Raises Refusal if it is missing or not of this shape."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Refusal(f"{str(folder)!r} has no readable {RECORD}.") from None
    if not isinstance(record, dict) or not _SHAPE.keys() <= record.keys():
        raise Refusal(f"{str(folder / RECORD)!r} does not describe a version.")
    for name, kinds in _SHAPE.items():
        if not isinstance(record[name], kinds):
            raise Refusal(f"{str(folder / RECORD)!r} has no usable {name!r}.")
    return record


def verify(folder: Path) -> str | None:
    """What is wrong with a version folder, as a sentence; None if it is sound."""
    if not folder.is_dir():
        return f"{str(folder)!r} is missing."
    try:
        record = read(folder)
    except Refusal as refusal:
        return str(refusal)
    weights = folder / WEIGHTS
    if not weights.is_file():
        return f"{str(weights)!r} is missing."
    if digest(weights) != record["sha256"]:
        return f"{str(weights)!r} is not the file that was saved: its SHA-256 differs."
    return None


def tensors(folder: Path) -> Tensors:
    """Names and float32 arrays of a version. Raises Refusal if the folder is not sound."""
    problem = verify(folder)
    if problem is not None:
        raise Refusal(problem)
    try:
        return load_file(folder / WEIGHTS)
    except SafetensorError:
        raise Refusal(f"{str(folder / WEIGHTS)!r} is not a safetensors file.") from None


def expect_base(version: AdapterVersion, base: str, fingerprint: str = "") -> None:
    """Raises Refusal if the version was made for another base, quantisation or other weights."""
    why = misfit(version, base, fingerprint)
    if why is not None:
        raise Refusal(f"{why} Load what it was made for, or teach its lessons anew.")


def misfit(version: AdapterVersion, base: str, fingerprint: str = "") -> str | None:
    """Why a version does not fit the base that is loaded, as a sentence; None if it does.

    A version or a base without a fingerprint is told by its name alone.
    """
    made_for = json.loads(version.settings).get("fingerprint", "")
    if version.base == base and (not made_for or not fingerprint or made_for == fingerprint):
        return None
    if same_base(version.base, base):
        return (
            f"Version {version.number} was made for other weights of {base!r} than are loaded now: "
            "the model has changed since."
        )
    return (
        f"Version {version.number} was made for {version.base!r} and does not fit {base!r}, the "
        "model that is loaded."
    )


def same_base(one: str, other: str) -> bool:
    """Whether two names are of one model, as it was and as it is: digests behind "@" may differ."""
    return re.sub(r"@[0-9a-f]{8}(?=/)", "", one) == re.sub(r"@[0-9a-f]{8}(?=/)", "", other)


def seed_for(parent: AdapterVersion | None, taught: Sequence[str], seed: int) -> int:
    """The seed of a run: a hash of the parent's weights, what is taught and the person's seed.

    Not a counter, so that a rebuild after forgetting draws what it would have drawn had the
    forgotten lesson never been taught.
    """
    start = parent.sha256 if parent is not None else "base"
    text = json.dumps([start, sorted(taught), seed])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def scan(home: Path) -> tuple[AdapterVersion, ...]:
    """Every sound version folder, by number, read from the folders alone."""
    found = []
    for folder in _folders(home):
        if verify(folder) is None:
            record = read(folder)
            found.append(
                AdapterVersion(
                    number=int(folder.name),
                    parent=record["parent"],
                    base=record["base"],
                    folder=folder,
                    sha256=record["sha256"],
                    seed=record["seed"],
                    lessons=tuple(record["lessons"]),
                    preferences=tuple(record["preferences"]),
                    settings=json.dumps(record["settings"], sort_keys=True),
                    gate="{}",
                )
            )
    return tuple(found)


def holding(home: Path, lesson: str) -> tuple[Path, ...]:
    """The version folders whose record names this lesson, by number."""
    found = []
    for folder in _folders(home):
        try:
            named = read(folder)["lessons"]
        except Refusal:  # not readable, so nothing will ever answer from it
            continue
        if lesson in named:
            found.append(folder)
    return tuple(found)


def next_number(store: Store, home: Path) -> int:
    """A number that neither a row nor a folder has."""
    taken = [int(folder.name) for folder in _folders(home)]
    return max([versions.next_number(store), *(number + 1 for number in taken)])


def rehome(store: Store, home: Path) -> None:
    """Says anew where each version lies: a home that was moved or copied holds its own.

    Else a copy would answer from the weights of the first home, and forgetting would delete those.
    """
    with store.transaction():
        for version in versions.all(store):
            folder = folder_of(home, version.number)
            if version.folder != folder:
                versions.set_folder(store, version.number, folder)


def mend(store: Store, home: Path) -> Mended:
    """Puts folders and rows in agreement at start.

    A `.partial` folder is removed; a sound folder without a row becomes a candidate; a row without
    a sound folder is retired. So is a run removed that was put aside and no round will go on with.
    """
    checkpoint.sweep(home)
    checkpoint.mend(store, home)
    removed = []
    for partial in sorted((home / "adapters").glob("*.partial")):
        shutil.rmtree(partial)
        removed.append(partial.name)
    rows = {version.number: version for version in versions.all(store)}
    read_back = []
    for version in scan(home):
        if version.number not in rows:
            versions.add(store, version)
            read_back.append(version.number)
    retired = []
    for number, row in rows.items():
        if row.state in ("candidate", "live"):
            problem = verify(row.folder)
            if problem is not None:
                versions.set_state(store, number, "retired", problem)
                retired.append(number)
    return Mended(tuple(removed), tuple(read_back), tuple(retired))


def purge(folder: Path) -> None:
    """Deletes the weights of a version for good."""
    if folder.exists():
        doomed = folder.with_name(folder.name + ".partial")
        folder.rename(doomed)  # a crash in the middle leaves a `.partial`, removed at start
        shutil.rmtree(doomed)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex. Equal tensors make equal files: sorted names, no date inside."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folders(home: Path) -> list[Path]:
    root = home / "adapters"
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if re.fullmatch(r"\d{4,}", path.name))


def _write(
    partial: Path,
    version: AdapterVersion,
    tensors: Tensors,
    losses: Sequence[float],
    gains: Sequence[float],
) -> AdapterVersion:
    """Fills a partial folder, the record last; on a full disk nothing of it is left."""
    try:
        with whole.writing(version.folder):
            if partial.exists():
                shutil.rmtree(partial)
            partial.mkdir(parents=True, mode=0o700)
            packed = {name: np.ascontiguousarray(tensors[name]) for name in tensors}
            save_file(packed, partial / WEIGHTS)
            whole.flush(partial / WEIGHTS)
            made = replace(version, sha256=digest(partial / WEIGHTS))
            record = {
                "number": made.number,
                "parent": made.parent,
                "base": made.base,
                "sha256": made.sha256,
                "seed": made.seed,
                "lessons": list(made.lessons),
                "preferences": list(made.preferences),
                "settings": json.loads(made.settings),
                "losses": [round(float(loss), 6) for loss in losses],
                "gains": [round(float(one), 6) for one in gains],
            }
            (partial / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
            whole.flush(partial / RECORD)
            whole.flush(partial)
    except Refusal:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return made


def _rename(folder: Path, to: Path) -> None:
    with whole.writing(to):
        if to.exists():
            shutil.rmtree(to)
        folder.rename(to)
        whole.flush(to.parent)


_SHAPE: dict[str, tuple[type, ...]] = {
    "parent": (int, type(None)),
    "base": (str,),
    "sha256": (str,),
    "seed": (int,),
    "lessons": (list,),
    "preferences": (list,),
    "settings": (dict,),
    "losses": (list,),
}
