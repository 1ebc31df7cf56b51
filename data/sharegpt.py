"""Conversations in the form that ShareGPT made common: a list of turns, each `from` and `value`.

Knows no table. Nothing in it is rated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data import arrivals
from data.arrivals import Arrival, Node, Talk

FORM = "sharegpt"
_ROLES = {
    "human": "user", "user": "user", "prompter": "user", "gpt": "assistant",
    "assistant": "assistant", "chatgpt": "assistant", "bing": "assistant", "bard": "assistant",
    "model": "assistant", "ai": "assistant", "bot": "assistant", "system": "system",
}  # fmt: skip
_LISTS = ("conversations", "conversation", "items")


def is_chat(value: dict[str, Any]) -> bool:
    """Whether this is such a conversation."""
    return any(isinstance(value.get(name), list) for name in _LISTS)


def read(value: dict[str, Any]) -> Iterator[Arrival]:
    """The conversation. ValueError says what is wrong."""
    name = next(name for name in _LISTS if isinstance(value.get(name), list))
    system = value["system"] if isinstance(value.get("system"), str) else ""
    nodes: list[Node] = []
    rest: dict[str, Any] = {}
    for place, each in enumerate(value[name], start=1):
        if not isinstance(each, dict):
            raise ValueError(f"its turn {place} is no object")
        who, text = each.get("from", each.get("role")), each.get("value", each.get("content"))
        if not isinstance(who, str):
            raise ValueError(f"its turn {place} does not say who it is from")
        if not isinstance(text, str):
            raise ValueError(f"its turn {place} has no text as its value")
        role = _ROLES.get(who.casefold(), "other")
        if role == "system":
            system = system or text
        id = str(place)
        nodes.append(Node(id, nodes[-1].id if nodes else None, role, text))
        more = {key: part for key, part in each.items() if key not in ("from", "value")}
        if role == "other":
            more |= {"from": who, "value": text}
        if more:
            rest[id] = more
    if not nodes:
        raise ValueError(f"its {name} are empty")
    yield Talk(
        form=FORM,
        id=value["id"] if isinstance(value.get("id"), str) else "",
        title=value["title"] if isinstance(value.get("title"), str) else "",
        said=arrivals.tree(nodes),
        system=system,
        rest={
            "chat": {key: part for key, part in value.items() if key not in (name, "system")},
            "messages": rest,
        },
    )
