"""The step loop: a plan's preferences become a block, and a version folder, in micro-steps.

Knows no store, no lesson and no gate. The reference of every loss is the base, never the parent.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import assert_never

import numpy as np
import torch
from torch import Tensor

from assistant import adapters, blocks, checkpoint, fingerprint, items, losses, packing, targets
from assistant.beneath import Beneath
from assistant.checkpoint import Checkpoint, Keeper
from assistant.clock import Clock
from assistant.course import Course, Reading, mean
from assistant.decks import Decks
from assistant.encode import Encoded
from assistant.items import Item
from assistant.network import Network
from assistant.optimiser import Optimiser
from assistant.protocols import Plan, Progress
from assistant.update import Update
from data.types import AdapterVersion, Refusal

BILLION = 1_000_000_000
MICRO = 4  # sequences in one forward: about a second on two cores at 135M (measured)
BETA = 0.1
DRIFT = 0.02  # nats per token: what the scope terms aim at
TINY = 1e-6  # keeps the sum of no weights from being zero
STALE = 0.02  # mean nats per token by which a cached number may differ from a fresh one
WEIGH_EVERY = 5  # steps between two looks at the drift
NOT_KEPT = " (not kept on the disk yet: a crash would begin it anew)"

References = Mapping[Encoded, targets.Reference]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of a run; saved with the version that it makes."""

    rate: float
    k: int = 64  # teacher's most likely tokens that a drift term compares
    new: int = 4  # items of the new lessons in a step
    apart: int = 2  # the same in a place, where nothing else has to be held still: smaller steps
    replay: int = 8  # at most, and two for each older lesson; in a place half of it
    general: int = 2
    passes: int = 4  # how often each new item is seen
    full: int = 12  # new items for which the steps are counted if there are fewer
    least: int = 8  # steps
    most: int = 80
    warm_up: int = 3
    pair: float = 0.0  # weight of the pair loss beside the fit; measured: it leaks (docs/log.md)
    end: float = 2.0  # weight of the end token where a lesson is about how a reply ends
    hold: float = 1.0  # weight of the KL on the base's own tokens of an edited text
    known: float = 0.9  # share by which a token that the base is sure of weighs less, 0 to 1
    clip: float = 1.0
    learned: float = 0.25  # nats per token: a fit below it over a whole pass ends the run


def recipe_for(parameters: int) -> Recipe:
    """By size of the base: 1e-3 at 135M (seen to work), 2e-4 from 1B (from the papers)."""
    return Recipe(rate=1e-3, k=64) if parameters < BILLION else Recipe(rate=2e-4, k=20)


def run(
    network: Network, plan: Plan, home: Path, recipe: Recipe | None = None
) -> Iterator[Progress]:
    """Trains slot "cand" and ends with a version folder; each step is one micro-step.

    The blocks of the parent stay as they are; where one holds it speaks along.

    Between two of them any other slot may be used: the active one is put back each time. A run that
    was broken off goes on after its last whole step and ends in the same bits. Raises Refusal if
    there is nothing to learn, if the parent does not fit, or if nothing moved or changed.
    """
    if plan.parent is not None:
        fingerprint.expect_base(plan.parent, network.name, network.fingerprint)
    how = recipe or recipe_for(int(network.model.num_parameters()))
    beneath = Beneath(plan)
    found = items.of_plan(network.encoder, plan, beneath, pairs=how.pair > 0)
    if not any(item.new and item.role == "in" for item in found):
        raise Refusal("There is nothing new to learn from: no verified example is left.")
    began = time.monotonic()
    references = yield from refer(network, found, home, how.k)
    network.load("cand", None, seed=plan.seed)
    update = Update(network, [one for one in found if one.new and one.role == "in"], beneath)
    key = checkpoint.key_of(
        (
            network.name,
            network.fingerprint,
            tuple(one.sha256 for one in beneath.kept),
            plan.seed,
            plan.limit_steps,
        ),
        (plan.lessons, plan.new_lessons, asdict(how), found),
        (MICRO, BETA, DRIFT, WEIGH_EVERY),
    )
    lessons = {*plan.lessons, *(lesson for item in found for lesson in item.lessons)}
    keeper = Keeper(home, key, tuple(lessons), plan.new_lessons)
    course = yield from _train(network, plan, how, found, references, beneath, keeper)
    why = update.look()
    if why:
        keeper.remove()
        raise Refusal(f"{why} It is not kept as a version.")
    settings = asdict(how) | {
        "fingerprint": network.fingerprint,
        "items": len(found),
        "steps": len(course.steps),
        "moved": round(update.moved, 4),
        "changed": round(update.changed, 5),
        "drift": round(mean([one.general for one in course.steps[-WEIGH_EVERY:]]), 5),
        "seconds": round(time.monotonic() - began, 1),
    }
    done = len(course.steps)
    yield _said("Saving what was learned", done, done, 0.0, course)
    candidate = _save(network, plan, home, settings, course, beneath)
    keeper.remove()
    yield replace(_said("Learned", done, done, 0.0, course), candidate=candidate)


def _train(
    network: Network,
    plan: Plan,
    how: Recipe,
    found: Sequence[Item],
    references: References,
    beneath: Beneath,
    keeper: Keeper,
) -> Generator[Progress, None, Course]:
    """The steps of a run, from where it was left; after each whole one it can be put aside."""
    optimiser = Optimiser(network, how.clip)
    older = len({id for one in found if one.role == "in" and not one.new for id in one.lessons})
    wide = beneath.always()
    decks = Decks(
        found,
        plan.seed,
        new=how.new if wide else how.apart,
        replay=min(how.replay, 2 * older) // (1 if wide else 2),
        general=how.general,
    )
    whole = min(how.most, max(how.least, how.passes * decks.steps_of(how.full)))
    total = plan.limit_steps or whole
    begun = keeper.begun()
    if begun is not None:
        network.load("cand", begun.weights)
        optimiser.take_up(begun.state)
    course = Course() if begun is None else begun.course
    for _ in course.steps:
        decks.draw()
    clock, first = Clock(), len(course.steps)
    if first:
        yield _said(f"Learning: going on after step {first} of {total}", first, total, None, course)
    try:
        while len(course.steps) < total and not _enough(course, how, decks.steps_a_pass):
            step = len(course.steps)
            hand = decks.draw()
            batches = micro_batches(hand)
            reading = Reading()
            for at, batch in enumerate(batches):
                reading += _micro_step(network, batch, hand, references, course, how, beneath)
                done = step + (at + 1) / len(batches)
                left = clock.seconds / (done - first) * (total - done)
                label = f"Learning: step {step + 1} of {total}{NOT_KEPT if keeper.failed else ''}"
                yield from clock.told(_said(label, step + 1, total, left, course))
            optimiser.step(_rate(how, step, total))
            course.steps.append(reading)
            if step % WEIGH_EVERY == WEIGH_EVERY - 1:
                _weigh(course)
            if keeper.due():
                keeper.keep(Checkpoint(course, network.tensors("cand"), optimiser.state()))
    finally:
        optimiser.clear()
    return course


def refer(
    network: Network, found: Sequence[Item], home: Path, k: int
) -> Generator[Progress, None, References]:
    """The base's numbers for every sequence, from the cache or computed now, one a micro-step.

    One cached item is computed anew; if it is off, the device or a library changed and none of the
    cached numbers is used.
    """
    owners: dict[Encoded, set[str]] = {}
    for item in found:
        for sequence in item.sequences:
            owners.setdefault(sequence, set()).update(item.lessons)
    base = (network.name, network.fingerprint)
    keys = {one: targets.key_of(*base, one.ids, one.start, k) for one in owners}
    known = {one: targets.read(home, key) for one, key in keys.items()}
    cached = {one: numbers for one, numbers in known.items() if numbers is not None}
    for one, numbers in list(cached.items())[:1]:
        yield Progress("Learning: checking what is cached", 0, len(owners))
        fresh = packing.reference(network, one, k)
        if float(np.abs(fresh.logprobs - numbers.logprobs).mean()) > STALE:
            cached = {}
    clock, missing = Clock(), [one for one in owners if one not in cached]
    for at, one in enumerate(missing):
        left = clock.seconds / at * (len(missing) - at) if at else None
        yield from clock.told(Progress("Learning: reading the examples", at, len(missing), left))
        cached[one] = targets.rounded(packing.reference(network, one, k))  # as it is read back
        targets.write(home, keys[one], cached[one], sorted(owners[one]))
    return cached


def micro_batches(hand: Sequence[Item]) -> tuple[tuple[Item, ...], ...]:
    """The items of a step cut into forwards of at most MICRO sequences; a pair stays together.

    Beneath all items of a forward the same blocks speak.
    """
    batches: list[list[Item]] = []
    size = 0
    for item in sorted(hand, key=lambda one: [each.sha256 for each in one.beneath]):
        width = len(item.sequences)
        if not batches or size + width > MICRO or batches[-1][0].beneath != item.beneath:
            batches.append([])
            size = 0
        batches[-1].append(item)
        size += width
    return tuple(map(tuple, batches))


def accumulate(
    network: Network,
    batch: Sequence[Item],
    hand: Sequence[Item],
    references: References,
    course: Course,
    how: Recipe,
) -> Reading:
    """Adds a micro-batch's share to the gradients; the shares of a step add up to its loss.

    `hand` is the whole step: it says what each share is divided by.
    """
    scored = packing.forward(network, [one for item in batch for one in item.sequences])
    weight = sum(item.weight for item in hand if item.role == "in")
    fresh = sum(item.new and item.role == "in" for item in hand)
    pairs = sum(item.weight for item in hand if item.rejected is not None)
    general = sum(item.role == "general" for item in hand)
    loss = torch.zeros((), device=network.device)
    reading = Reading()
    at = 0
    for item in batch:
        match item.role:
            case "in":
                loss = loss + item.weight / weight * _fit(scored, at, item, references, how)
                said = -float(scored.logprobs(at).detach().mean())
                reading += Reading(fit=item.weight / weight * said)
                if item.new:
                    reading += Reading(gain=_gain(said, references[item.chosen]) / fresh)
                if item.rejected is not None:
                    pair = losses.pair_loss(_margin(scored, at, item, references), BETA, item.doubt)
                    loss = loss + how.pair * item.weight / pairs * pair
                    reading += Reading(open_pairs=int(float(pair.detach()) > 0.0))
            case "general":
                drift = _drift(scored.logits[at], references[item.chosen])
                loss = loss + course.sigma / general * drift
                reading += Reading(general=float(drift.detach()) / general)
            case "near":
                pass  # blocks are silent there
            case _:
                assert_never(item.role)
        at += len(item.sequences)
    torch.autograd.backward(loss)
    return reading + Reading(loss=float(loss.detach()))


def _said(label: str, done: int, total: int, left: float | None, course: Course) -> Progress:
    return Progress(label, done, total, left, gains=course.gains)


def _micro_step(
    network: Network,
    batch: Sequence[Item],
    hand: Sequence[Item],
    references: References,
    course: Course,
    how: Recipe,
    beneath: Beneath,
) -> Reading:
    before = network.active
    network.lay_under(*beneath.laid(batch[0].beneath))
    network.activate("cand")
    try:
        return accumulate(network, batch, hand, references, course, how)
    finally:
        network.activate(*before)


def _fit(
    scored: packing.Scored, at: int, item: Item, references: References, how: Recipe
) -> Tensor:
    """Cross-entropy of an answer, most on the tokens that the base would not have written.

    Of an edited text nothing else is fitted: where a token is the base's own most likely one, the
    base is held still. Fitting it would only sharpen what the base says, and a small model that is
    sharper repeats itself (docs/log.md).
    """
    reference, logits = references[item.chosen], scored.logits[at]
    each = losses.hard_fit(logits, scored.targets[at], item.smoothing)
    known = torch.from_numpy(np.exp(reference.logprobs)).to(each.device)
    weight = 1.0 - how.known * known
    if item.ends:
        weight[-1] *= how.end
    if not item.edited or how.hold == 0.0:
        return (weight * each).sum() / weight.sum()
    own = torch.from_numpy(reference.index[:, 0]).to(each.device) == scored.targets[at]
    own[-1] &= not item.ends
    weight = torch.where(own, 0.0, weight)
    fit = (weight * each).sum() / weight.sum().clamp(min=TINY)
    return fit + how.hold * (own * _apart(logits, reference)).sum() / own.sum().clamp(min=1)


def _gain(said: float, reference: targets.Reference) -> float:
    """How much likelier than to the base an answer is, in nats a token; `said` is its loss."""
    return -said - float(reference.logprobs.mean())


def _margin(scored: packing.Scored, at: int, item: Item, references: References) -> Tensor:
    """Of the words alone: with the end token on one side only, replies would learn to end early."""
    chosen, rejected = item.sequences
    return losses.margin(
        scored.logprobs(at)[:-1].sum(),
        scored.logprobs(at + 1).sum(),
        torch.tensor(float(references[chosen].logprobs[:-1].sum())),
        torch.tensor(float(references[rejected].logprobs.sum())),
    )


def _drift(logits: Tensor, reference: targets.Reference) -> Tensor:
    return _apart(logits, reference).mean()


def _apart(logits: Tensor, reference: targets.Reference) -> Tensor:
    """KL from the base per token, nats of shape (tokens,)."""
    device = logits.device
    return losses.topk_kl(
        torch.from_numpy(reference.top).to(device),
        torch.from_numpy(reference.index).long().to(device),
        torch.from_numpy(reference.tail).to(device),
        logits,
    )


def _rate(how: Recipe, step: int, total: int) -> float:
    return how.rate * min(1.0, (step + 1) / how.warm_up) * (1.0 - step / total)


def _weigh(course: Course) -> None:
    lately = mean([one.general for one in course.steps[-WEIGH_EVERY:]])
    course.sigma = losses.next_sigma(course.sigma, lately, DRIFT)


def _enough(course: Course, how: Recipe, steps_a_pass: int) -> bool:
    """All is learned, or the rest of the model has drifted twice as far as it may."""
    if len(course.steps) < max(1, how.least):
        return False
    last = course.steps[-steps_a_pass:]
    learned = mean([one.fit for one in last]) < how.learned
    satisfied = not any(one.open_pairs for one in last)
    drifted = mean([one.general for one in course.steps[-WEIGH_EVERY:]]) > 2 * DRIFT
    return (learned and satisfied) or drifted


def _save(
    network: Network,
    plan: Plan,
    home: Path,
    settings: Mapping[str, object],
    course: Course,
    beneath: Beneath,
) -> AdapterVersion:
    return adapters.save(
        home,
        number=plan.number,
        parent=None if plan.parent is None else plan.parent.number,
        base=network.name,
        lessons=plan.lessons,
        preferences=[row.id for row in plan.data],
        seed=plan.seed,
        tensors=network.tensors("cand"),
        settings=settings,
        losses=[one.fit for one in course.steps],
        gains=course.gains,
        kept=beneath.kept,
        source=beneath.folder,
        beneath=blocks.beneath(beneath.among()),
    )
