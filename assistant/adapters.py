"""Adapter versions as folders on disk: whole or absent, each beside what made it.

A folder holds a file for each block; one that an older version has too is linked, not copied. Its
record names whose each block is, under a seal. Knows no torch and no model: tensors are numpy
arrays, so crash rules are tested in milliseconds.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from assistant import blocks, whole
from assistant.blocks import Block, Tensors
from data import versions
from data.store import Store
from data.types import AdapterVersion, Refusal

RECORD = "version.json"  # written last: its existence means that the folder is whole
SEAL = "seal"  # in it: a hash of all else there, so also of whose each block is and how strong


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
    kept: Sequence[Block] = (),
    source: Path | None = None,
    beneath: Sequence[str] = (),
) -> AdapterVersion:
    """Writes a version whole or not at all; its record is a candidate without a gate report.

    Its new block belongs to the lessons that none of `kept` does; those lie in the folder `source`.
    `beneath` are the lessons of what spoke while it was learned. Losses and gains are nats per
    token, one per step. Raises Refusal if the number is taken, a weight is not a finite number, or
    the disk takes no more.
    """
    for name, values in tensors.items():
        if not np.isfinite(values).all():
            raise Refusal(f"The update broke: {name!r} is no longer finite. Nothing was saved.")
    owned = {lesson for one in kept for lesson in one.lessons}
    version = AdapterVersion(
        number=number,
        parent=parent,
        base=base,
        folder=folder_of(home, number),
        sha256="",
        seed=seed,
        lessons=tuple(lessons),
        preferences=tuple(preferences),
        settings=json.dumps(dict(settings), sort_keys=True),
        gate="{}",
    )
    block = Block(
        lessons=tuple(one for one in lessons if one not in owned),
        sha256="",
        beneath=tuple(beneath),
        preferences=tuple(preferences),
    )
    return _make(version, kept, source, (block, tensors), losses, gains)


def reduced(
    home: Path, number: int, of: AdapterVersion, kept: Sequence[Block], why: str
) -> AdapterVersion:
    """A version of some blocks of another, moving none of their numbers; without a gate report.

    Its parent is none, since what it was made from may go; its settings say "of" which. Raises
    Refusal if a block is not sound, the number is taken or the disk takes no more.
    """
    for one in kept:
        block(of.folder, one)
    made_with = json.loads(of.settings).get("fingerprint", "")
    told = {"fingerprint": made_with, "reduced": why, "of": of.number}
    version = replace(
        of,
        number=number,
        parent=None,
        seed=0,
        folder=folder_of(home, number),
        lessons=tuple(one for one in of.lessons if any(one in each.lessons for each in kept)),
        preferences=tuple(dict.fromkeys(row for each in kept for row in each.preferences)),
        settings=json.dumps(told, sort_keys=True),
        gate="{}",
        state="candidate",
    )
    return _make(version, kept, of.folder, None, (), ())


def rescale(version: AdapterVersion, scale: float) -> AdapterVersion:
    """The same version with the deltas of its newest block times `scale`, before it has a row.

    A version always serves at strength 1, so a gate that found a better strength writes it in here.
    Raises Refusal if the disk takes no more: then it stays as it was.
    """
    *kept, newest = blocks_of(version.folder)
    weights = blocks.scaled(block(version.folder, newest), scale)
    record = read(version.folder)
    settings = json.loads(version.settings) | {"scale": scale}
    name = version.folder.name
    fresh, old = (version.folder.with_name(name + end) for end in (".scaled.partial", ".partial"))
    scaled = replace(version, settings=json.dumps(settings, sort_keys=True))
    told = (record["losses"], record.get("gains", ()))
    made = _write(fresh, scaled, kept, version.folder, (newest, weights), *told)
    # A crash between the two leaves only `.partial` folders, removed at start; it had no row yet.
    _rename(version.folder, old)
    _rename(fresh, version.folder)
    shutil.rmtree(old)
    return made


def read(folder: Path) -> dict[str, Any]:
    """The JSON beside the weights. Raises Refusal if it is missing, changed or not of this shape.

    One that was written before records were sealed is taken as it is.
    """
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise Refusal(f"{str(folder)!r} has no readable {RECORD}.") from None
    if not isinstance(record, dict) or not _SHAPE.keys() <= record.keys():
        raise Refusal(f"{str(folder / RECORD)!r} does not describe a version.")
    if SEAL in record and record[SEAL] != _seal(record):
        raise Refusal(f"{str(folder / RECORD)!r} is not the record that was saved.")
    for name, kinds in _SHAPE.items():
        if not isinstance(record[name], kinds):
            raise Refusal(f"{str(folder / RECORD)!r} has no usable {name!r}.")
    if not blocks.readable(record["blocks"]):
        raise Refusal(f"{str(folder / RECORD)!r} has no usable blocks.")
    for name in ("lessons", "preferences"):
        if not blocks.words(record[name]):
            raise Refusal(f"{str(folder / RECORD)!r} has no usable {name!r}.")
    if not 0 < (record["parent"] or 1) < 2**31 or not 0 <= record["seed"] < 2**63:
        raise Refusal(f"{str(folder / RECORD)!r} has no usable numbers.")
    return record


def blocks_of(folder: Path) -> tuple[Block, ...]:
    """The blocks of a version, oldest first. Raises Refusal if its record is missing or spoilt."""
    return tuple(map(Block.of, read(folder)["blocks"]))


def verify(folder: Path) -> str | None:
    """What is wrong with a version folder, as a sentence; None if it is sound."""
    if folder.is_symlink():
        return f"{str(folder)!r} is a link; heed follows none."
    try:
        record = read(folder)
    except Refusal as refusal:
        return str(refusal) if folder.is_dir() else f"{str(folder)!r} is missing."
    found = tuple(map(Block.of, record["blocks"]))
    for one in found:
        problem = spoilt(folder, one)
        if problem is not None:
            return problem
    if blocks.name_of(found) != record["sha256"]:
        return f"{str(folder / RECORD)!r} does not name the blocks that were saved."
    return None


def damage(version: AdapterVersion) -> str | None:
    """What is wrong with the folder of a version, as a sentence; None: it holds what was saved."""
    problem = verify(version.folder)
    if problem is None and read(version.folder)["sha256"] != version.sha256:
        return f"{str(version.folder)!r} holds another version than the one that was saved there."
    return problem


def spoilt(folder: Path, one: Block) -> str | None:
    """What is wrong with the file of a block, as a sentence; None if it is as it was saved."""
    weights = folder / one.file
    try:
        if not weights.is_file():
            return f"{str(weights)!r} is missing."
        if whole.digest(weights) != one.sha256:
            return f"{str(weights)!r} is not the file that was saved: its SHA-256 differs."
    except OSError as problem:
        return f"{str(weights)!r} cannot be read ({problem.strerror})."
    return None


def block(folder: Path, one: Block) -> Tensors:
    """Names and float32 arrays of one block. Raises Refusal if its file is not what was saved."""
    problem = spoilt(folder, one)
    if problem is not None:
        raise Refusal(problem)
    weights = folder / one.file
    try:
        return load_file(weights)
    except SafetensorError:
        raise Refusal(f"{str(weights)!r} is not a safetensors file.") from None


def tensors(folder: Path) -> Tensors:
    """All blocks of a version side by side. Raises Refusal if the folder is not sound."""
    problem = verify(folder)
    if problem is not None:
        raise Refusal(problem)
    return blocks.joined([block(folder, one) for one in blocks_of(folder)])


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


def holding(store: Store, home: Path, lesson: str) -> tuple[Path, ...]:
    """Version folders that name this lesson, or have no row: nobody knows what shaped those."""
    listed = {version.number for version in versions.all(store)}

    def names(folder: Path) -> bool:
        with suppress(Refusal):  # not readable, so nothing will ever answer from it
            return lesson in read(folder)["lessons"]
        return False

    return tuple(one for one in _folders(home) if int(one.name) not in listed or names(one))


def next_number(store: Store, home: Path) -> int:
    """A number that neither a row nor a folder has."""
    taken = [int(one.name) for one in _numbered(home)]
    return max([versions.next_number(store), *(number + 1 for number in taken)])


def purge(folder: Path) -> None:
    """Deletes the weights of a version for good."""
    if folder.exists() or folder.is_symlink():
        doomed = folder.with_name(folder.name + ".partial")
        folder.rename(doomed)  # a crash in the middle leaves a `.partial`, removed at start
        whole.remove(doomed)


def _folders(home: Path) -> list[Path]:
    """Never a link: what lies elsewhere is none of heed's."""
    return [one for one in _numbered(home) if one.is_dir() and not one.is_symlink()]


def _numbered(home: Path) -> list[Path]:
    root = home / "adapters"
    found = root.iterdir() if root.is_dir() else ()
    return sorted(path for path in found if _NAME.fullmatch(path.name))


def _make(
    version: AdapterVersion,
    kept: Sequence[Block],
    source: Path | None,
    new: tuple[Block, Tensors] | None,
    losses: Sequence[float],
    gains: Sequence[float],
) -> AdapterVersion:
    folder = version.folder
    if folder.exists():
        raise Refusal(f"Version {version.number} already exists in {str(folder)!r}.")
    partial = folder.with_name(folder.name + ".partial")
    made = _write(partial, version, kept, source, new, losses, gains)
    _rename(partial, folder)
    return made


def _write(
    partial: Path,
    version: AdapterVersion,
    kept: Sequence[Block],
    source: Path | None,
    new: tuple[Block, Tensors] | None,
    losses: Sequence[float],
    gains: Sequence[float],
) -> AdapterVersion:
    """Fills a partial folder, the record last; on a full disk nothing of it is left."""
    try:
        with whole.writing(version.folder):
            if partial.exists():
                shutil.rmtree(partial)
            partial.mkdir(parents=True, mode=0o700)
            every = list(kept)
            for one in kept:
                assert source is not None
                _link(source / one.file, partial / one.file)
            if new is not None:
                block, arrays = new
                packed = {name: np.ascontiguousarray(arrays[name]) for name in arrays}
                fresh = partial / "new.safetensors"
                save_file(packed, fresh)
                whole.flush(fresh)
                every.append(replace(block, sha256=whole.digest(fresh)))
                fresh.rename(partial / every[-1].file)
            made = replace(version, sha256=blocks.name_of(every))
            record = {
                "number": made.number,
                "parent": made.parent,
                "base": made.base,
                "sha256": made.sha256,
                "blocks": [asdict(one) for one in every],
                "seed": made.seed,
                "lessons": list(made.lessons),
                "preferences": list(made.preferences),
                "settings": json.loads(made.settings),
                "losses": [round(float(loss), 6) for loss in losses],
                "gains": [round(float(one), 6) for one in gains],
            }
            sealed = {**record, SEAL: _seal(record)}
            (partial / RECORD).write_text(json.dumps(sealed, indent=1), encoding="utf-8")
            whole.flush(partial / RECORD)
            whole.flush(partial)
    except Refusal:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return made


def _seal(record: Mapping[str, object]) -> str:
    """SHA-256, in hex, of what a record says beside it."""
    told = {name: said for name, said in record.items() if name != SEAL}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _link(old: Path, new: Path) -> None:
    """The same file under another name; a copy where the file system has no links."""
    with suppress(OSError):
        os.link(old, new)
        return
    shutil.copyfile(old, new)
    whole.flush(new)


def _rename(folder: Path, to: Path) -> None:
    with whole.writing(to):
        if to.exists():
            shutil.rmtree(to)
        folder.rename(to)
        whole.flush(to.parent)


_NAME = re.compile(r"\d{4,8}")  # of a version folder; what is longer is a date, and none of heed's
_SHAPE: dict[str, tuple[type, ...]] = {
    "parent": (int, type(None)),
    "base": (str,),
    "sha256": (str,),
    "blocks": (list,),
    "seed": (int,),
    "lessons": (list,),
    "preferences": (list,),
    "settings": (dict,),
    "losses": (list,),
}
