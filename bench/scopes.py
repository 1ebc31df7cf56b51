"""How often the scope test is right on requests that hide their place, or only mention one.

    .venv/bin/python -m bench.scopes

The 93 requests of scopes.jsonl were written by a language model, before the test was rewritten and
out of sight of who rewrote it. Knows no weights of a chat model.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import json
from datetime import UTC, datetime
from pathlib import Path

from assistant.embedder import embed
from assistant.rates import Rate
from data.types import Lesson
from feedback import holding


def main() -> None:
    """Prints what is missed and wrongly taken, and both counts with their intervals."""
    found, wrong = [], []
    for line in (Path(__file__).parent / "scopes.jsonl").read_text("utf-8").splitlines():
        asked = json.loads(line)
        holds = holding.ids([_lesson(asked["where"])], embed)
        found += [(text, bool(holds(text))) for text in asked["inside"]]
        wrong += [(text, bool(holds(text))) for text in asked["outside"]]
    for name, some, bad in (("missed", found, False), ("wrongly taken", wrong, True)):
        for text, held in some:
            if held is bad:
                print(f"{name}: {text}")
    for name, some in (("found", found), ("wrongly taken", wrong)):
        rate = Rate(sum(held for _, held in some), len(some))
        low, high = rate.interval()
        print(f"{name}: {rate} (95 % interval {low:.2f} to {high:.2f})")


def _lesson(where: list[list[str]]) -> Lesson:
    return Lesson(
        id="asked",
        wish="",
        effect="",
        scope="",
        condition=tuple((key, value) for key, value in where),
        check=None,
        since=datetime.now(UTC),
    )


if __name__ == "__main__":
    main()
