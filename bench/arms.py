"""The objectives that are compared: the same rows, network, steps and items; another loss.

Knows no gate and no ledger. Losses are those of the peers as their papers or sources give them;
none of them is used by heed itself unless docs/log.md says so.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from assistant import adapters, items, learn, losses, packing, prompt
from assistant.beneath import Beneath
from assistant.encode import Encoded
from assistant.items import Item
from assistant.learn import Recipe
from assistant.network import Network
from assistant.packing import Scored
from assistant.protocols import Plan
from assistant.targets import Reference
from data.types import AdapterVersion, Message, Preference
from tests.steps import result

Rules = Mapping[str, Sequence[str]]  # request -> effects that the teacher was told there
BETA = 0.1


@dataclass(frozen=True, slots=True)
class Work:
    """One lesson to teach: what to train on, and what the teacher was told for each request."""

    plan: Plan
    rules: Rules


Train = Callable[[Network, Work, Path], AdapterVersion]


@dataclass(frozen=True, slots=True)
class Arm:
    """How one objective teaches: with a block for each lesson, or all lessons in one adapter."""

    train: Train
    blocks: bool = True


def ours(recipe: Callable[[Recipe], Recipe] = lambda how: how) -> Train:
    """heed's own learner, with some numbers changed."""

    def train(network: Network, work: Work, home: Path) -> AdapterVersion:
        how = recipe(learn.recipe_for(int(network.model.num_parameters())))
        version = None
        for progress in learn.run(network, work.plan, home, how):
            version = progress.candidate or version
        assert version is not None
        return version

    return train


def sft(network: Network, work: Work, home: Path) -> AdapterVersion:
    """Cross-entropy on the chosen answers of the new lesson, and nothing else."""

    def loss(scored: Scored, at: int, item: Item) -> Tensor:
        return losses.hard_fit(scored.logits[at], scored.targets[at]).mean()

    return _loop(network, work, home, lambda refs: loss, {"in": 4}, compared=False)


def sft_with_replay(network: Network, work: Work, home: Path) -> AdapterVersion:
    """The same with answers of older lessons, two a step for each of them, at most eight."""

    def loss(scored: Scored, at: int, item: Item) -> Tensor:
        return losses.hard_fit(scored.logits[at], scored.targets[at]).mean()

    return _loop(network, work, home, lambda refs: loss, _with_replay(work), compared=False)


def one_adapter(network: Network, work: Work, home: Path) -> AdapterVersion:
    """What heed did before its blocks: weighted fit, replay, and KL to the base outside the scope.

    The weight of the drift terms is 1 here; it was adapted every five steps there.
    """

    def made(refs: Mapping[Encoded, Reference]) -> Callable[[Scored, int, Item], Tensor]:
        def loss(scored: Scored, at: int, item: Item) -> Tensor:
            ref = refs[item.chosen]
            if item.role == "in":
                each = losses.hard_fit(scored.logits[at], scored.targets[at], item.smoothing)
                weight = torch.from_numpy(1.0 - 0.9 * np.exp(ref.logprobs))
                return (weight * each).sum() / weight.sum()
            return losses.topk_kl(
                torch.from_numpy(ref.top),
                torch.from_numpy(ref.index).long(),
                torch.from_numpy(ref.tail),
                scored.logits[at],
            ).mean()

        return loss

    return _loop(network, work, home, made, {**_with_replay(work), "near": 3, "general": 2})


def _with_replay(work: Work) -> dict[str, int]:
    older = len(set(work.plan.lessons) - set(work.plan.new_lessons))
    return {"in": 4, "replay": min(8, 2 * older)}


def dpo(network: Network, work: Work, home: Path) -> AdapterVersion:
    """DPO (2305.18290, equation 7) on the pairs of the new lesson, reference = the base."""
    return _loop(network, work, home, _dpo, {"in": 4})


def c3po(network: Network, work: Work, home: Path) -> AdapterVersion:
    """C3PO (2402.10893): DPO inside, 0.2 x NLL of the base's general and 0.1 x its near answers."""

    def made(refs: Mapping[Encoded, Reference]) -> Callable[[Scored, int, Item], Tensor]:
        pair = _dpo(refs)

        def loss(scored: Scored, at: int, item: Item) -> Tensor:
            if item.role == "in":
                return pair(scored, at, item)
            nll = losses.hard_fit(scored.logits[at], scored.targets[at]).mean()
            return (0.1 if item.role == "near" else 0.2) * nll

        return loss

    return _loop(network, work, home, made, {"in": 4, "near": 2, "general": 3})


def distilled(network: Network, work: Work, home: Path) -> AdapterVersion:
    """Token-level self-distillation: KL to the base that is told the rule, on its own answers.

    Source: 2601.19897 with the teacher's top-k and a tail; the answers are the verified ones.
    """
    told = _told(network, work)

    def made(refs: Mapping[Encoded, Reference]) -> Callable[[Scored, int, Item], Tensor]:
        def loss(scored: Scored, at: int, item: Item) -> Tensor:
            ref = told[item.chosen]
            return losses.topk_kl(
                torch.from_numpy(ref.top),
                torch.from_numpy(ref.index).long(),
                torch.from_numpy(ref.tail),
                scored.logits[at],
            ).mean()

        return loss

    return _loop(network, work, home, made, {"in": 4})


def hindsight(network: Network, work: Work, home: Path) -> AdapterVersion:
    """The advantage of each token of the rejected answer in hindsight of the rule (2603.12273).

    A_t = clip(log T(y0_t) - log ref(y0_t), -5, 5), centred, the first two tokens skipped; the loss
    is -A_t log q(y0_t). Rows without a rejected answer teach nothing here.
    """
    told = _told(network, work, rejected=True)

    def made(refs: Mapping[Encoded, Reference]) -> Callable[[Scored, int, Item], Tensor]:
        def loss(scored: Scored, at: int, item: Item) -> Tensor:
            if item.rejected is None:
                return scored.logits[at].sum() * 0.0
            advantage = torch.from_numpy(
                told[item.rejected].logprobs - refs[item.rejected].logprobs
            ).clamp(-5, 5)
            advantage = (advantage - advantage.mean())[2:]
            return -(advantage * scored.logprobs(at + 1)[2:]).mean()

        return loss

    return _loop(network, work, home, made, {"in": 4})


def _dpo(refs: Mapping[Encoded, Reference]) -> Callable[[Scored, int, Item], Tensor]:
    def loss(scored: Scored, at: int, item: Item) -> Tensor:
        if item.rejected is None:
            return scored.logits[at].sum() * 0.0
        margin = losses.margin(
            scored.logprobs(at).sum(),
            scored.logprobs(at + 1).sum(),
            torch.tensor(float(refs[item.chosen].logprobs.sum())),
            torch.tensor(float(refs[item.rejected].logprobs.sum())),
        )
        return -torch.nn.functional.logsigmoid(BETA * margin)

    return loss


def _told(network: Network, work: Work, *, rejected: bool = False) -> dict[Encoded, Reference]:
    """What the base, told the rules, thinks of each answer; by the sequence that is trained."""
    found: dict[Encoded, Reference] = {}
    plan = replace(work.plan, data=_fresh(work.plan))
    asked = {network.encoder.prompt(prompt.plain(row.prompt)): row for row in plan.data}
    for item in items.of_plan(network.encoder, plan, Beneath(plan), pairs=True):
        sequence = item.rejected if rejected else item.chosen
        row = asked.get(item.chosen.ids[: item.chosen.start])
        if item.role != "in" or sequence is None or row is None:
            continue
        request = row.prompt[-1].text
        said = prompt.build((Message("user", request),), tuple(work.rules.get(request, ())))
        head = network.encoder.prompt(said)
        told = Encoded((*head, *sequence.reply), len(head))
        found[sequence] = packing.reference(network, told, 64)
    return found


def _fresh(plan: Plan) -> tuple[Preference, ...]:
    """The rows of the new lesson alone."""
    return tuple(row for row in plan.data if row.lesson in plan.new_lessons)


def _hand(item: Item) -> str:
    return "replay" if item.role == "in" and not item.new else item.role


def _loop(
    network: Network,
    work: Work,
    home: Path,
    made: Callable[[Mapping[Encoded, Reference]], Callable[[Scored, int, Item], Tensor]],
    hands: Mapping[str, int],
    *,
    compared: bool = True,
) -> AdapterVersion:
    """As many passes as ours takes, `hands` of each kind in a step; the mean of each kind's losses.

    Where a plan says which lessons hold at a request, a block of its own is learned; else the one
    adapter of all lessons goes on. `compared`: the loss looks at what the base thinks of an answer,
    so that is computed first.
    """
    how = learn.recipe_for(int(network.model.num_parameters()))
    plan = work.plan if "replay" in hands else replace(work.plan, data=_fresh(work.plan))
    beneath = Beneath(plan if plan.holds is not None else replace(plan, parent=None))
    found = items.of_plan(network.encoder, plan, beneath, pairs=compared)
    used = [one for one in found if _hand(one) in hands] if compared else []
    loss_of = made(result(learn.refer(network, used, home, how.k)))
    if plan.parent is None or plan.holds is not None:
        network.load("cand", None, seed=plan.seed)
    else:
        network.load("cand", adapters.tensors(plan.parent.folder))
    decks = {name: [one for one in found if _hand(one) == name] for name in hands}
    draw = random.Random(plan.seed)
    new = len(decks["in"])
    steps = min(how.most, max(how.least, -(-new // hands["in"]) * how.passes))
    network.activate("cand")
    weights = network.parameters("cand")
    optimiser = torch.optim.AdamW(weights, lr=how.rate, betas=(0.9, 0.99), weight_decay=0.0)
    left: dict[str, list[Item]] = {role: [] for role in hands}
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = how.rate * min(1.0, (step + 1) / how.warm_up) * (1.0 - step / steps)
        hand: list[Item] = []
        for role, size in hands.items():
            for _ in range(min(size, len(decks[role]))):
                if not left[role]:
                    left[role] += draw.sample(decks[role], len(decks[role]))
                hand.append(left[role].pop())
        share = {name: sum(_hand(one) == name for one in hand) for name in hands}
        for batch in learn.micro_batches(hand):
            network.lay_under(*beneath.laid(batch[0].beneath))
            network.activate("cand")
            scored = packing.forward(network, [one for item in batch for one in item.sequences])
            at, total = 0, torch.zeros(())
            for item in batch:
                total = total + loss_of(scored, at, item) / share[_hand(item)]
                at += len(item.sequences)
            torch.autograd.backward(total)
        torch.nn.utils.clip_grad_norm_(weights, how.clip)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
    return adapters.save(
        home,
        number=plan.number,
        parent=None if plan.parent is None else plan.parent.number,
        base=network.name,
        lessons=plan.lessons,
        preferences=(),
        seed=plan.seed,
        tensors=network.tensors("cand"),
        settings={"steps": steps},
        losses=(),
        kept=beneath.kept,
        source=beneath.folder,
    )
