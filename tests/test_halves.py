"""A base cut in two computes what the whole computes, and refuses to be cut where it would not."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from assistant import network as networks
from assistant import packing
from assistant.encode import Encoded
from assistant.halves import Halves
from assistant.network import Network
from tests import tiny

SEQUENCES = (
    Encoded(tuple(range(10, 40)), 12),
    Encoded(tuple(range(60, 75)), 5),
    Encoded(tuple(range(100, 160)), 30),
)


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Network:
    """Two layers, of which the upper one is taught."""
    monkeypatch.setattr(networks, "TAUGHT", 0.5)
    return tiny.network()


def test_only_the_upper_layers_can_be_taught(cut: Network) -> None:
    names = set(cut.tensors("cand"))

    assert cut.first == 1
    assert names
    assert all(".layers.1." in name for name in names)


def test_a_packed_row_gives_the_same_numbers_from_the_middle(cut: Network) -> None:
    cut.activate("cand")
    for weight in cut.parameters("cand"):
        nn.init.normal_(weight, std=0.05)
    states: packing.States = {}
    packing.below(cut, SEQUENCES, states)

    whole = packing.forward(cut, SEQUENCES)
    parts = packing.forward(cut, SEQUENCES, states)

    for at in range(len(SEQUENCES)):
        assert torch.allclose(whole.logits[at], parts.logits[at], atol=1e-4)


def test_gradients_are_those_of_the_whole(cut: Network) -> None:
    cut.activate("cand")
    for weight in cut.parameters("cand"):
        nn.init.normal_(weight, std=0.05)
    states: packing.States = {}
    packing.below(cut, SEQUENCES, states)
    found = []

    for given in (None, states):
        scored = packing.forward(cut, SEQUENCES, given)
        torch.autograd.backward(-scored.logprobs(0).mean())
        found.append(torch.cat([_gradient(one).flatten() for one in _trained(cut)]))
        for weight in _trained(cut):
            weight.grad = None

    assert torch.nn.functional.cosine_similarity(found[0], found[1], dim=0) > 0.9999


def test_what_lies_below_is_computed_once(cut: Network) -> None:
    states: packing.States = {}
    packing.below(cut, SEQUENCES[:1], states)
    first = states[SEQUENCES[0]]

    packing.below(cut, SEQUENCES, states)

    assert states[SEQUENCES[0]] is first
    assert set(states) == set(SEQUENCES)
    assert not first.requires_grad


def test_a_base_whose_layers_depend_on_their_number_is_not_cut(
    cut: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    halves = Halves(cut.model, 1)
    assert halves.agree()

    def scaled(states: torch.Tensor, places: torch.Tensor, keep: torch.Tensor) -> torch.Tensor:
        return 2.0 * Halves.above(halves, states, places, keep)

    monkeypatch.setattr(halves, "above", scaled)

    assert not halves.agree()


def _trained(cut: Network) -> list[nn.Parameter]:
    return [one for one in cut.parameters("cand") if one.requires_grad]


def _gradient(weight: nn.Parameter) -> torch.Tensor:
    assert weight.grad is not None
    return weight.grad
