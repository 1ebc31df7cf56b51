"""Where a talk of others stands in a text: lines with a speaker or a time before them.

Knows no order, and tells a speaker from a topic: "Bob: never!" is said by Bob, "Title: drop it" is
the person's own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from feedback import aspects, paragraphs, prototypes
from feedback.cues import standing
from feedback.genres import CHANNELS, PART, PEOPLE, TASKS, WORK, either

Voice = Literal["sure", "speaker", "maybe"]  # "maybe": counts if it speaks again

_ROLE = (
    r"(?:user|human|assistant|ai|(?:chat)?bot|system|developer|chat-?gpt|gpt(?:-?\d[\w.]*)?|claude"
    r"|gemini|copilot|llama|nutzer(?:in)?|benutzer(?:in)?|assistent(?:in)?|utilisateur"
    r"|usuari[oa]|asistente|utente|assistente)"
)
_TURNS = re.compile(
    r"(?:me|you|i|we|him|her|q|a|model|llm|customer|client|agent|support|interview(?:er|ee)|host"
    rf"|guest|moderator|caller|operator|speaker \w+|person \w+|ich|du|moi|toi|yo|tú|{_ROLE}"
    rf"|(?:(?:my|our|the|a) )?{PEOPLE}|(?:mr|mrs|ms|dr|prof)\.? \w+)",
    re.I,
)
_STAMP = (
    r"(?:(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.? [A-Z][a-z]{2,8}\.?,? \d{4}),? (?:at )?)?"
    r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?(?i:[ap]\.?m)\.?)?"
)
_WHO = r"[@<]?[^\W\d_][\w.'-]{0,24}(?: [^\W\d_a-z][\w.'-]{0,24}){0,2}>?"
_NAMED = r"[@<]?[^\W\d_a-z][\w.'-]{0,24}(?: [^\W\d_a-z][\w.'-]{0,24}){0,2}>?"
_MARKED = re.compile(
    rf"[ \t]*(?:\[{_STAMP}\]|\({_STAMP}\))[ \t]*[-–—]?[ \t]*\S"  # [10:32] ...
    rf"|[ \t]*{_STAMP}[ \t]*[-–—]?[ \t]*(?:{_NAMED}[ \t]*:|<[^<>\n]{{1,30}}>)"  # 10:32 Bob: ...
    rf"|[ \t]*{_WHO}[ \t]*,?[ \t]*[\[(]{_STAMP}[\])][ \t]*(?::|$)"  # Bob (10:32): ...
    rf"|[ \t]*{_NAMED}[ \t]*,?[ \t]+{_STAMP}[ \t]*(?::|$)"  # Bob 10:32 AM
    r"|[ \t]*<[\w@+.-]{1,30}>[ \t]+\S"  # <bob> ...
    r"|[ \t]*@[\w.-]{1,30}:"
)
# How a program's file names who speaks.
_ROLE_KEY = re.compile(
    r"[ \t{\[,-]*[\"']?role[\"']?[ \t]*:[ \t]*[\"']?(?:system|user|assistant|developer)\b", re.I
)
_ROLE_LINE = re.compile(
    rf"[ \t>]*[*_#\[(<|-]*[ \t]*{_ROLE}(?: (?:prompt|message|turn|\d+))?[ \t]*[*_\])>|]*[ \t]*"
    r":[*_ \t]*(?:\S|$)"
    rf"|[ \t]*(?:#+ |\*\*|\[|<\|?){_ROLE}(?:\*\*|\]|\|?>)?[ \t]*$",
    re.I,
)
# A role may also speak in the middle of a line, after a sentence.
_WITHIN = re.compile(rf"(?<=[.!?;])[ \t]+(?-i:{_ROLE.title()}|(?<=\s){_ROLE})[ \t]*:[ \t]*\S", re.I)
_LABEL = re.compile(
    r"[ \t]*[*_]{0,2}(?P<who>[^\W\d_][\w.' -]{0,30}?)[*_]{0,2}[ \t]*:[*_]*(?:[ \t]+|$)"
)
_TOPIC = re.compile(
    r"(?:(?:my|your|one|another|first|second|third|last|next|general|main|new|short|quick|please"
    r"|the|this|that|these|for|in|on|at|to|from|about|with|re|when|if|only|as|by|of|and|but)\b.*"
    r"|notes?|nb|n\.b\.|rules?|p\.?s\.?|also|important|remind\w*|remember|todo|to do|fix\w*"
    r"|change\w*|edits?|requests?|wish\w*|feedback|comments?|issues?|problems?|bugs?|good|bad|ugly"
    r"|pros?|cons?"
    r"|plus|minus|likes?|liked|dislikes?|disliked|keep|drop|stop|start|more|less|yes|no|firstly"
    r"|secondly|finally|then|always|never|again|warnings?|tips?|hints?|summary|verdict|overall"
    r"|minor|major|nits?|suggestions?|corrections?|reasons?|facts?|dates?|times?|places?|numbers?"
    r"|names?|today|now|once|here|subject|body|reply|response|results?|content|speed|score|rating"
    r"|grade|goal|aim|context|topics?|audience|reader|situation|default|exceptions?|unless|except"
    rf"|format|output|input|hinweis|regel|wichtig|bitte|note bene|remarque|règle|nota|regla"
    rf"|{PART}|{WORK}s?|{either(TASKS)}|{either(CHANNELS)})(?: \d+)?",
    re.I,
)
_HINT = re.compile(r"[:<#*\[@]|\d\.\d")  # without one of these no line speaks
# A topic by its form, which some names have, too: "Sections:", "Frances:".
_LIKE_TOPIC = re.compile(
    r"(?:\w+(?:ity|ness|tion|ment|ance|ence|ing)|\w{3,}[^s\W]s)(?: \d+)?", re.I
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    voice: Voice
    who: str = ""
    said: str = ""


def doubtful(text: str) -> bool:
    """Whether several lines stand behind a label, and nobody can tell a name from a topic."""
    labels = [_LABEL.match(line.rstrip()[:400]) for line in text.splitlines()]
    return sum(str(one["who"])[:1].isupper() for one in labels if one is not None) > 1


def places(text: str) -> list[tuple[int, int]]:
    """From the first speaker to the end of the last one's paragraph; empty without a talk."""
    lines = _spoken(text)
    if not lines:
        return []
    end = paragraphs.end(text, lines[-1].end)
    if text[:end].rstrip().endswith(":"):  # "Assistant: here you go:" and, below, what goes
        end = paragraphs.below(text, end)
    return [(lines[0].start, end)]


def _spoken(text: str) -> list[_Line]:
    """The lines that somebody says: a time or a role is enough, names need one another."""
    found: list[_Line] = []
    start = 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip()[:400]
        voice, who = _voice(bare) if _HINT.search(bare) else (None, "")
        within = None if voice else _WITHIN.search(bare)
        if voice:
            plainly = _MARKED.match(bare) or _ROLE_KEY.match(bare)
            said = "" if plainly else bare.partition(":")[2]
            found.append(_Line(start, start + len(line.rstrip()), voice, who, said))
        elif within:
            found.append(_Line(start + within.start(), start + len(line.rstrip()), "sure"))
        start += len(line)
    sure = any(line.voice == "sure" for line in found)
    again = {who for who, times in Counter(one.who for one in found).items() if times > 1}
    talk = [line for line in found if line.voice != "maybe" or sure or line.who in again]
    # Labels that speak once each and order nothing for good are the person's own: "Draft A: dull".
    lasting = any(standing(one.said.lower()) for one in talk)
    turns = any(
        one.who in again or (len(one.who) > 1 and _TURNS.fullmatch(one.who)) for one in talk
    )
    several = len(talk) > 1 and (sure or turns or lasting)
    return talk if several or (sure and (lasting or not talk[0].said.strip())) else []


def _voice(line: str) -> tuple[Voice | None, str]:
    if _MARKED.match(line) or _ROLE_KEY.match(line) or _ROLE_LINE.match(line):
        return "sure", ""
    label = _LABEL.match(line)
    if label is None:
        return None, ""
    who = label["who"].strip()
    if _TURNS.fullmatch(who):
        return "speaker", who.lower()
    low = who.lower()
    if _LIKE_TOPIC.fullmatch(low):
        return None, ""
    if _TOPIC.fullmatch(low) or aspects.weights(low) or prototypes.topic(low) or low.count(" ") > 2:
        return None, ""
    named = all(word[:1].isupper() for word in who.split())
    return ("speaker" if named else "maybe"), low
