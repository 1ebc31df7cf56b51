"""How far each strength of a version moves plain text from the base; measured once for a version.

Knows no page and no chat: which strength a chat speaks with is the chat's own.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from threading import Event

from assistant import curriculum, neutral
from assistant.protocols import Model, Progress
from data import versions
from data.store import Store
from data.types import AdapterVersion, Conditions, Refusal, Run

WEAKEST, STRONGEST, STEP = 0.0, 1.5, 0.25  # of the knob; at 0 the base answers, so nothing drifts
SCALES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
MEASURING = "Measuring the strengths"
KIND = "strength"  # of the run
ALWAYS = "always"  # of its settings: the lessons that spoke
NAME = "drift at "  # of its metrics, before the strength


@dataclass(frozen=True, slots=True)
class Drift:
    """The mean KL(base || version) over n plain passages, in nats per token, at one strength."""

    scale: float
    nats: float
    n: int


def read(store: Store, version: int) -> tuple[Drift, ...]:
    """What was measured of a version, weakest first; empty if nothing was."""
    done = _measured(store, version)
    if done is None:
        return ()
    found = [
        Drift(float(one.name.removeprefix(NAME)), one.value, one.n)
        for one in versions.metrics(store, done.id)
    ]
    return tuple(sorted(found, key=lambda one: one.scale))


def measurable(store: Store) -> AdapterVersion:
    """The version that answers, if it is still to be measured. Raises Refusal otherwise."""
    live = versions.live(store)
    if live is None:
        raise Refusal("The untaught model answers, so there is no strength to measure.")
    if _measured(store, live.number) is not None:
        raise Refusal(f"The strengths of version {live.number} are measured already.")
    return live


def measure(store: Store, model: Model, version: AdapterVersion, stop: Event) -> Iterator[Progress]:
    """Keeps the figures of a version as a run; one passage at one strength is one micro-step.

    The model may answer as anything between two of them. Raises Refusal if the version was made for
    another base or its folder is not sound; a run that was stopped keeps no figure.
    """
    always = _always(store, version)
    settings = json.dumps({"scales": SCALES, "passages": len(neutral.HELD), ALWAYS: always})
    run = versions.start_run(store, KIND, adapter=version.number, settings=settings)
    outcome = "stopped"
    try:
        total = len(SCALES) * len(neutral.HELD)
        found: dict[float, list[float]] = {scale: [] for scale in SCALES}
        began, done = time.monotonic(), 0
        for scale in SCALES:
            for text in neutral.HELD:
                left = (time.monotonic() - began) / done * (total - done) if done else None
                yield Progress(f"{MEASURING}: {scale:g}", done, total, left)
                if stop.is_set():
                    return
                model.use(version, scale, always)
                found[scale] += model.drift([((), text)])
                done += 1
        with store.transaction():
            for scale, nats in found.items():
                name = f"{NAME}{scale:g}"
                versions.add_metric(store, run.id, name, "held", fmean(nats), n=len(nats))
            versions.finish_run(store, run.id, "measured", conditions=CONDITIONS)
        outcome = "measured"
    finally:
        if outcome != "measured":
            versions.finish_run(store, run.id, outcome)


def _measured(store: Store, version: int) -> Run | None:
    """The newest run that read what speaks in plain text by now."""
    always = _always(store, versions.get(store, version))
    done = [
        one
        for one in versions.runs(store, KIND)
        if one.adapter == version
        and one.outcome == "measured"
        and json.loads(one.settings).get(ALWAYS) == always
    ]
    return done[-1] if done else None


def _always(store: Store, version: AdapterVersion) -> list[str]:
    """Ids of the lessons of a version that hold everywhere, and so in plain text."""
    return [one.id for one in curriculum.held_by(store, version) if curriculum.everywhere(one)]


CONDITIONS = Conditions(
    who_checked=f"code, on {len(neutral.HELD)} plain passages that nothing was trained on",
    models_rater="none",
    optimisation="training holds the drift on other such passages down",
    audit_reads=0,
    raters="check",
    shift="none",
)
