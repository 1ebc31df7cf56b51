"""What a late answer is still worth, by how far a task has come and by the kind of its facet.

Source: 2605.07937 for goals, constraints and input; the style line is an estimate.
"""

from __future__ import annotations

from typing import Literal, assert_never

Kind = Literal["goal", "constraint", "input", "style"]


def worth(kind: Kind, progress: float) -> float:
    """The share of an early answer's worth that is left at `progress`, 0 to 1."""
    match kind:
        case "goal":
            return 1.0 if progress <= 0.1 else 0.3 if progress <= 0.3 else 0.0
        case "constraint":
            steps = 1.0 if progress <= 0.0 else 0.5 if progress <= 0.1 else 0.2
            return steps if progress <= 0.5 else 0.0
        case "input":
            return 1.0 if progress <= 0.5 else 0.0
        case "style":
            return 1.0 - progress if progress <= 0.7 else 0.0
        case _:
            assert_never(kind)
