"""The wires of the page: what gradio may call, and what it may not touch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from assistant.scripted import ScriptedModel, embed
from assistant.session import Session
from assistant.settings import load
from data.store import Store
from tests.serving import in_loop

if TYPE_CHECKING:
    import gradio as gr

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
    from ui import app  # gradio is imported only when one of these tests is asked for

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
    from ui import app

    assert "${" not in app.TEMPLATE


def test_nothing_is_counted_by_others(config: dict[str, Any]) -> None:
    assert config["analytics_enabled"] is False


def _acts(config: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        wire for wire in config["dependencies"] if not wire["outputs"] and wire["targets"][0][0]
    ]
