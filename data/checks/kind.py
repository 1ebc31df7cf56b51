"""What every check is: a name, its arguments, a test, an imperative, and the places that decide it.

Knows no particular check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from data.types import Refusal

Args = Mapping[str, str | float]
Place = tuple[int, int]  # start and end in characters
Test = Callable[[Args, str, str], bool]  # arguments, text, the text it is compared with or ""
Says = Callable[[Args], str]
Finds = Callable[[Args, str], tuple[Place, ...]]


def nowhere(_args: Args, _text: str) -> tuple[Place, ...]:
    """For checks that judge the text as a whole: no single place decides."""
    return ()


@dataclass(frozen=True, slots=True)
class CheckKind:
    """One check. `says` and `says_not` are imperatives, lower case, without a full stop."""

    name: str
    family: str
    args: tuple[str, ...]
    test: Test
    says: Says
    says_not: Says
    finds: Finds = nowhere  # where the thing that the check looks for stands
    relative: bool = False


def none_of(name: str, family: str, finds: Finds, says: str, says_not: str) -> CheckKind:
    """A check without arguments that passes where nothing of its kind is found."""
    return CheckKind(
        name,
        family,
        (),
        lambda args, text, _before: not finds(args, text),
        lambda _args: says,
        lambda _args: says_not,
        finds,
    )


def every(pattern: re.Pattern[str], text: str) -> tuple[Place, ...]:
    """The place of each match."""
    return tuple(m.span() for m in pattern.finditer(text))


def number(args: Args, name: str) -> float:
    """A numeric argument; raises Refusal where a stored check holds a word instead."""
    value = args[name]
    if isinstance(value, str):
        raise Refusal(f"A check needs a number for {name!r}, not {value!r}.")
    return value


def words(args: Args, name: str) -> str:
    """A textual argument; a number is written out, so that contains(1969) works."""
    value = args[name]
    return value if isinstance(value, str) else f"{value:g}"


def count(args: Args, name: str, one: str) -> str:
    """An amount with its noun for an imperative: "1 sentence", "25 words"."""
    value = number(args, name)
    return f"{value:g} {one}" if value == 1 else f"{value:g} {one}s"
