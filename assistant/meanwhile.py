"""What a person changed while a lesson was taught: then what was learned must not answer.

Knows no weights and no gate; a round goes on between a person's acts, and theirs count.
"""

from __future__ import annotations

from data import caches, ledger, preferences, versions
from data.store import Store
from data.types import AdapterVersion, Lesson

TAKEN_BACK = "What it was taught on was deleted or kept out of learning meanwhile."


def changed(store: Store, lesson: Lesson, live: AdapterVersion | None) -> str:
    """Why it must not answer, as a sentence; "" if nothing changed.

    `lesson` and `live` are as they were when its teaching began. Raises Refusal if the lesson is
    gone.
    """
    now = ledger.get(store, lesson.id)
    if now.status != "active" or now.stance not in ledger.MEANT:
        return "It was switched off while it was taught."
    if _content(now) != _content(lesson):
        return "It was said differently while it was taught."
    answers = versions.live(store)
    if (answers and answers.number) != (live and live.number):
        return "Another version was chosen while it was taught."
    return ""


def taken_back(store: Store, made: AdapterVersion) -> str:
    """Why a version must not answer that was taught on rows which may not be learned from now.

    The numbers that were cached of its rows go then; "" if all of them still may.
    """
    if {row.id for row in preferences.training(store)}.issuperset(made.preferences):
        return ""
    for lesson in made.lessons:
        caches.drop_targets(store, lesson)
    return TAKEN_BACK


def _content(lesson: Lesson) -> tuple[object, ...]:
    return (lesson.effect, lesson.scope, lesson.condition, lesson.check)
