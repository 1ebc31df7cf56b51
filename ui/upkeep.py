"""The person's own file: where it is, a copy of it, a look at its soundness, an export.

Knows no model and no session: it opens the memory alone, so it is quick.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import adapters
from assistant.settings import Settings
from data import backups, export, versions
from data.store import Store
from data.types import Refusal
from ui import lines
from ui.lines import Line

if TYPE_CHECKING:  # it imports torch, and a look at the memory should not wait for that
    from assistant.doctor import Computer

MEMORY = "memory.duckdb"
BACKUPS = "backups"


def data(args: Namespace, settings: Settings) -> Iterator[Line]:
    """heed data path | backup | verify | export."""
    if args.act == "path":
        yield from places(settings)
        return
    with closing(Store(settings.home / MEMORY)) as store:
        match args.act:
            case "backup":
                yield lines.path("backup", backups.make(store, _target(args.folder, settings)))
            case "verify":
                yield from findings(store, settings.home)
            case "export":
                for text in export.lines(store):
                    yield Line(json.loads(text), text)


def _target(folder: Path | None, settings: Settings) -> Path:
    try:
        return (folder or settings.home / BACKUPS).expanduser().absolute()
    except RuntimeError as problem:  # "~x" of a person whom this computer does not know
        raise Refusal(f"There is no folder {str(folder)!r}: {problem}") from problem


def places(settings: Settings) -> Iterator[Line]:
    """Where everything is kept."""
    yield lines.path("home", settings.home)
    yield lines.path("memory", settings.home / MEMORY)
    yield lines.path("adapters", settings.home / "adapters")


def findings(store: Store, home: Path) -> Iterator[Line]:
    """What is wrong with the memory and the version folders; one sentence when all is sound."""
    found = list(store.verify())
    for version in versions.all(store):
        if version.state != "purged":
            there = replace(version, folder=adapters.folder_of(home, version.number))
            wrong = adapters.damage(there)
            found += [] if wrong is None else [f"Version {version.number}: {wrong}"]
    for sentence in found or ["The memory and its versions are sound."]:
        yield lines.finding(sentence)


def health(found: Computer, settings: Settings) -> Iterator[Line]:
    """The computer, what fits on it, and what is kept."""
    yield lines.computer(found.device, found.cores, found.total, found.free)
    yield lines.finding("Models in NF4 with room to learn (estimates):")
    for size in found.sizes:
        yield lines.size(size.billions, size.gib, size.fits)
    yield from kept(settings)


def kept(settings: Settings) -> Iterator[Line]:
    """The model, where everything is kept, and whether it is sound."""
    yield lines.finding(f"Model: {settings.model or 'the starter, SmolLM2-135M-Instruct'}")
    yield lines.finding(f"Everything is kept in {str(settings.home)!r}")
    if (settings.home / MEMORY).exists():
        with closing(Store(settings.home / MEMORY)) as store:
            yield from findings(store, settings.home)
    else:
        yield lines.finding("There is no memory yet: nothing was said.")
