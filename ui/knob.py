"""The strength of one chat as a row of the page, and what each strength costs.

Knows no gradio and no verb; plain JSON goes out, with all words already chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant import strength
from assistant.hub import Snapshot
from assistant.strength import Drift
from data.types import Task
from ui import ledger

Row = dict[str, Any]


def row(snap: Snapshot, chat: str | None, drifts: Sequence[Drift]) -> Row | None:
    """The knob of this chat, else of the one touched last; None while the untaught model answers.

    `drifts` are those of the version that answers.
    """
    if snap.live is None:
        return None
    task = _task(snap.tasks, chat)
    work = ledger.doing(snap, strength.MEASURING)
    return {
        "version": snap.live,
        "chat": None if task is None else task.id,
        "title": "" if task is None else task.title,
        "scale": None if task is None else task.scale,
        "range": [strength.WEAKEST, strength.STRONGEST, strength.STEP],
        "costs": [_cost(one) for one in (Drift(strength.WEAKEST, 0.0, 0), *drifts)],
        "measured": _measured(drifts),
        "can": not drifts and work is None,
        "work": work,
    }


def _cost(one: Drift) -> Row:
    """`n` is 0 where nothing is to be measured: at strength 0 the untaught model answers."""
    words = f"{one.nats:.3f}" if one.n else "none: untaught"
    return {"scale": one.scale, "drift": one.nats, "words": words}


def _measured(drifts: Sequence[Drift]) -> str:
    if not drifts:
        return ""
    return (
        "How far plain text moves from the untaught model, in nats per token: the mean over "
        f"{drifts[0].n} passages that nothing was trained on."
    )


def _task(tasks: Sequence[Task], chat: str | None) -> Task | None:
    named = next((one for one in tasks if one.id == chat), None)
    return named or max(tasks, key=lambda one: one.head or one.id, default=None)
