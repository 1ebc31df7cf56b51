"""A two-layer Llama of random weights and a tokenizer of bytes, built in code.

Knows no starter and reads no file.
"""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from assistant.network import Network

NAME = "tiny/fp32"
TEMPLATE = (
    "{% for message in messages %}{{ '<|start|>' + message['role'] + '\n' + message['content'] + "
    "'<|end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start|>assistant\n' }}{% endif %}"
)


def network(*, width: int = 64, window: int = 512) -> Network:
    """A network in float32; the same weights every time."""
    return Network(llama(width=width, window=window), tokenizer(), NAME)


def llama(*, width: int = 64, window: int = 512, seed: int = 0) -> LlamaForCausalLM:
    """Random but lively weights: a reply is neither one token for ever nor the end at once."""
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=320,
        hidden_size=width,
        intermediate_size=2 * width,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=window,
        bos_token_id=256,
        eos_token_id=257,
        pad_token_id=257,
        initializer_range=0.3,
    )
    return LlamaForCausalLM(config)


def tokenizer() -> PreTrainedTokenizerFast:
    """One token per byte of UTF-8, and two marks for the turns of a chat."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    inner = Tokenizer(BPE(vocab={letter: at for at, letter in enumerate(letters)}, merges=[]))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    inner.add_special_tokens(["<|start|>", "<|end|>"])
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=inner,
        bos_token="<|start|>",
        eos_token="<|end|>",
        pad_token="<|end|>",
        chat_template=TEMPLATE,
    )


def save(folder: Path) -> Path:
    """The same as a folder that `--model` takes."""
    llama().save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    return folder
