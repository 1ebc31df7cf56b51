"""The conditions card: six lines under every figure that say what it was measured under.

Knows no figure and no store.
"""

from __future__ import annotations

from typing import assert_never

from data.types import Conditions


def of_gate(n: int) -> Conditions:
    """The conditions of a gate reading on n held prompts."""
    return Conditions(
        who_checked=f"code, on {n} prompts that were never trained on; no person looked at them",
        models_rater="none",
        optimisation="the check that is counted here also chose the examples that were learned",
        audit_reads=0,
        raters="check",
        shift="none",
    )


def of_report(n: int, audit_reads: int) -> Conditions:
    """The conditions of a report on at most n audit prompts a lesson."""
    return Conditions(
        who_checked=f"code, in two ways, on up to {n} prompts a lesson that nothing but a report "
        "has seen; no person looked at them",
        models_rater="none",
        optimisation="the check also chose the examples that were learned; the second look and "
        "these prompts chose nothing",
        audit_reads=audit_reads,
        raters="check",
        shift="none",
    )


def lines(conditions: Conditions) -> tuple[str, ...]:
    """Six lines for a person."""
    return (
        f"Checked by {conditions.who_checked}.",
        f"Model as a rater: {conditions.models_rater}.",
        f"Optimised: {conditions.optimisation}.",
        f"The audit panel was read {conditions.audit_reads} times for this line of versions.",
        f"Judgements come from {_source(conditions)}.",
        f"Compared with training: {_shift(conditions)}.",
    )


def _source(conditions: Conditions) -> str:
    match conditions.raters:
        case "human":
            return "a person"
        case "simulated":
            return "a simulated person"
        case "model":
            return "a model"
        case "check":
            return "code"
        case _:
            assert_never(conditions.raters)


def _shift(conditions: Conditions) -> str:
    match conditions.shift:
        case "none":
            return "other prompts of the same kind"
        case "new_topics":
            return "topics that were never trained on"
        case "new_people":
            return "people whose words were never trained on"
        case _:
            assert_never(conditions.shift)
