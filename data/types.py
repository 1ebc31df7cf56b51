"""The frozen records of heed, their closed sets, and the callables that the floors are given.

Knows no database, no model and no page. Both sides of a pair are one object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]
TurnKind = Literal["request", "question", "answer", "draft", "critique", "notice"]
TurnState = Literal["writing", "done", "stopped", "broken"]
Mode = Literal["normal", "no_learning", "temporary"]
Source = Literal["human", "simulated", "model", "check"]
Trust = Literal["typed", "confirmed", "pasted", "imported"]  # only the first two are signals
Split = Literal["train", "held", "audit"]
PromptOrigin = Literal["chat", "pool", "bundled"]
WishKind = Literal[
    "praise", "style", "content", "fact", "once", "rephrase", "clarify", "process", "meta",
    "retract", "none",
]  # fmt: skip
Op = Literal[
    "none", "keep", "less", "more", "add", "remove", "replace", "reorder", "rewrite", "stop",
    "ask_first",
]  # fmt: skip
Aim = Literal["whole", "span", "missing", "process"]
Reach = Literal["reply", "task", "topic", "always"]  # the last two make a lesson
Route = Literal["accept", "ask", "hold"]
Settled = Literal["no", "yes", "edited", "rejected"]
Field = Literal["settled", "effect", "reach", "condition"]  # of a wish that a person may correct
Claim = Literal["none", "unverified", "supported", "refuted"]
Mark = Literal["change", "keep", "question", "concern"]
Thumb = Literal["up", "down"]
Answered = Literal["open", "option", "words", "skip", "mute", "ignored", "withdrawn"]
LessonStatus = Literal["noted", "active", "learned", "memory", "retired"]
LessonKind = Literal["rule", "fact", "once"]  # only rules are taught; the others are remembered
Stance = Literal["observed", "endorsed", "habit", "wished", "rejected"]
ItemRole = Literal["in", "near", "general"]
MadeBy = Literal["edit", "accepted", "checked", "choice", "praise", "teacher", "rewriter", "base"]
VersionState = Literal["candidate", "live", "retired", "purged"]
EdgeKind = Literal["prefers", "exception_to", "contradicts"]
Condition = tuple[tuple[str, str], ...]  # (("channel", "email"), ("recipient", "boss"))


class Refusal(Exception):
    """A whole sentence for the person, with the value in it; raised where a boundary is crossed."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation as the model sees it."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text. The quote and its surroundings find it; start and end are a hint."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    occurrence: int = 1  # 1 is the first time the quote stands in the text
    start: int | None = None  # characters (code points)
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who judged, what they could see, how long they took: the same columns on every judgement."""

    rater: str = "owner"
    view: str = "owner"  # in studies: expert, novice, novice+list ...
    source: Source = "human"
    trust: Trust = "typed"
    ms_shown: int | None = None
    ms_to_answer: int | None = None
    confidence: int | None = None  # 1 to 5, only when asked for


@dataclass(frozen=True, slots=True)
class Task:
    """One chat. Its turns form a tree; head is the leaf that the page shows."""

    id: str
    title: str
    mode: Mode = "normal"
    head: str | None = None
    scale: float = 1.0  # how strongly the adapter speaks, 0 to 1.5


@dataclass(frozen=True, slots=True)
class Turn:
    """One node of a task's tree; frozen once it is no longer being written."""

    id: str
    task: str
    parent: str | None
    kind: TurnKind
    text: str
    number: int  # 1, 2, 3 ... among its siblings of the same kind: the pager of drafts
    source: Source
    trust: Trust
    at: datetime
    state: TurnState = "done"
    stop_at: int | None = None  # characters the person had seen when they stopped it
    adapter: int | None = None  # None: a person, or the base model
    lessons: tuple[str, ...] = ()  # the lessons that stood in its prompt
    learn: bool = True  # False: "don't learn from this"
    made_with: str = "{}"  # JSON: seed, template version, drafts tried, accepted


@dataclass(frozen=True, slots=True)
class Question:
    """The words are its turn's; here is why it was asked and what became of it."""

    turn: str
    reason: str
    trait: str
    options: tuple[str, ...]
    assumption: str
    origin: Origin = Origin()
    answered: Answered = "open"
    answer: str | None = None  # a turn


@dataclass(frozen=True, slots=True)
class Critique:
    """What a person said about a turn. The text is never edited; "" for a bare thumb or edit."""

    id: str
    turn: str
    text: str
    origin: Origin
    at: datetime
    span: Span | None = None
    mark: Mark | None = None
    thumb: Thumb | None = None
    edit: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A stored call of a check in `data/checks/`: its name and its arguments."""

    name: str
    args: tuple[tuple[str, str | float], ...] = ()
    negate: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a critique asks for, anchored by words of the critique, letter for letter."""

    id: str
    critique: str
    number: int
    kind: WishKind
    aspect: str
    op: Op
    quote: Span  # in the critique
    effect: str  # an imperative: "use under 25 words"
    aim: Aim = "whole"
    target: Span | None = None  # in the draft
    polarity: int = 0  # -1, 0, 1; never mixed: split instead
    slots: str = (
        "{}"  # JSON of what only the parser reads: old, new, hedge, exception, probabilities
    )
    reach: Reach = "reply"
    condition: Condition = ()
    strength: float = 0.6
    check: Check | None = None
    check_on_target: bool | None = None  # did the check pass on the criticised reply
    claim: Claim = "none"
    sure: float = 0.0
    route: Route = "ask"
    parser: str = ""
    settled: Settled = "no"


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a person did to a chip; `was` and `became` are as the column holds them."""

    id: str
    wish: str
    field: Field
    was: str
    became: str
    by: str  # the rater
    at: datetime


@dataclass(frozen=True, slots=True)
class Lesson:
    """A wish that stands beyond its reply. The ledger is the source; adapters are builds of it."""

    id: str
    wish: str
    effect: str
    scope: str  # words that say where it applies; "" is everywhere
    condition: Condition
    check: Check | None
    since: datetime
    status: LessonStatus = "noted"
    stance: Stance = "observed"
    place: Literal["weights", "prompt"] = "prompt"
    until: datetime | None = None
    learned_in: int | None = None
    kind: LessonKind = "rule"


@dataclass(frozen=True, slots=True)
class Edge:
    """Which of two lessons holds where both apply, under a condition."""

    winner: str
    loser: str
    condition: Condition
    kind: EdgeKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request that may be trained or tested on. The split is a hash of its text, taken once."""

    id: str
    text: str
    origin: PromptOrigin
    split: Split


@dataclass(frozen=True, slots=True)
class Preference:
    """Here chosen is better than rejected; without rejected it is a demonstration."""

    id: str
    lesson: str | None
    critique: str | None
    choice: str | None
    prompt: tuple[Message, ...]
    chosen: str
    rejected: str | None
    role: ItemRole
    made_by: MadeBy
    weight: float
    split: Split
    source: Source
    trust: Trust
    withdrawn: datetime | None = None
    prompt_id: str = ""
    target_key: str | None = None
    cut: bool = False  # how chosen ends teaches nothing


@dataclass(frozen=True, slots=True)
class AdapterVersion:
    """A LoRA adapter on disk, and what made it."""

    number: int
    parent: int | None
    base: str  # name and quantisation of the model it sits on
    folder: Path
    sha256: str
    seed: int
    lessons: tuple[str, ...]
    preferences: tuple[str, ...]
    settings: str  # JSON
    gate: str  # JSON
    state: VersionState = "candidate"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of two drafts the person preferred."""

    id: str
    left: str
    right: str
    picked: Literal["left", "right", "both_bad", "skip"]
    why_shown: str
    words: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Something the person did not ask about; never joined to a preference, choice or metric."""

    id: str
    turn: str
    text: str
    kind: str
    useful: bool | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """The six lines printed under every figure."""

    who_checked: str
    models_rater: str
    optimisation: str
    audit_reads: int
    raters: Source
    shift: Literal["none", "new_topics", "new_people"]


@dataclass(frozen=True, slots=True)
class Event:
    """A change of status, stance, state or settled: what, from, to, and why."""

    id: str
    subject: str
    before: str
    after: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One learning, gate or study run, with the settings and conditions its figures hold under."""

    id: str
    kind: str
    adapter: int | None
    data_hash: str
    settings: str
    conditions: str
    audit_reads: int
    started: datetime
    ended: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured value of a run with its interval and count."""

    run: str
    name: str
    split: Split
    value: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a forgetting removed, in counts and ids; never the removed words."""

    id: str
    removed: str  # JSON: {"lesson": id, "preferences": 3, "versions": [2, 3], ...}
    at: datetime


@dataclass(frozen=True, slots=True)
class Prefill:
    """The hidden state that a reply's prefill left: mean over the last request's tokens."""

    vector: tuple[float, ...]
    key: str  # hash of base, quantisation, adapter version, template, layer, pooling


class Complete(Protocol):
    """Greedy replies to several conversations, one padded batch; reply i to conversation i."""

    def __call__(
        self, batch: Sequence[Sequence[Message]], *, limit: int, schema: str | None = None
    ) -> Sequence[str]: ...


class Embed(Protocol):
    """Unit vectors of shape (384,), one per text, in order; the same text gives the same vector."""

    def __call__(self, texts: Sequence[str]) -> Sequence[Sequence[float]]: ...

    def __hash__(self) -> int: ...


class Features(Protocol):
    """The prefill vector of a conversation, or None where the runtime shows no hidden state."""

    def __call__(self, messages: Sequence[Message]) -> Prefill | None: ...


Label = Callable[[Sequence[str]], Sequence[Mapping[str, float]]]  # probabilities per clause
