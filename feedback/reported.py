"""Where words of somebody else stand in a text that announces them: rule books, what others wrote.

Knows no speaker of a talk and no letter. What is announced and orders nothing is left to be read.
"""

from __future__ import annotations

import re

from feedback import paragraphs
from feedback.cues import IMPERATIVE, standing
from feedback.genres import PART, PEOPLE

_HANDED_OVER = re.compile(
    r"\b(?:rewrite|translate|summari[sz]e|proofread|correct|fix|edit|improve|shorten|reply to"
    r"|answer)"
    r" (?:this|the following|the text|it)(?: \w+){0,4}:",
    re.I,
)
_BEGINS = r"(?:^|(?<=[.!?;(\n])|\b(?:and|but|because|since|so)\b)[ \t]*"
_NO_NAME = (
    r"(?!(?:i|me|you|us|now|here|this|that|the|then|today|tomorrow|default|way|rule|point|start"
    r"|beginning|top|chance|all|any|every\w*|each|no|one|what\w*|how|if|when|next|future|as|like)\b)"
)
_NAME = rf"{_NO_NAME}(?-i:[^\W\d_a-z][\w.'-]*(?: (?!I\b)[^\W\d_a-z][\w.'-]*){{0,2}})"
_HOUSE = (
    r"(?:company|firm|office|management|hr|head ?quarters|ceo|cto|chief|department|school"
    r"|university|author|publisher|web(?:site| ?page)?|internet|wiki(?:pedia)?|forum|docs?"
    r"|documentation|manual|handbook|guide(?:lines?|book)?|polic(?:y|ies)|rule ?book|law|court|bank"
    r"|contract|agreement|terms|vendor|memo|e-?mail|mail|message|letter|note|post|article|thread|page|prompt|sign|poster)"
)
_OTHER = (
    rf"(?:(?:(?:my|our|the|his|her|their|a|an|some|this|that) )(?:[\w'-]+ ){{0,2}}?"
    rf"(?:{PEOPLE}|{_HOUSE}|{_NAME})|(?:he|she|they|someone|somebody|people|{PEOPLE})|{_NAME})"
)
_TOLD = re.compile(
    rf"{_BEGINS}{_OTHER}(?:'s (?:words?|rule|message|mail|note|advice|order|request)s?"
    r"| (?:\w+ )?(?:wrote|writes?|said|says?|told (?:me|us)|tells? (?:me|us)|posted|mailed|texted"
    r"|e-?mailed|replied|answered|insists?|demands?|asks?|asked|commented|noted|put it|states?"
    r"|reads?|goes|went))"
    r"(?: (?:to (?:me|us|all)|me|us|back|today|yesterday|this(?: morning)?|that|the following"
    r"|in [\w ]{1,20})){0,2}"
    r"\s?:",
    re.I | re.M,
)
_FROM = re.compile(
    rf"{_BEGINS}(?:(?:this (?:is|comes|came)|straight|(?:an? )?(?:note|message|e?mail|text"
    r"|quote|words?|order|advice|comment|excerpt|extract|passage|snippet|copy|screenshot))[ ,]+)?"
    rf"(?:from|by|according to|(?:as )?per|quoting|citing|quote from|in the words of) {_OTHER}"
    r"(?: (?:today|yesterday|this (?:morning|week)))?\s?:",
    re.I | re.M,
)
_HERE = re.compile(
    r"\b(?:here(?:'s| is| are| comes)|(?:this|that|below|following|it) is|see|got|found|received)"
    r" (?!my\b|what i\b)[^\n:.!?]{0,60}?"
    r"\b(?:e-?mail|mail|message|letter|polic(?:y|ies)|memo|post|comment|chat|transcript"
    r"|conversation|log|document|article|thread|prompt|guidelines?"
    r"|(?:wrote|said|says|sent|posted|told me|answered))\b[^\n:.!?]{0,40}:"
    r"|^[ \t]*(?:copied|pasted?|quot(?:e|ed|ing)|copy(?: and |-)?pasted?|from the clipboard)"
    r"\b[^\n:.!?]{0,40}:",
    re.I | re.M,
)
_DOCUMENT = (
    r"(?:(?:(?!my\b)[\w&'-]+ ){0,3}?(?:polic(?:y|ies)|terms(?: (?:of (?:service|use)|and"
    r" conditions))?|style ?guide|hand ?book|code of conduct|(?:by-?)?laws|regulations?"
    r"|memo(?:randum)?|disclaimer|press release|standard operating procedures?|sop|directive"
    r"|(?:system|developer|base) (?:prompt|message|instructions?|note)|rule ?book)"
    r"|(?:security|legal|safety|official|public|privacy|system|staff|admin\w*) (?:notice|alert)"
    r"|(?:guidelines?|rules?|instructions?|notice) (?:for|to) (?:all )?(?:(?:the|our) )?(?:writers"
    r"|staff|employees|authors|agents|assistants|users|members|contributors|everyone|models?)"
    r"|(?:article|clause|§) ?[\d.]+)"
)
_PAPER = re.compile(
    rf"^[ \t#*]*(?!my\b){_DOCUMENT}[ \t*]*(?:(?:\([^)\n]{{1,30}}\)|[v\d.]+)[ \t]*)?[:–—-]"
    rf"|^[ \t#*]*(?!my\b){_DOCUMENT}[ \t*v\d.]*$",
    re.I | re.M,
)
_ITEM = re.compile(r"\s*(?:[-*•§]|\(?[\da-z]{1,2}[.)]|article|section|clause)", re.I)
# What a program writes around its prompts.
_TEMPLATE = re.compile(
    r"\[/?INST\]|<\|[^|\n]{1,30}\|>|<</?SYS>>|^#{2,4} ?(?:system|instructions?|input|response)\b"
    r"|</?(?:system|user|assistant|human|instructions?|prompt|document|e?mail|message|context|policy"
    r"|transcript)(?:\s[^>\n]{0,60})?>",
    re.I | re.M,
)
# Nobody says so of a reply: it is what a stranger's text says to whoever reads it.
_OVERRIDE = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|overwrite|drop|discard)(?: about)?"
    r" (?:(?P<all>(?:(?:all|any|every|each|of|your|the|these|those|previous|prior|above|earlier"
    r"|preceding|former|other|system|safety|current|existing|original|initial) )+)"
    r"(?:(?P<rules>rules?|orders?|constraints?|messages?)|instructions?|prompts?|guidelines?"
    r"|directives?|guardrails?|programming|training|polic(?:y|ies)|restrictions?)\b"
    r"|(?:everything|anything|all|what(?:ever)?)(?: that)? (?:above|before"
    r"|you(?:'ve| have| were|'re)? (?:been )?(?:told|taught|instructed|trained|learned|know)\b))"
    r"|\b(?:you are|you're) now (?-i:[A-Z]\w+)|\bnew (?:system )?(?:instructions?|prompt)\s?:",
    re.I,
)
_ABOUT = re.compile(r" (?:about|for|on|regarding|concerning) \w+", re.I)
_WHOSE = re.compile(
    r"\b(?:your|previous|prior|above|earlier|preceding|former|system|safety|existing|original"
    r"|initial)\b"
)
_SENTENCE = re.compile(r"[^.!?\n;]+")
_MUST = re.compile(r"\b(?:must|shall|should|have to|has to|(?:is|are) (?:to|required)|ignore)\b")
_OPENS = re.compile(r"\s*[\"“«„']")


def places(text: str) -> list[tuple[int, int]]:
    """Start and end of every announced text of others; they may overlap."""
    handed = _HANDED_OVER.search(text)
    found = [(handed.end(), len(text))] if handed else []
    for pattern in (_TOLD, _FROM, _HERE):
        for match in pattern.finditer(text):
            end = _announced(text, match.end())
            if pattern is _TOLD and _about_reply(match.group()):
                stop = _SENTENCE.search(text, match.end(), end)
                end = stop.end() if stop else end
            if not _OPENS.match(text, match.end()) and _orders(text[match.end() : end]):
                found.append((match.start(), end))
    return [*found, *_papers(text), *_templates(text), *_overrides(text)]


def doubtful(text: str) -> bool:
    """Whether it tells somebody to ignore or forget what was said, as a stranger's text does."""
    return _OVERRIDE.search(text) is not None


def _papers(text: str) -> list[tuple[int, int]]:
    """A title of a rule book, with its paragraph and the items below it."""
    found: list[tuple[int, int]] = []
    done = 0
    for match in _PAPER.finditer(text):
        if match.start() < done:
            continue
        end = _announced(text, match.end())
        while (item := _ITEM.match(text, end)) and item.end() < len(text):
            end = paragraphs.end(text, item.end())
        if _orders(text[match.end() : end]):
            found.append((match.start(), end))
        done = end
    return found


def _templates(text: str) -> list[tuple[int, int]]:
    marks = list(_TEMPLATE.finditer(text))
    if not marks:
        return []
    closed = len(marks) > 1 and marks[-1].group().startswith(("</", "[/", "<</"))
    return [(marks[0].start(), marks[-1].end() if closed else len(text))]


def _overrides(text: str) -> list[tuple[int, int]]:
    """The sentence and the rest of its paragraph; a wish that takes back a rule is left alone."""
    found: list[tuple[int, int]] = []
    for match in _OVERRIDE.finditer(text):
        if found and match.start() < found[-1][1]:
            continue
        end = paragraphs.end(text, match.end())
        among = (match["all"] or "").lower()
        whose = _WHOSE.search(among) or (match["all"] is None) or not match["rules"]
        mine = re.search(r"\byour\b|\bsystem\b|\bsafety\b", among) or match["all"] is None
        if _ABOUT.match(text, match.end()):  # "... about emojis", "... about me": one's own wish
            continue
        forgets = match.group().lower().startswith("forget")  # so does a person who changes a rule
        if whose and (mine or (not forgets and standing(text[match.end() : end].lower()))):
            found.append((_begun(text, match.start()), end))
    return found


def _begun(text: str, end: int) -> int:
    """Where the sentence begins, or an earlier one of its paragraph that orders for good."""
    first = max(text.rfind("\n\n", 0, end), end - 2000, 0)
    sentences = list(_SENTENCE.finditer(text, first, end))
    lasting = (one.start() for one in sentences if standing(one.group().lower()))
    return next(lasting, sentences[-1].start() if sentences else end)


def _about_reply(words: str) -> bool:
    """ "The second line says: ..." speaks of the reply, and what follows it is the person's."""
    return re.search(rf"\b(?:it|this|that|{PART})\b[\w ]*:$", words.lower()) is not None


def _orders(text: str) -> bool:
    """Whether a sentence tells somebody what to do."""
    said = text[:4000].lower()
    if standing(said) or _MUST.search(said):
        return True
    return any(
        IMPERATIVE.search(one.group().strip(" -*•\t)0123456789"))
        for one in _SENTENCE.finditer(said)
    )


def _announced(text: str, start: int) -> int:
    """The end of what an announcement that ends at `start` is about, beside it or below it."""
    end = paragraphs.end(text, start)
    return end if text[start:end].strip() else paragraphs.below(text, end)
