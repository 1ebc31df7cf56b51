"""Tasks, the trees of their turns, and the questions and disclosures that hang on a turn.

Knows neither what a critique says nor what is learned; a deleted task takes its critiques along.
"""

from __future__ import annotations

from dataclasses import replace
from types import EllipsisType

from data import caches, columns, consent, decisions, ledger, preferences, rows
from data.store import Store
from data.types import Answered, Disclosure, Mode, Question, Refusal, Task, Turn, TurnState

_TURNS_OF_TASK = "SELECT id FROM turn WHERE task = ?"


def create(store: Store, title: str, mode: Mode = "normal") -> Task:
    """A new, empty task."""
    task = Task(id=store.new_id(), title=title, mode=mode)
    rows.insert(store, task)
    return task


def get(store: Store, id: str) -> Task:
    """The task. Raises Refusal if there is none of this id."""
    return rows.one(store, Task, id)


def listing(store: Store, query: str = "") -> tuple[Task, ...]:
    """All tasks, the one with the newest turn first; with a query, those that hold it.

    A query is looked for in the title and in the text of every turn, in whatever case.
    """
    found = store.rows(
        f"""
        SELECT {rows.listed(Task, "task")} FROM task
        LEFT JOIN (SELECT task, max(id) AS newest FROM turn GROUP BY task) AS last
        ON last.task = task.id
        WHERE contains(lower(title), lower(?))
        OR task.id IN (SELECT task FROM turn WHERE contains(lower(text), lower(?)))
        ORDER BY coalesce(last.newest, task.id) DESC
        """,
        [query, query],
    )
    return tuple(columns.unpack(Task, row) for row in found)


def rename(store: Store, id: str, title: str) -> Task:
    """Gives the task another title. Raises Refusal if it is blank."""
    if not title.strip():
        raise Refusal(f"A chat needs a title, not {title!r}.")
    return _change(store, id, title=title.strip())


def set_head(store: Store, id: str, turn_id: str) -> Task:
    """Shows the branch that ends in this turn. Raises Refusal if the turn is of another task."""
    if turn(store, turn_id).task != id:
        raise Refusal(f"The turn {turn_id!r} is not of the chat {id!r}.")
    return _change(store, id, head=turn_id)


def set_scale(store: Store, id: str, scale: float) -> Task:
    """How strongly the adapter speaks here. Raises Refusal outside 0 to 1.5."""
    if not 0 <= scale <= 1.5:
        raise Refusal(f"The strength goes from 0 to 1.5, so {scale!r} is not one.")
    return _change(store, id, scale=scale)


def delete(store: Store, id: str) -> None:
    """Removes a task with its turns, what was said of them, and what was made of that.

    Lessons stay, without the wish they came from; whether that may be learned from stays known. The
    bytes go with the next `Store.rewrite`.
    """
    get(store, id)
    critiques = f"SELECT id FROM critique WHERE turn IN ({_TURNS_OF_TASK})"
    wishes = f"SELECT id FROM wish WHERE critique IN ({critiques})"
    with store.transaction():
        consent.keep_closed(store, wishes, id)
        for lesson in preferences.remove_said_in(store, id):
            caches.drop_targets(store, lesson)
        store.execute(f"UPDATE lesson SET wish = '' WHERE wish IN ({wishes})", [id])
        store.execute(
            f"DELETE FROM event WHERE subject = ? OR subject IN ({wishes})"
            f" OR subject IN ({_TURNS_OF_TASK})",
            [id, id, id],
        )
        store.execute(
            "DELETE FROM embedding WHERE text IN (SELECT text FROM turn WHERE task = ?)", [id]
        )
        gone = [id for (id,) in store.rows(_TURNS_OF_TASK, [id])]
        decisions.remove_at(store, gone)
        store.execute(f"UPDATE outcome SET wish = NULL WHERE wish IN ({wishes})", [id])
        store.execute(f"DELETE FROM correction WHERE wish IN ({wishes})", [id])
        store.execute(f"DELETE FROM wish WHERE critique IN ({critiques})", [id])
        for table, column in (
            ("critique", "turn"),
            ("choice", '"left"'),
            ("check_result", "turn"),
            ("question", "turn"),
            ("checkpoint", "turn"),
            ("disclosure", "turn"),
        ):
            store.execute(f"DELETE FROM {table} WHERE {column} IN ({_TURNS_OF_TASK})", [id])
        store.execute("DELETE FROM imported WHERE task = ?", [id])
        store.execute("DELETE FROM turn WHERE task = ?", [id])
        store.execute("DELETE FROM task WHERE id = ?", [id])


def add_turn(store: Store, turn: Turn) -> Turn:
    """Stores a turn and shows it: fills its id, its number among its siblings and the time.

    What hangs below a turn that is not to be learned from is not to be learned from either, since
    the words of that turn stand in its prompt. Raises Refusal if the parent is of another task.
    """
    with store.transaction():
        get(store, turn.task)
        learn = turn.learn
        if turn.parent is not None:
            parent = rows.one(store, Turn, turn.parent)
            if parent.task != turn.task:
                raise Refusal(f"The turn {parent.id!r} is not of the chat {turn.task!r}.")
            learn = learn and parent.learn
        ((siblings,),) = store.rows(
            "SELECT coalesce(max(number), 0) FROM turn"
            " WHERE task = ? AND kind = ? AND parent IS NOT DISTINCT FROM ?",
            [turn.task, turn.kind, turn.parent],
        )
        added = replace(
            turn,
            id=turn.id or store.new_id(),
            number=siblings + 1,
            at=store.now(),
            learn=learn,
        )
        rows.insert(store, added)
        store.execute("UPDATE task SET head = ? WHERE id = ?", [added.id, added.task])
    return added


def turn(store: Store, id: str) -> Turn:
    """The turn. Raises Refusal if there is none of this id."""
    return rows.one(store, Turn, id)


def turns(store: Store, task: str) -> tuple[Turn, ...]:
    """All turns of a task, of every branch, oldest first."""
    return rows.select(store, Turn, "WHERE task = ? ORDER BY id", [task])


def path_to(store: Store, id: str) -> tuple[Turn, ...]:
    """The turns from the root down to this one. Raises Refusal if there is none of this id."""
    by_id = {each.id: each for each in turns(store, turn(store, id).task)}
    path: list[Turn] = []
    at: str | None = id
    while at is not None:
        path.append(by_id[at])
        at = by_id[at].parent
    return tuple(reversed(path))


def write_turn(
    store: Store,
    id: str,
    *,
    text: str | None = None,
    state: TurnState | None = None,
    stop_at: int | None = None,
    made_with: str | None = None,
    lessons: tuple[str, ...] | None = None,
    adapter: int | EllipsisType | None = ...,
) -> Turn:
    """Writes on at a turn, a few milliseconds; what is None (the adapter: left out) stays as it is.

    Raises Refusal if the text of a turn changes that is no longer being written.
    """
    with store.transaction():
        before = turn(store, id)
        after = replace(
            before,
            text=before.text if text is None else text,
            state=before.state if state is None else state,
            stop_at=before.stop_at if stop_at is None else stop_at,
            made_with=before.made_with if made_with is None else made_with,
            lessons=before.lessons if lessons is None else lessons,
            adapter=before.adapter if isinstance(adapter, EllipsisType) else adapter,
        )
        if before.state != "writing" and after.text != before.text:
            raise Refusal(f"The turn {id!r} is {before.state!r}: its words stay as they are.")
        rows.change(store, before, after)
    return after


def set_learn(store: Store, id: str, learn: bool) -> None:
    """Whether a turn may be learned from, and with it all that hangs below it."""
    turn(store, id)
    store.execute(
        """
        UPDATE turn SET learn = ? WHERE id IN (
            WITH RECURSIVE below (id) AS (
                SELECT ? UNION ALL SELECT turn.id FROM turn JOIN below ON turn.parent = below.id
            ) SELECT id FROM below
        )
        """,
        [learn, id],
    )


def add_question(store: Store, question: Question) -> Question:
    """Why a turn of kind question was asked."""
    rows.insert(store, question)
    return question


def question(store: Store, turn: str) -> Question:
    """The question that this turn asks. Raises Refusal if it asks none."""
    return rows.one(store, Question, turn)


def questions(store: Store, task: str) -> tuple[Question, ...]:
    """All questions of a task, oldest first."""
    return rows.select(store, Question, f"WHERE turn IN ({_TURNS_OF_TASK}) ORDER BY turn", [task])


def answer_question(
    store: Store, turn: str, answered: Answered, answer_turn: str | None = None
) -> Question:
    """What became of a question; `answer_turn` holds the answer's words, if there are any."""
    with store.transaction():
        before = question(store, turn)
        after = replace(before, answered=answered, answer=answer_turn)
        if rows.change(store, before, after):
            ledger.note(store, turn, before.answered, answered, "")
            said = "" if answer_turn is None else rows.one(store, Turn, answer_turn).text
            asked = rows.one(store, Turn, turn).at
            decisions.answered(store, before, answered, said, asked)
    return after


def add_disclosure(store: Store, disclosure: Disclosure) -> Disclosure:
    """Something the person did not ask about; fills its id."""
    added = replace(disclosure, id=disclosure.id or store.new_id())
    rows.insert(store, added)
    return added


def disclosures(store: Store, task: str) -> tuple[Disclosure, ...]:
    """All disclosures of a task, oldest first."""
    return rows.select(store, Disclosure, f"WHERE turn IN ({_TURNS_OF_TASK}) ORDER BY id", [task])


def mend(store: Store, task: str | None = None) -> int:
    """What was being written, in all tasks or in one, is `broken` and keeps its text. How many.

    For the start, when nobody writes any more, and for a job that failed.
    """
    with store.transaction():
        broken = rows.select(
            store, Turn, "WHERE state = 'writing' AND (? IS NULL OR task = ?)", [task, task]
        )
        for each in broken:
            rows.change(store, each, replace(each, state="broken"))
            ledger.note(store, each.id, "writing", "broken", "it was not finished")
    return len(broken)


def _change(
    store: Store,
    id: str,
    *,
    title: str | None = None,
    head: str | None = None,
    scale: float | None = None,
) -> Task:
    with store.transaction():
        before = get(store, id)
        after = replace(
            before,
            title=before.title if title is None else title,
            head=before.head if head is None else head,
            scale=before.scale if scale is None else scale,
        )
        rows.change(store, before, after)
    return after
