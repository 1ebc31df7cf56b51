"""What a file of another program says, before it is stored: conversations, ratings and rows.

Knows no program, no file and no table. Everything in it is content: nothing here is a signal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from data.types import Message, Thumb

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # the classes Cc and Cs
Rest = Mapping[str, Any]  # what heed has no place for; kept as JSON beside the rest


@dataclass(frozen=True, slots=True)
class Rating:
    """What somebody thought of a message: a thumb, words, or both."""

    thumb: Thumb | None
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message; `parent` is the id of the one before it, None at the start of a branch."""

    id: str
    parent: str | None
    role: Literal["user", "assistant"]
    text: str
    ratings: tuple[Rating, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as a tree; parents stand before their children."""

    form: str
    id: str  # the other program's own, "" if it has none
    title: str
    said: tuple[Said, ...]
    head: str | None = None  # the message that was shown last
    system: str = ""
    rest: Rest = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rating whose conversation stands in another file."""

    form: str
    talk: str
    message: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class Row:
    """One row to train on: a pair, a demonstration, or a reply with a label and no other side."""

    prompt: tuple[Message, ...]
    chosen: str | None
    rejected: str | None
    rest: Rest = field(default_factory=dict)


Arrival = Talk | Verdict | Row


@dataclass(frozen=True, slots=True)
class Node:
    """A message as it stands in a file, in any order and with any role."""

    id: str
    parent: str | None
    role: str
    text: str
    ratings: tuple[Rating, ...] = ()
    at: datetime | None = None


def tree(nodes: Iterable[Node]) -> tuple[Said, ...]:
    """The messages of people and models with words, parents first.

    What hangs below a message that is none of these hangs on what was before it. A parent that is
    not there, or that is its own descendant, is none.
    """
    by_id = {node.id: node for node in nodes}
    below: dict[str | None, list[str]] = {}
    for node in by_id.values():
        parent = node.parent if node.parent in by_id and node.parent != node.id else None
        below.setdefault(parent, []).append(node.id)
    found: list[Said] = []
    seen: set[str] = set()

    def grow(start: Sequence[tuple[str, str | None]]) -> None:
        waiting = list(reversed(start))
        while waiting:
            id, parent = waiting.pop()
            if id in seen:
                continue
            seen.add(id)
            node, text = by_id[id], safe(by_id[id].text)
            if text and node.role == "user":
                found.append(Said(id, parent, "user", text, node.ratings, node.at))
                parent = id
            elif text and node.role == "assistant":
                found.append(Said(id, parent, "assistant", text, node.ratings, node.at))
                parent = id
            waiting += [(child, parent) for child in reversed(below.get(id, []))]

    grow([(id, None) for id in below.get(None, [])])
    for id in by_id:  # what hangs in a circle
        grow([(id, None)])
    return tuple(found)


def rated(talk: Talk, message: str, rating: Rating) -> Talk:
    """The same conversation with this rating, instead of those that it has there."""
    said = tuple(replace(one, ratings=(rating,)) if one.id == message else one for one in talk.said)
    return replace(talk, said=said)


def with_rest(talk: Talk, name: str, more: Rest) -> Talk:
    """The same conversation with more of what heed has no place for."""
    return replace(talk, rest={**talk.rest, name: more})


def safe(text: str) -> str:
    """The text without control characters and halves of characters, which no page shows."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n")).strip()


def whole(text: str) -> str:
    """The text as it is, but for halves of characters, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def moment(value: object) -> datetime | None:
    """A time as other programs write it, seconds or milliseconds or ISO 8601; None if none."""
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def text_of(content: object) -> str:
    """The words of a message: a text, or a list of parts of which some are text."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = []
    for part in content:
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part, dict) and part.get("type") in ("text", "input_text", "output_text"):
            inner = part.get("text")
            inner = inner.get("value") if isinstance(inner, dict) else inner
            if isinstance(inner, str):
                parts.append(inner)
    return "\n\n".join(filter(None, parts))


def thumb_of(value: object) -> Thumb | None:
    """A rating as a thumb: 1 or "1" is up, -1 is down, 0 and anything else is none."""
    try:
        number = float(value) if isinstance(value, int | float | str) else 0.0
    except (ValueError, OverflowError):
        return None
    return "up" if number > 0 else "down" if number < 0 else None
