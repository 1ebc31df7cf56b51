"""Forgetting a lesson: out of what answers, the weights, the caches and the file; with a receipt.

Blocks in which it had no part go on to answer, to the bit as if it had never been taught; what was
learned on top of it is taught anew by the next round. Knows no model. The proof is proof.py's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from assistant import adapters, blocks, checkpoint, debt, places, proof, purge, remainder, trace
from assistant.trace import Part, Said
from data import (
    backups,
    brought,
    caches,
    checkpoints,
    critiques,
    decisions,
    ledger,
    preferences,
    tasks,
    versions,
)
from data.store import Store
from data.types import AdapterVersion, Receipt, Refusal, Turn

MARK = purge.MARK
BLANK = "(forgotten)"
_WHY = "a lesson was forgotten"


def forget(store: Store, home: Path, lesson: str) -> Receipt:
    """Removes a lesson for good, and says in ids and counts what went.

    At once a version answers in which it has no part; lessons that were learned on top of it act
    from the prompt until they are taught anew. Replies that were made under it stay in their chats;
    its words in critiques do not, and those of other lessons there do. Raises Refusal if there is
    no such lesson, or if not even this can be written down.
    """
    found = ledger.get(store, lesson)
    said = trace.of(store, found)
    copies = backups.within(home)
    _mark(home, lesson)
    debt.owe(home)
    with store.transaction():
        part, holding, rows = _reached(store, lesson, said)
        numbers = [one.number for one in holding]
        before = _in_weights(store)
        _out_of_versions(store, home, lesson, holding, rows)
        gone = preferences.remove_of(store, lesson)
        made = preferences.matching(store, trace.made(part))
        gone += preferences.remove(store, made)
        gone += preferences.remove(store, brought.naming(store, lesson, said.words))
        tainted = preferences.matching(store, trace.written(store, part))
        edits = preferences.matching(store, lambda row: row.made_by == "edit" and row.id in tainted)
        withdrawn = [id for id in tainted if id not in edits]
        preferences.withdraw(store, withdrawn, "written under a forgotten lesson")
        heard = [wish for some in said.wishes.values() for wish in some]
        decisions.remove_of(store, lesson, heard, said.words)
        decisions.blank_vectors(store, trace.read_under(store, part))
        checkpoints.remove_of(store, part.drafts)
        cached = caches.remove_targets(store, lesson)
        _blank(store, said)
        preferences.remove_prompts(store, said.topics)
        for words in said.words:
            caches.remove_vectors(store, words)
        ledger.remove(store, lesson)
        places.follow_live(store)
        acting = {one.id for one in ledger.all(store, ledger.ACTING)}
        anew = (before - _in_weights(store)) & acting
        removed = {
            "lesson": lesson,
            "versions": numbers,
            "preferences": len(gone),
            "withdrawn": len(withdrawn),
            "edits kept": list(edits),
            "critiques": len(said.wishes),
            "cached": cached,
            "taught anew": len(anew),
            "backups": len(copies),
            "backups elsewhere": len(backups.elsewhere(store, home)),
            "proof": proof.expected(found, holding),
            "file": debt.OWED,
        }
        receipt = versions.add_receipt(store, json.dumps(removed))
    with suppress(Refusal, OSError):  # a full disk: the rest is owed, and the receipt says so
        if withdrawn or made:  # a run that was put aside may have learned from them
            checkpoint.path_of(home).unlink(missing_ok=True)
        others = _finish(store, home, {lesson: said.words})
        if others:
            told = json.dumps({**removed, "other files": list(others)})
            versions.write_receipt(store, receipt.id, told)
        debt.pay(store, home)
    return versions.receipt(store, receipt.id)


def provable(receipt: Receipt) -> bool:
    """Whether a proof can be measured: a version held the lesson, and code can check it."""
    return bool(json.loads(receipt.removed)["proof"] == proof.OPEN)


def told(store: Store, home: Path, receipt: Receipt, proving: bool = False) -> str:
    """What became of a forgetting at once, in words for the person.

    `proving` says that its proof is measured and told later: this one's, or that of what it said
    before it was edited.
    """
    removed = json.loads(receipt.removed)
    said = [f"Forgotten. The receipt {receipt.id} says what was removed."]
    if removed["proof"] == proof.NEVER and not proving:
        said.append("No version had learned it.")
    if removed["proof"] == proof.NO_CHECK and not proving:
        said.append("No code can check it, so no proof is measured.")
    if removed["edits kept"]:
        said.append(f"Your own edits are kept: {len(removed['edits kept'])}.")
    anew = removed.get("taught anew", 0)
    if anew:
        said.append(places.from_prompt(anew))
    copies = backups.elsewhere(store, home)
    if copies:
        said.append(backups.unreached(copies))
    if removed.get("other files"):
        named = ", ".join(removed["other files"])
        said.append(f"Files of your own in heed's folder still hold its words: {named}.")
    if removed["file"] == debt.OWED:
        said.append(
            "Its old bytes are still in the memory, because the disk is full; they go at the next "
            "start with room."
        )
    return " ".join(said)


def mend(store: Store, home: Path) -> bool:
    """Finishes every forgetting that was begun, also such as a crash cut short; whether one was.

    Raises Refusal or OSError if the disk takes no more: then the rest goes at a later start.
    """
    begun = (home / MARK).exists()
    _finish(store, home, {})
    return debt.pay(store, home) or begun


def _finish(store: Store, home: Path, said: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Files go after the rows that say so, the old bytes of the memory itself at last.

    `said` are the words of each lesson that is forgotten now. After a crash nobody knows those of
    an earlier one any more, and the whole log goes. Gives back the names of the person's own files
    in the home that hold them.
    """
    others: dict[str, None] = {}
    known = {one.id for one in ledger.all(store)}
    for lesson in sorted(debt.noted(home / MARK), key=lambda one: one not in said):
        if lesson not in known:  # else the crash came before any row went, and all is as it was
            purge.files(store, home, lesson)
            others |= dict.fromkeys(purge.words(home, lesson, said.get(lesson)))
    for mark in (MARK, f"{MARK}.partial"):
        (home / mark).unlink(missing_ok=True)
    return tuple(others)


def _reached(store: Store, lesson: str, said: Said) -> tuple[Part, list[AdapterVersion], set[str]]:
    """What the lesson had a part in, and the versions and rows that it had one in.

    Versions such as hold it, such as were taught on what it had a part in, and what was built upon
    those.
    """
    every, targets = versions.all(store), _targets(store, lesson)
    numbers = {one.number for one in every if lesson in one.lessons}
    rows: set[str] = set()
    while True:
        part = trace.part(store, lesson, said, _parts(every, numbers, lesson, rows), targets)
        found = {*brought.naming(store, lesson, said.words), *_shaped(store, part)}
        reached = {
            one.number
            for one in every
            if one.number in numbers or one.parent in numbers or found.intersection(one.preferences)
        }
        if (reached, found) == (numbers, rows):
            return part, [one for one in every if one.number in numbers], rows
        numbers, rows = reached, found


def _parts(
    every: Sequence[AdapterVersion], numbers: Collection[int], lesson: str, rows: Collection[str]
) -> Mapping[int, frozenset[str] | None]:
    """For these versions the names of the blocks that the lesson and its rows had a part in.

    None where it is not known.
    """
    found: dict[int, frozenset[str] | None] = {}
    for version in every:
        if version.number in numbers:
            found[version.number] = None
            with suppress(Refusal):  # its folder is gone or spoilt
                all_of = adapters.blocks_of(version.folder)
                clean = {one.sha256 for one in blocks.without(all_of, lesson, rows)}
                found[version.number] = frozenset(one.sha256 for one in all_of) - clean
    return found


def _in_weights(store: Store) -> set[str]:
    """The lessons of every version that answers or that the person may choose."""
    chosen = [one for one in versions.all(store) if one.state in ("live", "retired")]
    return {lesson for one in chosen for lesson in one.lessons}


def _shaped(store: Store, part: Part) -> tuple[str, ...]:
    """The rows that it had a part in, by id, but for the person's own edits."""
    made, written = trace.made(part), trace.written(store, part)
    return preferences.matching(
        store, lambda row: made(row) or (row.made_by != "edit" and written(row))
    )


def _targets(store: Store, lesson: str) -> list[str]:
    return [key for key, some in caches.lessons_of_targets(store).items() if lesson in some]


def _mark(home: Path, lesson: str) -> None:
    try:
        debt.note(home / MARK, lesson)
    except OSError as problem:
        raise Refusal(
            f"{str(home)!r} cannot be written ({problem.strerror}), so nothing was forgotten. "
            "Make room there and try again."
        ) from problem


def _out_of_versions(
    store: Store, home: Path, lesson: str, holding: Sequence[AdapterVersion], rows: Collection[str]
) -> None:
    """Lets what never saw the lesson answer, and gives up the versions that it had a part in."""
    live = versions.live(store)
    numbers = [one.number for one in holding]
    if live is not None and live.number in numbers:
        left = remainder.of(store, home, live, lesson, _WHY, rows=rows, apart=numbers)
        if left is None:
            versions.retire_live(store, _WHY)
        else:
            versions.promote(store, left, _WHY)
    remainder.spare(store, home, holding, lesson, _WHY, rows)
    for one in holding:
        versions.set_state(store, one.number, "purged", _WHY)


def _blank(store: Store, said: Said) -> None:
    """Takes the lesson's words out of critiques, of their turns, and of what heed told of them."""
    for id, wishes in said.wishes.items():
        turns = trace.spoken(store, critiques.get(store, id))
        left = critiques.remove_wishes(store, id, wishes)
        for turn in turns:
            _rewrite(store, turn, left or BLANK, turn.made_with if left else "{}")
    for turn in trace.notices(store, said.effects):
        _rewrite(store, turn, BLANK, "{}")


def _rewrite(store: Store, turn: Turn, text: str, made_with: str) -> None:
    # The words of a finished turn stay as they are, so it is opened first.
    tasks.write_turn(store, turn.id, state="writing")
    tasks.write_turn(store, turn.id, text=text, made_with=made_with, state=turn.state)
