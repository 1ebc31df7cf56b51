"""Whether a lesson applies to a request: every key of its condition must match.

Knows the words of a request and nothing else of its chat. An unknown key: it does not apply.
"""

from __future__ import annotations

import re

from data.checks.language import language_of
from data.types import Embed, Lesson
from feedback import nearness, prototypes, requests
from feedback.nearness import Near

TOPIC = 0.5  # cosine of a request and the words of a topic; an estimate, see the parsing page
# Where words do not tell. Chosen on tests/data/requests.jsonl, the near requests of the bench and
# the pool, so that none of 649 undecided requests of other types is taken; docs/log.md.
LIKE, AHEAD = 0.42, 0.12  # cosine to a request of the type, and more than to one of other types
ABOUT, FURTHER = 0.27, 0.03  # mean cosine to two words of a topic, and more than to other topics
INSIDE = 0.45  # cosine of a request and a scope in words
_PEOPLE = (
    ("boss", "manager", "supervisor"),
    ("client", "customer"),
    ("colleague", "coworker", "co-worker", "teammate"),
    ("mother", "mom", "mum"),
    ("father", "dad"),
    ("kid", "child", "children"),
    ("teacher", "professor"),
)


def applies(lesson: Lesson, request: str, embed: Embed) -> bool:
    """Whether the lesson speaks about this request. Without scope and condition it always does."""
    return holds(lesson, request, nearness.of(compared(lesson), embed))


def holds(lesson: Lesson, request: str, near: Near) -> bool:
    """As `applies`, with the cosine of two texts given: for many requests in one batch."""
    if lesson.condition:
        return all(matches(key, value, request, near) for key, value in lesson.condition)
    if not lesson.scope.strip():
        return True
    return near(lesson.scope, request) >= INSIDE


def compared(lesson: Lesson) -> tuple[str, ...]:
    """The words whose cosine to a request `holds` may ask for, so that they are embedded once."""
    if lesson.condition:
        return tuple(text for key, value in lesson.condition for text in _asked_for(key, value))
    return (lesson.scope,) if lesson.scope.strip() else ()


def _asked_for(key: str, value: str) -> tuple[str, ...]:
    match key:
        case "topic":
            return (value, *(prototypes.words() if prototypes.topic(value) else ()))
        case "task_type":
            return prototypes.requests() if requests.known(value) else (value,)
        case _:
            return ()


def matches(key: str, value: str, request: str, near: Near) -> bool:
    """Whether one key of a condition holds for a request, by words, or by cosine for a topic."""
    text = " ".join(request.lower().split())
    match key:
        case "channel":
            written = requests.written(value, requests.plain(request))
            return _says(_stem(value), text) if written is None else written
        case "recipient" | "audience":
            return any(_says(_stem(name), text) for name in _names(value))
        case "task_type":
            return _asks_for(value, request, near)
        case "topic":
            return (
                _all_words(value, text)
                or near(value, request) >= TOPIC
                or _is_about(prototypes.topic(value), request, near)
            )
        case "language":
            return language_of(request) == value
        case _:
            return False


def _asks_for(task: str, request: str, near: Near) -> bool:
    """By words; where they do not tell, by the nearest of the requests that stand for types."""
    text = requests.plain(request)
    if not requests.known(task):
        return requests.named(_stem(task), text) or near(task, request) >= TOPIC
    told = requests.asked(task, text)
    if told is not None:
        return told
    mine = max(near(one, request) for one in prototypes.TASKS[task])
    if mine < LIKE:
        return False
    apart = [one for name, one in prototypes.TASKS.items() if name not in requests.kin(task)]
    others = (one for group in (*apart, prototypes.OTHERS) for one in group)
    return mine - max(near(one, request) for one in others) >= AHEAD


def _is_about(topic: str, request: str, near: Near) -> bool:
    """Whether the words of a known topic are near, and those of no other topic are nearer."""
    if not topic:
        return False

    def close(name: str) -> float:
        two = sorted(near(word, request) for word in prototypes.TOPICS[name])[-2:]
        return sum(two) / 2

    mine, akin = close(topic), prototypes.akin(topic)
    if mine < ABOUT:
        return False
    return mine - max(close(name) for name in prototypes.TOPICS if name not in akin) >= FURTHER


def _says(pattern: str, text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text) is not None


def _stem(word: str) -> str:
    """A pattern for the word and its plural."""
    bare = re.sub(r"^(?:my|our|the|a|an|your)\s+", "", word.lower().strip())
    return re.escape(re.sub(r"(?<=\w{3})s$", "", bare)) + r"(?:e?s|'s)?"


def _names(value: str) -> tuple[str, ...]:
    bare = re.sub(r"^(?:my|our|the|a|an|your)\s+", "", value.lower().strip())
    single = re.sub(r"(?<=\w{3})s$", "", bare)
    return next((group for group in _PEOPLE if single in group or bare in group), (bare,))


def _all_words(value: str, text: str) -> bool:
    wanted = [w for w in re.findall(r"[\w'-]+", value.lower()) if len(w) > 3]
    return bool(wanted) and all(_says(_stem(word), text) for word in wanted)
