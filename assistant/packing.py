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


def forward(network: Network, sequences: Sequence[Encoded]) -> Scored:
    """Scores ids[start:] of every sequence with the active slot, gradients as they are enabled."""
    ids = [token for one in sequences for token in one.ids]
    places = [place for one in sequences for place in range(len(one.ids))]
    keep: list[int] = []
    offset = 0
    for one in sequences:
        keep += range(offset + one.start - 1, offset + len(one.ids) - 1)
        offset += len(one.ids)
    device = network.device
    out = network.forward(
        torch.tensor([ids], device=device),
        position_ids=torch.tensor([places], device=device),
        use_cache=False,
        logits_to_keep=torch.tensor(keep, device=device),
    )
    sizes = [len(one.ids) - one.start for one in sequences]
    targets = torch.tensor([token for one in sequences for token in one.reply], device=device)
    return Scored(torch.split(out.logits[0], sizes), torch.split(targets, sizes))


@torch.no_grad()
def reference(network: Network, sequence: Encoded, k: int) -> Reference:
    """The base's numbers for one sequence; leaves the active slot as it was.

    One sequence a forward: in bfloat16 the numbers of a packed row depend on its neighbours, and a
    rebuild after forgetting would not be the same bits.
    """
    before = network.active
    network.activate("base")
    try:
        scored = forward(network, [sequence])
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
