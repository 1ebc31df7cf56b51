"""What the page sent with one act: a bag of JSON that is read one checked value at a time.

Knows no verb. The page is not trusted: a value of the wrong kind is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from data.types import Refusal, Span
from ui import markdown

Value = TypeVar("Value", bound=str)
LONGEST = 200_000  # characters; the session draws the tighter line and says so
LONGEST_QUOTE = 2000
MOST = 2**31 - 1  # what the store can count


class Said:
    """The values of one act."""

    def __init__(self, data: object) -> None:
        self._data: Mapping[str, object] = data if isinstance(data, dict) else {}

    def text(self, name: str) -> str:
        """Words, perhaps none. Raises Refusal if there is something else or far too much."""
        value = self._data.get(name, "")
        if not isinstance(value, str):
            raise Refusal(f"The page sent no words as {name!r}; load it again.")
        if len(value) > LONGEST:
            raise Refusal(f"That is {len(value)} characters; heed reads at most {LONGEST}.")
        # A browser may cut an emoji in two; no file keeps half a character.
        return value.encode("utf-8", "ignore").decode()

    def maybe(self, name: str) -> str | None:
        """Words, or None where the page sent none."""
        return self.text(name) if self._data.get(name) is not None else None

    def count(self, name: str) -> int | None:
        """A number from 0, or None."""
        value = self._data.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
            raise Refusal(f"The page sent {value!r} as {name!r}; load it again.")
        return value

    def number(self, name: str) -> float:
        """A number. Raises Refusal if there is something else."""
        value = self._data.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= MOST:
            raise Refusal(f"The page sent {value!r} as {name!r}; load it again.")
        return float(value)

    def flag(self, name: str, otherwise: bool) -> bool:
        """Yes or no."""
        value = self._data.get(name, otherwise)
        return value if isinstance(value, bool) else otherwise

    def one_of(self, name: str, values: tuple[Value, ...]) -> Value:
        """One of a closed set. Raises Refusal for anything else."""
        value = self.text(name)
        for known in values:
            if known == value:
                return known
        raise Refusal(f"The page sent {value!r} as {name!r}; load it again.")

    def span(self, source: str) -> Span | None:
        """The marked words, as they stand in the source. Raises Refusal if they do not."""
        quote = self.text("quote")[:LONGEST_QUOTE].strip()
        if not quote:
            return None
        found = markdown.in_source(source, Span(quote, occurrence=(self.count("nth") or 0) + 1))
        if found is None:
            raise Refusal(f"The marked words {quote[:60]!r} are not in the reply any more.")
        return found
