"""Rules for what a person tells about themself or their work: to remember, not to write by.

A statement is a fact only where no rule of form reads it. Knows no ledger.
"""

from __future__ import annotations

import re

from feedback import aspects, corrections, limits, looks, wording
from feedback.findings import Finding, Scene, check

_ME = re.compile(
    r"^(?:(?:please|always|just) )*(?:call me (?P<call>\S.*)|(?:my name is|my name's|i'm called"
    r"|i am called) (?P<name>\S.*))"
)
_LEAD = re.compile(
    r"^(?:(?:by the way|btw|fyi|for your information|from now on|please|also|and)[,:]? )*"
    r"(?P<keep>(?:note|remember|know|keep in mind|bear in mind|don't forget)(?: that)?[,:]? )?"
)
_ABOUT = re.compile(
    r"(?:i live in|i work (?:as|at|in|for)"
    r"|i'm from|i am from|(?:i'm|i am) (?:a |an )?(?:[\w-]+ ){0,2}?(?:vegetarian|vegan|allergic"
    r"|teacher|nurse|doctor"
    r"|student|developer|engineer|beginner|expert|parent|lawyer|designer|writer|scientist|retired"
    r"|diabetic|blind|deaf"
    r"|colou?r-?blind|left-handed|dyslexic|years old|\d+)\b|i (?:speak|prefer to be called"
    r"|have (?:a|an|two|three) (?:dogs?|cats?|sons?|daughters?|kids|children|wife|husband|allergy))"
    r"\b|my (?:wife|husband|partner|son|daughter|dog|cat|job|age|birthday|pronouns?|mother tongue"
    r"|native language)\b.* (?:is|are)\b"
    r"|(?:my|our) [\w' -]{1,40}? (?:is|are) (?:called|named) \S"
    r"|(?:my|our) (?:[\w'-]+ ){0,3}?(?:names?|birthday|anniversary|address|hometown|pronouns?"
    r"|favou?rite [\w-]+) (?:is|are) \S"
    r"|we(?:'re| are) (?:called|based in|located in|a (?:\w+ )?(?:company|team|family|shop|bakery"
    r"|school|club|start-?up|charity|couple)\b)|we (?:sell|own) \S"
    r"|i (?:run|own|manage) (?:a|an|the|my|our) \S)"
)
_TOLD = re.compile(r"(?:i|i'm|i've|we|we're|my|our)\b(?! (?:want|like|prefer|would|asked|said)\b)")
_THIS = re.compile(r"\b(?:this|that|your|the) (?:tone|reply|answer|response|text|draft|version)\b")
_VALUE = re.compile(
    r"^(?:(?P<call>call the person) "
    r"|(?P<named>(?:my|our) .+?)(?:'s names? (?:is|are)| (?:is|are) (?:called|named)) "
    r"|(?P<owned>(?:my|our) (?:.+ )?(?:name|birthday|anniversary|address|hometown|pronouns?|age|job"
    r"|mother tongue|native language|favou?rite [\w-]+)) (?:is|are) "
    r"|(?P<place>i live in|i'm from|i am from) )(?P<value>.+)$"
)


def find(scene: Scene) -> Finding | None:
    """The name to call the person by, or what to keep in mind of what they say; None otherwise."""
    named = _ME.search(scene.text.strip())
    if named:
        return _name(scene, named)
    if tastes(scene):
        return about_person(scene)
    start = len(scene.text) - len(scene.text.lstrip())
    lead = _LEAD.match(scene.text[start:])
    begun = start + (lead.end() if lead else 0)
    text = scene.text[begun:].strip()
    if _THIS.search(text):
        return None
    told = bool(lead and lead["keep"]) and _TOLD.match(text) and not _form(scene)
    told = bool(told)
    if not told and not _ABOUT.match(text):
        return None
    said = " ".join(scene.plain[begun:].split()).strip(" .!")
    return Finding(
        "fact", "facts_about_me", "add", f'keep in mind that the person says: "{said}"', 0,
        len(scene.text), always=told, sure=0.8,
        claim="unverified" if corrections.insists(scene.text) else "supported",
        aim="missing", slots={"right": said, "source": "the person"},
    )  # fmt: skip


def about_person(scene: Scene) -> Finding:
    """What a clause tells about the person, their people or things: to keep in mind."""
    said = " ".join(scene.plain.split()).strip(" .!")
    return Finding(
        "fact", "facts_about_me", "add", f'keep in mind that the person says: "{said}"', 0,
        len(scene.text), sure=0.7, aim="missing",
        claim="unverified" if corrections.insists(scene.text) else "supported",
        slots={"right": said, "source": "the person"},
    )  # fmt: skip


_TASTE = re.compile(
    r"^i (?:can't stand|cannot stand|hate|dislike|detest|adore|don't (?:eat|drink|like)"
    r"|(?:really )?(?:like|love)) (?!(?:the|this|that|these|those|your|it|how|when|what|to)\b)"
    r"(?P<what>[\w-]+(?: [\w-]+)?)$"
)


def tastes(scene: Scene) -> bool:
    """Whether the words tell what the person likes, where the request was about what they like."""
    words = scene.text.strip(" .!,")
    mine = re.search(r"\b(?:i|me|my)\b", scene.request.lower()) is not None
    liked = _TASTE.match(words)
    return mine and liked is not None and not aspects.weights(liked["what"])


def said(effect: str) -> str:
    """The person's own words in the effect of a fact, without the instruction around them."""
    found = re.search(r'"(.+)"', effect, re.DOTALL)
    return found[1] if found else effect


def personal(effect: str) -> bool:
    """Whether a fact is about the person themself: their name, what they are, like or live in."""
    about = r"call the person\b|(?:i|i'm|i’m|i've|i’ve)\s|my (?:pronouns?|age|job|birthday)\b"
    return re.match(about, _words(effect)) is not None


def differ(a: str, b: str) -> bool:
    """Whether two facts give one thing two values: my sister is called Ada, and Eva."""
    first, second = _VALUE.match(_words(a)), _VALUE.match(_words(b))
    if first is None or second is None or _subject(first) != _subject(second):
        return False
    return first["value"] != second["value"]


def _name(scene: Scene, named: re.Match[str]) -> Finding | None:
    key = "call" if named["call"] else "name"
    lead = len(scene.text) - len(scene.text.lstrip())
    typed = scene.plain[lead + named.start(key) : lead + named.end(key)]
    name = re.split(r"[,.;]| (?:from now on|please|in future|instead)\b", typed)[0].strip(" \"'!“”")
    if not name or len(name.split()) > 4:
        return None
    return Finding(
        "fact", "facts_about_me", "add", f'call the person "{name}"', 0, len(scene.text),
        check=check("contains", word=name), claim="supported", always=True,
        slots={"right": name, "source": "the person"},
    )  # fmt: skip


def _form(scene: Scene) -> bool:
    """Whether a rule reads it as a wish about how to write: "remember that I hate bullets"."""
    return bool([*limits.find(scene), *looks.find(scene), *wording.find(scene)])


def _words(effect: str) -> str:
    own = effect if effect.startswith("call the person") else said(effect)
    return " ".join(own.casefold().replace("’", "'").split()).strip(" .!")


def _subject(found: re.Match[str]) -> str:
    owned = found["owned"] or ""
    subject = found["named"] or found["call"] or found["place"] or owned.removesuffix(" name")
    return subject.removesuffix("'s").replace("i am", "i'm")
