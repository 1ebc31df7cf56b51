"""The page's rows are drawn from a snapshot, with every word chosen on the server."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from assistant.hub import Snapshot
from assistant.protocols import Progress
from data.types import (
    Critique,
    Lesson,
    Origin,
    Question,
    Reach,
    Run,
    Source,
    Span,
    Task,
    Turn,
    TurnKind,
    TurnState,
    Wish,
)
from ui import view

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LONG, SHORT = "The sky is blue because of the way light scatters.", "Light scatters."


def test_a_request_and_its_reply_are_two_rows() -> None:
    rows = _rows(_snap(_turn("q", None, "request", "Why?"), _turn("a", "q", "draft", "**So.**")))

    assert [row["kind"] for row in rows] == ["request", "draft"]
    assert rows[1]["html"] == "<p><strong>So.</strong></p>\n"
    assert rows[1]["last"]
    assert rows[1]["made"] == "untaught model"


def test_a_reply_that_is_written_is_plain_text() -> None:
    writing = _turn("a", "q", "draft", "**So", state="writing")

    row = _rows(_snap(_turn("q", None, "request", "Why?"), writing))[1]

    assert row["text"] == "**So"
    assert row["html"] is None


def test_the_pager_counts_the_siblings() -> None:
    snap = _snap(_turn("q", None, "request", "Why?"), _turn("b", "q", "draft", "So."))

    row = _rows(replace(snap, siblings={"b": ("a", "b", "c")}))[1]

    assert row["pager"] == {"at": 2, "of": 3, "before": "a", "after": "c"}


def test_a_critique_shows_each_wish_that_was_heard() -> None:
    row = _rows(_repair())[2]

    assert row["text"] == "too long"
    assert [chip["effect"] for chip in row["chips"]] == ["use at most 5 words"]
    assert row["chips"][0]["where"] == "from now on"
    assert row["chips"][0]["quote"] == "too long"
    assert row["fresh"]


def test_a_critique_without_a_wish_is_not_one_that_was_forgotten() -> None:
    silent = _rows(replace(_repair(), wishes={}))[2]
    gone = _rows(replace(_repair(), wishes={}, critiques={}))[2]

    assert (silent["chips"], silent["forgotten"]) == ([], False)
    assert gone["forgotten"]


def test_a_repair_shows_what_changed() -> None:
    row = _rows(_repair())[3]

    assert row["revises"] == "a"
    assert (row["changes"]["out"], row["changes"]["in"]) == (9, 1)
    assert "".join(text for kind, text in row["changes"]["pieces"] if kind != "out") == SHORT


def test_a_repair_names_the_wishes_it_does_not_meet() -> None:
    snap = _repair()
    failing = replace(snap.turns[3], made_with=json.dumps({"missed": ["w", "unknown"]}))

    row = _rows(replace(snap, turns=(*snap.turns[:3], failing)))[3]

    assert row["missed"] == ["use at most 5 words"]


def test_a_lesson_is_offered_only_under_an_accepted_reply() -> None:
    snap = replace(_repair(), lessons=(_lesson(),), lessons_of={"w": ("l",)})

    before = _rows(snap)[3]
    after = _rows(replace(snap, accepted=frozenset({"b"})))

    assert before["lessons"] == []
    assert [one["effect"] for one in after[3]["lessons"]] == ["use at most 5 words"]
    assert after[3]["lessons"][0]["status"] == "noted"
    assert not after[2]["fresh"]


def test_a_repeated_wish_leads_to_the_lesson_it_strengthened() -> None:
    older = replace(_lesson(), wish="of an earlier chat", status="active")
    snap = replace(_repair(), lessons=(older,), accepted=frozenset({"b"}))

    assert _rows(snap)[3]["lessons"] == []
    assert len(_rows(replace(snap, lessons_of={"w": ("l",)}))[3]["lessons"]) == 1


def test_only_approved_lessons_wait_to_be_taught() -> None:
    approved = replace(_lesson(), status="active", stance="endorsed")
    taught = replace(approved, status="learned", learned_in=1)

    assert view.page(replace(_repair(), lessons=(_lesson(),)))["teach"] is None
    assert view.page(replace(_repair(), lessons=(taught,)))["teach"] is None
    teach = view.page(replace(_repair(), lessons=(approved,)))["teach"]
    assert (teach["count"], teach["effects"]) == (1, ["use at most 5 words"])


def test_the_time_to_teach_is_that_of_earlier_lessons() -> None:
    def run(outcome: str, minutes: int) -> Run:
        return Run("r", "learn", 1, "", "{}", "", 0, NOW, NOW + timedelta(minutes=minutes), outcome)

    assert view.minutes(1, ()) == 3
    assert (
        view.minutes(2, (run("live", 99), run("live", 4), run("rejected", 5), run("live", 6))) == 10
    )
    assert view.minutes(1, (run("stopped", 50), run("prompt only", 0))) == 3


def test_an_open_question_is_a_card_and_its_answer_stays_in_it() -> None:
    asked = Question("c", "The drafts differ.", "tone", ("formal", "friendly"), "a formal tone")
    turns = (_turn("q", None, "request", "Write."), _turn("c", "q", "question", "Which tone?"))
    snap = replace(_snap(*turns), questions={"c": asked})
    answer = _turn("d", "c", "answer", "friendly")
    done = replace(asked, answered="option", answer="d")

    card = _rows(snap)[1]
    rows = _rows(replace(snap, turns=(*turns, answer), questions={"c": done}))

    assert (card["open"], card["options"]) == (True, ["formal", "friendly"])
    assert len(rows) == 2
    assert not rows[1]["open"]
    assert rows[1]["outcome"] == "You answered: friendly"


def test_a_skipped_question_states_the_assumption() -> None:
    asked = Question("c", "", "tone", ("a", "b"), "a formal tone", answered="skip")
    turns = (_turn("q", None, "request", "Write."), _turn("c", "q", "question", "Which tone?"))

    row = _rows(replace(_snap(*turns), questions={"c": asked}))[1]

    assert row["outcome"] == "Skipped, so heed assumed: a formal tone"


def test_only_the_notice_about_the_live_version_offers_undo() -> None:
    older = _turn("n", "b", "notice", "Version 1 is live (was the untaught model).")
    newer = _turn("m", "n", "notice", "Version 2 learned to be brief.")
    snap = replace(_snap(older, newer), live=2)

    assert [row["undo"] for row in _rows(snap)] == [False, True]
    assert [row["undo"] for row in _rows(replace(snap, live=None))] == [False, False]


def test_a_long_job_is_shown_with_its_time_left() -> None:
    busy = replace(_repair(), progress=Progress("Learning: step 4 of 24", 4, 24, 50.0))

    work = view.page(busy)["work"]

    assert work == {"label": "Learning: step 4 of 24", "done": 4, "total": 24, "left": 50.0}


def test_the_page_is_json() -> None:
    assert json.loads(json.dumps(view.page(_repair())))["target"] == "b"


def _rows(snap: Snapshot) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = view.page(snap)["rows"]
    return rows


def _turn(
    id: str, parent: str | None, kind: TurnKind, text: str, state: TurnState = "done", **made: str
) -> Turn:
    who: Source = "model" if kind in ("draft", "question", "notice") else "human"
    made_with = json.dumps(made)
    return Turn(id, "t", parent, kind, text, 1, who, "typed", NOW, state=state, made_with=made_with)


def _repair(reach: Reach = "always") -> Snapshot:
    critique = Critique("k", "a", "too long", Origin(), NOW)
    wish = Wish(
        "w", "k", 1, "style", "length", "less", Span("too long"), "use at most 5 words", reach=reach
    )
    snap = _snap(
        _turn("q", None, "request", "Why?"),
        _turn("a", "q", "draft", LONG),
        _turn("c", "a", "critique", "too long", critique="k"),
        _turn("b", "c", "draft", SHORT),
    )
    return replace(snap, critiques={"a": (critique,)}, wishes={"k": (wish,)})


def _lesson() -> Lesson:
    return Lesson("l", "w", "use at most 5 words", "", (), None, NOW)


def _snap(*turns: Turn) -> Snapshot:
    return Snapshot(
        epoch="e",
        version=1,
        task=Task("t", "Sky"),
        turns=turns,
        siblings={},
        questions={},
        critiques={},
        wishes={},
        lessons_of={},
        accepted=frozenset(),
        busy=False,
        writing=None,
        progress=None,
        paused=False,
        queue=(),
        tasks=(Task("t", "Sky"),),
        lessons=(),
        versions=(),
        live=None,
        model="scripted/none",
        notice="",
        notice_number=0,
        standing="",
    )
