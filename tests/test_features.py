"""The hidden state that a reply's prefill leaves behind, without a pass of its own."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import numpy as np
import pytest
import torch

from assistant import features, network, starter
from assistant.model import LocalModel
from assistant.network import Network
from data.types import Message

pytestmark = pytest.mark.weights

ASKED = (Message("system", "Be kind."), Message("user", "Write to Ann."))
TAUGHT = (Message("system", "Be kind."), Message("user", "Write to Ann.\n\nUse one sentence."))
LATER = (*ASKED, Message("assistant", "Hi Ann."), Message("user", "Shorter, please."))


@pytest.fixture
def model(tiny_network: Network, tmp_path: Path) -> LocalModel:
    return LocalModel(tiny_network, tmp_path)


def left(
    model: LocalModel, messages: tuple[Message, ...]
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    model.prefill(messages, limit=24, stop=Event())
    found = model.features(messages)
    assert found is not None
    return np.array(found.vector, np.float32)


def counted(model: LocalModel) -> list[int]:
    """The tokens of every pass from now on."""
    passes: list[int] = []
    model.network.model.register_forward_pre_hook(
        lambda part, args, more: passes.append(more["input_ids"].shape[-1]), with_kwargs=True
    )
    return passes


@pytest.mark.parametrize("messages", [ASKED, LATER])
def test_the_vector_is_the_mean_hidden_state_of_the_last_requests_own_tokens(
    model: LocalModel, messages: tuple[Message, ...]
) -> None:
    ids, start, end = features.span_of(model.network.encoder, messages)
    said = model.network.encoder.text(ids[start:end])
    with torch.no_grad():
        out = model.network.forward(torch.tensor([ids]), output_hidden_states=True)
    layer = features.Watch(model.network).layer

    vector = left(model, messages)

    assert said == messages[-1].text
    wanted = out.hidden_states[layer][0, start:end].mean(0).numpy()
    np.testing.assert_allclose(vector, wanted, atol=1e-4)


def test_the_reply_goes_on_from_what_was_read_and_features_run_no_pass(model: LocalModel) -> None:
    passes = counted(model)

    left(model, ASKED)
    read = sum(passes)
    model.features(ASKED)
    again = sum(passes)
    next(model.stream(TAUGHT, seed=1, limit=4, stop=Event()))

    assert again == read
    assert passes[-1] < read  # the request itself was not read again


def test_a_repeated_request_and_a_later_one_are_read_where_they_stand(model: LocalModel) -> None:
    first = left(model, ASKED)
    next(model.stream(ASKED, seed=1, limit=4, stop=Event()))
    left(model, LATER)

    again = left(model, ASKED)

    np.testing.assert_allclose(again, first, atol=1e-4)


def test_other_messages_a_stop_and_an_empty_request_leave_nothing(model: LocalModel) -> None:
    left(model, ASKED)
    stopped = Event()
    stopped.set()

    assert model.features(LATER) is None
    model.prefill(LATER, limit=24, stop=stopped)
    assert model.features(LATER) is None
    empty = (Message("system", "Be kind."), Message("user", ""))
    model.prefill(empty, limit=24, stop=Event())
    assert model.features(empty) is None


def test_the_starter_leaves_block_18_of_30_in_576_floats(
    starter_folder: Path, tmp_path: Path
) -> None:
    base = network.load(starter_folder, starter.NAME, "fp32", torch.device("cpu"))
    model = LocalModel(base, tmp_path)

    vector = left(model, (Message("user", "Plan a trip to Rome for me."),))

    assert features.Watch(base).layer == 18
    assert vector.shape == (576,)
