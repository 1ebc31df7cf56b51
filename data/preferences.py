"""Prompts, preferences, and the one view that learning reads.

Knows neither how a pair was made nor how it is trained on. Audit rows are `audit.py`'s alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from data import consent, ledger, rows
from data.consent import CLOSED_LESSONS, OPEN_CRITIQUES, OPEN_TURNS
from data.split import prompt_id, split_of
from data.store import Store
from data.types import Preference, Prompt, PromptOrigin

_OPEN_CHOICES = (
    f'SELECT id FROM choice WHERE "left" IN ({OPEN_TURNS}) AND "right" IN ({OPEN_TURNS})'
)
_UNCHECKED_FACTS = """
    SELECT id, critique FROM wish WHERE claim IN ('unverified', 'refuted') AND settled <> 'rejected'
"""

# A person's own word, not taken back, said where learning is allowed. A row with neither critique
# nor choice was made by code: `_allowed` looks at the request that it was made for.
_SIGNAL = f"""
    trust IN ('typed', 'confirmed') AND withdrawn IS NULL
    AND (critique IS NULL OR critique IN ({OPEN_CRITIQUES}))
    AND (choice IS NULL OR choice IN ({_OPEN_CHOICES}))
    AND (lesson IS NULL OR lesson NOT IN ({CLOSED_LESSONS}))
"""

# What may reach weights: a lesson that the person stands behind, and no fact that nobody checked.
_LEARNABLE = f"""
    {_SIGNAL}
    AND (lesson IS NULL OR lesson IN (
        SELECT id FROM lesson
        WHERE status IN ('active', 'learned') AND stance IN ('endorsed', 'wished')
    ))
    AND (critique IS NULL OR critique NOT IN (SELECT critique FROM ({_UNCHECKED_FACTS})))
    AND (lesson IS NULL OR lesson NOT IN (
        SELECT id FROM lesson WHERE wish IN (SELECT id FROM ({_UNCHECKED_FACTS}))
    ))
"""

_OF_TASK = "SELECT id FROM turn WHERE task = ?"
_SAID_IN = f"""
    FROM preference WHERE critique IN (SELECT id FROM critique WHERE turn IN ({_OF_TASK}))
    OR choice IN (SELECT id FROM choice WHERE "left" IN ({_OF_TASK}))
"""
_SAID_ELSEWHERE = f"""
    FROM preference WHERE critique IN (SELECT id FROM critique WHERE turn NOT IN ({_OF_TASK}))
    OR choice IN (SELECT id FROM choice WHERE "left" NOT IN ({_OF_TASK}))
"""


def prompt(store: Store, text: str, origin: PromptOrigin) -> Prompt:
    """The stored prompt of this text, added once: a later origin does not change it."""
    (found,) = enrol(store, [(text, origin)])
    return found


def enrol(store: Store, asked: Sequence[tuple[str, PromptOrigin]]) -> tuple[Prompt, ...]:
    """The stored prompts of these texts, in their order, as `prompt` has them; read at once."""
    ids = [prompt_id(text) for text, _ in asked]
    with store.transaction():
        stored = rows.select(store, Prompt, f"WHERE id IN ({', '.join('?' * len(ids))})", ids)
        known = {one.id: one for one in stored}
        for id, (text, origin) in zip(ids, asked, strict=True):
            if id not in known:
                known[id] = Prompt(id, text, origin, split_of(text, origin))
                rows.insert(store, known[id])
    return tuple(known[id] for id in ids)


def prompts(store: Store, origin: PromptOrigin | None = None) -> tuple[Prompt, ...]:
    """The prompts of the splits train and held, in the order of their hashes."""
    return rows.select(
        store,
        Prompt,
        "WHERE split IN ('train', 'held') AND (? IS NULL OR origin = ?) ORDER BY id",
        [origin, origin],
    )


def add(store: Store, preference: Preference) -> Preference:
    """Stores a preference; fills its id, and prompt and split from its last message by the user.

    A request that is no prompt yet becomes one of origin "chat". ValueError if there is none.
    """
    asked = [each.text for each in preference.prompt if each.role == "user"]
    if not asked:
        raise ValueError(f"a preference answers a request, but there is none in {preference!r}")
    with store.transaction():
        source = prompt(store, asked[-1], "chat")
        added = replace(
            preference,
            id=preference.id or store.new_id(),
            prompt_id=source.id,
            split=source.split,
        )
        rows.insert(store, added)
    return added


def add_all(store: Store, made: Sequence[tuple[Preference, PromptOrigin]]) -> None:
    """Stores many preferences as `add` does, at once; their ids are theirs, and stand nowhere yet.

    The origin is that of a request that is no prompt yet.
    """
    asked = [next(one.text for one in reversed(p.prompt) if one.role == "user") for p, _ in made]
    ids = list(map(prompt_id, asked))
    with store.transaction():
        found = rows.select(store, Prompt, "WHERE id IN (SELECT unnest(?::VARCHAR[]))", [ids])
        known = {one.id: one for one in found}
        new: dict[str, Prompt] = {}
        for id, text, (_, origin) in zip(ids, asked, made, strict=True):
            if id not in known:
                new[id] = known[id] = Prompt(id, text, origin, split_of(text, origin))
        rows.insert_all(store, list(new.values()))
        filled = [
            replace(preference, prompt_id=id, split=known[id].split)
            for (preference, _), id in zip(made, ids, strict=True)
        ]
        rows.insert_all(store, filled)


def confirm(store: Store, ids: Sequence[str]) -> int:
    """The person's yes to imported rows: from now on they may be learned from. How many."""
    with store.transaction():
        ((count,),) = store.rows(
            "SELECT count(*) FROM preference WHERE trust = 'imported'"
            " AND id IN (SELECT unnest(?::VARCHAR[]))",
            [list(ids)],
        )
        store.execute(
            "UPDATE preference SET trust = 'confirmed' WHERE trust = 'imported'"
            " AND id IN (SELECT unnest(?::VARCHAR[]))",
            [list(ids)],
        )
    return int(count)


def texts(store: Store, id: str) -> tuple[object, ...] | None:
    """The prompt and both sides of a preference of any split; None if there is none of this id."""
    found = rows.select(store, Preference, "WHERE id = ?", [id])
    return (found[0].prompt, found[0].chosen, found[0].rejected) if found else None


def training(store: Store) -> tuple[Preference, ...]:
    """All that learning may read, oldest first.

    Split train; said in a normal task, about turns to learn from, or made by code for a request
    that is such a turn or stands in no chat; typed or confirmed; not withdrawn; of an active or
    learned lesson that is endorsed or wished, or of none; and no claim that is unverified.
    """
    return _allowed(store, f"WHERE split = 'train' AND {_LEARNABLE} ORDER BY id")


def held(store: Store, lesson: str | None = None) -> tuple[Preference, ...]:
    """What the gate may read: as `training`, but of the split held; of one lesson if given."""
    return _allowed(
        store,
        f"WHERE split = 'held' AND (? IS NULL OR lesson = ?) AND {_LEARNABLE} ORDER BY id",
        [lesson, lesson],
    )


def of_lesson(store: Store, lesson: str) -> tuple[Preference, ...]:
    """What a lesson rests on, withdrawn rows too, oldest first; to show, not to learn from."""
    return rows.select(
        store, Preference, "WHERE split IN ('train', 'held') AND lesson = ? ORDER BY id", [lesson]
    )


def signals(store: Store) -> tuple[Preference, ...]:
    """What a person may take elsewhere: as `training` and `held`, whatever became of the lesson."""
    return _allowed(store, f"WHERE split IN ('train', 'held') AND {_SIGNAL} ORDER BY id")


def kept_back(store: Store) -> int:
    """How many rows no export may hold, since only reports read them; a count is no reading."""
    ((count,),) = store.rows(
        "SELECT count(*) FROM preference WHERE split NOT IN ('train', 'held') AND withdrawn IS NULL"
    )
    return int(count)


def made_of(store: Store, critique: str) -> bool:
    """Whether a critique has led to any row."""
    return bool(store.rows("SELECT 1 FROM preference WHERE critique = ? LIMIT 1", [critique]))


def lost(store: Store, prompts: Collection[str]) -> frozenset[str]:
    """Those of some prompts, by id, for which nothing may be made, or is kept, any more.

    They stand only where nothing may be learned from, or went with their chat: nobody asks them
    and they are no prompt.
    """
    asked = "SELECT id FROM prompt WHERE id IN (SELECT unnest(?::VARCHAR[]))"
    found = store.rows(asked, [list(prompts)])
    known = consent.open_requests(store) | {id for (id,) in found}
    return frozenset(prompts) & _closed(store) | frozenset(prompts) - known


def withdraw(store: Store, ids: Sequence[str], why: str) -> None:
    """Takes preferences back: they stay readable and are never learned from again."""
    with store.transaction():
        for id in ids:
            before = rows.one(store, Preference, id)
            if before.withdrawn is None:
                rows.change(store, before, replace(before, withdrawn=store.now()))
                ledger.note(store, id, "", "withdrawn", why)


def matching(store: Store, holds: Callable[[Preference], bool]) -> tuple[str, ...]:
    """The ids of the rows of every split, not withdrawn, for which `holds`; for forgetting only.

    The rows themselves stay here, since audit rows are nobody's to read.
    """
    found = rows.select(store, Preference, "WHERE withdrawn IS NULL ORDER BY id")
    return tuple(row.id for row in found if holds(row))


def remove(store: Store, ids: Sequence[str]) -> tuple[str, ...]:
    """Deletes preferences and own requests that nothing rests on any more; gives the ids back.

    For forgetting and for deleting a chat only. The bytes go with `Store.rewrite`.
    """
    gone = list(ids)
    with store.transaction():
        store.execute("DELETE FROM adapter_preference WHERE list_contains(?, preference)", [gone])
        store.execute("DELETE FROM event WHERE list_contains(?, subject)", [gone])
        store.execute("DELETE FROM imported WHERE list_contains(?, preference)", [gone])
        store.execute("DELETE FROM preference WHERE list_contains(?, id)", [gone])
        store.execute(
            "DELETE FROM prompt WHERE origin = 'chat'"
            " AND id NOT IN (SELECT prompt_id FROM preference)"
        )
    return tuple(sorted(gone))


def remove_of(store: Store, lesson: str) -> tuple[str, ...]:
    """Deletes a lesson's preferences and gives back their ids; for forgetting only."""
    rested = store.rows("SELECT id FROM preference WHERE lesson = ?", [lesson])
    return remove(store, [id for (id,) in rested])


def asked_in(store: Store, task: str) -> frozenset[str]:
    """The prompts, by id, that were asked in this chat alone, with an answered question or without.

    Also such as are prompts of another origin.
    """
    own = "SELECT text FROM turn WHERE kind = 'request' AND task"
    here = {prompt_id(text) for (text,) in store.rows(f"{own} = ?", [task])}
    here |= {id for (id,) in store.rows(f"SELECT prompt_id {_SAID_IN}", [task, task])}
    elsewhere = {prompt_id(text) for (text,) in store.rows(f"{own} <> ?", [task])}
    elsewhere |= {id for (id,) in store.rows(f"SELECT prompt_id {_SAID_ELSEWHERE}", [task, task])}
    return frozenset(here - elsewhere)


def made_in(store: Store, task: str) -> dict[str, str | None]:
    """The rows, by id with their lesson, that were made of a chat: of its critiques, its choices,
    and of requests asked nowhere else.
    """
    made = (
        "FROM preference WHERE critique IS NULL AND choice IS NULL"
        " AND target_key IS NOT NULL AND prompt_id IN (SELECT unnest(?::VARCHAR[]))"
    )
    return {
        **dict(store.rows(f"SELECT id, lesson {_SAID_IN}", [task, task])),
        **dict(store.rows(f"SELECT id, lesson {made}", [list(asked_in(store, task))])),
        **{row.id: row.lesson for row in _orphans(store, task)},
    }


def remove_said_in(store: Store, task: str) -> tuple[str | None, ...]:
    """Deletes what was made of a chat, and its prompts on which nothing rests any more.

    Gives back the lessons of these rows, None among them for rows of no lesson.
    """
    with store.transaction():
        here, gone = list(asked_in(store, task)), made_in(store, task)
        remove(store, list(gone))
        store.execute(
            "DELETE FROM prompt WHERE id IN (SELECT unnest(?::VARCHAR[])) AND split <> 'audit'"
            " AND id NOT IN (SELECT prompt_id FROM preference)",
            [here],
        )
    return tuple(sorted(set(gone.values()), key=str))


def remove_prompts(store: Store, words: Sequence[str]) -> None:
    """Deletes requests that hold one of these words and that nothing rests on; for forgetting.

    Such as were made for a lesson's scope: they get their split from their text again if needed.
    """
    for each in filter(None, words):
        store.execute(
            "DELETE FROM prompt WHERE contains(lower(text), lower(?))"
            " AND id NOT IN (SELECT prompt_id FROM preference)",
            [each],
        )


def _allowed(store: Store, which: str, params: Sequence[object] = ()) -> tuple[Preference, ...]:
    """Of these rows those that no "don't learn from this" reaches by their request."""
    closed = _closed(store)
    return tuple(
        row
        for row in rows.select(store, Preference, which, params)
        if row.critique is not None or row.choice is not None or row.prompt_id not in closed
    )


def _closed(store: Store) -> frozenset[str]:
    """The prompts of chats that stand only where nothing may be learned from.

    A request and its answered questions are one prompt in what was said of the reply.
    """
    closed = consent.closed_requests(store) | _said_of(store, "NOT IN")
    return closed - consent.open_requests(store) - _said_of(store, "IN") if closed else closed


def _said_of(store: Store, within: str) -> frozenset[str]:
    """The prompts of rows of which the critique or choice is IN, or NOT IN, the open ones."""
    found = store.rows(
        "SELECT DISTINCT prompt_id FROM preference WHERE"
        f" critique IN (SELECT id FROM critique WHERE id {within} ({OPEN_CRITIQUES}))"
        f" OR choice IN (SELECT id FROM choice WHERE id {within} ({_OPEN_CHOICES}))"
    )
    return frozenset(id for (id,) in found)


def _orphans(store: Store, task: str) -> list[Preference]:
    """Rows whose critique was forgotten, and that answer a request of this chat."""
    asked = store.rows("SELECT text FROM turn WHERE kind = 'request' AND task = ?", [task])
    found = rows.select(
        store,
        Preference,
        "WHERE critique IS NOT NULL AND critique NOT IN (SELECT id FROM critique)",
    )

    def answers(row: Preference) -> bool:
        said = [each.text for each in row.prompt if each.role == "user"]
        return any(text.startswith(request) for text in said for (request,) in asked)

    return [row for row in found if answers(row)]
