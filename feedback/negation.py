"""Two negations in one clause, said plainly: "never stop using bullets" as "always use bullets".

Changes the words before any rule reads them. Knows no reply and makes no wish.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from feedback.cues import NUMBER, VERBS

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Plain:
    """A clause without its double negation, in both spellings, of one length."""

    text: str  # lower case, quoted words as holes
    typed: str  # as typed, but for what was put plainly
    own: bool  # whether the person's first words say it better where no rule of form reads them


_PASSES = 3  # "I didn't ask you to stop leaving out the dates" needs all of them
_NOT = (
    r"(?:(?:you )?(?:do|should|must|could|would|may|can|need)(?: not|n't)|(?:you )?(?:cannot|can't)"
    r"|not|do not|don't"
    r"|(?:do not|don't) (?:you )?(?:ever|dare(?: to)?)|don't you (?:ever )?(?:dare )?(?:to )?"
    r"|(?:do not|don't) even think (?:about|of)"
    r"|i (?:do not|don't|would not|wouldn't|did not|didn't|never) (?:really |ever )?(?:want(?:ed)?"
    r"|ask(?:ed)?|tell|told|need(?:ed)?|like) (?:for )?you to"
    r"|i(?:'d| would) (?:rather|prefer(?: it)?)(?: if)? you (?:did not|didn't|not(?: to)?|never)"
    r"|(?:under no circumstances|on no account|by no means)(?: (?:should|must) you| ever)?)"
)
_NEVER = r"(?:(?<!you )(?<!that )(?<!it )never(?: ever)?)"
_STOP = (
    r"(?:stop(?:ping)?|quit(?:ting)?|ceas(?:e|ing)|giv(?:e|ing) up|leav(?:e|ing) off"
    r"|refrain(?:ing)? from|hold(?:ing)? back (?:on|from|with)|shy(?:ing)? away from"
    r"|be(?:ing)? (?:afraid|scared) of|be(?:ing)? shy (?:of|about|with)|avoid(?:ing)?|shun(?:ning)?"
    r"|abstain(?:ing)? from)"
)
_SHY = r"(?:hesitate|be (?:afraid|scared|shy)|fail|neglect|refuse|be reluctant|fear) to"
_SHUN = (
    r"(?:avoid(?:ing)?|shun(?:ning)?|hold(?:ing)? back (?:on|with)|shy(?:ing)? away from"
    r"|be(?:ing)? (?:afraid|scared|shy) (?:of|about|with)|abstain(?:ing)? from"
    r"|refrain(?:ing)? from|s[ck]r?imp(?:ing)? on|economi[sz](?:e|ing) on"
    r"|(?:be|being) (?:stingy|sparing|mean) with)"
)
_DROP = (
    r"(?:drop|skip|omit|los|remov|delet|cut|ditch|scrap|strip|hid|forget|miss)(?:p?ping|t?ting|ing|e)?"
    r"(?: out| back on| down on)?"
    r"|(?:leav|tak|throw|strik)(?:e|ing)? out|get(?:ting)? rid of|do(?:ing)? away with"
)
_THING = (
    r"(?!(?:it|this|that|them|these|those|not|to|at|there|with|in|on|so|up|out)\b)(?=[\w\ufffc])"
)
_AMISS = (
    r"(?:is|was|would be|isn't|wasn't) (?:\w+ )?(?:not (?:ok(?:ay)?|fine|good|acceptable|an option"
    r"|right|allowed)|bad|wrong|unacceptable|a (?:mistake|shame|pity)|(?<=n't )(?:ok(?:ay)?|fine"
    r"|good|acceptable|an option|right|allowed))"
)


def plainly(text: str, typed: str) -> Plain | None:
    """The clause without double negation, or None where none stands in it."""
    own, found = False, False
    for _ in range(_PASSES):
        edit = next(_edits(text), None)
        if edit is None:
            break
        (start, end, words), keeps = edit
        text, typed = (said[:start] + words + said[end:] for said in (text, typed))
        own, found = own or keeps, True
    return Plain(text, typed, own) if found else None


def _edits(text: str) -> Iterator[tuple[Edit, bool]]:
    """What to put for which words, and whether own words are kept where nothing is read."""
    for pattern, put, keeps in _RULES:
        match = pattern.search(text)
        if match is not None:
            yield (*match.span(), put(match)), keeps


def _base(gerund: str) -> str:
    """The verb of "using"; "keep joking" where the table of verbs has none."""
    stem = gerund[:-3]
    for verb in (stem, f"{stem}e", stem[:-1]):
        if _VERBS.fullmatch(verb):
            return verb
    return f"keep {gerund}"


_VERBS = re.compile(rf"(?:{VERBS}|hedge|indent|joke|pepper|sprinkle|enjoy|employ)")


def _verb(match: re.Match[str]) -> str:
    return _base(match["doing"])


def _always_verb(match: re.Match[str]) -> str:
    return f"always {_base(match['doing'])}"


def _say(words: str) -> Callable[[re.Match[str]], str]:
    return lambda _: words


_DOING = r"(?P<doing>(?!(?:thing|something|anything|nothing|everything)\b)[a-z]{2,}ing)\b"
_TABLE: tuple[tuple[str, Callable[[re.Match[str]], str], bool], ...] = (
    # "You never stop apologising" complains of too much, "you keep dropping the dates" of too few.
    (rf"\byou (?:never|don't|can't|won't|cannot) (?:ever )?{_STOP} {_DOING}",
     lambda m: f"you always {_base(m['doing'])}", False),
    (rf"\byou (?:always|keep|constantly|still|just) (?:{_DROP}) {_THING}",
     _say("you never include "), True),
    # Beside a second negation nothing is forgotten: "don't forget not to use emoji".
    (r"\b(?:don't|do not|never) forget (?:not to|to not)\b", _say("do not"), False),
    (rf"{_NEVER} {_STOP} {_DOING}", _always_verb, False),
    (rf"\b{_NOT} {_STOP} {_DOING}", _verb, False),
    (rf"\b(?:no more|stop|quit|cease|enough of(?: the)?) (?:avoiding|shunning) {_DOING}", _verb,
     False),
    (rf"{_NEVER} {_SHY}\b", _say("always"), False),
    (rf"\b{_NOT} {_SHY}\b", _say("do"), False),
    (rf"{_NEVER} not (?=(?:{VERBS})\b)", _say("always "), False),
    (rf"{_NEVER} not {_DOING}", _always_verb, False),
    (r"\b(?:you )?(?:do not|don't|can't|cannot|must not|mustn't) not "
     rf"(?=(?:{VERBS})\b)", _say(""), False),
    (rf"\b(?:stop|quit|avoid|no more|cease|never stop|don't keep) not {_DOING}", _verb, False),
    (rf"^not {_DOING}(?P<rest> [\w\ufffc' -]{{1,60}}?) {_AMISS}$",
     lambda m: _base(m["doing"]) + m["rest"], False),
    (rf"{_NEVER} {_SHUN} {_THING}", _say("always use "), True),
    (rf"\b{_NOT} {_SHUN} {_THING}", _say("use "), True),
    (rf"\b(?:no more|stop|quit|cease|enough of(?: the)?) (?:avoiding|shunning) {_THING}",
     _say("use "), True),
    (rf"\b(?:no more|stop|quit|cease|enough of(?: the)?|avoid) (?=\w+ing\b)(?:{_DROP}) {_THING}",
     _say("include "), True),
    (rf"{_NEVER} (?:{_DROP}) (?!(?:the|my|your|his|her|its|our|their|a|an|to)\b){_THING}",
     _say("always include "), True),
    (rf"\b(?:{_NOT}|{_NEVER}) (?:stop|end|quit)(?: short)? (?:at|after|with) (?={NUMBER}\b)",
     _say("give more than "), True),
    # A part of the reply that is to stay; the plain "don't drop" is known to every rule.
    (rf"(?!(?:don't|do not|never) (?:drop|skip|omit|lose|remove|delete|cut|forget|miss)"
     rf" (?!out\b|back\b|down\b))\b(?:{_NOT}|{_NEVER}) (?:{_DROP}) {_THING}",
     _say("don't drop "), True),
    (r"\b(?:i(?:'d| would) hate|it(?:'d| would) be (?:a (?:shame|pity)|sad|bad))(?: for you)? to"
     rf" (?:{_DROP}) {_THING}", _say("don't drop "), True),
    (r"\b(?:it's|it is|it isn't|it's not|it is not)(?: not)? (?:that|as if|like) i (?:do not|don't"
     r"|did not|didn't|never) (?:want|like|need|enjoy) ", _say("i don't mind "), False),
    (r"\bi (?:do not|don't|never) (?:really )?(?:hate|dislike|detest|object to) ",
     _say("i don't mind "), False),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), put, keeps) for pattern, put, keeps in _TABLE)
