"""Where an order begins inside words that no comma parts: "in stories let the dragon win".

Many verbs are nouns as well ("the plan", "a list"): those count only before what they act on.
Sees lower-cased words whose quoted parts are masked.
"""

from __future__ import annotations

import re

from feedback.cues import HOLE, VERBS

_WORD = re.compile(rf"[\w'{HOLE}-]+")
_VERB = re.compile(rf"(?:{VERBS}|define)")
# Verbs that are hardly ever nouns: they need no object beside them.
_PLAINLY = re.compile(
    r"(?:use|write|make|keep|give|add|avoid|put|tell|explain|say|include|remove|stop|leave|skip"
    r"|begin|let|define|ask|ignore|mention|be|translate|spell|lead|choose|bring|describe|provide"
    r"|suggest|remind|apologi[sz]e)"
)
_SETTLED = re.compile(
    r"(?:never|always|please|don't|do not|no|just|only|i(?:'d| would)? (?:want|like|need|prefer"
    r"|rather)|you (?:should|must|have to|need to|can)|it (?:should|must))\b"
)
# After these words a verb is no order: "you can use", "to write", "a list".
_LEANS = re.compile(
    r"(?:i|you|he|she|it|we|they|who|that|which|what|(?:i|you|we|they|he|she|it)'\w+|to|the|an?|my"
    r"|your|his|her|its|our|their|this|these|those|of|and|or|not|can|could|should|must|will|would"
    r"|may|might|do|does|did|\w+n't|never|always|also|more|less|very|for|in|on|with|at|as|than"
    r"|about|from|into|by|is|are|was|were|be|been|am|if|when|whenever|no|every|each|any|all|some"
    r"|only|just)"
)
_OBJECT = re.compile(
    r"(?:an?|the|my|your|his|her|its|our|their|this|that|these|those|me|us|it|them|every|each|all"
    r"|any|no|some|only|just|more|less|one|two|three|at|out|in|to|with)"
)
_NAMES = ("say", "write", "type", "send", "with", "ask")  # words before a quotation
_PRONOUN = re.compile(r"(?:i|you|he|she|it|we|they|some(?:one|body)|anyone|nobody)")
_FINITE = re.compile(
    r"(?:is|are|has|have|can|could|must|should|will|would|may|needs?|comes?|asks?|wants?|writes?"
    r"|says?|gets?|goes|disagree|reads?|\w+ed|\w+ing|\w+'s|\w+n't|\w+'m|\w+'re)"
)


def order_in(text: str, *, after_verb: bool) -> int:
    """Where the order begins, or 0. `after_verb`: a clause with a verb of its own stands first."""
    words = list(_WORD.finditer(text))
    said = [word.group() for word in words]
    for i in range(2, len(words) - 1):
        apart = text[words[i - 1].end() : words[i].start()].strip()
        if apart or _LEANS.fullmatch(said[i - 1]) or (after_verb and not _has_verb(said[1:i])):
            continue
        if _begins(text[words[i].start() :], said, i):
            return words[i].start()
    return 0


def _begins(rest: str, said: list[str], i: int) -> bool:
    if _SETTLED.match(rest) or (HOLE in said[i - 1] and said[i - 2] in _NAMES):
        return True
    acts = _PLAINLY.fullmatch(said[i]) or _OBJECT.fullmatch(said[i + 1]) or HOLE in said[i + 1]
    return bool(acts and _VERB.fullmatch(said[i]))


def _has_verb(words: list[str]) -> bool:
    """Whether the words between are a clause: "i ask for code", "comparing phones"."""
    pronoun = any(_PRONOUN.fullmatch(word) for word in words[:-1])
    return pronoun or any(_FINITE.fullmatch(word) for word in words)
