"""Where each approved lesson acts from: the weights of the live version, or the prompt.

Knows no model and no folder. Status memory is the prompt for good: no round teaches it.
"""

from __future__ import annotations

from dataclasses import replace

from data import ledger, versions
from data.store import Store
from data.types import AdapterVersion, Lesson, LessonStatus, Refusal

PATIENCE = 2  # rejected versions after which a lesson is no longer taught


class Unteachable(Refusal):
    """No round can teach this lesson as it is: it has no check, no teacher, or nothing to learn."""


def approved(lesson: Lesson) -> LessonStatus:
    """What a yes makes of a lesson: rules wait to be taught, facts and one-off fixes do not."""
    return "active" if lesson.kind == "rule" else "memory"


def from_prompt(lessons: int) -> str:
    """What became of so many lessons that were in the weights, for the person."""
    act = "1 lesson acts" if lessons == 1 else f"{lessons} lessons act"
    return f"{act} from the prompt until taught again."


def to_memory(store: Store, lesson: str, why: str) -> None:
    """Keeps an active lesson in the prompt for good; one of another status is left as it is.

    The person's next yes, or other words, make it active again.
    """
    found = ledger.get(store, lesson)
    if found.status == "active":
        ledger.change(store, replace(found, status="memory", place="prompt"), why)


def rejected(store: Store, lesson: str, why: str) -> None:
    """Notes that a version with the lesson failed its tests; the second time it goes to memory."""
    with store.transaction():
        if rejections(store, lesson) + 1 >= PATIENCE:
            to_memory(store, lesson, why)
        ledger.note(store, lesson, "rejected", "prompt only", why)


def rejections(store: Store, lesson: str) -> int:
    """Its versions that failed since the person last said yes, or since its words changed."""
    count = 0
    for event in ledger.events(store, lesson):
        if event.after in ("active", "edited"):
            count = 0
        elif (event.before, event.after) == ("rejected", "prompt only"):
            count += 1
    return count


def follow_live(store: Store) -> None:
    """Makes status and place of every approved lesson say what the live version holds."""
    with store.transaction():
        live = versions.live(store)
        inside = live.lessons if live is not None else ()
        name = "the untaught model" if live is None else f"version {live.number}"
        for lesson in ledger.all(store, ledger.ACTING):
            held = live if lesson.id in inside else None
            ledger.change(store, _placed(lesson, held), f"{name} is live")


def _placed(lesson: Lesson, held: AdapterVersion | None) -> Lesson:
    if held is not None:
        return replace(lesson, status="learned", place="weights", learned_in=held.number)
    status: LessonStatus = "memory" if lesson.status == "memory" else "active"
    return replace(lesson, status=status, place="prompt", learned_in=None)
