"""Beliefs about a person: a fold over what became of decisions, and the rules of manners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from clarify import ask, beliefs, chance
from clarify.ask import Point
from clarify.beliefs import Beliefs
from data import decisions, tasks
from data.asking import LABELS, Decided, How, Outcome
from data.store import Store
from data.types import Message
from tests import asking
from tests.records import AT, a_decision, a_turn

Step = Decided | Outcome | str
LETTER = ("letter", "tone")


def steps(*hows: How, words: str = "") -> list[Step]:
    """Decisions about the tone of a letter, each ended at once."""
    found: list[Step] = []
    for n, how in enumerate(hows):
        found += ended(f"d{n}", how, words)
    return found


def many(how: How, n: int, name: str = "m") -> list[Step]:
    return [step for at in range(n) for step in ended(f"{name}{at}", how)]


MADE = a_decision(Store(None), "t")


def ended(id: str, how: How, words: str = "", facet: str = "tone") -> list[Step]:
    made = replace(MADE, id=id, facet=facet, vector=(), features=())
    y, weight = LABELS[how]
    return [made, Outcome(f"{id}/", id, how, words, 900, y, weight, AT)]


def requests(n: int) -> list[Step]:
    return [f"r{i}" for i in range(n)]


def test_a_stranger_is_what_no_step_leads_to() -> None:
    assert beliefs.after([]) == Beliefs()


def test_three_skips_make_a_person_hard_to_ask() -> None:
    found = beliefs.after(steps("skip", "skip", "skip"))

    assert found.bucket == 0
    assert round(found.kappa, 2) == 2.15
    assert round(found.skip, 2) == 0.34
    assert found.useful == {LETTER: 0.25}
    assert found.rests(LETTER)
    assert not found.rests(("story", "tone"))


def test_requests_fill_the_bucket_and_end_a_rest() -> None:
    found = beliefs.after([*steps("skip", "skip", "skip"), *requests(5)])

    assert found.bucket == 2.5
    assert not found.rests(LETTER)


def test_a_useful_answer_costs_half_a_question() -> None:
    found = beliefs.after(steps("changed", "words"))

    assert found.bucket == 2.0
    assert found.kappa < 1.5
    assert found.use(LETTER) == pytest.approx(4 / 7)
    assert found.delta["tone"] == pytest.approx(0.24)


def test_being_away_changes_nothing() -> None:
    before = beliefs.after(ended("d", "skip"))

    after = beliefs.after([*ended("d", "skip"), *ended("e", "away")])

    assert replace(after, delta={}) == replace(before, delta={})


def test_a_mute_stays_and_an_empty_scope_holds_everywhere() -> None:
    found = beliefs.after([*steps("mute"), *requests(20)])

    assert found.silent(LETTER)
    assert not found.silent(("story", "tone"))
    assert Beliefs(muted=frozenset({("", "tone")})).silent(("story", "tone"))


def test_wasted_questions_end_asking_for_five_tasks() -> None:
    wasted = [*many("skip", 6), *many("changed", 4, "c")]

    assert beliefs.after(wasted).assume_only
    assert beliefs.after([*wasted, *requests(4)]).assume_only
    assert not beliefs.after([*wasted, *requests(5)]).assume_only
    assert not beliefs.after(wasted[2:]).assume_only


def test_the_annoyance_factor_stays_within_its_range() -> None:
    assert beliefs.after(many("skip", 500)).kappa == 12.0
    assert beliefs.after(many("words", 500)).kappa == 0.4


def test_choices_fade_by_task_and_two_alike_settle() -> None:
    once = beliefs.after(ended("a", "changed", "Friendly"))
    twice = beliefs.after(
        [*ended("a", "changed", "Friendly"), "r", *ended("b", "default", "friendly")]
    )
    other = beliefs.after([*ended("a", "changed", "Friendly"), *ended("b", "words", "dry")])

    assert once.settled == {}
    assert twice.settled == {LETTER: "friendly"}
    assert twice.chosen[LETTER]["friendly"] == pytest.approx(1.98)
    assert other.settled == {}


def test_an_outcome_without_its_decision_says_nothing() -> None:
    assert beliefs.after(ended("a", "skip")[1:]) == Beliefs()


def test_a_chip_that_is_changed_or_criticised_tells_how_often_chips_are_fixed() -> None:
    assumed = replace(MADE, id="a", action="assume")
    fixed = Outcome("o", "a", "fixed", "Friendly", None, 1.0, 1.0, AT)

    assert beliefs.after([assumed, fixed]).fixes == 0.6
    assert beliefs.after([assumed, replace(fixed, how="criticised")]).fixes == 0.4


def lived(store: Store, seed: int = 0) -> None:
    """Sixty tasks of one person in a store, with hidden states and all kinds of outcomes."""
    draw = np.random.default_rng(seed)
    hows = list(LABELS)
    for n in range(60):
        task = tasks.create(store, f"task {n}")
        turn = tasks.add_turn(store, a_turn(task.id)).id
        vector = tuple(map(float, draw.normal(size=16).astype(np.float32)))
        features = tuple(map(float, draw.normal(size=8)))
        made = decisions.add(
            store, replace(a_decision(store, turn), vector=vector, features=features)
        )
        decisions.end(store, made.id, hows[int(draw.integers(len(hows)))], "Formal")


def test_beliefs_rebuild_to_equal_numbers_from_the_store() -> None:
    store = Store(None)
    lived(store)

    one = beliefs.after(decisions.history(store))
    again = beliefs.after(decisions.history(store))

    assert one == again
    assert one.probes["k"].n > 20
    assert one.line != chance.START


def test_what_is_deleted_was_never_believed() -> None:
    store = Store(None)
    lived(store)
    before = beliefs.after(decisions.history(store))
    task = tasks.create(store, "more")
    turn = tasks.add_turn(store, a_turn(task.id)).id
    made = decisions.add(store, a_decision(store, turn))
    decisions.end(store, made.id, "skip")

    changed = beliefs.after(decisions.history(store))
    tasks.delete(store, task.id)

    assert changed != before
    assert beliefs.after(decisions.history(store)) == before


class Drafts:
    """Three options that lead to three different texts; the vectors tell them apart."""

    def complete(
        self, batch: Sequence[Sequence[Message]], *, limit: int, schema: str | None = None
    ) -> Sequence[str]:
        return [_draft(messages[-1].text) for messages in batch]

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        places = {"warm": 1, "plain": 2}
        rows = []
        for text in texts:
            row = np.zeros(384)
            row[places.get(text.split()[0], 0)] = 1.0
            rows.append(row.tolist())
        return rows


def _draft(asked: str) -> str:
    head = "warm" if "warm, friendly" in asked else "plain" if "plain, direct" in asked else "so"
    return f"{head} goes the letter on and on for some words more"


def tokens() -> Iterator[int]:
    """Lengths of letters, from a page to a long one."""
    while True:
        yield from (200, 300, 400, 600, 900, 1200)


def replay(answer: How, n: int, before: Sequence[Step] = (), words: str = "") -> list[bool]:
    """Which of n letters are asked about by the policy, the person ending each card in one way."""
    drafts, past, asked = Drafts(), list(before), []
    lengths = tokens()
    for at in range(n):
        past.append(f"r{at}")
        found = ask.decide(
            Point((Message("user", "Write a letter for me"),), expected_tokens=next(lengths)),
            beliefs.after(past),
            drafts.complete,
            drafts.embed,
            lambda messages: None,
            asking.vague(),
            asking.empty_bank(),
        )
        asked.append(found.action == "ask")
        if asked[-1]:
            past += ended(f"p{at}", answer, words)
    return asked


def test_after_three_skips_asking_falls_by_sixty_percent_within_five_tasks() -> None:
    skipped = steps("skip", "skip", "skip")

    before = sum(replay("away", 12))
    after = replay("away", 17, before=skipped)

    assert before >= 10
    assert sum(after[:5]) == 0
    assert sum(after[5:]) <= 0.4 * before


def test_the_same_answer_twice_is_not_asked_a_third_time() -> None:
    asked = replay("changed", 20, words="Friendly")

    assert sum(asked) == 2


def test_a_muted_facet_is_never_asked_again() -> None:
    assert sum(replay("mute", 20)) == 1


def test_a_person_who_answers_differently_is_asked_on() -> None:
    assert sum(replay("changed", 12)) >= 6
