"""A Llama of random weights in a real size, as a folder that --model would take, built in code.

Good for speed and memory alone: it has learned nothing. Knows no learner.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import AddedToken, Tokenizer, pre_tokenizers
from tokenizers.models import WordLevel
from transformers import AutoModelForCausalLM, LlamaConfig, PreTrainedTokenizerFast

MARKS = ("<|start|>", "<|end|>", "<|unknown|>")
ROLES = ("system", "user", "assistant")
TEMPLATE = (
    "{% for message in messages %}{{ '<|start|>' + message['role'] + '\n' + message['content'] + "
    "'<|end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start|>assistant\n' }}{% endif %}"
)


@dataclass(frozen=True, slots=True)
class Size:
    """The numbers of a Llama that its speed and memory depend on."""

    hidden: int
    between: int  # width of the feed-forward layers
    layers: int
    heads: int
    shared: int  # heads of keys and values
    head: int  # numbers in a head
    words: int
    tied: bool  # whether the head is the embedding


# The three are those of Llama 3.2 1B, 3.2 3B and 3.1 8B, from their published configurations.
SIZES: Mapping[str, Size] = {
    "tiny": Size(64, 128, 2, 4, 2, 16, 320, True),
    "1b": Size(2048, 8192, 16, 32, 8, 64, 128_256, True),
    "3b": Size(3072, 8192, 28, 24, 8, 128, 128_256, True),
    "8b": Size(4096, 14336, 32, 32, 8, 128, 128_256, False),
}


def write(folder: Path, size: Size, device: torch.device) -> None:
    """Saves model and tokenizer; the weights are drawn on the device, in bfloat16."""
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=size.words,
        hidden_size=size.hidden,
        intermediate_size=size.between,
        num_hidden_layers=size.layers,
        num_attention_heads=size.heads,
        num_key_value_heads=size.shared,
        head_dim=size.head,
        tie_word_embeddings=size.tied,
        max_position_embeddings=8192,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )
    with device:
        model = AutoModelForCausalLM.from_config(  # type: ignore[no-untyped-call]
            config, dtype=torch.bfloat16
        )
    model.save_pretrained(folder)
    tokenizer(size.words).save_pretrained(folder)


def tokenizer(words: int) -> PreTrainedTokenizerFast:
    """One token a word: the words are w0, w1, ... and the roles of a chat."""
    named = (*MARKS, *ROLES)
    vocab = {word: at for at, word in enumerate(named)}
    vocab |= {f"w{at}": at for at in range(len(named), words)}
    inner = Tokenizer(WordLevel(vocab, unk_token=MARKS[2]))
    inner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    inner.add_special_tokens([AddedToken(mark, special=True) for mark in MARKS])
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=inner,
        bos_token=MARKS[0],
        eos_token=MARKS[1],
        pad_token=MARKS[1],
        unk_token=MARKS[2],
        chat_template=TEMPLATE,
    )


def text(draw: random.Random, tokens: int, words: int) -> str:
    """A text of exactly so many tokens."""
    first = len(MARKS) + len(ROLES)
    return " ".join(f"w{draw.randrange(first, words)}" for _ in range(tokens))
