"""How a base model's weights are held in memory: NF4, bfloat16 or float32, and the CPU guard.

Knows no tokenizer and no adapter; it is given a folder and gives back a frozen, trainable base.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, assert_never

import psutil
import torch
from bitsandbytes.nn.modules import Linear4bit
from torch import nn
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, PreTrainedModel

from data.types import Refusal

Kind = Literal["nf4", "bf16", "fp32"]
Asked = Literal["auto", "nf4", "none"]
Shapes = Mapping[str, tuple[int, ...]]

GIB = 1024**3
# On a CPU the guard makes NF4 nearly three times slower than bfloat16 (measured: SmolLM2-135M, one
# thread, 11 and 19.5 tokens/s), so a base below this size is served unquantised there.
SMALL = 3 * GIB
NF4_BYTES = 0.52  # per weight: 4 bits and the twice quantised scales of 64 weights (bitsandbytes)
# Beside the weights: activations, three slots of blocks, the optimiser, the KV cache: an estimate.
SPARE = 0.75 * GIB


@dataclass(frozen=True, slots=True)
class Form:
    """How a base is held, and one sentence for the person that says why."""

    kind: Kind
    why: str


def choose(asked: Asked, device: torch.device, sizes: Shapes) -> Form:
    """The form of a base with these tensors on this device; the same answer in every session."""
    plain: Kind = "bf16" if has_bf16(device) else "fp32"
    match asked:
        case "nf4":
            return Form("nf4", "NF4, as asked.")
        case "none":
            return Form(plain, f"Unquantised ({plain}), as asked.")
        case "auto" if device.type == "cuda":
            return Form("nf4", "NF4: four bits a weight leave the most room on the GPU.")
        case "auto" if needed(sizes, plain) <= min(SMALL, psutil.virtual_memory().total / 4):
            return Form(
                plain,
                f"Unquantised ({plain}): for a small model this is faster on a CPU than NF4.",
            )
        case "auto":
            return Form("nf4", "NF4: unquantised this model would fill the memory.")
        case _:
            assert_never(asked)


def has_bf16(device: torch.device) -> bool:
    """Whether the device computes in bfloat16 by itself rather than by emulation."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16", False) or able.get("amx_bf16", False))


def load(folder: Path, kind: Kind, device: torch.device) -> PreTrainedModel:
    """The base of a local folder, frozen, in eval mode, safe to train adapters on after serving."""
    dtype = torch.bfloat16 if kind != "fp32" and has_bf16(device) else torch.float32
    quantization = BitsAndBytesConfig(  # type: ignore[no-untyped-call]
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=dtype,
    )
    model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(
        folder,
        quantization_config=quantization if kind == "nf4" else None,
        dtype=dtype,
        device_map={"": device},
        local_files_only=True,
        trust_remote_code=False,
    )
    keep_trainable(model)
    model.requires_grad_(False)
    model.train(False)
    return model


def keep_trainable(model: nn.Module) -> None:
    """Stops bitsandbytes from repacking 4-bit weights on CPUs: the packed layout has no backward.

    To be called before the first forward; raises RuntimeError when it comes too late. bitsandbytes
    0.50.2; tests/test_quantize.py tells when it can go.
    """
    for part in model.modules():
        if isinstance(part, Linear4bit):
            if packed(part):
                raise RuntimeError("The base model was used before the guard ran. Load it again.")
            part.support_avx512bf16_for_cpu = False


def packed(part: Linear4bit) -> bool:
    """Whether bitsandbytes has already repacked this layer. The mark exists only on packed ones."""
    return bool(vars(vars(part.weight)["quant_state"]).get("packing_format_for_cpu", False))


def shapes(folder: Path) -> dict[str, tuple[int, ...]]:
    """Names and shapes of the tensors in a folder's safetensors files, from their headers alone.

    Raises Refusal if there is none or one cannot be read.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise Refusal(f"{str(folder)!r} holds no model: there is no .safetensors file in it.")
    found = {}
    for file in files:
        try:
            with file.open("rb") as data:
                size = int.from_bytes(data.read(8), "little")
                if size > file.stat().st_size:
                    raise ValueError("the header is longer than the file")
                header = json.loads(data.read(size))
            for name, entry in header.items():
                if name != "__metadata__":
                    found[name] = tuple(int(n) for n in entry["shape"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise Refusal(f"{str(file)!r} is not a whole safetensors file.") from problem
    return found


def needed(sizes: Shapes, kind: Kind) -> float:
    """Bytes that a base with these tensors takes in memory."""
    return sum(_bytes(name, shape, kind) for name, shape in sizes.items())


def _bytes(name: str, shape: Iterable[int], kind: Kind) -> float:
    axes = list(shape)
    count = 1
    for axis in axes:
        count *= axis
    match kind:
        case "nf4":
            linear = len(axes) == 2 and "embed" not in name and "lm_head" not in name
            return count * (NF4_BYTES if linear else 2)
        case "bf16":
            return count * 2
        case "fp32":
            return count * 4
        case _:
            assert_never(kind)


def room(device: torch.device) -> int:
    """Bytes that are free on the device now."""
    if device.type == "cuda":
        free: int = torch.cuda.mem_get_info(device)[0]
        return free
    return int(psutil.virtual_memory().available)


def expect_room(name: str, sizes: Shapes, kind: Kind, free: int) -> None:
    """Raises Refusal if a base does not fit, before anything is loaded."""
    bytes_needed = needed(sizes, kind) + SPARE
    if bytes_needed > free:
        smaller = "" if kind == "nf4" else " Try --quantize nf4, or choose a smaller model."
        raise Refusal(
            f"{name!r} needs about {bytes_needed / GIB:.1f} GiB in {kind} and "
            f"{free / GIB:.1f} GiB are free here.{smaller or ' Choose a smaller model.'}"
        )
