"""Which parts of a critique were pasted and not said, told by their form and not by their length.

Knows no lesson. Mails, talks, rule books and prose that speaks to nobody are content, whatever they
order.
"""

from __future__ import annotations

import re

from feedback import letters, moods, reported, transcripts
from feedback.abroad import language
from feedback.cues import IMPERATIVE

LONG = 60  # words of a paragraph from which on its form is looked at
RUN = 25  # words of each of several paragraphs in a row that are looked at together
MOST = 4000  # characters of a paragraph: nobody types more about one reply
_SPOKEN = (
    0.5  # share of its sentences that speak to heed in a paragraph that was typed; an estimate
)

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t]*\n))*")
_OPENS = re.compile(r"[\"“«„»]")
_CLOSES = {'"': '"', "“": "”", "«": "»", "„": "“”", "»": "«"}
_SENTENCE = re.compile(r"[^.!?。！？;\n]+")
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
    return [
        *_prose(text),
        *letters.places(text),
        *transcripts.places(text),
        *reported.places(text),
    ]


def doubtful(text: str) -> bool:
    """Whether something in it may be others' words, though its form does not say so for sure."""
    return transcripts.doubtful(text) or reported.doubtful(text)


def _prose(text: str) -> list[tuple[int, int]]:
    """Long paragraphs, and shorter ones in a row, that speak to nobody."""
    found: list[tuple[int, int]] = []
    row: list[tuple[int, int]] = []
    for block in _PARAGRAPH.finditer(text):
        if block.end() - block.start() < 2 * RUN - 1:  # too few letters for so many words
            row = []
            continue
        said = _unquoted(block.group())  # quoted words are masked as such
        words = len(said.split())
        long = words > LONG or len(said) > 12 * LONG
        silent = len(said) > MOST or ((words >= RUN or long) and not _speaks(said))
        row = [*row, block.span()] if silent else []
        if silent and long:
            found.append(block.span())
        if len(row) > 1:
            found += row
    return found


def _unquoted(text: str) -> str:
    """The text without what stands in quotation marks; in linear time, however many are open."""
    kept: list[str] = []
    at = 0
    endless: set[str] = set()  # marks that nothing closes from here on
    for match in _OPENS.finditer(text):
        mark = match.group()
        if match.start() < at or mark in endless:
            continue
        ends = [text.find(close, match.end()) for close in _CLOSES[mark]]
        end = min((one for one in ends if one >= 0), default=-1)
        if end < 0:
            endless.add(mark)
            continue
        kept += [text[at : match.start()], " "]
        at = end + 1
    return "".join([*kept, text[at:]])


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
