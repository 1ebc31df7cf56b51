"""The ledger page of the app, at /lessons: what was taught, the Teach button, the versions.

Knows no row and no learning: one read-only view feeds one part, and each click is one verb.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import gradio as gr
from gradio.components.navbar import Navbar

from assistant.session import Session
from data.types import Refusal
from ui import assets, ledger, versions
from ui.said import Said

TEMPLATE = '<div class="heed h-page l-page" id="heed-lessons"></div>'
LONGEST = 2_000  # characters of a lesson's words; the page is not trusted to check
BEAT = 0.1  # seconds between two looks at the hub


def add_route(demo: gr.Blocks, session: Session) -> None:
    """Adds /lessons to an app. Call it outside the app's own `with` block."""
    acts = handlers(session)
    with demo.route("Lessons", "/lessons"):
        Navbar(visible=False)  # the page has its own
        page = gr.HTML(
            value=None,
            html_template=TEMPLATE,
            js_on_load=assets.script("icons.js", "keys.js", "alive.js", "lessons.js"),
            apply_default_css=False,
            elem_id="lessons",
        )
        intent: dict[str, Any] = {
            "queue": False,
            "trigger_mode": "multiple",
            "api_visibility": "private",
        }
        page.approve(acts["approve"], None, None, **intent)
        page.disable(acts["disable"], None, None, **intent)
        page.amend(acts["amend"], None, None, **intent)
        page.forget(acts["forget"], None, None, **intent)
        page.teach(acts["teach"], None, None, **intent)
        page.halt(acts["halt"], None, None, **intent)
        page.pick(acts["pick"], None, None, **intent)
        page.revert(acts["revert"], None, None, **intent)

        async def watch() -> AsyncIterator[ledger.Row]:
            async for now in view(session):
                yield now

        demo.load(
            watch,
            None,
            page,
            concurrency_limit=None,
            show_progress="hidden",
            api_visibility="private",
        )


def handlers(session: Session) -> dict[str, Callable[[gr.EventData], None]]:
    """One handler for each event of the page: one verb, and a refusal becomes a notice."""

    def wired(act: Callable[[Said], object]) -> Callable[[gr.EventData], None]:
        def handle(event: gr.EventData) -> None:
            try:
                act(Said(event._data))
            except Refusal as refusal:
                session.hub.notify(str(refusal))

        return handle

    return {
        "approve": wired(lambda said: session.approve(said.text("lesson"))),
        "disable": wired(lambda said: session.disable(said.text("lesson"))),
        "amend": wired(
            lambda said: session.edit_lesson(
                said.text("lesson"),
                effect=said.text("effect")[:LONGEST],
                scope=said.text("scope")[:LONGEST],
            )
        ),
        "forget": wired(lambda said: session.forget(said.text("lesson"))),
        "teach": wired(lambda said: session.learn()),
        "halt": wired(lambda said: session.stop(None)),
        "pick": wired(lambda said: session.use_version(said.count("number") or None)),
        "revert": wired(lambda said: session.undo()),
    }


async def view(session: Session) -> AsyncIterator[ledger.Row]:
    """Yields the page whenever the hub moved; only ever reads."""
    last = -1
    while True:
        if session.hub.version(None) != last:
            now = await asyncio.to_thread(picture, session)
            last = now["version"]
            yield now
        await asyncio.sleep(BEAT)


def picture(session: Session) -> ledger.Row:
    """The page as it stands now."""
    snap = session.hub.snapshot(None)
    store = session.store
    return ledger.page(snap, ledger.told(store, snap.lessons), versions.dates(store))
