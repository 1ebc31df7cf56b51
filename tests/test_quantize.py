"""The base in memory: the three guards against packed weights, sizes, forms and refusals."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import torch
from bitsandbytes.functional import has_avx512bf16
from bitsandbytes.nn.modules import Linear4bit
from torch import Tensor
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, PreTrainedModel

from assistant import quantize
from assistant.network import Network
from data.types import Refusal
from tests import tiny

pytestmark = pytest.mark.weights

CPU = torch.device("cpu")
PACKS: bool = has_avx512bf16()  # type: ignore[no-untyped-call]
TEXT = torch.randint(0, 256, (2, 24), generator=torch.Generator().manual_seed(1))


def quantised(folder: Path) -> PreTrainedModel:
    """The tiny Llama in NF4 without double quantisation: so the faults of packing show."""
    model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(
        folder,
        quantization_config=BitsAndBytesConfig(  # type: ignore[no-untyped-call]
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=False,
            bnb_4bit_compute_dtype=torch.bfloat16,
        ),
        dtype=torch.bfloat16,
        device_map={"": CPU},
    )
    return model


@pytest.fixture
def guarded(tmp_path: Path) -> Network:
    """A guarded NF4 network whose candidate slot already says something."""
    model = quantised(tiny.save(tmp_path / "tiny"))
    quantize.keep_trainable(model)
    model.requires_grad_(False)
    network = Network(model, tiny.tokenizer(), "tiny/nf4")
    noise = torch.Generator().manual_seed(2)
    for weight in network.parameters("cand"):
        weight.data.add_(0.05 * torch.randn(weight.shape, generator=noise))
    network.activate("cand")
    return network


def serve(network: Network) -> None:
    """One reply in eval mode without gradients: what makes bitsandbytes pack."""
    with torch.no_grad():
        network.model.generate(TEXT, max_new_tokens=4, do_sample=False)  # type: ignore[operator]


def loss(network: Network) -> Tensor:
    out = network.forward(TEXT, labels=TEXT, use_cache=False)
    value: Tensor = out.loss
    return value


def gradients(network: Network) -> Tensor:
    """All gradients of the candidate slot in one row."""
    found = torch.autograd.grad(loss(network), network.parameters("cand"))
    return torch.cat([one.flatten() for one in found])


def logprobs(network: Network) -> Tensor:
    """Log-probability of each token of the text, shape (2, 23)."""
    with torch.no_grad():
        scores = network.forward(TEXT, use_cache=False).logits.float().log_softmax(-1)
    found: Tensor = scores[:, :-1].gather(-1, TEXT[:, 1:, None])[..., 0]
    return found


def tell() -> None:
    print(f"this CPU {'packs' if PACKS else 'does not pack'} 4-bit weights")


def test_gradients_are_whole_after_serving(guarded: Network) -> None:
    tell()
    before = gradients(guarded)

    serve(guarded)

    after = gradients(guarded)
    cosine = torch.nn.functional.cosine_similarity(before, after, dim=0)
    assert float(cosine) > 0.99


def test_saving_the_adapter_leaves_the_base_as_it_was(guarded: Network) -> None:
    tell()
    serve(guarded)
    before = loss(guarded).item()

    guarded.model.state_dict()
    guarded.tensors("cand")

    assert loss(guarded).item() == pytest.approx(before, abs=1e-4)


def test_log_probabilities_taken_before_the_first_reply_hold_after_serving_and_training(
    guarded: Network,
) -> None:
    tell()
    guarded.activate("base")
    before = logprobs(guarded)

    serve(guarded)
    guarded.activate("cand")
    optimiser = torch.optim.AdamW(guarded.parameters("cand"), lr=1e-3)
    loss(guarded).backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    guarded.activate("base")
    serve(guarded)

    assert float((logprobs(guarded) - before).abs().max()) < 1e-3


@pytest.mark.skipif(not PACKS, reason="this CPU does not pack 4-bit weights")
@pytest.mark.filterwarnings("ignore:bitsandbytes..gemv_4bit")  # the very fault, said by torch
def test_without_the_guard_this_cpu_loses_gradients(tmp_path: Path) -> None:
    """Tells when the guard can go: bitsandbytes then trains through packed weights."""
    model = quantised(tiny.save(tmp_path / "tiny"))
    model.requires_grad_(False)
    network = Network(model, tiny.tokenizer(), "tiny/nf4")
    noise = torch.Generator().manual_seed(2)
    for weight in network.parameters("cand"):
        weight.data.add_(0.05 * torch.randn(weight.shape, generator=noise))
    network.activate("cand")
    before = gradients(network)

    serve(network)

    cosine = torch.nn.functional.cosine_similarity(before, gradients(network), dim=0)
    assert float(cosine) < 0.9


@pytest.mark.skipif(not PACKS, reason="this CPU does not pack 4-bit weights")
def test_a_guard_that_comes_too_late_says_so(tmp_path: Path) -> None:
    model = quantised(tiny.save(tmp_path / "tiny"))
    with torch.no_grad():
        model.train(False)(TEXT)

    with pytest.raises(RuntimeError, match="Load it again"):
        quantize.keep_trainable(model)


def test_a_loaded_base_is_frozen_doubly_quantised_and_guarded(tmp_path: Path) -> None:
    model = quantize.load(tiny.save(tmp_path / "tiny"), "nf4", CPU)

    layers = [part for part in model.modules() if isinstance(part, Linear4bit)]
    assert len(layers) == 14
    assert all(not layer.support_avx512bf16_for_cpu for layer in layers)
    assert all(vars(layer.weight)["quant_state"].nested for layer in layers)
    assert not any(weight.requires_grad for weight in model.parameters())
    assert not model.training


def test_sizes_are_read_from_the_header_alone(tmp_path: Path) -> None:
    folder = tiny.save(tmp_path / "tiny")

    sizes = quantize.shapes(folder)

    assert sizes["model.layers.1.mlp.down_proj.weight"] == (64, 128)
    assert quantize.needed(sizes, "fp32") == 2 * quantize.needed(sizes, "bf16")
    assert quantize.needed(sizes, "nf4") < quantize.needed(sizes, "bf16")


def test_the_form_is_chosen_by_size_and_device() -> None:
    small: Mapping[str, Sequence[int]] = {"layer.weight": (1024, 1024)}
    large = {"layer.weight": (1 << 20, 1 << 20)}

    assert quantize.choose("auto", CPU, {k: tuple(v) for k, v in small.items()}).kind != "nf4"
    assert quantize.choose("auto", CPU, large).kind == "nf4"
    assert quantize.choose("nf4", CPU, {"layer.weight": (2, 2)}).kind == "nf4"
    assert quantize.choose("none", CPU, large).kind in ("bf16", "fp32")
    assert quantize.choose("auto", torch.device("cuda"), {"layer.weight": (2, 2)}).kind == "nf4"


def test_a_base_that_does_not_fit_is_refused_before_it_is_loaded() -> None:
    sizes = {"layer.weight": (1 << 17, 1 << 17)}

    with pytest.raises(Refusal, match=r"'big' needs about 32\.8 GiB in bf16 and 9\.0 GiB are free"):
        quantize.expect_room("big", sizes, "bf16", 9 * quantize.GIB)
    quantize.expect_room("big", sizes, "nf4", 12 * quantize.GIB)


@pytest.mark.parametrize("bytes_", [b"", b"12345678", b"\xff" * 64, json.dumps({}).encode()])
def test_a_damaged_file_of_weights_is_refused(tmp_path: Path, bytes_: bytes) -> None:
    (tmp_path / "model.safetensors").write_bytes(bytes_)

    with pytest.raises(Refusal, match="not a whole safetensors file"):
        quantize.shapes(tmp_path)


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"there is no \.safetensors file"):
        quantize.shapes(tmp_path)
