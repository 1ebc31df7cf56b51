"""A sentence that stays on every page until the person dismisses it, also over a restart.

Knows no page and no reason for it. Only the newest one stands; what is kept are events, so no word
of a person belongs in it.
"""

from __future__ import annotations

from data import ledger
from data.store import Store

_SUBJECT = "standing"  # of the events
_SAID, _DISMISSED = "said", "dismissed"


def say(store: Store, sentence: str) -> None:
    """From now on this stands, in place of what stood."""
    ledger.note(store, _SUBJECT, "", _SAID, sentence)


def read(store: Store) -> str:
    """What stands; "" for nothing."""
    events = ledger.events(store, _SUBJECT)
    return events[-1].why if events and events[-1].after == _SAID else ""


def dismiss(store: Store) -> None:
    """The person has read what stands; nothing happens if nothing does."""
    if read(store):
        ledger.note(store, _SUBJECT, _SAID, _DISMISSED, "the person has read it")
