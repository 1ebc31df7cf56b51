"""What goes to other programs and comes from them: heed export and heed import.

Knows no form and no model: it opens the memory alone, so it is quick.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TextIO

from assistant import arrive
from assistant.settings import Settings
from data import forms
from data.forms import Left
from data.imported import Tally
from data.store import Store
from data.types import Refusal
from ui.lines import Line
from ui.upkeep import MEMORY

OURS = (".jsonl", ".json", ".parquet")  # what an export may overwrite in heed's own folder


def export(args: Namespace, settings: Settings, err: TextIO) -> Iterator[Line]:
    """heed export: rows on standard output, or in a file; what was left out is always said."""
    out = None if args.out is None else _place(args.out, settings.home)
    if args.form == "parquet" and out is None:
        raise Refusal("A Parquet file needs a name: heed export --form parquet --out FILE.")
    with closing(Store(settings.home / MEMORY)) as store:
        found = forms.rows(store, args.form, args.split)
        count = 0
        if out is None:
            for row in found:
                count += 1
                yield Line(row, json.dumps(row, ensure_ascii=False))
        else:
            write = forms.write_parquet if args.form == "parquet" else forms.write
            count = write(out, found)
        line = exported(args.form, count, out, forms.left(store, args.form, args.split))
        if out is not None:
            yield line
        else:  # standard output holds rows and nothing else
            print(json.dumps(line.record) if args.json else line.text, file=err, flush=True)


def bring(args: Namespace, settings: Settings) -> Iterator[Line]:
    """heed import: what a file held, and what of it may be learned from."""
    try:
        path = args.file.expanduser()
    except RuntimeError as problem:
        raise Refusal(f"There is no file {str(args.file)!r}: {problem}") from problem
    if not path.is_file():
        raise Refusal(f"There is no file {str(args.file)!r} to import.")
    with closing(Store(settings.home / MEMORY)) as store:
        tally, confirmed = arrive.take(store, path, learn=args.learn)
    yield imported(path, tally, confirmed, learn=args.learn)


def exported(form: str, count: int, out: Path | None, left: Left) -> Line:
    """How many rows left, and how many did not."""
    record = {
        "kind": "exported",
        "form": form,
        "rows": count,
        "path": None if out is None else str(out),
        "left_out": {
            "reported_only": left.reported,
            "demonstrations": left.unpaired,
            "other_split": left.unasked,
        },
    }
    said = [f"{_many(count, 'row')} in the form {form}" + (f", in {str(out)!r}." if out else ".")]
    said.append(f"Left out: {_many(left.reported, 'audit row')}, which only reports read")
    if left.unpaired:
        said[-1] += f"; {_many(left.unpaired, 'demonstration')} without a rejected side"
    if left.unasked:
        said[-1] += f"; {_many(left.unasked, 'row')} of the other split"
    return Line(record, " ".join(said) + ".")


def imported(path: Path, tally: Tally, confirmed: int, *, learn: bool) -> Line:
    """What came in, and whether it teaches anything."""
    record = {
        "kind": "imported",
        "file": path.name,
        "chats": tally.chats,
        "grown": tally.grown,
        "messages": tally.messages,
        "ratings": tally.ratings,
        "rows": tally.rows,
        "known": tally.known,
        "lost_ratings": tally.lost,
        "wordless": tally.wordless,
        "learn": learn,
        "learnable": confirmed,
    }
    said = [
        f"{path.name}: {_many(tally.chats, 'new chat')}, {_many(tally.messages, 'message')},"
        f" {_many(tally.ratings, 'rating')}, {_many(tally.rows, 'row')}."
    ]
    if tally.grown:
        said.append(f"Chats that had grown: {tally.grown}.")
    if tally.known:
        said.append(f"Here already: {tally.known}.")
    if tally.lost:
        said.append(
            f"Ratings of chats that are not here: {tally.lost}; import the chats, then this again."
        )
    if tally.wordless:
        said.append(f"Conversations without words: {tally.wordless}.")
    if learn:
        said.append(f"You said that it may be learned from: {_many(confirmed, 'row')}.")
    else:
        said.append(
            "Nothing is learned from it. If its rows and ratings are yours and may teach: "
            f"heed import {path.name} --learn"
        )
    return Line(record, " ".join(said))


def _place(out: Path, home: Path) -> Path:
    try:
        place = out.expanduser().absolute()
    except RuntimeError as problem:
        raise Refusal(f"There is no place {str(out)!r}: {problem}") from problem
    inside = home.absolute() in place.resolve().parents or home.resolve() in place.resolve().parents
    if place.is_dir() or (inside and place.suffix not in OURS):
        raise Refusal(
            f"{str(place)!r} is not a place for an export. Name a file that ends in .jsonl or"
            " .parquet."
        )
    return place


def _many(count: int, name: str) -> str:
    return f"{count:,} {name}" + ("" if count == 1 else "s")
