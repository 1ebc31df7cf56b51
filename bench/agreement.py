"""How far two labellers of our own critiques agree: F1 of their wishes, kappa field by field.

Prints totals only, never a text: one part is not to be read. Knows no parser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bench import critiques
from bench.critiques import Row

FIELDS = ("kind", "aspect", "polarity", "op", "scope", "how")
LOW = 0.6  # a field with a kappa below it gets a sharper guideline


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the wishes of two passes over the same critiques."""

    critiques: int
    first: int  # wishes of one pass
    second: int  # wishes of the other
    pairs: tuple[tuple[Row, Row], ...]

    def f1(self) -> float:
        """Of the wishes that both passes found; 1 if neither found any."""
        total = self.first + self.second
        return 2 * len(self.pairs) / total if total else 1.0

    def labels(self, field: str) -> list[tuple[object, object]]:
        """What both say of one field, wish by wish."""
        return [(one[field], other[field]) for one, other in self.pairs]


def of(first: Sequence[Sequence[Row]], second: Sequence[Sequence[Row]]) -> Agreement:
    """The agreement of two passes; the same place in both is the same critique."""
    return Agreement(
        len(first),
        sum(map(len, first)),
        sum(map(len, second)),
        tuple(two for a, b in zip(first, second, strict=True) for two in matched(a, b)),
    )


def matched(first: Sequence[Row], second: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Wishes one to one: one quote contains the other and is at most twice as long.

    The nearest in length go together first, so that equal quotes are never parted.
    """
    near = sorted(
        ((_ratio(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    left, right = set(range(len(first))), set(range(len(second)))
    found = []
    for ratio, i, j in near:
        if ratio >= 0.5 and i in left and j in right:
            left.remove(i)
            right.remove(j)
            found.append((i, j))
    return [(first[i], second[j]) for i, j in sorted(found)]


def _ratio(a: Row, b: Row) -> float:
    """The shorter quote's length over the longer's; 0 if neither contains the other."""
    within = a["start"] >= b["start"] and a["end"] <= b["end"]
    around = a["start"] <= b["start"] and a["end"] >= b["end"]
    sizes = sorted((a["end"] - a["start"], b["end"] - b["start"]))
    return sizes[0] / sizes[1] if within or around else 0.0


def kappa(labels: Sequence[tuple[object, object]]) -> float:
    """Cohen's kappa: agreement beyond chance, over what chance leaves; 1 if all say one thing.

    Not a number without labels. Source: Cohen, "A coefficient of agreement for nominal scales",
    1960.
    """
    n = len(labels)
    if not n:
        return float("nan")
    seen = sum(a == b for a, b in labels) / n
    left, right = Counter(a for a, _ in labels), Counter(b for _, b in labels)
    chance = sum(left[label] * right[label] for label in left) / n**2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def table(agreed: Agreement) -> list[str]:
    """The figures as the lines of a table."""
    n = len(agreed.pairs)
    found = [
        f"{agreed.critiques} critiques, {agreed.first} and {agreed.second} wishes,"
        f" {n} matched, F1 {agreed.f1():.3f}",
        "",
        "| field | same | kappa | n | |",
        "| --- " * 5 + "|",
    ]
    for field in FIELDS:
        labels = agreed.labels(field)
        same, value = sum(a == b for a, b in labels), kappa(labels)
        found.append(f"| {field} | {same} | {value:.3f} | {n} | {'low' * (value < LOW)} |")
    return found


def main() -> None:
    """Prints the agreement of passes "a" and "b", by part and in all."""
    other = critiques.second()
    both = {
        part: [row for row in critiques.lines(part) if row["id"] in other]
        for part in critiques.PARTS
    }
    for name, rows in (*both.items(), ("both", [row for part in both.values() for row in part])):
        agreed = of([row["wishes"] for row in rows], [other[row["id"]] for row in rows])
        print("\n".join(["", f"## {name}", "", *table(agreed)]))
    print(f"\nSettled: {len(critiques.settled())} critiques.")


if __name__ == "__main__":
    main()
