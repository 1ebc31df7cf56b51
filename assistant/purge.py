"""The files of a home that held a forgotten lesson: versions, targets, copies, the log, exports.

And the log and exports of a chat that is deleted. Knows no row but which versions are purged. What
heed did not write is never changed, only counted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from assistant import adapters, checkpoint, debt, targets, whole
from data import backups, versions
from data import forms as export_forms
from data.store import Store

MARK = "forgetting"  # a file in the home while forgettings are not finished: the lessons' ids
LARGEST = 64 * 2**20  # bytes of a file of the person's own that is looked into
SHORTEST = 4  # characters of words that are looked for in such files and in the log
_OURS = ("adapters", "targets", "starter", "unpacked", checkpoint.FOLDER)
_EXPORTED = {"prompt", "lesson", "critique"}  # keys of a line of an export, and one of the next
_REPLY = {"chosen", "completion"}


def files(store: Store, home: Path, lesson: str) -> None:
    """Removes versions, targets, copies and half written files that held the lesson.

    In this home alone, also where a row still says that a version lies in the home it came from.
    """
    for version in versions.all(store):
        if version.state == "purged":
            adapters.purge(adapters.folder_of(home, version.number))
    for folder in adapters.holding(store, home, lesson):  # also of a round that was stopped
        adapters.purge(folder)
    for half in (home / "adapters").glob("*.partial"):
        whole.remove(half)
    targets.index(store, home)
    checkpoint.purge(home, lesson)
    for copy in backups.within(home):
        copy.unlink(missing_ok=True)


def words(home: Path, lesson: str, said: Sequence[str] | None) -> tuple[str, ...]:
    """Takes words out of the log and out of exports in the home; None: they are not known any more.

    Then the whole log goes, and of exports what names the lesson's id. Gives back the names of the
    other files there that hold the words: they are the person's own.
    """
    forms = _forms([lesson, *(said or ())])
    _out_of_log(home, None if said is None else forms)
    return _out_of_exports(home, forms)


def chat(home: Path, said: Sequence[str], rows: Sequence[str]) -> None:
    """Takes a chat out of the log, by what was said in it, and its rows, by id, out of exports."""
    _out_of_log(home, _forms(said))
    if rows:
        _out_of_exports(home, rows)


def _out_of_log(home: Path, forms: Sequence[str] | None) -> None:
    """In place: the running log is appended to, and would go on in a file that was replaced."""
    log = home / "log.txt"
    if log.exists():
        kept = [] if forms is None else [one for one in _lines(log) if not _holds(one, forms)]
        _keep_lines(log, kept)


def _out_of_exports(home: Path, forms: Sequence[str]) -> tuple[str, ...]:
    """The names of other files that hold one of these."""
    left = []
    for path in sorted(home.rglob("*")) if home.is_dir() else []:
        if not path.is_file() or _ours(path.relative_to(home)) or path.stat().st_size > LARGEST:
            continue
        if path.suffix == ".parquet" and export_forms.strip(path, forms):
            continue
        found = path.read_bytes()
        if not any(form.encode() in found for form in forms):
            continue
        lines = _lines(path)
        if lines and all(_exported(line) for line in lines if line.strip()):
            _keep_lines(path, [line for line in lines if not _holds(line, forms)])
        else:
            name = path.relative_to(home).as_posix()
            left.append("a file" if _holds(name, forms) else name)
    return tuple(left)


def _ours(path: Path) -> bool:
    name = path.name
    return (
        path.parts[0] in _OURS
        or (len(path.parts) > 1 and path.parts[0].endswith(".partial"))  # a folder half written
        or name.startswith("memory.duckdb")
        or str(path).removesuffix(".partial") in ("heed.toml", "log.txt", MARK, debt.MARK)
    )


def _forms(said: Sequence[str]) -> tuple[str, ...]:
    """The words as they stand in plain text, in JSON and in a traceback."""
    found: set[str] = set()
    for words in said:
        if len(words.strip()) >= SHORTEST:
            plain, escaped = json.dumps(words, ensure_ascii=False), json.dumps(words)
            found |= {words, plain[1:-1], escaped[1:-1], repr(words)[1:-1]}
            found.add(json.dumps(plain[1:-1], ensure_ascii=False)[1:-1])  # JSON inside JSON
    return tuple(found)


def _holds(line: str, forms: Sequence[str]) -> bool:
    return any(form in line for form in forms)


def _exported(line: str) -> bool:
    try:
        found = json.loads(line)
    except ValueError:
        return False
    return isinstance(found, dict) and found.keys() >= _EXPORTED and bool(found.keys() & _REPLY)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)


def _keep_lines(path: Path, lines: Sequence[str]) -> None:
    with path.open("r+", encoding="utf-8", newline="") as file:
        file.writelines(lines)
        file.truncate()
