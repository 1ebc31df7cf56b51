"""What feeds the ledger page: it follows the hub, and reads the store only once that changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.protocols import Plan, Progress
from assistant.scripted import ScriptedModel
from assistant.session import Session
from data import ledger
from data.types import Check
from tests import stand_ins
from tests.records import a_lesson
from ui import lessons
from ui.ledger import Row
from ui.lessons import Kept

pytestmark = pytest.mark.browser  # importing gradio takes seconds


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with stand_ins.session(tmp_path, ScriptedModel(write=stand_ins.talk, home=tmp_path)) as made:
        yield made


def first(session: Session, chat: str | None = None) -> Row:
    """What a tab that opens the page is shown first."""

    async def one() -> Row:
        rows = lessons.view(session, chat)
        try:
            return await anext(aiter(rows))
        finally:
            await rows.aclose()  # type: ignore[attr-defined]

    return asyncio.run(one())


def test_the_page_is_drawn_from_the_store(session: Session) -> None:
    ledger.add(session.store, a_lesson())

    row = first(session)

    assert [one["effect"] for one in row["lessons"]] == ["Use at most 25 words."]
    assert row["waiting"] == ["use at most 25 words"]
    assert (row["strength"], row["compare"], row["saved"], row["work"]) == (None, None, "", None)


def test_a_step_of_a_job_leaves_what_was_read_as_it_is(session: Session) -> None:
    ledger.add(session.store, a_lesson())
    session.hub.moved()
    before = session.hub.snapshot(None)
    kept = lessons.read(session.store, before)

    session.hub.doing(Progress("Learning: step 2 of 9", 2, 9))
    stepped = session.hub.snapshot(None)
    session.hub.moved()
    changed = session.hub.snapshot(None)

    assert kept.holds(stepped)
    assert not kept.holds(changed)
    assert not Kept().holds(before)


def test_the_end_of_a_reply_is_read(session: Session) -> None:
    task = session.new_task()
    kept = lessons.read(session.store, session.hub.snapshot(None))

    session.hub.tell(None, ((task, "Writing"),))

    assert not kept.holds(session.hub.snapshot(None))


def test_each_version_of_a_round_is_shown_as_it_is_made(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = (Check("max_sentences", (("n", 1.0),)), Check("max_words", (("n", 9.0),)))
    for check in checks:
        effect = f"keep to {check.name}"
        ledger.add(session.store, replace(a_lesson(), effect=effect, check=check))
    session.hub.moved()
    model = session.writer.model()
    assert isinstance(model, ScriptedModel)
    learn = model.learn
    shown: list[list[int]] = []

    def watched(plan: Plan) -> Iterator[Progress]:
        shown.append([one.number for one in session.hub.snapshot(None).versions])
        yield from learn(plan)

    monkeypatch.setattr(model, "learn", watched)
    session.learn()
    assert session.wait(60)

    assert shown == [[], [1]]
