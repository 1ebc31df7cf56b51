"""Where each approved lesson acts from: the weights of the live version, or the prompt.

Knows no model and no folder.
"""

from __future__ import annotations

from dataclasses import replace

from data import ledger, versions
from data.store import Store


def follow_live(store: Store) -> None:
    """Makes status and place of every approved lesson say what the live version holds."""
    with store.transaction():
        live = versions.live(store)
        inside = live.lessons if live is not None else ()
        name = "the untaught model" if live is None else f"version {live.number}"
        for lesson in ledger.all(store, ("active", "learned")):
            held = lesson.id in inside
            ledger.change(
                store,
                replace(
                    lesson,
                    status="learned" if held else "active",
                    place="weights" if held else "prompt",
                    learned_in=live.number if live is not None and held else None,
                ),
                f"{name} is live",
            )
