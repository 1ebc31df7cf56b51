"""The proof of a forgetting: the untaught model and the version that answers now, asked the same.

Knows no file. What is to be proved stands in this process alone, since no forgotten word may reach
the disk; the counts go into the receipt. If heed ends before, the receipt says "not measured".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from threading import Event

from assistant import curriculum, replies
from assistant.protocols import Model, Progress
from data import preferences, versions
from data.checks import registry
from data.split import split_of
from data.store import Store
from data.types import AdapterVersion, Embed, Lesson
from feedback import examples

PROVING = "Proving that it is forgotten"  # the label of the job
MOST = 12  # held prompts that are asked
AWAY = 0.15  # share of the replies by which the counts may differ: chance alone, on so few
OPEN, NO_CHECK, NEVER = "not measured", "no check", "never learned"  # instead of counts


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of n replies still do it: of the untaught model, and of the version (None: it)."""

    n: int
    base: int
    now: int
    version: int | None

    @property
    def back(self) -> bool:
        """Whether the version does it no more than the untaught model."""
        return self.now - self.base <= AWAY * self.n

    def sentence(self) -> str:
        """For the person, as it goes on behind a colon."""
        untaught = f"{self.base} of {self.n} of the untaught model"
        if self.version is None:
            return (
                f"the untaught model answers now, and does it in {self.base} of {self.n} replies."
            )
        if not self.back:
            return (
                f"version {self.version} never learned it, yet {self.now} of {self.n} of its "
                f"replies do it and {untaught}: another lesson may ask for the same."
            )
        like = "as" if self.now == self.base else "and"
        return f"{self.now} of {self.n} replies still do it, {like} {untaught} do."


@dataclass(frozen=True, slots=True)
class Claim:
    """What is to be proved, as it was before it was removed."""

    lesson: Lesson
    own: tuple[str, ...]  # the person's own requests that were never trained on
    task: str | None = None  # where the result is said
    receipt: str = ""
    rebuilt: bool = False  # later lessons are taught anew, and then it is measured again
    first: Counts | None = None


def expected(lesson: Lesson, holding: Sequence[AdapterVersion]) -> str:
    """What the receipt of a forgetting says before anything is measured."""
    if not holding:
        return NEVER
    return OPEN if curriculum.teachable(lesson) else NO_CHECK


def capture(store: Store, lesson: Lesson) -> Claim:
    """The claim that this lesson is forgotten; taken before it is."""
    own = preferences.prompts(store, "chat")
    return Claim(lesson, tuple(one.text for one in own if one.split == "held"))


def measure(
    store: Store, model: Model, embed: Embed, seed: int, limit: int, claim: Claim
) -> Generator[Progress, None, Counts | None]:
    """Greedy replies to prompts in scope, at most `limit` tokens, no lesson in the prompt, counted.

    None if no prompt is in scope. Raises Refusal if the version that answers is not sound.
    """
    yield Progress(PROVING)
    asked = _prompts(claim, embed, seed)
    if not asked:
        return None
    live = versions.live(store)
    holds = curriculum.holds(store, live, embed)
    base = yield from replies.ask(model, None, 1.0, asked, holds, limit, PROVING)
    if live is None or model.fits(live) is not None:
        number, now = None, base
    else:
        number = live.number
        now = yield from replies.ask(model, live, 1.0, asked, holds, limit, PROVING)
    return Counts(len(asked), _doing(claim, base.values()), _doing(claim, now.values()), number)


@dataclass(slots=True)
class Proofs:
    """The claims of this process that are not proved yet, and the job that proves them."""

    store: Store
    model: Callable[[], Model]
    embed: Embed
    seed: int
    limit: int  # tokens of a reply
    say: Callable[[str | None, str], None]
    open: list[Claim] = field(default_factory=list)  # each change of a list is whole: no lock
    later: list[Claim] = field(default_factory=list)  # measured once, and again after the rebuild

    def run(self, stop: Event) -> Iterator[Progress | None]:
        """Measures every open claim; one that is stopped stays open for the next job."""
        while self.open:
            claim = self.open.pop(0)
            yield Progress("Loading the model")
            counts: Counts | None = None
            if not stop.is_set():
                steps = measure(self.store, self.model(), self.embed, self.seed, self.limit, claim)
                counts = yield from _until(stop, steps)
            if stop.is_set():
                self.open.insert(0, claim)
                return
            self._keep(claim, counts)

    def rebuilt(self) -> bool:
        """A round has ended: whether claims are to be measured again under the version it left."""
        live = versions.live(self.store)
        number = live.number if live is not None else None
        again = [one for one in self.later if one.first and one.first.version != number]
        self.later.clear()
        self.open += again
        return bool(self.open)

    def _keep(self, claim: Claim, counts: Counts | None) -> None:
        if counts is None:
            return
        again = claim.first is not None
        removed = json.loads(versions.receipt(self.store, claim.receipt).removed)
        removed["rebuilt" if again else "proof"] = asdict(counts)
        versions.write_receipt(self.store, claim.receipt, json.dumps(removed))
        when = "After the rebuild" if again else "Forgotten"
        self.say(claim.task, f"{when}: {counts.sentence()}")
        if claim.rebuilt and not again:
            self.later.append(replace(claim, first=counts))


def _prompts(claim: Claim, embed: Embed, seed: int) -> tuple[str, ...]:
    own = set(claim.own)
    inside = examples.choose(claim.lesson, claim.own, embed, seed).inside
    return tuple(t for t in inside if t in own or split_of(t, "pool") == "held")[:MOST]


def _doing(claim: Claim, texts: Iterable[str]) -> int:
    """How many replies pass the check of the lesson; an empty one passes none."""
    check = claim.lesson.check
    assert check is not None
    return sum(bool(text.strip()) and registry.passes(check, text) for text in texts)


def _until(
    stop: Event, steps: Generator[Progress, None, Counts | None]
) -> Generator[Progress, None, Counts | None]:
    """What the steps come to; None if they were stopped."""
    while not stop.is_set():
        try:
            step = next(steps)
        except StopIteration as end:
            found: Counts | None = end.value
            return found
        yield step
    steps.close()
    return None
