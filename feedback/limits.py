"""Rules of length: bounds with a number, one short sentence, too long, too short.

Knows no other aspect. "More than 100" moves the bound by one, "at most 100" does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from data.checks.registry import describe
from data.checks.units import word_count
from data.types import Check, Op
from feedback.cues import NUMBER, number
from feedback.findings import Finding, Scene, ask_for, check

SHORT_SENTENCE = 25  # words of a short sentence: "one short sentence" is within(1, 25)
BRIEF = 60  # words; "always be brief" has no reply to be shorter than. An estimate
_LIMITS = {"word": ("words", 40), "sentence": ("sentences", 4), "paragraph": ("paragraphs", 2)}

_BOUND = re.compile(
    rf"(?P<rel>under|below|less than|fewer than|at most|no more than|not more than"
    rf"|max(?:imum)?(?: of)?"
    r"|up to|within|no longer than|limit(?:ed)?(?: \w+){0,3} to|at least|no less than|no fewer than"
    r"|min(?:imum)?(?: of)?|more than|over|longer than|exactly|precisely|about|around|roughly"
    r"|approximately|in(?: just| only)?|just|only|to|with|use|write|give(?: me)?)?\s*"
    rf"(?P<n>{NUMBER})[ -](?:(?P<short>short|brief|little|quick|simple|concise)[ -]|full |single )?"
    r"(?P<unit>word|sentence|paragraph)s?\b(?:[ -](?:answers?|repl(?:y|ies)|responses?))?"
    r"(?P<after>\s*(?:or (?:less|fewer|more)|max(?:imum)?|at most|tops|min(?:imum)?|at least))?"
)
_ONE_LINE = re.compile(r"\b(?:one|a single|a)[ -](?:liner|line)\b")
_SHORT_SENTENCES = re.compile(
    r"\b(?:shorter|short) sentences\b|\bsentences are (?:\w+ )?too long\b"
)
_TOO_LONG = re.compile(
    r"\b(?P<much>way |far |much )?too (?:long|wordy|verbose|lengthy|big|long-winded|much text)\b"
    r"|\b(?P<more>much |way |a lot )?(?:shorter|briefer|more concise|more succinct|less wordy"
    r"|less verbose|tighter)\b|\bshorten\b|\b(?:be|more|keep it|make it|stay|answer) (?:very "
    r"|more )?"
    r"(?:brief|concise|succinct|short)(?:ly)?\b|\bbriefly\b|\b(?:wall of text|long-winded|wordy"
    r"|verbose|rambling|tl;?dr)\b|\bcut it down\b|\btrim (?:it|this|that)?|\bcondense\b"
    r"|\bshort (?:answers?|repl(?:y|ies)|responses?)\b|\bnot so long\b"
    r"|\btoo many words\b|\bless text\b|\bfewer words\b|\bkeep (?:it|this|them) (?:very )?short\b"
    r"|\b(?:is|was|it's|that's|very|so) long\b|^short(?: please)?$"
    r"|\bt(?:akes?|ook|aken) (?:\w+ )?(?:long|forever|ages|an eternity|a while)"
    r" (?:to get|getting|to come) to the point\b"
)
_TOO_SHORT = re.compile(
    r"\btoo (?:short|brief|terse|curt)\b|\b(?P<much>much |a lot )?longer\b|\bnot long enough\b"
    r"|\b(?:elaborate|expand on|expand)\b|\b(?P<detail>more (?:detail(?:s|ed)?|depth|in-depth)"
    r"|not detailed enough|add (?:some |more )?details?|in (?:more|greater) detail|in detail)\b"
)


def find(scene: Scene) -> Iterator[Finding]:
    """Every bound on length that the clause states."""
    bounds: list[Finding] = []
    for match in _BOUND.finditer(scene.text):
        found = _bound(match, scene.text[: match.start()])
        if found is not None:
            op: Op = "more" if found.name.startswith("min") else "less"
            bounds.append(ask_for(found, match, "length", op))
    yield from _together(bounds)
    for match in _ONE_LINE.finditer(scene.text):
        yield ask_for(check("within", sentences=1, words=SHORT_SENTENCE), match, "length", "less")
    for match in _SHORT_SENTENCES.finditer(scene.text):
        yield ask_for(check("max_sentence_words", n=15), match, "length", "less")
    for match in _TOO_LONG.finditer(scene.text):
        yield from _shorter(match, scene)
    for match in _TOO_SHORT.finditer(scene.text):
        yield _longer(match, scene)


def _together(bounds: list[Finding]) -> list[Finding]:
    """ "One sentence, at most 20 words" is one wish: code can look at both at once."""
    few = [b for b in bounds if b.check and b.check.name in ("max_sentences", "within")]
    words = [b for b in bounds if b.check and b.check.name == "max_words"]
    if len(few) != 1 or len(words) != 1 or few[0].check is None or words[0].check is None:
        return bounds
    limits = dict(few[0].check.args)
    most = limits.get("sentences", limits.get("n", 1))
    both = check("within", sentences=most, words=dict(words[0].check.args)["n"])
    first, last = sorted((few[0], words[0]), key=lambda f: f.start)
    joined = replace(first, end=last.end, check=both, effect=describe(both))
    return [joined, *(b for b in bounds if b not in (few[0], words[0]))]


_TOOK = re.compile(
    r"\byou (?:managed|took|needed|used|spent|said|wrote|gave)\b|\b(?:it|this|that) took\b"
    r"|^(?:\w+ )?took\b|, (?:only|just) took\b"
)


def _bound(match: re.Match[str], before: str) -> Check | None:
    rel, after = (match["rel"] or ""), (match["after"] or "")
    if not rel and _TOOK.search(before):  # "you said nothing in 300 words" sets no limit
        return None
    unit, amount = match["unit"], number(match["n"])
    noun = _LIMITS[unit][0]
    if amount == 0:  # no reply at all
        return None
    if not rel and not after and re.search(r"few|couple", match["n"]):  # "capitalise a few words"
        return None
    if not rel and not after and re.search(r"\b(?:the|this|that|your|my|first|last)\s*$", before):
        return None
    if rel in ("about", "around", "roughly", "approximately") and unit == "word":
        return check("words_between", low=int(0.8 * amount), high=int(1.2 * amount))
    if rel in ("exactly", "precisely") and unit != "paragraph":
        return check(f"{noun}_between", low=amount, high=amount)
    if re.search(r"\b(?:at least|no less|no fewer|min)", rel + after) or "more" in after:
        return check(f"min_{noun}", n=amount)
    if rel in ("more than", "over", "longer than"):
        inverse = re.search(r"\b(?:not?|never|don't|do not|isn't)\b", before)
        return check(f"max_{noun}", n=amount) if inverse else check(f"min_{noun}", n=amount + 1)
    if rel in ("under", "below", "less than", "fewer than"):
        return check(f"max_{noun}", n=max(1, amount - 1))
    if unit == "sentence" and match["short"]:
        return check("within", sentences=amount, words=SHORT_SENTENCE * amount)
    return check(f"max_{noun}", n=amount)


def _shorter(match: re.Match[str], scene: Scene) -> Iterator[Finding]:
    before, said = scene.text[: match.start()], match.group()
    calm = re.search(
        r"\b(?:it|that|this)(?:'s| is| was| isn't| wasn't)\b(?:.* )?(?:not )?$", before
    )
    if calm and re.search(r"\bnot |n't ", before) and said.startswith(("too", "way")):
        yield _fine(match)
        return
    if re.search(r"\b(?:no|not|never|don't|do not)\b(?: \w+)?\s*$", before) and "short" in said:
        yield _longer(match, scene)
        return
    complaint = (
        bool(re.search(r"\btoo\b|wall|wind|word|verb|rambl|long|point", said)) and "not" not in said
    )
    ratio = 0.7
    if match["much"] or match["more"] or "wall" in said or " lot " in before:
        ratio = 0.5
    elif re.search(r"\b(?:a (?:tiny |little )?bit|slightly|a little|somewhat)\s*$", before):
        ratio = 0.85
    if not complaint and "shorter" not in said and scene.standing:
        yield ask_for(check("max_words", n=BRIEF), match, "length", "less")
        return
    words = max(20.0, ratio * word_count(scene.whole))
    lasting = check("max_words", n=_round(words if complaint else min(BRIEF, words)))
    relative = check("shorter_than_before", ratio=_of_whole(ratio, scene))
    found = ask_for(relative, match, "length", "less", polarity=-1 if complaint else 0)
    yield replace(found, effect=_shorter_words(ratio), standing=lasting)


def _longer(match: re.Match[str], scene: Scene) -> Finding:
    said = match.group()
    detail = bool(re.search(r"detail|depth", said))
    ratio = 1.5 if match.groupdict().get("much") else 1.2 if detail else 1.3
    lasting = check("min_words", n=_round(max(20.0, ratio * word_count(scene.whole))))
    found = ask_for(
        check("longer_than_before", ratio=ratio),
        match,
        "detail_examples" if detail else "length",
        "more",
        polarity=-1 if re.search(r"\btoo\b|\bnot\b|\bmore\b", said) else 0,
    )
    return replace(
        found, effect="give more detail" if detail else "make it longer", standing=lasting
    )


def _fine(match: re.Match[str]) -> Finding:
    return Finding(
        "praise", "length", "keep", "keep the length", *match.span(), polarity=1, sure=0.65
    )


def _of_whole(ratio: float, scene: Scene) -> float:
    """A marked part made shorter by `ratio` makes the whole shorter by less."""
    total = word_count(scene.whole)
    share = word_count(scene.reply) / total if total else 1.0
    return round(1 - (1 - ratio) * share, 2)


def _shorter_words(ratio: float) -> str:
    if ratio == 0.5:
        return "make it much shorter, at most half as long"
    return "make it a little shorter" if ratio > 0.8 else "make it shorter"


def _round(words: float) -> float:
    return float(5 * round(words / 5))
