"""A learning run moves what it should, leaves the rest alone, and comes out the same twice."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant import adapters, checkpoint, items, learn, packing, prompt
from assistant.beneath import Beneath
from assistant.course import Course
from assistant.encode import Encoded
from assistant.model import LocalModel
from assistant.network import Network
from assistant.protocols import Plan, Progress
from data.types import Message, Preference, Refusal
from tests import tiny
from tests.rows import ASKED, HOW, A, B, C, plan_of, row, taught

pytestmark = pytest.mark.weights  # imports torch


def fit(network: Network, of: tuple[Preference, ...]) -> float:
    network.activate("cand")
    encoder = network.encoder
    pairs = [encoder.pair(prompt.plain(one.prompt), one.chosen) for one in of]
    with torch.no_grad():
        scored = packing.forward(network, pairs)
    return -float(torch.cat([scored.logprobs(at) for at in range(len(pairs))]).mean())


def _greedy(network: Network, said: Encoded) -> Encoded:
    """The base's own most likely reply of six tokens instead."""
    network.activate("base")
    ids = said.ids[: said.start]
    for _ in range(6):
        with torch.no_grad():
            ids = (*ids, int(network.forward(torch.tensor([ids])).logits[0, -1].argmax()))
    return Encoded(ids, said.start)


def test_a_packed_row_is_its_sequences_one_by_one() -> None:
    network = tiny.network()
    pairs = [network.encoder.pair((Message("user", text),), "it is cold .") for text in ASKED]
    plain = network.encoder.pair((), "the sea is cold and the sun is warm .")

    with torch.no_grad():
        packed = packing.forward(network, [*pairs, plain])
        alone = [packing.forward(network, [one]).logits[0] for one in (*pairs, plain)]

    for together, apart in zip(packed.logits, alone, strict=True):
        torch.testing.assert_close(together, apart, atol=1e-5, rtol=1e-4)


def test_four_micro_batches_are_one_batch(tmp_path: Path) -> None:
    network = tiny.network()
    near = row(9, "what is rain ?", "rain is cold .", None, "A", "near")
    plan = plan_of(1, None, A, (near,), seed=1)
    found = items.of_plan(network.encoder, plan, Beneath(plan), pairs=True)[:13]
    references = {one: packing.reference(network, one, 8) for i in found for one in i.sequences}
    course = Course()

    def gradients(batches: list[tuple[items.Item, ...]]) -> list[torch.Tensor]:
        network.load("cand", None, seed=3)
        for weight in network.parameters("cand"):
            weight.data.add_(0.01)
        network.activate("cand")
        for batch in batches:
            learn.accumulate(network, batch, found, references, course, HOW)
        grads = [weight.grad for weight in network.parameters("cand")]
        for weight in network.parameters("cand"):
            weight.grad = None
        return [grad for grad in grads if grad is not None]

    whole = gradients([tuple(found)])
    cut = gradients(list(learn.micro_batches(found)))

    assert len(learn.micro_batches(found)) == 4
    assert len(whole) == len(network.parameters("cand"))
    for one, other in zip(whole, cut, strict=True):
        torch.testing.assert_close(one, other, atol=1e-6, rtol=1e-4)


def test_what_the_base_would_say_by_itself_is_held_still_and_not_fitted() -> None:
    network = tiny.network()
    plan = plan_of(1, None, A[:1], seed=1)
    asked = items.of_plan(network.encoder, plan, Beneath(plan), pairs=False)[0]
    item = replace(asked, chosen=_greedy(network, asked.chosen), ends=False, edited=True)
    references = {item.chosen: packing.reference(network, item.chosen, 8)}

    def read(how: learn.Recipe) -> tuple[float, float]:
        network.load("cand", None, seed=3)
        network.activate("cand")
        found = learn.accumulate(network, [item], [item], references, Course(), how)
        grads = [weight.grad for weight in network.parameters("cand") if weight.grad is not None]
        moved = max(float(grad.abs().max()) for grad in grads)
        for weight in network.parameters("cand"):
            weight.grad = None
        return found.loss, moved

    held, fitted = read(HOW), read(replace(HOW, hold=0.0))

    assert held == pytest.approx((0.0, 0.0), abs=1e-4)
    assert fitted[0] > 0.1
    assert fitted[1] > 1e-3


def test_learning_makes_the_chosen_replies_likelier(tmp_path: Path) -> None:
    network = tiny.network()
    before = fit(network, A)

    version = taught(network, plan_of(1, None, A), tmp_path)

    network.load("cand", adapters.tensors(version.folder))
    assert fit(network, A) < before - 0.5
    record = json.loads((version.folder / adapters.RECORD).read_text())
    assert record["settings"]["moved"] > 0
    assert len(record["losses"]) == record["settings"]["steps"]


def test_the_gains_of_all_steps_are_told_and_kept_with_the_version(tmp_path: Path) -> None:
    told = list(learn.run(tiny.network(), plan_of(1, None, A), tmp_path, HOW))

    version = told[-1].candidate
    assert version is not None
    kept = json.loads((version.folder / adapters.RECORD).read_text())["gains"]
    assert kept == pytest.approx(told[-1].gains, abs=1e-6)
    assert kept[0] == pytest.approx(0.0, abs=1e-3)  # before the first step it is the base
    assert kept[-1] > 0.5
    assert told[0].gains == ()
    for earlier, later in pairwise(told):
        assert later.gains[: len(earlier.gains)] == earlier.gains


def test_the_pair_loss_pushes_the_rejected_reply_down(tmp_path: Path) -> None:
    said = [Message("user", ASKED[0])]

    def rejected_after(pair: float, home: Path) -> float:
        network = tiny.network()
        *_, last = learn.run(network, plan_of(1, None, A), home, replace(HOW, pair=pair))
        version = last.candidate
        assert version is not None
        network.load("cand", adapters.tensors(version.folder))
        network.activate("cand")
        one = network.encoder.pair(said, str(A[0].rejected))
        with torch.no_grad():
            return float(packing.forward(network, [one]).logprobs(0).sum())

    assert rejected_after(2.0, tmp_path / "with") < rejected_after(0.0, tmp_path / "without") - 1.0


def test_a_second_round_goes_on_from_the_first_and_moves_none_of_it(tmp_path: Path) -> None:
    first = taught(tiny.network(), plan_of(1, None, A), tmp_path)

    later = tiny.network()  # as after a restart
    second = taught(later, plan_of(2, first, A, B), tmp_path)

    assert second.parent == 1
    assert second.lessons == ("A", "B")
    old, new = adapters.blocks_of(second.folder)
    assert (old,) == adapters.blocks_of(first.folder)
    assert (new.lessons, new.beneath) == (("B",), ("A",))
    alone = taught(tiny.network(), plan_of(1, None, B), tmp_path / "alone")
    assert adapters.blocks_of(alone.folder)[0].sha256 != new.sha256, "it heard the first"


def test_a_reload_changes_no_log_probability(tmp_path: Path) -> None:
    network = tiny.network()
    version = taught(network, plan_of(1, None, A), tmp_path)
    network.load("live", network.tensors("cand"))
    network.activate("live")
    pair = network.encoder.pair(A[0].prompt, A[0].chosen)
    with torch.no_grad():
        before = packing.forward(network, [pair]).logprobs(0)

    again = tiny.network()
    again.load("live", adapters.tensors(version.folder))
    again.activate("live")
    with torch.no_grad():
        after = packing.forward(again, [pair]).logprobs(0)

    assert torch.equal(before, after)


def test_chat_between_micro_steps_changes_nothing(tmp_path: Path) -> None:
    quiet = taught(tiny.network(), plan_of(1, None, A), tmp_path / "quiet")
    network = tiny.network()
    model = LocalModel(network, tmp_path / "busy")

    def chat() -> object:
        return model.complete([(Message("user", ASKED[0]),)], limit=4)

    busy = taught(network, plan_of(1, None, A), tmp_path / "busy", between=chat)

    assert busy.sha256 == quiet.sha256


def test_replies_that_are_written_between_micro_steps_are_the_same(tmp_path: Path) -> None:
    network = tiny.network()
    model = LocalModel(network, tmp_path)
    asked = [row.prompt for row in A]
    whole = model.complete(asked, limit=24)
    learning = learn.run(network, plan_of(1, None, A), tmp_path, HOW)
    seen = []

    for replies in model.completing(asked, limit=24):
        seen.append(replies)
        next(learning)

    assert seen[-1] == tuple(whole)
    assert len(seen) >= 4


def test_the_version_that_answers_is_unchanged_while_another_is_learned(tmp_path: Path) -> None:
    network = tiny.network()
    model = LocalModel(network, tmp_path)
    before = model.logprobs(A[0].prompt, A[0].chosen)

    readings = [
        model.logprobs(A[0].prompt, A[0].chosen)
        for _ in learn.run(network, plan_of(1, None, A), tmp_path, HOW)
    ]

    assert all(reading == before for reading in readings)


def test_forgetting_by_rebuilding_is_never_having_been_taught(tmp_path: Path) -> None:
    network = tiny.network()
    one = taught(network, plan_of(1, None, A), tmp_path / "all")
    two = taught(network, plan_of(2, one, A, B), tmp_path / "all")
    taught(network, plan_of(3, two, A, B, C), tmp_path / "all")
    rebuilt = taught(network, plan_of(4, one, A, C), tmp_path / "all")

    other = tiny.network()
    first = taught(other, plan_of(1, None, A), tmp_path / "never")
    never = taught(other, plan_of(2, first, A, C), tmp_path / "never")

    assert rebuilt.sha256 == never.sha256
    assert rebuilt.sha256 != two.sha256


def test_the_order_and_ids_of_the_rows_do_not_matter(tmp_path: Path) -> None:
    plan = plan_of(1, None, A)
    turned = tuple(replace(one, id=f"other {one.id}") for one in reversed(plan.data))

    one = taught(tiny.network(), plan, tmp_path / "one")
    other = taught(tiny.network(), replace(plan, data=turned), tmp_path / "other")

    assert one.sha256 == other.sha256


def test_an_update_that_moves_nothing_is_refused(tmp_path: Path) -> None:
    still = replace(HOW, rate=0.0)

    with pytest.raises(Refusal, match="moved nothing"):
        list(learn.run(tiny.network(), plan_of(1, None, A), tmp_path, still))

    assert adapters.scan(tmp_path) == ()


def test_an_update_that_nobody_would_hear_is_refused(tmp_path: Path) -> None:
    faint = replace(HOW, rate=1e-30)  # moves weights, but no log-probability by its last bit

    with pytest.raises(Refusal, match="changed nothing of what the model says"):
        list(learn.run(tiny.network(), plan_of(1, None, A), tmp_path, faint))

    assert adapters.scan(tmp_path) == ()


def test_an_update_that_broke_is_refused(tmp_path: Path) -> None:
    wild = replace(HOW, rate=math.inf)

    with pytest.raises(Refusal, match="no longer finite"):
        list(learn.run(tiny.network(), plan_of(1, None, A), tmp_path, wild))

    assert adapters.scan(tmp_path) == ()
    assert not checkpoint.path_of(tmp_path).exists()


def test_a_network_that_cannot_be_trained_is_refused(tmp_path: Path) -> None:
    network = tiny.network()
    network.activate = lambda slot, scale=1.0: None  # type: ignore[method-assign]

    with pytest.raises(Refusal, match="none of its weights can be trained"):
        list(learn.run(network, plan_of(1, None, A), tmp_path, HOW))


def test_how_much_was_changed_is_kept_with_the_version(tmp_path: Path) -> None:
    version = taught(tiny.network(), plan_of(1, None, A), tmp_path)

    assert json.loads(version.settings)["changed"] > 0.1


def test_a_plan_without_anything_new_is_refused(tmp_path: Path) -> None:
    plan = replace(plan_of(1, None, A), new_lessons=("B",))

    with pytest.raises(Refusal, match="nothing new"):
        list(learn.run(tiny.network(), plan, tmp_path, HOW))


def test_a_parent_of_another_base_is_refused(tmp_path: Path) -> None:
    parent = replace(taught(tiny.network(), plan_of(1, None, A), tmp_path), base="other/nf4")

    with pytest.raises(Refusal, match="made for 'other/nf4'"):
        list(learn.run(tiny.network(), plan_of(2, parent, A, B), tmp_path, HOW))


def test_a_base_that_changed_under_its_name_uses_neither_parent_nor_cache(tmp_path: Path) -> None:
    then = Network(tiny.llama(), tiny.tokenizer(), tiny.NAME, "then")
    parent = taught(then, plan_of(1, None, A), tmp_path)
    now = Network(tiny.llama(seed=1), tiny.tokenizer(), tiny.NAME, "now")

    with pytest.raises(Refusal, match="other weights of 'tiny/fp32'"):
        list(learn.run(now, plan_of(2, parent, A, B), tmp_path, HOW))
    anew = [one.label for one in learn.run(now, plan_of(2, None, A), tmp_path, HOW)]

    assert "Learning: checking what is cached" not in anew
    made = adapters.scan(tmp_path)
    assert [json.loads(one.settings)["fingerprint"] for one in made] == ["then", "now"]


def test_a_run_that_is_broken_off_leaves_no_version(tmp_path: Path) -> None:
    network = tiny.network()
    steps: Iterator[Progress] = learn.run(network, plan_of(1, None, A), tmp_path, HOW)
    while not next(steps).label.startswith("Learning: step 2"):
        pass

    steps.close()  # type: ignore[attr-defined]

    assert adapters.scan(tmp_path) == ()
    assert all(weight.grad is None for weight in network.parameters("cand"))


def test_the_second_run_reads_the_base_from_the_cache(tmp_path: Path) -> None:
    network = tiny.network()

    def labels(plan: Plan) -> list[str]:
        return [progress.label for progress in learn.run(network, plan, tmp_path, HOW)]

    assert "Learning: reading the examples" in labels(plan_of(1, None, A))
    second = labels(plan_of(2, None, A))
    assert "Learning: reading the examples" not in second
    assert "Learning: checking what is cached" in second


def test_a_stale_cache_is_not_used(tmp_path: Path) -> None:
    taught(tiny.network(), plan_of(1, None, A), tmp_path)
    for path in (tmp_path / "targets").iterdir():
        with np.load(path) as file:
            arrays = dict(file)
        np.savez(path, **arrays | {"logprobs": arrays["logprobs"] - 1.0})

    labels = [p.label for p in learn.run(tiny.network(), plan_of(2, None, A), tmp_path, HOW)]

    assert "Learning: reading the examples" in labels


def test_a_pair_stays_in_one_forward() -> None:
    sequence = Encoded((1, 2, 3), 1)
    pair = items.Item("in", sequence, sequence, 1.0, 0.0, False, True, ())
    single = replace(pair, rejected=None)

    batches = learn.micro_batches([pair, single, pair, single, single, single])

    assert batches == ((pair, single), (pair, single, single), (single,))
