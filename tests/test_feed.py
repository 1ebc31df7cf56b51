"""One tab is shown its chat, each time something moved, without a server or a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.scripted import ScriptedModel, embed
from assistant.session import Session
from assistant.settings import load
from data.store import Store
from ui import feed
from ui.tabs import Tabs
from ui.view import Row


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    model = ScriptedModel(["So."], home=tmp_path)
    settings = load(tmp_path, questions="never")
    one = Session(settings, Store(tmp_path / "memory.duckdb"), lambda tell: model, embed)
    yield one
    one.close()


def test_the_view_follows_the_chat_to_its_end(session: Session) -> None:
    tabs = Tabs()
    chat = session.new_task()
    tabs.show("tab", chat)

    async def watch() -> list[Row]:
        seen = []
        async for row in feed.follow(session, tabs, "tab"):
            seen.append(row)
            if len(seen) == 1:
                session.ask("Why?", task=chat)
            if row["rows"] and row["rows"][-1]["kind"] == "draft" and not row["busy"]:
                return seen
        return seen

    seen = asyncio.run(asyncio.wait_for(watch(), 20))

    versions = [row["version"] for row in seen]
    assert versions == sorted(versions)
    assert [row["text"] for row in seen[-1]["rows"]] == ["Why?", "So."]


def test_a_chat_that_is_gone_is_said_to_be_lost(session: Session) -> None:
    tabs = Tabs()
    tabs.show("tab", "no such chat")

    assert feed.draw(session, tabs.of("tab"))["lost"]
    assert not feed.draw(session, Tabs().of("tab"))["lost"]
