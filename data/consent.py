"""Which requests and lessons may be learned from, and the yes that a person gave anew.

Knows no preference and no weights. A turn that is not to be learned from closes what hangs on it; a
lesson is closed once nothing open is left that speaks for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from data import ledger
from data.split import prompt_id
from data.store import Store

OPEN_TURNS = """
    SELECT turn.id FROM turn JOIN task ON task.id = turn.task
    WHERE task.mode = 'normal' AND turn.learn
"""
OPEN_CRITIQUES = f"SELECT id FROM critique WHERE turn IN ({OPEN_TURNS})"
_OPEN_WISHES = f"SELECT id FROM wish WHERE critique IN ({OPEN_CRITIQUES})"
_CLOSED_WISHES = f"SELECT id FROM wish WHERE critique NOT IN ({OPEN_CRITIQUES})"
# A lesson's own wish is evidence, also where no row says so.
_SAID = """
    SELECT id AS lesson, wish AS ref FROM lesson WHERE wish <> ''
    UNION SELECT lesson, ref FROM lesson_evidence WHERE kind = 'wish'
"""
# Evidence of kind "closed" is a wish that was closed when its chat was deleted; one of kind "wish"
# without a wish was open then. Evidence of kind "yes" is a yes to a closed lesson.
CLOSED_LESSONS = f"""
    SELECT id FROM lesson WHERE id IN (
        SELECT lesson FROM ({_SAID}) WHERE ref IN ({_CLOSED_WISHES})
        UNION SELECT lesson FROM lesson_evidence WHERE kind = 'closed'
    ) AND id NOT IN (
        SELECT lesson FROM ({_SAID}) WHERE ref NOT IN ({_CLOSED_WISHES})
        UNION SELECT lesson FROM lesson_evidence WHERE kind = 'yes'
    )
"""


def closed(store: Store) -> frozenset[str]:
    """The ids of the lessons for which nothing speaks that may be learned from."""
    return frozenset(id for (id,) in store.rows(CLOSED_LESSONS))


def open_requests(store: Store) -> frozenset[str]:
    """The prompt ids of the person's own requests that may be learned from."""
    return _requests(store, f"id IN ({OPEN_TURNS}) AND trust IN ('typed', 'confirmed')")


def closed_requests(store: Store) -> frozenset[str]:
    """The prompt ids of requests that stand where nothing may be learned from.

    One that stands elsewhere too is among the open ones as well.
    """
    return _requests(store, f"id NOT IN ({OPEN_TURNS})")


def renew(store: Store, lesson: str) -> None:
    """The person said yes to a lesson again, knowing that its words are kept out of learning."""
    ledger.add_evidence(store, lesson, "yes", store.new_id())


def closed_wishes(store: Store) -> frozenset[str]:
    """The ids of the wishes that may not be learned from."""
    return frozenset(id for (id,) in store.rows(_CLOSED_WISHES))


def withdraw(store: Store, wishes: Sequence[str]) -> frozenset[str]:
    """Takes back the yes to every lesson that rests on one of these wishes; gives their ids.

    The yes was given before these words were kept out of learning.
    """
    found = store.rows(
        f"SELECT DISTINCT lesson FROM ({_SAID}) WHERE list_contains(?, ref)", [list(wishes)]
    )
    lessons = [id for (id,) in found]
    store.execute(
        "DELETE FROM lesson_evidence WHERE kind = 'yes' AND list_contains(?, lesson)", [lessons]
    )
    return frozenset(lessons)


def keep_closed(store: Store, wishes: str, task: str) -> None:
    """Writes down which of some wishes are closed, before they are deleted with their chat.

    `wishes` is a query of their ids with one parameter, the chat.
    """
    gone = f"ref IN ({_CLOSED_WISHES}) AND ref IN ({wishes})"
    store.execute(
        f"INSERT OR IGNORE INTO lesson_evidence (lesson, kind, ref, sign)"
        f" SELECT lesson, 'closed', ref, 1 FROM ({_SAID}) WHERE {gone}",
        [task],
    )
    store.execute(f"DELETE FROM lesson_evidence WHERE kind = 'wish' AND {gone}", [task])


def _requests(store: Store, which: str) -> frozenset[str]:
    found = store.rows(f"SELECT DISTINCT text FROM turn WHERE kind = 'request' AND {which}")
    return frozenset(prompt_id(text) for (text,) in found)
