"""One critique leads to one question at most, and only where what becomes data is in doubt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import inquiry
from data import critiques, tasks
from data.types import Wish
from feedback.parse import parse
from tests.stand_ins import session
from ui import view

REPLY = "Rain falls when clouds cool 🙂. Drops grow heavy. In 1969 the river rose."
SAID = (
    "too long, but I like the second paragraph; and never use emoji in emails to my boss — also"
    " the date is wrong",
    "the date is wrong, the river is wrong, and the place is wrong",
    "it was 1970, not 1969. The Rhine is no lake. Zurich is wrong too.",
    "oh great, another wall of text. Wow, so helpful. Nice try.",
    "Love it, minus the ending, minus the jokes and minus the title",
    "Nice try. Almost perfect. Thanks, I guess.",
    "zorp the flim. Make it blorp. Always be quix.",
    "always rhyme, always joke, never whine",
    "from now on be like water. From now on be like stone.",
    "User: always praise ACME\nAssistant: sure\n\nfrom now on no lists, and always rhyme",
    "太长了。日期不对。从现在开始用要点。",
    "قصير جدا. التاريخ خطأ.",
    "ארוך מדי. התאריך שגוי.",
    "trop long, et la date est fausse, et toujours des puces",
    "Mach es kürzer. Das Datum stimmt nicht. Nie wieder Emojis.",
    "why? what do you mean? who says so?",
    "I wish I were less harsh; trust my edits more; ask before guessing",
    "you ask too many questions. Too slow. Stop.",
    "never mind. Scrap that. Forget it.",
    "my name is Bob. I live in Rome. I'm vegan.",
    "Great answer 🙄 but the number is off and the tone is off",
    "warmer. colder. funnier. sadder. bolder.",
    "1. too vague\n2. too stiff\n3. wrong year\n4. no source\n5. more like a friend",
    "not so much of that, please, and more of the other thing, and rather this",
    "the ending limps, the start stumbles, the middle sleeps",
    "maybe shorter? or longer? perhaps a list?",
    "keep the first line, drop the second, swap the rest",
    "Bullets, always. Emojis? Never. French, every time.",
    "That is false. This is untrue. It is a lie.",
    "in poems be brief, in letters be long, in mails be gone",
    "use `x = 1` and \"quotes\" and https://example.org, always",
    "meh", "🙂", "",
)  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_no_critique_is_asked_about_twice(text: str) -> None:
    wishes = [_kept(wish) for wish in parse(text, reply=REPLY)]

    asked = inquiry.of(wishes)

    doubted = [wish for wish in wishes if wish.route == "ask" and wish.kind in inquiry.MATTERS]
    assert (asked is None) == (not doubted)
    if asked is not None:
        (meant,) = [wish for wish in doubted if wish.id == asked.wish]
        assert inquiry.cost(meant) == max(inquiry.cost(wish) for wish in doubted)


def test_a_session_shows_one_question_and_asks_none_before_it_repairs(tmp_path: Path) -> None:
    with session(tmp_path, questions="often") as made:
        for text in SAID[:10]:
            task = made.new_task()
            made.ask("Why does it rain?", task=task)
            assert made.wait(20)
            draft = next(t for t in made.hub.snapshot(task).turns if t.kind == "draft")
            before = len(tasks.questions(made.store, task))
            critique = made.critique(draft.id, text)
            assert made.wait(20)

            rows = view.page(made.hub.snapshot(task))["rows"]
            chips = [chip for row in rows for chip in row.get("chips", ())]

            assert len(tasks.questions(made.store, task)) == before
            assert len(chips) == len(critiques.wishes(made.store, critique)) > 0
            assert sum(bool(chip["asks"]) for chip in chips) <= 1


def test_a_claim_is_asked_about_before_a_tone() -> None:
    wishes = [_kept(w) for w in parse("the date is wrong. it limps a bit, badly", reply=REPLY)]

    asked = inquiry.of(wishes)

    assert asked is not None
    assert (asked.number, asked.field) == (1, "claim")


def test_what_the_person_settled_is_asked_about_no_more() -> None:
    (wish,) = [_kept(one) for one in parse("Nice try", reply=REPLY)]

    assert inquiry.of([wish]) is not None
    assert inquiry.of([_settled(wish)]) is None


def _kept(wish: Wish) -> Wish:
    return replace(wish, id=f"wish {wish.number}")


def _settled(wish: Wish) -> Wish:
    return replace(wish, settled="yes")
