"""Imports a file of another program in one transaction, and what its ratings teach after a yes.

Knows no form and no model. Without the person's yes a rating stays content: it is kept and shown,
and no preference is made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant import history
from data import brought, critiques, imports, preferences, tasks
from data.imported import Tally, Writer
from data.store import Store
from data.types import Choice, Critique, Message, Origin, Turn, Wish
from feedback import pairs, parse

LONGEST = 2_000  # characters of a rating's words that are read
WHY = "two rated replies to one request, imported"


def take(store: Store, path: Path, *, learn: bool) -> tuple[Tally, int]:
    """Keeps what a file holds: all of it, or nothing. Counts, and how many rows may be learned.

    The same file twice adds nothing. With `learn`, pairs and ratings in it may be learned from,
    also those that an earlier import of it brought. Raises Refusal where anything in it is wrong.
    """
    with store.transaction():
        writer = Writer(store, path.name, learn=learn)
        for arrival in imports.read(path):
            writer.add(arrival)
        writer.close()
        confirmed = 0
        if learn:
            brought.confirm(store, writer.tasks, writer.rows)
            made = (_teach(store, chat) for chat in dict.fromkeys(writer.rated))
            confirmed = len(set(writer.rows)) + sum(made)
    return writer.tally, confirmed


def _teach(store: Store, task: str) -> int:
    """The demonstrations and pairs of one chat's ratings, once; how many are new."""
    turns = tasks.turns(store, task)
    newest: dict[str, Critique] = {}
    for critique in critiques.of_task(store, task):
        if critique.thumb is not None and critique.origin.trust == "confirmed":
            newest[critique.turn] = critique
    by_id = {turn.id: turn for turn in turns}
    known = {(one.left, one.right) for one in critiques.choices(store, task)}
    system = brought.system_of(store, task)
    made = 0
    for turn, critique in newest.items():
        reply = by_id[turn]
        if reply.trust != "imported" or critique.thumb != "up":
            continue
        said = _said(by_id, reply, system)
        worse = [
            one
            for one in turns
            if one.parent == reply.parent
            and one.id in newest
            and newest[one.id].thumb == "down"
            and reply.parent is not None
        ]
        if not preferences.made_of(store, critique.id):
            made += _demonstration(store, reply, said, critique)
        new = [one for one in worse if (one.id, turn) not in known]
        made += sum(_pair(store, reply, one, said) for one in new)
    return made


def _demonstration(store: Store, reply: Turn, said: Sequence[Message], critique: Critique) -> int:
    """Nothing is kept of what is read in its words: they only tell whether praise stands alone."""
    words = critique.text[:LONGEST]
    found: tuple[Wish, ...] = (
        tuple(parse.parse(words, reply=reply.text, thumb="up")) if words else ()
    )
    # What is not understood, such as the name of a button, takes nothing from the thumb.
    wishes = [wish for wish in found if wish.route == "accept"]
    outcome = pairs.from_praise(said, reply.text, wishes, critique)
    for preference in outcome.preferences:
        preferences.add(store, preference)
    return len(outcome.preferences)


def _pair(store: Store, better: Turn, worse: Turn, said: Sequence[Message]) -> int:
    origin = Origin(rater="imported", trust="confirmed")
    outcome = pairs.from_acceptance(
        history=said,
        rejected=worse.text,
        chosen=better.text,
        wishes=(),
        lesson_ids={},
        critique_id=None,
        made_by="choice",
        similarity=pairs.similarity(worse.text, better.text),
        trust="confirmed",
    )
    if not outcome.preferences:
        return 0
    picked = critiques.add_choice(store, Choice("", worse.id, better.id, "right", WHY, "", origin))
    for preference in outcome.preferences:
        preferences.add(store, replace(preference, choice=picked.id))
    return len(outcome.preferences)


def _said(by_id: dict[str, Turn], reply: Turn, system: str) -> tuple[Message, ...]:
    path: list[Turn] = []
    at = reply.parent
    while at is not None:
        path.append(by_id[at])
        at = by_id[at].parent
    said = history.conversation(tuple(reversed(path)), {})
    return (Message("system", system), *said) if system else said
