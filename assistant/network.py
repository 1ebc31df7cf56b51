"""The loaded base with LoRA slots: "live" speaks, "cand" is learned on top of what "under" holds.

The candidate is one block and has one shape; the others hold as many blocks side by side as speak
together. Knows no conversation, no version folder and no loss: it activates, loads, reads slots.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import itertools
from collections.abc import Callable, Mapping
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
Room = Literal["live", "cand", "under"]  # where weights can lie
Tensors = dict[str, np.ndarray[Any, np.dtype[Any]]]

RANK = 16
ALPHA = 32
ROOMS: tuple[Room, ...] = ("live", "cand", "under")
# The feed-forward layers alone: as good as all linear ones and less forgetful (docs/log.md).
PARTS = ("gate_proj", "up_proj", "gate_up_proj", "down_proj", "fc1", "fc2")


class Network:
    """One base, its encoder, and its slots. One thread owns it."""

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
        tuner = LoraModel(model, {str(room): config for room in ROOMS}, "live")
        for room in ROOMS[1:]:
            tuner.inject_adapter(model, room)
        model.train(False)
        self.model = model
        self.window = int(model.config.get_text_config().max_position_embeddings)
        self._layers = {
            key: part for key, part in self.model.named_modules() if isinstance(part, LoraLayer)
        }
        self._loads = itertools.count(1)
        self._revisions: dict[str, str] = {"base": "base", "live": "", "cand": "", "under": ""}
        self._beneath = ""  # names what lies under the candidate; "" if nothing does
        for layer in self._layers.values():
            layer.lora_A.float()  # peft makes them of the base's type: too coarse for small steps
            layer.lora_B.float()
        for room in ROOMS:
            self.load(room, None)
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
        if self._active != (slot, scale):
            self._switch(slot, scale)
        self._active = (slot, scale)

    def lay_under(self, made: Callable[[], Mapping[str, Any]] | None, content: str) -> None:
        """What speaks along with the candidate from its next activation on, and is not trained.

        `content` names the tensors that `made` gives: what lies there already stays. None: nothing.
        """
        if made is None:
            content = ""
        elif content != self._beneath:
            self.load("under", made())
        was, self._beneath = self._beneath, content
        if self._active[0] == "cand" and bool(was) != bool(content):
            self._switch(*self._active)

    def _switch(self, slot: Slot, scale: float) -> None:
        for layer in self._layers.values():
            if slot == "base":
                layer.enable_adapters(False)
                continue
            layer.enable_adapters(True)
            layer.set_adapter(slot, inference_mode=slot == "live")
            layer.set_scale(slot, scale)
            if slot == "cand" and self._beneath:
                layer.set_adapter(["under", "cand"])
                for half in (layer.lora_A, layer.lora_B):
                    half["under"].requires_grad_(False)

    def load(
        self, slot: Room, tensors: Mapping[str, Any] | None, *, seed: int = 0, content: str = ""
    ) -> None:
        """Puts tensors into a slot; None starts it anew: A drawn from the seed, B = 0.

        `content` names the tensors, as their hash does, so that what was computed with them holds
        again when they come back. The rank is that of the tensors; the candidate's is RANK.

        Raises Refusal unless names and shapes are those of this base.
        """
        own = self._named(slot)
        self._revisions[slot] = content or f"load {next(self._loads)}"
        if tensors is None:
            draw = torch.Generator().manual_seed(seed)
            for key, weight in own.items():
                fresh = torch.zeros(_shape(key, tuple(weight.shape)))
                if "lora_A" in key:
                    nn.init.kaiming_uniform_(fresh, a=5**0.5, generator=draw)
                _put(weight, fresh)
            return
        wrong = sorted(own.keys() ^ tensors.keys()) or [
            key
            for key, weight in own.items()
            if not _fits(key, tuple(tensors[key].shape), tuple(weight.shape), slot == "cand")
        ]
        if wrong:
            raise Refusal(
                f"This adapter was made for another model than {self.name!r}: {wrong[0]!r} differs."
            )
        for key, weight in own.items():
            _put(weight, torch.as_tensor(tensors[key]))

    def tensors(self, slot: Room) -> Tensors:
        """Copies of a slot's weights, float32, by the names that PEFT gives them in a file."""
        return {
            key: weight.detach().cpu().numpy().copy() for key, weight in self._named(slot).items()
        }

    def revision(self, slot: Slot) -> str:
        """Names what was loaded into a slot: what was computed with it holds for that alone."""
        return self._revisions[slot]

    def parameters(self, slot: Room) -> list[nn.Parameter]:
        """A slot's weights themselves, in a fixed order; trainable while "cand" is active."""
        return list(self._named(slot).values())

    def forward(self, ids: Tensor, **more: Any) -> Any:
        """The base's own forward with the active slot; ids of shape (batch, tokens)."""
        return self.model(input_ids=ids, **more)

    def _named(self, slot: Room) -> dict[str, nn.Parameter]:
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


def _put(weight: nn.Parameter, fresh: Tensor) -> None:
    """In place, where the rank stays as it is."""
    if fresh.shape == weight.shape:
        weight.data.copy_(fresh)
    else:
        weight.data = fresh.to(weight.device, torch.float32, copy=True)


def _shape(key: str, now: tuple[int, ...]) -> tuple[int, ...]:
    """Of one block, whatever lies there now."""
    return (RANK, now[1]) if "lora_A" in key else (now[0], RANK)


def _fits(key: str, found: tuple[int, ...], own: tuple[int, ...], exact: bool) -> bool:
    """Whether weights belong to this layer: as many inputs or outputs; any rank, if not exact."""
    side = 1 if "lora_A" in key else 0
    return found == _shape(key, own) if exact else len(found) == 2 and found[side] == own[side]


def _ends(model: PreTrainedModel) -> list[int]:
    config = model.generation_config
    ends = config.eos_token_id if config is not None else None
    if ends is None:
        return []
    return list(ends) if isinstance(ends, (list, tuple)) else [int(ends)]
