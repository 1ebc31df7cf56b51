"""How likely a wish is right in kind, aspect and polarity together, from what rules and heads say.

A logistic curve over nine marks. Knows no critique and asks nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

from data.types import Wish

ENOUGH = 0.6  # calibrated probability below which the person is asked
LEAST = 0.02  # no head is surer than that a label is wrong
# Fitted to 2,257 clauses of heads/ (heads in folds) and, ten times as heavy, 182 wishes of the open
# critiques, with a mark for which of both that is left out here. By ten folds of critiques, five
# seeds: error .061; of the 39 % at .6 or more .730 are right.
BASE = -0.183
WEIGHTS = (0.169, 0.127, 2.039, -1.524, 0.235, 0.384, 0.341, -0.573, -1.025)


def marks(wish: Wish, given: Mapping[str, float], rule: float) -> tuple[float, ...]:
    """What the curve weighs: check, how sure the rule was, what the heads gave each label, length.

    `rule`: how sure the rule was before any head was heard, 0 to 1.
    """
    shares = [
        log(max(given.get(f"{field}={label}", 0.0), LEAST)) if given else 0.0
        for field, label in (
            ("kind", wish.kind),
            ("aspect", wish.aspect),
            ("polarity", wish.polarity),
        )
    ]
    words = len(wish.quote.quote.split())
    known = wish.check is not None or rule > KNOWN or wish.kind == "fact"
    plain = (wish.check is not None, rule > 0.75, known, not given)
    return (*map(float, plain), *shares, float(words > 8), float(words > 16))


KNOWN = 0.5  # a rule that is no surer has only taken the words as they are


def right(wish: Wish, given: Mapping[str, float], rule: float) -> float:
    """The probability, 0 to 1, in three places."""
    total = BASE + sum(w * m for w, m in zip(WEIGHTS, marks(wish, given, rule), strict=True))
    return round(1 / (1 + exp(-total)), 3)
