"""A snapshot of a chat as the rows that the page draws: plain JSON, with all words already chosen.

Knows no gradio and no verb; it decides what is shown, never what happens.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from assistant import inquiry
from assistant.hub import Snapshot
from data.types import Critique, Lesson, Run, Turn, Wish
from ui import changes, ledger, markdown

Row = dict[str, Any]
MINUTES = 3  # to teach one lesson, an estimate for two processor cores until one was taught


def page(snap: Snapshot) -> Row:
    """Everything the page shows of this snapshot, ready for JSON. Ids are the store's own."""
    drafts = [turn for turn in snap.turns if turn.kind == "draft"]
    last = drafts[-1] if drafts else None
    return {
        "epoch": snap.epoch,
        "version": snap.version,
        "chat": snap.task.id if snap.task else None,
        "title": snap.task.title if snap.task else "",
        "mode": snap.task.mode if snap.task else "normal",
        "strength": _strength(snap),
        "busy": snap.busy,
        "writing": snap.writing,
        "target": last.id if last else None,
        "rows": _rows(snap, last),
        "chats": [{"id": task.id, "title": task.title, "mode": task.mode} for task in snap.tasks],
        "model": snap.model,
        "live": snap.live,
        "teach": _teach(snap),
        "work": _work(snap),
        "queue": list(snap.queue),
        "learning": ledger.TEACHING in snap.queue,
        "news": {"number": snap.notice_number, "text": snap.notice},
        "standing": snap.standing,
    }


def _strength(snap: Snapshot) -> str:
    """How strongly the version speaks in this chat, where that is not the strength it passed at."""
    if snap.live is None or snap.task is None or snap.task.scale == 1.0:
        return ""
    return f"Strength {snap.task.scale:g}"


def _teach(snap: Snapshot) -> Row | None:
    waiting = ledger.waiting(snap.lessons)
    if not waiting:
        return None
    return {
        "ids": [lesson.id for lesson in waiting],
        "count": len(waiting),
        "effects": [lesson.effect for lesson in waiting],
        "minutes": minutes(len(waiting), ()),
    }


def minutes(lessons: int, taught: Sequence[Run]) -> int:
    """How long teaching takes on this computer, at least 1: as long as the last three lessons."""
    spent = [
        (run.ended - run.started).total_seconds()
        for run in taught
        if run.ended is not None and run.outcome in ("live", "rejected")
    ][-3:]
    each = sum(spent) / len(spent) / 60 if spent else MINUTES
    return max(1, round(lessons * each))


def _work(snap: Snapshot) -> Row | None:
    now = snap.progress
    if now is None:
        return None
    return {"label": now.label, "done": now.done, "total": now.total, "left": now.seconds_left}


def _rows(snap: Snapshot, last: Turn | None) -> list[Row]:
    rows: list[Row] = []
    said = _critiques_of_turns(snap)
    for turn in snap.turns:
        match turn.kind:
            case "request":
                rows.append(_base(snap, turn) | _request(turn))
            case "question":
                rows.append(_base(snap, turn) | _question(snap, turn))
            case "answer":
                pass  # shown inside the card of its question
            case "draft":
                rows.append(_draft(snap, turn, last, said))
            case "critique":
                rows.append(_base(snap, turn) | _said(snap, said.get(turn.id), turn.text))
            case "notice":
                rows.append(_base(snap, turn) | {"text": turn.text, "undo": _undoable(snap, turn)})
            case _:
                assert_never(turn.kind)
    return rows


def _request(turn: Turn) -> Row:
    # A branch hangs on the parent of the edited request; the first request of a chat has none.
    return {"text": turn.text, "learn": turn.learn}


def _base(snap: Snapshot, turn: Turn) -> Row:
    family = snap.siblings.get(turn.id, (turn.id,))
    place = family.index(turn.id)
    return {
        "id": turn.id,
        "kind": turn.kind,
        "state": turn.state,
        "pager": None
        if len(family) < 2
        else {
            "at": place + 1,
            "of": len(family),
            "before": family[place - 1] if place else None,
            "after": family[place + 1] if place + 1 < len(family) else None,
        },
    }


def _question(snap: Snapshot, turn: Turn) -> Row:
    asked = snap.questions.get(turn.id)
    if asked is None:
        return {"text": turn.text, "open": False, "options": [], "reason": "", "outcome": ""}
    answer = next((one.text for one in snap.turns if one.id == asked.answer), "")
    match asked.answered:
        case "open":
            outcome = ""
        case "option" | "words":
            outcome = f"You answered: {answer}"
        case "skip" | "ignored":
            outcome = f"Skipped, so heed assumed: {asked.assumption}"
        case "mute":
            outcome = f"heed will not ask about this again, and assumed: {asked.assumption}"
        case "withdrawn":
            outcome = "No longer needed."
        case _:
            assert_never(asked.answered)
    return {
        "text": turn.text,
        "open": asked.answered == "open",
        "options": list(asked.options),
        "reason": asked.reason,
        "assumption": asked.assumption,
        "picked": answer,
        "outcome": outcome,
    }


def _draft(
    snap: Snapshot, turn: Turn, last: Turn | None, said: dict[str, tuple[Critique, ...]]
) -> Row:
    before = _before(snap, turn)
    is_last = last is not None and turn.id == last.id
    done = turn.state != "writing"
    spoken = {critique.id for group in said.values() for critique in group}
    made = json.loads(turn.made_with)
    effects = {wish.id: wish.effect for group in snap.wishes.values() for wish in group}
    effects |= {lesson.id: lesson.effect for lesson in snap.lessons}
    unspoken = [one for one in snap.critiques.get(turn.id, ()) if one.id not in spoken]
    return _base(snap, turn) | {
        "text": turn.text,
        "html": markdown.to_html(turn.text) if done else None,
        "made": "You edited this" if turn.source == "human" else _by(turn),
        "in_prompt": _in_prompt(snap, turn),
        "assumed": made.get("assumption", ""),
        "missed": [effects[id] for id in made.get("missed", ()) if id in effects],
        "last": is_last,
        "accepted": turn.id in snap.accepted,
        "revises": before.id if before else None,
        "changes": _changes(before, turn) if before and done else None,
        "said": [_said(snap, (one,), one.text) | {"id": one.id} for one in unspoken],
        "lessons": _lessons(snap, turn) if turn.id in snap.accepted else [],
    }


def _by(turn: Turn) -> str:
    return "untaught model" if turn.adapter is None else f"version {turn.adapter}"


def _in_prompt(snap: Snapshot, turn: Turn) -> list[str]:
    """The lessons that stood in this reply's prompt, in words."""
    return [lesson.effect for lesson in snap.lessons if lesson.id in turn.lessons]


def _before(snap: Snapshot, turn: Turn) -> Turn | None:
    """The draft whose critique led to this one."""
    turns = {one.id: one for one in snap.turns}
    parent = turns.get(turn.parent or "")
    if parent is None or parent.kind != "critique":
        return None
    return turns.get(parent.parent or "")


def _changes(before: Turn, after: Turn) -> Row | None:
    pieces = changes.between(before.text, after.text)
    out, came = changes.count(pieces, "out"), changes.count(pieces, "in")
    if not out and not came:
        return None
    return {
        "out": out,
        "in": came,
        "pieces": [[piece.kind, piece.text] for piece in pieces],
    }


def _critiques_of_turns(snap: Snapshot) -> dict[str, tuple[Critique, ...]]:
    """Critique turn -> the critique whose words it shows."""
    known = {one.id: one for group in snap.critiques.values() for one in group}
    named = {
        turn.id: json.loads(turn.made_with).get("critique")
        for turn in snap.turns
        if turn.kind == "critique"
    }
    return {turn: (known[name],) for turn, name in named.items() if name in known}


def _said(snap: Snapshot, group: tuple[Critique, ...] | None, text: str) -> Row:
    first = group[0] if group else None
    wishes = [wish for one in group or () for wish in snap.wishes.get(one.id, ())]
    asked = inquiry.of(wishes)
    return {
        "text": text,
        "quote": first.span.quote if first and first.span else "",
        "mark": first.mark if first else None,
        "edited": bool(first and first.edit is not None),
        "chips": [_chip(wish, asked) for wish in wishes],
        "forgotten": first is None,
        "fresh": bool(first) and _unanswered(snap, first),
    }


def _unanswered(snap: Snapshot, critique: Critique | None) -> bool:
    """The newest critique of the branch, until the reply it led to is accepted."""
    drafts = [turn for turn in snap.turns if turn.kind == "draft"]
    spoken = [turn for turn in snap.turns if turn.kind == "critique"]
    newest = spoken[-1].parent if spoken else drafts[-1].id if drafts else None
    open_still = not drafts or drafts[-1].id not in snap.accepted
    return critique is not None and critique.turn == newest and open_still


_ASKS: Mapping[inquiry.Field, str] = {
    "kind": "Is that what you meant?",
    "scope": "Should it hold beyond this reply?",
    "claim": "Is it so?",
}


def _chip(wish: Wish, asked: inquiry.Inquiry | None) -> Row:
    return {
        "id": wish.id,
        "effect": wish.effect or wish.quote.quote,
        "kind": wish.kind,
        "where": where(wish),
        "reach": wish.reach,
        "quote": wish.quote.quote,
        "target": wish.target.quote if wish.target else "",
        "settled": wish.settled,
        "unsure": wish.route == "ask" and wish.settled == "no",
        "asks": _ASKS[asked.field] if asked is not None and asked.wish == wish.id else "",
        "held": wish.route == "hold" and wish.settled == "no",
        "settles": wish.kind in inquiry.MATTERS,  # others have no place where they hold
        "because": _because(wish) if wish.settled == "no" else "",
        "when": ledger.place(wish.condition).removeprefix("in ").removeprefix("for: "),
    }


def _because(wish: Wish) -> str:
    """Which earlier corrections moved the reading from acted on to asked, or back; "" if none."""
    slots = json.loads(wish.slots)
    if not slots.get("moved"):
        return ""
    record = slots["record"]
    right, wrong = record["right"], record["wrong"]
    of = "wishes of this kind" if record["of"] == "kind" else "wishes with this scope"
    if wish.route == "ask":
        return f"You corrected {wrong} of {right + wrong} {of}, so heed is not sure of this one."
    return f"You kept {right} of {right + wrong} {of}, so heed takes this one as read."


def where(wish: Wish) -> str:
    """Where a wish holds, in words."""
    match wish.reach:
        case "reply":
            return "this reply only"
        case "task":
            return "this chat"
        case "topic":
            return _condition(wish) or "requests like this"
        case "always":
            return _condition(wish) or "from now on"
        case _:
            assert_never(wish.reach)


def _condition(wish: Wish) -> str:
    return ", ".join(value for _, value in wish.condition)


def _lessons(snap: Snapshot, accepted: Turn) -> list[Row]:
    """What came of the critiques that led to an accepted reply, and what may be done with it."""
    led: list[str] = []
    turn: Turn | None = accepted
    while turn is not None:
        for critique in snap.critiques.get(turn.id, ()):
            led += [wish.id for wish in snap.wishes.get(critique.id, ())]
        turn = _before(snap, turn)
    grown = {lesson for wish in led for lesson in snap.lessons_of.get(wish, ())}
    return [
        _lesson(lesson)
        for lesson in snap.lessons
        if lesson.stance != "rejected" and (lesson.wish in led or lesson.id in grown)
    ]


def _lesson(lesson: Lesson) -> Row:
    match lesson.status:
        case _ if ledger.unwanted(lesson):
            standing = ledger.sentence(ledger.UNWANTED[lesson.stance])
        case "noted":
            standing = "Not used until you say yes."
        case "active":
            standing = "On from the next request. Not taught yet: it rides along in the prompt."
        case "learned":
            standing = f"Learned in version {lesson.learned_in}."
        case "memory" if lesson.kind != "rule":
            standing = "Remembered: used where it matters, from the prompt, and never taught."
        case "memory":
            standing = "On from the next request. It is kept in the prompt and not taught."
        case "retired":
            standing = "Switched off. Nothing is used or taught from it."
        case _:
            assert_never(lesson.status)
    return {
        "id": lesson.id,
        "effect": lesson.effect,
        "scope": lesson.scope,
        "where": ledger.where(lesson),
        "status": "retired" if ledger.unwanted(lesson) else lesson.status,
        "standing": standing,
    }


def _undoable(snap: Snapshot, turn: Turn) -> bool:
    """Only the newest word about versions, and only if it speaks of the one that answers now."""
    notices = [one for one in snap.turns if one.kind == "notice"]
    return notices[-1].id == turn.id and turn.text.lower().startswith(f"version {snap.live} ")
