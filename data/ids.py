"""Sortable ids: milliseconds and random bits, in base 32.

Knows no clock and draws no random numbers; both are passed in.
"""

from __future__ import annotations

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # ascending in ASCII, without i, l, o and u
RANDOM_BITS = 32
LENGTH = 16  # 48 bits of milliseconds and 32 random ones, 5 bits a letter


def new_id(ms: int, bits: int, after: str = "") -> str:
    """An id of 16 letters that sorts by time, and always behind `after`.

    `ms` is milliseconds since 1970, `bits` a random number below 2**32. Within one millisecond, or
    when the clock was set back, the id is the next one behind `after`: turns never change places.
    """
    value = (ms << RANDOM_BITS) | bits
    if after:
        value = max(value, _number(after) + 1)
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def _number(text: str) -> int:
    value = 0
    for letter in text:
        value = (value << 5) | ALPHABET.index(letter)
    return value
