"""How a critique is heard: its words read into wishes, and these kept with it.

Knows no page and no model but the heads that are given as `label`.
"""

from __future__ import annotations

from assistant import history
from data import corrections, critiques, tasks
from data.store import Store
from data.types import Critique, Label, Wish
from feedback import calibration, parse, stances


def hear(
    store: Store, said: Critique, reply: str, label: Label | None, kept: Store
) -> tuple[Wish, ...]:
    """The wishes of a stored critique about a reply, stored; none where it has no words.

    Each is as sure as the record of this person's corrections in the kept store leaves it.
    """
    if not said.text:
        return ()
    read = parse.parse(
        said.text,
        reply=reply,
        span=said.span,
        mark=said.mark,
        thumb=said.thumb,
        label=label,
        request=history.subject_of(tasks.path_to(store, said.turn)),
    )
    record = calibration.tally(corrections.outcomes(kept, said.origin.rater))
    heard = [calibration.calibrated(one, record) for one in stances.heard(said.text, read)]
    return critiques.add_wishes(store, said.id, heard)
