"""Which kind of wish some words are, by the phrases that only that kind has: a table in order.

Sees lower-cased words whose quoted parts are masked. Style, content and praise are told elsewhere.
"""

from __future__ import annotations

import re

from data.types import Op, WishKind
from feedback import aspects
from feedback.cues import HOLE

_RULE = (
    r"(?:rules?|instructions?|bans?|limits?|wish(?:es)?|orders?|requests?|remarks?|comments?"
    r"|complaints?"
    r"|objections?|notes?|lessons?|messages?|things?|feedback|critici?sm|suggestions?)"
)
_MINE = rf"(?:(?:my|the|that|this|any|all(?: of)?(?: my)?) )?(?:\w+ ){{0,2}}?{_RULE}\b"
_TABLE: tuple[tuple[WishKind, Op, str], ...] = (
    (
        "retract",
        "none",
        rf"\b(?:scrap|withdraw|cancel|lift|revoke|disregard|discard|strike|forget|ignore|drop"
        rf"|undo|delete"
        rf"|retract|rescind|scratch|erase) (?:(?:about|again) )?(?:{_MINE}|what i (?:said|wrote"
        rf"|told|asked)"
        rf"|everything i|it all|that i (?:said|told|asked)|what i'd)"
        r"|\b(?:undo|scrap|scratch|cancel|forget|strike|drop) (?:that|it|this)(?: one)?(?: again)?$"
        r"|\b(?:never ?mind|nvm|take (?:it|that|this|that one) back|i take back|take that one off"
        r"|on second thought"
        r"|changed my mind|i was wrong|i was too|my bad|my mistake|my fault|i misread|i"
        r" misunderstood"
        r"|pretend i (?:didn't|never)|i didn't mean (?:it|that)|i withdraw|no longer (?:applies"
        r"|apply|needed"
        r"|insist|holds|valid|want|need)|isn't true any ?more|after all$|any longer$|had it right"
        r"|you can stop|you (?:can|may) (?:\w+ )?again$|are allowed again|is allowed again"
        r"|you were right|go back to how it was|(?:was|were) (?:only |just )?a joke|you (?:don't"
        r"|do not) have to"
        r" [\w ]+ (?:any ?more|any longer))\b"
        rf"|\b(?:that|the|this|my) (?:\w+ ){{0,3}}?{_RULE}(?: \w+){{0,4}}? (?:is|are|was|were)"
        rf" (?:\w+ )?"
        r"(?:lifted|off|over|wrong|silly|outdated|void|gone|done|cancelled|history)\b",
    ),
    (
        "meta",
        "none",
        r"\b(?:learn(?:ed|t|s|ing)?(?: (?:from|anything|about|that|this|to))?|draw (?:any"
        r" )?conclusions?"
        r"|remember(?:ing)? (?:this|that|it|any|what|my|me|anything)|(?:used?|uses) for training"
        r"|your memory"
        r"|thumbs?(?:[- ](?:ups?|downs?))?|my (?:\w+ )?(?:edits|ratings?|clicks|feedback"
        r"|preferences|taste"
        r"|likes|stars|praise|votes)|adapt(?:ing)? to me|what i like|list of what i|notes? on me"
        r"|read too much into"
        r"|trust (?:my|what i)|weigh|count (?:this|them|it|my|that)|profile of me|my real taste"
        r"|push back|contradict me|disagree with me|challenge me|agree with me|stop agreeing"
        r"|argue with me"
        r"|sparring partner|tell me (?:straight|honestly|when|if|plainly|when i'm|frankly)|be"
        r" honest with me|correct me"
        r"|ask (?:me )?(?:before|first|if you|when you|whenever|instead of guessing|rather than"
        r" guess\w*)"
        r"|ask me about|check with me before|before you (?:guess|assume|change|turn)"
        r"|(?:don't|do not|never) guess(?=,|$| never)|in doubt,? ask|stop guessing|i(?:'d| would)"
        r" rather not be|i wish i"
        r"|i want to want|deep down|i'd like to become|good for me|take (?:me|what i say) (?:more"
        r"|less|seriously"
        r"|literally)|i know i (?:always|shouldn't)|(?:keep|save|store|note) (?:this|that|it|none"
        r"|any of this)"
        r"(?: for good| out of)?(?= for (?:later|next|good|the future)|$| out of)"
        r"|rule (?:about|on|for) [\w ]+ only|keep (?:it|this|that) out of)\b|\bask(?:,| (?:me"
        r" )?instead)"
        r"|^ask$|, ask\b",
    ),
    (
        "process",
        "none",
        r"\b(?:questions?(?: and| before| but)? (?:no|a single|not one|an) (?:answer|word)|stop"
        r" asking|quit asking"
        r"|(?:don't|do not|never|not) ask(?: me)?|ask(?:ing)? me (?:\w+ )?(?:questions|things"
        r"|again|so|too|one|what)"
        r"|ask (?:me )?(?:one|fewer|less|at most|only|too|so|seven|five|less often)|too many"
        r" questions|so many questions"
        r"|more questions|fewer (?:questions|check-ins)|you ask|you asked me|asked me \w+"
        r" (?:things|questions)"
        r"|counter-?questions?|follow-up questions?|questions? (?:first|at the end|later"
        r"|afterwards)|just answer"
        r"|slow|hurry|faster|took (?:ages|forever|an eternity)(?! (?:to get|getting) to the point)"
        r"|take(?:s|n)? (?:too long|forever|ages|an eternity)(?! (?:to get|getting) to the point)"
        r"|ages to|i(?:'ve| have)? (?:already )?answered|before i(?:'d| had| have|'ve)? (?:\w+"
        r" )?(?:finished|done)"
        r"|(?:finish|finished|done) typing|interrupt\w*|cut me off|wait (?:for|until|till)|let me"
        r" finish|hang on"
        r"|hold on|one (?:thing|step|question|section) at a time|step at a time|go on|carry on"
        r"|continue$|keep going"
        r"|next (?:one|question)$|skip this question|in one go|in one batch|wait for my|my ok after"
        r"|three versions|round in circles|redo the whole|rewrite the whole|rewriting parts|only"
        r" what you changed"
        r"|the whole (?:text|letter|thing) again|give me a moment|take your time|slow down|speed"
        r" up|nag"
        r"|leave it there|pop up|is this a quiz|no need to try|start (?:writing|with a draft|over)$"
        r"|write (?:something )?first|draft first|first (?:write|a draft|draft|answer)|my opinion"
        r" after"
        r"|checking in|how (?:was|did) (?:that|i do)|quiz)\b|^(?:stop|wait|abort|enough|continue"
        r"|next)$",
    ),
    (
        "rephrase",
        "rewrite",
        r"\b(?:what i meant|i meant|i mean the|i mean a|let me (?:rephrase|repeat|try)|to (?:put"
        r" it|rephrase|repeat)"
        r"|i (?:actually |clearly |only |had |have |just |had only )*asked (?:for|about|you|how"
        r"|why|what|where|whether"
        r"|when|if|who)|i(?:'d| had) asked|i (?:had )?said$|, i said\b|not what i (?:asked|meant"
        r"|wanted|said)"
        r"|(?:wasn't|isn't|was not) what i (?:asked|meant|wanted)|my question (?:was|is|still)"
        r"|the question (?:was|is)"
        r"|what i'm really asking|(?:mis(?:understood|read)) (?:me|my|the)|you (?:didn't|did not"
        r"|never|haven't) answer"
        r"|answer (?:my|the) (?:\w+ )?question|(?:actual|real) question|i repeat|once more:|one"
        r" more time"
        r"|for the (?:second|third|fourth|fifth|last|umpteenth) time|(?:still|again) no"
        r" (?!answer)|i was hoping for"
        r"|back to what i asked|as i said|i was looking for|thing i actually asked|yes or no|or"
        r" not$"
        r"|i want to know where|i wanted (?:you to|a|the)|simpler version of my"
        r" question|in other words"
        r"|i did ask|just to be clear|to be clear|again:)\b|^or not\b|^(?:do|write) the [\w ]+"
        r" again\b"
        r"|^[\w' ]+ or not$|^not the \w+,? (?:but )?the\b",
    ),
    (
        "once",
        "rewrite",
        r"\b(?:this (?:once|time)|just once|for once|just for (?:now|today|this|the)|for now|only"
        r" today|today only"
        r"|for today|just (?:here|today|now)|only here|on this occasion|(?:in|for|on|to) this"
        r" (?:one|particular"
        r"|\w+ )?(?:e-?mail|mail|letter|card|eulogy|speech|chapter|slide|poster|poem|story|text"
        r"|note|case|invitation"
        r"|agenda|version|report|post|newsletter|toast|week)|do this one|this one (?:has|needs|is"
        r"|in|as|should|goes)"
        r"|for that day|for the plaque|right now|today$|another (?:one|version|try|attempt|draft)"
        r"|one more(?: for)?"
        r"|and (?:now )?(?:one|the same|another) (?:for|in|about)|(?:the )?same (?:thing "
        r"|sentence |text |again |one )?"
        r"(?:for|in|but|as|with)|now (?:a|an|one|the same|in|for|as|with|make|do|write|translate"
        r"|turn|give|also)"
        r"|same example|as a (?:letter|poem|song|tweet|text message|speech)|next attempt|give me"
        r" (?:another|\w+ more)"
        r"|(?:two|three|four|five|ten) more|do it again|write me (?:a|an|one|another)|write them"
        r" one|draw up"
        r"|turn (?:this|that|it) into|stay with|go with the|let's go with|exceptionally"
        r"|we stay with|i'll take the|pick the)\b|^(?:rewrite|redo|do) (?:it|this|that)$|^(?:now"
        r"|again|try again|start over|redo|regenerate|another|once"
        r" more)\b",
    ),
)
_ROWS = tuple((kind, op, re.compile(pattern)) for kind, op, pattern in _TABLE)


def of(text: str) -> tuple[WishKind, Op] | None:
    """The kind whose phrase stands in the words, and the usual change that it asks for."""
    words = text.strip(" .!?,;:")
    for kind, op, pattern in _ROWS:
        if pattern.search(words):
            return kind, op
    return None


_ME = re.compile(
    r"^(?:(?:by the way|btw|fyi|just so you know|remember|note)[,:]? (?:that )?)?"
    r"(?:i(?:'m| am)(?: not)? (?:a|an|the|her|his|their|from|allergic|vegan|vegetarian|blind|deaf"
    r"|colou?r-?blind|retired"
    r"|diabetic|dyslexic|left-handed|\d+|in my|\w+ years old|based|dr|called|divorced|married"
    r"|pregnant|new to)\b"
    r"|i (?:(?:also|only|still|usually|never|do|don't|can't|can|always|just) )*(?:live|work|teach"
    r"|study|run|own|manage"
    r"|have (?:only )?(?:a|an|two|three|four|five|no|one|\d+)|speak|eat|drive|use|play|sing"
    r"|read|write|code"
    r"|sell|give (?:\w+ )?(?:lessons|courses|classes)"
    r"|vote|rent|cook|bake|grow|keep (?:\w+ )?(?:bees|chickens|cats|dogs|sheep|hens)|translate"
    r"|volunteer|failed|moved|was born"
    r"|grew up|smoke|drink|wear|suffer)\b|i've (?:got|lived|worked|been (?:a|an)|had|coded"
    r"|taught)\b"
    r"|we(?:'re| are)? (?:live|have|own|run|sell|rent|a |an |called|based|keep)\b"
    r"|(?:my|our) (?:[\w'-]+ ){1,3}?(?:is|are|has|have|'s|was born|lives?|works?|speaks?|can't"
    r"|hates?|loves?)\b"
    r"|[a-z]+ is (?:seventeen|eighteen|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|\d+)(?: years old)?$"
    r"|(?:mum|dad|mom|grandma|grandpa) (?:has|is|lives)\b|(?:english|german|french|spanish) isn't"
    r" my)"
)


def about_me(text: str) -> bool:
    """Whether the words state something lasting about the person, their people or things."""
    words = text.strip(" .!,;:")
    return _ME.search(words) is not None and not _NOT_ME.search(words)


_NOT_ME = re.compile(
    r"\b(?:this|your|going to|my (?:answer|point|question|guess|opinion|problem|impression|view))\b"
)


_WRONG = re.compile(
    r"\b(?:never true|wrong|incorrect|inaccurate|false|untrue|mistaken|not (?:true|correct|right"
    r"|accurate)"
    r"|isn't (?:true|correct"
    r"|right|in)|aren't (?:true|correct|right)|wasn't (?:in|true|correct|there)|a (?:mistake|lie"
    r"|typo|bug|misspelling)"
    r"|typo|misspelled|mixed up|made up|out of date|outdated|you got|off by|upside down"
    r"|there(?:'s| is) no such"
    r"|no such|doesn't exist|never (?:said|wrote|claimed|existed|happened|was)"
    r"|(?:dead|broken) link|won't"
    r" compile|doesn't (?:work|run"
    r"|compile|stop)|crashes|closed down|was removed|is spelled|it's spelled|miscounted"
    r"|miscalculated|error)\b"
)
_SAYS = re.compile(
    r"\b(?:law|book|manual|doctor|vet|label|wikipedia|contract|map|timetable|website|recipe"
    r"|package|source"
    r"|dictionary|documentation|docs|ticket|receipt|invoice|edition|statute|encyclop\w+|almanac"
    r"|gp|pharmacist|lawyer)\w*\b"
    r"[\w ,'-]*\b(?:says?|said|states?|gives?|has|lists?|writes?)\b|\baccording to\b|\bsource:"
    r"|\bthey say\b|\blast i checked\b"
)
_VALUE = re.compile(
    rf"(?:\b(?:it|he|she|they|that|this|the [\w' ]+?|there)(?:'s| is| was| are| were| has| had|"
    rf" came| opened| died| left| costs?"
    rf"| began| starts?| ends?| should be)) [\w ]*?(?:\d|{HOLE})"
    r"|\b(?:is|was|are|were|it's) (?:in |on |by )?[\w ]{1,30},? (?:and )?not (?!so|too|very|that"
    r"|the)[\w ]{1,30}$"
    r"|\b\d[\w.,:%]*,? not \d|^(?:it's |it is )?(?:in |on |at |by )?\w+, not (?:in |on |at |by"
    r" )?\w+$|(?<!answers )(?<!replies )(?<!responses )\bshould (?:be|say|read) \S|\bactually\b.*\d"
    r"|\bin fact\b"
)


def corrects(text: str) -> bool:
    """Whether the words say that something in the reply is not so, or what is so instead."""
    words = text.strip(" .!,;:")
    if re.search(
        r"\bwrong (?:tone|format|language|style|length|word|way round|order|place)\b", words
    ):
        return False
    return bool(_WRONG.search(words) or _VALUE.search(words) or has_source(words))


_TELLS = re.compile(
    r"^(?:(?:no|but|and|actually|well|sorry|by the way)\b[, ]*)*(?:(?:he|she)(?:'s| is| was"
    r"| has| had| never| owes?| goes| lives?| works?| wrote| died| came| left)"
    r"|(?:the|her|his|its|that|this|it|they)(?: (?!reply|answer|response|tone|text|second|first"
    r"|last|ending|title|paragraph|sentence|part|list|table|example|version|summary|rest|style|joke)"
    r"[\w-]+){0,3}?"
    r" (?:is|was|are|were|runs?|leaves|starts|begins|ends|opens|closes|opened|closed|died|came"
    r"|went|flows?|has|had|lives?|lived|got))\b"
)
_CONCRETE = re.compile(
    r"(?<=[a-z,'] )(?:[A-Z][a-z]+|I{1,3}V?|[A-Z]{2,})\b|\d"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:january|february|march|april|june|july"
    r"|august|september|october|november|december|north|south|east|west|called|named|closed|open)\b",
)


_SOMEBODY = re.compile(
    r"(?:he|she)(?:'s| is| was| owes?| goes| has| never| lives?| works?| wrote| died)\b"
    r"(?! (?:right|wrong|too|not)\b)"
)


def tells(text: str, plain: str, known: str) -> bool:
    """Whether a plain statement gives a fact: who, where, when or how many, of a thing.

    `known`: the request and the reply, whose names a statement may be about.
    """
    words = text.strip(" .!,;:")
    if _SOMEBODY.match(words) and not aspects.weights(words):
        return True
    named = re.match(
        r"([A-Z][a-z]+) (?:is|was|goes|has|lives?|wrote|died|won|said)\b", plain.strip()
    )
    if named and re.search(rf"(?<=[a-z,] ){named.group(1)}\b", known):
        return True
    return _TELLS.match(words) is not None and _CONCRETE.search(plain.strip()) is not None


def has_source(text: str) -> bool:
    """Whether the words name a book, a page, a law or a professional who says so."""
    return _SAYS.search(text) is not None
