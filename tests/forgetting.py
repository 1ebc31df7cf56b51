"""A home in which three lessons were taught, one version each, to forget one of them.

Knows no test; nothing here is random.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant import adapters, places, targets
from data import caches, critiques, ledger, preferences, tasks, versions
from data.store import Store
from data.types import AdapterVersion, Check, Lesson, Message, Preference, Span
from tests.records import a_critique, a_lesson, a_turn, a_wish

WORDS = "never mention the zeppelin"  # the person's own
SECRET = "zeppelin"


@dataclass
class Home:
    """A memory on the disk in which lessons were taught, one version each."""

    folder: Path
    store: Store
    lessons: list[Lesson]
    task: str

    def teach(self, lesson: Lesson, upon: Sequence[Lesson] = ()) -> AdapterVersion:
        """As a block of its own; `upon`: what spoke beneath it."""
        live = versions.live(self.store)
        held = live.lessons if live is not None else ()
        number = adapters.next_number(self.store, self.folder)
        made = adapters.save(
            self.folder,
            number=number,
            parent=None if live is None else live.number,
            base="tiny/none",
            lessons=(*held, lesson.id),
            preferences=(),
            seed=0,
            tensors={"x.lora_B": np.full((1, 1), number, dtype=np.float32)},
            settings={},
            losses=[1.0],
            kept=() if live is None else adapters.blocks_of(live.folder),
            source=None if live is None else live.folder,
            beneath=[one.id for one in upon],
        )
        versions.add(self.store, made)
        versions.promote(self.store, number, "test")
        places.follow_live(self.store)
        return made

    def example(self, lesson: Lesson, request: str, **changed: object) -> Preference:
        row = Preference(
            id="",
            lesson=lesson.id,
            critique=None,
            choice=None,
            prompt=(Message("user", request),),
            chosen="It flies.",
            rejected=None,
            role="in",
            made_by="teacher",
            weight=0.5,
            split="train",
            source="check",
            trust="confirmed",
        )
        return preferences.add(self.store, replace(row, **changed))  # type: ignore[arg-type]


def three_lessons(tmp_path: Path, store: Store, *, upon: bool = True) -> Home:
    """Of three lessons the second came from a critique with a word that must go.

    `upon`: the third was learned on top of the second.
    """
    task = tasks.create(store, "Flying").id
    request = tasks.add_turn(store, a_turn(task, text="What flies?"))
    draft = tasks.add_turn(store, a_turn(task, request.id, "draft", "Many things fly."))
    said = a_critique(draft.id, WORDS)
    wish = replace(
        a_wish(WORDS, WORDS), quote=Span(WORDS), check=Check("forbids", (("word", SECRET),))
    )
    kept, (stored,) = critiques.add(store, said, [wish])
    tasks.add_turn(store, a_turn(task, draft.id, "critique", WORDS))
    tasks.add_turn(store, a_turn(task, draft.id, "notice", f"Version 2 learned {WORDS!r}."))
    lessons = [
        ledger.add(store, a_lesson()),
        ledger.add(store, replace(a_lesson(stored.id), effect=WORDS)),
        ledger.add(store, replace(a_lesson(), effect="end with a question")),
    ]
    ledger.add_evidence(store, lessons[1].id, "wish", stored.id)
    caches.add_vectors(store, "minilm", {WORDS: [0.5, 0.5]})
    made = Home(tmp_path, store, lessons, task)
    made.teach(lessons[0])
    made.teach(lessons[1])
    made.teach(lessons[2], lessons[1:2] if upon else ())
    made.example(lessons[1], "What is lighter than air?", critique=kept.id)
    numbers = np.zeros((1, 1))
    cached = targets.Reference(np.zeros(1), numbers, numbers, np.zeros(1))
    targets.write(tmp_path, "second", cached, [lessons[1].id])
    targets.write(tmp_path, "third", cached, [lessons[2].id])
    targets.index(store, tmp_path)
    return made
