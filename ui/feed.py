"""What one open tab is shown: its chat's snapshot, drawn again each time something moved.

Knows no gradio and no verb; it only reads.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from assistant.session import Session
from data import tasks, versions
from ui import view
from ui.tabs import Tab, Tabs

TICK = 0.05  # seconds; at most 20 snapshots a second


async def follow(session: Session, tabs: Tabs, tab: str) -> AsyncIterator[view.Row]:
    """The page of one tab, each time the hub or the tab moved. Only ever reads; never ends."""
    last = None
    while True:
        now = tabs.of(tab)
        moved = (now, session.hub.version(now.chat))
        if moved != last:
            last = moved
            # Reading the store and rendering take milliseconds: not on the loop that serves all.
            yield await asyncio.to_thread(draw, session, now)
        await asyncio.sleep(TICK)


def draw(session: Session, tab: Tab) -> view.Row:
    """One picture of the page: the chat's snapshot, and what concerns this tab alone."""
    row = view.page(session.hub.snapshot(tab.chat))
    found = tasks.listing(session.store, tab.query) if tab.query.strip() else None
    if tab.chat is None:
        row["mode"] = tab.mode
    if row["teach"]:
        taught = versions.runs(session.store, "learn")
        row["teach"]["minutes"] = view.minutes(row["teach"]["count"], taught)
    return row | {
        "lost": tab.chat is not None and row["chat"] is None,
        "found": None if found is None else [task.id for task in found],
        "heard": tab.heard,
        "refusal": {"number": tab.refused, "text": tab.refusal},
    }
