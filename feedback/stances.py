"""What a person says about their own wishes: I wish I were less harsh; I ask for it from habit.

Gives the wish that they speak of and how they stand to it. Knows no lesson and makes no pair.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.types import Stance, Wish

_REST = r"(?P<what>[^.;!?\n]+?)"
_END = r"(?=\s*(?:[.;!?\n]|$|, (?:but|and|so|even|though|because)\b| but\b| even though\b))"
_OFTEN = r"(?:(?:always|often|usually|keep|still|just|only|really|all the time|again|sometimes) )*"
_ASK = rf"{_OFTEN}(?:ask(?:ing)?|beg(?:ging)?|call(?:ing)?) (?:you )?for"
_HABIT = (
    r"(?:(?:just|only|merely|really|more of|nothing but|out of|from) )*(?:an? )?"
    r"(?:bad |old |stupid |silly )?(?:habit|reflex)(?: of mine)?"
)
# What is wanted of what follows: be it, do it, do it not, have none of it, have it.
_FORMS: tuple[tuple[str, str, Stance, Stance], ...] = (
    (rf"i(?: really| do)? wish (?:that )?i (?:was|were|could be|had been) {_REST}{_END}", "be {}",
     "wished", "habit"),
    (rf"i(?: really| do)? wish (?:that )?i (?:wasn't|weren't|was not|were not) {_REST}{_END}",
     "not {}", "wished", "habit"),
    (rf"i(?: really| do)? wish (?:that )?i (?:didn't|did not|wouldn't) (?:like|want|need|enjoy"
     rf"|{_ASK}) {_REST}{_END}", "no {}", "wished", "habit"),
    (rf"i(?: really| do)? wish (?:that )?i (?:liked|wanted|enjoyed|could (?:like|want|enjoy))"
     rf" {_REST}{_END}", "{}", "wished", "habit"),
    (rf"i(?:'d like| would like| want) to (?:want|like|learn to like|prefer) {_REST}{_END}", "{}",
     "wished", "habit"),
    (rf"i(?:'d like| would like| want| should| ought| need)(?: to)? be (?:less|more) {_REST}{_END}",
     "be {how} {}", "wished", "habit"),
    (rf"i (?:should|must|ought to|want to|need to|have to) (?:stop|quit|give up) (?:{_ASK}"
     rf"|wanting|liking|demanding|expecting) {_REST}{_END}", "no {}", "wished", "habit"),
    (rf"i (?:shouldn't|should not|mustn't|must not) (?:want|like|expect|demand|{_ASK})"
     rf" {_REST}{_END}", "no {}", "wished", "habit"),
    (rf"(?:(?:do not|don't|never) let me|(?:stop|keep) me from) (?:be|being|get(?:ting)? away with"
     rf"|sound(?:ing)?|becom(?:e|ing)|ask(?:ing)? for) {_REST}{_END}", "not {}", "wished", "habit"),
    (rf"(?:ignore it|don't listen|do not listen|pay no attention|take no notice)"
     rf"(?: to me)? when(?:ever)? i {_ASK} {_REST}{_END}", "{}", "rejected", "observed"),
    (rf"i(?: know i)? {_ASK} {_REST}(?:,? (?:but|and|though) (?:(?:that|it)(?:'s| is)|this is)"
     rf"|,? (?:out of|from)) {_HABIT}{_END}", "{}", "habit", "observed"),
    (rf"(?:my )?{_ASK} {_REST} is {_HABIT}{_END}", "{}", "habit", "observed"),
    (rf"i (?:do stand by|stand by|really do want|do mean it about|stand behind) {_REST}{_END}",
     "{}", "endorsed", "observed"),
)  # fmt: skip
_COMPILED = [
    (re.compile(rf"(?<!\w){form}", re.IGNORECASE), effect, alike, opposed)
    for form, effect, alike, opposed in _FORMS
]
# How a sentence begins before the person speaks of themself.
_BEGINS = re.compile(
    r"(?:^|[.!?;]\s)\s*(?:(?:but|and|also|well|so|ok(?:ay)?|honestly|actually|sorry|look|please)"
    r"[,\s]+)*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:no|one|two|three|four|five|\d+)\b", re.IGNORECASE)  # "no one sentence"
_SO = re.compile(
    r"^(?:so|that|such|quite|too|all|very) (?:much |many )?"
    r"|^(?:the |my )?(?:(?:rule|lesson|wish|thing) about )?(?:the |my )?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """The wish that a person speaks of, and how they stand to it and to its opposite.

    `opposed` is "observed" where nothing is said of the opposite.
    """

    effect: str
    alike: Stance
    opposed: Stance
    start: int  # of the words that say so, in characters
    end: int


def of(text: str) -> tuple[Said, ...]:
    """All that is said of own wishes in a text, in its order; of two readings the earlier form."""
    plain = text.replace("’", "'")
    found: list[Said] = []
    for pattern, effect, alike, opposed in _COMPILED:
        for match in pattern.finditer(plain):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            if not _begins(plain[: match.start()]):
                continue
            what = _SO.sub("", " ".join(match["what"].split())).strip(" ,'\"")
            how = re.search(r"\b(?:less|more)\b", match.group().lower())
            if what and not (effect == "no {}" and _COUNTED.match(what)):
                said = effect.format(what, how=how.group() if how else "")
                found.append(Said(said, alike, opposed, *match.span()))
    return tuple(sorted(found, key=lambda one: one.start))


def _begins(before: str) -> bool:
    """Whether own words begin behind these: a sentence, and neither a quote nor another's words."""
    quoted = before.count('"') % 2 or before.count("“") > before.count("”")
    return not quoted and _BEGINS.search(before) is not None


def heard(text: str, wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """The wishes of a text, where those that speak of own wishes want nothing of this reply.

    The first wish in such words stands for them; others in the same words go.
    """
    said = of(text)
    kept: list[Wish] = []
    taken: set[Said] = set()
    for wish in wishes:
        mine = next((one for one in said if _meets(one, wish)), None)
        if mine is None:
            kept.append(wish)
        elif mine not in taken:
            taken.add(mine)
            kept.append(_about(wish, mine))
    return tuple(replace(wish, number=number) for number, wish in enumerate(kept, start=1))


def said_by(wish: Wish) -> tuple[Stance, Stance] | None:
    """How the person stands to what a wish speaks of, and to its opposite; None if it does not."""
    found: Any = json.loads(wish.slots).get("stance")
    return (found[0], found[1]) if wish.kind == "meta" and isinstance(found, list) else None


def _meets(said: Said, wish: Wish) -> bool:
    start, end = wish.quote.start or 0, wish.quote.end or 0
    return start < said.end and said.start < end


def _about(wish: Wish, said: Said) -> Wish:
    slots = json.loads(wish.slots) | {"stance": [said.alike, said.opposed]}
    return replace(
        wish,
        kind="meta",
        aspect="interaction",
        op="none",
        polarity=0,
        effect=said.effect,
        aim="process",
        target=None,
        check=None,
        check_on_target=None,
        claim="none",
        reach="topic" if wish.condition else "always",
        route="accept",
        slots=json.dumps(slots, ensure_ascii=False, sort_keys=True),
    )
