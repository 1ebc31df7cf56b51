"""What the trained heads say of each wish, averaged with what the rules read.

Where rules know the words their label stands and a head can only bring doubt; words that no rule
knows get the heads' labels. Never widens a scope, adds no check, and knows no model.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import e, log
from typing import get_args

from data.types import Op, Route, Wish, WishKind
from feedback import certainty
from feedback.aspects import STYLE
from feedback.certainty import ENOUGH, KNOWN

_KINDS: Mapping[str, WishKind] = {kind: kind for kind in get_args(WishKind)}
_FREE: tuple[WishKind, ...] = ("clarify", "process", "meta", "retract", "none")  # no new draft
_JUDGED: tuple[WishKind, ...] = ("style", "content", "praise")  # kinds whose aspect is a judgement
_CLEARLY = 0.5  # below it, words that may ask for a new draft are not read as ones that do not


# Nats by which a rule's label outweighs the heads': the best of nine weights on 1,934 clauses, in
# folds, was 2, and on the open critiques, which the rules were written beside, none at all (50).
READ, SILENT, LEAST = 5.0, 0.5, 1e-4
_FIELDS = ("kind", "aspect", "polarity")


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
    return wish.check is not None or wish.sure > KNOWN or wish.kind == "fact"


def _known(wish: Wish, given: Mapping[str, float]) -> Wish:
    """The rules' labels, but for an aspect that they do not name or that heads are sure is another.

    A check that code can run has settled what the words mean.
    """
    if not best(given, "kind")[0]:
        return _routed(wish, given, wish.sure, "rules")
    aspect = wish.aspect
    if wish.check is None and wish.kind in _JUDGED:
        aspect = _weighed(given, "aspect", wish.aspect)
    kind = wish.kind
    if kind in ("style", "content") and aspect != "other":
        kind = "style" if aspect in STYLE else "content"
    return _routed(replace(wish, kind=kind, aspect=aspect), given, wish.sure, "rules, head")


def _weighed(given: Mapping[str, float], field: str, own: str) -> str:
    """The likeliest label where the rule's own counts as so many nats of evidence more."""
    more = SILENT if own == "other" else READ
    said = {name.partition("=")[2]: p for name, p in given.items() if name.startswith(f"{field}=")}
    nats = {name: log(p + LEAST) + more * (name == own) for name, p in said.items()}
    return max(nats, key=lambda name: nats[name], default=own)


def _unknown(wish: Wish, given: Mapping[str, float]) -> Wish:
    """The heads' labels, with the words as they were said for an effect."""
    kinds = {kind: given.get(f"kind={kind}", 0.0) for kind in _KINDS.values()}
    asked = wish.kind == "clarify"
    kept = [k for k in kinds if kinds[k] >= _CLEARLY or (k in _FREE) == asked]
    kind = max(kept, key=lambda k: kinds[k] * (e if k == wish.kind else 1))
    aspect = _weighed(given, "aspect", wish.aspect)
    if not kinds[kind]:
        return _routed(wish, given, wish.sure, "rules")
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
    return _routed(labelled, given, wish.sure, "head")


def _op(kind: WishKind, op: Op) -> Op:
    if kind == "praise":
        return "keep"
    if kind in _FREE:
        return "none"
    return "replace" if kind == "fact" else "rewrite" if op in ("none", "keep") else op


def _routed(wish: Wish, given: Mapping[str, float], rule: float, by: str) -> Wish:
    """`rule`: how sure the rule was before the heads were heard."""
    slots = json.loads(wish.slots) | {"labels_by": by}
    for field in _FIELDS if given else ():
        slots[f"p_{field}"] = round(best(given, field)[1], 3)
    sure = certainty.right(wish, given, rule)
    route: Route = wish.route if sure >= ENOUGH else "ask"
    if wish.kind == "none" and given.get("kind=none", 0.0) >= ENOUGH:
        route = "hold"
    return replace(
        wish,
        sure=sure,
        route=route,
        slots=json.dumps(slots, ensure_ascii=False, sort_keys=True),
    )
