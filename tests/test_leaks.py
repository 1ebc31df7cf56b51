"""Round after round of learning, with chats between, the process holds no more than before."""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Event

import psutil
import pytest
import torch

from assistant import learn
from assistant.model import LocalModel
from assistant.network import Network
from assistant.protocols import Plan
from data.types import AdapterVersion, Message, Preference
from tests import tiny

pytestmark = pytest.mark.weights  # imports torch

ROUNDS = 5
MIB = 2**20
ASKED = ("why is the moon bright ?", "what does the sea say ?", "how does the sun rise ?")
HOW = learn.Recipe(rate=3e-2, k=8, least=4, most=4, general=2)


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds after a full collection."""

    objects: int  # that Python's collector follows
    tensors: int
    traced: int  # bytes that Python allocated
    resident: int  # bytes of the process


def held() -> Held:
    """Counted now."""
    gc.collect()
    found = gc.get_objects()
    tensors = sum(issubclass(type(one), torch.Tensor) for one in found)
    traced, _ = tracemalloc.get_traced_memory()
    return Held(len(found), tensors, traced, psutil.Process().memory_info().rss)


def plan(number: int, parent: AdapterVersion | None) -> Plan:
    """A lesson of its own each round, from the version before."""
    rows = tuple(
        Preference(
            id=f"P{at}-{number}",
            lesson=f"L{number}",
            critique=None,
            choice=None,
            prompt=(Message("user", asked),),
            chosen="it is warm !",
            rejected="it was cold and not bright , I say .",
            role="in",
            made_by="teacher",
            weight=1.0,
            split="train",
            source="check",
            trust="confirmed",
        )
        for at, asked in enumerate(ASKED)
    )
    return Plan(number, parent, (f"L{number}",), rows, number, (f"L{number}",))


def one_round(
    network: Network, model: LocalModel, home: Path, number: int, parent: AdapterVersion | None
) -> AdapterVersion:
    """Learns a version, speaks between any two steps, and asks the version as the gate does."""
    chat = (Message("user", ASKED[0]),)
    made = None
    model.use(parent)
    for progress in learn.run(network, plan(number, parent), home, HOW):
        made = progress.candidate or made
        list(islice(model.stream(chat, seed=number, limit=8, stop=Event()), 3))
    assert made is not None
    model.use(made, 0.75)
    for _ in model.completing([(Message("user", text),) for text in ASKED], limit=16):
        model.use(parent)
        list(model.stream(chat, seed=number, limit=4, stop=Event()))
    list(model.sample(chat, n=3, seed=number, limit=8, stop=Event(), aside=True))
    return made


def test_rounds_of_learning_and_chatting_leave_nothing_behind(tmp_path: Path) -> None:
    network = tiny.network()
    model = LocalModel(network, tmp_path)
    parent = None
    for number in (1, 2):  # what is allocated once
        parent = one_round(network, model, tmp_path, number, parent)
    tracemalloc.start()
    try:
        parent = one_round(network, model, tmp_path, 3, parent)
        before = held()

        for number in range(4, 4 + ROUNDS):
            parent = one_round(network, model, tmp_path, number, parent)

        after = held()
    finally:
        tracemalloc.stop()
    assert after.tensors == before.tensors
    assert after.objects < before.objects + 20 * ROUNDS
    assert after.traced < before.traced + 0.1 * MIB * ROUNDS
    assert after.resident < before.resident + 4 * MIB * ROUNDS
