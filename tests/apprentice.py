"""A model that speaks by script and learns by the tiny network, and homes that it is taught in.

Says nothing about how well anything is learned: its versions are real weights, its replies are not.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant import adapters, build, compact, forget, learn
from assistant.protocols import Plan, Progress
from assistant.scripted import ScriptedModel
from data import ledger, versions
from data.store import Store
from data.types import AdapterVersion, Check, Condition, Lesson, Message
from feedback import holding, rewrite
from tests import tiny
from tests.stand_ins import embed

AT = datetime(2026, 1, 1, tzinfo=UTC)
HOW = learn.Recipe(rate=3e-2, k=8, least=2, most=3)  # few: only bits are compared


@dataclass(frozen=True, slots=True)
class Rule:
    """A lesson as a person would say it."""

    effect: str
    check: Check
    where: Condition = ()


class Apprentice(ScriptedModel):
    """Its versions obey, where they hold, the lessons that they name; told to obey, it does not."""

    def __init__(self, home: Path, store: Store) -> None:
        super().__init__(home=home, write=self._say, name=tiny.NAME)
        self._network = tiny.network(window=1024)
        self._place, self._ledger = home, store

    def learn(self, plan: Plan) -> Iterator[Progress]:
        """As the real one does."""
        self.plans.append(plan)
        return learn.run(self._network, plan, self._place, HOW)

    def _say(self, messages: Sequence[Message], version: int | None) -> str:
        asked = messages[-1].text
        number = zlib.crc32(asked.encode()) % 997
        said = f"Of matter {number} some is known. It is old, and it is new."
        if version is None:
            return said
        inside = adapters.read(adapters.folder_of(self._place, version))["lessons"]
        held = [one for one in ledger.all(self._ledger) if one.id in inside]
        for lesson in holding.of(held, embed)(asked):
            assert lesson.check is not None
            said = rewrite.rewrite(lesson.check, said) or said
        return said


@dataclass(frozen=True, slots=True)
class School:
    """One home and all that was taught in it."""

    home: Path
    store: Store
    model: Apprentice

    @classmethod
    def at(cls, home: Path) -> School:
        """A new one."""
        home.mkdir()
        store = Store(None)
        return cls(home, store, Apprentice(home, store))

    def teach(self, rule: Rule) -> Lesson:
        """The person's yes, and a round."""
        where = "" if not rule.where else " ".join(value for _, value in rule.where)
        made = Lesson("", "", rule.effect, where, rule.where, rule.check, AT, "active", "endorsed")
        lesson = ledger.add(self.store, made)
        self.round()
        return lesson

    def round(self) -> None:
        """Teaches what waits."""
        list(build.build(self.store, self.model, embed, self.home, seed=0))

    def anew(self) -> None:
        """All lessons, if a rule says so."""
        list(compact.run(self.store, self.model, embed, self.home, 0, build.LIMIT, ""))

    def forget(self, lesson: Lesson) -> None:
        """And teaches again what came after it."""
        forget.forget(self.store, self.home, lesson.id)
        if build.waiting(self.store):
            self.round()

    @property
    def live(self) -> AdapterVersion:
        """The version that answers."""
        found = versions.live(self.store)
        assert found is not None
        return found

    @property
    def held(self) -> list[str]:
        """What the lessons of that version ask for, in its order."""
        return [ledger.get(self.store, one).effect for one in self.live.lessons]
