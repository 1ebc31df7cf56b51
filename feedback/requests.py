"""Which request asks to make a thing of some kind, and which only mentions it.

Sees lower-cased words, quoted parts masked, what is to be worked on cut off. Knows no meaning:
where no pattern speaks, scope.py asks the prototypes.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from feedback.channels import CHANNELS
from feedback.ordering import made
from feedback.questions import QUESTIONS
from feedback.works import OTHER, WORKS

TASKS = {**WORKS, **QUESTIONS}
_KIN = (
    {"explanation", "definition", "facts"},
    {"recipe", "how-to"},
    {"recipe", "ideas"},
    {"how-to", "advice"},
    {"advice", "comparison"},
    {"advice", "ideas"},
    {"ideas", "list"},
    {"facts", "list"},
    {"essay", "report"},
    {"code", "how-to"},
    {"comparison", "explanation"},
    {"plan", "list"},
    {"plan", "how-to"},
    {"plan", "advice"},
    {"code", "explanation"},
)
_TO_WORK_ON = re.compile(
    r"^(?P<head>(?:(?:please|could you|can you|would you) )*(?:\w+ )*?"
    r"(?:translate|summari[sz]e|sum|rewrite"
    r"|rephrase|correct|make|turn|write|draft|shorten|continue|proofread|answer|reply|fix|put|recap"
    r"|condense|say|polish)\b[^:?]*"
    r"|[^:?]*\b(?:this|following|text|sentence|paragraph|tl;?dr)(?: \w+){0,3}): .*$"
)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<!\w)['‘][^'’]*['’](?!\w)")


def plain(request: str) -> str:
    """The words of a request, lower-cased, with quoted parts as x and without what is worked on."""
    text = " ".join(request.lower().split()).replace("’", "'")
    text = _QUOTED.sub("x", text)
    cut = _TO_WORK_ON.match(text)
    return f"{cut['head']}:" if cut else text


def known(task: str) -> bool:
    """Whether there are patterns for this type of task."""
    return task in TASKS


def written(channel: str, text: str) -> bool | None:
    """Whether a text for this channel is to be written; None for a channel without patterns."""
    return _found(CHANNELS[channel], text) if channel in CHANNELS else None


def asked(task: str, text: str) -> bool | None:
    """Whether the words ask for this type; None where they ask for nothing that excludes it."""
    if _found(TASKS[task], text):
        return True
    if any(_found(pattern, text) for pattern in CHANNELS.values()):
        return False
    others = [one for one in TASKS if one not in kin(task) and _found(TASKS[one], text)]
    return False if others or _found(OTHER, text) else None


def names_work(text: str, but: str) -> bool:
    """Whether the words ask for work of any kind that there are patterns for, but for one."""
    tasks = (pattern for name, pattern in TASKS.items() if name != but)
    return any(_found(one, text) for one in (*CHANNELS.values(), *tasks))


def named(noun: str, text: str) -> bool:
    """Whether a work of a kind without patterns of its own is to be made."""
    return _found(made(noun), text)


@cache
def kin(task: str) -> frozenset[str]:
    """The types that one request may ask for together with this one, and the type itself."""
    return frozenset({task}.union(*(pair for pair in _KIN if task in pair)))


def _found(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})")
