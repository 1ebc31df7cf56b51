"""A conversation and lessons into the messages that a model is given.

Knows no tokenizer and no model; encode.py turns messages into token ids.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data.types import Message, Refusal

VERSION = 2  # raised with every change of what a conversation looks like; turns carry it


def build(
    said: Sequence[Message], lessons: Sequence[str] = (), extra: Sequence[str] = ()
) -> tuple[Message, ...]:
    """What was said under its system message, roles alternating from a user's message on.

    `lessons` and `extra`, which are for this reply alone, are imperatives that close the user's
    last message: there a small model heeds them most (one sentence in 23 of 24 replies against 19
    from the system text, bullets in 11 against 4: docs/log.md). Without any the text is the same
    as for a model that was never taught.
    """
    told: list[Message] = []
    for message in said:
        if told and told[-1].role == message.role:  # chat templates want them to alternate
            told[-1] = Message(message.role, f"{told[-1].text}\n\n{message.text}")
        elif told or message.role == "user":
            told.append(message)
    asked = [at for at, message in enumerate(told) if message.role == "user"]
    rules = (*lessons, *extra)
    if asked and rules:
        text = told[asked[-1]].text
        told[asked[-1]] = Message("user", f"{text}\n\n{' '.join(map(sentence, rules))}")
    return (Message("system", SYSTEM), *told)


def plain(messages: Sequence[Message]) -> tuple[Message, ...]:
    """A conversation as it is served once its lessons are in the weights: none in the prompt."""
    return (Message("system", SYSTEM), *messages)


def sentence(effect: str) -> str:
    """An imperative as a sentence: "use bullet points" becomes "Use bullet points."."""
    words = effect.strip()
    closed = words if words.endswith((".", "!", "?", '."', '!"', '?"')) else words + "."
    return closed[:1].upper() + closed[1:]


def trim(
    messages: Sequence[Message], count: Callable[[Sequence[Message]], int], window: int
) -> tuple[Message, ...]:
    """The system message and as many of the last exchanges as fit into `window` tokens.

    `count` says how many tokens a conversation takes. Raises Refusal if the last message alone
    does not fit.
    """
    head = [message for message in messages[:1] if message.role == "system"]
    rest = list(messages[len(head) :])
    while (tokens := count([*head, *rest])) > window:
        later = [at for at, message in enumerate(rest) if at > 0 and message.role == "user"]
        if not later:
            raise Refusal(
                f"This is too long to read at once: {tokens:,} tokens, where this model reads "
                f"{window:,}. Shorten it or send it in parts."
            )
        rest = rest[later[0] :]
    return (*head, *rest)


SYSTEM = "You are a helpful AI assistant."
