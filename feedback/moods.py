"""What a clause does in grammar: an order, a question, praise, a complaint or a plain statement.

A table of phrases, read in order. Sees lower-cased words; knows no reply and no aspect.
"""

from __future__ import annotations

import re
from typing import Literal

from feedback.cues import HOLE, IMPERATIVE, REQUEST

Mood = Literal["order", "question", "praise", "complaint", "permission", "statement", "nothing"]

_OPENERS = re.compile(
    r"^(?:(?:and|but|so|then|well|ok(?:ay)?|oh|ah|hm+|um+|hey|hi|hello|actually|also|honestly|yes"
    r"|sorry"
    r"|right|now|anyway|look|please|just|still|again|otherwise|though|really|seriously|first|second"
    r"|finally|wait(?= (?:is|are|what|why|how|who))|i'm afraid|good news|bad news first|bad news"
    r"|instead|kindly|maybe|perhaps|ideally|one more thing|by the way|btw|at least|and yet"
    r"|nonetheless|for me|to me|personally|afterwards|heed|dear)\b[ ,:…-]*)+"
)
_PERMISSION = re.compile(
    r"\b(?:(?:do not|don't) mind|feel free|you (?:may|needn't)\b|you can (?:also )?(?!stop|drop"
    r"|leave"
    r"|keep|do better|see|tell)|^(?:[\w'-]+ ){1,5}(?:is|are) (?:ok(?:ay)?|fine|allowed|welcome"
    r"|alright)(?: (?:by|with|for) me| here| now)?$|no need to|if you (?:like|want)$|i'm"
    r" (?:ok(?:ay)?|fine) with)\b"
)
_ORDER = re.compile(
    r"^(?:no|none of|not another|never|without|only|nothing but|let's|let|less of|enough of|zero"
    rf"|not (?:so|too) (?:many|much|long)|next time|from now on|instead of)\b"
    rf"(?! (?:idea|complaints?|notes|objections?|problems?)\b)|^{HOLE}+,?"
    rf" out$"
    r"|^(?:[\w' -]+ )?(?:instead of|rather than) "
    r"|\b(?:should(?:n't)?|must(?:n't)?|ought to|has to|have to|is to|needn't|belongs?) \w"
    r"|\b(?:can|could|may|might) (?:i|we) (?:please )?(?:have|get|see|ask)\b"
    r"|\b(?:can|could|will|would|why don't|how about|what if|would you mind) (?:you|we)\b"
    r"|\bi(?:'d| would)? (?:really |just |only |also |always |never )*(?:want|need|prefer|expect"
    r"|insist|wish|ask(?= (?:you|for)))\b(?!ed)"
    r"|\bi(?:'d| would) (?:rather|like|love)\b|\bhow about\b|\bplease\b|\bi don't (?:want|need)\b"
    r"|\b(?:would be nice|would help|would be better|will do|is enough|goes? (?:in|at|on|to"
    r"|always)\b)"
    r"|, (?:please|thanks|thank you)$"
)
_ASKS = re.compile(
    r"^(?:why|how come|(?:what|who|where|which|whose|when|how)(?: \w+)?(?:'s| is| are| was| were|"
    r" do| does| did"
    r"| can| should| would| has| have| made| means?)|are|is|do|does|did|was|were|have"
    r"|has|would|could|can|will|am|isn't|aren't|doesn't|didn't|since when|says who|meaning|huh"
    r"|(?:on|by|in|for|from) (?:what|which|whom))\b"
    r"|^(?:are you sure|i (?:don't|do not) (?:get|understand|see (?:how|why))|says who)\b"
)
_CLEFT = re.compile(
    r"^(?:what|where|how|which)(?:'s| is| isn't| i| you)[\w' ]* (?:is|isn't|was)\b|^what (?:isn't"
    r"|is) fine\b"
)
_PRAISE = re.compile(
    r"\b(?:i (?:(?:really|do|also|quite|just|always|actually|particularly|rather|even|absolutely)"
    r" )*"
    r"(?:like|love|enjoy|liked|loved|enjoyed|adore|appreciate|laughed|cried|smiled|admire|needed"
    r" that)"
    r"|good|great|nice|nicely|perfect|perfectly|excellent|amazing|awesome|brilliant|fantastic"
    r"|lovely"
    r"|beautiful(?:ly)?|wonderful(?:ly)?|helpful|useful|superb|splendid(?:ly)?|charming|delightful"
    r"|impressive|clever|elegant|marvellous|fine|well (?:done|written|put|said|explained|chosen)"
    r"|spot[- ]on"
    r"|on point|exactly (?:right|what|how|the|as|like)|much better|better now|is better|thanks"
    r"|thank you"
    r"|nailed it|works?(?: (?:well|for me|great|fine|now))?$|worked|keep it up|keeper|just right"
    r"|gold|bravo|chapeau|hats off|no (?:complaints|notes|objections)|not (?:\w+ )?(?:bad|wrong"
    r"|boring)"
    r"|can't complain|did well|you did it|explained it well|made me (?:laugh|smile|cry)|laughed"
    r"|clear now"
    r"|finally (?:someone|clear|an?)|at last|made it click|convinc\w+|makes sense|my favou?rite"
    r"|(?:is|are|was|were|'s) (?:right|correct|true|clear|good|great)|very tidy|tidy|crystal clear"
    r"|would get me the|sold me|i(?:'d| would) (?:send|sign|buy|print|keep)|got it right|had it"
    r" right"
    r"|couldn't (?:have|be|put)|can't find anything|wouldn't (?:change|cut|touch)|happy with|glad"
    r"|pleased)\b"
    r"|\bnothing (?:to (?:add|change|fix|improve|complain about)|i(?:'d| would) change)\b"
    r"|^(?:love|loved|loving|adore|liked) (?:it|this|that|the|your|how|every)\b"
    r"|\b(?:very|really|quite|so) (?:clear|readable|funny|friendly|polite)\b"
    r"|^(?:better|cool|yes|ooh yes|a\+|wow|chef's kiss)$|👍|❤|🎉|😍|👏"
)
_DOUBTED = re.compile(
    r"\b(?:not|isn't|wasn't|aren't|don't|doesn't|didn't|hardly|never|no|nothing|none|too|would be"
    r"|could be"
    r"|should be|be|make it|make this|nobody|how|if)\b(?: (?!but|and)[\w']+){0,3}?\s*$"
)
_COMPLAINT = re.compile(
    r"\btoo (?!(?:$|please)\b)\w+|\bnot (?:enough|very|so|really|quite|what|that|the|a|an|names?"
    r"|for)\b"
    r"|\b(?:not|isn't|wasn't|aren't|doesn't|don't|didn't|won't|can't|couldn't|hardly|barely"
    r"|lacks?|lacking"
    r"|missing|miss|missed|forgot|forgotten|skipped|omitted|wrong|incorrect|false|untrue|error"
    r"|mistake"
    r"|mistaken|bad|worse|worst|boring|vague|unclear|confus\w+|bland|dull|flat|stiff|dry|useless"
    r"|unhelpful|annoy\w+|irritat\w+|silly|ugly|awkward|clunky|repetitive|messy|overkill|nonsense"
    r"|daft"
    r"|bug|lost me|nobody|no one|nothing|without a|hate|dislike|detest|disappoint\w+|pointless"
    r"|overdone|cringe"
    r"|sounds? (?:like|as)|reads? like|looks? like|feels? like|as if|wall of|sick of|tired of"
    r"|upside down"
    r"|why do you|must you|never (?:asked|said|wanted|mentioned)|nobody asked|could use|needs?"
    r" (?:a|an|more"
    r"|some|work)|bother\w*|distract\w*|embarrass\w*|awful|terrible|horrible|poor|weak|meh|lame"
    r"|garbage"
    r"|rubbish|sucks?|stupid|nope|thin|half|only (?:answers|half|one)|again and again|over and over"
    r"|rather not have|one thing i'd|lived without|if anything|what i'd change|unnecessary"
    r"|superfluous|irrelevant|generic|clich\w+|trite|overlong|drags?|fell asleep|who cares"
    r"|where (?:is|are|did)|what about|mixed up|off by|out of (?:date|place)|invented|made up"
    r"|buried|t(?:akes?|ook|aken) (?:ages|forever|too long|an eternity))\b"
    r"|\b(?:more|less|fewer|shorter|longer|simpler|clearer|warmer|friendlier|funnier|calmer"
    r"|\w{3,}ier)\b"
    r"|^you (?:\w+ )?(?:never|always|keep|just|still|only|told|wrote|put|gave|asked|said|answered"
    r"|apologi[sz]ed"
    r"|made|ignored|repeat\w*|used|write|use|say|sound|talk|\w+ed)\b|👎|🙄|😴|😒"
)


# An exclamation of praise before a comma: "oh great, ...".
EXCLAIMED = re.compile(
    r"^(?:(?:oh|ah|wow|ach|well|ay|hm|so|how|just|very|really|truly|simply) )*(?:great|lovely"
    r"|brilliant|wonderful|bravo"
    r"|nice|perfect|fantastic|marvellous|excellent|super|thanks|congratulations|cool|fascinating"
    r"|thrilling|good"
    r"|amazing|splendid|wow|well done|thank you|charming|so kind|kind|what a \w+|sure)\b[,!.:… ]+"
)


# What nobody praises: after an exclamation of praise it mocks.
SOUR = re.compile(
    r"\b(?:no|not|none|nothing|never|still|yet|another|more|again|without|nobody|only|too|n't)\b"
    r"|n't\b|🙄|😅|😒"
)


def bare(text: str) -> str:
    """The words without what leads into them."""
    return _OPENERS.sub("", text.strip(" .!?,;:…"), count=1).strip()


def of(text: str, *, asked: bool = False) -> Mood:
    """The mood of a clause; `asked`: it ends with a question mark."""
    whole = text.strip(" .!?,;:…")
    words = bare(whole)
    if not words:
        return "nothing"
    if _CONTENT.match(words):
        return "praise"
    if _PERMISSION.search(words):
        return "permission"
    if IMPERATIVE.search(words) or REQUEST.search(words) or _ORDER.search(words):
        return "order"
    if asked or (_ASKS.search(words) and not _CLEFT.search(words)):
        return "question"
    if approves(whole):
        return "praise"
    if _COMPLAINT.search(words):
        return "complaint"
    if words != whole and whole.startswith(("please", "just", "instead")):
        return "order"
    return "statement"


_CONTENT = re.compile(
    r"(?:no (?:complaints?|notes|objections?)\b(?: from me| at all| here)?"
    r"|(?:many )?thank(?:s| you)(?: (?:so|very) much| a lot)?(?:,? heed)?)$"
)
_VERBAL = re.compile(r"(?:no|without|never|always|please|just|only|less|more)\b")
_JUDGED = re.compile(
    r"^(?:a (?:bit|little|lot) |much |way |far |even |slightly |somewhat )*(?:more|less|fewer"
    r"|shorter|longer|simpler|clearer|warmer|friendlier|funnier|calmer|\w{3,}ier|too|not enough)\b"
    r"|\bnot (?:\w+ )?enough\b"
)


def orders(text: str) -> bool:
    """Whether a verb orders or asks, so that what it says is no judgement."""
    words = bare(text)
    if _VERBAL.match(words) and not re.match(r"(?:never|always|please|just|only) \w", words):
        return False
    if re.search(r"\b(?:could use|needs?|lacks?|would be better)\b", words):
        return False
    return of(text) == "order" and not finds_flaw(words)


def finds_flaw(words: str) -> bool:
    """Whether too much, or not enough, is said of it: a remedy beside it does not undo that."""
    return re.search(r"\btoo (?!(?:$|please)\b)\w+|\bnot (?:\w+ )?enough\b", words) is not None


def blames(text: str) -> bool:
    """Whether it says what the assistant does: "you write that under everything"."""
    return _BLAMES.match(bare(text)) is not None


_BLAMES = re.compile(
    r"you (?:always |never |keep |just |still |only |even )*(?:write|use|say|put|start|end|repeat"
    r"|call|add|sound|talk|apologi[sz]e|begin|finish|give|tell|\w+ing)\b(?! (?:should|can))"
)


def compares(text: str) -> bool:
    """Whether a bare comparison judges: "shorter", "less jolly", "not enough salt"."""
    return _JUDGED.search(bare(text)) is not None and not IMPERATIVE.search(text.strip())


def approves(text: str) -> bool:
    """Whether a word of praise stands in it that nothing before or after takes back."""
    for match in _PRAISE.finditer(text):
        if re.search(r"\bnot (?:\w+ )?(?:bad|wrong|boring)$", match.group()):
            return True
        before, after = text[: match.start()], text[match.end() :]
        if re.match(r"\W*(?:\w+ )?(?:if|to be|enough|for nothing|to know|idea)\b", after):
            continue
        if not _DOUBTED.search(before):
            return True
    return False


def finds_fault(text: str) -> bool:
    """Whether a word of complaint stands in it."""
    return _COMPLAINT.search(text) is not None
