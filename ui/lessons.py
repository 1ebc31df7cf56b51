"""The ledger page of the app, at /lessons: what was taught, the Teach button, the versions.

Knows no row and no learning: one read-only view feeds one part, and each click is one verb.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import gradio as gr
from gradio.components.navbar import Navbar

from assistant import notice, saved, strength
from assistant.hub import Snapshot
from assistant.saved import Saved
from assistant.session import Session
from assistant.strength import Drift
from data.store import Store
from data.types import Refusal
from ui import assets, compare, knob, ledger, versions
from ui.compare import Compared
from ui.said import Said

SCRIPTS = ("icons.js", "keys.js", "alive.js", "curve.js", "knob.js", "compare.js", "lessons.js")
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
            js_on_load=assets.script(*SCRIPTS),
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
        page.strength(acts["strength"], None, None, **intent)
        page.measure(acts["measure"], None, None, **intent)
        page.report(acts["report"], None, None, **intent)
        page.typing(acts["typing"], None, None, **intent)
        page.dismiss(acts["dismiss"], None, None, **intent)

        async def watch(request: gr.Request) -> AsyncIterator[ledger.Row]:
            async for now in view(session, dict(request.query_params).get("chat")):
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
        "strength": wired(lambda said: session.set_scale(said.text("chat"), said.number("scale"))),
        "measure": wired(lambda said: session.rounds.measure_strength()),
        "report": wired(lambda said: session.report()),
        "typing": wired(lambda said: session.typing()),
        "dismiss": wired(lambda said: notice.dismiss(session.shelf, session.hub)),
    }


@dataclass(frozen=True, slots=True)
class Kept:
    """What the page shows of the store beside the snapshot. Read anew when the snapshot is."""

    of: Snapshot | None = None
    told: Mapping[str, ledger.Told] = field(default_factory=dict)
    history: Mapping[int, str] = field(default_factory=dict)
    drifts: Sequence[Drift] = ()
    saved: Saved | None = None
    compared: Compared = field(default_factory=Compared)

    def holds(self, snap: Snapshot) -> bool:
        """Whether nothing stored has changed: the hub reads its lists anew when something has."""
        old = self.of
        return (
            old is not None
            and old.lessons is snap.lessons
            and old.versions is snap.versions
            and old.tasks is snap.tasks
            and old.queue == snap.queue  # a reply that has ended may have saved tokens
        )


async def view(session: Session, chat: str | None = None) -> AsyncIterator[ledger.Row]:
    """Yields the page whenever the hub moved; only ever reads. `chat` is the one it came from."""
    last, kept = -1, Kept()
    while True:
        if session.hub.version(None) != last:
            snap = await asyncio.to_thread(session.hub.snapshot, None)
            if not kept.holds(snap):
                kept = await asyncio.to_thread(read, session.store, snap)
            last = snap.version
            yield picture(snap, kept, chat)
        await asyncio.sleep(BEAT)


def read(store: Store, snap: Snapshot) -> Kept:
    """What is told of the lessons and versions of this snapshot."""
    return Kept(
        of=snap,
        told=ledger.told(store, snap.lessons),
        history=versions.dates(store),
        drifts=() if snap.live is None else strength.read(store, snap.live),
        saved=saved.read(store),
        compared=compare.read(store),
    )


def picture(snap: Snapshot, kept: Kept, chat: str | None = None) -> ledger.Row:
    """The page as it stands in this snapshot."""
    page = ledger.page(snap, kept.told, kept.history)
    return page | {
        "compare": compare.row(snap, kept.compared),
        "strength": knob.row(snap, chat, kept.drifts),
        "saved": ledger.saved(kept.saved) if kept.saved else "",
    }
