"""What kind of thing a request wants made: within it answers and habits hold.

Knows no facet and no person.
"""

from __future__ import annotations

import re

KINDS = {
    "letter": r"letters?",
    "message": r"e-?mails?|messages?|notes?|repl(?:y|ies)|invitations?|announcements?",
    "story": r"stor(?:y|ies)|tales?|poems?|songs?|scripts?|scenes?",
    "article": r"articles?|essays?|posts?|reports?|blogs?|reviews?|papers?",
    "speech": r"speech(?:es)?|toasts?|presentations?|talks?|pitch(?:es)?",
    "code": r"code|functions?|program(?:me)?s?|regex|apps?|websites?|algorithms?",
    "plan": r"plans?|itinerar(?:y|ies)|trips?|schedules?|routines?|budgets?|strateg(?:y|ies)",
    "recipe": r"recipes?|meals?|menus?|dish(?:es)?",
    "list": r"lists?|ideas?|tips?|recommendations?|suggestions?|names?",
    "explanation": r"explain|explanation|describe|description|summar(?:y|i[sz]e)|overview",
    "design": r"designs?|logos?|posters?|layouts?",
}
_FOUND = [(name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in KINDS.items()]


def of(request: str) -> str:
    """The kind of the first thing that a request names; "" if none is known."""
    seen = [(match.start(), name) for name, words in _FOUND if (match := words.search(request))]
    return min(seen)[1] if seen else ""
