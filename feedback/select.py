"""What one learning run trains on: no near-duplicates, capped shares, and replay of old lessons.

Knows no model and reads no store: the rows are given, and they are all of split train.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from data.types import Embed, MadeBy, Preference
from data.vectors import NEAR_DUPLICATE, cosine, near_duplicates
from feedback import followups

SHARE = 0.3  # of all rows that what was said about one aspect may be
_BY_PERSON: tuple[MadeBy, ...] = ("edit", "accepted", "choice", "praise")
_SAID: tuple[MadeBy, ...] = (*_BY_PERSON, "checked")


def select(
    rows: Sequence[Preference],
    new: Sequence[str],
    embed: Embed,
    *,
    held: Sequence[str],
    cap: int = 8,
    replay: int = 6,
    aspects: Mapping[str, str] | None = None,
) -> tuple[Preference, ...]:
    """The rows to train on, in their order.

    Rows at cosine >= .95 of a held request go. Of a lesson at most `cap` rows that a person made;
    of a lesson not in `new` at most `replay` rows inside its scope and half as many near it. Of one
    aspect (`aspects` gives those of lessons) at most `cap` such rows, or 30 % of all.
    """
    apart = _away_from(rows, held, embed)
    single = _single(apart, embed)
    kept: dict[tuple[str | None, str], int] = defaultdict(int)
    chosen: set[int] = set()
    order = sorted(range(len(single)), key=lambda i: (-_rank(single[i]), i))
    for place in order:
        row = single[place]
        limits = _limits(row, new, cap, replay)
        if all(kept[key] < limit for key, limit in limits):
            for key, _ in limits:
                kept[key] += 1
            chosen.add(place)
    taken = [row for place, row in enumerate(single) if place in chosen]
    return _mixed(taken, new, cap, aspects or {})


def request_of(row: Preference) -> str:
    """The request that a preference answers: the last words of the user."""
    return next((m.text for m in reversed(row.prompt) if m.role == "user"), "")


def subject_of(row: Preference) -> str:
    """What that request is about, at which it is tested whether a lesson holds."""
    return followups.subject([m.text for m in row.prompt if m.role == "user"])


def _away_from(rows: Sequence[Preference], held: Sequence[str], embed: Embed) -> list[Preference]:
    """A hash splits by letters; a rewording of a held request would slip through it."""
    if not held or not rows:
        return list(rows)
    close = near_duplicates(embed([request_of(row) for row in rows]), embed(list(held)))
    return [row for place, row in enumerate(rows) if place not in close]


def _single(rows: Sequence[Preference], embed: Embed) -> list[Preference]:
    """Of two rows of one lesson and role with nearly one request and one answer, the heavier."""
    if not rows:
        return []
    vectors = embed([request_of(row) for row in rows])
    kept: list[int] = []
    for place in sorted(range(len(rows)), key=lambda i: (-rows[i].weight, i)):
        row = rows[place]
        same = any(
            (rows[k].lesson, rows[k].role, rows[k].chosen, rows[k].rejected)
            == (row.lesson, row.role, row.chosen, row.rejected)
            and cosine(vectors[k], vectors[place]) >= NEAR_DUPLICATE
            for k in kept
        )
        if not same:
            kept.append(place)
    return [rows[place] for place in sorted(kept)]


def _rank(row: Preference) -> float:
    """What a person wrote first, then what weighs most."""
    return row.weight + (1.0 if row.made_by in _BY_PERSON else 0.0)


def _mixed(
    rows: Sequence[Preference], new: Sequence[str], cap: int, aspects: Mapping[str, str]
) -> tuple[Preference, ...]:
    """The rows without the lightest of an aspect that would be more than its share of them.

    What belongs to no lesson counts as one aspect. As many as one lesson may have always stay.
    """
    kept = list(range(len(rows)))
    while True:
        most = max(cap, int(SHARE * len(kept)))
        of: dict[str, list[int]] = defaultdict(list)
        for place in kept:
            lesson = rows[place].lesson
            if rows[place].made_by in _SAID:
                of["" if lesson is None else aspects.get(lesson, lesson)].append(place)
        gone: set[int] = set()
        for places in of.values():
            order = sorted(places, key=lambda i: (rows[i].lesson not in new, -_rank(rows[i]), i))
            gone.update(order[most:])
        if not gone:
            return tuple(rows[place] for place in kept)
        kept = [place for place in kept if place not in gone]


def _limits(
    row: Preference, new: Sequence[str], cap: int, replay: int
) -> list[tuple[tuple[str | None, str], int]]:
    found: list[tuple[tuple[str | None, str], int]] = []
    if row.made_by in _SAID and row.lesson is not None:
        found.append(((row.lesson, "person"), cap))
    if row.lesson is not None and row.lesson not in new:
        found.append(((row.lesson, row.role), replay if row.role == "in" else max(1, replay // 2)))
    return found
