"""Whether a lesson applies to a request: every key of its condition must match.

Knows the words of a request and nothing else of its chat. An unknown key: it does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from data.checks.language import language_of
from data.types import Embed, Lesson
from data.vectors import cosine

Near = Callable[[str, str], float]  # cosine of some words and a request
TOPIC = 0.5  # cosine of a request and the words of a topic; an estimate, see the parsing page
INSIDE = 0.45  # cosine of a request and a scope in words
_CHANNELS = {
    "email": r"e-?mails?|mails?|inbox",
    "message": r"(?:text )?messages?|texts|dms?|whatsapp|sms",
    "letter": r"letters?",
    "post": r"posts?|tweets?|captions?",
    "slack": r"slack",
    "comment": r"comments?",
}
_TASKS = {
    "ideas": r"ideas?|suggest\w*|brainstorm\w*|what (?:could|can) (?:i|we) (?:do|make|give|get)",
    "code": r"code|function|script|program\w*|python|javascript|sql|regex|bash|html|css|java|rust",
    "summary": r"summar\w+|tl;?dr|in short|gist",
    "recipe": r"recipes?|cook\w*|bak(?:e|ing)|dish(?:es)?|soup|salad",
    "story": r"stor(?:y|ies)|tale|fable|fairy",
    "poem": r"poems?|poetry|haiku|verse|limerick|rhyme",
    "translation": r"translat\w+",
    "explanation": r"explain\w*|why (?:do|does|is|are)|how (?:do|does) .* work|what (?:is|are)\b",
    "plan": r"plan|plans|planning|schedule|itinerary|routine|agenda",
    "review": r"reviews?(?! (?:my|this|the|it|our|these)\b)",
    "joke": r"jokes?|riddles?|puns?",
    "essay": r"essays?",
    "report": r"reports?",
    "how-to": r"how (?:do|can|should|to)\b|instructions|steps|tutorial",
    "definition": r"defin\w+|what does .* mean|meaning of",
    "comparison": r"compar\w+|difference|versus|vs\.?",
    "advice": r"advice|tips?|should i|advise",
    "list": r"lists?|name (?:three|four|five|some)",
    "facts": r"facts?|when (?:was|did)|who (?:was|is|invented|wrote)|how (?:many|far|tall|old)",
}
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
    return holds(lesson, request, lambda words, text: closeness(words, text, embed))


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
        return tuple(
            value
            for key, value in lesson.condition
            if key == "topic" or (key == "task_type" and value not in _TASKS)
        )
    return (lesson.scope,) if lesson.scope.strip() else ()


def matches(key: str, value: str, request: str, near: Near) -> bool:
    """Whether one key of a condition holds for a request, by words, or by cosine for a topic."""
    text = " ".join(request.lower().split())
    match key:
        case "channel":
            return _says(_CHANNELS.get(value, _stem(value)), text)
        case "recipient" | "audience":
            return any(_says(_stem(name), text) for name in _names(value))
        case "task_type":
            if value in _TASKS:
                return _says(_TASKS[value], text)
            return _says(_stem(value), text) or near(value, request) >= TOPIC
        case "topic":
            return _all_words(value, text) or near(value, request) >= TOPIC
        case "language":
            return language_of(request) == value
        case _:
            return False


def closeness(words: str, request: str, embed: Embed) -> float:
    """Cosine of two texts; 0.0 for an empty one."""
    if not words.strip() or not request.strip():
        return 0.0
    first, second = embed([words, request])
    return cosine(first, second)


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
