"""What the words of a lesson want, and of what: which end of a scale, how many, with or without.

Reads effects in English, without a check; knows no ledger. Words that are merely alike say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from feedback import amounts, scales

# Each turns the want of its part of a sentence around; two of them turn it back.
_NOT = re.compile(
    r"\b(?:not|never|no|nothing|none|without|neither|nor|cannot)\b(?! (?:only|more than|less than"
    r"|fewer than|longer than|later than|over|under|but))|n't\b"
)
_DROP = re.compile(
    r"\b(?:stop|avoid|skip|omit|drop|ditch|hide|hate|dislike|remove|delete|cut|quit|lose|forbid|ban"
    r"|less|fewer|(?<!not )(?<!never )too|free of"
    r"|(?:do|get) (?:away with|without|rid of))\b(?! than)"
    r"|\b(?:leave|take|keep)\b(?=.*\b(?:off|out)\b)|\b(?:forget|refuse)\b"
)
_ALLOWED = re.compile(
    r"\b(?:may|can|could|needn't|(?:do not|don't) (?:need|have) to|no need|allowed|fine|okay|ok"
    r"|(?:do not|don't) mind)\b"
)
# "Fewer than three" and "no more than three" are amounts, not refusals.
_PARTS = re.compile(
    r"[;:]|, (?=(?:and |but |or )?(?:never|not|no|don't|do not|stop|avoid|just|only|always|use"
    r"|keep|make|write|give|be)\b)|(?<!nothing) but |,? and (?=(?:never|not|don't|do not|stop"
    r"|avoid)\b)| (?=(?:instead of|rather than)\b)"
    r"| (?=than\b(?<!more than)(?<!less than)(?<!fewer than))"
)
_INSTEAD = re.compile(r"^(?:instead of|rather than)\b")
# "Start with the date" and "I want to see it" name no place.
_PREPOSITION = re.compile(
    r"(?<!start )(?<!begin )(?<!open )(?<!end )(?<!ends )(?<!close )(?<!finish )(?<!want )"
    r"\b(?:in|for|on|about|when(?:ever)?|if|during|at|every time|to (?=(?:the|my|our|an?)\b|\w+s\b)"
    r"|with (?=(?:the|my|our|me|us)\b|\w+s\b))\b"
)
# "Recipes need grams": what the sentence speaks of is where its wish holds.
_SUBJECT = re.compile(
    r"^(?P<what>(?:[\w'-]+ ){1,4}?)(?:needs?|should|must|has to|have to|(?:is|are) to|ought to)\b"
)
_EVERY = re.compile(
    r"\b(?:every|all|any|each|whatever)\b (?:of )?(?:the |my |your |our )?([\w'-]+)"
)
_ANYWHERE = (
    "reply replies answer answers response responses message messages text texts thing things time"
    " times everything anything case cases general question questions request requests chat chats"
    " letter letters sentence sentences word words else topic subject future"
)
_EMPTY = (
    "a an the my your our their his her its this that these those some any all every each more most"
    " much many less fewer no not never without please always just only so too very really quite"
    " i me you we us they them it he she be is are was been being am do does did have has had get"
    " use using write writing give giving show showing add adding include including put putting"
    " make making want wants need needs like likes love prefer see keep keeping say saying go goes"
    " going come comes should would could must can may will shall let tell there here and or but of"
    " as at by in into for with to on about from than then instead rather again ever stop avoid"
    " skip omit drop ditch hide hate dislike remove delete cut quit leave take lose forget off out"
    " up when whenever if while during own whole entire one ones what whatever which who how where"
    " also plus least end start begin open close first last top bottom finish lead called call"
    " mention don't doesn't isn't aren't won't can't speak talk talking ask asked asking treat"
    " address unit units system"
)
_FILLER = frozenset(_EMPTY.split())
_EVERYWHERE = frozenset(_ANYWHERE.split())
_TAIL = re.compile(r"\b(?:to|of|from|that|which|who|in|for|with|on|about)\b|,")
_ARTICLE = 5  # characters between a preposition and its scale: in the past tense
_ONCE = re.compile(r"\b(?:just |only )?(?:this once|for once|this time|for now|just here)\b")
_INDEFINITE = re.compile(r"\b(?:an?|some|another)\b")  # a text may begin with one, and end


@dataclass(frozen=True, slots=True)
class Bearing:
    """One want: of some things, on a scale, a value that is wanted or not; or an amount of them."""

    things: frozenset[str]  # stems of what it is about; on a scale perhaps none: the whole reply
    scale: str = ""
    value: str = ""
    wanted: bool = True
    low: float = 0.0
    high: float = inf


@dataclass(frozen=True, slots=True)
class Borne:
    """All that an effect wants, and the stems of the places that its words name."""

    bearings: tuple[Bearing, ...]
    places: frozenset[str]

    @property
    def things(self) -> frozenset[str]:
        """The stems of all that it is about."""
        return frozenset().union(*(one.things for one in self.bearings))


def of(effect: str) -> Borne:
    """What the words want; nothing where they permit, or where no rule tells the direction."""
    text = " ".join(effect.casefold().replace("’", "'").split()).strip(" .!?")
    found: list[Bearing] = []
    places: set[str] = set()
    for part in _PARTS.split(text):
        said, where = _placed(part.strip(" ,"))
        places |= where
        if said and not _ALLOWED.search(said):
            found += _bearings(said)
    return Borne(tuple(found), frozenset(places))


def once(effect: str) -> bool:
    """Whether the words are for one time only: what always holds stays beside them."""
    return _ONCE.search(effect.casefold()) is not None


def opposed(a: Bearing, b: Bearing, aside: frozenset[str]) -> bool:
    """Whether two wants exclude each other; `aside`: stems of places, no part of the things."""
    first, second = a.things - aside, b.things - aside
    if a.scale or b.scale:
        if a.scale != b.scale or not _one_thing(a.scale, first, second):
            return False
        if a.value == b.value:
            return a.wanted != b.wanted
        return a.wanted and b.wanted  # not too long, and not too short: both can be
    if not first or first != second:
        return False
    return a.high < b.low or b.high < a.low


def alike(a: Bearing, b: Bearing) -> bool:
    """Whether two wants are one, said in other words: less formal, and less stiff."""
    same = (a.scale, a.things, a.low, a.high) == (b.scale, b.things, b.low, b.high)
    if not a.scale or a.value == b.value:
        return same and a.wanted == b.wanted
    return same and len(scales.values(a.scale)) == 2 and a.wanted != b.wanted


def stems(words: str) -> frozenset[str]:
    """The stems of words that say something by themselves."""
    found = re.findall(r"[^\W\d_][\w'-]*", words.casefold().replace("’", "'"))
    return frozenset(_stem(word) for word in found if word not in _FILLER)


def place(words: str) -> frozenset[str]:
    """The stems of words that say where; none where they mean everywhere: every time."""
    return stems(words) - _STEMS_EVERYWHERE


def _one_thing(scale: str, first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two wants on a scale are about one thing: for order the same, for a tone either."""
    if first & second:
        return True
    if scale in scales.OF_A_PART:
        return not first and not second and scale != "order"
    return not first or not second


def _placed(part: str) -> tuple[str, frozenset[str]]:
    """The words without those that say where, and the stems of these."""
    places: set[str] = set()
    said = part
    subject = _SUBJECT.match(part)
    if subject and not re.match(r"(?:i|you|we|it|they|this|that)\b", part):
        places |= stems(subject["what"])
        said = part[subject.end("what") :]
    named = scales.find(said)
    for found in _PREPOSITION.finditer(said):
        if found.start() == 0 or any(
            one.start - _ARTICLE <= found.end() and found.start() < one.end for one in named
        ):
            continue
        rest = _EVERY.sub(
            lambda m: "" if m.group(1) in _EVERYWHERE else m.group(), said[found.start() :]
        )
        places |= place(rest)
        said = said[: found.start()]
        break
    return said, frozenset(places)


def _bearings(said: str) -> Iterator[Bearing]:
    wanted = _wanted(said)
    named = scales.find(said)
    bare = said
    for one in named:
        bare = bare[: one.start] + " " * (one.end - one.start) + bare[one.end :]
    of_all = stems(_EVERY.sub(" ", bare)) - _STEMS_EVERYWHERE
    if named:
        for scale in dict.fromkeys(one.scale for one in named):
            one = next(one for one in named if one.scale == scale)
            if scale != "order" or not _INDEFINITE.search(said):
                yield Bearing(of_all, scale, one.value, wanted)
            else:
                yield _amount(of_all, wanted, said)
        return
    things = of_all or stems(bare) - _STEMS_EVERYWHERE
    if things:
        yield _amount(things, wanted, said)


def _amount(things: frozenset[str], wanted: bool, said: str) -> Bearing:
    """How many of the things: as many as the words say, else some or none."""
    match = re.search(amounts.AMOUNT + amounts.AFTER, said)
    found = amounts.amount(match, said) if match else None
    if match is None or found is None:
        low, high = (1.0, inf) if wanted else (0.0, 0.0)
        return Bearing(things, "", "", wanted, low, high)
    low = 0 if found.low is None else found.low
    high = inf if found.high is None else found.high
    counted = place(_TAIL.split(said[match.end() :])[0])
    return Bearing(counted or things - stems(match.group()), "", "", True, low, high)


def _wanted(said: str) -> bool:
    turns = len(_NOT.findall(said)) + len(_DROP.findall(said)) + bool(_INSTEAD.match(said))
    return turns % 2 == 0


def _stem(word: str) -> str:
    """A word without its ending: enough to tell one noun in two forms."""
    word = word.removesuffix("'s").removesuffix("'")
    for ending, left in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) > 2 and not word.endswith("ss"):
            return word.removesuffix(ending) + left
    return word


_STEMS_EVERYWHERE = frozenset(_stem(word) for word in _EVERYWHERE)
