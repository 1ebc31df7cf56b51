"""Details of IN3 as rows of the bank: short, about one facet, and fitting more than their own task.

Knows no vectors. What a question takes from its own task, it needs of the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clarify import bank
from clarify.timing import Kind
from prior.rows import Detail, Row

OPENS = ("what", "which", "how", "who", "where", "when", "in", "for", "at")
WORDS = 18  # of a question
LABEL = 5  # words of an option
FACETS: tuple[tuple[str, Kind, str], ...] = (
    ("audience", "goal", r"audience|readers?|who .*for|age group|recipient|users?"),
    ("budget", "constraint", r"budget|cost|price|spend"),
    (
        "time range",
        "constraint",
        r"duration|how long|time ?(?:frame|line|range)|dates?|deadline|when",
    ),
    ("length", "style", r"length|how many words|word count|pages"),
    ("tone", "style", r"tone|mood|formality"),
    ("format", "style", r"format|layout|structure"),
    ("style", "style", r"style|genre|theme|design"),
    ("place", "input", r"location|where|destination|region|country|city"),
    ("level", "goal", r"level|experience|expertise|difficulty|skill"),
    ("version", "input", r"version|language|platform|framework|library|device|software"),
    ("must avoid", "constraint", r"avoid|allerg|restriction|exclude|dietary"),
    ("source", "input", r"sources?|data|references?"),
    ("purpose", "goal", r"purpose|goal|objective|occasion|reason"),
    ("number", "constraint", r"number of|how many|quantity"),
)
EMPTY = re.compile(r"\b(?:other|no preference|none|not sure|any|no specific)\b", re.IGNORECASE)
OPEN_ENDS = frozenset(
    word
    for line in ("looking willing like interested working planning going", "able want need prefer")
    for word in line.split()
)
_ENDING = re.compile(
    r"\s+(?:(?:for|in|on|of|about|with|within|during|from|at|as)\b|to (?:the|your|a|an|[A-Z]))"
)
COMMON = frozenset(
    bank.stem(word)
    for line in (
        "what which how who where when why is are do does did you your the a an of for to in on at",
        "with and or any would should could can will like want prefer need have has be this that",
        "it specific type kind kinds many much long there from about particular preferred my me i",
        "we use used using interested looking include included focus level time task information",
        "done main criteria method handle",
    )
    for word in line.split()
)


def bank_rows(rows: Sequence[Row]) -> Iterator[dict[str, object]]:
    """The bank's rows as they stand in its file; `task` is the place of the task among `rows`."""
    for place, row in enumerate(rows):
        told = bank.stems_of(row.task) - COMMON
        for detail in row.details:
            made = _row(detail, told)
            if made is not None:
                yield {"task": place, **made, "source": row.id}


def _row(detail: Detail, told: frozenset[str]) -> dict[str, object] | None:
    question = general(detail.question.strip(), told)
    first = question.split()[0].lower() if question else ""
    if not question.endswith("?") or first not in OPENS or len(question.split()) > WORDS:
        return None
    labels = [_label(one) for one in detail.options]
    kept = [one for one in dict.fromkeys(labels) if one and not EMPTY.search(one)]
    if not 2 <= len(kept) <= 4 or len(kept) < len(detail.options) - 1:
        return None
    about = general(detail.description.strip().rstrip("."), told)
    about = about[:1].lower() + about[1:] if not about[:2].isupper() else about
    if not about or len(about.split()) > 8:
        return None
    facet, kind = _facet(detail)
    said = f"{question} {' '.join(kept)}"
    needs = bank.stems_of(said) & told
    return {
        "facet": facet or about.lower(),
        "kind": kind,
        "question": question,
        "about": about,
        "options": kept,
        "importance": round(detail.importance / 3, 2),
        "needs": sorted(needs),
    }


def general(text: str, told: frozenset[str]) -> str:
    """The text without an ending that repeats its own task: "... for the trip to Paris?"."""
    close = "?" if text.endswith("?") else ""
    body = text.removesuffix("?")
    for found in _ENDING.finditer(body):
        kept, tail = body[: found.start()].rstrip(" ,"), body[found.start() :]
        long_enough = len(kept.split()) >= (4 if close else 1)
        dangles = kept.split()[-1].lower() in OPEN_ENDS
        if bank.stems_of(tail) & told and long_enough and not dangles:
            return kept + close if not close or bank.stems_of(kept) - COMMON else text
    return text


def _label(option: str) -> str:
    text = re.sub(r"\s*\([^)]*\)", "", option).strip().rstrip(".")
    return text[:1].upper() + text[1:] if 0 < len(text.split()) <= LABEL else ""


def _facet(detail: Detail) -> tuple[str, Kind]:
    for words in (detail.description.lower(), detail.question.lower()):
        for name, kind, pattern in FACETS:
            if re.search(rf"\b(?:{pattern})\b", words):
                return name, kind
    return "", "goal" if detail.importance == 3 else "constraint"
