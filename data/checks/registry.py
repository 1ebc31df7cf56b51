"""Every check by its name: whether a text passes, where it shows, and how it is said.

Does not know which wish or lesson stores a check, nor the audit twins.
"""

from __future__ import annotations

from data.checks import edges, format, language, length, words
from data.checks import relative as comparisons
from data.checks.kind import CheckKind
from data.types import Check, Refusal, Span

_KINDS: dict[str, CheckKind] = {
    kind.name: kind
    for family in (length, format, words, edges, language, comparisons)
    for kind in family.KINDS
}
_AROUND = 24  # characters of prefix and suffix kept with a span


def known() -> tuple[CheckKind, ...]:
    """All checks, in the order of their families."""
    return tuple(_KINDS.values())


def kind_of(check: Check) -> CheckKind:
    """The kind behind a stored check. Raises Refusal if its name or its arguments are not known."""
    kind = _KINDS.get(check.name)
    if kind is None:
        raise Refusal(f"heed knows no check named {check.name!r}.")
    missing = set(kind.args) - {name for name, _ in check.args}
    if missing:
        raise Refusal(f"The check {check.name!r} lacks {', '.join(sorted(missing))!r}.")
    return kind


def relative(check: Check) -> bool:
    """Whether the check compares with an earlier text, and so says nothing about a new request."""
    return kind_of(check).relative


def passes(check: Check, text: str, *, before: str | None = None) -> bool:
    """Whether the text is as the check says.

    Raises Refusal for an unknown check, and for a comparison without an earlier text.
    """
    kind = kind_of(check)
    if kind.relative and before is None:
        raise Refusal(f"The check {check.name!r} compares with an earlier text, and there is none.")
    return kind.test(dict(check.args), text, before or "") != check.negate


def evidence(check: Check, text: str) -> tuple[Span, ...]:
    """The places of the text that the check looks at, at most 50; none if it judges the whole."""
    places = kind_of(check).finds(dict(check.args), text)
    return tuple(span_at(text, start, end) for start, end in places[:50])


def span_at(text: str, start: int, end: int) -> Span:
    """A span for a place, with its surroundings and how often the same words stood before it."""
    quote = text[start:end]
    return Span(
        quote=quote,
        prefix=text[max(0, start - _AROUND) : start],
        suffix=text[end : end + _AROUND],
        occurrence=text.count(quote, 0, start) + 1 if quote else 1,
        start=start,
        end=end,
    )


def describe(check: Check) -> str:
    """The check as an imperative, lower case, without a full stop: "use at most 25 words"."""
    kind = kind_of(check)
    return (kind.says_not if check.negate else kind.says)(dict(check.args))
