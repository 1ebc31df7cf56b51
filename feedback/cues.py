"""Word lists and slots of a clause: cues, numbers, reach, conditions, strength.

Sees lower-cased words whose quoted parts are masked; knows no reply and makes no wish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.checks.language import NAMES
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
    "|let|don't|do not|never|always|please|just|only|no|without"
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
    r"|(?:every|each) (?:time|reply|answer|response|message)|as a (?:general )?rule|by default"
    r"|in all (?:your |my )?(?:replies|answers|responses|messages|chats|tasks)|ever again"
    r"|all (?:your|of your|my|future) (?:replies|answers|responses|messages)|permanently|for good"
    r"|for ?ever|in all others?|in (?:every|any|all|each)(?: other)? chats?"
    r"|any ?more in (?:the )?future|next time|whenever)\b"
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

_CHANNELS = (
    (r"e-?mails?|mails", "email"),
    (r"slack(?: (?:messages|posts))?", "slack"),
    (r"(?:text )?messages|texts|dms|whatsapp(?: messages)?", "message"),
    (r"letters", "letter"),
    (r"tweets|(?:social media |blog |linkedin )?posts", "post"),
    (r"comments", "comment"),
)
_TASKS = (
    (r"(?:some |new )?ideas|brainstorm\w*|suggestions", "ideas"),
    (r"code|coding|programming|scripts", "code"),
    (r"summar(?:y|ies)|summari[sz]\w+", "summary"),
    (r"recipes?|cooking", "recipe"),
    (r"(?:bedtime |short )?stor(?:y|ies)", "story"),
    (r"poems?|poetry", "poem"),
    (r"translations?|translat\w+", "translation"),
    (r"explanations?|explain\w*", "explanation"),
    (r"plans|planning|a plan|schedules", "plan"),
    (r"reviews", "review"),
    (r"jokes?", "joke"),
    (r"essays?", "essay"),
    (r"reports", "report"),
    (r"instructions|how-?tos?|tutorials?|directions", "how-to"),
    (r"definitions?|defin\w+", "definition"),
    (r"comparisons?|compar\w+", "comparison"),
    (r"advice|tips", "advice"),
    (r"facts?|factual questions|trivia", "facts"),
)
_PEOPLE = (
    r"(?:boss|manager|team|clients?|customers?|colleagues?|co-?workers?|teachers?|professors?"
    r"|mother|mom|mum|father|dad|parents|wife|husband|partner|friends?|landlord|doctor|sister"
    r"|brother|neighbou?rs?|grand(?:ma|pa|mother|father)|family|investors?|editor|lawyer)"
)
_AUDIENCE = r"(?:kids|children|beginners|students|experts|laypeople|non-?experts|teenagers|seniors)"
_NO_CONDITION = re.compile(
    r"^(?:if|when|whenever) (?:possible|needed|necessary|appropriate|relevant|in doubt"
    r"|(?:you|it) (?:can|could|want|like|do|does|may)\b|at all|not\b|anything)"
)


# "Tell me when it is bad" has no condition: it says what to tell.
_TOLD = re.compile(
    r"\b(?:tell|ask|show|warn|let|say|know|see|check|sure|wonder)(?: me| us| you)?(?: know)? $"
)


@dataclass(frozen=True, slots=True)
class Where:
    """A condition and the places of the words that said it."""

    condition: Condition = ()
    places: tuple[tuple[int, int], ...] = ()


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


def condition(text: str) -> Where:
    """When/if/for/in/to ... as keys and values, with the places of the words that say so."""
    for match in re.finditer(
        r"\b(?:when(?:ever)?|if|every time|each time|any ?time)\b(?! (?:i|we) (?:said"
        r"|asked)\b)[^,;]*",
        text,
    ):
        told = _TOLD.search(text[: match.start()])
        if not told and not _NO_CONDITION.search(match.group()):
            found = _of_clause(match.group())
            if found:
                return Where(found, (match.span(),))
    return _of_phrase(text)


def _of_phrase(text: str) -> Where:
    """In emails to my boss, for recipes, in replies about cooking: without "when"."""
    for match in re.finditer(
        rf"\b(?:in|for|on)(?: (?:all|any|my|your|our|most))? ({_either(_CHANNELS)})\b"
        rf"(?: (?:to|for|with) ((?:my |our |the |a )?{_PEOPLE}|{_AUDIENCE}))?",
        text,
    ):
        found = (("channel", _named(_CHANNELS, match.group(1))),)
        who = (("recipient", match.group(2)),) if match.group(2) else ()
        return Where((*found, *who), (match.span(),))
    return _of_people_or_topic(text)


def _of_people_or_topic(text: str) -> Where:
    match = re.search(
        rf"\b(?:to|for|with) ((?:my|our) {_PEOPLE}|clients|customers|colleagues)\b", text
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
        rf"\b(?P<how>in|for) (?:all |any |my |your )?(?P<task>{_either(_TASKS)})\b"
        r"(?! (?:and|or) \w+$)",
        text,
    )
    # "Put it in code" names a form, "in stories" a kind of task.
    if match and (match["how"] == "for" or match["task"].endswith("s")):
        return Where((("task_type", _named(_TASKS, match["task"])),), (match.span(),))
    match = re.search(rf"\bfor ({_AUDIENCE})\b", text)
    if match and standing(text):
        return Where((("audience", match.group(1)),), (match.span(),))
    return Where()


_AHEAD = re.compile(
    r"(?:in|for|with|on) (?P<what>(?!this\b|that\b|the\b|these\b|it\b)[\w' -]{3,60})$"
)


def leading(text: str) -> Condition:
    """The condition of words before an order: "in German", "in product descriptions"."""
    match = _AHEAD.match(text)
    if match is None:
        return ()
    what = match["what"].strip()
    code = next((c for c, name in NAMES.items() if name.lower() == what), None)
    return (("language", code),) if code else (("task_type", what),)


def _of_clause(text: str) -> Condition:
    """The condition in "when I ask for ideas", "if it is about cooking"."""
    inner = re.sub(r"^(?:when(?:ever)?|if|every time|each time|any ?time)\s+", "", text).strip(
        " .!?"
    )
    phrase = _of_phrase("for " + re.sub(r"^.*?\bask(?:ing)?(?: you)? for\s+", "", inner))
    spoken = re.search(rf"\bin ({'|'.join(n.lower() for n in NAMES.values())})\b", inner)
    if re.search(r"\b(?:write|ask|speak|type)\b", inner) and spoken:
        code = next(c for c, n in NAMES.items() if n.lower() == spoken.group(1))
        return (("language", code),)
    to = re.search(rf"\bto ((?:my |our |the |a )?{_PEOPLE}|{_AUDIENCE})\b", inner)
    channel = re.search(rf"\b({_either(_CHANNELS)}|letter|message|text|post|comment)\b", inner)
    if to or (channel and re.search(r"\b(?:writ|draft|send|answer|reply|for|is an?)", inner)):
        named = (("channel", _named(_CHANNELS, channel.group(1))),) if channel else ()
        who = (("recipient", to.group(1)),) if to else ()
        return (*named, *who)
    about = re.search(r"\b(?:about|regarding|related to)\s+((?:[\w'-]+ ?){1,5})$", inner)
    if about:
        return (("topic", about.group(1).strip()),)
    task = re.search(rf"\b({_either(_TASKS)})\b", inner)
    if task:
        return (("task_type", _named(_TASKS, task.group(1))),)
    if phrase.condition:
        return phrase.condition
    asked = re.search(r"\b(?:ask|want|need)(?: you)?(?: for| to)?\s+((?:[\w'-]+ ?){1,6})$", inner)
    if asked:
        return (("topic", asked.group(1).strip()),)
    if re.match(r"(?:you|it|that|this|there)\b", inner) or not inner:
        return ()
    return (("topic", " ".join(inner.split()[:8])),)


def _either(table: tuple[tuple[str, str], ...]) -> str:
    return "|".join(pattern for pattern, _ in table)


def _named(table: tuple[tuple[str, str], ...], text: str) -> str:
    for pattern, name in table:
        if re.fullmatch(pattern, text):
            return name
    return text


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
