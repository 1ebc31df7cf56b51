"""Items as packed rows: several sequences in one forward, the head on scored tokens only.

Knows no loss and no file. A row is exact: its sequences do not see each other, because positions
start anew and the KV cache is off (with the default cache logits are off by 28 and nothing raises;
transformers 5.23, tests/test_learn.py).
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from assistant import losses
from assistant.encode import Encoded
from assistant.network import Network
from assistant.targets import Reference


@dataclass(frozen=True, slots=True)
class Scored:
    """What one forward says about the scored tokens of each sequence, in the order given."""

    logits: tuple[Tensor, ...]  # one (tokens, vocabulary) per sequence
    targets: tuple[Tensor, ...]  # one (tokens,) per sequence: the ids that really came

    def logprobs(self, at: int) -> Tensor:
        """log p of each scored token of sequence `at`, (tokens,), fp32."""
        return losses.token_logprobs(self.logits[at], self.targets[at])


States = dict[Encoded, Tensor]  # what the taught layers are given for a sequence: (tokens, width)


def below(network: Network, sequences: Sequence[Encoded], states: States) -> None:
    """Adds what the untaught layers give for each sequence that `states` does not hold yet.

    One sequence a forward, so that no number depends on its neighbours. Nothing if the base cannot
    be cut.
    """
    if network.halves is not None:
        for one in sequences:
            if one not in states:
                states[one] = network.halves.below(torch.tensor(one.ids, device=network.device))


def forward(network: Network, sequences: Sequence[Encoded], states: States | None = None) -> Scored:
    """Scores ids[start:] of every sequence with the active slot, gradients as they are enabled.

    With `states` from `below` only the taught layers are computed.
    """
    ids = [token for one in sequences for token in one.ids]
    places = [place for one in sequences for place in range(len(one.ids))]
    keep: list[int] = []
    offset = 0
    for one in sequences:
        keep += range(offset + one.start - 1, offset + len(one.ids) - 1)
        offset += len(one.ids)
    device = network.device
    kept, position = torch.tensor(keep, device=device), torch.tensor(places, device=device)
    if states is not None and network.halves is not None:
        given = torch.cat([states[one] for one in sequences])
        logits = network.halves.above(given, position, kept)
    else:
        logits = network.forward(
            torch.tensor([ids], device=device),
            position_ids=position[None],
            use_cache=False,
            logits_to_keep=kept,
        ).logits[0]
    sizes = [len(one.ids) - one.start for one in sequences]
    targets = torch.tensor([token for one in sequences for token in one.reply], device=device)
    return Scored(torch.split(logits, sizes), torch.split(targets, sizes))


@torch.no_grad()
def reference(
    network: Network, sequence: Encoded, k: int, states: States | None = None
) -> Reference:
    """The base's numbers for one sequence; leaves the active slot as it was.

    One sequence a forward: in bfloat16 the numbers of a packed row depend on its neighbours, and a
    rebuild after forgetting would not be the same bits.
    """
    before = network.active
    network.activate("base")
    try:
        scored = forward(network, [sequence], states)
    finally:
        network.activate(*before)
    log_p = scored.logits[0].float().log_softmax(-1)
    top, index = log_p.topk(min(k, log_p.shape[-1] - 1), -1)
    return Reference(
        logprobs=scored.logprobs(0).cpu().numpy(),
        top=top.cpu().numpy(),
        index=index.cpu().numpy(),
        tail=losses.tail_log(top).cpu().numpy(),
    )
