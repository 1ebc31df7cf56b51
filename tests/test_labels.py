"""Heads beside rules: rules keep their labels, strange words get the heads', doubt is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.types import Check, Span, Wish
from feedback import certainty, labels
from feedback.parse import parse


def wish(**changed: object) -> Wish:
    """A wish that no rule knew, unless changed."""
    plain: dict[str, object] = {
        "id": "",
        "critique": "",
        "number": 0,
        "kind": "content",
        "aspect": "other",
        "op": "rewrite",
        "quote": Span("like my uncle would", start=0, end=19),
        "effect": "like my uncle would",
        "sure": 0.4,
        "route": "accept",
    }
    return Wish(**(plain | changed))  # type: ignore[arg-type]


def heard(kind: str, aspect: str, polarity: int, p: float) -> dict[str, float]:
    """What heads say that put p on one label of each field and the rest on another."""
    other = "kind=style" if kind != "style" else "kind=content"
    turned = "polarity=0" if polarity else "polarity=-1"
    rest = round(1 - p, 6)
    named = {f"kind={kind}": p, f"aspect={aspect}": p, f"polarity={polarity}": p}
    return named | {other: rest, "aspect=other": rest, turned: rest}


def one(given: Wish, said: Mapping[str, float]) -> Wish:
    """The wish with the heads heard."""
    return labels.average([given], [said])[0]


def test_words_that_no_rule_knows_get_the_labels_of_the_heads() -> None:
    found = one(wish(), heard("style", "tone", -1, 0.9))

    assert (found.kind, found.aspect, found.polarity) == ("style", "tone", -1)
    assert (found.route, json.loads(found.slots)["labels_by"]) == ("ask", "head")


def test_praise_that_only_heads_hear_keeps_and_orders_nothing() -> None:
    found = one(wish(), heard("praise", "creativity", 1, 0.8))

    assert (found.kind, found.op, found.polarity) == ("praise", "keep", 1)


def test_a_correction_that_only_heads_hear_is_unverified() -> None:
    assert one(wish(), heard("fact", "correctness", -1, 0.9)).claim == "unverified"


def test_heads_in_doubt_are_asked_about_and_never_stop_a_repair() -> None:
    found = one(wish(), heard("none", "other", 0, 0.45))

    assert found.kind in ("style", "content")
    assert found.route == "ask"


def test_small_talk_that_heads_are_sure_of_has_no_effect() -> None:
    assert one(wish(), heard("none", "relevance", 0, 0.9)).route == "hold"


def test_a_check_that_code_can_run_outweighs_the_heads() -> None:
    known = wish(kind="style", aspect="format", op="stop", check=Check("no_emoji"), sure=0.9)

    found = one(known, heard("praise", "tone", 1, 0.99))

    assert (found.kind, found.aspect, found.op) == ("style", "format", "stop")
    assert (found.polarity, found.route) == (0, "ask")
    assert one(known, heard("style", "format", 0, 0.9)).route == "accept"


def test_heads_that_disagree_with_a_rule_bring_a_question_and_less_confidence() -> None:
    known = wish(kind="style", aspect="tone", op="less", polarity=-1, sure=0.9)

    agreed = one(known, heard("style", "tone", -1, 0.9))
    against = one(known, heard("praise", "evidence", 1, 0.95) | {"aspect=tone": 0.04})

    assert (agreed.route, against.route) == ("accept", "ask")
    assert agreed.sure > certainty.ENOUGH > against.sure
    assert (against.kind, against.aspect, against.polarity) == ("style", "tone", -1)


def test_an_aspect_that_no_rule_names_is_that_of_the_heads_and_carries_the_kind() -> None:
    known = wish(kind="style", aspect="other", sure=0.9)

    found = one(known, heard("style", "creativity", 0, 0.8))

    assert (found.aspect, found.kind) == ("creativity", "content")


def test_a_long_clause_and_one_that_no_head_hears_are_less_sure() -> None:
    words = "that the tone of it all is rather too cold for somebody like me and my aunt"
    known = wish(kind="style", aspect="tone", polarity=-1, sure=0.9)
    long = replace(known, quote=Span(words, start=0, end=len(words)))
    said = heard("style", "tone", -1, 0.9)

    assert one(known, said).sure > one(long, said).sure
    assert one(known, said).sure > one(known, {}).sure


def test_heads_never_widen_a_scope_and_never_touch_the_words() -> None:
    said = heard("style", "tone", 0, 0.9) | {"scope=always": 1.0}

    for given in (wish(sure=0.9), wish()):
        found = one(given, said)
        assert found.reach == "reply"
        assert (found.quote, found.effect, found.check) == (given.quote, given.effect, None)


def test_heads_that_say_nothing_change_no_label() -> None:
    given = [wish(), wish(sure=0.9)]

    found = labels.average(given, [{}, {}])

    assert [(w.kind, w.aspect, w.polarity) for w in found] == [("content", "other", 0)] * 2


def test_a_critique_is_parsed_with_the_heads_that_are_given() -> None:
    asked: list[str] = []

    def label(texts: Sequence[str]) -> list[dict[str, float]]:
        asked.extend(texts)
        return [heard("style", "tone", 0, 0.9) for _ in texts]

    found = parse("make it sparkle somehow", reply="A reply.", label=label)

    assert asked == [one.quote.quote for one in found]
    assert {json.loads(one.slots)["labels_by"] for one in found} <= {"head", "rules, head"}
