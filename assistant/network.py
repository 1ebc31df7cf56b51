"""The loaded base with two LoRA slots of one shape, "live" and "cand", allocated once.

Knows no conversation, no version folder and no loss: it activates, loads and reads slots.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from peft import LoraConfig
from peft.tuners.lora import LoraLayer, LoraModel
from torch import Tensor, nn
from transformers import AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from assistant import fingerprint, quantize
from assistant.encode import Encoder
from data.types import Refusal

Slot = Literal["base", "live", "cand"]
Tensors = dict[str, np.ndarray[Any, np.dtype[Any]]]

RANK = 16
ALPHA = 32
# The feed-forward layers alone: as good as all linear ones and less forgetful (docs/log.md).
PARTS = ("gate_proj", "up_proj", "gate_up_proj", "down_proj", "fc1", "fc2")


class Network:
    """One base, its encoder, and two adapter slots. One thread owns it."""

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: PreTrainedTokenizerBase,
        name: str,
        fingerprint: str = "",
    ) -> None:
        """`name` is base and quantisation, "smollm2-135m-instruct/nf4"; adapters carry it.

        They carry `fingerprint` too, which tells the base's weights from others of that name.
        Raises Refusal for a base without a chat template or without feed-forward layers that heed
        knows.
        """
        parts = sorted({key.rpartition(".")[2] for key, _ in model.named_modules()} & set(PARTS))
        if not parts:
            raise Refusal(f"heed does not know where to teach a {model.config.model_type!r} model.")
        self.name = name
        self.fingerprint = fingerprint
        self.encoder = Encoder(tokenizer, _ends(model))
        config = LoraConfig(
            r=RANK,
            lora_alpha=ALPHA,
            lora_dropout=0.0,
            target_modules=parts,
        )
        # The tuner and not PeftModel, whose constructor asks transformers for a deprecated name.
        tuner = LoraModel(model, {"live": config, "cand": config}, "live")
        tuner.inject_adapter(model, "cand")
        model.train(False)
        self.model = model
        self.window = int(model.config.get_text_config().max_position_embeddings)
        self._layers = {
            key: part for key, part in self.model.named_modules() if isinstance(part, LoraLayer)
        }
        self._loads = itertools.count(1)
        self._revisions: dict[Slot, str] = {"base": "base", "live": "", "cand": ""}
        for layer in self._layers.values():
            layer.lora_A.float()  # peft makes them of the base's type: too coarse for small steps
            layer.lora_B.float()
        self.load("live", None)
        self.load("cand", None)
        self._active: tuple[Slot, float] = ("live", 1.0)
        self.activate("base")

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return next(self.model.parameters()).device

    @property
    def tokenizer(self) -> PreTrainedTokenizerBase:
        """The encoder's tokenizer."""
        return self.encoder.tokenizer

    @property
    def active(self) -> tuple[Slot, float]:
        """The slot that the next forward uses, and its scale."""
        return self._active

    def activate(self, slot: Slot, scale: float = 1.0) -> None:
        """Uses a slot from the next forward on, its deltas times `scale`; "base" is no adapter.

        Only an active "cand" can be trained: whatever else is active, `requires_grad` is False
        everywhere, so build and step an optimiser only after activate("cand").
        """
        if self._active == (slot, scale):
            return
        for layer in self._layers.values():
            if slot == "base":
                layer.enable_adapters(False)
            else:
                layer.enable_adapters(True)
                layer.set_adapter(slot, inference_mode=slot == "live")
                layer.set_scale(slot, scale)
        self._active = (slot, scale)

    def load(
        self, slot: Slot, tensors: Mapping[str, Any] | None, *, seed: int = 0, content: str = ""
    ) -> None:
        """Copies tensors into a slot in place; None starts it anew: A drawn from the seed, B = 0.

        `content` names the tensors, as their hash does, so that what was computed with them holds
        again when they come back.

        Raises Refusal unless names and shapes are exactly those of this base.
        """
        own = self._named(slot)
        self._revisions[slot] = content or f"load {next(self._loads)}"
        if tensors is None:
            draw = torch.Generator().manual_seed(seed)
            for key, weight in own.items():
                fresh = torch.zeros(weight.shape)
                if "lora_A" in key:
                    nn.init.kaiming_uniform_(fresh, a=5**0.5, generator=draw)
                weight.data.copy_(fresh)
            return
        wrong = sorted(own.keys() ^ tensors.keys()) or [
            key for key, weight in own.items() if tuple(tensors[key].shape) != tuple(weight.shape)
        ]
        if wrong:
            raise Refusal(
                f"This adapter was made for another model than {self.name!r}: {wrong[0]!r} differs."
            )
        for key, weight in own.items():
            weight.data.copy_(torch.as_tensor(tensors[key]))

    def tensors(self, slot: Slot) -> Tensors:
        """Copies of a slot's weights, float32, by the names that PEFT gives them in a file."""
        return {
            key: weight.detach().cpu().numpy().copy() for key, weight in self._named(slot).items()
        }

    def revision(self, slot: Slot) -> str:
        """Names what was loaded into a slot: what was computed with it holds for that alone."""
        return self._revisions[slot]

    def parameters(self, slot: Slot) -> list[nn.Parameter]:
        """A slot's weights themselves, in a fixed order; trainable while "cand" is active."""
        return list(self._named(slot).values())

    def copy(self, source: Slot, target: Slot) -> None:
        """Makes one slot equal to the other, in place."""
        self._revisions[target] = f"load {next(self._loads)}"
        for to, of in zip(self.parameters(target), self.parameters(source), strict=True):
            to.data.copy_(of.data)

    def forward(self, ids: Tensor, **more: Any) -> Any:
        """The base's own forward with the active slot; ids of shape (batch, tokens)."""
        return self.model(input_ids=ids, **more)

    def _named(self, slot: Slot) -> dict[str, nn.Parameter]:
        found: dict[str, nn.Parameter] = {}
        for key, layer in self._layers.items():
            for half, weights in (("lora_A", layer.lora_A), ("lora_B", layer.lora_B)):
                linear = weights[slot]
                assert isinstance(linear, nn.Linear)
                assert isinstance(linear.weight, nn.Parameter)
                found[f"base_model.model.{key}.{half}.weight"] = linear.weight
        return found


def load(folder: Path, name: str, kind: quantize.Kind, device: torch.device) -> Network:
    """A network from a local transformers folder; `name` says the base without its quantisation."""
    model = quantize.load(folder, kind, device)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    return Network(model, tokenizer, f"{name}/{kind}", fingerprint.of(folder))


def _ends(model: PreTrainedModel) -> list[int]:
    config = model.generation_config
    ends = config.eos_token_id if config is not None else None
    if ends is None:
        return []
    return list(ends) if isinstance(ends, (list, tuple)) else [int(ends)]
