"""Where a wish holds: the words that say when, for whom or in what, as keys and as places.

Sees lower-cased words whose quoted parts are masked. Knows no reach and makes no wish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.checks.language import NAMES
from data.types import Condition
from feedback import cues
from feedback.abroad import language
from feedback.genres import AUDIENCE, CHANNELS, PART, PEOPLE, TASKS, WORK, either, named
from feedback.orders import order_in


@dataclass(frozen=True, slots=True)
class Where:
    """A condition and the places of the words that said it; without keys it changes no reach."""

    condition: Condition = ()
    places: tuple[tuple[int, int], ...] = ()


_WHEN = (
    r"(?:when(?:ever)?|if|while|as soon as|as long as|so long as|provided(?: that)?|in case"
    r"|in the event that|every time|each time|any ?time|wherever|the moment)"
)
_OPENER = re.compile(
    rf"(?<!\bas )(?<!\beven )(?<!\bwhat )(?<!\ba )\b(?:only )?{_WHEN}\b(?! (?:i|we) (?:said"
    r"|asked)\b)"
)
# A wish that speaks of this very reply, or of a mere possibility.
_NO_CONDITION = re.compile(
    r"^(?:if|when|whenever) (?:possible|needed|necessary|appropriate|relevant|in doubt"
    r"|(?:you|it) (?:can|could|want|like|do|does|may)\b|at all|not\b|anything)"
)
# "Tell me when it is bad" has no condition: it says what to tell.
_TOLD = re.compile(
    r"\b(?:tell|ask|show|let|say|know|see|check|sure|wonder)(?: me| us| you)?(?: know| \w+ly"
    r"| straight)? $"
)
# "I like it when you joke": what is liked, not where.
_FELT = re.compile(
    r"\b(?:like|love|hate|enjoy|appreciate|mind|prefer|annoy\w*|bother\w*|stand)"
    r"(?: it| that| me)? $"
)
_WHOSE = re.compile(rf"^{_WHEN} (?:i'm|i|my|our|we|a|an|some\w+)\b")


def find(text: str) -> Where:
    """When/if/for/in/to ... as keys and values, with the places of the words that say so."""
    spoken = language(text)
    if spoken:
        return _abroad(text, spoken)
    for match in _OPENER.finditer(text):
        end = _clause_end(text, match.start(), match.end())
        words = text[match.start() : end]
        before = text[: match.start()]
        told = _TOLD.search(before) is not None and not _WHOSE.match(words)
        if not told and not _FELT.search(before) and not _NO_CONDITION.search(words):
            found = _of_clause(words)
            if found:
                return Where(found, ((match.start(), end),))
    return _of_phrase(text)


def _clause_end(text: str, start: int, begun: int) -> int:
    """Where a subordinate clause ends: at a comma, or where an order begins."""
    stop = re.search(r"[,;:](?=\s|$)", text[begun:])
    end = begun + stop.start() if stop else len(text.rstrip(" .!?"))
    order = order_in(text[start:end], after_verb=True)
    return start + len(text[start : start + order].rstrip()) if order else end


_POLITE = re.compile(r"(?:(?:please|thanks|ok(?:ay)?|though|too|again)[ ,]*)*")


def _of_clause(text: str) -> Condition:
    """The condition in "when I ask for ideas", "if it is about cooking"."""
    inner = re.sub(rf"^(?:only )?{_WHEN}(?:\s+|$)", "", text.rstrip(" .!?")).strip(" .!?")
    if _POLITE.fullmatch(inner):
        return ()  # "use bullets every time, please"
    phrase = _of_phrase("for " + re.sub(r"^.*?\bask(?:ing)?(?: you)? for\s+", "", inner))
    spoken = re.search(rf"\bin ({'|'.join(n.lower() for n in NAMES.values())})\b", inner)
    if re.search(r"\b(?:write|ask|speak|type)\b", inner) and spoken:
        code = next(c for c, n in NAMES.items() if n.lower() == spoken.group(1))
        return (("language", code),)
    to = re.search(rf"\bto ((?:my |our |the |a )?{PEOPLE}|{AUDIENCE})\b", inner)
    channel = re.search(rf"\b({either(CHANNELS)}|letter|message|text|post|comment)\b", inner)
    if to or (channel and re.search(r"\b(?:writ|draft|send|answer|reply|for|is an?)", inner)):
        where = (("channel", named(CHANNELS, channel.group(1))),) if channel else ()
        who = (("recipient", to.group(1)),) if to else ()
        return (*where, *who)
    about = re.search(r"\b(?:about|regarding|related to)\s+((?:[\w'-]+ ?){1,5})$", inner)
    if about:
        return (("topic", about.group(1).strip()),)
    task = re.search(rf"\b({either(TASKS)})\b", inner)
    if task:
        return (("task_type", named(TASKS, task.group(1))),)
    if phrase.condition:
        return phrase.condition
    asked = re.search(r"\b(?:ask|want|need)(?: you)?(?: for| to)?\s+((?:[\w'-]+ ?){1,6})$", inner)
    if asked:
        return (("topic", asked.group(1).strip()),)
    if not inner or (_THIS_ONE.match(inner) and not _KIND_OF.match(text)):
        return ()
    return (("topic", " ".join(inner.split()[:8])),)


# What is said of "it" or "you" speaks of the reply at hand ...
_THIS_ONE = re.compile(r"(?:you|it|that|this|there|these|those|they)\b")
# ... unless a kind of text, a habit or a doubt of the assistant is named.
_KIND_OF = re.compile(
    rf"^(?:only )?{_WHEN} (?:it's|it is|that's|that is|this is|there(?:'s| is| are)) (?:a|an|about"
    r"|for|my|our|no|in)\b"
    r"|^(?:when(?:ever)?|every time|each time|any ?time) you (?!(?:\w+ed|wrote|made|said|gave|told"
    r"|did|were|had)\b)"
    r"|^(?:if|when) (?:you|you're|you are) (?:are |not |n't )*(?:sure|certain|unsure|uncertain"
    r"|guess|don't know|do not know|quote|cite|mention|give|use|write|list|suggest|recommend)\b"
)


def _of_phrase(text: str) -> Where:
    """In emails to my boss, for recipes, in replies about cooking: without "when"."""
    for match in re.finditer(
        rf"\b(?:in|for|on)(?: (?:all|any|my|your|our|most))? ({either(CHANNELS)})\b"
        rf"(?: (?:to|for|with) ((?:my |our |the |a )?{PEOPLE}|{AUDIENCE}))?",
        text,
    ):
        found = (("channel", named(CHANNELS, match.group(1))),)
        who = (("recipient", match.group(2)),) if match.group(2) else ()
        wide = _WORKS.match(text, match.start())
        end = max(match.end(), wide.end() if wide else 0)
        return Where((*found, *who), ((match.start(), end),))
    for pattern in (_ANYTHING, _WORKS, _EACH_WORK, _SUBJECT):
        whole = pattern.search(text)
        if whole and not (pattern is _SUBJECT and text[: whole.start()].strip()):
            return Where((_work(whole["what"]),), (whole.span(),))
    return _of_people_or_topic(text)


def _work(what: str) -> tuple[str, str]:
    """A work by the short name that it has, else by its own words."""
    bare = re.sub(r"^(?:all|any|my|our|every|each|most|other|the) ", "", what.strip())
    return ("task_type", named(TASKS, bare))


def _of_people_or_topic(text: str) -> Where:
    match = re.search(
        rf"\b(?:to|for|with) ((?:my|our) {PEOPLE}|clients|customers|colleagues)\b(?!')", text
    )
    if match:
        return Where((("recipient", match.group(1)),), (match.span(),))
    match = re.search(
        r"\b(?:in|for|on|to) (?:any |all |my )?(?:questions?|answers|replies|topics|things|requests"
        r"|texts?|anything) (?:about|on|related to|regarding) ((?:[\w'-]+ ?){1,5})",
        text,
    )
    if match:
        return Where((("topic", match.group(1).strip()),), (match.span(),))
    match = re.search(
        r"\b(?:in|for|on|to) (?:any |all |my )?([\w-]+) (?:questions|problems|topics)\b", text
    )
    if match and match.group(1) not in ("all", "any", "my", "your", "follow-up", "these", "the"):
        return Where((("topic", match.group(1)),), (match.span(),))
    match = re.search(
        rf"\b(?P<how>in|for) (?:all |any |my |your )?(?P<task>{either(TASKS)})\b"
        r"(?! (?:and|or) \w+$)",
        text,
    )
    # "Put it in code" names a form, "in stories" a kind of task.
    if match and (match["how"] == "for" or match["task"].endswith("s")):
        return Where((("task_type", named(TASKS, match["task"])),), (match.span(),))
    match = re.search(rf"\bfor ({AUDIENCE})\b", text)
    if match and cues.standing(text):
        return Where((("audience", match.group(1)),), (match.span(),))
    match = _TIME.search(text)
    if match:
        return Where((("task_type", match.group()),), (match.span(),))
    match = _THE_WORK.search(text)
    return Where((), (match.span(),)) if match else Where()


_TO = (
    r"(?: (?:to|for|with|about|from|of|on) (?:(?:my|our|the|a|an|any) )?(?!this\b|that\b|it\b"
    r"|now\b|once\b)[\w'-]+| like (?:these|this)| (?:that|which|who) [^,;:]{3,60})?"
)
_MODIFIED = r"(?:(?!the\b|this\b|that\b|these\b|those\b|your\b|and\b|or\b|a\b|an\b)[\w'-]+ ){0,2}?"
# Works of a kind: "in exam answers", "in captions for Instagram"; never the one at hand.
_WORKS = re.compile(
    rf"\b(?:in|for|out of) (?P<what>(?:(?:all|any|my|our|most|other) )?{_MODIFIED}"
    rf"(?<!your )(?<!all )(?<!my )(?!(?:answer|replie)s)(?:{WORK})s"
    rf"|(?:[\w-]+ )(?:answers|replies)|feedback|minutes|homework)\b(?!'){_TO}"
)
_EACH_WORK = re.compile(
    rf"\b(?:in|for) (?P<what>(?:my|our|every|each|any) (?!(?:single |damn )?"
    rf"(?:reply|answer|response|message|chat)\b){_MODIFIED}(?:{WORK}))\b(?!'){_TO}"
)
_ANYTHING = re.compile(
    r"\b(?:in|for|with|about|on) (?P<what>(?:anything|everything|whatever|anyone|everyone|whoever"
    r"|all (?:things|texts)) (?!(?:else|here|in|now)\b|$)[^,;:]{3,60})(?=$|[,;:])"
)
# A kind of text as the subject of a wish: "emails to clients should be short".
_SUBJECT = re.compile(
    rf"^\W*(?P<what>(?:anything|everything)(?: (?:about|for|on|to|that|with) [\w' -]{{2,40}}?)"
    rf"|(?:all |my |our )?{_MODIFIED}(?!(?:note|problem|answer|test|replie|response)s)(?:{WORK})s"
    r"(?: (?:that|which|to|for|about|from) [\w' -]{2,40}?)?)"
    r"(?= (?:should|shouldn't|must|mustn't|need|needs|get|gets|have to|has to|ought|are to|is to"
    r"|never (?:get|need|have)|always (?:get|need|have))\b)"
)
# A work at hand that has a name: a place where the wish holds, and no wider reach.
_THE_WORK = re.compile(rf"\bin the (?:(?!{PART}\b)[\w-]+ ){{0,2}}?(?:newsletter|novel|minutes)\b")
_TIME = re.compile(
    r"\b(?:on (?:(?:mon|tues|wednes|thurs|fri|satur|sun)days|week(?:day|end)s|holidays)"
    rf"|(?:before|after|until|from) {cues.NUMBER}(?: o'clock| ?[ap]m)? (?:in the (?:morning"
    r"|afternoon|evening)|at night)|in the (?:mornings|evenings))\b"
)

_AHEAD = re.compile(
    r"(?:in|for|with|on|during|to|at|after|before|under) (?P<what>(?!this\b|that\b|these\b|it\b)"
    r"(?:the (?=[\w' -]*s\b))?(?!the\b)[\w' -]{3,60})$"
)


def of_lead(text: str) -> Condition:
    """The condition of words before an order: "in German", "in product descriptions"."""
    found = find(text)
    if found.condition:
        return found.condition
    match = _AHEAD.match(text)
    if match is None or re.search(rf"\b{PART}$", match["what"]):
        return ()
    what = re.sub(r"^(?:the|a|an) ", "", match["what"].strip())
    code = next((c for c, name in NAMES.items() if name.lower() == what), None)
    return (("language", code),) if code else (_work(what),)


_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?|unless|apart from(?! that)|other than(?! that)|save (?:for|when|if|in)"
    r"|with the exception of|(?:but|just|at least|only) not (?=(?:when|if|in|for|on|to|with)\b)"
    r"(?!\w+ (?:this|that|here)\b))\b[^;]*"
    r"|(?<=, )[\w' -]{3,40} excepted$"
)


def exception(text: str) -> tuple[int, int] | None:
    """The place of except, unless, at least not in ... up to the end; None where nothing is."""
    match = _EXCEPT.search(text)
    return (match.start(), len(text[: match.end()].rstrip(" .!?"))) if match else None


_ABROAD = {
    "de": (r"immer wenn|jedes mal,? wenn|wenn|falls|sobald|solange", r"bei|in|für|an"),
    "fr": (
        r"chaque fois que|quand|lorsqu(?:e|')|dès que|tant que|si(?= )",
        r"dans|pour|avec|à",
    ),
    "es": (r"siempre que|cada vez que|cuando|si(?= )|en cuanto", r"en|para|con|a"),
    "pt": (r"sempre que|cada vez que|quando|se(?= )", r"em|nos|nas|para|com"),
    "it": (r"ogni volta che|quando|se(?= )|appena", r"nei|nelle|per|con|a"),
    "nl": (r"telkens als|wanneer|als|zodra", r"in|voor|met"),
}
_MANY = (
    r"(?:meinen|unseren|allen|les|mes|nos|des|toutes les|tous les|los|las|mis|os|as|meus|minhas|i"
    r"|le|gli|mijn|onze)"
)


_BEI = re.compile(
    r"\s*(?P<all>bei (?P<what>(?:(?!die|der|dem|den)\w+ ){1,3}?))(?=bitte|immer|nie|kein)"
)


def _abroad(text: str, spoken: str) -> Where:
    """The subordinate clause, or what is before the first comma, of a wish in another language."""
    if spoken not in _ABROAD:
        match = re.search(r"(?:如果|当)?(?P<what>[^，。、,]{2,24})的时候", text)
        return Where((("task_type", match["what"]),), (match.span(),)) if match else Where()
    openers, heads = _ABROAD[spoken]
    found = re.search(rf"(?:^|[ ,])(?P<all>(?:{openers})\s*(?P<what>[^,;:.!?]{{3,80}}))", text)
    if found is None and heads:
        found = re.match(rf"\s*(?P<all>(?:{heads}) (?P<what>{_MANY} [^,;:]{{3,60}}))(?=[,:])", text)
        found = found or (_BEI.match(text) if spoken == "de" else None)
    if found is None:
        return Where()
    return Where((("task_type", found["what"].strip()),), (found.span("all"),))


_LEADS_IN = re.compile(
    r"[\s,]*(?:(?:and|but|also|so|then|please|ok(?:ay)?|from now on|next time"
    r"|(?:my|one|another|a|ok) (?:wish|rule|request|thing|note)(?= for| in| about| on))\b[ ,:]*)*"
)
_PREPOSITION = re.compile(r"(?:for|in|at|with|on|to|during|after|before|under|about)\b")
_WHENEVER = re.compile(
    rf"(?:only )?(?:{_WHEN}|unless|should (?=i |it |a |the |my )|where(?= \w+ \w+))\b"
)
_NO_LEAD = re.compile(
    r"(?:if (?:you can|possible|needed)|in (?:short|general|fact|summary|my opinion|the future"
    r"|future|other words|all\b(?! \w)|my edition)|for (?:now|once|example|instance|me|the \w+ time"
    r"|today)|at (?:least|first)|with (?:that|regard)|on (?:the (?:whole|other|one)|second|top)"
    r"|after (?:all\b(?! \w)|that)|before that|to (?:be|put|me|my (?:mind|taste|ear|eye)|sum))\b"
)
# Without a comma, only what names a kind of thing leads an order: "with poems, ..." always does.
_KIND = re.compile(
    rf"(?:after|before|during) (?:a|an|any|every|each) [\w' -]+$"
    rf"|(?:in|for|with|on|to|at|during|after|before) (?!(?:[\w'-]+ ){{0,4}}{PART}$)"
    rf"(?:(?:my|our|any|every|all|each) [\w' -]+"
    rf"|(?!(?:the|this|that|these|those|your|his|her|its)\b)(?:[\w'-]+ )*"
    rf"(?:[\w'-]+s|(?:{either(TASKS)})|work|home|school|night)|the [\w' -]*s)$"
)


def lead(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """A condition before an order: where it starts, where its words end, where the order begins."""
    begun = _LEADS_IN.match(text, start, end)
    first = begun.end() if begun else start
    piece = text[first:end]
    if _NO_LEAD.match(piece):
        return None
    whenever = _WHENEVER.match(piece) is not None or _opens_abroad(piece)
    if not whenever and not _PREPOSITION.match(piece):
        return None
    stop = re.search(r"[,:](?=\s)", piece)
    order = order_in(piece[: stop.start() if stop else None], after_verb=whenever)
    if order and (whenever or _KIND.match(piece[:order].strip())):
        return first, first + len(piece[:order].rstrip()), first + order
    if stop is None or not 4 <= stop.start() <= 110:
        return None
    if not whenever and piece.startswith("to ") and not _KIND.match(piece[: stop.start()]):
        return None
    return first, first + stop.start(), first + stop.end()


def _opens_abroad(piece: str) -> bool:
    spoken = language(piece)
    if spoken not in _ABROAD:
        return False
    openers, heads = _ABROAD[spoken]
    return re.match(rf"(?:{openers})\b|(?:{heads or '$'}) {_MANY} ", piece) is not None
