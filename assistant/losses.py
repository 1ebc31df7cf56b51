"""The losses of a learning run, as pure functions of tensors.

Knows no model, no tokenizer and no file: logits and cached numbers come in, nats come out. Where a
base is "the reference" it is the model with no adapter at all, so references never move.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

# Tail mass is kept away from 0 and 1: rounded top-k masses of 1 or more gave NaN (4 of 99 tokens).
TAIL_FLOOR = 1e-6
SATISFIED = 2.0  # a pair whose scaled margin is above this is left alone


def token_logprobs(logits: Tensor, targets: Tensor) -> Tensor:
    """log p of each target token, natural log in fp32. Shapes: (tokens, vocabulary), (tokens,)."""
    log_p = logits.float().log_softmax(-1)
    return log_p.gather(-1, targets.unsqueeze(-1)).squeeze(-1)


def hard_fit(logits: Tensor, targets: Tensor, smoothing: float = 0.0) -> Tensor:
    """Cross-entropy per token of shape (tokens,), in nats, with label smoothing.

    Smoothing spreads that share of the target evenly over the vocabulary.
    """
    log_p = logits.float().log_softmax(-1)
    wanted = -log_p.gather(-1, targets.unsqueeze(-1)).squeeze(-1)
    if smoothing == 0.0:
        return wanted
    return (1.0 - smoothing) * wanted - smoothing * log_p.mean(-1)


def tail_log(top: Tensor) -> Tensor:
    """log of the mass that top-k log-probabilities (tokens, k) leave over, clamped: (tokens,).

    Computed in fp32 before anything is rounded to fp16.
    """
    mass = top.float().exp().sum(-1)
    return (1.0 - mass).clamp(min=TAIL_FLOOR, max=1.0).log()


def topk_kl(top: Tensor, index: Tensor, tail: Tensor, logits: Tensor) -> Tensor:
    """KL(teacher || student) per token, over the teacher's top-k and one bin for all the rest.

    Shapes: top log-probabilities and index (tokens, k), tail log-mass (tokens,), logits (tokens,
    vocabulary). Nats of shape (tokens,). A lower bound of the full KL that grows with k; equal to
    it at k = vocabulary - 1. Source: top-k self-distillation (2601.19897), with a tail.
    """
    top, tail = top.float(), tail.float()
    q_top = logits.float().log_softmax(-1).gather(-1, index)
    q_tail = torch.log(-torch.expm1(q_top.logsumexp(-1).clamp(max=-TAIL_FLOOR)))
    return (top.exp() * (top - q_top)).sum(-1) + tail.exp() * (tail - q_tail)


def margin(chosen: Tensor, rejected: Tensor, ref_chosen: Tensor, ref_rejected: Tensor) -> Tensor:
    """How much more the policy prefers chosen over rejected than the reference does, in nats.

    Summed log-probabilities of shape (pairs,). Source: DPO (2305.18290), inside equation 7.
    """
    return (chosen - ref_chosen) - (rejected - ref_rejected)


def pair_loss(margins: Tensor, beta: float = 0.1, doubt: float = 0.0) -> Tensor:
    """The preference loss of each pair, shape (pairs,); a satisfied pair is left alone.

    `doubt` is the chance that the label is wrong (0 if a person chose). At the reference the loss
    is ln 2. Source: conservative DPO; the switch keeps a won pair from lowering both likelihoods.
    """
    scaled = beta * margins
    unsatisfied = (scaled.detach() < SATISFIED).float()
    log_sigmoid = torch.nn.functional.logsigmoid
    loss = -(1.0 - doubt) * log_sigmoid(scaled) - doubt * log_sigmoid(-scaled)
    return unsatisfied * loss


def next_sigma(
    sigma: float, kl: float, target: float, low: float = 0.1, high: float = 3.0
) -> float:
    """The weight of a drift term after a reading: up when KL is above its target, down when below.

    KL and target in nats per token. One reading moves it by at most a factor of two.
    """
    push = max(-0.7, min(0.7, (kl - target) / target))
    return max(low, min(high, sigma * math.exp(push)))
