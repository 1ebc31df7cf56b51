"""Whether praise may not be meant: mockery, praise with a sting, and praise that only half praises.

A guess from the words and marks alone. Sees lower-cased words; knows no reply and no wish.
"""

from __future__ import annotations

import re

from feedback.cues import HOLE

PLAIN, MAYBE = 0.6, 0.4  # estimates; from .3 on praise is asked about and makes no demonstration
_GOOD = (
    r"(?:great|lovely|brilliant|wonderful|nice|perfect|fantastic|marvell?ous|excellent|super"
    r"|amazing|splendid|good|terrific|superb|awesome|impressive|helpful|charming)"
)
_FAULT = (
    r"(?:(?:com\w+ |total\w+ |again |somehow |just |manag\w+ to |always |still )*"
    r"(?:ignor|forg[eo]t|miss(?!ion)|avoid|skip|repeat|rambl|wast|bor[ei]|confus|dodg|pad|bur[iy]"
    r"|invent|mak\w+ (?:it|things|stuff|that) up|made (?:it|things|stuff|that) up|guess|drag|fail"
    r"|mess|ruin|contradict|lectur|preach|restat|repeat|cop[iy]|say\w* nothing|said nothing|never"
    r"|not\b|didn't|don't|doesn't|couldn't|can't|n't|tell\w* me (?:what|nothing)|turn\w* \w+ into))"
)
_PLAIN = re.compile(
    r"thanks for nothing|^wow,? (?:so|how|very|what)|🙄|😒|😑|🥱|💤|🤡|🤦"
    r"|\b(?:yeah,? right|oh great|great,? another|just what i (?:needed|wanted)"
    r"|how (?:helpful|original|creative|useful)|slow clap|as if"
    r"|waste of|(?:pity|shame) about|thanks for the (?:novel|lecture|essay|sermon|homework|book"
    r"|wall)"
    r"|(?:like|love)d? (?:it|this|that) (?:un)?till? \w+|, (?:zero|little|hardly any) \w+"
    r"|real(?:ly)? helpful,? (?:not|huh))\b|\bnot\.?$|(?:^|\s)/s\b|\(not\)"
    rf"|\b{_GOOD} (?:job|work|way|going|effort|idea|at|of you|how)\b[ ,]*"
    rf"(?:(?:of|on|at|to|by|in) )?{_FAULT}"
    rf"|\b(?:love|like|enjoy|adore|appreciate)d? (?:how|that|the way|when|it when) (?:you|it)"
    rf" {_FAULT}"
    r"|\b(?:asleep|yawn\w*|snor(?:e|ing)|bored|boredom|doz(?:e|ed|ing) off|coma|nap|insomnia"
    r"|lullaby)\b|\bzz+\b"
    rf"|\b{_GOOD},? if (?:you|i|one|we) (?:\w+ )?(?:like|enjoy|love|want(?:ed)?|need(?:ed)?|have"
    r"|had|are into|were)\b"
    rf"|\bcouldn't (?:have )?(?:be|been) (?:more )?(?:longer|vaguer|duller|worse|boring)\b"
)
_MAYBE = re.compile(
    r"\b(?:i guess|i suppose|if you say so|better than nothing|could be worse|whatever"
    rf"|(?:almost|nearly|barely|not quite) (?:\w+ )?(?:{_GOOD}|right|there|ok(?:ay)?)"
    rf"|{_GOOD} (?:try|attempt|effort|start|enough|ish)"
    r"|for an? (?:bot|robot|machine|computer|toddler|child|beginner|draft|first \w+)"
    r"|wall of|war and peace|encyclop\w+|sermon|lecture|dissertation|thesis|ph\.?d|forever|ages"
    r"|once (?:i|you) (?:get|got) (?:past|through|over)|after (?:scrolling|skipping|wading|digging)"
    r"|kidding|jk|joking|not really|said (?:nobody|no one)|if (?:i|you) (?:was|were)"
    r"|if only|half of (?:it|this|that))\b|\b(?:but|though|however)\W*$"
    rf"|^(?:oh|yeah|gee|sure|well|right|um+|er+),? (?:how |very |so )?(?:{_GOOD}|joy)\W*$"
    rf"|\b{_GOOD} {HOLE}|🙃|😏|🤨|😅|😬|\.\.|…"
)


def mocks(text: str) -> bool:
    """Whether the words mean a complaint, however they praise."""
    return _PLAIN.search(text) is not None


def doubt(text: str, *, praise: bool) -> float:
    """A guess at sarcasm, 0 to 1; `praise`: the words are read as praise, so less is enough."""
    if mocks(text):
        return PLAIN
    return MAYBE if praise and _MAYBE.search(text) else 0.0
