"""The weights' side of the bench: our loop against transformers' generate, on the starter model.

Knows no store and no page. Every pair runs the same number of tokens on the same loaded base.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from threading import Event

import torch
from transformers import PreTrainedModel

from assistant import embedder, network, quantize, starter
from assistant.decode import Decoder
from assistant.encode import Reader
from assistant.network import Network
from bench.ratio import CRITIQUES, REPLY, Ratio, against
from clarify import options
from data.types import Message
from feedback import parse

TOKENS = 48
DRAFTS = 6
LONG = "Here is what I know about my garden. " + "It has a pond, a shed and an old pear tree. " * 16
REQUEST = (Message("user", "Tell me what a lighthouse is for."),)
TASK = (Message("user", f"{LONG} Write a note about it."),)
CHAT = (*TASK, Message("assistant", "A note about the garden. " * 20))
ASKED = ("Shorter, please.", "Now for my mother.")  # in turn, so that only the last turn is new


def ratios(n: int) -> Iterator[Ratio]:
    """All pairs, each n times. Unpacks the starter into a temporary folder first."""
    with tempfile.TemporaryDirectory() as name:
        folder = starter.folder(Path(name), lambda _label, _share: None)
        device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        form = quantize.choose("auto", device, quantize.shapes(folder))
        chosen = network.load(folder, starter.NAME, form.kind, device)
        print(f"{chosen.name} on {device}, {torch.get_num_threads()} threads, {TOKENS} tokens")
        yield from speech(chosen, n)
        if form.kind != "nf4":
            small = network.load(folder, starter.NAME, "nf4", device)
            yield against(
                f"{TOKENS} tokens as {form.kind}",
                streaming(chosen),
                "the same in NF4, kept trainable",
                streaming(small),
                n,
            )
    yield from reading(n)


def speech(base: Network, n: int) -> Iterator[Ratio]:
    """Streaming, candidates and the kept cache."""
    stream = streaming(base)
    yield against(
        f"{TOKENS} tokens streamed",
        stream,
        "transformers generate",
        lambda: generate(base, REQUEST, 1),
        n,
    )
    yield against(
        f"{TOKENS} tokens through an adapter",
        streaming(base, adapter=True),
        "the base alone",
        stream,
        n,
    )
    decoder = Decoder(base, frozenset())
    task = base.encoder.prompt(TASK)

    def drafts() -> None:
        decoder.forget()
        for _ in decoder.sample(
            task, ("base", 1.0), n=DRAFTS, seed=1, limit=TOKENS, stop=Event(), temperature=0.8
        ):
            pass

    yield against(
        f"{DRAFTS} drafts, prompt of {len(task)} tokens read once",
        drafts,
        f"{DRAFTS} separate generates",
        lambda: separate(base),
        n,
    )
    yield against(
        f"{DRAFTS} drafts, prompt of {len(task)} tokens read once",
        drafts,
        f"generate with num_return_sequences={DRAFTS}",
        lambda: generate(base, TASK, DRAFTS),
        n,
    )
    turns = cycle([base.encoder.prompt((*CHAT, Message("user", text))) for text in ASKED])
    chat = next(turns)

    def first_token(*, kept: bool) -> Callable[[], object]:
        own = Decoder(base, frozenset())

        def run() -> None:
            if not kept:
                own.forget()
            for _ in own.stream(
                next(turns), ("base", 1.0), seed=1, limit=1, stop=Event(), temperature=0.0
            ):
                pass

        return run

    yield against(
        f"first token of a chat of {len(chat)} tokens",
        first_token(kept=True),
        "without the kept cache",
        first_token(kept=False),
        n,
    )


def streaming(base: Network, *, adapter: bool = False) -> Callable[[], None]:
    """Our loop as the chat runs it, from prompt to words, without an end token."""
    decoder = Decoder(base, frozenset())
    ids = base.encoder.prompt(REQUEST)

    def run() -> None:
        decoder.forget()
        reader = Reader(base.encoder)
        for token in decoder.stream(
            ids,
            ("live" if adapter else "base", 1.0),
            seed=1,
            limit=TOKENS,
            stop=Event(),
            temperature=0.7,
        ):
            reader.add(token)

    return run


def separate(base: Network) -> None:
    """One generate after another, each reading the prompt again."""
    for _ in range(DRAFTS):
        generate(base, TASK, 1)


def generate(base: Network, messages: tuple[Message, ...], n: int) -> None:
    """The peer: transformers' own loop, sampling, forced to the same number of tokens."""
    base.activate("base")
    assert isinstance(base.model, PreTrainedModel)
    ids = torch.tensor([base.encoder.prompt(messages)], device=base.device)
    base.model.generate(  # type: ignore[operator]
        ids,
        attention_mask=torch.ones_like(ids),
        do_sample=True,
        temperature=0.7,
        top_p=0.95,
        min_new_tokens=TOKENS,
        max_new_tokens=TOKENS,
        num_return_sequences=n,
        pad_token_id=0,
    )


def reading(n: int) -> Iterator[Ratio]:
    """What our own reading of words costs, against one sentence vector for each."""

    embed = embedder.Embedder()

    def vectors() -> object:
        return embed(CRITIQUES)

    yield against(
        f"{len(CRITIQUES)} critiques become wishes",
        lambda: [parse.parse(text, reply=REPLY) for text in CRITIQUES],
        "their sentence vectors",
        vectors,
        n,
    )
    yield against(
        f"what {len(CRITIQUES)} requests leave open",
        lambda: [options.left_open(text, (), ()) for text in CRITIQUES],
        "their sentence vectors",
        vectors,
        n,
    )
