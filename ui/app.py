"""The chat page: its one component, and the wire from each act to its verb.

Knows no rule of the assistant: acts take ids and text, one view redraws from the hub.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from typing import Any

from assistant.session import Session
from data.types import Refusal
from ui import assets, feed, intents, lessons, view
from ui.intents import Act, Intent
from ui.said import Said
from ui.tabs import Tab, Tabs

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read at Blocks(): nothing is counted

import gradio as gr

SCRIPTS = (
    "icons.js",
    "keys.js",
    "rows.js",
    "cards.js",
    "transcript.js",
    "span.js",
    "compose.js",
    "sidebar.js",
    "alive.js",
    "page.js",
)
# No ${value} in it: gradio never renders it again, so the nodes that the scripts add stay.
TEMPLATE = '<div class="heed chat-page" data-ready="false"></div>'
QUIET = {"queue": False, "trigger_mode": "multiple", "api_visibility": "private"}


def build(session: Session) -> gr.Blocks:
    """The page of this session: the chat at "/", the ledger of lessons at "/lessons"."""
    tabs = Tabs()
    demo: gr.Blocks = gr.Blocks(title="heed", analytics_enabled=False)
    with demo:
        page = gr.HTML(
            value=None,
            html_template=TEMPLATE,
            js_on_load=assets.script(*SCRIPTS),
            apply_default_css=False,
            elem_id="heed",
        )

        def wire(event: Callable[..., Any], intent: Intent) -> None:
            event(handler(session, tabs, intent), None, None, **QUIET)

        wire(page.typing, intents.typing)
        wire(page.ask, intents.ask)
        wire(page.branch, intents.branch)
        wire(page.answer, intents.answer)
        wire(page.critique, intents.critique)
        wire(page.accept, intents.accept)
        wire(page.halt, intents.halt)
        wire(page.halt_learning, intents.halt_learning)
        wire(page.again, intents.again)
        wire(page.go_on, intents.go_on)
        wire(page.bring, intents.bring)
        wire(page.keep, intents.keep)
        wire(page.settle, intents.settle)
        wire(page.approve, intents.approve)
        wire(page.disable, intents.disable)
        wire(page.reword, intents.reword)
        wire(page.teach, intents.teach)
        wire(page.take_back, intents.take_back)
        wire(page.dont_learn, intents.dont_learn)
        wire(page.rename, intents.rename)
        wire(page.drop, intents.drop)
        wire(page.open_chat, intents.open_chat)
        wire(page.fresh, intents.fresh)
        wire(page.search, intents.search)
        wire(page.dismiss, intents.dismiss)

        async def show(request: gr.Request) -> AsyncIterator[view.Row]:
            tab = request.session_hash or ""
            chat = dict(request.query_params).get("chat")
            if chat is not None and tabs.of(tab) == Tab():
                tabs.show(tab, chat)
            async for row in feed.follow(session, tabs, tab):
                yield row

        def left(request: gr.Request) -> None:
            tabs.close(request.session_hash or "")

        demo.load(
            show,
            None,
            page,
            concurrency_limit=None,
            show_progress="hidden",
            api_visibility="private",
        )
        demo.unload(left)
    lessons.add_route(demo, session)
    return demo


def handler(
    session: Session, tabs: Tabs, intent: Intent
) -> Callable[[gr.EventData, gr.Request], None]:
    """The event handler of one act. A refusal is said in the tab it came from."""

    def handle(event: gr.EventData, request: gr.Request) -> None:
        tab, said = request.session_hash or "", Said(event._data)
        try:
            intent(Act(session, tabs, tab, said))
            mark = said.text("mark_of_words")
            if mark:  # an act without words leaves the last mark for the view that is on its way
                tabs.heard(tab, mark)
        except Refusal as refusal:
            tabs.refuse(tab, str(refusal))

    return handle
