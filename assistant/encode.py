"""Messages to token ids, the only way in: chat, cached targets and training all come through here.

Knows no weights. What is encoded for training is what is served, token for token.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2.exceptions import TemplateError
from transformers import PreTrainedTokenizerBase

from data.types import Message, Refusal


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids of a prompt and its reply; ids[start:] is the reply and its end token."""

    ids: tuple[int, ...]
    start: int

    @property
    def reply(self) -> tuple[int, ...]:
        """The reply's ids, the end token included; empty for a bare prompt."""
        return self.ids[self.start :]


class Encoder:
    """One tokenizer with its chat template."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase, ends: Sequence[int]) -> None:
        """`ends` are the ids after which the base stops, from its generation config.

        Raises Refusal if the tokenizer has no chat template.
        """
        if not tokenizer.chat_template:
            raise Refusal(
                f"{tokenizer.name_or_path!r} has no chat template, so it cannot hold a "
                "conversation; choose an instruct model."
            )
        self.tokenizer = tokenizer
        self._marks = _marks(tokenizer)
        self._folds = False  # whether system text must go into the first user message
        probe = (Message("system", "s"), Message("user", "u"))
        try:
            self._render(probe, reply=False)
        except TemplateError:
            self._folds = True
        self.end = self._end_of_turn(tuple(ends))
        self.ends = frozenset({self.end, *ends})

    def prompt(self, messages: Sequence[Message]) -> tuple[int, ...]:
        """Ids of a conversation up to the place where the reply begins, or goes on.

        A last message of the assistant is a reply that was begun: it is left open.
        """
        if messages and messages[-1].role == "assistant":
            return (*self.prompt(messages[:-1]), *self._ids(self._harmless(messages[-1].text)))
        return self._ids(self._render(messages, reply=False))

    def pair(self, messages: Sequence[Message], reply: str) -> Encoded:
        """Ids of a conversation and a whole reply to it, the end token included.

        Without messages it is plain text outside any conversation: no template and no end token,
        and its first token is the prompt of the others.
        """
        if not messages:
            return Encoded(self._ids(self._harmless(reply)), 1)
        prompt = self.prompt(messages)
        return Encoded((*prompt, *self._ids(self._harmless(reply)), self.end), len(prompt))

    def count(self, messages: Sequence[Message]) -> int:
        """Tokens of a conversation up to the place where the reply begins, or goes on."""
        return len(self.prompt(messages))

    def text(self, ids: Sequence[int]) -> str:
        """The words of reply ids, without special tokens."""
        decoded = self.tokenizer.decode(
            list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        assert isinstance(decoded, str)
        return decoded

    def _harmless(self, text: str) -> str:
        """Words that spell a mark of the template stay words: pasted text opens no turn."""
        return self._marks.sub(lambda mark: f"{mark[0][0]} {mark[0][1:]}", text)

    def _ids(self, text: str) -> tuple[int, ...]:
        return tuple(self.tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])

    def _render(self, messages: Sequence[Message], *, reply: bool) -> str:
        rows = [
            {"role": message.role, "content": self._harmless(message.text)} for message in messages
        ]
        if self._folds and len(rows) > 1 and rows[0]["role"] == "system":
            system = rows.pop(0)["content"]
            rows[0] = rows[0] | {"content": system + "\n\n" + rows[0]["content"]}
        # Templates of models that can think aloud read the last flag; the others ignore it.
        text = self.tokenizer.apply_chat_template(
            rows, tokenize=False, add_generation_prompt=not reply, enable_thinking=False
        )
        assert isinstance(text, str)
        return text

    def _end_of_turn(self, ends: tuple[int, ...]) -> int:
        """The id that the template puts behind a reply; the base's own end token if none."""
        ask = Message("user", "u")
        probe = self._render((ask, Message("assistant", "heed")), reply=True)
        tail = self._ids(probe.rpartition("heed")[2])
        special = set(self.tokenizer.all_special_ids) | set(ends)
        for token in tail:
            if token in special:
                return token
        if self.tokenizer.eos_token_id is not None:
            return int(self.tokenizer.eos_token_id)
        return ends[0]


def _marks(tokenizer: PreTrainedTokenizerBase) -> re.Pattern[str]:
    """Finds what the tokenizer would read as one of its special tokens; the longest goes first."""
    added = tokenizer.added_tokens_decoder.values()
    names = {str(token) for token in added if token.special} | set(tokenizer.all_special_tokens)
    spelled = sorted((name for name in names if len(name.strip()) > 2), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, spelled)) or r"(?!)")


class Reader:
    """Turns ids into text as they come and never gives out half a UTF-8 character."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._ids: list[int] = []
        self._from = 0  # ids before this one only give the next its white space
        self._told = 0  # ids before this one have been given out

    def add(self, token: int) -> str:
        """The words that this token completes; "" while a character is still open."""
        self._ids.append(token)
        text = self._open()
        if text.endswith("\ufffd"):
            return ""
        self._from, self._told = self._told, len(self._ids)
        return text

    def rest(self) -> str:
        """What was held back and is a character after all; an unfinished one is dropped."""
        return self._open().rstrip("\ufffd")

    def _open(self) -> str:
        before = self._encoder.text(self._ids[self._from : self._told])
        return self._encoder.text(self._ids[self._from :])[len(before) :]
