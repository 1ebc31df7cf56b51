"""A branch of turns folded into the conversation it amounts to, and the parts of a repair chain.

Knows no store and no model. A repaired reply stands where the criticised one stood, as if the
correction had never been said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.types import Message, Refusal, Turn
from feedback import followups


@dataclass(frozen=True, slots=True)
class Step:
    """One round of a repair: the draft, the critique's turn, and the critique's id in the store."""

    draft: Turn
    said: Turn
    critique: str


def conversation(path: Sequence[Turn], notes: Mapping[str, str]) -> tuple[Message, ...]:
    """User and assistant messages in turn. `notes` maps an answer's turn to its instruction.

    Of several drafts for one request only the last counts; critiques and notices leave no trace.
    """
    messages: list[Message] = []
    for turn in path:
        match turn.kind:
            case "request":
                messages.append(Message("user", turn.text))
            case "answer":
                note = notes.get(turn.id, "")
                if note and messages and messages[-1].role == "user":
                    messages[-1] = Message("user", f"{messages[-1].text}\n\n{note}")
            case "draft":
                if messages and messages[-1].role == "assistant":
                    messages.pop()
                if turn.text:
                    messages.append(Message("assistant", turn.text))
            case "question" | "critique" | "notice":
                pass
    return tuple(messages)


def request_of(path: Sequence[Turn]) -> Turn:
    """The last request on a branch. Raises Refusal if there is none."""
    for turn in reversed(path):
        if turn.kind == "request":
            return turn
    raise Refusal("There is no request in this chat yet.")


def subject_of(path: Sequence[Turn]) -> str:
    """What the last request on a branch is about: where lessons hold is tested on that text.

    Raises Refusal if there is none.
    """
    request_of(path)
    return followups.subject([turn.text for turn in path if turn.kind == "request"])


def basis_of(path: Sequence[Turn]) -> tuple[Turn, ...]:
    """The branch up to what the last draft replies to: the request, or the answer after it."""
    for at in range(len(path) - 1, -1, -1):
        if path[at].kind in ("request", "answer"):
            return tuple(path[: at + 1])
    raise Refusal("There is no request in this chat yet.")


def repair_chain(path: Sequence[Turn]) -> tuple[Step, ...]:
    """The rounds that led to the draft at the end of the path, first round first.

    A critique whose words were forgotten with its lesson is no round any more.
    """
    basis = len(basis_of(path))
    steps = []
    draft: Turn | None = None
    for turn in path[basis:]:
        if turn.kind == "draft":
            draft = turn
        if turn.kind == "critique" and draft is not None:
            critique = json.loads(turn.made_with).get("critique")
            if critique is not None:
                steps.append(Step(draft, turn, str(critique)))
    return tuple(steps)


def end_of(turns: Sequence[Turn], start: str) -> str:
    """The turn that was said last below this one, or itself; `turns` are a chat's, oldest first."""
    end, below = start, {start}
    for one in turns:
        if one.parent in below:
            below.add(one.id)
            end = one.id
    return end
