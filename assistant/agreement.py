"""Version folders and their rows put in agreement, and what answers where weights are damaged.

Knows no model.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant import adapters, checkpoint, places, remainder, whole
from data import ledger, versions
from data.store import Store


@dataclass(frozen=True, slots=True)
class Mended:
    """What the look at the version folders has put right; numbers of versions."""

    removed: tuple[str, ...] = ()  # names of half-written folders
    read_back: tuple[int, ...] = ()  # whole folders that had no row
    retired: tuple[int, ...] = ()  # rows whose folder is missing or not sound
    answered: bool = False  # whether the live version was among those
    answers: int | None = None  # what answers then; None: the untaught model
    prompted: int = 0  # lessons that act from the prompt since

    @property
    def sentence(self) -> str:
        """What a person should know of it; empty if nothing."""
        if not self.retired:
            return ""
        numbers = ", ".join(str(one) for one in self.retired)
        said = [f"The files of version {numbers} are damaged; it was retired."]
        if self.answered:
            name = "The untaught model" if self.answers is None else f"Version {self.answers}"
            said.append(f"{name} answers.")
        if self.prompted:
            said.append(places.from_prompt(self.prompted))
        return " ".join(said)


def rehome(store: Store, home: Path) -> None:
    """Says anew where each version lies: a home that was moved or copied holds its own.

    Else a copy would answer from the weights of the first home, and forgetting would delete those.
    """
    with store.transaction():
        for version in versions.all(store):
            folder = adapters.folder_of(home, version.number)
            if version.folder != folder:
                versions.set_folder(store, version.number, folder)


def mend(store: Store, home: Path) -> Mended:
    """Puts folders and rows in agreement at start.

    A `.partial` folder is removed; a sound folder without a row becomes a candidate; a row without
    a sound folder is retired. So is a run removed that was put aside and no round will go on with.
    In the place of a live version answers what of it is sound, or the newest version that is; the
    lessons that are lost with a block act from the prompt until they are taught anew.
    """
    checkpoint.sweep(home)
    checkpoint.mend(store, home)
    removed = []
    for partial in sorted((home / "adapters").glob("*.partial")):
        whole.remove(partial)
        removed.append(partial.name)
    rows = {version.number: version for version in versions.all(store)}
    read_back = []
    for version in adapters.scan(home):
        if version.number not in rows:
            versions.add(store, version)
            read_back.append(version.number)
    damaged = {
        number: problem
        for number, row in rows.items()
        if row.state in ("candidate", "live") and (problem := adapters.damage(row)) is not None
    }
    live = versions.live(store)
    answered, answers, prompted = live is not None and live.number in damaged, None, 0
    with store.transaction():  # what answers is never left open
        if live is not None and answered:
            why = damaged[live.number]
            answers = remainder.salvaged(store, home, live, why)
            if answers is None:
                versions.retire_live(store, why)
            else:
                versions.promote(store, answers, why)
            left = () if answers is None else versions.get(store, answers).lessons
            acting = {one.id for one in ledger.all(store, ledger.ACTING)}  # the others were silent
            prompted = len(acting.intersection(live.lessons) - set(left))
        for number, problem in damaged.items():
            versions.set_state(store, number, "retired", problem)
        if damaged:
            places.follow_live(store)
    return Mended(tuple(removed), tuple(read_back), tuple(damaged), answered, answers, prompted)
