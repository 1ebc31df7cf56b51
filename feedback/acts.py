"""What a clause does: praise, correct, repeat, take back, ask, permit; or what it wants changed.

An act is read before any rule of form. Where no rule of form reads the clause either, `want` gives
the person's own words, with the kind, aspect and polarity that their cues show.
"""

from __future__ import annotations

import re

from data.types import Aim, Op, WishKind
from feedback import aspects, corrections, facts, kinds, moods, sarcasm
from feedback.findings import Finding, Scene
from feedback.wording import in_own_words

_KEEP = re.compile(
    r"\b(?:keep|leave|(?:don't|do not|never) (?:touch|change|drop|lose|remove|alter|delete|cut)"
    r"|stick (?:with|to))\b(?! (?:it|this|that|them|(?:(?:all|your|the|my|every|each) )*"
    r"(?:answer|repl(?:y|ie)|response|message|e?mail|text|sentence|paragraph|line|list|summar(?:y"
    r"|ie)"
    r"|explanation|thing)s?)"
    r" (?:\w+ )?(?:short|brief|simple|formal|casual|under|below|within|to|at|light|professional"
    r"|concise|friendly|clear|polite|civil|plain|tight)\b| under\b| in\b| [\w' ]{0,24}\bout\b)"
)
_OF = re.compile(
    r"\b(?:like|love|enjoy(?:ed)?|liked|loved|appreciate|keep|leave|stick with|stick to)$"
    r"|^(?:don't|do not|never) \w+$"
)
_KIND_ASPECT = {"meta": "interaction", "process": "interaction", "rephrase": "relevance"}
_LESS = re.compile(
    r"\b(?:too (?!short|vague|thin|abstract|little|few|brief|general|boring|superficial)\w+|less"
    r"|fewer"
    r"|shorter|reduce|cut|trim|tone down|tone it down|so many|so much|overkill|overdone)\b"
)
_MORE = re.compile(
    r"\b(?:more|longer|not (?:\w+ )?enough|could use|too (?:short|vague|thin|abstract|little|few"
    r"|brief"
    r"|general|boring|superficial)|boring|bland|vague|dull|expand|elaborate|deeper|clearer"
    r"|warmer)\b"
)
_STOP = re.compile(r"\b(?:no|not|never|don't|do not|stop|without|avoid|none of|quit|no more)\b")
_REMOVE = re.compile(
    r"\b(?:remove|delete|drop|cut|lose|skip|get rid of|leave out|leave that out|take out|take it"
    r" out"
    r"|omit|ditch|scrap|gone|out|could go|can go|don't care|nobody (?:wants|asked|needs)|strike)\b"
)
_OUT_WITH = re.compile(r"\b(?:cut|drop|lose|delete|remove|skip) (?:it|that|them|this|those)\b")
_SURELY = re.compile(r"\b(?:don't|do not|never) (?:forget|omit|skip)\b")
_ADD = re.compile(
    r"\b(?:add|include|mention|put in|put it in|missing|forgot|left out|skipped|lacks?|nothing"
    r" (?:about|on)|where"
    r"|what about|give|show|explain|tell|say|throw in|list|name|cite|with an?|use an?|need an?"
    r"|want an?"
    r"|numbers in front|write)\b"
)
_REPLACE = re.compile(r"\b(?:instead of|rather than|replace|swap|not \w+ but)\b")
_REORDER = re.compile(
    r"\b(?:first|before|after|move|order|reorder|at the (?:top|end|start|bottom)|swap|buried)\b"
)


def find(scene: Scene, *, asked: bool = False) -> Finding | None:
    """The act of the clause, or None where it simply says how to write."""
    named = facts.find(scene)
    if named is not None:
        return named
    if _mocks(scene.text):
        return _mocked(scene)
    known = kinds.of(scene.text)
    if _KEEP.search(scene.text) and (known is None or known[0] != "once"):
        return _praise(scene)
    mood = moods.of(scene.text, asked=asked)
    if known is not None and not (known[0] == "once" and mood == "praise"):
        return _known(known[0], known[1], mood, scene)
    if mood != "question" and kinds.corrects(scene.text) and not moods.approves(scene.text):
        return corrections.find(scene)
    if mood == "permission":
        return _permitted(scene)
    if mood in ("praise", "statement") and sarcasm.mocks(scene.text):
        return _mocked(scene)
    return _praise(scene) if mood == "praise" else None


def _mocks(text: str) -> bool:
    """Praise as an opening, then what nobody praises: "lovely, six questions and no answer"."""
    opening = moods.EXCLAIMED.match(text.strip())
    rest = text[opening.end() :] if opening is not None else ""
    return moods.SOUR.search(rest) is not None and moods.of(rest) != "praise"


def _mocked(scene: Scene) -> Finding:
    opening = moods.EXCLAIMED.match(scene.text.strip())
    rest = scene.text.strip()[opening.end() if opening else 0 :]
    known = kinds.of(rest)
    words = in_own_words(scene.plain)
    if (known is not None and known[0] == "process") or "question" in rest:
        return _over(scene, "process", "interaction", "less", words, -1, 0.6, mocks=True)
    aspect = aspects.of(rest, "other", CONTENTS)
    kind: WishKind = "style" if aspect in aspects.STYLE else "content"
    return _over(scene, kind, aspect, "less", words, -1, 0.6, mocks=True)


def want(scene: Scene, *, asked: bool = False) -> Finding | None:
    """What no rule of form reads: a question, a fact about the person, a judgement or an order."""
    text = scene.text
    mood = moods.of(text, asked=asked)
    if mood != "question" and kinds.about_me(moods.bare(text)):
        return facts.about_person(scene)
    if mood in ("statement", "complaint") and kinds.tells(
        text, scene.plain, f"{scene.request} {scene.whole}"
    ):
        return corrections.find(scene)
    if mood == "statement":
        return None
    if mood == "nothing":
        return None
    aspect = aspects.of(text)
    if mood == "question" and not _absent(text, scene):
        effect = " ".join(scene.plain.split())
        return _over(scene, "clarify", aspect, "none", effect, 0, 0.7)
    if aspect == "correctness" and mood == "complaint":
        return corrections.find(scene)
    if aspect in ("interaction", "correctness"):
        aspect = aspects.of(text, "other", CONTENTS)
    polarity = -1 if mood in ("complaint", "question") else 0
    op = change(text, aspect, polarity)
    if mood == "question":
        aspect = "completeness"
    kind: WishKind = "style" if aspect in aspects.STYLE else "content"
    if aspect == "other" and op == "rewrite":
        kind = "style"
    sure = 0.5 if aspect == "other" else 0.6
    aim: Aim = "missing" if op == "add" and aspect == "completeness" else "whole"
    return Finding(
        kind, aspect, op, in_own_words(scene.plain), 0, len(text), polarity=polarity, aim=aim,
        sure=sure,
    )  # fmt: skip


CONTENTS = tuple(
    a for a in aspects.ORDER if a not in ("interaction", "correctness", "facts_about_me")
)


def change(text: str, aspect: str, polarity: int) -> Op:
    """Which change the words ask for."""
    table: tuple[tuple[re.Pattern[str], Op], ...] = (
        (_SURELY, "add"),
        (_OUT_WITH, "remove"),
        (_REPLACE, "replace"),
        (_LESS, "less"),
        (_MORE, "more"),
        (_REMOVE, "remove"),
        (_STOP, "stop" if polarity >= 0 else "rewrite" if aspect == "other" else "less"),
        (_ADD, "add"),
    )
    if aspect == "structure" and _REORDER.search(text):
        return "reorder"
    found = next((op for pattern, op in table if pattern.search(text)), None)
    if found is not None:
        return found
    return "less" if polarity < 0 and aspect in ("tone", "wording", "format") else "rewrite"


def _absent(text: str, scene: Scene) -> bool:
    """ "Where are the tools?" asks for what is missing, unless the reply has it."""
    asked = re.search(
        r"^(?:and |but )?(?:(?:what|how) about|where(?:'s| is| are)|and)\b(?: the| my| your)?"
        r" ([\w' -]+)(?<! from)$",
        text.strip(" .!?"),
    )
    return asked is not None and asked.group(1).split()[0].rstrip("s") not in scene.whole.lower()


def _known(kind: WishKind, op: Op, mood: str, scene: Scene) -> Finding:
    text = scene.text
    default = "completeness" if kind == "once" else "other"
    said = aspects.without_places(text, parts=True) if kind == "retract" else text
    aspect = _KIND_ASPECT.get(kind) or aspects.of(said, default, CONTENTS)
    words = in_own_words(scene.plain)
    if kind == "retract":
        return _over(scene, kind, aspect, op, "take back what was said before", 0, 0.8)
    if kind in ("meta", "process"):
        if kind == "process":
            op = "less" if mood == "complaint" else "stop" if _STOP.search(text) else "none"
        elif re.search(r"\bask\b|check with me", text) and not _STOP.search(text):
            op = "ask_first"
        else:
            op = "stop" if _STOP.search(text) else "more" if _MORE.search(text) else "none"
        polarity = -1 if mood == "complaint" and kind == "process" else 0
        return _over(scene, kind, aspect, op, words, polarity, 0.8)
    if kind == "rephrase":
        blames = mood != "question" and re.search(
            r"\bi meant|i (?:had |have |)?(?:asked|said|wanted)|not (?:what|the)|didn't|did not"
            r"|never|misunder|misread"
            r"|still no|was hoping|time\b",
            text,
        )
        effect = f"answer what was asked: {' '.join(scene.plain.split())}"
        return _over(scene, kind, aspect, op, effect, -1 if blames else 0, 0.75)
    return _over(scene, kind, aspect, change(text, aspect, 0), words, 0, 0.75)


def _over(
    scene: Scene,
    kind: WishKind,
    aspect: str,
    op: Op,
    effect: str,
    polarity: int,
    sure: float,
    *,
    mocks: bool = False,
) -> Finding:
    """A finding that covers the whole clause."""
    aim: Aim = "process" if kind in ("process", "meta") else "whole"
    return Finding(
        kind, aspect, op, effect, 0, len(scene.text), polarity=polarity, aim=aim, sure=sure,
        mocks=mocks,
    )  # fmt: skip


def _permitted(scene: Scene) -> Finding:
    mind = re.search(r"\b(?:don't|do not) mind (?P<what>.+)$", scene.text)
    what = scene.plain[slice(*mind.span("what"))].strip() if mind else in_own_words(scene.plain)
    aspect = aspects.of(scene.text, "other", CONTENTS)
    effect = f"{what} is allowed" if mind else what
    kind: WishKind = "style" if aspect in aspects.STYLE or aspect == "other" else "content"
    return Finding(kind, aspect, "none", effect, 0, len(scene.text), sure=0.7, permits=True)


def _praise(scene: Scene) -> Finding:
    text = scene.text
    keep = _KEEP.search(text)
    mild = re.search(r"\bnot (?:\w+ )?bad|\bfine\b|pretty good|okay|can't complain", text)
    start = keep.end() if keep else 0
    of = re.search(r"\b(?:like|love|loved|liked|enjoyed|enjoy|appreciate)\b", text)
    what = ""
    if keep or of:
        start = keep.end() if keep else of.end() if of else 0
        what = " ".join(scene.plain[start:].split()).strip(" .!,")
        what = re.sub(r"(?i)[ ,]+(?:but|though|and|however)$", "", what)
    effect = f"keep {what}" if what else "keep it as it is"
    aspect = aspects.of(aspects.without_places(text, parts=True), "other", CONTENTS)
    if re.search(r"\b(?:is|are|was|were|'s) (?:right|correct|true)\b", text):
        aspect = "correctness"
    return Finding(
        "praise", aspect, "keep", effect, 0, len(text), polarity=1, sure=0.65 if mild else 0.85
    )
