"""Kind, aspect and polarity of a finding made to agree with each other and with the grammar.

Knows no rule of content and no reply.
"""

from __future__ import annotations

import re
from dataclasses import replace

from feedback import aspects, cues, moods
from feedback.findings import Finding


def settled(found: Finding, text: str) -> Finding:
    """Style is how, content what is said; a verb orders where a bare word judges.

    "More detail" finds a lack, "give more detail" orders it, and so does "stop apologising".
    """
    finding = replace(found, aspect=aspect(found, text))
    kind, polarity = finding.kind, finding.polarity
    if kind in ("style", "content") and finding.aspect != "other":
        kind = "style" if finding.aspect in aspects.STYLE else "content"
    if kind in ("style", "content") and polarity < 1 and not finding.permits:
        if polarity < 0 and moods.orders(text):
            polarity = 0
        elif polarity == 0 and (moods.compares(text) or moods.blames(text)):
            polarity = -1
    return replace(finding, kind=kind, polarity=polarity)


_FORMAT_CHECKS = ("bullets", "no_bullets", "numbered_list", "headings", "no_headings", "table")


def aspect(finding: Finding, text: str) -> str:
    """Lists, tables and headings are signs on the page, and so is one sign for another."""
    if finding.check is not None and finding.check.name in _FORMAT_CHECKS:
        return "format"
    if finding.op == "replace" and finding.aspect == "wording":
        return aspects.of(text, "wording", ("format", "language", "wording"))
    if finding.aspect == "detail_examples" and _SOURCED.search(text):
        return "evidence"
    about = _said_or_left_out(finding, text)
    return about or finding.aspect


_SOURCED = re.compile(r"\b(?:invent\w*|made up|sources?|references?|stud(?:y|ies)|pages?|quotes)\b")
_TELL = re.compile(
    r"\b(?:mention(?:s|ed|ing)?|include[sd]?|including|add|name (?=the|all|some)|list (?=the|all)"
    r"|say(?= (?:what|how|when|where|who|if|that)\b)|put in|throw in|leave in|write down"
    r"|tell me (?=what|how|when|where)|(?:there(?:'s| is)|has) no|no mention of"
    r"|not a word (?:about|on|of)|nothing (?:about|on|in there)|lacks?|(?:is|are) missing"
    r"|what's missing|doesn't say|left out|forgot)\b"
)
_TELL_BY = re.compile(
    r"\b(?:mention\w*|includ\w+|add|say|name|list|a (?:line|sentence|word|title|paragraph)"
    r"|not a word|greeting|missing|tell me|how long|address|title|number|line|step)\b"
)
_OUT = re.compile(
    r"^(?:(?:please|just|never|ever|you can|from now on) )*(?:drop|skip|cut|delete|remove|scrap"
    r"|lose|leave out|take out|strike|don't (?:ever )?mention|do not mention|never mention"
    r"|only talk about)\b"
)
_SUBSTANCE = (
    "evidence",
    "detail_examples",
    "creativity",
    "reasoning",
    "tone",
    "language",
    "format",
)


def _said_or_left_out(finding: Finding, text: str) -> str:
    """What is asked in or out, where no word says which sort of thing it is."""
    if finding.kind not in ("style", "content") or finding.aspect in ("language", "correctness"):
        return ""
    words = moods.bare(text)
    if _OUT.search(words) and (finding.check is None or finding.check.name == "kept"):
        rest = aspects.without_places(_TELL_BY.sub(" ", words), parts=True)
        return aspects.of(rest, "relevance", ("tone", "format", "wording", "evidence"))
    if finding.aspect in ("length", "structure") and finding.check is not None:
        return "completeness" if re.search(r"\bnot a word (?:about|on|of)\b", words) else ""
    quotes = finding.check is not None and finding.check.name not in ("contains", "has_number")
    if _TELL.search(words) and not quotes and cues.HOLE not in words:
        rest = aspects.without_places(_TELL_BY.sub(" ", words), parts=True)
        return aspects.of(rest, "completeness", _SUBSTANCE)
    return ""
