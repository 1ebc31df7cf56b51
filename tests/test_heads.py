"""The trained heads: what they are made of, what they say, and that they say it again."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

from assistant import heads
from assistant.settings import Settings
from data.types import Refusal
from heads import fit, rows, scores
from ui import cli

ROOT = Path(__file__).parent.parent
CARD = (ROOT / "heads/card.md").read_text("utf-8")
OURS = "Apache-2.0"


def field(said: dict[str, float], name: str) -> dict[str, float]:
    """The labels of one field."""
    return {label: p for label, p in said.items() if label.startswith(f"{name}=")}


def test_a_clause_gets_probabilities_of_every_field() -> None:
    said = heads.label(["too long", "x" * 5000, "a\tb\nc", "née 太长"])

    for one in said:
        for name in heads.FIELDS:
            assert sum(field(one, name).values()) == pytest.approx(1, abs=1e-4)


def test_a_short_clause_of_another_language_is_told_by_its_cue_words() -> None:
    (french, english) = heads.label(["cessez de me demander mon avis", "vague"])

    assert french == {}
    assert english


def test_words_of_another_language_get_no_label() -> None:
    said = heads.label(
        ["", "\U0001f644", "太长了", "это слишком длинно", "das ist viel zu lang für mich"]
    )

    assert said == ({},) * 5


def test_the_product_gives_the_heads_to_its_session(tmp_path: Path) -> None:
    session = cli.open_session(Settings(home=tmp_path))

    try:
        assert session.say is not None
        assert session.say(["no emoji"]) == heads.label(["no emoji"])
    finally:
        session.close()


def test_plain_words_are_read_as_they_are_meant() -> None:
    long, liked, wrong = heads.label(
        ["way too long", "I love the second paragraph", "the date is wrong"]
    )

    assert max(field(long, "aspect"), key=long.__getitem__) == "aspect=length"
    assert max(field(liked, "kind"), key=liked.__getitem__) == "kind=praise"
    assert max(field(liked, "polarity"), key=liked.__getitem__) == "polarity=1"
    assert max(field(wrong, "kind"), key=wrong.__getitem__) == "kind=fact"


def test_the_same_words_get_the_same_numbers_alone_and_in_company() -> None:
    alone = heads.label(["be a bit warmer"])
    beside = heads.Heads()(["no emoji", "be a bit warmer"])

    assert alone[0] == beside[1]
    assert heads.label([]) == ()


def test_the_file_is_small_and_read_without_scikit_learn() -> None:
    source = (ROOT / "assistant/heads.py").read_text("utf-8")

    assert heads.FILE.stat().st_size < 3_000_000
    assert not re.search(r"import (?:sklearn|scipy|torch|sentence_transformers)", source)


@pytest.mark.parametrize("broken", [b"", b"no zip", b"PK\x03\x04 half"])
def test_a_missing_or_broken_file_is_told_in_a_sentence(tmp_path: Path, broken: bytes) -> None:
    file = tmp_path / "heads.npz"
    file.write_bytes(broken)

    for path in (file, tmp_path / "nothing.npz"):
        with pytest.raises(Refusal, match="make heads"):
            heads.Heads(path)(["too long"])


def test_the_card_lists_every_training_file_and_each_may_ship() -> None:
    listed = re.findall(r"^\| `(.+?)` \| (\d+) \| (.+?) \| `(\w+)` \|$", CARD, re.MULTILINE)

    assert [name for name, *_ in listed] == list(rows.FILES)
    assert set(rows.FILES) == {"clauses.jsonl", "spoken.jsonl", "feedbackqa.jsonl"}
    for name, count, licence, sha in listed:
        held = (rows.HERE / name).read_bytes()
        assert hashlib.sha256(held).hexdigest()[:16] == sha, f"{name}: run `make heads`"
        assert held.count(b"\n") == int(count)
        assert licence.startswith(OURS)
    assert "Apache License" in (rows.HERE / "LICENSE-feedbackqa").read_text("utf-8")


def test_training_reads_no_other_file() -> None:
    sources = "".join(path.read_text("utf-8") for path in rows.HERE.glob("*.py"))

    assert set(re.findall(r'"([\w/-]+\.jsonl)"', sources)) == set(rows.FILES)
    assert re.findall(r"import tests|from tests|from bench|import bench", sources) == []


def test_rows_of_one_question_share_a_fold() -> None:
    critiques = rows.critiques()
    drawn = rows.folds(critiques)

    folds: dict[str, set[int]] = {}
    for row, fold in zip(critiques, drawn, strict=True):
        folds.setdefault(row.group, set()).add(int(fold))
    assert {len(found) for found in folds.values()} == {1}
    assert set(drawn.tolist()) == set(range(rows.FOLDS))


def test_a_fit_in_the_narrow_space_finds_what_tells_the_labels_apart_and_twice_the_same() -> None:
    texts = ["too long", "much too long", "far too long", "I like it", "I like that", "I like this"]
    labels = ["-1", "-1", "-1", "1", "1", "1"]
    seen = fit.features(texts, fit.space(texts, least=1), None)
    alone = np.array([0, 1, 2, 0, 1, 2])

    first, again = (fit.fit(seen, labels, alone, fit.narrowed(seen)) for _ in range(2))

    said = [first.labels[place] for place in (seen.grams @ first.of_grams + first.bias).argmax(1)]
    assert said == labels
    assert [first.labels[place] for place in first.scores.argmax(1)] == labels
    assert np.array_equal(first.of_grams, again.of_grams)


def test_temperature_cools_what_is_too_sure_of_itself() -> None:
    right = np.array([0, 0, 1, 1] * 25)
    bold = np.tile([[9.0, -9.0]], (100, 1))

    heat = scores.heat(bold, right)

    assert heat == pytest.approx(5)
    assert scores.shares(bold, heat).sum(1) == pytest.approx(np.ones(100))
    assert scores.ece(np.full(100, 0.9), right == 0) == pytest.approx(0.4)
    assert scores.macro_f1(["a", "a"], ["a", "b"]) == pytest.approx(1 / 3)
