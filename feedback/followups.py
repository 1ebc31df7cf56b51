"""What the last request of a chat is about: a request that only changes a reply names no work.

Sees words alone. "Make it friendlier" after "Write an email" is about that e-mail.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedback import requests

MOST = 25  # words of a request that only changes what came before; longer ones stand alone
TRANSLATED = "translation"  # what stays what it was, in another language
_END = (".", "!", "?", ":", ";")
_LEAD = (
    r"^(?:(?:please|ok|okay|now|and|also|but|so|no|yes|yeah|nice|good|great|thanks|thank you|hm+"
    r"|haha|well|actually|then|just|maybe|could you|can you|would you|i'd like you to|i want you to"
    r"|that's (?:good|nice|fine|better|great)|this time|next)\b[,.!]? *)*"
)
# What a reply has, and words that point at what was written before.
_PART = (
    r"(?:reply|answer|text|version|draft|sentence|line|paragraph|part|section|ending|end|beginning"
    r"|opening|start|intro|introduction|greeting|title|heading|tone|style|list|step|point|word"
    r"|wording|closing|conclusion|rest|middle|bit|one|emoji|joke|example|quote|number|date|name"
    r"|address|link|table|bullet|detail|rhyme|hashtag|question|reason|source|thanks|apology"
    r"|signature|note|postscript|fight|nickname)s?"
)
_BACK = (
    r"\b(?:it|its|it's|that's|them|above|again|instead|same|previous"
    r"|(?:this|that|these|those)(?=$|[ ,.!]*$|,| (?:please|again|instead|more|less|a (?:bit|little)"
    r"|into|in|to|for|as|so|sound\w*|and|shorter|longer|two|one|three)\b)"
    rf"|(?:the|your|that|this|its) (?:(?:first|second|third|last|next|whole|\w+ed) )?{_PART}"
    r"|(?:step|part|point|line|paragraph|act|section|sentence) (?:\d+|one|two|three|four))\b"
)
_CHANGE = (
    r"(?:make|rewrite|rephrase|reword|redo|shorten|lengthen|change|fix|improve|polish|expand"
    r"|trim|cut|add|remove|delete|drop|include|mention|leave|replace|use|keep|try|say|sign|put"
    r"|start|begin|end|finish|continue|go on|tone|simplify|soften|cheer|spice|elaborate|move|swap"
    r"|split|merge|turn|adapt|adjust|tweak|bring|stick|give|take|do|repeat|format|translate|convert)"
)
_MORE = (
    r"(?:(?:a (?:bit|little|lot|touch)|much|slightly|way|even|far|still) )*"
    r"(?:(?:more|less|fewer|most|too|not (?:so|that|as)) (?:\w+ ?){1,3}|more|less|"
    r"(?!(?:number|paper|water|letter|answer|paster|poster|december|september|october|november"
    r"|after|under|over|ever|never|other|whether|either|rather)\b)"
    r"(?:short|long|simpl|funni|friendli|warm|cold|nic|brief|light|dark|calm|kind|loud|quiet|soft"
    r"|hard|strong|weak|bold|clear|tight|crisp|formal|casual|happi|sadd?|bigg|small|plain|fast"
    r"|slow|earli|lat|young|old|polit|sharp|deep|tens|cut|cleverr?|dri|fresh|rich|high|low)er)"
)
_ORDER = re.compile(
    rf"{_LEAD}(?:"
    rf"{_CHANGE}\b.*{_BACK}"  # change it
    rf"|(?:make|try|go|be) (?:\w+ ){{0,3}}?{_MORE}\b"
    r"|(?:try again|go on|continue|keep going|carry on|redo|repeat|again|once more)\b"
    r"|(?:mention|elaborate on|expand on|leave out|sign|(?:start|begin|end|finish) with) \w+"
    r"|use (?:his|her|my|our|their|the) \w+"
    rf"|(?:add|remove|delete|drop|include|skip|keep|put|cut|replace) (?:\w+ ){{0,3}}?{_PART}\b"
    r"|(?:add|include|keep|drop|remove|put(?: in)?) (?:his|her|my|our|their) \w+"
    r")",
)
_FRAGMENT = re.compile(
    rf"{_LEAD}(?:"
    rf"(?:an?|the|some) {_MORE}(?: (?:one|version|text|reply))?(?: please)?\b"
    rf"|{_MORE}(?: please)?\b(?!.*\?)"
    r"|(?:another|one more|a second|a different|(?:an?|one) other)(?: \w+)?"
    r"|(?:one|the same|same|ones) (?:with|about|for|in|as|but|without|again|thing)\b"
    r"|(?:in|as|for|with|without|like|about) (?!the year\b)[^?]+$"
    r"|what (?:about|if)\b|how about\b"
    r"|(?:not|no(?! (?:idea|clue|way|one)\b)|without|only|fewer|less|more) [^?]+$"
    r"|(?:it|this|that)(?:'s| is| was| should| must| needs| has| could| sounds| reads| feels)\b"
    r"|(?:could|can|should|shouldn't|must) (?:it|this|that)"
    r" (?:be|sound|rhyme|have|say|end|start|use|include|feel|read)\b"
    r"|(?:shorter|longer|simpler|again|funnier|continue|redo)\b"
    r")",
)
_JOINED = re.compile(r"^(?:and|but|also|plus)\b")


def follows(request: str) -> bool:
    """Whether a request only changes or continues the reply before it.

    Never one that names work of its own (`requests.names_work`).
    """
    text = requests.plain(request)
    if not text or text.endswith(":") or len(text.split()) > MOST:
        return False  # ":" where a text was given along, to be worked on
    if requests.names_work(text, but=TRANSLATED):
        return False
    bare = text.strip(" .!")
    return any(form.search(bare) for form in (_ORDER, _FRAGMENT, _JOINED))


def subject(asked: Sequence[str]) -> str:
    """The text at which it is tested whether a lesson holds, for all requests of a chat so far.

    The last one; if that only changes a reply, with those before it, from the one that says what
    is made. Empty if nothing was asked.
    """
    if not asked:
        return ""
    start = len(asked) - 1
    while start and follows(asked[start]):
        start -= 1
    *before, last = asked[start:]
    return " ".join([*(_closed(one) for one in before), last])


def _closed(text: str) -> str:
    """With a mark at its end, so that what follows opens a sentence."""
    bare = text.rstrip()
    return bare if bare.endswith(_END) else f"{bare}."
