"""Looks for words in every byte of a folder, in whatever form a program may have written them.

Knows no format: a compressed file would hide its words, and heed writes none.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path


def bytes_with(folder: Path, word: str) -> list[str]:
    """The names of the files that hold the word: as text, in JSON, in base64 or in hex."""
    forms = _forms(word)
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def _forms(word: str) -> set[bytes]:
    plain = word.encode()
    forms = {plain, word.encode("utf-16-le"), plain.hex().encode(), plain.hex().upper().encode()}
    forms |= {json.dumps(word)[1:-1].encode(), repr(word)[1:-1].encode()}
    for lead in range(3):  # base64 writes a word in three ways, by what stands before it
        whole = base64.b64encode(b"\0" * lead + plain)
        first, last = -(-lead * 4 // 3), (lead + len(plain)) // 3 * 4
        forms |= {whole[first:last], whole[first:last].translate(bytes.maketrans(b"+/", b"-_"))}
    return {form for form in forms if len(form) >= 6}
