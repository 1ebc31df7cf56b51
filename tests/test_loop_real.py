"""The promise, on the real starter in NF4: two lessons, two rounds, and the first still holds.

Taught through the Session from critiques in plain words. All figures are greedy replies to prompts
that stand in no training row, with no rule in the prompt.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from assistant import prompt
from assistant.network import Network
from assistant.session import Session
from assistant.settings import Settings
from data import ledger, tasks, versions
from data.checks import registry
from data.store import Store
from data.types import AdapterVersion, Lesson, Message, Turn

pytestmark = pytest.mark.weights

LIMIT = 60  # tokens of a reply, here and in the rounds of teaching
FIRST = "Always answer in one short sentence."
SECOND = "Always start your reply with 'Sure'."
HELD = (
    "Why is the sky blue?",
    "What does a plumber do?",
    "How do airplanes stay in the air?",
    "What is a good breakfast for a runner?",
    "Why do people dream?",
    "How does a bicycle lock work?",
    "What should I see on a day in Lisbon?",
    "Why do onions make people cry?",
    "How can I fall asleep faster?",
    "What is the difference between a frog and a toad?",
    "Why is bread soft inside?",
    "How do bees make honey?",
    "What makes a good friend?",
    "How do I clean a cast iron pan?",
    "Why do leaves change colour?",
    "What is inflation?",
)


@dataclass(frozen=True)
class Taught:
    """What one run of the loop measured: counts of passing replies out of len(HELD)."""

    session: Session
    lessons: tuple[Lesson, Lesson]
    first: tuple[int, int, int]  # lesson one: untaught, after round one, after round two
    second: tuple[int, int, int]
    seconds: tuple[float, float]


@pytest.fixture(scope="module")
def taught(
    network_nf4: Network,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Taught]:
    """Both rounds, once for all tests of this file; the report is printed past pytest's capture."""
    from assistant.embedder import embed
    from assistant.model import LocalModel

    home = tmp_path_factory.mktemp("home")
    model = LocalModel(network_nf4, home)
    settings = Settings(home=home, tokens=LIMIT, drafts=6, questions="never")
    session = Session(settings, Store(home / "memory.duckdb"), lambda _: model, embed)
    say = request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled
    lessons: list[Lesson] = []
    seconds: list[float] = []
    said: list[str] = []
    replies = [_replies(session, None)]
    for words, about in ((FIRST, "What is a volcano?"), (SECOND, "How do magnets work?")):
        began = time.monotonic()
        lessons.append(_teach(session, words, about))
        seconds.append(time.monotonic() - began)
        said.append(session.hub.snapshot(None).notice)
        replies.append(_replies(session, versions.live(session.store)))
    counts = [[_passing(lesson, texts) for texts in replies] for lesson in lessons]
    means = [sum(len(one.split()) for one in texts) / len(HELD) for texts in replies]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    with say():
        print(f"\n{model.name}, greedy, n = {len(HELD)} held-out prompts, no rule in the prompt")
        for lesson, count, spent in zip(lessons, counts, seconds, strict=True):
            print(f"  {lesson.effect!r}: {' -> '.join(map(str, count))}  (round: {spent:.0f} s)")
        print(f"  words a reply: {' -> '.join(f'{mean:.0f}' for mean in means)}")
        print(f"  peak memory of the process: {peak:.1f} GiB")
        for run in versions.runs(session.store, "learn"):
            parts = {one.name: one.value for one in versions.metrics(session.store, run.id)}
            print(f"  {run.outcome}: {parts}")
        for sentence in said:
            print(f"  {sentence}")
        for text in replies[-1][:4]:
            print(f"    {text!r}")
    yield Taught(
        session,
        (lessons[0], lessons[1]),
        (counts[0][0], counts[0][1], counts[0][2]),
        (counts[1][0], counts[1][1], counts[1][2]),
        (seconds[0], seconds[1]),
    )
    session.close()
    network_nf4.activate("base")


def _teach(session: Session, said: str, about: str) -> Lesson:
    """One round as a person does it: ask, criticise, accept, approve, teach."""
    request = session.ask(about)
    assert session.wait(300)
    session.critique(_last(session, request).id, said)
    assert session.wait(300)
    (lesson,) = session.accept(_last(session, request).id)
    session.approve(lesson)
    session.learn()
    assert session.wait(1200)
    return ledger.get(session.store, lesson)


def _last(session: Session, request: str) -> Turn:
    task = tasks.turn(session.store, request).task
    return [one for one in tasks.turns(session.store, task) if one.kind == "draft"][-1]


def _replies(session: Session, version: AdapterVersion | None) -> list[str]:
    model = session.writer.model()
    model.use(version)
    asked = [prompt.build((Message("user", text),)) for text in HELD]
    return list(model.complete(asked, limit=LIMIT))


def _passing(lesson: Lesson, texts: list[str]) -> int:
    assert lesson.check is not None
    return sum(registry.passes(lesson.check, text) for text in texts)


def test_the_first_lesson_holds_on_prompts_never_seen(taught: Taught) -> None:
    untaught, after_one, _ = taught.first

    assert untaught <= 0.15 * len(HELD)
    assert after_one >= 0.5 * len(HELD)


def test_the_second_round_teaches_the_second_lesson(taught: Taught) -> None:
    untaught, after_one, after_two = taught.second

    assert max(untaught, after_one) <= 0.15 * len(HELD)
    assert after_two >= 0.5 * len(HELD)


def test_the_first_lesson_still_holds_after_the_second_round(taught: Taught) -> None:
    _, after_one, after_two = taught.first

    assert after_two >= 0.8 * after_one


def test_both_lessons_left_the_prompt_for_the_weights(taught: Taught) -> None:
    for lesson in taught.lessons:
        stored = ledger.get(taught.session.store, lesson.id)
        assert (stored.status, stored.place) == ("learned", "weights")

    live = versions.live(taught.session.store)
    assert live is not None
    assert set(live.lessons) == {lesson.id for lesson in taught.lessons}
    assert live.parent is not None, "the second round starts from the first"


def test_no_prompt_of_the_figures_was_trained_on(taught: Taught) -> None:
    seen = str(taught.session.store.rows("SELECT prompt, text FROM preference, prompt"))

    assert "What is a volcano?" in seen
    for asked in HELD:
        assert asked not in seen


def test_a_new_chat_is_answered_in_the_new_way(taught: Taught) -> None:
    request = taught.session.ask("Why do cats purr?")
    assert taught.session.wait(300)

    draft = _last(taught.session, request)
    live = versions.live(taught.session.store)
    assert live is not None
    assert (draft.adapter, draft.lessons) == (live.number, ())


def test_the_taught_replies_are_still_sentences(taught: Taught) -> None:
    texts = _replies(taught.session, versions.live(taught.session.store))

    assert all(len(text.split()) >= 4 for text in texts)
    assert len(set(texts)) == len(texts)


def test_undo_and_redo_are_switches_of_milliseconds(taught: Taught) -> None:
    session = taught.session
    live = versions.live(session.store)
    assert live is not None

    back = session.undo()
    assert back == live.parent
    assert ledger.get(session.store, taught.lessons[1].id).place == "prompt"
    session.use_version(live.number)
    assert ledger.get(session.store, taught.lessons[1].id).place == "weights"
