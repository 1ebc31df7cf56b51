"""Rules of wording, tone and content: words to use or drop, what is missing, how it sounds.

Checks only what code can see: a named word. For a tone there is no check, and none is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from data.types import Op, WishKind
from feedback.cues import HOLE, IMPERATIVE, REQUEST
from feedback.findings import Finding, Scene, ask_for, check, sense

_Q = rf"{HOLE}+"
_WORD = (
    rf"(?:the )?(?:words?|terms?|phrases?|expressions?) (?P<w>{_Q}|[\w'-]+(?: or {_Q})?)"
    rf"|(?P<q>{_Q})"
)
_SAY = (
    r"(?:use|using|say|saying|write|writing|mention|mentioning|include|including|call it|the|see)"
)
_NAMED = re.compile(
    rf"\b(?:{_SAY} |avoid |no |without |drop |remove |cut |skip |with |by )+(?:{_WORD})"
)
_SAYING = re.compile(
    r"\b(?:saying|say|mention(?:ing)?) (?:the |a |an |your )?(?P<w>(?!that\b|it\b|so\b|more\b|any"
    r"|nothing\b|something\b|less\b|how\b|what\b|why\b)[\w' -]{2,40})$"
)
_SWAP = re.compile(
    rf"\b(?:replace|change|swap|turn) (?P<old>{_Q}|[\w' -]{{2,40}}?) (?:with|by|to|into"
    rf"|for) (?P<new>{_Q}|[\w' -]{{2,40}})$"
    rf"|(?:\b(?:use|say|write|put) )(?P<new2>{_Q}|[\w'+ -]{{2,30}}?)"
    rf"(?:,? (?:instead of|rather than|not)) (?P<old2>{_Q}|[\w'+-]+(?: [\w'+-]+)?)$"
)
_SIMPLE = re.compile(
    r"\b(?:like|as if|as to) (?:i'm|i am|i were|to)? ?(?:a )?(?:five|5|ten|10|six|seven|a child"
    r"|a kid)\b(?:[ -]years?[ -]old)?"
    r"|\beli5\b|\b(?:simpler|more simply|simplify|plain(?:er)? (?:language|english|words)"
    r"|simple (?:words|language|terms)"
    r"|easier to (?:read|understand)|layman's terms|less (?:technical|complicated|complex))\b"
    r"|\btoo (?:technical|complicated|complex|hard|difficult|advanced|academic)\b|\b(?:less"
    r"|too much|no|avoid) jargon\b"
)
_ADJECTIVES = {
    "formal": "tone", "casual": "tone", "informal": "tone", "stiff": "tone", "cold": "tone",
    "robotic": "tone", "salesy": "tone", "friendly": "tone", "polite": "tone", "rude": "tone",
    "harsh": "tone", "preachy": "tone", "patronising": "tone", "patronizing": "tone",
    "condescending": "tone", "flattering": "tone", "sycophantic": "tone", "enthusiastic": "tone",
    "cheerful": "tone", "serious": "tone", "dramatic": "tone", "warm": "tone", "funny": "tone",
    "professional": "tone", "chatty": "tone", "pushy": "tone", "aggressive": "tone",
    "arrogant": "tone", "childish": "tone", "cheesy": "tone", "corny": "tone", "dry": "tone",
    "negative": "tone", "positive": "tone", "direct": "tone", "gentle": "tone", "confident": "tone",
    "flowery": "wording", "repetitive": "wording", "clunky": "wording", "awkward": "wording",
    "fancy": "wording", "abstract": "detail_examples", "precise": "detail_examples",
    "concrete": "detail_examples",
    "messy": "structure", "disorganised": "structure", "disorganized": "structure",
    "unstructured": "structure", "organised": "structure", "organized": "structure",
    "structured": "structure", "choppy": "structure", "cluttered": "structure",
    "irrelevant": "relevance", "generic": "relevance", "off-topic": "relevance",
    "specific": "detail_examples", "personal": "relevance", "practical": "relevance",
    "incomplete": "completeness", "superficial": "detail_examples", "shallow": "detail_examples",
    "thin": "detail_examples", "complete": "completeness", "thorough": "detail_examples",
    "unclear": "wording", "confusing": "wording", "illogical": "reasoning",
    "clear": "wording",
    "critical": "reasoning", "vague": "detail_examples", "detailed": "detail_examples",
    "boring": "creativity", "bland": "creativity", "dull": "creativity", "creative": "creativity",
    "unoriginal": "creativity", "original": "creativity", "playful": "tone", "vivid": "creativity",
    "imaginative": "creativity", "predictable": "creativity", "honest": "tone",
}  # fmt: skip
_BAD = frozenset(
    {
        "stiff",
        "cold",
        "robotic",
        "salesy",
        "rude",
        "harsh",
        "preachy",
        "patronising",
        "patronizing",
        "condescending",
        "flattering",
        "sycophantic",
        "pushy",
        "aggressive",
        "arrogant",
        "childish",
        "cheesy",
        "corny",
        "dry",
        "flowery",
        "repetitive",
        "clunky",
        "awkward",
        "messy",
        "disorganised",
        "disorganized",
        "unstructured",
        "choppy",
        "cluttered",
        "irrelevant",
        "generic",
        "off-topic",
        "incomplete",
        "superficial",
        "shallow",
        "thin",
        "unclear",
        "confusing",
        "illogical",
        "vague",
        "boring",
        "bland",
        "dull",
        "unoriginal",
        "predictable",
        "dramatic",
    }
)
_COMPARED = {
    "friendlier": "friendly", "warmer": "warm", "colder": "cold", "clearer": "clear",
    "funnier": "funny", "politer": "polite", "gentler": "gentle", "drier": "dry",
}  # fmt: skip
_ANY = "|".join(sorted([*_ADJECTIVES, *_COMPARED], key=len, reverse=True))
_ADJECTIVE = re.compile(rf"\b(?P<adj>{_ANY})\b(?P<enough> enough)?")
_FORGOT = re.compile(
    r"\b(?:you (?:forgot|missed|left out|omitted|skipped|didn't (?:mention|include|add|cover"
    r"|answer))"
    r"(?: (?:to (?:mention|include|add|say|cover|answer)))?|(?:it )?(?:lacks|is missing"
    r"|doesn't (?:mention"
    r"|include|cover))|missing|there(?:'s| is) no) (?P<what>.+)$|^(?P<what2>[\w' -]+?) (?:is"
    r"|are) missing\b"
)
_ADD = re.compile(
    r"\b(?:add|include|mention|cover|don't forget(?: to (?:add|mention|include))?"
    r"|put in) (?P<what>.+)$"
)
_REMOVE = re.compile(
    r"\b(?:remove|delete|drop|cut(?: out)?|lose|skip|get rid of|leave out|take out|omit|ditch"
    r"|scrap) (?P<what>.+)$"
)
_FIX_VERBS = r"don't|do not|never|stop|avoid|no more|quit"
_DISLIKE = re.compile(
    r"\b(?:i (?:really )?(?:don't|do not|didn't) (?:really |quite )?(?:like|love|want|need|enjoy)"
    r"|i (?:hate|dislike)"
    r"|not a fan of)(?: (?P<what>.+))?$"
)
_BAD_WHOLE = re.compile(
    r"\b(?:(?:not|isn't|wasn't|n't) (?:\w+ )?(?:good|great|helpful|useful|right|what i (?:want"
    r"|need)\w*|nice|it|enough)"
    r"|bad|terrible|awful|horrible|useless|unhelpful|poor|weak|meh|lame|ugly|worse|garbage|rubbish|sucks?|nope|stupid)\b"
    r"|^no$|👎"
)
_DEGREE = re.compile(
    r"^(?:a (?:bit|little|lot) |much |way )?(?P<how>more|less) (?P<what>[a-z-]{3,20})(?: please)?$"
)
_TOO = re.compile(r"\btoo (?P<adj>[a-z-]{3,20})\b")


def find(scene: Scene) -> Iterator[Finding]:
    """Named words, replacements, simplicity, and every adjective of tone or quality."""
    swap = _SWAP.search(scene.text)
    if swap:
        yield _swapped(swap, scene)
    else:
        yield from _named(scene)
    for match in _SIMPLE.finditer(scene.text):
        five = re.search(r"five|\b5\b|eli5|child|kid", match.group())
        how = "explain it simply, as to a five-year-old" if five else "use simpler words"
        complaint = -1 if match.group().startswith(("too", "less")) else 0
        yield Finding("style", "wording", "less", how, *match.span(), polarity=complaint, sure=0.85)
    for match in _ADJECTIVE.finditer(scene.text):
        found = _adjective(match, scene)
        if found is not None:
            yield found


def _named(scene: Scene) -> Iterator[Finding]:
    match = _NAMED.search(scene.text)
    if match:
        span = match.span("w") if match["w"] else match.span("q")
        word = scene.plain[slice(*span)].strip("\"'`“”„«»「」 ")
    else:
        match = _SAYING.search(scene.text)
        if match is None or len(match["w"].split()) > 4:
            return
        word = re.sub(r"\s+(?:please|again|anymore)$", "", scene.plain[slice(*match.span("w"))])
    before = scene.text[: match.start()] + re.sub(rf"{HOLE}.*", "", match.group())
    if not word.strip():
        return
    if sense(before) in ("stop", "less"):
        yield ask_for(check("forbids", word=word.strip()), match, "wording", "stop")
        for other in _listed(scene, match.end()):
            word = scene.plain[slice(*other.span("q"))].strip("\"'`“”„«»「」 ")
            yield ask_for(check("forbids", word=word), other, "wording", "stop")
    elif len(word.split()) <= 2 or HOLE in match.group():
        yield ask_for(check("contains", word=word.strip()), match, "wording", "add")


def _listed(scene: Scene, start: int) -> Iterator[re.Match[str]]:
    """More quoted words right after the first: "or 'tapestry'"."""
    more = re.compile(rf"\s*,?\s*(?:or|and|nor|,)\s*(?P<q>{_Q})")
    match = more.match(scene.text, start)
    while match is not None:
        yield match
        match = more.match(scene.text, match.end())


def _swapped(match: re.Match[str], scene: Scene) -> Finding:
    key = "" if match["old"] else "2"

    def words(name: str) -> str:
        return scene.plain[slice(*match.span(name))].strip("\"'`“”„«»「」 ")

    old, new = words(f"old{key}"), words(f"new{key}")
    old = re.sub(r"^(?:the )?word ", "", old)
    there = old.lower() in scene.whole.lower()
    found = check("forbids", word=old) if there else check("contains", word=new)
    wish = ask_for(found, match, "wording", "replace", effect=f'use "{new}" instead of "{old}"')
    return replace(wish, slots={"old": old, "new": new}, sure=0.85)


def _adjective(match: re.Match[str], scene: Scene) -> Finding | None:
    word = _COMPARED.get(match["adj"], match["adj"])
    before = scene.text[: match.start()]
    near = re.split(r",", before)[-1]
    bad = word in _BAD
    less = bool(
        re.search(
            r"\b(?:too|so|very|overly|less|not so|don't be|never be|stop being|no)\s+(?:\w+ )?$",
            near,
        )
    )
    negated = bool(re.search(r"(?:\bnot|n't)\s+(?:\w+ )?$", near)) and "so" not in near.split()[-1:]
    more = (
        bool(match["enough"]) or bool(re.search(r"\bmore\s*$", near)) or match["adj"] in _COMPARED
    )
    if match["enough"] and not negated:
        return None
    wants = bool(
        re.search(r"\b(?:be|sound|make it|keep it|stay|use an?|in an?|it)\s+(?:\w+ )?$", near)
    )
    if less and not (negated and bad):
        return _tone(match, word, "less", f"be less {word}", -1)
    if more or (negated and not bad and not less):
        return _tone(match, word, "more", f"be more {word}", -1)
    if bad and not negated:
        return _tone(match, word, "less", f"be less {word}", -1)
    if (wants or IMPERATIVE.search(scene.text)) and not bad:
        return _tone(match, word, "more", f"be {word}", 0)
    return None


def _tone(match: re.Match[str], word: str, op: Op, effect: str, polarity: int) -> Finding:
    return Finding(
        "style",
        _ADJECTIVES[word],
        op,
        effect,
        *match.span(),
        polarity=polarity,
        sure=0.8,
        slots={"aspect_text": word},
    )


def find_content(scene: Scene) -> Iterator[Finding]:
    """What is missing or should go. Read only where no rule of form found anything."""
    forgot = _FORGOT.search(scene.text)
    if forgot:
        name = "what" if forgot["what"] else "what2"
        what = _words(scene, forgot, name)
        yield Finding(
            "content", "completeness", "add", f"add {what}", *forgot.span(), polarity=-1,
            aim="missing", sure=0.8, flat=True,
        )  # fmt: skip
        return
    add = _ADD.search(scene.text)
    if add and sense(scene.text[: add.start()]) != "stop":
        what = _words(scene, add, "what")
        yield Finding(
            "content", "completeness", "add", f"add {what}", *add.span(), aim="missing", sure=0.8
        )
        return
    remove = _REMOVE.search(scene.text)
    if remove and sense(scene.text[: remove.start()]) != "stop":
        what = _words(scene, remove, "what")
        yield Finding("content", "other", "remove", f"leave out {what}", *remove.span(), sure=0.8)


def find_judgement(scene: Scene) -> Iterator[Finding]:
    """A complaint without a wish: something else is wanted, and it is not said what."""
    dislike = _DISLIKE.search(scene.text)
    if dislike:
        what = _words(scene, dislike, "what") if dislike["what"] else ""
        vague = what in ("", "it", "this", "that", "this one")
        effect = "write it differently" if vague else f"change {what}"
        op: Op = "rewrite" if vague else "less"
        yield Finding("style", "other", op, effect, *dislike.span(), polarity=-1, sure=0.6)
        return
    too = _TOO.search(scene.text)
    if too:
        effect = f"be less {too['adj']}"
        slots = {"aspect_text": too["adj"]}
        yield Finding(
            "style", "other", "less", effect, *too.span(), polarity=-1, sure=0.65, slots=slots
        )
        return
    degree = _DEGREE.search(scene.text.strip())
    if degree:
        words = f"be {degree['how']} {degree['what']}"
        op = "more" if degree["how"] == "more" else "less"
        yield Finding("style", "other", op, words, 0, len(scene.text), polarity=-1, sure=0.65)
        return
    bad = _BAD_WHOLE.search(scene.text)
    if bad:
        yield Finding(
            "style", "other", "rewrite", "write it differently", *bad.span(), polarity=-1, sure=0.6
        )


def find_order(scene: Scene) -> Finding | None:
    """An order or request that no rule knows: the person's own words are the effect."""
    asked = IMPERATIVE.search(scene.text) or REQUEST.search(scene.text)
    if not asked:
        return None
    effect = in_own_words(scene.plain)
    stop = re.match(rf"(?:{_FIX_VERBS})\b", effect)
    kind: WishKind = (
        "content"
        if re.match(
            r"(?:mention|explain|describe|tell|show|compare|focus|cover|talk about|give|list"
            r"|provide|define|answer)\b",
            effect,
        )
        else "style"
    )
    op: Op = "stop" if stop else "rewrite"
    return Finding(kind, "other", op, effect, 0, len(scene.text), sure=0.6) if effect else None


def in_own_words(plain: str) -> str:
    """The person's words as an imperative: without please, always, can you; never as "do not"."""
    text = " ".join(plain.split()).strip(" .!?,;:")
    leave = (
        r"(?i)^(?:(?:please|just|but|and|so|then|also|from now on|next time|in (?:the )?future"
        r"|always"
        r"|can you|could you|would you|will you|i (?:want|need|would like|'d like) you to"
        r"|i'd like you to"
        r"|you (?:should|must|need to|have to|could)|kindly|maybe|perhaps)\b[ ,]*)+"
    )
    text = re.sub(leave, "", text)
    text = re.sub(
        r"(?i)[ ,.;:–—-]*\b(?:please|from now on|in (?:the )?future|thanks|thank you|always"
        r"|every (?:single )?time|each (?:and every )?time|at all times|without exception)$",
        "",
        text,
    )
    text = re.sub(r"(?i)^i(?:'d| would)? (?:rather )?prefer (?:if |that )?", "prefer ", text)
    text = re.sub(r"(?i)^(?:never|don't|do not)\s+(?:ever )?", "do not ", text)
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _words(scene: Scene, match: re.Match[str], name: str) -> str:
    typed = scene.plain[slice(*match.span(name))]
    return re.sub(
        r"(?i)[ ,]*\b(?:please|too|as well|thanks)$", "", " ".join(typed.split()).strip(" .!?,;:")
    )
