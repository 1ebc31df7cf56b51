"""Word lists and slots of a clause: cues, numbers, reach, conditions, strength.

Sees lower-cased words whose quoted parts are masked; knows no reply and makes no wish.
"""

from __future__ import annotations

import re

from data.types import Condition, Reach

HOLE = "\ufffc"  # one per character of masked text: quoted words, code, addresses

VERBS = (
    "use|write|answer|reply|respond|make|keep|give|add|include|remove|delete|drop|cut|shorten"
    "|explain|start|begin|open|end|finish|close|conclude|stop|avoid|mention|tell|show|put|say|call"
    "|be|do|try|rewrite|rephrase|reword|translate|list|turn|change|replace|expand|elaborate|skip"
    "|leave|focus|get|ask|address|wrap|format|summari[sz]e|simplify|fix|correct|provide|speak|talk"
    "|lose|reduce|limit|stick|ignore|forget|remember|undo|trust|push|clarify|define|describe"
    "|compare|number|bold|capitali[sz]e|split|merge|move|swap|reorder|sort|cite|quote|sign|go"
    "|treat|draw|learn|wait|check|count|weigh|pick|choose|take|stay|save|store|spell|group|name"
    "|round|lead"
    "|hold|read|look|think|consider|follow|adapt|adjust|shift|introduce|finish|repeat|redo|retry"
    "|update"
    "|tone|trim|condense|tighten|break|combine|separate|highlight|underline|link|label|mark|address"
    "|assume|guess|pretend|imagine|invent|praise|thank|apologi[sz]e|admit|warn|advise|suggest"
    "|recommend"
    "|mind|withdraw|cancel|scrap|strike|disregard|lift|revert|bring|set|throw|drop|spare|pass"
    "|copy|insert|hide"
    "|emphasi[sz]e|prioriti[sz]e|stress|support|justify|prove|verify|calculate|compute|convert"
    "|shrink|extend"
    "|lengthen|soften|sharpen|warm|cool|lighten|vary|rhyme|narrow|widen|mix|match|apply|insist"
    "|continue|carry"
    "|hurry|slow|help|see|have|send|build|create|plan|design|come|run|play|sound|feel|challenge"
    "|contradict"
    "|remind|greet|let|don't|do not|never|always|please|just|only|no|without"
)
IMPERATIVE = re.compile(
    r"^(?:(?:please|just|then|so|now|and|but|kindly|simply|instead|from now on|next time"
    r"|going forward"
    rf"|in (?:the )?future|always)\b[ ,]*)*(?:{VERBS})\b"
)
REQUEST = re.compile(
    r"\b(?:(?:can|could|would|will) you|(?:i|we)(?:'d| would)? (?:want|like you|need|prefer)"
    r"|i'd (?:like|rather|love)|you (?:should|must|need to|have to|could|may|might)"
    r"|(?:should|must|ought to|needs? to|has to|have to|could use|would be better|how about))\b"
)
_CUE = re.compile(
    r"\b(?:too|not|n't|never|always|no|more|less|fewer|enough|like|love|hate|dislike|enjoy|good"
    r"|great|nice|perfect|better|best|fine|bad|worse|boring|vague|wrong|incorrect|false|missing"
    r"|forgot|unclear|confusing|shorter|longer|simpler|clearer|friendlier|should|must|need|needs"
    r"|prefer|rather|want|please|keep|stop|avoid|without|only|just|brief|concise|helpful|useless"
    r"|formal|casual|emojis?|bullets?|bullet points|words?|sentences?|instead|ends?|starts?|true"
    r"|untrue|mistake|error|typo|long|short|repetitive|messy|clear|well done|thanks|thank you|meant"
    r"|can you|could you|would you|why|bland|stiff|dry|wordy|verbose|funny|warm|cold)\b|n't\b"
)

ONES = {
    "a": 1, "an": 1, "one": 1, "single": 1, "two": 2, "couple": 2, "three": 3, "few": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "hundred": 100,
}  # fmt: skip
# No part of a longer number: neither the "000" of 1,000 nor the "5" of 1.5.
NUMBER = (
    r"(?:(?<!\d)(?<!\d[.,])(?:\d{1,3}(?:[.,]\d{3})+|\d{1,6})(?![.,]?\d)"
    r"|(?:a |one )?hundred|a single|a couple(?: of)?|a few|"
    + "|".join(sorted(ONES, key=len, reverse=True))
    + ")"
)

_STANDING = re.compile(
    r"\b(?:from (?:now|here|this point) on(?:wards?)?|in (?:the )?future|going forward"
    r"|(?:every|each)(?: single| damn| and every)? (?:time|reply|answer|response|message)"
    r"|as a (?:general )?rule|by default|at all times|without (?:exception|fail)|no exceptions?"
    r"|no matter what"
    r"|^all (?:replies|answers|responses) (?:must|should|shall|have to|need to|ought)"
    r"|in all (?:your |my )?(?:replies|answers|responses|messages|chats|tasks)|ever again"
    r"|all (?:your|of your|my|future) (?:replies|answers|responses|messages)|permanently|for good"
    r"|(?<!took )(?<!takes )(?<!take )(?<!taken )(?<!taking )(?<!on )(?<!lasts )for ?ever"
    r"|(?:no|not|without)\b[\w ,'-]{1,40}\bever|in all others?"
    r"|in (?:every|any|all|each)(?: other)? chats?"
    r"|any ?more in (?:the )?future|next time|whenever)\b"
)
_LASTING = (
    r"(?:always|never|ever|again|for ?ever|from (?:now|here) on(?:wards?)?|in (?:the )?future"
    r"|(?:every|each)(?: single| damn| and every)? time|at all times|all the time|as a rule"
    r"|(?:in|for|with) (?:every|each|all|any)(?: single)? (?:repl(?:y|ies)|answers?|responses?"
    r"|messages?|chats?)|without (?:exceptions?|fail)|no exceptions?|no matter what|permanently"
    r"|for good|by default|going forward|not (?:just|only) (?:now|here|this time|today))"
)
_ALONE = re.compile(
    rf"(?:(?:please|and|really|also|but|i mean|yes|so|that's)[ ,]+)*{_LASTING}"
    rf"(?:[ ,.]+(?:and )?(?:{_LASTING}|please|thanks|ok))*"
)
_ALWAYS = re.compile(r"\b(?:always|never)\b")
# "You never answer" and "that is never true" complain; "you should never" orders.
_COMPLAINS = re.compile(
    r"\b(?:you|it|that|this|they|he|she|we|is|was|are|were|'s|'re|has|have)\s+$"
)
_THIS_TASK = re.compile(
    r"\b(?:in|for|with|during|throughout) this (?:whole |entire )?(?:e-?mail|letter|project|task"
    r"|chat|conversation|thread|story|essay|report|article|poem|document|session|text|post|speech"
    r"|presentation|assignment|book|chapter|script)\b"
)
_THIS_REPLY = re.compile(
    r"\b(?:just here|this time|for now|for once|just this once|only here"
    r"|(?:in|for) (?:this|that) (?:reply|answer|response|message|paragraph|sentence|part|draft))\b"
)


def has_cue(text: str) -> bool:
    """Whether a fragment says something by itself: an order, a judgement, a wish."""
    return bool(IMPERATIVE.search(text) or REQUEST.search(text) or _CUE.search(text))


def number(text: str) -> int:
    """The value of a matched NUMBER."""
    digits = re.search(r"\d[\d.,]*", text)
    if digits:
        return int(re.sub(r"[.,]", "", digits.group()))
    known = [ONES[word] for word in re.findall(r"[a-z]+", text) if word in ONES]
    return max(known, default=1)


def standing(text: str) -> bool:
    """Whether the words reach beyond this reply, whatever condition stands beside them."""
    if _STANDING.search(text):
        return True
    return any(not _COMPLAINS.search(text[: m.start()]) for m in _ALWAYS.finditer(text))


def lasting(text: str) -> bool:
    """Whether the words only say how long something holds: "always", "every single time"."""
    return _ALONE.fullmatch(text.strip(" .!?,;:\n")) is not None


def reach(clause: str, sentence: str, condition: Condition) -> tuple[Reach, str]:
    """How far the wish reaches, never wider than said; and how that is known."""
    if _THIS_REPLY.search(clause):
        return "reply", "cue"
    if standing(clause) or _STANDING.search(sentence):
        return ("topic", "cue") if condition else ("always", "cue")
    if condition:
        return "topic", "cue"
    if _THIS_TASK.search(sentence):
        return "task", "cue"
    return "reply", "default"


def hedge(text: str) -> str:
    """The word that softens the wish, or ""."""
    match = re.search(
        r"\b(?:maybe|perhaps|possibly|slightly|a (?:tiny |little )?bit|a little|somewhat"
        r"|nit(?:pick)?"
        r"|minor|if possible|i guess|kind of|sort of)\b",
        text,
    )
    return match.group() if match else ""


def strength(text: str, *, flat: bool, polite: bool = False) -> float:
    """0.2 hedged, 0.4 preferred, 0.6 asked or felt, 0.8 ordered or stated flatly, 1.0 always."""
    if re.search(r"\b(?:must(?:n't)?|absolutely|under no circumstances|mandatory)\b", text):
        return 1.0
    if any(not _COMPLAINS.search(text[: m.start()]) for m in _ALWAYS.finditer(text)):
        return 1.0
    if hedge(text):
        return 0.2
    if re.search(r"\b(?:prefer|rather|ideally|would be nice|i'd like|i would like)\b", text):
        return 0.4
    if re.search(r"\b(?:please|should|shouldn't|could|would|can you|wish)\b", text) or polite:
        return 0.6
    if flat or IMPERATIVE.search(text):
        return 0.8
    return 0.6
