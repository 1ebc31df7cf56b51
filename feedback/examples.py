"""Requests inside, near and outside a lesson's scope: the person's own first, then our own pool.

Knows no model but the embedding that it is given, and writes no replies. pool.jsonl is ours.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from data.types import Embed, Lesson
from data.vectors import NEAR_DUPLICATE
from feedback import nearness, scope
from feedback.propose import words_of

INSIDE, OUTSIDE = 0.45, 0.30  # cosine to the scope; between them a request is not used (estimates)
OWN_FIRST = 6  # own requests that stand before the pool where a lesson holds everywhere
_PERSON = re.compile(
    r"\b(?:my|a|the) (?:boss|client|team|colleague|manager|customer|landlord|neighbour|teacher"
    r"|professor|friend|old friend|coworker|mother|plumber|grandfather)\b"
)
_CHANNEL = re.compile(r"\b(?:an email|a (?:short |reminder )?(?:email|text message|message))\b")
_CHANNELS = {
    "email": "an email",
    "message": "a message",
    "letter": "a letter",
    "post": "a post",
    "slack": "a Slack message",
    "comment": "a comment",
}
# Forms that put a topic, an audience or a recipient into a request, for scopes that the pool lacks.
_TOPIC_FORMS = (
    "What should a beginner know about {}?",
    "Explain the most important thing about {}.",
    "Give me one piece of advice about {}.",
    "Why do people care about {}?",
    "What is a common mistake with {}?",
    "Give me ideas for an afternoon with {}.",
    "How did {} change over time?",
    "What is the best way to learn about {}?",
    "Tell me a short story about {}.",
    "What do I need to get started with {}?",
    "What is a surprising fact about {}?",
    "Write a short paragraph on {}.",
    "What questions should I ask an expert on {}?",
    "How would you explain {} to a friend?",
    "What is hard about {}?",
    "Which tools are useful for {}?",
    "How much time does {} take?",
    "Is {} worth the effort?",
    "Suggest a book or film about {}.",
    "What is the history of {}?",
    "Make a small plan for a week of {}.",
    "What does {} cost?",
    "How can I talk about {} at dinner?",
    "What would change without {}?",
)
_TASK_FORMS = {
    "ideas": "Give me ideas for {}.",
    "code": "Write a small Python function to do with {}.",
    "summary": "Summarise what is known about {}.",
    "recipe": "Give me a recipe with {}.",
    "story": "Tell me a short story about {}.",
    "poem": "Write a short poem about {}.",
    "translation": 'Translate into French: "I like {}."',
    "explanation": "Explain how {} works.",
    "plan": "Make a plan for {}.",
    "review": "Write a short review of {}.",
    "joke": "Tell me a joke about {}.",
    "essay": "Write a short essay about {}.",
    "report": "Write a short report about {}.",
    "how-to": "How do I get better at {}?",
    "definition": "What does {} mean?",
    "comparison": "Compare two kinds of {}.",
    "advice": "Should I spend more time on {}? Give me advice.",
    "list": "Make a list of five things to do with {}.",
    "facts": "Tell me two facts about {}.",
}
_THINGS = (
    "bicycles", "tea", "rain", "chess", "gardens", "trains", "bread", "winter", "maps", "cats",
    "music", "apples", "bridges", "running", "letters", "lemons", "the sea", "old houses",
    "potatoes",
    "clocks", "birds", "rice", "windows", "markets",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PoolPrompt:
    """A request that we wrote ourselves, with its topic and the task that it asks for."""

    text: str
    topic: str
    task: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Requests by role, best first. All three are disjoint."""

    inside: tuple[str, ...]
    near: tuple[str, ...]
    general: tuple[str, ...]


@cache
def pool() -> tuple[PoolPrompt, ...]:
    """Every request of pool.jsonl, in its order."""
    text = resources.files("feedback").joinpath("pool.jsonl").read_text(encoding="utf-8")
    return tuple(PoolPrompt(**json.loads(line)) for line in text.splitlines() if line.strip())


def choose(lesson: Lesson, own: Sequence[str], embed: Embed, seed: int) -> Examples:
    """Requests to teach a lesson on, and others to keep as they are.

    A lesson without scope and condition holds everywhere: varied requests inside, none elsewhere.
    Inside stand own requests, nearest first, then the pool's, then those made for the condition.
    Near requests fail the scope test and come closest to it; general ones are far from it.
    """
    shipped = _varied(seed)
    if not lesson.condition and not lesson.scope.strip():
        mixed = (*own[:OWN_FIRST], *shipped, *own[OWN_FIRST:])
        return Examples(tuple(text for text, _ in _distinct(mixed, embed)), (), ())
    words = lesson.scope.strip() or words_of(lesson.condition)
    found = dict(_distinct((*own, *shipped, *_swapped(lesson, seed)), embed))
    candidates = list(found)
    texts = (words, *scope.compared(lesson))
    named = [text for text in dict.fromkeys(texts) if not nearness.ours(text)]
    told = dict(zip(named, embed(named), strict=True))
    known = {text: nearness.to(found[text], told, texts, embed) for text in candidates}

    def near(said: str, text: str) -> float:
        return known[text][said]

    mine = {" ".join(text.split()) for text in own}
    close = {text: near(words, text) for text in candidates}
    inside: list[str] = []
    outside: list[str] = []
    for text in candidates:
        match _holds(lesson, text, close[text], near):
            case True:
                inside.append(text)
            case False:
                outside.append(text)
            case None:
                pass
    outside.sort(key=lambda text: -close[text])
    half = len(outside) // 2
    general = list(reversed(outside[half:]))
    random.Random(seed).shuffle(general)
    return Examples(
        inside=tuple(sorted(inside, key=lambda text: -close[text] if text in mine else 2.0)),
        near=tuple(outside[:half]),
        general=tuple(general),
    )


def _holds(lesson: Lesson, text: str, close: float, near: nearness.Near) -> bool | None:
    """Inside, outside, or None where nobody can say."""
    if lesson.condition:
        if scope.holds(lesson, text, near):
            return True
        vague = any(key == "topic" for key, _ in lesson.condition)
        return None if vague and close > OUTSIDE else False
    return True if close >= INSIDE else False if close <= OUTSIDE else None


def _varied(seed: int) -> list[str]:
    """The pool, dealt task by task, so that its beginning is as varied as its whole."""
    shuffled = list(pool())
    random.Random(seed).shuffle(shuffled)
    hands: dict[str, list[str]] = {}
    for prompt in shuffled:
        hands.setdefault(prompt.task, []).append(prompt.text)
    dealt = []
    while hands:
        for task in list(hands):
            dealt.append(hands[task].pop())
            if not hands[task]:
                del hands[task]
    return dealt


def _swapped(lesson: Lesson, seed: int) -> list[str]:
    """Requests made for this condition: its recipient, channel, topic or task in known forms."""
    values = dict(lesson.condition)
    made: list[str] = []
    letters = [p.text for p in pool() if p.task in ("email", "message")]
    if "channel" in values or "recipient" in values or "audience" in values:
        channel = _CHANNELS.get(values.get("channel", "email"), f"a {values.get('channel')}")
        who = values.get("recipient") or values.get("audience", "")
        for text in letters:
            changed = _CHANNEL.sub(channel, text)
            made.append(_PERSON.sub(lambda _: who, changed, count=1) if who else changed)
    if "topic" in values:
        made += [form.format(values["topic"]) for form in _TOPIC_FORMS]
    if values.get("task_type") in _TASK_FORMS:
        made += [_TASK_FORMS[values["task_type"]].format(thing) for thing in _THINGS]
    random.Random(seed).shuffle(made)
    return made


def _distinct(texts: Iterable[str], embed: Embed) -> Iterator[tuple[str, Sequence[float]]]:
    """Each text with its vector, without repetitions in letters or at a cosine of .95 or more."""
    unique = list(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))
    if not unique:
        return
    given = embed(unique)
    vectors = np.asarray(given, dtype=np.float32)
    same = vectors @ vectors.T >= NEAR_DUPLICATE  # shape (texts, texts); the vectors have length 1
    kept: list[int] = []
    for place, text in enumerate(unique):
        if not same[place, kept].any():
            kept.append(place)
            yield text, given[place]
