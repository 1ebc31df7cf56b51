"""Records made up for the tests of the data floor, and a chat to hang them on.

Knows no model and no page; nothing here is random.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from data import critiques, ledger, preferences, tasks
from data.asking import Decided
from data.split import split_of
from data.store import Store
from data.types import (
    Check,
    Critique,
    Lesson,
    LessonStatus,
    Message,
    Mode,
    Origin,
    Preference,
    PromptOrigin,
    Source,
    Span,
    Split,
    Stance,
    Task,
    Turn,
    TurnKind,
    TurnState,
    Wish,
)

AT = datetime(2026, 5, 4, 12, 30, 15, 250_000, tzinfo=UTC)


def a_turn(
    task: str,
    parent: str | None = None,
    kind: TurnKind = "request",
    text: str = "Tell me about tea.",
    state: TurnState = "done",
) -> Turn:
    """A turn as a caller hands it over: without id and number."""
    source: Source = "model" if kind == "draft" else "human"
    return Turn("", task, parent, kind, text, 0, source, "typed", AT, state=state)


def a_decision(store: Store, turn: str) -> Decided:
    """What the asker decided about a turn."""
    return Decided(
        id=store.new_id(),
        turn=turn,
        at=AT,
        scope="letter",
        facet="tone",
        options=("Formal", "Friendly"),
        chances=(0.1, 0.9),
        features=(0.1, 2.0 / 3.0),
        vector=(0.5, -0.25),
        vector_key="k",
        ask=14.1,
        assume=11.8,
        act=0.0,
        later=float("-inf"),
        action="ask",
        propensity=0.97,
        policy="1",
        why="its answer changes the whole letter",
        delta=0.24,
    )


def a_critique(turn: str, text: str = "too long, and drop the jokes") -> Critique:
    """A critique of a turn in a person's words."""
    return Critique("", turn, text, Origin(), AT)


def a_wish(quote: str = "too long", effect: str = "use at most 25 words") -> Wish:
    """A wish read from `a_critique`."""
    return Wish(
        id="",
        critique="",
        number=0,
        kind="style",
        aspect="length",
        op="less",
        quote=Span(quote, occurrence=1, start=0, end=len(quote)),
        effect=effect,
        reach="always",
        check=Check("max_words", (("n", 25),)),
    )


def a_lesson(
    wish: str = "", status: LessonStatus = "active", stance: Stance = "endorsed"
) -> Lesson:
    """A lesson that a wish led to; by default it acts."""
    return Lesson("", wish, "use at most 25 words", "", (), None, AT, status, stance)


def a_preference(
    request: str,
    *,
    lesson: str | None = None,
    critique: str | None = None,
    choice: str | None = None,
) -> Preference:
    """A pair about a request, made when the person accepted the shorter draft."""
    return Preference(
        id="",
        lesson=lesson,
        critique=critique,
        choice=choice,
        prompt=(Message("user", request),),
        chosen="A drink.",
        rejected="Tea, oh tea, where shall I begin?",
        role="in",
        made_by="accepted",
        weight=1.0,
        split="train",
        source="human",
        trust="confirmed",
    )


def request_in(split: Split, origin: PromptOrigin = "chat", beside: str = "") -> str:
    """The first made-up request whose hash puts it into this split; `beside` varies its words."""
    number = 0
    while split_of(text := f"What is the tea of year {number}{beside}?", origin) != split:
        number += 1
    return text


@dataclass(frozen=True, slots=True)
class Taught:
    """A chat in which one critique was accepted: everything a row of the training view needs."""

    task: Task
    request: Turn
    draft: Turn
    critique: Critique
    wish: Wish
    lesson: Lesson
    preference: Preference


def taught(store: Store, *, mode: Mode = "normal", split: Split = "train") -> Taught:
    """A request, a draft, a critique of it, its active lesson and the pair that came of it."""
    task = tasks.create(store, "Tea", mode)
    words = request_in(split, beside=f" in {task.id}")
    request = tasks.add_turn(store, a_turn(task.id, text=words))
    draft = tasks.add_turn(store, a_turn(task.id, request.id, "draft", "Tea, oh tea."))
    critique, (wish,) = critiques.add(store, a_critique(draft.id), [a_wish()])
    lesson = ledger.add(store, a_lesson(wish.id))
    pair = replace(a_preference(words, lesson=lesson.id), critique=critique.id)
    return Taught(task, request, draft, critique, wish, lesson, preferences.add(store, pair))
