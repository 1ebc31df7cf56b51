"""Whether the version that answers was made for the weights that are loaded.

Knows no tensor: the model says itself what fits it.
"""

from __future__ import annotations

from assistant import adapters, fingerprint, places
from assistant.protocols import Model
from data import standing, versions
from data.store import Store
from data.types import AdapterVersion


def changed(store: Store, model: Model) -> str:
    """Retires the live version if its base has changed under it; then a sentence for the person.

    It stands until they dismiss it. The version's lessons act from the prompt from then on, and
    wait to be taught anew. A version of another model stays live, for when that one is loaded
    again: then and else the sentence is empty.
    """
    live = versions.live(store)
    why = None if live is None else model.fits(live)
    if live is None or why is None or not fingerprint.same_base(live.base, model.name):
        return ""
    with store.transaction():
        versions.retire_live(store, why)
        places.follow_live(store)
        said = f"{why} Its lessons act from the prompt until they are taught anew."
        standing.say(store, said)
    return said


def parent(store: Store, model: Model) -> AdapterVersion | None:
    """The live version, unless it was made for another base or its folder is damaged."""
    live = versions.live(store)
    if live is None or model.fits(live) is not None or adapters.damage(live) is not None:
        return None
    return live
