"""Parts of patterns for requests: how an order opens, what is ordered, how a question opens.

Knows no kind of work: works.py, questions.py and channels.py put the parts together.
"""

from __future__ import annotations

START = r"(?:^|[.!?;,:(–—-] |\band |\bthen |\bso |\bbut )"
LEAD = (
    "(?:(?:please|pls|hey|hi|hello|ok|okay|now|just|quickly|also|kindly|maybe|well|then"
    "|right|(?:can|could|would|will|might) (?:you|we|u)(?: please)?|are you able to"
    "|i(?:'d| would) (?:like|love|want) (?:you )?to|i (?:need|want|have"
    "|ought) (?:you )?to|i(?:'ve| have) got to|we (?:need|want|have) to|i (?:must|should)"
    "|it's time to|time to|help (?:me|us)(?: to)?|let's|let us|let me|try to|go ahead and"
    "|i'm trying to|would you mind|what (?:do|should|could|can|would) (?:i|we)"
    "|do me a favou?r and|your task is to),? )*"
)
ORDER = f"{START}{LEAD}"
MAKE = (
    "(?:(?:re-?)?(?:writ(?:e|ing)|draft(?:ing)?|compose|create|craft|prepare|produce"
    "|generate|phrase|word)|make(?: up)?|pen|type(?: up)?|finish|continue|polish|revise"
    "|edit|proofread|improve|fix|shorten|lengthen|send|invent|suggest|provide|offer|share"
    "|show|tell|give|do(?! you)|draw up|put together|come up with|think (?:of|up)|jot down|whip up"
    "|fire off|shoot|drop|leave|find|build|crack|throw(?: out| me)?|toss|design|get"
    "|set up|work out|i (?:need|want)|i(?:'d| would) (?:like|love|need)(?: to hear)?"
    "|we need|i could use|need|want|(?:can|could|may) i (?:have|get|hear)"
    "|(?:do you )?(?:have|know)|(?:have you )?got|is there|are there|with|how about|any"
    "|another|one more|got|hear|read me)"
)
STOP = (
    "(?:about|of|for|to|in|on|with|from|by|that|which|who|whose|as|at|into|if|whether|why"
    "|how|what|when|where|because|than|is|was|are|were|after|before|without)"
)
FEW = "(?:(?:couple|bit|piece|lot|handful|few|pair|one|some|kind|sort|form) of )"
BETWEEN = rf"(?:{FEW}|(?!{STOP}\b)[\w'’/&-]+,? ){{0,7}}?"
AFTER = (
    r"(?= ?$| ?[.,:;!?)\"–—]| (?:to|for|about|of|on|in|with|from|by|that|which|who|where"
    "|whose|when|and|or|but|so|as|at|into|like|please|i|we|you|he|she|they|it|my|our|your"
    "|his|her|their|the|a|an|this|me|us|if|because|is|instead|now|today|tonight|tomorrow"
    "|again|back|without|set|full|between|under|over|before|after|around|here|based"
    r"|called|titled|inspired|no|x|\d+|not|against|not|across|even|out|via|next|then|how"
    r"|why|what|only|off|per|\w+ing)\b)"
)
PERSON = (
    "(?:my|our|the|his|her|him|them|their|everyone|everybody|all|back|mum|mom|dad|grandma"
    r"|grandpa|(?!me\b|is\b|a\b|an\b|it\b|this\b|that\b|to\b|for\b|in\b|on\b|file\w*"
    r"|messag\w+|server\w*|address\w*|editor\w*|book\w*|off\b)[a-zà-ÿ']+(?= (?:that|to"
    r"|about|saying|and|if|whether|i|we|the|back|a|an|my|for|asking|this|[a-z]+ that)\b))"
)
TELL = (
    "(?:(?:tell|ask|remind|explain to|teach|show) (?:me|us)|(?:can|could) you tell me"
    "|do you know|i wonder|i'd (?:like|love) to know|i want to know|i(?:'ve| have)? (?:no"
    "|any) idea|any idea|no idea|i (?:never|don't|do not|can't"
    "|cannot) (?:really )?(?:understood|understand|know|get|see)|i'm (?:curious"
    "|wondering)|i was wondering|remind me|curious|help me understand|please|hey|ok|okay"
    "|exactly|quick question),? "
)
ASK = f"{START}(?:{TELL})*"
WHAT = "what(?:'s| is| are|'re| was| were)"
IS = "(?:'s| is| are| was| were)"
HAND = "(?:write|draft|compose|send|reply|answer|respond|put|say|tell|announce|phrase|post|share)"
SAID = "(?:how (?:do|should|would|can|could) (?:i|you|we)|what (?:do|should|would|can) (?:i|we))"


def either(*patterns: str) -> str:
    """A pattern for what any of them finds."""
    return "|".join(patterns)


def made(noun: str) -> str:
    """An order to make such a thing, or the thing alone as the whole order."""
    return (
        rf"{ORDER}{MAKE} {BETWEEN}(?:{noun}){AFTER}"
        rf"|^(?:(?:an?|the|some|any|please|quick|short|new|good|more|another|one|two|three|\d+) )*"
        rf"(?:{noun})(?= (?:for|about|to|on|of|with|please)\b|[.:?!,]| ?$)"
    )


def done(verb: str, to: str = "") -> str:
    return rf"{ORDER}(?:{verb})\b{to}"


def sent(verb: str) -> str:
    """A verb of sending before a person."""
    return rf"{ORDER}(?:{verb}) {PERSON}"


def by(place: str) -> str:
    """Words that are to be written, and the place: "reply to Tom by email"."""
    return rf"{ORDER}{HAND} [^.!?:]*\b(?:by|via|over|through|on|in|as) (?:an? )?(?:{place}){AFTER}"


def worded(noun: str) -> str:
    """How to put it in such a text, a reply to one, or one by its purpose."""
    return (
        rf"{START}{SAID} (?:word|phrase|put|say|write|start|end|open|close|sign|reply|answer"
        rf"|respond)\b[^.!?]*\b(?:an?|my|this|that|the) (?:\w+ )?(?:{noun})\b"
        rf"|{ORDER}(?:reply|respond|answer)(?: to)? {BETWEEN}(?:{noun}){AFTER}"
    )
