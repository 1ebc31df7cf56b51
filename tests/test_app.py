"""The wires of the page: what gradio may call, and what it may not touch."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from assistant.scripted import ScriptedModel, embed
from assistant.session import Session
from assistant.settings import load
from data.store import Store
from data.types import Refusal
from tests.serving import in_loop
from ui import app, serve
from ui.tabs import Tabs
from ui.view import Row

pytestmark = pytest.mark.browser  # importing gradio takes seconds


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    home = tmp_path_factory.mktemp("app")
    model = ScriptedModel(["So."], home=home)
    one = Session(
        load(home, questions="never"), Store(home / "memory.duckdb"), lambda tell: model, embed
    )
    yield one
    one.close()


@pytest.fixture(scope="module")
def demo(session: Session) -> gr.Blocks:
    return in_loop(lambda: app.build(session))


@pytest.fixture(scope="module")
def config(demo: gr.Blocks) -> dict[str, Any]:
    return dict(demo.config)


def test_no_wire_cancels_another(config: dict[str, Any]) -> None:
    assert [wire["cancels"] for wire in config["dependencies"] if wire["cancels"]] == []


def test_no_wire_is_an_api_for_others(config: dict[str, Any]) -> None:
    shown = {wire["api_visibility"] for wire in config["dependencies"]}

    assert shown <= {"private", "undocumented"}
    assert {wire["api_visibility"] for wire in _acts(config)} == {"private"}


def test_acts_are_not_queued_and_change_no_part(config: dict[str, Any]) -> None:
    acts = _acts(config)

    assert len(acts) > 20
    assert {wire["queue"] for wire in acts} == {False}
    assert {tuple(wire["outputs"]) for wire in acts} == {()}
    assert {wire["trigger_mode"] for wire in acts} == {"multiple"}


def test_the_views_wait_for_nobody(demo: gr.Blocks) -> None:
    views = [one for one in demo.fns.values() if one.outputs]

    assert len(views) == 2  # the chat and the ledger
    assert {view.concurrency_limit for view in views} == {None}


def test_the_template_is_never_rendered_again() -> None:
    assert "${" not in app.TEMPLATE


def test_nothing_is_counted_by_others(config: dict[str, Any]) -> None:
    assert config["analytics_enabled"] is False


def test_the_view_follows_the_chat_to_its_end(session: Session) -> None:
    tabs = Tabs()
    chat = session.new_task()
    tabs.show("tab", chat)

    async def watch() -> list[Row]:
        seen = []
        async for row in app.follow(session, tabs, "tab"):
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

    assert app.draw(session, tabs.of("tab"))["lost"]
    assert not app.draw(session, Tabs().of("tab"))["lost"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "example.org"])
def test_another_address_needs_a_password(host: str) -> None:
    with pytest.raises(Refusal, match="--password"):
        serve.allowed(host, "")


def test_loopback_needs_none() -> None:
    assert "127.0.0.1" in serve.allowed("127.0.0.1", "")
    assert "localhost" in serve.allowed("::1", "")


def test_a_taken_port_gives_the_next_one(tmp_path: Path) -> None:
    with serve.bind("127.0.0.1", 0) as first:
        taken = first.getsockname()[1]
        with serve.bind("127.0.0.1", taken) as second:
            assert second.getsockname()[1] > taken


def _acts(config: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        wire for wire in config["dependencies"] if not wire["outputs"] and wire["targets"][0][0]
    ]
