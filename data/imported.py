"""Keeps what came from files of other programs: chats and rows, what they became, and their rest.

Knows no form. What is imported is content and teaches nothing, until a person confirms it. The same
thing twice is kept once; of a chat that has grown only what is new is added.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from data import preferences, rows
from data.arrivals import Arrival, Rating, Rest, Row, Said, Talk, Verdict, safe
from data.ids import ALPHABET, LENGTH
from data.store import Store
from data.types import (
    Critique,
    ItemRole,
    MadeBy,
    Origin,
    Preference,
    PromptOrigin,
    Source,
    Task,
    Trust,
    Turn,
)

WEIGHT = 0.3  # of a row that does not say its own: that of praise
BATCH = 1000  # turns or rows that are written at once
RATER = "imported"
_ID = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


@dataclass(slots=True)
class Tally:
    """What an import did, in counts."""

    chats: int = 0
    grown: int = 0  # chats that were here, with more in them now
    messages: int = 0
    ratings: int = 0
    rows: int = 0
    known: int = 0  # chats and rows that were here
    lost: int = 0  # ratings of chats that are not here
    wordless: int = 0  # conversations without a message of words


@dataclass(frozen=True, slots=True)
class _Known:
    """A thing that is here already."""

    digest: str
    task: str | None
    preference: str | None


class Writer:
    """Writes arrivals inside one transaction of the caller. `close` writes the last ones."""

    def __init__(self, store: Store, file: str, *, learn: bool) -> None:
        """`learn`: a person has said that these ratings and rows may be learned from."""
        self._store, self._file = store, file
        self._trust: Trust = "confirmed" if learn else "imported"
        self._learn = learn
        self._here = {
            key: _Known(digest, task, preference)
            for key, digest, task, preference in store.rows(
                "SELECT key, digest, task, preference FROM imported"
            )
        }
        self._tasks: list[Task] = []
        self._turns: list[Turn] = []
        self._critiques: list[Critique] = []
        self._rows: list[tuple[Preference, PromptOrigin]] = []
        self._kept: list[tuple[object, ...]] = []
        self.tally = Tally()
        self.tasks: list[str] = []  # chats, old and new
        self.rated: list[str] = []  # those with ratings
        self.rows: list[str] = []  # preferences

    def add(self, arrival: Arrival) -> None:
        """One thing that the file holds."""
        match arrival:
            case Talk():
                self._talk(arrival)
            case Verdict():
                self._verdict(arrival)
            case Row() if arrival.chosen is None:
                self._talk(_unpaired(arrival))
            case Row():
                self._row(arrival)
        if len(self._turns) + len(self._rows) >= BATCH:
            self.close()

    def close(self) -> None:
        """Writes what was gathered."""
        rows.insert_all(self._store, self._tasks)
        rows.insert_all(self._store, self._turns)
        rows.insert_all(self._store, self._critiques)
        if self._rows:
            preferences.add_all(self._store, self._rows)
        if self._kept:
            columns = [list(column) for column in zip(*self._kept, strict=True)]
            self._store.execute(
                "INSERT OR REPLACE INTO imported"
                ' (key, form, file, task, preference, digest, rest, "at") SELECT '
                + ", ".join(f"unnest(CAST(? AS {kind}[]))" for kind in _KINDS),
                columns,
            )
        for gathered in (self._tasks, self._turns, self._critiques, self._rows, self._kept):
            gathered.clear()

    def _talk(self, talk: Talk) -> None:
        if not talk.said:
            self.tally.wordless += 1
            return
        digest = _hash([_plain(one) for one in talk.said])
        key = _hash([talk.form, talk.id]) if talk.id else digest
        known = self._here.get(key)
        if known is not None and known.task is not None:
            rated = any(one.ratings for one in talk.said)
            if known.digest == digest:
                self.tally.known += 1
            else:
                self.close()  # the chat may be one of those that are not written yet
                self._grow(known.task, talk)
                self._keep(key, talk.form, known.task, None, digest, _rest(talk))
            self._found(known.task, rated=rated)
            return
        task = self._store.new_id()
        places: dict[str, str] = {}
        numbers: dict[tuple[str | None, str], int] = {}
        for one in talk.said:
            self._say(task, one, places, numbers)
        head = places.get(talk.head or "") or places[talk.said[-1].id]
        self._tasks.append(Task(task, _title(talk), head=head))
        self._found(task, rated=any(one.ratings for one in talk.said))
        self.tally.chats += 1
        self._keep(key, talk.form, task, None, digest, _rest(talk))

    def _say(
        self,
        task: str,
        one: Said,
        places: dict[str, str],
        numbers: dict[tuple[str | None, str], int],
    ) -> None:
        parent = places.get(one.parent) if one.parent is not None else None
        kind = "request" if one.role == "user" else "draft"
        number = numbers[parent, kind] = numbers.get((parent, kind), 0) + 1
        id = places[one.id] = self._store.new_id()
        now = self._store.now()
        self._turns.append(
            Turn(
                id=id,
                task=task,
                parent=parent,
                kind="request" if one.role == "user" else "draft",
                text=one.text,
                number=number,
                source="human" if one.role == "user" else "model",
                trust="imported",
                at=one.at or now,
                learn=self._learn,
                made_with=json.dumps({"imported": one.id}),
            )
        )
        self.tally.messages += 1
        for rating in one.ratings:
            self._rate(id, rating)

    def _rate(self, turn: str, rating: Rating) -> None:
        origin = Origin(rater=RATER, trust=self._trust)
        words, now = safe(rating.words), self._store.now()
        entry = Critique(self._store.new_id(), turn, words, origin, now, thumb=rating.thumb)
        self._critiques.append(entry)
        self.tally.ratings += 1

    def _grow(self, task: str, talk: Talk) -> None:
        """Adds what is new in a chat: a message of other words stands beside the old one."""
        here = rows.select(self._store, Turn, "WHERE task = ? ORDER BY id", [task])
        known = {(_source_id(one), one.text): one.id for one in here}
        numbers: dict[tuple[str | None, str], int] = {}
        for turn in here:
            place = (turn.parent, turn.kind)
            numbers[place] = max(turn.number, numbers.get(place, 0))
        places: dict[str, str] = {}
        before = (self.tally.messages, self.tally.ratings)
        for one in talk.said:
            turn_id = known.get((one.id, one.text))
            if turn_id is None:
                self._say(task, one, places, numbers)
            else:
                places[one.id] = turn_id
                self._rate_anew(turn_id, one.ratings)
        self.tally.grown += before != (self.tally.messages, self.tally.ratings)

    def _rate_anew(self, turn: str, ratings: Sequence[Rating]) -> None:
        said = self._store.rows("SELECT thumb, text FROM critique WHERE turn = ?", [turn])
        for rating in ratings:
            if (rating.thumb, safe(rating.words)) not in said:
                self._rate(turn, rating)

    def _verdict(self, verdict: Verdict) -> None:
        self.close()
        known = self._here.get(_hash([verdict.form, verdict.talk]))
        turns = (
            ()
            if known is None or known.task is None
            else rows.select(self._store, Turn, "WHERE task = ? ORDER BY id", [known.task])
        )
        found = [one for one in turns if _source_id(one) == verdict.message]
        if known is None or known.task is None or not found:
            self.tally.lost += 1
            return
        before = self.tally.ratings
        self._rate_anew(found[-1].id, [verdict.rating])
        self.tally.known += before == self.tally.ratings
        self._found(known.task, rated=True)

    def _found(self, task: str, *, rated: bool) -> None:
        self.tasks.append(task)
        if rated:
            self.rated.append(task)

    def _row(self, row: Row) -> None:
        texts = (row.prompt, row.chosen or "", row.rejected)
        said = [[one.role, one.text] for one in row.prompt]
        told = str(row.rest.get("id", ""))
        key = _hash([said, row.chosen, row.rejected, told])
        known = self._here.get(key)
        if known is not None and known.preference is not None:
            self.tally.known += 1
            self.rows.append(known.preference)
            return
        id = told if _ID.fullmatch(told) else ""
        before = preferences.texts(self._store, id) if id else None
        if before == texts:  # heed's own export, back where it came from
            self.tally.known += 1
            return
        taken = before is not None or any(one.id == id for one, _ in self._rows)
        made = _preference(row, self._store.new_id() if taken or not id else id, self._trust)
        origin = row.rest.get("prompt_origin")
        known_origin: PromptOrigin = "pool" if origin == "pool" else "chat"
        self._rows.append((made, "bundled" if origin == "bundled" else known_origin))
        self.rows.append(made.id)
        self.tally.rows += 1
        self._keep(key, "trl", None, made.id, _hash([told]), row.rest)

    def _keep(
        self,
        key: str,
        form: str,
        task: str | None,
        preference: str | None,
        digest: str,
        rest: Rest,
    ) -> None:
        self._here[key] = _Known(digest, task, preference)
        text = json.dumps(rest, ensure_ascii=False, default=str)
        at = self._store.now().replace(tzinfo=None)
        self._kept.append((key, form, self._file, task, preference, digest, _sound(text), at))


_KINDS = (*["VARCHAR"] * 7, "TIMESTAMP")


def _preference(row: Row, id: str, trust: Trust) -> Preference:
    rest = row.rest
    weight = rest.get("weight")
    sound = isinstance(weight, int | float) and not isinstance(weight, bool) and 0 < weight <= 1
    made_by: MadeBy = "praise" if row.rejected is None else "choice"
    role: ItemRole = "in"
    source: Source = "human"
    for known in get_args(MadeBy):
        made_by = known if rest.get("made_by") == known else made_by
    for known in get_args(ItemRole):
        role = known if rest.get("role") == known else role
    for known in get_args(Source):
        source = known if rest.get("source") == known else source
    return Preference(
        id=id,
        lesson=None,
        critique=None,
        choice=None,
        prompt=row.prompt,
        chosen=row.chosen or "",
        rejected=row.rejected,
        role=role,
        made_by=made_by,
        weight=float(weight) if sound and weight is not None else WEIGHT,
        split="train",  # the request's own is filled in
        source=source,
        trust=trust,
        cut=rest.get("cut") is True,
    )


def _unpaired(row: Row) -> Talk:
    """A reply that was only said to be bad: no preference, but a chat with a thumb down."""
    said: list[Said] = []
    for one in row.prompt:
        if one.role != "system" and safe(one.text):
            said.append(_after(said, one.role, safe(one.text)))
    if not row.rejected or not safe(row.rejected):
        return Talk("trl", "", "", ())
    last = replace(_after(said, "assistant", safe(row.rejected)), ratings=(Rating("down", ""),))
    system = next((one.text for one in row.prompt if one.role == "system"), "")
    return Talk("trl", "", "", (*said, last), system=system, rest={"row": dict(row.rest)})


def _after(said: Sequence[Said], role: str, text: str) -> Said:
    before = said[-1].id if said else None
    return Said(str(len(said) + 1), before, "user" if role == "user" else "assistant", text)


def _rest(talk: Talk) -> Rest:
    return {**talk.rest, "system": talk.system} if talk.system else talk.rest


def _title(talk: Talk) -> str:
    lines = safe(talk.title).splitlines() or safe(talk.said[0].text).splitlines()
    return lines[0][:120].strip() or "Imported chat"


def _plain(one: Said) -> list[object]:
    return [one.id, one.parent, one.role, one.text, [[r.thumb, r.words] for r in one.ratings]]


def _source_id(turn: Turn) -> str | None:
    found = json.loads(turn.made_with).get("imported")
    return found if isinstance(found, str) else None


def _hash(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _sound(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
