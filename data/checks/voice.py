"""Checks of who speaks and how: person, form of address, contractions, hedging, flattery, frames.

Knows forms and phrases, not manners: a polite insult passes.
"""

from __future__ import annotations

import re

from data.checks.kind import CheckKind, Place, every, none_of
from data.checks.language import language_of
from data.checks.units import without_code

# The lower-case "i" of a sloppy or gamed reply counts; that of "i.e.", "i)" and "i = 1" does not.
FIRST = re.compile(
    r"\b(?:I(?![.)]\w|\))|I['’](?:m|ve|d|ll)|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b"
    r"|(?<![\w.])i['’](?:m|ve|d|ll)\b|(?<![\w.])i(?=\s+(?!in\b|and j\b|\d)[a-z'’]+)|\bIm\b"
    r"|\bim(?=\s+[a-z])|\bive\b"
)
YOU = re.compile(r"\b(?:you|your|yours|yourself|yourselves|you['’](?:re|ve|d|ll))\b", re.I)
# Apart from "Sie" at the start of a sentence, which may be "they".
_FORMAL = {
    "de": r"(?<=[^\s.!?:\n] )(?:Sie|Ihnen|Ihre?[mnrs]?)\b",
    "fr": r"(?i)\b(?:vous|votre|vos|vôtres?)\b",
    "es": r"(?i)\b(?:usted|ustedes)\b",
    "it": r"(?<=[^\s.!?:\n] )(?:Lei|La|Le|Suo|Sua|Suoi|Sue)\b",
    "nl": r"(?i)\b(?:u|uw|uzelf)\b",
    "pt": r"(?i)\b(?:o senhor|a senhora|os senhores)\b",
}
_INFORMAL = {
    "de": r"(?i)\b(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|eure?[mnrs]?)\b",
    "fr": r"(?i)\b(?:tu|toi|ton|ta|tes|te|t['’](?=\w))(?!\w)",
    "es": r"(?i)\b(?:tú|tu|tus|ti|contigo|tuy[oa]s?|te)\b",
    "it": r"(?i)\b(?:tu|ti|te|tuo|tua|tuoi|tue)\b",
    "nl": r"(?i)\b(?:je|jij|jou|jouw|jullie)\b",
    "pt": r"(?i)\b(?:tu|te|ti|contigo|teu|tua|teus|tuas|você|vocês)\b",
}
CONTRACTION = re.compile(
    r"\b(?:\w+n['’]t|(?:I|you|we|they)['’](?:m|re|ve|d|ll)|(?:he|she|it|that|this|there|here|what"
    r"|who|where|how|when)['’](?:s|d|ll|re)|let['’]s|y['’]all|gonna|wanna|gotta)\b",
    re.I,
)
_HEDGE = re.compile(
    r"\b(?:maybe|perhaps|possibly|probably|arguably|presumably|apparently|seemingly|somewhat"
    r"|it (?:seems|appears)|(?:may|might|could) be|i (?:think|believe|guess|suppose)"
    r"|in my opinion|sort of|kind of(?! \w+s\b)|to some extent|more or less|generally speaking)\b",
    re.I,
)
_FLATTERY = re.compile(
    r"\b(?:(?:what a|that(?:['’]s| is) (?:a|an|such a))[ ](?:\w+ )?(?:great|good|excellent"
    r"|fantastic|wonderful|brilliant|amazing|insightful|thoughtful|interesting|fascinating|lovely)"
    r" (?:question|point|idea|observation|choice|thought)|(?:great|good|excellent|fantastic"
    r"|wonderful|brilliant|amazing|insightful|thoughtful) (?:question|point|observation)[!.]"
    r"|you(?:['’]re| are) (?:absolutely|completely|so|totally) right|how (?:thoughtful|insightful)"
    r"|smart (?:question|thinking)|i (?:really )?(?:love|admire) (?:that|your) (?:question|idea"
    r"|thinking|curiosity))",
    re.I,
)
FILLER = re.compile(
    r"\A\W*(?:(?:sure(?: thing)?|certainly|of course|absolutely|definitely|gladly|no problem|okay"
    r"|ok|great|happy to help)\b(?!\s+\w)[\s,.!—–-]*|i(?:['’]d| would) be (?:happy|glad|delighted)"
    r" to[^.!:\n]*[.!:]\s*|(?:sure|certainly|of course)[,!.]?\s+(?=here\b)|here(?:['’]s|['’]re"
    r"| is| are)\b[^.!:\n]{0,80}:\s*|thank(?:s| you) for (?:asking|your|the)[^.!\n]*[.!]\s*)",
    re.I,
)
_OFFER = re.compile(
    r"\b(?:let me know if|i hope (?:this|that|it) helps?|hope (?:this|that) helps|feel free to"
    r" (?:ask|reach|let)|don['’]t hesitate to|if you (?:have any|need|(?:woul)?d? ?like) "
    r"(?:other|more|further|any|me to)\b|is there anything else|i(?:['’]m| am) here to help"
    r"|happy to help(?: further)?|(?:would|do) you (?:like|want) me to)\b",
    re.I,
)
_MACHINE = re.compile(
    r"\b(?:as an? (?:\w+ )?(?:ai|artificial intelligence|language model|chatbot|assistant)"
    r"|i(?:['’]m| am) (?:just )?an? (?:\w+ )?(?:ai|language model|chatbot|virtual assistant)"
    r"|(?:ai|large) language model)\b",
    re.I,
)
_GREETING = re.compile(
    r"\A\W*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|welcome|hallo"
    r"|liebe[rs]?|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|bonjour|salut|chers?|chères?|hola"
    r"|buenos días|querid[oa]s?|estimad[oa]s?|ciao|buongiorno|car[oaie]|olá|bom dia|prezad[oa]s?"
    r"|beste|geachte)\b|\A\W*(?:こんにちは|你好|您好)",
    re.I,
)


def _none_of(name: str, pattern: re.Pattern[str], says: str, says_not: str) -> CheckKind:
    return none_of(name, "words", lambda _a, t: every(pattern, without_code(t)), says, says_not)


def _address(table: dict[str, str], text: str) -> tuple[Place, ...]:
    plain = without_code(text)
    pattern = table.get(language_of(plain))
    return every(re.compile(pattern), plain) if pattern else ()


KINDS = (
    _none_of(
        "no_first_person", FIRST, "do not write in the first person", "write in the first person"
    ),
    CheckKind(
        "addresses_you",
        "words",
        (),
        lambda _a, t, _b: YOU.search(t) is not None,
        lambda _: 'address the reader as "you"',
        lambda _: 'do not address the reader as "you"',
        lambda _a, t: every(YOU, t),
    ),
    CheckKind(
        "third_person",
        "words",
        (),
        lambda _a, t, _b: not FIRST.search(without_code(t)) and not YOU.search(without_code(t)),
        lambda _: "write in the third person",
        lambda _: "do not write in the third person",
        lambda _a, t: tuple(sorted([*every(FIRST, without_code(t)), *every(YOU, without_code(t))])),
    ),
    CheckKind(
        "formal_address",
        "words",
        (),
        lambda _a, t, _b: not _address(_INFORMAL, t),
        lambda _: "address the reader formally",
        lambda _: "address the reader as a friend, not formally",
        lambda _a, t: _address(_INFORMAL, t),
    ),
    CheckKind(
        "informal_address",
        "words",
        (),
        lambda _a, t, _b: not _address(_FORMAL, t),
        lambda _: "address the reader informally",
        lambda _: "address the reader formally, not as a friend",
        lambda _a, t: _address(_FORMAL, t),
    ),
    _none_of("no_contractions", CONTRACTION, "use no contractions", "use contractions"),
    _none_of("no_hedging", _HEDGE, "state things without maybe and perhaps", "say what is unsure"),
    _none_of("no_flattery", _FLATTERY, "do not praise the question", "praise the question"),
    _none_of(
        "no_filler_opening", FILLER, "begin with the answer itself", "begin with a friendly phrase"
    ),
    _none_of("no_closing_offer", _OFFER, "do not close with an offer of help", "offer more help"),
    _none_of(
        "no_machine_talk", _MACHINE, "do not speak about being an AI", "say that you are an AI"
    ),
    CheckKind(
        "greeting",
        "words",
        (),
        lambda _a, t, _b: _GREETING.search(t) is not None,
        lambda _: "start with a greeting",
        lambda _: "start without a greeting",
        lambda _a, t: every(_GREETING, t),
    ),
)
