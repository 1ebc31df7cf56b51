"""Where a lesson left its words, and what it had a part in: critiques, turns, drafts and rows.

Changes nothing. A draft is made with a lesson when its weights spoke or its prompt held it, or when
it repairs a reply that was criticised in its words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data import critiques, ledger, tasks
from data.store import Store
from data.types import Critique, Lesson, Preference, Refusal, Turn


@dataclass(frozen=True, slots=True)
class Said:
    """The wishes that a lesson came from, by critique, and its words as they may stand anywhere.

    `topics` are words of its scope alone, which may be anybody's.
    """

    wishes: Mapping[str, tuple[str, ...]]
    effects: tuple[str, ...]
    words: tuple[str, ...]
    topics: tuple[str, ...]


BLOCKS = "blocks"  # in what a draft was made with: names of the blocks that spoke
_RESTS = ("wish", "stance")  # kinds of evidence that are words of the person
TELLING = 3  # words from which on a quote or scope says whose it is: "emails" stands anywhere


@dataclass(frozen=True, slots=True)
class Part:
    """What a lesson had a part in: ids of drafts with their chat, and cached targets."""

    drafts: Mapping[str, str]
    texts: Mapping[str, frozenset[str]]  # chat -> what these drafts say
    critiques: frozenset[str]
    targets: frozenset[str]


def of(store: Store, lesson: Lesson) -> Said:
    """All that was said of a lesson, also what it was called and where it held before each edit."""
    refs = {
        lesson.wish,
        *(ref for kind, ref, _ in ledger.evidence(store, lesson.id) if kind in _RESTS),
    }
    wishes: dict[str, tuple[str, ...]] = {}
    said = (lesson, *ledger.former(store, lesson))
    effects = [one.effect for one in said]
    words = {*effects, *(one.scope for one in said if len(one.scope.split()) >= TELLING)}
    for ref in sorted(filter(None, refs)):
        try:
            found = critiques.wish(store, ref)
        except Refusal:  # its chat was deleted
            continue
        wishes[found.critique] = (*wishes.get(found.critique, ()), ref)
        effects.append(found.effect)
        words.add(found.effect)
        if len(found.quote.quote.split()) >= TELLING:
            words.add(found.quote.quote)
    for critique, gone in wishes.items():
        if len(gone) == len(critiques.wishes(store, critique)):
            words.add(critiques.get(store, critique).text)
    topics = [text for one in said for text in (one.scope, *dict(one.condition).values())]
    return Said(
        wishes=wishes,
        effects=tuple(dict.fromkeys(effects)),
        words=tuple(sorted(filter(str.strip, words))),
        topics=tuple(dict.fromkeys(filter(str.strip, topics))),
    )


def quoted(effect: str) -> str:
    """A lesson's words as every notice and every reason quotes them, so that they are found."""
    return repr(effect)


def spoken(store: Store, critique: Critique) -> tuple[Turn, ...]:
    """The turns in which a critique's words stand in its chat."""
    draft = tasks.turn(store, critique.turn)
    return tuple(
        turn
        for turn in tasks.turns(store, draft.task)
        if turn.parent == draft.id
        and (
            critique_of(turn) == critique.id
            or (turn.kind in ("critique", "request") and turn.text == critique.text)
        )
    )


def notices(store: Store, effects: Sequence[str]) -> tuple[Turn, ...]:
    """Turns in which heed told what became of a lesson, also such as quote it in no quotes."""
    found = [_telling(effect) for effect in effects if effect.strip()]
    return tuple(
        turn
        for turn in _turns(store)
        if turn.kind == "notice" and any(each.search(turn.text) for each in found)
    )


def _telling(effect: str) -> re.Pattern[str]:
    """Where these words stand as the words of a lesson; few of them may stand anywhere else."""
    forms = "|".join(re.escape(form) for form in (effect, quoted(effect)[1:-1]))
    if len(effect.split()) >= TELLING:
        return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
    return re.compile(rf"""(?:['"]|[:;] )(?:{forms})['":;.]""", re.IGNORECASE)


def part(
    store: Store,
    lesson: str,
    said: Said,
    shaped: Mapping[int, Collection[str] | None],
    targets: Collection[str],
) -> Part:
    """What the lesson had a part in, through these targets and versions.

    `shaped` gives for each such version the names of the blocks that it shaped; None: any. A draft
    at which none of them spoke is not its own.
    """
    found: dict[str, str] = {}
    texts: dict[str, set[str]] = {}
    by_id = {turn.id: turn for turn in _turns(store)}
    for turn in by_id.values():
        if turn.kind == "draft" and (
            _spoke(turn, shaped)
            or lesson in turn.lessons
            or any(one in said.wishes for one in _repaired_after(turn, by_id))
        ):
            found[turn.id] = turn.task
            texts.setdefault(turn.task, set()).add(turn.text)
    whole = {task: frozenset(filter(str.strip, some)) for task, some in texts.items()}
    return Part(found, whole, frozenset(said.wishes), frozenset(targets))


def _spoke(turn: Turn, shaped: Mapping[int, Collection[str] | None]) -> bool:
    """Whether one of these blocks spoke in a draft; of drafts of old nobody knows which did.

    One that goes on from another carries the blocks of both, whatever version answers by then.
    """
    spoke: list[str] | None = json.loads(turn.made_with).get(BLOCKS)
    if spoke and any(not set(names).isdisjoint(spoke) for names in shaped.values() if names):
        return True
    if turn.adapter is None or turn.adapter not in shaped:
        return False
    return spoke is None or (shaped[turn.adapter] is None and bool(spoke))


def read_under(store: Store, part: Part) -> frozenset[str]:
    """The turns whose reading the lesson moved: before its drafts, and all that hangs below them.

    What a model made of those turns was computed with its weights, or with a reply of its making.
    """
    below: set[str] = set()
    before: set[str] = set()
    for turn in _turns(store):  # parents come before their children
        if turn.id in part.drafts:
            before.add(turn.parent or turn.id)
        if turn.id in part.drafts or turn.parent in below:
            below.add(turn.id)
    return frozenset(before | below)


def made(part: Part) -> Callable[[Preference], bool]:
    """Whether a row was made by code from a target that the lesson had a part in."""
    return lambda row: row.target_key is not None and row.target_key in part.targets


def written(store: Store, part: Part) -> Callable[[Preference], bool]:
    """Whether the lesson had a part in any text of a row that a person's act made."""
    judged = {id: (turn,) for id, turn in store.rows("SELECT id, turn FROM critique")} | {
        id: (left, right)
        for id, left, right in store.rows('SELECT id, "left", "right" FROM choice')
    }
    tasks_of = dict(store.rows("SELECT id, task FROM turn"))

    def holds(row: Preference) -> bool:
        turns = [turn for ref in (row.critique, row.choice) if ref for turn in judged.get(ref, ())]
        said = [row.chosen, *(one.text for one in row.prompt if one.role == "assistant")]
        return (
            row.critique in part.critiques
            or any(turn in part.drafts for turn in turns)
            or any(
                text in part.texts.get(tasks_of.get(turn, ""), ())
                for turn in turns
                for text in said
            )
        )

    return holds


def _turns(store: Store) -> Iterator[Turn]:
    for task in tasks.listing(store):
        yield from tasks.turns(store, task.id)


def _repaired_after(draft: Turn, by_id: Mapping[str, Turn]) -> Iterator[str]:
    """The critiques on the way from the request to this draft: their wishes stood in its prompt."""
    at = draft.parent
    while at is not None and by_id[at].kind not in ("request", "answer"):
        if by_id[at].kind == "critique":
            yield critique_of(by_id[at])
        at = by_id[at].parent


def critique_of(turn: Turn) -> str:
    """The id of the critique that a turn says; "" for any other turn."""
    return str(json.loads(turn.made_with).get("critique", ""))
