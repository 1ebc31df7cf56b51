"""Two slots on one base: what is active, what is trainable, what a copy changes."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from assistant import blocks
from assistant.network import Network, Room, Slot, Tensors
from data.types import Refusal
from tests import tiny

pytestmark = pytest.mark.weights

TEXT = torch.randint(0, 256, (1, 16), generator=torch.Generator().manual_seed(1))


def logits(network: Network) -> Tensor:
    with torch.no_grad():
        found: Tensor = network.forward(TEXT, use_cache=False).logits
    return found


def teach(network: Network, slot: Room, seed: int) -> Tensors:
    """Gives a slot deltas that are clearly not zero."""
    draw = np.random.default_rng(seed)
    weights = {
        name: np.asarray(0.1 * draw.standard_normal(values.shape), dtype=np.float32)
        for name, values in network.tensors("cand").items()
    }
    network.load(slot, weights)
    return weights


def test_a_fresh_slot_says_what_the_base_says(tiny_network: Network) -> None:
    tiny_network.activate("base")
    base = logits(tiny_network)

    tiny_network.activate("cand")

    assert torch.equal(logits(tiny_network), base)


def test_the_base_slot_is_the_model_without_any_adapter(tiny_network: Network) -> None:
    plain = tiny.llama()
    with torch.no_grad():
        expected = plain(TEXT).logits
    teach(tiny_network, "live", 1)
    tiny_network.activate("live")
    assert not torch.equal(logits(tiny_network), expected)

    tiny_network.activate("base")

    assert torch.equal(logits(tiny_network), expected)


def test_slots_do_not_touch_each_other(tiny_network: Network) -> None:
    teach(tiny_network, "live", 1)
    tiny_network.activate("live")
    before = logits(tiny_network)

    teach(tiny_network, "cand", 2)
    tiny_network.activate("cand")
    other = logits(tiny_network)
    tiny_network.activate("live")

    assert torch.equal(logits(tiny_network), before)
    assert not torch.equal(other, before)


def test_only_an_active_candidate_is_trainable(tiny_network: Network) -> None:
    def trainable() -> tuple[bool, bool]:
        live, cand = (
            all(one.requires_grad for one in tiny_network.parameters(slot))
            for slot in ("live", "cand")
        )
        return live, cand

    seen = {}
    slots: tuple[Slot, ...] = ("base", "live", "cand", "live", "base")
    for slot in slots:
        tiny_network.activate(slot)
        seen[slot] = trainable()

    assert seen == {"base": (False, False), "live": (False, False), "cand": (False, True)}
    assert not any(
        weight.requires_grad
        for name, weight in tiny_network.model.named_parameters()
        if "lora" not in name
    )


def test_gradients_stay_with_the_candidate_while_another_slot_speaks(
    tiny_network: Network,
) -> None:
    teach(tiny_network, "cand", 1)
    tiny_network.activate("cand")
    loss = tiny_network.forward(TEXT, labels=TEXT, use_cache=False).loss
    loss.backward()

    tiny_network.activate("live")
    logits(tiny_network)
    tiny_network.activate("cand")

    assert all(one.grad is not None for one in tiny_network.parameters("cand"))


def test_weights_that_were_read_and_loaded_again_change_no_log_probability(
    tiny_network: Network,
) -> None:
    teach(tiny_network, "live", 1)
    tiny_network.activate("live")
    before = logits(tiny_network)
    kept = tiny_network.tensors("live")
    teach(tiny_network, "live", 2)

    tiny_network.load("live", kept)

    assert torch.equal(logits(tiny_network), before)


def test_blocks_side_by_side_say_what_their_deltas_add_up_to(tiny_network: Network) -> None:
    one, other = (teach(tiny_network, "live", seed) for seed in (1, 2))

    def after(made: Tensors) -> Tensor:
        tiny_network.load("live", made)
        tiny_network.activate("live")
        return logits(tiny_network)

    together = after(blocks.joined([one, other]))
    tiny_network.lay_under(lambda: one, "one")
    tiny_network.load("cand", other)
    tiny_network.activate("cand")

    torch.testing.assert_close(logits(tiny_network), together, atol=1e-4, rtol=1e-4)
    assert not torch.allclose(after(one), together, atol=1e-2)


def test_what_lies_under_a_candidate_is_heard_there_alone(tiny_network: Network) -> None:
    weights = teach(tiny_network, "live", 1)
    tiny_network.activate("live")
    alone = logits(tiny_network)
    tiny_network.load("cand", None)

    tiny_network.activate("cand")
    tiny_network.lay_under(lambda: weights, "name")
    under = logits(tiny_network)
    tiny_network.activate("base")
    base = logits(tiny_network)
    tiny_network.activate("cand")
    tiny_network.lay_under(None, "")

    torch.testing.assert_close(under, alone, atol=1e-5, rtol=1e-5)
    assert torch.equal(logits(tiny_network), base)


def test_what_lies_under_a_candidate_is_not_trained(tiny_network: Network) -> None:
    weights = teach(tiny_network, "live", 1)
    tiny_network.lay_under(lambda: weights, "name")
    tiny_network.activate("cand")

    tiny_network.forward(TEXT, use_cache=False).logits.square().mean().backward()

    assert all(one.requires_grad for one in tiny_network.parameters("cand"))
    assert any(one.grad is not None and one.grad.any() for one in tiny_network.parameters("cand"))
    assert not any(one.requires_grad for one in tiny_network.parameters("under"))
    assert all(one.grad is None for one in tiny_network.parameters("under"))


def test_a_candidate_has_one_rank(tiny_network: Network) -> None:
    wide = blocks.joined([teach(tiny_network, "live", seed) for seed in (1, 2)])

    with pytest.raises(Refusal, match="made for another model"):
        tiny_network.load("cand", wide)
    tiny_network.load("live", wide)
    tiny_network.load("live", None)

    shapes = {name: values.shape for name, values in tiny_network.tensors("cand").items()}
    assert {name: v.shape for name, v in tiny_network.tensors("live").items()} == shapes


def test_read_weights_are_float32_copies(tiny_network: Network) -> None:
    read = tiny_network.tensors("live")

    for values in read.values():
        assert values.dtype == np.float32
        values += 1.0

    assert not np.array_equal(
        tiny_network.tensors("live")[next(iter(read))], next(iter(read.values()))
    )


def test_a_fresh_start_is_drawn_from_its_seed(tiny_network: Network) -> None:
    def start(seed: int) -> Tensors:
        tiny_network.load("cand", None, seed=seed)
        return tiny_network.tensors("cand")

    one, same, other = start(1), start(1), start(2)

    for name, values in one.items():
        assert np.array_equal(values, same[name])
        if "lora_A" in name:
            assert not np.array_equal(values, other[name])
        else:
            assert not values.any()


def test_the_scale_multiplies_the_deltas(tiny_network: Network) -> None:
    weights = teach(tiny_network, "live", 1)
    tiny_network.activate("live", 0.5)
    half = logits(tiny_network)

    halved = {name: v * 0.5 if "lora_B" in name else v for name, v in weights.items()}
    tiny_network.load("live", halved)
    tiny_network.activate("live", 1.0)

    assert torch.allclose(logits(tiny_network), half, atol=1e-5)


def test_scale_zero_is_the_base(tiny_network: Network) -> None:
    tiny_network.activate("base")
    base = logits(tiny_network)
    teach(tiny_network, "live", 1)

    tiny_network.activate("live", 0.0)

    assert torch.allclose(logits(tiny_network), base, atol=1e-6)


def test_an_adapter_of_another_base_is_refused(tiny_network: Network) -> None:
    other = tiny.network(width=32).tensors("live")
    before = tiny_network.tensors("live")

    with pytest.raises(Refusal, match="made for another model than 'tiny/fp32'"):
        tiny_network.load("live", other)
    with pytest.raises(Refusal, match="made for another model"):
        tiny_network.load("live", {"some.weight": np.zeros((2, 2), dtype=np.float32)})

    assert all(np.array_equal(before[name], v) for name, v in tiny_network.tensors("live").items())


def test_the_starter_in_nf4_has_both_slots_on_its_feed_forward_layers(
    network_nf4: Network,
) -> None:
    network_nf4.load("live", None)  # one block, whatever another test has laid there
    names = network_nf4.tensors("live")

    assert network_nf4.name == "smollm2-135m-instruct/nf4"
    assert len(names) == 30 * 3 * 2
    assert all(".mlp." in name for name in names)
    assert sum(values.size for values in names.values()) == 30 * 3 * 16 * (576 + 1536)
