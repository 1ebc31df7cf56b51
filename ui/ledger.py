"""The ledger as rows of a page: each lesson with the words it came from and how far it has come.

Knows no gradio and no verb; plain JSON goes out, with all words already chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, assert_never

from assistant.hub import Snapshot
from assistant.rounds import LEARNING
from assistant.saved import Saved
from data import critiques, ledger
from data.checks import registry
from data.store import Store
from data.types import Condition, Event, Lesson, LessonStatus, Refusal, Stance
from ui import curve, versions

Row = dict[str, Any]
Group = Literal["noted", "acting", "off"]


@dataclass(frozen=True, slots=True)
class Told:
    """Where a lesson comes from: the critique, the part of it that was read, how often it came."""

    words: str = ""  # "" once the chat that it was said in is deleted
    quote: str = ""
    times: int = 1
    again: int = 0  # how often of these after the first yes
    why: str = ""  # why the last round left it in the prompt


def page(snap: Snapshot, told: Mapping[str, Told], history: Mapping[int, str]) -> Row:
    """The lessons, the Teach card and the versions; `history` dates these (see `versions.rows`)."""
    return {
        "epoch": snap.epoch,
        "version": snap.version,
        "lessons": rows(snap.lessons, told),
        "remembered": sum(1 for lesson in snap.lessons if lesson.status == "memory"),
        "waiting": [lesson.effect for lesson in waiting(snap.lessons)],
        "timeline": versions.rows(snap.versions, snap.lessons, history),
        "live": snap.live,
        "work": doing(snap, TEACHING),
        "curve": curve.row(snap.progress),
        "teaching": TEACHING in snap.queue,
        "paused": snap.paused,
        "news": {"number": snap.notice_number, "text": snap.notice},
        "standing": snap.standing,
    }


def doing(snap: Snapshot, job: str) -> Row | None:
    """How far a job is, `done` in percent and `left` in seconds; None if it neither runs nor waits.

    What is told of the work is the first job's: one that waits for it has no figures.
    """
    if job not in snap.queue:
        return None
    first, work = snap.queue[0], snap.progress
    if first != job:
        return {"label": f"Waits for: {first}", "done": None, "left": None, "waits": True}
    return {
        "label": job if work is None else work.label,
        "done": round(100 * work.done / work.total) if work is not None and work.total else None,
        "left": None if work is None else work.seconds_left,
        "waits": False,
    }


def rows(lessons: Sequence[Lesson], told: Mapping[str, Told]) -> list[Row]:
    """One row a lesson, newest first within its group: to decide on, acting, switched off."""
    made = [row(lesson, told.get(lesson.id, Told())) for lesson in reversed(lessons)]
    order: tuple[Group, ...] = ("noted", "acting", "off")
    return sorted(made, key=lambda one: order.index(one["group"]))


def row(lesson: Lesson, told: Told) -> Row:
    """One lesson: the effect, the person's words, the scope, the evidence and what can be done."""
    return {
        "id": lesson.id,
        "group": "off" if unwanted(lesson) else group(lesson.status),
        "effect": sentence(lesson.effect),
        "words": told.words,
        "quote": told.quote if told.quote in told.words else "",
        "scope": where(lesson),
        "edit": {"effect": lesson.effect, "scope": lesson.scope},
        "evidence": _often(told),
        "check": _check(lesson),
        "why": told.why,
        "steps": steps(lesson),
        "standing": standing(lesson),
        "forget": forgetting(lesson),
        "can": _can(lesson),
    }


def steps(lesson: Lesson) -> list[Row]:
    """The way of a lesson, each step done or not: noted, in the prompt, learned or in memory.

    What is no rule goes from the yes to memory: it is never taught.
    """
    reached = {"noted": 0, "active": 1, "memory": 2, "learned": 2, "retired": -1}[lesson.status]
    learned = f"learned in version {lesson.learned_in}" if lesson.learned_in else "learned"
    last = "kept in memory" if lesson.status == "memory" or lesson.kind != "rule" else learned
    names: tuple[str, ...] = ("noted", "active in the prompt", last)
    if lesson.kind != "rule":
        names, reached = ("noted", last), min(reached, 1)
    return [
        {"name": name, "state": "done" if n < reached else "now" if n == reached else "todo"}
        for n, name in enumerate(names)
    ]


def standing(lesson: Lesson) -> str:
    """The status in words, or why the person does not want it."""
    if unwanted(lesson):
        return UNWANTED[lesson.stance]
    match lesson.status:
        case "noted":
            return "noted, waits for your yes"
        case "active":
            return "active in the prompt"
        case "learned":
            return f"learned in version {lesson.learned_in}"
        case "memory" if lesson.kind != "rule":
            return "remembered: used where it matters, never taught"
        case "memory":
            return "kept in memory: it stays in the prompt"
        case "retired":
            return "switched off"
        case _:
            assert_never(lesson.status)


def unwanted(lesson: Lesson) -> bool:
    """Whether the person said that it is a habit, or wrong: then it does not act."""
    return lesson.stance in UNWANTED


def forgetting(lesson: Lesson) -> str:
    """The question before a lesson is forgotten: what goes, what answers then, what stays."""
    then = (
        "What answers from then on never saw it; lessons that were taught later are taught anew. "
    )
    return (
        "Forget it for good? Its words, its examples and every version that learned it are "
        f"removed, and a receipt says so. {then if lesson.status == 'learned' else ''}"
        "Replies stay in their chats, and copies outside heed's folder as they are. "
        "This cannot be undone."
    )


def group(status: LessonStatus) -> Group:
    """Which part of the page a lesson stands in."""
    match status:
        case "noted":
            return "noted"
        case "active" | "learned" | "memory":
            return "acting"
        case "retired":
            return "off"
        case _:
            assert_never(status)


def where(lesson: Lesson) -> str:
    """Where a lesson applies, in words."""
    if lesson.condition:
        return place(lesson.condition)
    return f"for {lesson.scope}" if lesson.scope else "everywhere"


def place(condition: Condition) -> str:
    """A condition in words: "in email to my boss"."""
    return " ".join(
        _PLACES[name].format(value) if name in _PLACES else f"when {name} is {value}"
        for name, value in condition
    )


def waiting(lessons: Sequence[Lesson]) -> tuple[Lesson, ...]:
    """Lessons that the person approved and that no version holds yet: the next round's."""
    return tuple(
        one
        for one in lessons
        if one.status == "active" and one.stance in ledger.MEANT and not one.learned_in
    )


def told(store: Store, lessons: Sequence[Lesson]) -> dict[str, Told]:
    """Reads where each lesson comes from, and what the last round said of it."""
    found = {}
    for lesson in lessons:
        wishes = [ref for kind, ref, _ in ledger.evidence(store, lesson.id) if kind == "wish"]
        times, events = len(wishes), ledger.events(store, lesson.id)
        yes = next((one.id for one in events if one.after in ledger.ACTING), None)
        again = 0 if yes is None else sum(1 for ref in wishes if ref > yes)  # ids sort by time
        stays = _why(lesson, events)
        try:
            wish = critiques.wish(store, lesson.wish)
            words = critiques.get(store, wish.critique).text
        except Refusal:  # its chat was deleted; the lesson stays
            found[lesson.id] = Told(times=times, again=again, why=stays)
        else:
            found[lesson.id] = Told(words, wish.quote.quote, times, again, stays)
    return found


def saved(found: Saved) -> str:
    """What lessons in the weights spare the prompts, in one sentence; "" if nothing yet."""
    if not found.total:
        return ""
    last = f"{found.last:,} tokens" if found.last else "no tokens"
    last = "1 token" if found.last == 1 else last
    return f"Lessons in the weights saved {last} in the last reply, {found.total:,} in all."


def sentence(effect: str) -> str:
    """An imperative as a sentence: a capital first, a full stop last."""
    text = effect.strip()
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def _often(told: Told) -> str:
    """How often the wish was said, and how often the lesson should have spared it."""
    if told.times <= 1:
        return "said once"
    after = f", {told.again} of them after your yes" if told.again else ""
    return f"said {told.times} times{after}"


def _check(lesson: Lesson) -> str:
    if lesson.check is None:
        return ""
    seen = registry.describe(lesson.check)
    return "checked by code" if seen == lesson.effect else f"checked by code: {seen}"


def _why(lesson: Lesson, events: Sequence[Event]) -> str:
    """What the last round said, unless something has changed since; memory keeps its reason."""
    if lesson.kind != "rule":
        return ""
    said = [event for event in events if event.after in ("prompt only", "memory")]
    current = said and (said[-1] is events[-1] or lesson.status == "memory")
    return said[-1].why if current else ""


def _can(lesson: Lesson) -> list[str]:
    if unwanted(lesson):
        return ["approve", "amend", "forget"]
    match lesson.status:
        case "noted":
            return ["approve", "amend", "disable", "forget"]
        case "memory" if lesson.kind == "rule":
            return ["retry", "amend", "disable", "forget"]  # a retry is another yes
        case "active" | "learned" | "memory":
            return ["amend", "disable", "forget"]
        case "retired":
            return ["approve", "amend", "forget"]
        case _:
            assert_never(lesson.status)


_PLACES = {
    "channel": "in {}",
    "recipient": "to {}",
    "topic": "about {}",
    "task_type": "for: {}",
    "audience": "for {}",
    "language": "in the language {}",
}
UNWANTED: Mapping[Stance, str] = {
    "habit": "a habit, as you said, and not what you want: it does not act",
    "rejected": "not what you want, as you said: it does not act",
}
TEACHING = LEARNING  # the label of the learning job, for every page
