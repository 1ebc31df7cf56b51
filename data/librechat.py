"""What LibreChat exports: one conversation, its messages in a row or each inside its parent.

Knows no table. A message is rated in `feedback`: "thumbsUp" or "thumbsDown", a tag and a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data import arrivals
from data.arrivals import Arrival, Node, Rating, Talk
from data.types import Thumb

FORM = "librechat"
_THUMBS: dict[str, Thumb] = {"thumbsUp": "up", "thumbsDown": "down"}
_TREE = ("messageId", "parentMessageId", "text", "content", "isCreatedByUser", "children")


def is_chat(value: dict[str, Any]) -> bool:
    """Whether this is an exported conversation."""
    return "conversationId" in value and ("messages" in value or "messagesTree" in value)


def read(value: dict[str, Any]) -> Iterator[Arrival]:
    """The conversation. ValueError says what is wrong."""
    listed = value["messagesTree"] if "messagesTree" in value else value["messages"]
    if isinstance(listed, dict):
        listed = [listed]
    if not isinstance(listed, list):
        raise ValueError("its messages are no list")
    nodes: list[Node] = []
    rest: dict[str, Any] = {}
    system = ""
    waiting: list[tuple[object, str | None]] = [(each, None) for each in reversed(listed)]
    while waiting:
        each, above = waiting.pop()
        place = len(nodes) + 1
        if not isinstance(each, dict):
            raise ValueError(f"its message {place} is no object")
        id = _text(each.get("messageId")) or f"message {place}"
        text = _text(each.get("text")) or arrivals.text_of(each.get("content"))
        role = _role(each)
        if role == "system" and text:
            system = text
        rating = _rating(each.get("feedback"))
        parent = _text(each.get("parentMessageId")) or above
        at = arrivals.moment(each.get("createdAt"))
        nodes.append(Node(id, parent, role, text, () if rating is None else (rating,), at))
        more = {name: part for name, part in each.items() if name not in _TREE}
        if isinstance(each.get("content"), list):  # parts that are no text
            more["content"] = [
                part
                for part in each["content"]
                if not (isinstance(part, dict) and part.get("type") == "text")
            ]
        rest[id] = {name: part for name, part in more.items() if part not in (None, [], {})}
        children = each.get("children")
        if isinstance(children, list):
            waiting += [(child, id) for child in reversed(children)]
    prefix = value.get("options")
    if isinstance(prefix, dict):
        system = system or _text(prefix.get("promptPrefix")) or _text(prefix.get("system"))
    yield Talk(
        form=FORM,
        id=_text(value.get("conversationId")),
        title=_text(value.get("title")),
        said=arrivals.tree(nodes),
        system=system,
        rest={
            "chat": {
                name: part
                for name, part in value.items()
                if name not in ("messages", "messagesTree", "exportAt")
            },
            "messages": rest,
        },
    )


def _role(message: dict[str, Any]) -> str:
    by_user = message.get("isCreatedByUser")
    if isinstance(by_user, bool):
        return "user" if by_user else "assistant"
    sender = _text(message.get("sender")).casefold()
    return sender if sender in ("user", "system") else "assistant"


def _rating(value: object) -> Rating | None:
    if not isinstance(value, dict):
        return None
    thumb = _THUMBS.get(_text(value.get("rating")))
    tag = value.get("tag")
    tag = _text(tag.get("key")) if isinstance(tag, dict) else _text(tag)
    words = _text(value.get("text")).strip() or tag.replace("_", " ").strip()
    return Rating(thumb, words) if thumb or words else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
