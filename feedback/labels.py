"""What the trained heads say of each wish, averaged with what the rules read.

Where rules know the words their label stands and a head can only bring doubt; words that no rule
knows get the heads' labels. Never widens a scope, adds no check, and knows no model.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import get_args

from data.types import Op, Route, Wish, WishKind

ENOUGH = 0.6  # calibrated probability below which the person is asked
_KNOWN = 0.5  # a rule that is no surer has only taken the words as they are
_KINDS: Mapping[str, WishKind] = {kind: kind for kind in get_args(WishKind)}
_FREE: tuple[WishKind, ...] = ("clarify", "process", "meta", "retract", "none")  # no new draft
_CLEARLY = 0.5  # below it, words that may ask for a new draft are not read as ones that do not


_FIELDS = ("kind", "aspect", "polarity")
# How often a wish is right in all three, by the heads' mean probability of its labels: a line, fit
# to 181 wishes of the open critiques; ten folds leave an error of .07.
_RIGHT = (0.23, 0.75)


def average(wishes: Sequence[Wish], labels: Sequence[Mapping[str, float]]) -> list[Wish]:
    """The wishes with the heads heard, one mapping of "kind=style" to a probability for each."""
    return [
        _known(wish, given) if _read(wish) else _unknown(wish, given)
        for wish, given in zip(wishes, labels, strict=True)
    ]


def best(given: Mapping[str, float], field: str) -> tuple[str, float]:
    """The likeliest label of a field and its probability; ("", 0) where nothing is said."""
    said = {name.partition("=")[2]: p for name, p in given.items() if name.startswith(f"{field}=")}
    label = max(said, key=lambda name: said[name], default="")
    return label, said.get(label, 0.0)


def _read(wish: Wish) -> bool:
    return wish.check is not None or wish.sure > _KNOWN or wish.claim == "supported"


def _known(wish: Wish, given: Mapping[str, float]) -> Wish:
    """Rules and heads weigh the same; a check that code can run has settled what the words mean."""
    if not best(given, "kind")[0]:
        return wish
    aspect, clear = best(given, "aspect")
    named = aspect if wish.aspect == "other" and clear >= ENOUGH else wish.aspect
    kind = (1 + given.get(f"kind={wish.kind}", 0.0)) / 2
    turned = (1 + given.get(f"polarity={wish.polarity}", 0.0)) / 2
    sure = wish.sure if wish.check is not None else min(wish.sure, kind, turned)
    return _routed(replace(wish, aspect=named), sure, given, "rules, head")


def _unknown(wish: Wish, given: Mapping[str, float]) -> Wish:
    """The heads' labels, with the words as they were said for an effect."""
    kinds = {kind: given.get(f"kind={kind}", 0.0) for kind in _KINDS.values()}
    asked = wish.kind == "clarify"
    kept = [k for k in kinds if kinds[k] >= _CLEARLY or (k in _FREE) == asked]
    kind = max(kept, key=lambda k: kinds[k])
    aspect, clear = best(given, "aspect")
    if not kinds[kind] or not aspect:
        return wish
    meant = 0 if kind in _FREE else 1
    if kind not in _FREE and kind != "praise":
        meant = -1 if given.get("polarity=-1", 0.0) > given.get("polarity=0", 0.0) else 0
    labelled = replace(
        wish,
        kind=kind,
        aspect=aspect,
        polarity=meant,
        op=_op(kind, wish.op),
        claim="unverified" if kind == "fact" else wish.claim,
        reach="reply" if kind in _FREE else wish.reach,
        condition=() if kind in _FREE else wish.condition,
    )
    sure = min(kinds[kind], clear, given.get(f"polarity={meant}", 0.0))
    return _routed(labelled, sure, given, "head")


def _op(kind: WishKind, op: Op) -> Op:
    if kind == "praise":
        return "keep"
    if kind in _FREE:
        return "none"
    return "replace" if kind == "fact" else "rewrite" if op in ("none", "keep") else op


def right(wish: Wish, given: Mapping[str, float]) -> float:
    """How likely kind, aspect and polarity are right together; calibrated, unlike the routes."""
    labels = (wish.kind, wish.aspect, wish.polarity)
    shares = [given.get(f"{f}={label}", 0.0) for f, label in zip(_FIELDS, labels, strict=True)]
    low, rise = _RIGHT
    return round(low + rise * prod(shares) ** (1 / len(shares)), 3)


def _routed(wish: Wish, top: float, given: Mapping[str, float], by: str) -> Wish:
    """`top`: the least probability of a label, which decides whether the person is asked."""
    slots = json.loads(wish.slots) | {"labels_by": by}
    for field in _FIELDS:
        slots[f"p_{field}"] = round(best(given, field)[1], 3)
    route: Route = wish.route if top >= ENOUGH else "ask"
    if wish.kind == "none" and top >= ENOUGH:
        route = "hold"
    return replace(
        wish,
        sure=right(wish, given),
        route=route,
        slots=json.dumps(slots, ensure_ascii=False, sort_keys=True),
    )
