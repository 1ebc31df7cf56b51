"""What Open WebUI exports: chats with their trees of messages, and feedback with a chat inside.

Knows no table. A message is rated in `annotation`, a feedback in `data`: 1 is good, -1 is bad.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data import arrivals
from data.arrivals import Arrival, Node, Rating, Talk, Verdict

FORM = "open-webui"
_TREE = ("id", "parentId", "childrenIds", "role", "content")


def is_chat(value: dict[str, Any]) -> bool:
    """Whether this is a chat, as the export of all chats or of one gives it."""
    inner = value.get("chat", value)
    return isinstance(inner, dict) and (
        isinstance(inner.get("history"), dict)
        or ("chat" in value and isinstance(inner.get("messages"), list))
    )


def is_feedback(value: dict[str, Any]) -> bool:
    """Whether this is one entry of the export of feedbacks."""
    about = ("meta" in value) or ("snapshot" in value)
    return about and isinstance(value.get("data"), dict) and "rating" in value["data"]


def read(value: dict[str, Any]) -> Iterator[Arrival]:
    """A chat, or a feedback's chat with its rating. ValueError says what is wrong."""
    if not is_feedback(value):
        yield _talk(value)
        return
    meta, snapshot = value.get("meta"), value.get("snapshot")
    meta = meta if isinstance(meta, dict) else {}
    chat = snapshot.get("chat") if isinstance(snapshot, dict) else None
    message = meta.get("message_id")
    rating = _rating(value["data"])
    if isinstance(chat, dict) and is_chat(chat):
        talk = _talk(chat)
        kept = {key: each for key, each in value.items() if key != "snapshot"}
        talk = arrivals.with_rest(talk, "feedback", kept)
        if rating is None:
            yield talk
        elif any(one.id == message for one in talk.said):
            yield arrivals.rated(talk, str(message), rating)
        else:
            raise ValueError(f"its rating is about the message {message!r}, which its chat lacks")
    elif rating is not None:
        if not isinstance(meta.get("chat_id"), str) or not isinstance(message, str):
            raise ValueError("its rating names no chat and no message")
        yield Verdict(FORM, meta["chat_id"], message, rating)


def _talk(value: dict[str, Any]) -> Talk:
    inner = value["chat"] if isinstance(value.get("chat"), dict) else value
    history = inner.get("history")
    history = history if isinstance(history, dict) else {}
    found = history.get("messages")
    if isinstance(found, dict):
        messages = [(key, each) for key, each in found.items()]
    elif isinstance(inner.get("messages"), list):
        listed = inner["messages"]
        messages = [
            (str(each.get("id") or place) if isinstance(each, dict) else str(place), each)
            for place, each in enumerate(listed)
        ]
    else:
        raise ValueError("its chat has no messages")
    nodes: list[Node] = []
    rest: dict[str, Any] = {}
    system = ""
    before: str | None = None
    for key, each in messages:
        if not isinstance(each, dict):
            raise ValueError(f"its message {key!r} is no object")
        text = arrivals.text_of(each.get("content"))
        parent = each.get("parentId", None if isinstance(found, dict) else before)
        if each.get("role") == "system" and text:
            system = text
        rating = _rating(each.get("annotation"))
        nodes.append(
            Node(
                key,
                parent if isinstance(parent, str) else None,
                str(each.get("role")),
                text,
                () if rating is None else (rating,),
                arrivals.moment(each.get("timestamp")),
            )
        )
        more = {name: part for name, part in each.items() if name not in _TREE}
        if more:
            rest[key] = more
        before = key
    params = inner.get("params")
    if isinstance(params, dict) and isinstance(params.get("system"), str):
        system = system or params["system"]
    about = {name: part for name, part in value.items() if name != "chat"}
    about |= {name: part for name, part in inner.items() if name not in ("history", "messages")}
    head = history.get("currentId")
    return Talk(
        form=FORM,
        id=_text(value.get("id")) or _text(inner.get("id")),
        title=_text(value.get("title")) or _text(inner.get("title")),
        said=arrivals.tree(nodes),
        head=head if isinstance(head, str) else None,
        system=system,
        rest={"chat": about, "messages": rest},
    )


def _rating(value: object) -> Rating | None:
    if not isinstance(value, dict):
        return None
    thumb = arrivals.thumb_of(value.get("rating"))
    words = _text(value.get("comment")).strip() or _text(value.get("reason")).strip()
    return Rating(thumb, words) if thumb or words else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
