"""The examples of one lesson: verified answers, kept as preferences.

Knows no weights and no gate. A row that any lesson of its prompt contradicts is not taught.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from pathlib import Path

from assistant import curriculum, places, prompt, teacher, trace
from assistant.answers import Answers
from assistant.clock import Clock
from assistant.curriculum import Curriculum
from assistant.protocols import Model, Progress
from assistant.teacher import Target, Taught
from data import caches, critiques, preferences
from data.checks import registry
from data.split import prompt_id
from data.store import Store
from data.types import Embed, Lesson, MadeBy, Message, Preference
from feedback import holding, select

REPLAY = 6  # rows of an older lesson that are learned again
WEIGHT: Mapping[MadeBy, float] = {
    "teacher": 0.5,
    "rewriter": 0.5,
    "base": 0.5,
}  # by "base": no more made


def prepare(
    store: Store,
    model: Model,
    embed: Embed,
    home: Path,
    seed: int,
    limit: int,
    plan: Curriculum,
    clock: Clock,
) -> Generator[Progress, None, Taught]:
    """Targets for the prompts, stored as preferences: each obeys all lessons of its prompt."""
    lesson = plan.lesson
    own = Answers(store, model, home, [lesson.id], limit, plan.train)
    replies = yield from own.greedy(
        [prompt.plain((Message("user", text),)) for text in plan.train],
        "Asking the untaught model",
    )
    base = dict(zip(plan.train, replies, strict=True))
    clock.lap("base answers")
    grown = _grown(store, lesson, plan.older, embed)
    standing = {one.id for others in plan.others.values() for one in others}
    standing |= {one.id for _, here in grown for one in here}
    drafts = Answers(store, model, home, [lesson.id, *standing], limit, plan.train)
    taught = yield from teacher.teach(lesson, plan.others, plan.train, base, drafts, embed, seed)
    made = [_row(lesson.id, one, drafts.key) for one in taught.targets]
    for row, here in grown if made else ():
        text = teacher.upgraded(row.chosen, (*here, lesson), limit)
        if text is not None and row.lesson is not None:
            cut = teacher.open_ended(text, (*here, lesson), limit)
            target = Target(select.request_of(row), text, None, "rewriter", cut)
            made.append(_row(row.lesson, target, drafts.key))
    clock.lap("teacher")
    _keep(store, lesson, made, (own.key, drafts.key))
    return taught


def _grown(
    store: Store, lesson: Lesson, older: Sequence[Lesson], embed: Embed
) -> list[tuple[Preference, tuple[Lesson, ...]]]:
    """Examples of older lessons that the new one also covers and that do not obey it yet.

    Each with the lessons that hold at its request: code may bring it to obey all of them. What a
    lesson outside `older` had a part in is left alone, since it would come with it.
    """
    known = {one.id for one in older}
    under = caches.lessons_of_targets(store)
    holds = holding.of((*older, lesson), embed)
    found = []
    for row in preferences.training(store):
        ours = row.lesson in known and known.issuperset(under.get(row.target_key or "", ()))
        if not ours or row.role != "in" or _does(lesson, row.chosen):
            continue
        here = {one.id: one for one in holds(select.subject_of(row))}
        if lesson.id in here and row.lesson in here:
            found.append((row, tuple(one for one in here.values() if one.id != lesson.id)))
    return found


def _does(lesson: Lesson, text: str) -> bool:
    return lesson.check is not None and registry.passes(lesson.check, text)


def rows(
    store: Store, embed: Embed, plan: Curriculum, held: Sequence[Lesson]
) -> tuple[Preference, ...]:
    """What this run trains on: requests at which the new lesson holds, beside what holds there too.

    Nothing else can move, since elsewhere its block is silent.
    """
    lesson = plan.lesson
    holds = holding.ids((*held, lesson), embed)
    fit = [
        row
        for row in fitting(store, embed, (*held, lesson))
        if lesson.id in holds(select.subject_of(row))
    ]
    chosen = select.select(
        fit,
        [lesson.id],
        embed,
        held=(*plan.held, *plan.dev),
        replay=REPLAY,
        aspects=critiques.aspects(store),
    )
    if not any(row.lesson == lesson.id and row.role == "in" for row in chosen):
        raise places.Unteachable(
            f"{trace.quoted(lesson.effect)} stays in the prompt: no example of it is left."
        )
    return chosen


def fitting(store: Store, embed: Embed, lessons: Sequence[Lesson]) -> list[Preference]:
    """The stored rows, oldest first, that may be learned where just these lessons are taught."""
    inside = [one for one in lessons if curriculum.teachable(one)]
    under = caches.lessons_of_targets(store)
    known, holds = {one.id for one in inside}, holding.of(inside, embed)
    return [
        row
        for row in preferences.training(store)
        if known.issuperset(under.get(row.target_key or "", ()))  # else that would come with it
        and (row.lesson is None or row.lesson in known)
        and _fits(row, holds(select.subject_of(row)))
    ]


def _row(lesson: str, target: Target, key: str) -> Preference:
    return Preference(
        id="",
        lesson=lesson,
        critique=None,
        choice=None,
        prompt=(Message("user", target.prompt),),
        chosen=target.chosen,
        rejected=target.rejected,
        role="in",
        made_by=target.made_by,
        weight=WEIGHT[target.made_by],
        split="train",
        source="check",
        trust="confirmed",
        target_key=key,
        cut=target.cut,
    )


def _keep(store: Store, lesson: Lesson, rows: Sequence[Preference], keys: Sequence[str]) -> None:
    """Stores the made rows, the newest of all, in place of those of an earlier round.

    Not such for a request that the person deleted or kept out of learning since they were made.

    Which rows are learned again later depends on their order, so one that was kept from before a
    forgetting must not stand before what is made anew.
    """

    def content(row: Preference) -> tuple[object, ...]:
        said = (row.lesson, row.prompt, row.chosen, row.rejected, row.role, row.made_by)
        return (*said, row.cut, row.target_key)

    with store.transaction():  # what went with its chat meanwhile must leave no trace
        asked = {prompt_id(select.request_of(row)) for row in rows}
        lost = preferences.lost(store, asked)
        stay = [row for row in rows if prompt_id(select.request_of(row)) not in lost]
        wanted = {content(row): row for row in stay}
        made = [row for row in preferences.signals(store) if row.made_by in WEIGHT]
        old = [row for row in made if row.lesson == lesson.id or row.target_key in keys]
        if [content(row) for row in old] == list(wanted) and made[len(made) - len(old) :] == old:
            return
        preferences.withdraw(store, [row.id for row in old], "made anew")
        for row in wanted.values():
            preferences.add(store, row)


def _fits(row: Preference, here: Sequence[Lesson]) -> bool:
    """An example must obey all lessons of its prompt."""
    return row.role == "in" and all(_does(one, row.chosen) for one in here)
