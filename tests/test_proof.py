"""That a lesson is forgotten is shown by replies, counted beside those of the untaught model."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from assistant import adapters, forget, proof
from assistant.proof import Claim, Counts, Proofs
from assistant.rounds import Rounds
from assistant.scripted import ScriptedModel
from data import ledger, preferences, tasks, versions
from data.store import Store
from data.types import Check, Lesson, Message
from tests.forgetting import Home
from tests.records import a_lesson, request_in
from tests.saying import learned
from tests.stand_ins import embed, session, talk

LOUD = Check("ends_with", (("text", "!"),))
QUESTION = Check("ends_with_question")
ASK = "Always end with a question."


class Pupil:
    """Ends with a mark if its version was taught to, and by itself in every other reply or so."""

    def __init__(self, folder: Path, taught: dict[str, str]) -> None:
        self.folder, self.taught = folder, taught
        self.asked: list[tuple[str, int | None]] = []

    def write(self, messages: Sequence[Message], version: int | None) -> str:
        said = messages[-1].text
        self.asked.append((said, version))
        path = None if version is None else adapters.folder_of(self.folder, version)
        inside = () if path is None else adapters.read(path)["lessons"]
        mark = next((self.taught[one] for one in inside if one in self.taught), "")
        return "So it is" + (mark or ("!" if zlib.crc32(said.encode()) % 2 else "."))


class School:
    """A home without the lessons of others, its pupil, and the claims about it."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(None)
        self.home = Home(folder, self.store, [], tasks.create(self.store, "Marks").id)
        self.taught: dict[str, str] = {}
        self.pupil = Pupil(folder, self.taught)
        self.said: list[tuple[str | None, str]] = []
        self.model = ScriptedModel(complete=self.pupil.write, name="tiny/none")
        self.proofs = Proofs(self.store, lambda: self.model, embed, 0, 64, self._say)

    def lesson(
        self, check: Check | None, mark: str, scope: str = "", upon: Sequence[Lesson] = ()
    ) -> Lesson:
        found = ledger.add(self.store, replace(a_lesson(), effect=mark, check=check, scope=scope))
        self.taught[found.id] = mark
        self.home.teach(found, upon)
        return found

    def forget(self, lesson: Lesson, rebuilt: bool = False) -> str:
        claim = proof.capture(self.store, ledger.get(self.store, lesson.id))
        receipt = forget.forget(self.store, self.home.folder, lesson.id)
        if forget.provable(receipt):
            chat = self.home.task
            self.proofs.open.append(replace(claim, task=chat, receipt=receipt.id, rebuilt=rebuilt))
        return receipt.id

    def removed(self, receipt: str) -> dict[str, object]:
        found: dict[str, object] = json.loads(versions.receipt(self.store, receipt).removed)
        return found

    def _say(self, task: str | None, sentence: str) -> None:
        self.said.append((task, sentence))


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def test_the_version_that_answers_does_it_no_more_than_the_untaught_model(school: School) -> None:
    school.lesson(QUESTION, "?")
    loud = school.lesson(LOUD, "!")
    school.taught.clear()  # the version that is left says what the untaught model says
    receipt = school.forget(loud)
    before = school.removed(receipt)["proof"]

    list(school.proofs.run(Event()))

    assert before == "not measured"
    found = school.removed(receipt)["proof"]
    assert isinstance(found, dict)
    assert found["n"] == 12
    assert 0 < found["base"] == found["now"] < 12
    assert found["version"] == 1
    base = found["base"]
    said = f"Forgotten: {base} of 12 replies still do it, as {base} of 12 of the untaught model do."
    assert school.said == [(school.home.task, said)]
    assert school.proofs.open == []


def test_it_is_asked_on_prompts_that_were_never_trained_on_and_with_no_lesson(
    school: School,
) -> None:
    trained, held = request_in("train"), request_in("held")
    for text in (trained, held):
        preferences.prompt(school.store, text, "chat")
    loud = school.lesson(LOUD, "!")
    school.forget(loud)

    list(school.proofs.run(Event()))

    asked = [text for text, _ in school.pupil.asked]
    assert len(asked) == 12
    assert held in asked
    assert trained not in asked
    assert {version for _, version in school.pupil.asked} == {None}
    assert "the untaught model answers now" in school.said[0][1]


def test_another_lesson_that_asks_for_the_same_is_not_called_a_proof(school: School) -> None:
    school.lesson(LOUD, "!")
    again = school.lesson(LOUD, "!")
    receipt = school.forget(again)

    list(school.proofs.run(Event()))

    found = school.removed(receipt)["proof"]
    assert isinstance(found, dict)
    assert (found["now"], found["version"]) == (12, 1)
    assert "another lesson may ask for the same" in school.said[0][1]


def test_it_is_measured_again_once_later_lessons_are_rebuilt(school: School) -> None:
    loud = school.lesson(LOUD, "!")
    asks = school.lesson(QUESTION, "?", upon=[loud])
    receipt = school.forget(loud, rebuilt=True)
    list(school.proofs.run(Event()))
    first = school.removed(receipt)["proof"]

    none_yet = school.proofs.rebuilt()
    list(school.proofs.run(Event()))

    assert not none_yet  # the version is the same: that claim is done with
    receipt = school.forget(school.lesson(LOUD, "!"), rebuilt=True)
    list(school.proofs.run(Event()))
    school.home.teach(asks)
    assert school.proofs.rebuilt()
    list(school.proofs.run(Event()))
    found = school.removed(receipt)
    live = versions.live(school.store)
    assert live is not None
    assert isinstance(first, dict)
    assert isinstance(found["rebuilt"], dict)
    assert first["version"] is None
    assert (found["rebuilt"]["now"], found["rebuilt"]["version"]) == (0, live.number)
    assert school.said[-1][1].startswith("After the rebuild: 0 of 12 replies still do it, and ")


def test_a_lesson_without_a_check_or_without_a_version_is_not_measured(school: School) -> None:
    vague = school.lesson(None, "be warm")
    never = ledger.add(school.store, replace(a_lesson(), effect="x", check=LOUD))

    receipts = [school.forget(one) for one in (vague, never)]

    assert [school.removed(one)["proof"] for one in receipts] == ["no check", "never learned"]
    assert school.proofs.open == []


def test_a_proof_that_is_stopped_stays_open_for_the_next_job(school: School) -> None:
    receipt = school.forget(school.lesson(LOUD, "!"))
    stop = Event()

    for step, _ in enumerate(school.proofs.run(stop)):
        if step == 1:
            stop.set()
    stopped = school.removed(receipt)["proof"]
    list(school.proofs.run(Event()))

    assert stopped == "not measured"
    assert isinstance(school.removed(receipt)["proof"], dict)


def test_what_is_to_be_proved_never_reaches_the_disk(tmp_path: Path) -> None:
    store = Store(None)
    about = replace(a_lesson(), check=LOUD, scope="zeppelins", condition=(("topic", "zeppelins"),))
    claim = proof.capture(store, about)

    list(proof.measure(store, ScriptedModel(), embed, 0, 64, claim))

    assert store.rows("SELECT * FROM prompt") == []
    assert store.rows("SELECT * FROM embedding") == []


@pytest.mark.parametrize(
    ("counts", "back", "words"),
    [
        (Counts(12, 2, 2, 3), True, "2 of 12 replies still do it, as 2 of 12 of the untaught"),
        (Counts(12, 2, 0, 3), True, "0 of 12 replies still do it, and 2 of 12 of the untaught"),
        (Counts(12, 2, 3, 3), True, "3 of 12 replies still do it, and 2 of 12"),
        (Counts(12, 2, 4, 3), False, "version 3 never learned it, yet 4 of 12 of its replies"),
        (Counts(12, 2, 2, None), True, "the untaught model answers now, and does it in 2 of 12"),
    ],
)
def test_the_sentence_says_the_counts_and_claims_no_more(
    counts: Counts, back: bool, words: str
) -> None:
    assert counts.back is back
    assert counts.sentence().startswith(words)


class Scholar:
    """Answers in one sentence where told or taught to; asks back only where told, or by `asks`."""

    def __init__(self, home: Path) -> None:
        self.home, self.asks = home, list[str]()

    def write(self, messages: Sequence[Message], version: int | None) -> tuple[str, ...]:
        said, told = messages[-1].text, str(messages).lower()
        folder = None if version is None else adapters.folder_of(self.home, version)
        inside = () if folder is None else adapters.read(folder)["lessons"]
        asks = "with a question" in told or version == 1 or any(one in self.asks for one in inside)
        brief = "one short sentence" in told or any(one not in self.asks for one in inside)
        reply = f"Of matter {zlib.crc32(said.encode()) % 1000} I say what is known"
        reply += "" if brief and version != 1 else ". There is more. It goes on"
        reply += ", or is it not?" if asks else "."
        return (reply, f"Well, {reply}", f"{reply} Yes.")


def test_forgetting_says_at_once_that_it_is_done_and_later_that_it_is_proved(
    tmp_path: Path,
) -> None:
    with session(tmp_path, ScriptedModel(home=tmp_path, write=talk)) as made:
        task, lesson = learned(made)

        receipt = made.forget(lesson.id, task)
        assert made.wait(60)

        said = [turn.text for turn in tasks.turns(made.store, task) if turn.kind == "notice"]
        proved = json.loads(versions.receipt(made.store, receipt).removed)["proof"]
        assert (proved["n"], proved["version"]) == (12, None)
        assert proved["now"] == proved["base"]
        assert said[-2:] == [
            f"Forgotten. The receipt {receipt} says what was removed.",
            f"Forgotten: {Counts(**proved).sentence()}",
        ]


def test_what_is_rebuilt_is_measured_too(tmp_path: Path) -> None:
    scholar = Scholar(tmp_path)
    with session(tmp_path, ScriptedModel(home=tmp_path, write=scholar.write)) as made:
        task, asks = learned(made, ASK)
        scholar.asks.append(asks.id)
        _, brief = learned(made)

        receipt = made.forget(asks.id, task)
        assert made.wait(120)

        live = versions.live(made.store)
        assert live is not None
        assert live.lessons == (brief.id,)
        removed = json.loads(versions.receipt(made.store, receipt).removed)
        none = {"n": 12, "base": 0, "now": 0}
        assert removed["proof"] == {**none, "version": None}
        assert removed["rebuilt"] == {**none, "version": live.number}
        last = tasks.turns(made.store, task)[-1].text
        assert last.startswith("After the rebuild: 0 of 12 replies still do it, as 0 of 12")


def test_a_proof_outlasts_the_forgetting_of_another_lesson(tmp_path: Path) -> None:
    with session(tmp_path) as made:
        task, lesson = learned(made)
        noted = ledger.add(made.store, a_lesson(status="noted"))

        receipt = made.forget(lesson.id, task)
        made.forget(noted.id, task)
        assert made.wait(60)

        removed = json.loads(versions.receipt(made.store, receipt).removed)
        assert removed["proof"]["n"] == 12


def test_heed_that_is_closed_before_the_proof_says_so_in_the_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(tmp_path, file=True) as made:
        _, lesson = learned(made)
        monkeypatch.setattr(Rounds, "_prove", lambda self: None)
        receipt = made.forget(lesson.id)

    with session(tmp_path, file=True) as again:
        assert again.wait(60)
        removed = json.loads(versions.receipt(again.store, receipt).removed)

    assert removed["proof"] == "not measured"


def test_a_claim_is_whole_when_it_is_made(school: School) -> None:
    loud = school.lesson(LOUD, "!")

    claim = proof.capture(school.store, loud)

    assert claim == Claim(loud, ())
