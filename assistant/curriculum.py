"""Which prompts a lesson is taught on and tested on, and which other lessons hold there.

Knows no model. Prompts of the split held are only ever tested on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant import trace
from assistant.protocols import Holds
from data import ledger, preferences, tasks
from data.checks import registry
from data.split import split_of
from data.store import Store
from data.types import AdapterVersion, Embed, Lesson, LessonStatus, PromptOrigin, Split
from feedback import examples, followups, holding, scope

TRAIN, HELD, DEV = 12, 12, 4  # prompts in scope
NEAR = 6  # prompts out of scope that are closest to it: only ever tested on
SHARED = 3  # prompts of each narrower lesson that are mixed into a wider one's
SEVERAL, MANY = 3, 20  # lessons tested at once, from which on each has half, or a sixth, of them
LEAST = 6  # prompts below which a lesson is neither taught nor tested
OWN = 200  # of the person's latest requests that are looked at


@dataclass(frozen=True, slots=True)
class Curriculum:
    """The prompts of one lesson, by use.

    `older` are the lessons that the weights hold already, `others` those that hold at a train
    prompt as well.
    """

    lesson: Lesson
    train: tuple[str, ...]
    held: tuple[str, ...]
    dev: tuple[str, ...]
    near: tuple[str, ...]
    others: Mapping[str, tuple[Lesson, ...]]
    older: tuple[Lesson, ...] = ()

    @property
    def lacks(self) -> str:
        """Why it cannot be taught on these, as a sentence; empty if it can."""
        said = trace.quoted(self.lesson.effect)
        if len(self.train) < LEAST or len(self.held) < LEAST:
            return (
                f"{said} stays in the prompt: there are only {len(self.train)} requests to teach "
                f"it on and {len(self.held)} to test it on."
            )
        return ""


def everywhere(lesson: Lesson) -> bool:
    """Whether a lesson holds for every request."""
    return not lesson.scope.strip() and not lesson.condition


def teachable(lesson: Lesson) -> bool:
    """Whether code can tell if a reply to a new request obeys the lesson, and some replies do."""
    check = lesson.check
    return check is not None and registry.problem(check) is None and not registry.relative(check)


def content(lesson: Lesson) -> tuple[str, ...]:
    """What a lesson says, without its id: two homes that teach the same draw the same."""
    where = (lesson.scope, *(f"{key}={value}" for key, value in lesson.condition))
    return (lesson.effect, repr(lesson.check), *where)


def standing(store: Store, statuses: Sequence[LessonStatus]) -> tuple[Lesson, ...]:
    """Lessons of these statuses that the person stands behind, oldest first."""
    return tuple(one for one in ledger.all(store, statuses) if one.stance in ledger.MEANT)


def held_by(store: Store, version: AdapterVersion | None) -> tuple[Lesson, ...]:
    """The lessons that a version holds and the person still stands behind, oldest first."""
    inside = version.lessons if version is not None else ()
    return tuple(one for one in standing(store, ("active", "learned")) if one.id in inside)


def holds(store: Store, version: AdapterVersion | None, embed: Embed) -> Holds:
    """Which of these lessons hold at a request; at no other does a block of them speak."""
    return holding.ids(held_by(store, version), embed)


def draw(
    store: Store, lesson: Lesson, others: Sequence[Lesson], embed: Embed, seed: int
) -> Curriculum:
    """The prompts of a lesson, each with the split that it was given once and for all.

    `others` are the lessons that the weights hold already; one that waits for its turn has no part
    in another's examples, so that it can be forgotten without a trace. Where a lesson and its
    exception both apply, only the exception is taught and tested.
    """
    own = _own_requests(store)
    chosen = examples.choose(lesson, own, embed, seed)
    older = tuple(one for one in others if teachable(one))
    covered = holding.outside(chosen.inside, lesson, older, embed)
    holds, silent = holding.of(older, embed), [one for one in older if _excepts(lesson, one)]

    def some(texts: Sequence[str], split: Split, most: int) -> tuple[str, ...]:
        return _registered(store, texts, own, split, most)

    def here(text: str) -> tuple[Lesson, ...]:
        found = holds(text)
        if silent and scope.applies(lesson, text, embed):
            return tuple(one for one in found if one not in silent)
        return found

    inside = _mixed(covered, older, embed)
    train = some(inside, "train", TRAIN)
    held = some(covered, "held", HELD + DEV)
    return Curriculum(
        lesson=lesson,
        train=train,
        held=held[:HELD],
        dev=held[HELD:],
        near=some(chosen.near, "held", NEAR),
        others={text: here(text) for text in train},
        older=older,
    )


def _excepts(lesson: Lesson, other: Lesson) -> bool:
    return bool(holding.exceptions(other, [lesson]))


def _mixed(inside: Sequence[str], older: Sequence[Lesson], embed: Embed) -> tuple[str, ...]:
    """Prompts in an order in which every third is one where a narrower older lesson holds too.

    A wide lesson would else be taught where the older ones do not apply, and they would lose to it
    where both do.
    """
    within = set(inside)
    pools = [[text for text in inside if scope.applies(one, text, embed)] for one in older]
    pools = [texts for texts in pools if set(texts) < within]
    if not any(pools):
        return tuple(inside)
    shared: list[str] = []
    for turn in range(SHARED):
        shared += [texts[turn] for texts in pools if turn < len(texts)]
    shared = list(dict.fromkeys(shared))
    rest = [text for text in inside if text not in set(shared)]
    mixed: list[str] = []
    while rest or shared:
        mixed += rest[:2] + shared[:1]
        del rest[:2], shared[:1]
    return tuple(mixed)


def among(lessons: int) -> int:
    """By how much the held prompts of each lesson are divided where so many are tested at once."""
    return 1 if lessons < SEVERAL else 2 if lessons < MANY else 6


def held_of(
    store: Store,
    lesson: Lesson,
    embed: Embed,
    seed: int,
    most: int,
    beside: Sequence[Lesson] = (),
) -> tuple[str, ...]:
    """Held prompts on which an older lesson is tested again, outside its exceptions `beside`."""
    own = _own_requests(store)
    chosen = examples.choose(lesson, own, embed, seed)
    covered = holding.outside(chosen.inside, lesson, beside, embed)
    return _registered(store, covered, own, "held", most)


def _registered(
    store: Store, texts: Sequence[str], own: Sequence[str], split: Split, most: int
) -> tuple[str, ...]:
    """The first prompts of a split, kept in the store so that they never change it."""
    asked: list[tuple[str, PromptOrigin]] = [
        (text, "chat" if text in own else "pool") for text in texts
    ]
    drawn = [one for one in asked if split_of(*one) == split]
    found: list[str] = []
    with store.transaction():
        while drawn and len(found) < most:
            some = drawn[: most - len(found)]
            drawn = drawn[len(some) :]
            for (text, _), stored in zip(some, preferences.enrol(store, some), strict=True):
                if stored.split == split:  # it may have come from elsewhere before
                    found.append(text)
    return tuple(found)


def _own_requests(store: Store) -> tuple[str, ...]:
    """The person's latest requests in chats that may be learned from, but for mere changes."""
    found: dict[str, None] = {}
    for task in tasks.listing(store):
        if task.mode == "normal" and len(found) < OWN:
            found |= {
                turn.text: None
                for turn in tasks.turns(store, task.id)
                if turn.kind == "request"
                and turn.learn
                and turn.trust in ("typed", "confirmed")
                and (turn.parent is None or not followups.follows(turn.text))
            }
    return tuple(found)[:OWN]
