"""Ids out of a network: stop, caches, batches and the nucleus, on tiny float32 weights."""

from __future__ import annotations

from threading import Event

import pytest
import torch

from assistant import decode
from assistant.decode import Decoder
from assistant.network import Network
from data.types import Message

pytestmark = pytest.mark.weights

ASKED = (Message("system", "Be kind."), Message("user", "Hello?"))
LATER = (*ASKED, Message("assistant", "Hi there."), Message("user", "And now?"))
OTHERS = (ASKED, LATER, (Message("user", "One more, a little longer than the first one."),))


def test_a_reply_ends_at_its_limit(tiny_network: Network) -> None:
    decoder = Decoder(tiny_network, ends=frozenset())
    prompt = tiny_network.encoder.prompt(ASKED)

    ids = list(
        decoder.stream(prompt, ("base", 1.0), seed=1, limit=5, stop=Event(), temperature=1.0)
    )

    assert len(ids) == 5


def test_a_reply_ends_at_the_end_token_and_does_not_say_it(tiny_network: Network) -> None:
    prompt = tiny_network.encoder.prompt(ASKED)
    free = Decoder(tiny_network, ends=frozenset())
    ids = list(free.stream(prompt, ("base", 1.0), seed=1, limit=12, stop=Event(), temperature=0.0))
    first_end = ids[3]

    ended = list(
        Decoder(tiny_network, ends=frozenset({first_end})).greedy([prompt], ("base", 1.0), limit=12)
    )[-1]

    assert ended == [tuple(ids[: ids.index(first_end)])]


def test_stop_takes_effect_within_one_token(tiny_network: Network) -> None:
    decoder = Decoder(tiny_network, ends=frozenset())
    prompt = tiny_network.encoder.prompt(ASKED)
    stop = Event()
    said = []

    for token in decoder.stream(
        prompt, ("base", 1.0), seed=1, limit=50, stop=stop, temperature=1.0
    ):
        said.append(token)
        if len(said) == 3:
            stop.set()

    assert len(said) == 3


def test_the_cache_of_the_conversation_gives_the_same_reply_as_a_fresh_one(
    tiny_network: Network,
) -> None:
    """Greedy, after another turn of the same conversation was served."""
    ends = tiny_network.encoder.ends
    warm = Decoder(tiny_network, ends)
    first, second = (tiny_network.encoder.prompt(said) for said in (ASKED, LATER))
    list(warm.stream(first, ("base", 1.0), seed=1, limit=9, stop=Event(), temperature=1.0))

    reused = list(
        warm.stream(second, ("base", 1.0), seed=1, limit=20, stop=Event(), temperature=0.0)
    )
    fresh = Decoder(tiny_network, ends).stream(
        second, ("base", 1.0), seed=1, limit=20, stop=Event(), temperature=0.0
    )

    assert reused == list(fresh)


def test_a_second_turn_computes_only_what_is_new(
    tiny_network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoder = Decoder(tiny_network, tiny_network.encoder.ends)
    first, second = (tiny_network.encoder.prompt(said) for said in (ASKED, LATER))
    list(decoder.stream(first, ("base", 1.0), seed=1, limit=1, stop=Event(), temperature=0.0))
    read = []
    forward = Network.forward

    def counted(self: Network, ids: torch.Tensor, **more: object) -> object:
        read.append(ids.shape[1])
        return forward(self, ids, **more)

    monkeypatch.setattr(Network, "forward", counted)
    list(decoder.stream(second, ("base", 1.0), seed=1, limit=1, stop=Event(), temperature=0.0))

    assert sum(read) == len(second) - len(first)


def test_drafts_of_a_batch_are_those_drawn_alone(tiny_network: Network) -> None:
    decoder = Decoder(tiny_network, tiny_network.encoder.ends)
    prompt = tiny_network.encoder.prompt(ASKED)

    def drawn(n: int) -> tuple[tuple[int, ...], ...]:
        return list(
            decoder.sample(
                prompt, ("base", 1.0), n=n, seed=4, limit=24, stop=Event(), temperature=0.8
            )
        )[-1]

    four = drawn(4)

    assert drawn(1) == four[:1]
    assert len(set(four)) == 4
    single = decoder.stream(prompt, ("base", 1.0), seed=4, limit=24, stop=Event(), temperature=0.8)
    assert tuple(single) == four[0]


def test_a_row_that_ends_leaves_the_others_as_they_are(tiny_network: Network) -> None:
    prompt = tiny_network.encoder.prompt(ASKED)

    def drawn(ends: frozenset[int]) -> tuple[tuple[int, ...], ...]:
        return list(
            Decoder(tiny_network, ends).sample(
                prompt, ("base", 1.0), n=4, seed=4, limit=16, stop=Event(), temperature=0.8
            )
        )[-1]

    free = drawn(frozenset())
    end = free[0][4]
    ended = drawn(frozenset({end}))

    expected = tuple(row[: row.index(end)] if end in row else row for row in free)
    assert ended == expected
    assert any(len(row) == 16 for row in ended)


def test_a_padded_batch_is_what_each_prompt_gives_alone_and_greedily(
    tiny_network: Network,
) -> None:
    decoder = Decoder(tiny_network, tiny_network.encoder.ends)
    prompts = [tiny_network.encoder.prompt(messages) for messages in OTHERS]
    expected = [
        tuple(
            decoder.stream(prompt, ("base", 1.0), seed=0, limit=16, stop=Event(), temperature=0.0)
        )
        for prompt in prompts
    ]

    assert list(decoder.greedy(prompts, ("base", 1.0), limit=16))[-1] == expected
    assert list(decoder.greedy([], ("base", 1.0), limit=16)) == []


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_the_nucleus_is_the_smallest_set_with_the_mass(temperature: float) -> None:
    """Every drawn token is in it, also where the quick look at the most probable is not enough."""
    logits = torch.randn(1, 5000, generator=torch.Generator().manual_seed(1))
    probs = (logits[0] / temperature).softmax(-1)
    order = probs.argsort(descending=True)
    before = probs[order].cumsum(0) - probs[order]
    nucleus = set(order[before < decode.TOP_P].tolist())

    drawn = {int(decode.pick(logits, [draw / 500], temperature)[0]) for draw in range(500)} | {
        int(decode.pick(logits, [1 - 1e-9], temperature)[0])
    }

    assert drawn <= nucleus
    assert len(drawn) > len(nucleus) / 20


def test_draws_follow_the_probabilities() -> None:
    logits = torch.tensor([[0.5, 0.3, 0.2]]).log()

    drawn = [int(decode.pick(logits, [at / 1000], 1.0)[0]) for at in range(1000)]

    assert [drawn.count(token) for token in range(3)] == pytest.approx([500, 300, 200], abs=1)


def test_temperature_zero_takes_the_most_probable() -> None:
    assert decode.pick(torch.tensor([[0.1, 3.0, 2.0]]), [0.99], 0.0).tolist() == [1]
