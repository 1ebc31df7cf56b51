"""What a person changed while a lesson was taught: then what was learned must not answer.

Knows no weights and no gate; a round goes on between a person's acts, and theirs count.
"""

from __future__ import annotations

from data import ledger, versions
from data.store import Store
from data.types import AdapterVersion, Lesson


def changed(store: Store, lesson: Lesson, live: AdapterVersion | None) -> str:
    """Why it must not answer, as a sentence; "" if nothing changed.

    `lesson` and `live` are as they were when its teaching began. Raises Refusal if the lesson is
    gone.
    """
    now = ledger.get(store, lesson.id)
    if now.status != "active" or now.stance not in ("endorsed", "wished"):
        return "It was switched off while it was taught."
    if _content(now) != _content(lesson):
        return "It was said differently while it was taught."
    answers = versions.live(store)
    if (answers and answers.number) != (live and live.number):
        return "Another version was chosen while it was taught."
    return ""


def _content(lesson: Lesson) -> tuple[object, ...]:
    return (lesson.effect, lesson.scope, lesson.condition, lesson.check)
