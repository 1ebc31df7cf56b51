"""What the command line prints: each result as a record with stable keys and as text.

Knows no session and no store: it is given records and gives back lines.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, assert_never

from assistant import report as reports
from assistant.report import Report
from assistant.saved import Saved
from assistant.strength import Drift
from data.types import AdapterVersion, Critique, Lesson, Question, Receipt, Run, Task, Turn, Wish
from ui import ledger, versions


@dataclass(frozen=True, slots=True)
class Line:
    """One result. The record is printed with --json, the text without; "" prints nothing."""

    record: Mapping[str, object]
    text: str


def emit(line: Line, out: TextIO, *, as_json: bool) -> None:
    """Prints a line, whole, so that a reader of the pipe sees it at once."""
    text = json.dumps(line.record, ensure_ascii=False) if as_json else line.text
    if text:
        print(text, file=out, flush=True)


def draft(turn: Turn) -> Line:
    """A reply. The text is the reply alone, so that it can be piped."""
    record = {
        "kind": "draft",
        "id": turn.id,
        "chat": turn.task,
        "parent": turn.parent,
        "number": turn.number,
        "state": turn.state,
        "version": turn.adapter,
        "lessons": list(turn.lessons),
        "text": turn.text,
    }
    return Line(record, turn.text)


def question(turn: Turn, asked: Question) -> Line:
    """A question with its numbered options, and what happens if nobody answers."""
    record = {
        "kind": "question",
        "id": turn.id,
        "chat": turn.task,
        "text": turn.text,
        "reason": asked.reason,
        "options": list(asked.options),
        "assumption": asked.assumption,
        "answered": asked.answered,
    }
    options = "".join(f"\n  {n}. {option}" for n, option in enumerate(asked.options, start=1))
    return Line(record, f"{turn.text}{options}\n({asked.reason})")


def critique(made: Critique) -> Line:
    """The person's words as they were stored."""
    record = {
        "kind": "critique",
        "id": made.id,
        "turn": made.turn,
        "text": made.text,
        "quote": made.span.quote if made.span else None,
        "mark": made.mark,
        "thumb": made.thumb,
        "edit": made.edit,
    }
    return Line(record, "")


def wish(heard: Wish) -> Line:
    """What was understood, where it applies and from which words."""
    record = {
        "kind": "wish",
        "id": heard.id,
        "critique": heard.critique,
        "number": heard.number,
        "effect": heard.effect,
        "for": heard.kind,
        "reach": heard.reach,
        "condition": dict(heard.condition),
        "quote": heard.quote.quote,
        "check": heard.check.name if heard.check else None,
        "settled": heard.settled,
    }
    return Line(record, f"Heard: {heard.effect} - {_where(heard)} - from {heard.quote.quote!r}")


def lesson(taught: Lesson, words: str = "", seen: int = 0, why: str = "") -> Line:
    """One lesson of the ledger; `words` are the person's own, `seen` counts its evidence.

    `why` is the reason that a round of teaching left it in the prompt.
    """
    record = {
        "kind": "lesson",
        "id": taught.id,
        "effect": taught.effect,
        "scope": taught.scope,
        "condition": dict(taught.condition),
        "for": taught.kind,
        "status": taught.status,
        "stance": taught.stance,
        "place": taught.place,
        "learned_in": taught.learned_in,
        "check": taught.check.name if taught.check else None,
        "words": words,
        "evidence": seen,
        "why": why,
    }
    from_words = f", from {words!r}" if words else ""
    return Line(
        record,
        f"{taught.id}  {taught.effect}\n"
        f"    {ledger.standing(taught)}, {ledger.where(taught)}{from_words}"
        + (f"\n    {why}" if why else ""),
    )


def saved(spared: Saved) -> Line:
    """The tokens that prompts no longer hold, because weights hold their lessons."""
    record = {
        "kind": "saved",
        "last": spared.last,
        "total": spared.total,
        "turns": spared.turns,
    }
    replies = "1 reply" if spared.turns == 1 else f"{spared.turns:,} replies"
    return Line(
        record,
        f"Lessons in the weights saved {spared.total:,} prompt tokens in {replies},"
        f" {spared.last:,} in the last one.",
    )


def version(made: AdapterVersion, names: Mapping[str, str]) -> Line:
    """One adapter version with its gate report in plain words; `names` are effects by lesson."""
    record = {
        "kind": "version",
        "number": made.number,
        "state": made.state,
        "parent": made.parent,
        "base": made.base,
        "lessons": list(made.lessons),
        "folder": str(made.folder),
        "gate": versions.measured(made),
    }
    head = f"{'*' if made.state == 'live' else ' '} version {made.number}  {made.state}"
    body = "".join(f"\n    {_MARK[line.good]} {line.text}" for line in versions.report(made, names))
    return Line(record, head + body)


def base(live: bool) -> Line:
    """The model without any adapter, as an entry of the list of versions."""
    record = {"kind": "version", "number": 0, "state": "live" if live else "base"}
    return Line(record, f"{'*' if live else ' '} base  no adapter")


def live(number: int | None) -> Line:
    """Which version answers from now on."""
    text = "The base model answers now." if number is None else f"Version {number} answers now."
    return Line({"kind": "live", "version": number}, text)


def strength(task: Task | None, live: int | None, drifts: Sequence[Drift]) -> Line:
    """How strongly version `live` speaks in a chat, and the measured drift at each strength."""
    scale = None if task is None else task.scale
    record = {
        "kind": "strength",
        "chat": None if task is None else task.id,
        "strength": scale,
        "version": live,
        "drifts": [{"strength": one.scale, "drift": one.nats, "n": one.n} for one in drifts],
    }
    said = [] if task is None else [f"Strength {task.scale:g} in {task.id}  {task.title}"]
    said += [
        f"{'*' if one.scale == scale else ' '} {one.scale:<5g} "
        f"drift {one.nats:.3f} nats per token on {one.n} plain passages"
        for one in drifts
    ]
    if live is None:
        said.append("The untaught model answers, so the strength changes nothing yet.")
    elif not drifts:
        said.append(f"Version {live} is not measured yet: heed strength --measure")
    return Line(record, "\n".join(said))


def chat(task: Task) -> Line:
    """One entry of the list of chats."""
    record = {"kind": "chat", "id": task.id, "title": task.title, "mode": task.mode}
    mode = "" if task.mode == "normal" else f"  ({task.mode.replace('_', ' ')})"
    return Line(record, f"{task.id}  {task.title}{mode}")


def turn(said: Turn) -> Line:
    """One turn of a chat."""
    record = {
        "kind": said.kind,
        "id": said.id,
        "chat": said.task,
        "parent": said.parent,
        "number": said.number,
        "state": said.state,
        "version": said.adapter,
        "text": said.text,
    }
    who = {"request": "you", "answer": "you", "critique": "you: critique", "draft": "heed"}
    mark = "" if said.state == "done" else f" ({said.state})"
    return Line(record, f"[{who.get(said.kind, said.kind)}{mark}] {said.text}\n")


def accepted(draft_id: str) -> Line:
    """A reply was taken as right."""
    return Line({"kind": "accepted", "turn": draft_id}, "Accepted.")


def run(done: Run, effect: str, why: str) -> Line:
    """How teaching one lesson ended; `why` it is not in the weights, where it is not."""
    seconds = (done.ended - done.started).total_seconds() if done.ended else None
    record = {
        "kind": "run",
        "id": done.id,
        "effect": effect,
        "outcome": done.outcome,
        "version": done.adapter,
        "seconds": seconds,
        "why": "" if done.outcome == "live" else why,
    }
    took = "" if seconds is None else f" in {seconds:.0f} s"
    if done.outcome == "live":
        return Line(record, f"Learned{took}: {effect}")
    return Line(record, f"Not learned{took}: {effect}" + (f"\n    {why}" if why else ""))


def report(made: Report, lessons: Sequence[Lesson]) -> Line:
    """A report on the audit panel, its conditions last; `lessons` are all of the ledger."""
    record = {"kind": "report", **json.loads(made.to_json())}
    return Line(record, "\n".join(reports.lines(made, lessons)))


def receipt(kept: Receipt, removed: Mapping[str, object]) -> Line:
    """What a forgetting removed, in counts; what it says in words is a notice of its own."""
    counts = ", ".join(
        f"{name} {value}"
        for name, value in removed.items()
        if value and not isinstance(value, str | dict)
    )
    record = {"kind": "receipt", "id": kept.id, "removed": dict(removed)}
    return Line(record, f"Forgotten: {counts or 'the lesson'}.")


def path(name: str, place: Path) -> Line:
    """A place on disk."""
    return Line({"kind": "path", "name": name, "path": str(place)}, str(place))


def finding(sentence: str) -> Line:
    """Something that a look at the memory or the computer found."""
    return Line({"kind": "finding", "text": sentence}, sentence)


def computer(name: str, cores: int, total: float, free: float) -> Line:
    """The device and its memory in GiB."""
    record = {
        "kind": "computer",
        "device": name,
        "cores": cores,
        "total_gib": round(total, 1),
        "free_gib": round(free, 1),
    }
    return Line(record, f"{name}, {cores} cores, {free:.1f} of {total:.1f} GiB free")


def size(billions: float, gib: float, fits: bool) -> Line:
    """Whether a model of this size fits, in NF4 and with room to learn; an estimate."""
    record = {"kind": "size", "billions": billions, "gib": round(gib, 1), "fits": fits}
    verdict = "fits" if fits else "does not fit"
    return Line(record, f"  {billions:g} B parameters  about {gib:.1f} GiB  {verdict}")


def _where(heard: Wish) -> str:
    if heard.condition:
        return ledger.place(heard.condition)
    match heard.reach:
        case "reply":
            return "this reply only"
        case "task":
            return "this chat"
        case "topic":
            return "this topic"
        case "always":
            return "from now on"
        case _:
            assert_never(heard.reach)


_MARK = {True: "+", False: "-", None: " "}
