"""Rows in the forms of TRL: preference, unpaired preference, prompt-completion and messages.

Knows no table. Rows that heed wrote itself are these with more columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from data import arrivals
from data.arrivals import Arrival, Row
from data.types import Message, Role

_COLUMNS = ("prompt", "chosen", "rejected", "completion", "messages", "label")


def is_row(value: dict[str, Any]) -> bool:
    """Whether this is a row to train on."""
    return (
        "chosen" in value
        or "completion" in value
        or ("prompt" in value and "conversations" not in value)
        or (isinstance(value.get("messages"), list) and "conversationId" not in value)
    )


def read(value: dict[str, Any]) -> Iterator[Arrival]:
    """The row. ValueError says what is wrong."""
    rest = {key: part for key, part in value.items() if key not in _COLUMNS}
    asked = _messages(value.get("prompt"), "prompt", "user")
    if "chosen" in value or "rejected" in value:
        better = _messages(value.get("chosen"), "chosen", "assistant")
        prompt, chosen = _last(asked + better, "chosen")
        rejected = None
        if value.get("rejected") is not None:
            worse = _messages(value["rejected"], "rejected", "assistant")
            before, rejected = _last(asked + worse, "rejected")
            if before != prompt:
                raise ValueError("its two sides do not answer the same conversation")
        yield Row(prompt, chosen, rejected, rest)
        return
    name = "completion" if "completion" in value else "messages"
    if name not in value:
        raise ValueError("it has a prompt and no reply")
    prompt, text = _last(asked + _messages(value[name], name, "assistant"), name)
    label = value.get("label")
    match label:
        case None | True:
            yield Row(prompt, text, None, rest)
        case False:
            yield Row(prompt, None, text, rest)
        case _:
            raise ValueError(f"its label is {label!r}, neither true nor false")


def pairs(found: Iterator[Arrival]) -> Iterator[Arrival]:
    """Joins what the unpaired form tells apart: neighbours of one id, the better one first."""
    before: Row | None = None
    for one in found:
        if before is not None:
            if (
                isinstance(one, Row)
                and (one.chosen, before.rejected) == (None, None)
                and one.rest.get("id", "") == before.rest.get("id") != ""
                and one.prompt == before.prompt
            ):
                yield Row(before.prompt, before.chosen, one.rejected, before.rest)
                before = None
                continue
            yield before
        before = one if isinstance(one, Row) and one.chosen is not None else None
        if before is None:
            yield one
    if before is not None:
        yield before


def _last(messages: tuple[Message, ...], name: str) -> tuple[tuple[Message, ...], str]:
    """The conversation, and the reply that ends it."""
    *before, last = messages
    if last.role != "assistant":
        raise ValueError(f"its {name} does not end with a reply of the assistant")
    if not any(one.role == "user" for one in before):
        raise ValueError(f"no request stands before its {name}")
    if before[-1].role == "assistant":
        raise ValueError(f"its {name} answers a reply, not a request")
    if not last.text.strip():
        raise ValueError(f"its {name} is empty")
    return tuple(before), last.text


def _messages(value: object, name: str, role: Role) -> tuple[Message, ...]:
    """Messages, or one of this role where only a text stands."""
    if isinstance(value, str):
        return (Message(role, arrivals.whole(value)),)
    if value is None and name == "prompt":
        return ()
    if not isinstance(value, list) or not value:
        raise ValueError(f"its {name} is neither a text nor a list of messages")
    found = []
    for place, each in enumerate(value, start=1):
        if not isinstance(each, dict):
            raise ValueError(f"message {place} of its {name} is no object")
        text = each.get("content")
        known: dict[object, Role] = {one: one for one in get_args(Role)}
        who = known.get(str(each.get("role")))
        if who is None:
            found_role = each.get("role")
            raise ValueError(f"message {place} of its {name} is of the role {found_role!r}")
        words = arrivals.text_of(text)
        if not isinstance(text, str | list):
            raise ValueError(f"message {place} of its {name} has no text")
        found.append(Message(who, arrivals.whole(words)))
    return tuple(found)
