"""Where a mail or a letter stands in a text: told by its head, its greeting and its leave.

Knows no order: whatever such words ask for, they ask it of somebody else.
"""

from __future__ import annotations

import re

from feedback import paragraphs
from feedback.cues import has_cue

# The head of a mail: who and, soon after, what about or when; or the line above an answered one.
_MAIL = re.compile(
    r"^[ \t]*(?:(?:from|von|to|an|cc): ?\S.*\n(?:.*\n){0,3}?"
    r"[ \t]*(?:subject|betreff|date|datum|sent|gesendet): ?\S"
    r"|(?:on|am|le) .{4,200}(?:wrote|schrieb|a écrit) ?:[ \t]*$"
    r"|(?:fwd?|wg|forward(?:ed)?(?: (?:message|mail|e-?mail))?(?: (?:from|by) [^\n:]{1,40})?"
    r"|begin forwarded message|weitergeleitet(?:e nachricht)?) ?:"
    r"|(?:-{2,}|_{3,}) ?(?:original message|forwarded message|ursprüngliche nachricht"
    r"|message d'origine|mensaje original))",
    re.I | re.M,
)
_SUBJECT = re.compile(
    r"^[ \t]*(?:subject|from|von|re|betreff|objet|asunto|oggetto|assunto)(?: \w+)?: ?"
    r"(?P<what>\S.*)\n"
    r"(?P<gap>[ \t]*\n)?",
    re.I | re.M,
)
_HAIL = (
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?"
    r"|guten (?:tag|morgen)|sehr geehrte[rs]?|bonjour|chers?|chères?|hola|querid[oa]s?"
    r"|estimad[oa]s?|ciao|car[oaie]|gentile|olá|prezad[oa]s?)"
)
_HEED = (
    r"(?!(?:heed|there|you|again|assistant|ai|bot|robot|computer|friend|my friend|buddy|mate|man"
    r"|du|toi|tú)\b)"
)
# A letter without its head: a line that greets somebody by name, and a line that takes leave.
_GREETING = re.compile(
    rf"^[ \t]*{_HAIL}[ ]+{_HEED}[^\n.!?,:]{{1,60}}[,!:]?[ \t]*$"
    r"|^[ \t]*(?:to|attention:?|attn:?) (?:all|every(?:one|body)|whom|(?:the )?(?:staff|team))\b"
    r"[^\n.!?,:]{0,30}[,:][ \t]*$",
    re.I | re.M,
)
_WISHES = (
    r"(?:(?:(?:best|kind|warm|many)(?:est)? )?(?:regards|wishes|thanks)|best|sincerely(?: yours)?"
    r"|cheers|yours(?: \w+)?|(?:(?:viele|beste|liebe|herzliche) |mit freundlichen )"
    r"gr(?:ü|ue)(?:ß|ss)en?|lg|vg|cordialement|bien à vous|(?:un )?saludos?|atentamente"
    r"|cordiali saluti|atenciosamente)"
)
_NAME = r"(?-i:[^\W\d_a-z][\w.'-]*(?: [^\W\d_a-z][\w.'-]*){0,2})"
_LEAVE = re.compile(rf"^[ \t]*{_WISHES}(?:[,!.]?[ \t]*$|[,!.]?[ \t]+{_NAME}[ \t]*$)", re.I | re.M)
_FORMAL = re.compile(
    r"^[ \t]*(?!thanks\b|best[,!.]?[ \t]*$|cheers[,!.]?[ \t]*$)"
    rf"{_WISHES}[,!.]?[ \t]*(?:\n[ \t]*{_NAME}[ \t]*$|[ \t]{_NAME}[ \t]*$)",
    re.I | re.M,
)
_TO_HEED = re.compile(rf"\s*{_HAIL},? heed\b", re.I)
# A letter in one line: greeted by name, signed by name.
_LINE = re.compile(
    rf"^[ \t]*{_HAIL} {_HEED}[^\n.!?,:]{{1,40}}[,!:] [^\n]{{1,1000}}[.!?,] ?{_WISHES}[,!.]? {_NAME}"
    r"[.!]?[ \t]*$",
    re.I | re.M,
)
_POSTSCRIPT = re.compile(r"\s*(?:p\.? ?s\.?|nb)[ :,.][^\n]*(?:\n[^\n]*\S[^\n]*)*", re.I)


def places(text: str) -> list[tuple[int, int]]:
    """Start and end of every mail and letter; they may overlap."""
    own = _TO_HEED.match(text) is not None  # signed by the person; a mail below it is a mail
    found = [match.span() for match in _LINE.finditer(text)]
    for match in _MAIL.finditer(text):
        if not any(start <= match.start() < end for start, end in found):
            found.append((match.start(), _end(text, match.end())))
    for match in _SUBJECT.finditer(text):
        mail = match["gap"] or not has_cue(match["what"].lower())
        if mail and _goes_on(text, match.end()) and not _labelled(text, match):
            found.append((match.start(), _end(text, match.end())))
    greeting = _GREETING.search(text)
    if greeting is not None:
        found.append((greeting.start(), _end(text, greeting.end())))
    signed = None if own else _FORMAL.search(text)
    if signed is not None and not any(start <= signed.start() < end for start, end in found):
        found.append((_paragraph_before(text, signed.start()), _end(text, signed.start())))
    return found


def _end(text: str, start: int) -> int:
    """Behind the leave with its signature and its postscript; without a leave the text's end."""
    leave = _LEAVE.search(text, start)
    if leave is None:
        return len(text)
    gap = paragraphs.BREAK.match(text, leave.end())
    signature = re.compile(rf"\s*{_NAME}[ \t]*(?=\n|$)").match(text, leave.end())
    begun = leave.end()
    if gap and signature and not has_cue(signature.group().strip().lower()):
        begun = signature.end()  # "Best,", an empty line and the name
    end = paragraphs.end(text, begun)
    more = _POSTSCRIPT.match(text, end)
    return more.end() if more else end


def _goes_on(text: str, start: int) -> bool:
    return bool(text[start : start + 200].strip())


def _labelled(text: str, match: re.Match[str]) -> bool:
    """ "Subject: dull\nBody: fine": the parts of a draft, each with what is said of it."""
    return (
        not match["gap"] and re.match(r"[ \t]*[\w ]{2,20}:", text[match.end() :][:40]) is not None
    )


def _paragraph_before(text: str, end: int) -> int:
    """Where the words begin that a leave closes: its paragraph, or the one before if it is bare."""
    head = text[:end].rstrip()
    gap = head.rfind("\n\n")
    return gap + 2 if gap >= 0 else 0
