"""The curve of a running lesson as a row of the page: its points, its axis, its words.

Knows no gradio and no learning: it is given what the running job tells of itself.
"""

from __future__ import annotations

from typing import Any

from assistant.protocols import Progress

Row = dict[str, Any]

UNTAUGHT = 0.0  # here the examples are as likely as they are to the untaught model


def row(progress: Progress | None) -> Row | None:
    """The gains of the whole steps so far and the line they are read by; None without any."""
    if progress is None or not progress.gains:
        return None
    steps = max(progress.total, len(progress.gains))
    return {
        "points": [round(one, 3) for one in progress.gains],
        "steps": steps,
        "lines": [
            {"at": UNTAUGHT, "name": f"{UNTAUGHT:g} untaught"},
        ],
        "words": f"Gain {progress.gains[-1]:.1f} after step {len(progress.gains)} of {steps}",
        "axis": "How much likelier the examples became, in nats a token; 0 is the untaught model.",
    }
