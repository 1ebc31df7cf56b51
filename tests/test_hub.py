"""Snapshots carry a version that rises exactly when a page would look different."""

from __future__ import annotations

from pathlib import Path

from assistant.protocols import Progress
from data import tasks
from tests.stand_ins import session


def test_the_version_rises_with_each_change_and_rests_between(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        task = made.new_task()
        before = made.hub.version(task)
        made.ask("What is rain?", task=task)
        assert made.wait(10)
        after = made.hub.version(task)

        assert after > before
        assert made.hub.version(task) == after
        assert made.hub.snapshot(task).version == after


def test_a_reply_being_written_does_not_move_another_chat(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        one, two = made.new_task(), made.new_task()
        still = made.hub.version(two)

        made.hub.write(one, "t1", "some words")

        assert made.hub.version(two) == still


def test_the_live_text_stands_in_the_snapshot_before_it_is_committed(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        task = made.new_task()
        made.ask("What is rain?", task=task)
        assert made.wait(10)
        draft = made.hub.snapshot(task).turns[-1]

        made.hub.write(task, draft.id, "half a wo")

        shown = made.hub.snapshot(task)
        assert shown.turns[-1].text == "half a wo"
        assert shown.writing == draft.id
        assert tasks.turn(made.store, draft.id).text != "half a wo"
        made.hub.wrote(task)
        assert made.hub.snapshot(task).turns[-1].text == draft.text


def test_every_page_hears_progress_and_notices(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        made.hub.tell(Progress("Learning: step 1 of 9", 1, 9), ((None, "Teaching"),))
        made.hub.notify("Version 1 is live.")
        made.hub.notify("Version 1 is live.")

        shown = made.hub.snapshot(None)
        assert shown.progress is not None
        assert shown.queue == ("Teaching",)
        assert (shown.notice, shown.notice_number) == ("Version 1 is live.", 2)


def test_a_chat_that_does_not_exist_is_shown_as_none(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        assert made.hub.snapshot("no-such-chat").task is None
