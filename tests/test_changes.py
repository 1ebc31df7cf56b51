"""A repair is shown as the words that went and the words that came."""

from __future__ import annotations

from ui import changes
from ui.changes import Piece


def test_the_pieces_read_as_both_texts() -> None:
    before, after = "The sky is very blue today.", "The sky is blue."

    pieces = changes.between(before, after)

    assert before.split() == _words(pieces, "same", "out")
    assert after.split() == _words(pieces, "same", "in")
    assert (changes.count(pieces, "out"), changes.count(pieces, "in")) == (3, 1)


def test_equal_texts_have_no_changes() -> None:
    assert (Piece("same", "as it is"),) == changes.between("as it is", "as it is")


def test_texts_too_long_to_compare_give_no_pieces() -> None:
    assert changes.between("word " * 3000, "other " * 3000) == ()


def _words(pieces: tuple[Piece, ...], *kinds: str) -> list[str]:
    return "".join(piece.text for piece in pieces if piece.kind in kinds).split()
