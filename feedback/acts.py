"""Rules for what a clause does rather than how the reply should look: praise, facts, meta, retract.

An act is read before any rule of form, and where one is found no other rule reads the clause.
"""

from __future__ import annotations

import re

from data.types import WishKind
from feedback import facts
from feedback.findings import Finding, Scene, check
from feedback.wording import in_own_words

_RETRACT = re.compile(
    r"\b(?:never ?mind|forget (?:what i|that(?: rule| lesson)?$|about that|it$|my|the (?:rule"
    r"|lesson))|scrap that"
    r"|ignore (?:my|what i)|i take (?:that|it) back|take that back|undo (?:that|this|it)"
    r"|cancel that"
    r"|i was wrong|(?:that|the) rule (?:is|was) wrong|no longer (?:use|follow|apply)|you (?:can"
    r"|may) stop)\b"
)
_META = re.compile(
    r"\b(?:don't (?:learn|remember|save|store)|do not (?:learn|remember|save|store)|(?:what"
    r"|how) you learn"
    r"|learn (?:from|this|that)|trust my|my (?:edits|ratings|feedback|preferences)"
    r"|ask (?:me )?(?:before|first|if you)"
    r"|push back|i wish i|disagree with me|challenge me|stop agreeing|your memory)\b"
)
_PROCESS = re.compile(
    r"\b(?:too many questions|stop asking|(?:don't|do not|quit) ask(?:ing)? (?:me|so many"
    r"|questions|again)?"
    r"|no (?:more )?questions please|just answer|too slow|hurry|(?:so|very) slow"
    r"|take(?:s)? too long|faster"
    r"|less questions|fewer questions)\b|^stop$|^wait$"
)
_REPHRASE = re.compile(
    r"\b(?:what i meant|i meant|let me rephrase|i (?:actually )?asked (?:for|about|you)"
    r"|not what i (?:asked|meant)"
    r"|(?:misunderstood|misread) (?:me|my|the)|you didn't answer|answer my question"
    r"|answer the question"
    r"|off[- ]topic|beside the point)\b"
)
_ONCE = re.compile(
    r"^(?:please )?(?:(?:now )?translate (?:it|this|that)?|try again|again|redo|start over"
    r"|another (?:one|version|try)"
    r"|regenerate|one more|do it again|give me another|rewrite it|rewrite this|now\b)"
    r"|\bthis time\b|\bjust this once\b"
)
_CLARIFY = re.compile(
    r"^(?:why|what|who|where|when|which|how|are|is|do|does|did|was|were|have|has)\b.*\?$"
    r"|^(?:what do you mean|are you sure|how do you know|i don't understand|says who)\b"
)
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
_ACTUALLY = re.compile(
    r"\b(?:it (?:was|is)|it's|actually|in fact) (?:in )?\S*\d\S*.*\bnot\b|\bactually\b.*\d"
    r"|\bit should (?:be|say|read)\b"
)
_SOURCE = re.compile(
    r"\baccording to (?P<s>[\w .'-]{2,60})|\bsee (?P<u>\ufffc+)|\bsource: ?(?P<t>\S.*)$"
)
_LIKE = re.compile(
    r"\b(?:i (?:really |do |also |quite )?(?:like|love|enjoy(?:ed)?|liked|loved|appreciate)"
    r"|(?<!not )(?<!n't )(?:so |very |really |pretty"
    r" )?(?:good|great|nice|perfect|excellent|amazing|awesome|brilliant|fantastic|lovely"
    r"|beautiful|wonderful|helpful|useful"
    r"|well (?:done|written|put)|spot on|on point|exactly right|exactly what i)|much better"
    r"|that's better|is better|better now|thanks|thank you|nailed it|works"
    r" (?:well|for me)|good job|keep (?:it up|doing|going|that|this)|that's it|correct"
    r"|is right)\b|^(?:better|cool|yes!?|like it|love it)$|👍|❤|🎉"
)
_NOT_LIKE = re.compile(
    r"\b(?:don't|do not|didn't|not|no|never|isn't|wasn't|aren't|hardly|would be|could be"
    r"|should be|must be|be|make it|make this|instead)\b(?: \w+){0,3}?\s*$"
)
_NOT_BAD = re.compile(
    r"\b(?:not (?:\w+ )?bad|not too (?:bad|shabby)|can't complain|no complaints"
    r"|don't change (?:it|a thing|anything))\b"
)
_KEEP = re.compile(
    r"\b(?:keep|leave|(?:don't|do not|never) (?:touch|change|drop|lose|remove|alter|delete|cut)"
    r"|stick (?:with|to))\b(?! (?:it|this|that|them|(?:(?:all|your|the|my|every|each) )*"
    r"(?:answer|repl(?:y|ie)|response|message|e?mail|text|sentence|paragraph|line|list|summar(?:y|ie)"
    r"|explanation|thing)s?)"
    r" (?:\w+ )?(?:short|brief|simple|formal|casual|under|below|within|to|at|light|professional"
    r"|concise|friendly|clear|polite|civil|plain|tight)| out\b| under\b| in\b)"
)
_OF = re.compile(
    r"\b(?:like|love|enjoy(?:ed)?|liked|loved|appreciate|keep|leave|stick with|stick to)$"
    r"|^(?:don't|do not|never) \w+$"
)
_MIND = re.compile(r"\b(?:i )?(?:don't|do not) mind (?P<what>.+)$")
_SNIDE = re.compile(
    r"thanks for nothing|^wow,? (?:so|how|very|what)|🙄|\b(?:yeah,? right|oh great|great,? another"
    r"|just what i (?:needed|wanted)"
    r"|how (?:helpful|original|creative|useful)|slow clap|as if|real(?:ly)? helpful,? (?:not"
    r"|huh))\b|\bnot\.?$"
)


def snide(text: str) -> float:
    """A guess at sarcasm, 0 to 1, from the words alone."""
    return 0.6 if _SNIDE.search(text) else 0.0


def find(scene: Scene) -> Finding | None:
    """The act of the clause, or None where it simply says how to write."""
    for reader in (facts.find, _retracts, _simple_acts, _fact, _permits, _praises):
        found = reader(scene)
        if found is not None:
            return found
    return None


def _act(kind: WishKind, aspect: str, effect: str, scene: Scene, *, sure: float = 0.8) -> Finding:
    aim = "process" if kind in ("process", "meta") else "whole"
    end = len(scene.text)
    if aim == "process":
        return Finding(kind, aspect, "none", effect, 0, end, aim="process", sure=sure)
    return Finding(kind, aspect, "none", effect, 0, end, sure=sure)


def _retracts(scene: Scene) -> Finding | None:
    if not _RETRACT.search(scene.text):
        return None
    return _act("retract", "interaction", "take back what was said before", scene)


def _simple_acts(scene: Scene) -> Finding | None:
    text = scene.text.strip()
    if _META.search(text):
        found = _act("meta", "interaction", in_own_words(scene.plain), scene)
        return found
    if _PROCESS.search(text):
        return _act("process", "interaction", in_own_words(scene.plain), scene)
    if _REPHRASE.search(text):
        end = len(scene.text)
        effect = f"answer what was asked: {' '.join(scene.plain.split())}"
        return Finding("rephrase", "relevance", "rewrite", effect, 0, end, polarity=-1, sure=0.75)
    if _ONCE.search(text):
        end = len(scene.text)
        return Finding("once", "other", "rewrite", in_own_words(scene.plain), 0, end, sure=0.75)
    if _CLARIFY.search(text):
        return _act("clarify", "interaction", " ".join(scene.plain.split()), scene, sure=0.7)
    return None


def _fact(scene: Scene) -> Finding | None:
    wrong = _WRONG.search(scene.text)
    instead = _NOT_THAT.search(scene.plain.strip())
    if not wrong and not instead and not _ACTUALLY.search(scene.text):
        return None
    if wrong and re.search(
        r"\b(?:wrong (?:tone|format|language|style|length|word)|not|nothing) ?$",
        scene.text[: wrong.start()],
    ):
        return None
    if wrong and re.match(r"wrong (?:tone|format|language|style)", scene.text[wrong.start() :]):
        return None
    right = _RIGHT.search(scene.plain)
    value = next((g for g in right.groups() if g), "").strip(" .!\"'“”") if right else ""
    slots = {"wrong": _subject(scene, wrong)}
    if instead:
        value, slots["wrong"] = instead["r"], instead["w"]
    source = _SOURCE.search(scene.text)
    if source:
        slots["source"] = scene.plain[slice(*source.span())]
    if value:
        slots["right"] = value
    effect = f"correct {slots['wrong']}" + (f": {value}, as the person says" if value else "")
    return Finding(
        "fact", "correctness", "replace", effect, 0, len(scene.text), polarity=-1,
        check=check("contains", word=value) if value and len(value.split()) <= 4 else None,
        claim="supported" if source else "unverified", flat=True,
        sure=0.85 if value else 0.5, slots=slots,
    )  # fmt: skip


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


def _permits(scene: Scene) -> Finding | None:
    mind = _MIND.search(scene.text)
    if mind is None:
        return None
    what = scene.plain[slice(*mind.span("what"))].strip()
    return Finding("style", "other", "none", f"{what} is allowed", *mind.span(), sure=0.7)


def _praises(scene: Scene) -> Finding | None:
    match = _NOT_BAD.search(scene.text)
    mild = match is not None
    if match is None:
        match = _KEEP.search(scene.text)
    if match is None:
        match = next(
            (
                m
                for m in _LIKE.finditer(scene.text)
                if not _NOT_LIKE.search(scene.text[: m.start()])
            ),
            None,
        )
        if match and re.search(r"\b(?:would|'d|i'd) $", scene.text[: match.start()] + " "):
            return None
        if match and re.match(r".*\b(?:if|to be|more|but)\b", scene.text[match.end() :]):
            return None
    if match is None:
        return None
    what = " ".join(scene.plain[match.end() :].split()).strip(" .!,")
    if snide(scene.text) or not _OF.search(scene.text[: match.end()].strip()):
        what = ""
    effect = f"keep {what}" if what else "keep it as it is"
    return Finding(
        "praise",
        "other",
        "keep",
        effect,
        0,
        len(scene.text),
        polarity=1,
        sure=0.65 if mild else 0.85,
    )
