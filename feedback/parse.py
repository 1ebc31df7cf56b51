"""Critique -> wishes: clauses, then rules, then the check run on the criticised reply, then labels.

Knows no store and no model; trained heads come in as `label`. Every quote is letter for letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from data.checks import registry
from data.types import Aim, Check, Label, Mark, Reach, Route, Span, Thumb, Wish, WishKind
from feedback import (
    acts,
    agreeing,
    anchor,
    aspects,
    certainty,
    clauses,
    constraints,
    cues,
    joining,
    labels,
    limits,
    looks,
    moods,
    reading,
    sarcasm,
    wording,
)
from feedback.clauses import Clause, Prepared
from feedback.findings import Finding, check
from feedback.reading import Given, Read
from feedback.stated import Constraint

PARSER = "rules-1"
MOST_WISHES = 12  # of one critique
_SNIDE = 0.3
_POINTS_BACK = re.compile(
    r"\b(?:cut|drop|delete|remove|keep|change|rewrite|touch|move) (?:it|that|them)\b"
)

_MARKS = "\"'`“”„«»\u2039\u203a\u201a「」『』\uff02"
_SMALL_TALK = re.compile(
    r"^(?:ok(?:ay)?|hi|hey|hello|hm+|lol|haha+|yes|yeah|yep|sure|right|well|oh|ah|so|and|but"
    r"|please|bye"
    r"|good (?:morning|evening|night)|i see|got it|wow|huh|alright|test)[\s.!?,]*$"
)
_STANDS: tuple[WishKind, ...] = ("style", "content", "fact", "once", "meta", "process")


# The words were meant for somebody else, or nobody: whatever they ask for is no critique.
_SLIP = re.compile(
    r"\b(?:wrong|other|another) (?:chat|window|tab|thread|person|conversation)\b|\bmeant for"
    r" (?:my|someone|somebody"
    r"|another)\b.*\b(?:window|chat|friend|brother|sister|wife|husband)\b|\b(?:cat|kid|dog|baby)"
    r" (?:just )?(?:sat|walked)"
    r" (?:on|over|across) the keyboard\b|\bequivoqué de (?:ventana|chat)\b|\bfalsche[sn]?"
    r" (?:fenster|chat)\b"
    r"|\bmauvaise (?:fenêtre|conversation)\b|\bfinestra sbagliata\b|\bjanela errada\b"
    r"|发错(?:了|人|地方)"
)


def parse(
    text: str,
    *,
    reply: str,
    span: Span | None = None,
    mark: Mark | None = None,
    thumb: Thumb | None = None,
    label: Label | None = None,
    request: str = "",
) -> tuple[Wish, ...]:
    """The wishes of a critique about a reply, numbered from 1; none where it asks for nothing.

    `span` is the marked part of the reply. `label` gives probabilities under "kind=style",
    "polarity=-1" and "aspect=tone". `request` tells claims about the person's own task from others.
    Ids and the critique's id are left empty.
    """
    prepared = clauses.prepare(text)
    if _SLIP.search(prepared.masked):
        return ()
    given = Given(reply, span, mark, thumb, request)
    wishes: list[Wish] = []
    spoke = False  # whether the clause before asked for something
    stated = constraints.within(
        prepared.masked[: clauses.LONGEST], prepared.plain[: clauses.LONGEST]
    )
    for clause in clauses.split(prepared):
        read = reading.of(prepared, clause, given)
        lauded = bool(wishes) and wishes[-1].kind == "praise"
        found = joining.without_doubles(_findings(read, mark, stated, clause.start, lauded))
        for finding in found:
            earlier = wishes[-1].target if wishes else None
            target, how = _target(finding, read, prepared, clause, given, earlier)
            quote = _quote(finding, read, prepared, clause, found)
            whole = replace(finding, effect=_effect(finding.effect, prepared, clause))
            wish = _wish(whole, read, quote, target, how, given)
            wish = joining.inherited(wish, wishes, read.text)
            alone = spoke and len(found) == 1
            if alone and joining.completes(wishes[-1], wish, read.text, clause):
                wishes[-1] = joining.joined(wishes[-1], wish, text)
            else:
                wishes.append(wish)
        spoke = bool(found)
    kept = joining.without_repeats(wishes)
    if label is not None and kept:
        kept = labels.average(kept, label([w.quote.quote for w in kept]))
    kept = [w for w in kept if w.kind != "none"][:MOST_WISHES]
    if prepared.pasted:  # where the pasted words end is told by their form, so what lasts is asked
        kept = [replace(w, route="ask") if w.reach in ("topic", "always") else w for w in kept]
    return tuple(replace(w, number=i) for i, w in enumerate(kept, start=1))


def _findings(
    read: Read, mark: Mark | None, stated: Sequence[Constraint], start: int, lauded: bool
) -> list[Finding]:
    """Acts first, then form, then the person's own words by their mood and aspect."""
    scene = read.scene
    bare = scene.text.strip(f" .!?,\n{cues.HOLE}")
    if not bare or _SMALL_TALK.match(bare) or cues.lasting(bare):
        return []
    found = _read_by_rules(read, mark, stated, start)
    if lauded:
        found = _after_praise(read, found)
    if not read.own:
        return found
    plainly, first = (wording.in_own_words(words) for words in (scene.plain, read.own))
    return [replace(f, effect=first) if f.effect == plainly else f for f in found]


def _read_by_rules(
    read: Read, mark: Mark | None, stated: Sequence[Constraint], start: int
) -> list[Finding]:
    scene = read.scene
    act = acts.find(scene, asked=read.asked)
    if act is not None:
        extra = list(looks.find(scene)) if act.kind == "once" else []
        if extra:
            act = replace(act, check=extra[0].check, aspect=agreeing.aspect(extra[0], scene.text))
        return [act]
    found = _formal(read, stated, start)
    if not found:
        wanted = acts.want(scene, asked=read.asked)
        found = [wanted if wanted is not None else _unknown(read, mark)]
    return [agreeing.settled(f, scene.text) for f in found]


def _formal(read: Read, stated: Sequence[Constraint], start: int) -> list[Finding]:
    """What the rules of form read; a question about a part of the reply asks for no form."""
    scene = read.scene
    if read.asked and moods.of(scene.text, asked=True) == "question":
        return []
    if read.foreign or read.turned:
        stated, start = constraints.within(scene.text, scene.plain), 0
    bounds = list(limits.find(scene))
    # Exact constraints first, but for two bounds that one check looks at together.
    joined = [b for b in bounds if b.check is not None and b.check.name == "within"]
    exact = constraints.find(scene, stated, start)
    better = constraints.covered(stated)
    looser = [
        f
        for f in (*looks.find(scene), *wording.find(scene))
        if f.check is None or f.check.name not in better
    ]
    return [*joined, *exact, *(b for b in bounds if b not in joined), *looser]


def _unknown(read: Read, mark: Mark | None) -> Finding:
    """Words that no rule knows: a mark says what they are, else only heads can tell."""
    said = " ".join(read.scene.plain.split())
    end = len(read.scene.text)
    if mark == "question":
        return Finding("clarify", "other", "none", said, 0, end, sure=0.5)
    if mark == "keep":
        return Finding("praise", "other", "keep", "keep it as it is", 0, end, polarity=1, sure=0.6)
    if mark is not None or read.scene.reply != read.scene.whole or read.strange:
        return Finding("content", "other", "rewrite", said, 0, end, sure=0.4)
    return Finding("none", "other", "none", said, 0, end, sure=0.3)


_NOT_TOO = re.compile(r"not (?:too|overly|so) [a-z]+$")


def _after_praise(read: Read, found: list[Finding]) -> list[Finding]:
    """What stands against praise complains, however it is said; what goes on with it praises."""
    if read.joint in ("and", "comma") and _NOT_TOO.match(read.text):
        kept = "keep the length" if found[0].aspect == "length" else "keep it as it is"
        return [
            replace(f, kind="praise", op="keep", effect=kept, polarity=1, check=None, standing=None)
            for f in found[:1]
        ]
    if read.joint == "save":
        seen = [replace(f, polarity=-1) for f in found if f.check is not None]
        return seen or [_shortcoming(read)]
    if read.joint not in ("but", "yet"):
        return found
    empty = all(f.kind in ("none", "praise", "clarify") or f.op == "none" for f in found)
    return [_shortcoming(read)] if empty else found


def _shortcoming(read: Read) -> Finding:
    """What no rule reads and stands against praise: a complaint all the same, and in doubt."""
    said = " ".join(read.said.split()).strip(" .!?,;:")
    out = clauses.MINUS.match(said) if read.joint == "save" else None
    how = "mend this:" if out is None else "leave out" if out["minus"] else "change"
    aspect = aspects.of(read.text, "other", acts.CONTENTS)
    kind: WishKind = "style" if aspect in aspects.STYLE else "content"
    effect = f"{how} {said[out.end() if out else 0 :]}"
    return Finding(kind, aspect, "rewrite", effect, 0, len(read.text), polarity=-1, sure=0.5)


def _wish(
    finding: Finding, read: Read, quote: Span, target: Span | None, how: str, given: Given
) -> Wish:
    finding = _kept_part(finding, target)
    flat = finding.flat or finding.kind == "once"
    strength = cues.strength(read.text, flat=flat, polite=read.polite)
    snide = max(
        0.6 if finding.mocks else sarcasm.doubt(read.around, praise=finding.polarity > 0),
        0.5 if finding.polarity > 0 and given.thumb == "down" else 0.0,
    )
    reach, reach_how = _reach(finding, read)
    on_target = _on_target(finding.check, given.reply)
    sure = finding.sure * (0.5 if _mismatch(finding, on_target) else 1.0)
    sure *= 0.7 if snide >= _SNIDE and finding.polarity > 0 else 1.0
    route: Route = "accept" if sure >= certainty.ENOUGH and snide < _SNIDE else "ask"
    permits = finding.permits
    return Wish(
        id="",
        critique="",
        number=0,
        kind=finding.kind,
        aspect=finding.aspect,
        op=finding.op,
        quote=quote,
        effect=finding.effect,
        aim=_aim(finding, target),
        target=target,
        polarity=finding.polarity,
        slots=_slots(finding, read, how, reach_how, snide),
        reach=reach,
        condition=read.condition if reach in ("topic", "always") else (),
        strength=0.2 if permits else strength,
        check=finding.check,
        check_on_target=on_target,
        claim=finding.claim,
        sure=round(sure, 3),
        route=route,
        parser=PARSER,
    )


def _quote(
    finding: Finding, read: Read, prepared: Prepared, clause: Clause, found: Sequence[Finding]
) -> Span:
    """The clause; of several findings in one clause, the clause up to the end of each."""
    end = clause.end
    first = clause.head if finding is found[0] or len(found) == 1 else clause.start
    if len(found) > 1 and not (read.foreign or read.turned) and finding is not found[-1]:
        end = min(clause.end, clause.start + finding.end)
    start, stop = prepared.place(first, end)
    return registry.span_at(prepared.raw, start, stop)


def _effect(effect: str, prepared: Prepared, clause: Clause) -> str:
    """The effect without long quoted words: they are content, not an instruction."""
    masked = prepared.masked[clause.start : clause.end]
    for match in re.finditer(rf"{cues.HOLE}{{{joining.LONG_QUOTE},}}", masked):
        quoted = prepared.plain[clause.start + match.start() : clause.start + match.end()]
        effect = effect.replace(" ".join(quoted.split()).strip(" .!?,;:"), "the quoted text")
    return effect


def _target(
    finding: Finding,
    read: Read,
    prepared: Prepared,
    clause: Clause,
    given: Given,
    earlier: Span | None,
) -> tuple[Span | None, str]:
    """Marked > quoted words of the reply > a named part > a date, name or number > the whole."""
    if finding.kind in ("process", "meta", "retract") or finding.always:
        return None, "whole"
    if given.span is not None:
        return given.span, "marked"
    whole = prepared.plain[clause.start : clause.end]
    for match in re.finditer(rf"{cues.HOLE}+", prepared.masked[clause.start : clause.end]):
        quoted = anchor.quoted_part(whole[slice(*match.span())].strip(_MARKS), given.reply)
        if quoted is not None:
            return quoted, "quoted"
    whole_reply = finding.check is not None and not registry.relative(finding.check)
    if whole_reply and finding.kind in ("style", "content"):
        return None, "whole"
    part = anchor.named_part(read.scene.text, given.reply)
    if part is None and earlier is not None and _POINTS_BACK.search(read.scene.text):
        return earlier, "nearest"
    return part if part is not None else (None, "whole")


def _kept_part(finding: Finding, target: Span | None) -> Finding:
    """A praised part must be kept and a removed one must go: its words show both."""
    if target is None or finding.check is not None:
        return finding
    if finding.op == "keep":
        return replace(finding, check=check("kept", text=target.quote))
    if finding.op == "remove":
        return replace(finding, check=check("kept", negate=True, text=target.quote))
    return finding


def _aim(finding: Finding, target: Span | None) -> Aim:
    if finding.aim != "whole":
        return finding.aim
    return "span" if target is not None else "whole"


def _reach(finding: Finding, read: Read) -> tuple[Reach, str]:
    if finding.always:
        return "always", "cue"
    if finding.kind not in _STANDS or finding.aspect in ("correctness", "facts_about_me"):
        return "reply", "default"
    complaint = finding.polarity < 0 and not (finding.op == "more" and read.condition)
    if complaint and not read.scene.standing:
        return "reply", "default"
    return cues.reach(read.text, read.sentence, read.condition)


def _on_target(found: Check | None, reply: str) -> bool | None:
    if found is None or not reply.strip():
        return None
    return registry.passes(found, reply, before=reply)


def _mismatch(finding: Finding, on_target: bool | None) -> bool:
    """A complaint's check must fail on the reply, a keep's must pass; an order may do both."""
    if on_target is None or finding.polarity == 0:
        return False
    return on_target if finding.polarity < 0 else not on_target


def _slots(finding: Finding, read: Read, how: str, reach_how: str, snide: float) -> str:
    values: dict[str, object] = dict(finding.slots)
    values |= {"how": how, "scope_how": reach_how, "labels_by": "rules"}
    softened = cues.hedge(read.text)
    if softened:
        values["hedge"] = softened
    if read.exception:
        values["exception"] = read.exception
    if snide:
        values["sarcasm_p"] = snide
    if finding.standing is not None:
        values["standing"] = [finding.standing.name, *map(list, finding.standing.args)]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)
