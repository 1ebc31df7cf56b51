"""A running page for the browser tests: the real session and server, a scripted model, a Chromium.

Knows no test, and imports no page before a test asks for one. All is ended by its own handle.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from assistant.scripted import Reply, ScriptedModel, embed
from assistant.session import Session
from assistant.settings import load
from data.store import Store
from data.types import Message
from ui import door

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Made = TypeVar("Made")
PAUSE = 0.04  # seconds a word
LONG = (
    "The sky looks blue because air scatters short waves of sunlight more than long ones. "
    "Blue light is **short**, so it reaches your eyes from every side. Red light is long and "
    "passes straight through. In the evening the light crosses more air and turns red. "
    "There is much more to say about it, and I could go on for a very long time indeed."
)
SHORT = "Air scatters blue light more than red."
# A reload ends the view of the old page, and the browser says so in one of these ways.
HARMLESS = ("Connection errored out", "signal is aborted", "BodyStreamBuffer was aborted")
WISHED = ("short", "word", "sentence")  # any of them in a prompt's last words asks for less


def in_loop(make: Callable[[], Made]) -> Made:
    """What `make` builds. Outside a running loop gradio 6.31 opens loops that it never closes."""

    async def run() -> Made:
        return make()

    with ThreadPoolExecutor(1) as apart:  # a test that holds a browser has a loop in its own thread
        return apart.submit(lambda: asyncio.run(run())).result()


class Talker:
    """Writes a long reply, and a short one once the prompt or an adapter asks for it."""

    def __init__(self) -> None:
        self.taken = 0

    def __call__(self, messages: Sequence[Message], version: int | None) -> Reply:
        self.taken += 1
        asked = " ".join(one.text for one in messages).lower()
        if version is not None:
            return f"Version {version} is brief."
        return (f"{SHORT} ({self.taken})", LONG) if any(word in asked for word in WISHED) else LONG


class Served:
    """One heed with its page on a free port."""

    def __init__(self, home: Path, pause: float = PAUSE, port: int = 0) -> None:
        import uvicorn

        from ui import serve

        name = "a-model-with-a-rather-long-name-135m-instruct/none"
        self.model = ScriptedModel(write=Talker(), home=home, pause=pause, name=name)
        settings = load(home, questions="never", port=0)
        self.session = Session(
            settings, Store(home / "memory.duckdb"), lambda tell: self.model, embed
        )
        self._door = door.bind("127.0.0.1", port)
        self.port: int = self._door.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"
        site = in_loop(lambda: serve.site(self.session))
        config = uvicorn.Config(site, log_level="critical", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._door]}, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Ends the server and the session."""
        self._server.should_exit = True
        self._server.force_exit = True  # views stay open as long as their tab
        self._thread.join(timeout=20)
        self._door.close()
        self.session.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium of this computer. Skips where there is none, and fails in CI."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        sentence = "The page is tested in a Chromium, and none of its names is on the PATH."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage"])
        yield browser
        browser.close()


@contextmanager
def quiet(browser: Browser, *, wait: float = 15, height: int = 900, **look: Any) -> Iterator[Page]:
    """A wide empty tab in a context of its own; fails if the browser complained of anything.

    `wait` is in seconds and for whatever is expected; `look` is what Playwright takes of a context.
    """
    context = browser.new_context(viewport={"width": 1280, "height": height}, **look)
    context.set_default_timeout(1000 * wait)
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert [one for one in said if not any(known in one for known in HARMLESS)] == []


@contextmanager
def watched(browser: Browser, served: Served) -> Iterator[Page]:
    """The chat page in such a tab; at the end nothing is left that runs."""
    with quiet(browser, height=860) as page:
        yield ready(page, served.address)
    served.session.wait(20)


def ready(page: Page, address: str) -> Page:
    """The page, loaded and painted."""
    page.goto(address)
    page.wait_for_selector('.chat-page[data-ready="true"]')
    return page


def ask(page: Page, text: str = "Why is the sky blue?") -> None:
    """Types a request and sends it with Enter."""
    page.fill("#words", text)
    page.press("#words", "Enter")


def finished(page: Page, rows: int = 1) -> None:
    """Waits until this many replies stand on the page and none is being written."""
    page.wait_for_function(
        "n => document.querySelectorAll('.row.draft:not(.writing) .acts').length >= n"
        " && !document.querySelector('.row.writing')"
        " && document.querySelector('.chat-page').dataset.busy === 'false'",
        arg=rows,
    )


def writing(page: Page, letters: int = 30) -> None:
    """Waits until a reply is being written and this much of it is shown."""
    page.wait_for_function(
        "n => (document.querySelector('.row.draft.writing .body')?.textContent ?? '').length >= n",
        arg=letters,
    )
