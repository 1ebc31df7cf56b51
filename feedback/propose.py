"""A wish that stands beyond its reply becomes a lesson, inert until the person says yes.

Knows no ledger: whether the same lesson is there already is asked by its caller.
"""

from __future__ import annotations

import json
from datetime import datetime

from data.checks import registry
from data.checks.language import NAMES
from data.types import Check, Condition, Lesson, LessonKind, Wish
from feedback.conditions import find as condition
from feedback.parse import parse

_LONGEST_SCOPE = 200  # characters of a request that stands for its topic
_PLURALS = {"email": "emails", "message": "messages", "letter": "letters", "post": "posts"}


def lesson_from(wish: Wish, request: str, now: datetime) -> Lesson | None:
    """The lesson of a wish that reaches a topic or always, or tells of the person; else None.

    Without a condition a topic is the request itself. A fact about the person has no check: code
    must not ask for their name in every reply. Facts and one-off orders are remembered, not taught.
    """
    told = wish.kind == "fact" and wish.aspect == "facts_about_me" and wish.claim == "supported"
    if (
        (wish.reach not in ("topic", "always") and not told)
        or wish.settled == "rejected"
        or wish.op == "none"
    ):
        return None
    if wish.kind not in ("style", "content", "praise", "fact", "once"):
        return None
    if wish.claim in ("unverified", "refuted"):
        return None
    narrow = wish.condition
    scope = words_of(narrow)
    if wish.reach == "topic" and not narrow:
        scope = " ".join(request.split())[:_LONGEST_SCOPE]
    lasting = lasting_check(wish)
    return Lesson(
        id="",
        wish=wish.id,
        effect=_lasting_effect(wish, lasting),
        scope=scope,
        condition=narrow,
        check=lasting,
        since=now,
        kind=_kind(wish, lasting),
    )


def wished(wish: Wish, now: datetime) -> Lesson:
    """What a person says about their own wishes, as the lesson that it would be.

    "I wish I were less harsh" is the lesson "be less harsh"; it has no stance yet.
    """
    where = condition(wish.effect.lower())
    effect = wish.effect
    for start, end in where.places if wish.condition else ():
        effect = effect[:start] + effect[end:]
    said = " ".join(effect.split())
    return Lesson(
        id="",
        wish=wish.id,
        effect=said,
        scope=words_of(wish.condition),
        condition=wish.condition,
        check=check_of(said),
        since=now,
    )


def same(a: Lesson, b: Lesson) -> bool:
    """Whether two lessons ask for one thing in one place, however it was said."""
    if a.condition != b.condition or _plain(a.scope) != _plain(b.scope):
        return False
    if a.check is not None or b.check is not None:
        return a.check == b.check
    return _plain(a.effect) == _plain(b.effect)


def check_of(effect: str) -> Check | None:
    """The check of words that a person wrote as a lesson, or None where code cannot see it."""
    found = [w for w in parse(effect, reply="") if w.kind in ("style", "content")]
    return lasting_check(found[0]) if len(found) == 1 else None


def condition_of(scope: str) -> Condition:
    """The condition of words that say where a lesson applies: "emails to my boss"; "" is none."""
    words = " ".join(scope.lower().split()).strip(" .")
    if not words:
        return ()
    for text in (f"in {words}", f"for {words}", f"when i ask for {words}"):
        found = condition(text)
        if found.condition and found.condition[0][0] != "topic":
            return found.condition
    stripped = words.removeprefix("when i ask about ").removeprefix("about ")
    return (("topic", stripped),)


def words_of(narrow: Condition) -> str:
    """A condition in words: "emails to my boss"."""
    said = []
    for key, value in narrow:
        match key:
            case "channel":
                said.append(_PLURALS.get(value, value))
            case "recipient":
                said.append(f"to {value}")
            case "audience":
                said.append(f"for {value}")
            case "language":
                said.append(f"requests in {NAMES.get(value, value)}")
            case _:
                said.append(value)
    return " ".join(said)


def lasting_check(wish: Wish) -> Check | None:
    """The wish's check as it holds for other requests too: an absolute one, or None."""
    if wish.kind == "fact" or wish.check is None:
        return None
    if wish.check.name == "kept":
        return None
    if not registry.relative(wish.check):
        return wish.check
    stored = json.loads(wish.slots).get("standing")
    if not isinstance(stored, list):
        return None
    name, *args = stored
    return Check(name, tuple((key, value) for key, value in args))


def _lasting_effect(wish: Wish, lasting: Check | None) -> str:
    """ "Make it shorter" says nothing about another request; its bound does."""
    if lasting is not None and lasting != wish.check:
        return registry.describe(lasting)
    return wish.effect


def _kind(wish: Wish, lasting: Check | None) -> LessonKind:
    """What is only remembered: facts, and one-off orders that no check could test elsewhere."""
    if wish.kind == "fact":
        return "fact"
    return "once" if wish.kind == "once" and lasting is None else "rule"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!")
