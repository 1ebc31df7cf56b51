"""Which parts of a critique were pasted and not said, told by their form and not by their length.

Knows no lesson. Mails, letters and prose that speaks to nobody are content, whatever they order.
"""

from __future__ import annotations

import re

from feedback import moods
from feedback.abroad import language
from feedback.cues import IMPERATIVE

LONG = 60  # words of a paragraph from which on its form is looked at
RUN = 25  # words of each of several paragraphs in a row that are looked at together
MOST = 4000  # characters of a paragraph: nobody types more about one reply
_SPOKEN = (
    0.5  # share of its sentences that speak to heed in a paragraph that was typed; an estimate
)

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t]*\n))*")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|»[^«]*«")
_SENTENCE = re.compile(r"[^.!?。！？;\n]+")
_HANDED_OVER = re.compile(
    r"\b(?:rewrite|translate|summari[sz]e|proofread|correct|fix|edit|improve|shorten|reply to"
    r"|answer)"
    r" (?:this|the following|the text|it)(?: \w+){0,4}:",
    re.I,
)
# The head of a mail: who and, soon after, what about or when; or the line above an answered one.
_MAIL = re.compile(
    r"^[ \t]*(?:(?:from|von|to|an|cc): ?\S.*\n(?:.*\n){0,3}?"
    r"[ \t]*(?:subject|betreff|date|datum|sent|gesendet): ?\S"
    r"|(?:on|am|le) .{4,200}(?:wrote|schrieb|a écrit) ?:[ \t]*$"
    r"|-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht))",
    re.I | re.M,
)
# A letter without its head: a line that greets somebody by name, and a line that takes leave.
_GREETING = re.compile(
    r"^[ \t]*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?"
    r"|guten (?:tag|morgen)|sehr geehrte[rs]?|bonjour|chers?|chères?|hola|querid[oa]s?"
    r"|estimad[oa]s?|ciao|car[oaie]|gentile|olá|prezad[oa]s?)[ ]+(?!heed\b)[^\n.!?,:]{1,60}"
    r"[,!:]?[ \t]*$",
    re.I | re.M,
)
_LEAVE = re.compile(
    r"^[ \t]*(?:(?:(?:best|kind|warm|many)(?:est)? )?(?:regards|wishes|thanks)|best|sincerely"
    r"|cheers|yours(?: \w+)?|(?:(?:viele|beste|liebe|herzliche) |mit freundlichen )"
    r"gr(?:ü|ue)(?:ß|ss)en?|lg|vg|cordialement|bien à vous|(?:un )?saludos?|atentamente"
    r"|cordiali saluti|atenciosamente)[,!.]?[ \t]*(?:\n[ \t]*[^\n]{1,60}|$)",
    re.I | re.M,
)
# What a sentence about a reply has, and prose about the world has not: whom it speaks to, which
# part of the reply it is about, or what the person wanted.
_TO_HEED = re.compile(
    r"\b(?:you|your|yours|yourself|du|dich|dir|dein\w*|vous|votre|usted|ustedes|você|voi|please"
    r"|drafts?|wording)\b|\btoo (?:\w+|much \w+)\b"
    r"|\b(?:don't|do not) \w+ me\b|\b(?:the|this|that) (?:\w+ )?(?:tone|reply|answer|text"
    r"|response|line|paragraph|sentence|list|title|ending)\b"
    r"|\b(?:this|that|it)(?:'s| is| was| isn't| wasn't| should| needs| could)\b"
    r"|\b(?:no|fewer|more|without) (?:bullets?|bullet points?|emojis?|headings?|lists?|tables?)\b"
)
_MEANT = ("order", "praise", "complaint", "permission")
_ONESELF = re.compile(
    r"\b(?:i|i'm|i'd|i've|i'll|me|my|mine|ich|mir|mich|mein\w*|je|j'\w+|mon|ma|mes|yo|mi)\b"
)


def places(text: str) -> list[tuple[int, int]]:
    """Start and end of every part that is not the person's own word; they may overlap."""
    found = [*_prose(text), *_letters(text)]
    handed = _HANDED_OVER.search(text)
    if handed:
        found.append((handed.end(), len(text)))
    mail = _MAIL.search(text)
    if mail:
        found.append((mail.start(), len(text)))
    return found


def _prose(text: str) -> list[tuple[int, int]]:
    """Long paragraphs, and shorter ones in a row, that speak to nobody."""
    found: list[tuple[int, int]] = []
    row: list[tuple[int, int]] = []
    for block in _PARAGRAPH.finditer(text):
        said = _QUOTED.sub(" ", block.group())  # quoted words are masked as such
        words = len(said.split())
        long = words > LONG or len(said) > 12 * LONG
        silent = len(said) > MOST or ((words >= RUN or long) and not _speaks(said))
        row = [*row, block.span()] if silent else []
        if silent and long:
            found.append(block.span())
        if len(row) > 1:
            found += row
    return found


def _letters(text: str) -> list[tuple[int, int]]:
    greeting = _GREETING.search(text)
    if greeting is None:
        return []
    leave = _LEAVE.search(text, greeting.end())
    if leave is not None:
        return [(greeting.start(), leave.end())]
    rest = text[greeting.end() :]
    return [(greeting.start(), len(text))] if len(rest.split()) > LONG else []


def _speaks(block: str) -> bool:
    """Whether most sentences are about the reply or the person, one at least to heed.

    Sentences that are said again and again are a text, not talk.
    """
    sentences = [" ".join(one.lower().split()) for one in _SENTENCE.findall(block)]
    sentences = [one for one in sentences if len(one.split()) > 1 or not one.isascii()]
    once = set(sentences)
    if not once or 2 * len(once) <= len(sentences):
        return False
    direct = {one for one in once if _to_heed(one)}
    own = {one for one in once if _ONESELF.search(one) or moods.of(one) in _MEANT}
    return bool(direct) and len(direct | own) >= _SPOKEN * len(once)


def _to_heed(sentence: str) -> bool:
    return bool(_TO_HEED.search(sentence) or IMPERATIVE.search(sentence) or language(sentence))
