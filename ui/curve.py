"""The margin curve of a running lesson as a row of the page: its points, its axis, its words.

Knows no gradio and no learning: it is given what the running job tells of itself.
"""

from __future__ import annotations

from typing import Any

from assistant.protocols import Progress

Row = dict[str, Any]

UNDECIDED = 0.0  # here the better reply is as likely, beside the other, as in the untaught model
LEARNED = 2.0  # from here on training leaves a pair alone; `losses.SATISFIED`, without torch


def row(progress: Progress | None) -> Row | None:
    """The margins of the whole steps so far and the lines they are read by; None without any."""
    if progress is None or not progress.margins:
        return None
    steps = max(progress.total, len(progress.margins))
    return {
        "points": [round(one, 3) for one in progress.margins],
        "steps": steps,
        "lines": [
            {"at": LEARNED, "name": f"{LEARNED:g} learned, left alone"},
            {"at": UNDECIDED, "name": f"{UNDECIDED:g} undecided"},
        ],
        "words": f"Margin {progress.margins[-1]:.1f} after step {len(progress.margins)} of {steps}",
        "axis": f"{UNDECIDED:g} is undecided; from {LEARNED:g} on it is learned and left alone.",
    }
