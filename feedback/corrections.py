"""Rules for what the person says is wrong, or is so: the claim, its source, old and new value.

A claim is unverified unless the person names a source. Knows no ledger and looks nothing up.
"""

from __future__ import annotations

import re

from feedback import kinds
from feedback.findings import Finding, Scene, check

_WRONG = re.compile(
    r"\b(?:wrong|incorrect|inaccurate|false|untrue|mistaken|not (?:true|correct|right|accurate)"
    r"|isn't (?:true|correct"
    r"|right)|aren't (?:true|correct|right)|wasn't (?:in|true|correct)|a (?:mistake|lie|typo"
    r"|misspelling)|typo|misspelled"
    r"|mixed up|made up|hallucinat\w+|out of date|outdated|you got)\b"
)
_RIGHT = re.compile(
    r"\b(?:it|that|this|he|she|they|the [\w ]{1,20}?)(?:'s| is| was| were| are) (?:actually "
    r"|really |in fact )?"
    r"(?P<r>\d[\w.,:%/-]*(?: \w+)?|[A-Z][\w'-]*(?: [A-Z][\w'-]*)*)(?=$|[,.;!]| not\b| and\b)"
    r"|\b(?:should (?:be|read|say)|correct (?:answer |date |one |name )?is"
    r"|supposed to be) (?P<r2>[^,;]{1,60})"
    r"|\bactually,? (?:it(?:'s| is| was) )?(?P<r3>(?:\d|[A-Z])[^,;]{0,40})"
)
_NOT_THAT = re.compile(
    r"\b(?:is|was|are|were) (?:in |on "
    r"|by )?(?P<r>[A-Z\d][\w ]{0,30}?),? (?:and )?not (?P<w>[A-Z\d][\w ]{0,30})$"
)
_SOURCE = re.compile(
    r"\baccording to (?P<s>[\w .'-]{2,60})|\bsee (?P<u>\ufffc+)|\bsource: ?(?P<t>\S.*)$"
)
# The person's own things as what is spoken of; "my cousin says" is hearsay.
_OWN = re.compile(
    r"^(?:\W|(?:no|but|and|actually|well|sorry)\b)*(?:my|our)\b(?![\w' -]*?\b(?:says?|said"
    r"|tells?|told|thinks?|sent|showed|claims?|believes?|swears?|insists?|knows?|read|heard)\b)"
    r"|^(?:\W|no\b)*i (?:never|didn't|did not|don't|do not|haven't|am not|was never)\b"
    r"|, (?:my|our) [\w' -]+ (?:is|are)\b"
)
_TASK = re.compile(
    r"\b(?:my|our|mein\w*|unser\w*|mon|ma|mes|notre|mi|mis|nuestr\w+|meu|minha)\b"
    r"|\b(?:of|about|for) me\b|\bi (?:would|should|could|can)\b"
)
_PERSON = re.compile(
    r"^(?:\W|(?:no|but|and|actually)\b)*(?:(?:he|she|they|(?:his|her|their) [\w-]+)(?:'s|'re)?"
    r"|i|i'm|we|we're|it's)\b"
)


def find(scene: Scene) -> Finding:
    """The correction that a clause makes; asked only of a clause that makes one."""
    wrong = _WRONG.search(scene.text)
    instead = _NOT_THAT.search(scene.plain.strip())
    right = _RIGHT.search(scene.plain)
    value = next((g for g in right.groups() if g), "").strip(" .!\"'“”") if right else ""
    slots = {"wrong": _subject(scene, wrong)}
    if instead:
        value, slots["wrong"] = instead["r"], instead["w"]
    source = _SOURCE.search(scene.text)
    if source:
        slots["source"] = scene.plain[slice(*source.span())]
    elif kinds.has_source(scene.text):
        slots["source"] = " ".join(scene.plain.split())
    if value:
        slots["right"] = value
    backed = "source" in slots or own(scene)
    effect = f"correct {slots['wrong']}" + (f": {value}, as the person says" if value else "")
    return Finding(
        "fact", "correctness", "replace", effect, 0, len(scene.text), polarity=-1,
        check=check("contains", word=value) if value and len(value.split()) <= 4 else None,
        claim="supported" if backed else "unverified", flat=True,
        sure=0.85 if value else 0.5, slots=slots,
    )  # fmt: skip


_COMMON = frozenset(("that", "this", "what", "when", "with", "have", "does", "some", "your", "the"))


def own(scene: Scene) -> bool:
    """Whether it is about the person, their people or things, or what they asked to have written.

    A name or a thing of the request counts where the request is about something of their own.
    """
    if _OWN.search(scene.text):
        return True
    asked = scene.request.lower()
    if not _TASK.search(asked):
        return False
    named = set(re.findall(r"\w{4,}", asked)) - _COMMON
    named |= {name.lower() for name in re.findall(r"\b[A-Z]\w\w+", scene.request)} - _COMMON
    subject = re.match(r"\W*(?:the )?(\w+)(?:'s)? \w", scene.text)
    meant = _PERSON.match(scene.text) is not None and not _SURE.search(scene.text)
    return meant or (subject is not None and subject.group(1) in named)


_SURE = re.compile(
    r"\bi(?:'m| am) (?:certain|sure|positive)|\bi (?:can |do )?(?:tell|assure|promise|bet"
    r"|think|know|read|heard)\b|\bi've (?:seen|read|heard)|\b(?:believe|trust) me\b"
    r"|\beverybody knows\b|, period$"
)


def insists(text: str) -> bool:
    """Whether words swear to something instead of telling about the person."""
    return _SURE.search(text) is not None


def _subject(scene: Scene, wrong: re.Match[str] | None) -> str:
    head = scene.plain[: wrong.start()] if wrong else ""
    got = re.search(r"\byou got (.+?) wrong", scene.text)
    if got:
        return scene.plain[slice(*got.span(1))]
    name = re.sub(
        r"\s*\b(?:is|are|was|were|isn't|'s|looks|seems|has|have|that's)\s*(?:\w+ )?$",
        "",
        head,
        flags=re.I,
    )
    name = re.sub(
        r"(?i)^(?:i think|but|and|also|maybe|no,?|well,?)\s+", "", " ".join(name.split())
    ).strip(" ,")
    return name if name and name.lower() not in ("that", "this", "it", "there") else "what is wrong"
