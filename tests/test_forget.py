"""What is forgotten is gone: from what answers, the weights and the disk, letter for letter."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, forget, places, targets
from data import caches, critiques, ledger, preferences, tasks, versions
from data.store import Store
from data.types import AdapterVersion, Check, Lesson, Message, Preference, Refusal, Span
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

    def teach(self, lesson: Lesson) -> AdapterVersion:
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


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose memory is kept in memory: quick, and enough where no bytes are looked at."""
    return three_lessons(tmp_path, Store(None))


@pytest.fixture
def disk(tmp_path: Path) -> Home:
    """A home whose memory is a file."""
    return three_lessons(tmp_path, Store(tmp_path / "memory.duckdb"))


def three_lessons(tmp_path: Path, store: Store) -> Home:
    """Of three lessons the second came from a critique with a word that must go."""
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
    for lesson in lessons:
        made.teach(lesson)
    made.example(lessons[1], "What is lighter than air?", critique=kept.id)
    numbers = np.zeros((1, 1))
    cached = targets.Reference(np.zeros(1), numbers, numbers, np.zeros(1))
    targets.write(tmp_path, "second", cached, [lessons[1].id])
    targets.write(tmp_path, "third", cached, [lessons[2].id])
    targets.index(store, tmp_path)
    return made


def bytes_with(folder: Path, word: str) -> list[str]:
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and word.encode() in path.read_bytes()
    ]


def test_the_words_are_gone_from_every_file(disk: Home) -> None:
    disk.store.execute("CHECKPOINT")
    assert bytes_with(disk.folder, SECRET) == ["memory.duckdb"]

    forget.forget(disk.store, disk.folder, disk.lessons[1].id)

    assert bytes_with(disk.folder, SECRET) == []
    assert disk.store.verify() == ()


def test_the_newest_version_that_never_saw_it_answers_at_once(home: Home) -> None:
    first, second, third = home.lessons

    forget.forget(home.store, home.folder, second.id)

    live = versions.live(home.store)
    assert live is not None
    assert live.number == 1
    assert ledger.get(home.store, first.id).place == "weights"
    later = ledger.get(home.store, third.id)
    assert (later.status, later.place, later.learned_in) == ("active", "prompt", None)


def test_versions_that_held_it_are_purged_with_their_folders(home: Home) -> None:
    forget.forget(home.store, home.folder, home.lessons[1].id)

    assert [one.state for one in versions.all(home.store)] == ["live", "purged", "purged"]
    assert [path.name for path in (home.folder / "adapters").iterdir()] == ["0001"]
    with pytest.raises(Refusal, match="removed when a lesson was forgotten"):
        versions.promote(home.store, 2, "back again")


def test_forgetting_the_only_lesson_lets_the_base_answer(home: Home) -> None:
    for lesson in home.lessons:
        forget.forget(home.store, home.folder, lesson.id)

    assert versions.live(home.store) is None
    assert list((home.folder / "adapters").iterdir()) == []
    assert ledger.all(home.store) == ()


def test_cached_numbers_and_examples_go_and_those_of_others_stay(home: Home) -> None:
    second, third = home.lessons[1:]
    kept = home.example(third, "How does a kite fly?")

    forget.forget(home.store, home.folder, second.id)

    assert targets.read(home.folder, "second") is None
    assert targets.read(home.folder, "third") is not None
    assert preferences.of_lesson(home.store, second.id) == ()
    assert preferences.training(home.store) == (kept,)


def test_examples_whose_teacher_held_it_are_made_anew(home: Home) -> None:
    second, third = home.lessons[1:]
    home.example(third, "How does a kite fly?", target_key="second")
    kept = home.example(third, "What is a sail?", target_key="third")

    forget.forget(home.store, home.folder, second.id)

    assert preferences.training(home.store) == (kept,)


def test_what_a_version_with_it_wrote_is_not_learned_from_but_the_persons_edit_is(
    home: Home,
) -> None:
    second, third = home.lessons[1:]
    under = replace(a_turn(home.task, None, "draft", "It glides."), adapter=2)
    turn = tasks.add_turn(home.store, under)
    critique, _ = critiques.add(home.store, a_critique(turn.id, "ask me something"), [])
    home.example(third, "How does a kite fly?", made_by="accepted", critique=critique.id)
    edit = home.example(third, "What is a sail?", made_by="edit", critique=critique.id)

    forget.forget(home.store, home.folder, second.id)

    assert preferences.training(home.store) == (edit,)


def test_what_it_wrote_does_not_come_back_with_a_later_yes_to_another_lesson(home: Home) -> None:
    second, third = home.lessons[1:]
    under = replace(a_turn(home.task, None, "draft", "It glides."), adapter=2)
    turn = tasks.add_turn(home.store, under)
    critique, _ = critiques.add(home.store, a_critique(turn.id, "ask me something"), [])
    home.example(third, "How does a kite fly?", made_by="accepted", critique=critique.id)
    noted = replace(ledger.get(home.store, third.id), status="noted")
    ledger.change(home.store, noted, "no yes yet")

    forget.forget(home.store, home.folder, second.id)

    ledger.change(home.store, replace(noted, status="active"), "yes")
    assert [row for row in preferences.training(home.store) if row.critique is not None] == []


def test_the_chat_stays_without_the_words(home: Home) -> None:
    forget.forget(home.store, home.folder, home.lessons[1].id)

    texts = [turn.text for turn in tasks.turns(home.store, home.task)]
    assert texts == ["What flies?", "Many things fly.", forget.BLANK, forget.BLANK]


@pytest.mark.parametrize(
    "told",
    [
        "Version 2 learned 'say \"it\\'s a zeppelin\" last'.",  # as repr writes both quotes
        f"{WORDS!r} stays in the prompt.",  # what the wish said before the lesson was edited
    ],
)
def test_a_notice_goes_however_it_quotes_the_lesson(home: Home, told: str) -> None:
    second = replace(home.lessons[1], effect='say "it\'s a zeppelin" last')
    ledger.change(home.store, second, "edited")
    notice = tasks.add_turn(home.store, a_turn(home.task, None, "notice", told))

    forget.forget(home.store, home.folder, second.id)

    assert tasks.turn(home.store, notice.id).text == forget.BLANK


def test_the_receipt_counts_and_names_no_word(home: Home) -> None:
    receipt = forget.forget(home.store, home.folder, home.lessons[1].id)

    removed = json.loads(receipt.removed)
    assert removed == {
        "lesson": home.lessons[1].id,
        "versions": [2, 3],
        "preferences": 1,
        "critiques": 1,
        "cached": 1,
    }
    assert versions.receipts(home.store) == (receipt,)


def test_backups_that_hold_it_are_removed(home: Home) -> None:
    home.store.backup(home.folder / "backups")

    forget.forget(home.store, home.folder, home.lessons[1].id)

    assert list((home.folder / "backups").iterdir()) == []


def test_a_forgetting_that_was_cut_short_is_finished_at_the_next_start(
    disk: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(store: Store, folder: Path) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(forget, "mend", killed)
        with pytest.raises(KeyboardInterrupt):
            forget.forget(disk.store, disk.folder, disk.lessons[1].id)
    assert (disk.folder / "adapters" / "0002").exists()

    assert forget.mend(disk.store, disk.folder)

    assert not (disk.folder / "adapters" / "0002").exists()
    assert bytes_with(disk.folder, SECRET) == []
    assert not forget.mend(disk.store, disk.folder)


def test_weights_of_a_round_that_was_stopped_are_not_read_back_after_forgetting(home: Home) -> None:
    second = home.lessons[1]
    adapters.save(
        home.folder,
        number=4,
        parent=3,
        base="tiny/none",
        lessons=(second.id,),
        preferences=(),
        seed=0,
        tensors={"x.lora_B": np.ones((1, 1), dtype=np.float32)},
        settings={},
        losses=[1.0],
    )

    forget.forget(home.store, home.folder, second.id)

    assert not adapters.folder_of(home.folder, 4).exists()
    assert adapters.mend(home.store, home.folder).read_back == ()


def test_a_folder_among_the_backups_does_not_stop_forgetting(home: Home) -> None:
    home.store.backup(home.folder / "backups" / "mine")
    (home.folder / "backups" / "mine" / "notes.txt").write_text("my own")

    forget.forget(home.store, home.folder, home.lessons[1].id)

    left = [path.name for path in (home.folder / "backups" / "mine").iterdir()]
    assert left == ["notes.txt"]
    assert not (home.folder / forget.MARK).exists()


def test_a_mark_that_was_cut_off_before_it_named_a_lesson_removes_nothing(home: Home) -> None:
    backup = home.store.backup(home.folder / "backups")
    (home.folder / forget.MARK).write_text("")

    assert forget.mend(home.store, home.folder)

    assert backup.exists()
    assert not (home.folder / forget.MARK).exists()


def test_a_crash_before_any_row_went_leaves_everything(home: Home) -> None:
    (home.folder / forget.MARK).write_text(home.lessons[1].id)

    forget.mend(home.store, home.folder)

    live = versions.live(home.store)
    assert live is not None
    assert live.number == 3
    assert len(ledger.all(home.store)) == 3


def test_an_unknown_lesson_is_refused(home: Home) -> None:
    with pytest.raises(Refusal):
        forget.forget(home.store, home.folder, "nobody")

    assert len(ledger.all(home.store)) == 3
