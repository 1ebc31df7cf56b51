"""A version that was built anew answers only if nothing is lost and nothing else moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import retest
from assistant.gate import Asked, GateReport, Kept
from assistant.rates import Rate
from assistant.sanity import Sanity

WHOLE = Sanity(n=12, empty=0, cut=0, alike=0, distinct=1.0, leaked=0, words=9.0)


def a_report(**changed: object) -> GateReport:
    """Of a rebuild that lost nothing."""
    same = Rate(12, 12)
    plain: dict[str, object] = {
        "lesson": "",
        "accepted": False,
        "reasons": (),
        "before": same,
        "after": same,
        "near_before": Rate(1, 20),
        "near_after": Rate(1, 20),
        "drift": 0.01,
        "kept": (Kept("a", same, same, same),),
        "sanity_before": WHOLE,
        "sanity": WHOLE,
        "asked": Asked(Rate(8, 12), Rate(8, 12), -0.1, 0.1),
    }
    return GateReport(**{**plain, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, ""),
        ({"kept": (Kept("a", Rate(4, 6), Rate(5, 6), Rate(12, 12)),)}, ""),
        (
            {"kept": (Kept("a", Rate(4, 6), Rate(4, 6), Rate(12, 12)),)},
            "A lesson holds in 4 of 6 replies; right after it was learned it held in 12 of 12.",
        ),
        ({"kept": (Kept("a", Rate(6, 6), Rate(4, 6), None),)}, "A lesson holds in 4 of 6 replies"),
        ({"near_after": Rate(4, 20)}, ""),
        ({"near_after": Rate(5, 20)}, "Lessons spread to 4 of 20 other requests."),
        ({"drift": 0.02}, ""),
        ({"drift": 0.021}, "Other text drifted by 0.0210 nats per token, more than 0.0200."),
        (
            {"asked": Asked(Rate(9, 12), Rate(3, 12), -0.7, -0.2, 0.02)},
            "Other instructions were followed in 3 of 12 replies instead of 9 of 12.",
        ),
        ({"sanity": replace(WHOLE, words=3.0)}, "Replies went from 9 to 3 words"),
    ],
)
def test_the_live_version_stays_for_each_of_these(changed: dict[str, object], why: str) -> None:
    reasons = retest.verdict(a_report(**changed), once=0.02)

    assert len(reasons) == bool(why)
    assert "".join(reasons).startswith(why)


def test_a_live_version_beyond_the_limit_excuses_no_drift() -> None:
    reasons = retest.verdict(a_report(drift=0.06), once=0.08)

    assert reasons == ("Other text drifted by 0.0600 nats per token, more than 0.0500.",)
