"""What a person says about their own wishes becomes their stance on lessons, never a preference.

Knows no model. "I wish I were less harsh" makes a habit of "be blunt", and notes what is wished.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant import notice, trace
from assistant.teaching import Teaching
from data import critiques, ledger, tasks
from data.store import Store
from data.types import Lesson, Stance, Turn, Wish
from feedback import conflicts, propose, stances

_SIGNS: Mapping[Stance, int] = {
    "observed": 1,
    "endorsed": 1,
    "wished": 1,
    "habit": -1,
    "rejected": -1,
}


def stand(teaching: Teaching, store: Store, draft: Turn, wishes: Sequence[Wish]) -> None:
    """Gives the lessons that the wishes speak of their stance, and tells so in the chat.

    A lesson that the person says they wish for is noted if there is none like it. Only words that
    were typed, in a chat that may be learned from.
    """
    path = tasks.path_to(store, draft.id)
    if tasks.get(store, draft.task).mode != "normal" or not all(one.learn for one in path):
        return
    for wish in wishes:
        found = stances.said_by(wish)
        trust = critiques.get(store, wish.critique).origin.trust
        if found is None or trust not in ("typed", "confirmed"):
            continue
        meant, known = propose.wished(wish, store.now()), ledger.all(store)
        against = {one.lesson_id for one in conflicts.find(meant, known) if one.narrower != "this"}
        same = conflicts.alike(meant, known)
        told = [_stands(teaching, one, found[0], wish) for one in same]
        told += [_stands(teaching, one, found[1], wish) for one in known if one.id in against]
        if not same and found[0] == "wished":
            told.append(_noted(store, replace(meant, stance="wished")))
        if sentence := " ".join(one for one in told if one):
            notice.say(teaching.shelf, teaching.hub, draft.task, sentence)


def _noted(store: Store, lesson: Lesson) -> str:
    with store.transaction():
        added = ledger.add(store, lesson)
        ledger.add_evidence(store, added.id, "wish", lesson.wish)
    return f"{trace.quoted(lesson.effect)} is noted as your wish; it acts after your yes."


def _stands(teaching: Teaching, lesson: Lesson, stance: Stance, wish: Wish) -> str:
    """Sets the stance and keeps the words as evidence; what changed in a sentence, "" if nothing.

    "observed" is no stance that words give: nothing was said of this lesson.
    """
    if stance in ("observed", lesson.stance):
        return ""
    teaching.set_stance(lesson.id, stance)
    ledger.add_evidence(teaching.shelf.kept, lesson.id, "stance", wish.id, _SIGNS[stance])
    if _SIGNS[stance] > 0:
        return f"{trace.quoted(lesson.effect)} is what you want, as you say."
    kind = "a habit" if stance == "habit" else "not what you want"
    acts = "; it does not act any more" if lesson.status in ledger.ACTING else ""
    return f"{trace.quoted(lesson.effect)} is {kind}, as you say{acts}."
