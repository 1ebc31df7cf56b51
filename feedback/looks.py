"""Rules of format: lists, headings, emoji, case, marks, how a reply starts and ends, its language.

Each noun has the check that wants it and the check that forbids it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.checks.format import emoji
from data.checks.language import NAMES
from data.checks.words import examples
from data.types import Check, Op
from feedback.cues import HOLE, NUMBER, number
from feedback.findings import Finding, Scene, ask_for, check, sense

_Q = rf"{HOLE}+"
_LIST = (
    r"(?<!\bshopping )(?:(?:a|as|as a|in|use|no|any|or|of"
    r"|into a|without|with|more|many) lists?|lists)\b"
)
# noun, aspect, wanted, forbidden; order matters where one noun holds another
_NOUNS: tuple[tuple[str, str, Check | None, Check | None], ...] = (
    (
        r"\b(?:emojis?|emoticons?|smileys?|smiley faces)\b",
        "format",
        check("has_emoji"),
        check("no_emoji"),
    ),
    (
        r"\bnumbered(?: (?:list|steps?|points?|items?))?s?\b|\bnumber (?:the|your|each|them"
        r"|every)\b(?: \w+)?"
        r"|\bnumber(?:ed)? list\b|\bstep[- ]by[- ]step\b|\bnumbered\b",
        "structure",
        check("numbered_list", min=2),
        check("numbered_list", negate=True, min=1),
    ),
    (
        rf"\b(?:(?P<n>{NUMBER}) )?(?:bullet(?:s|ed)?(?:[ -]?(?:points?|lists?|form(?:at)?"
        rf"|items?))?|dot points)\b",
        "structure",
        check("bullets", min=2),
        check("no_bullets"),
    ),
    (_LIST, "structure", check("bullets", min=2), check("no_bullets")),
    (
        r"\b(?:prose|running text|full sentences|paragraph form|in paragraphs|flowing text)\b",
        "structure",
        check("no_bullets"),
        check("bullets", min=2),
    ),
    (
        r"\b(?:sub-?headings?|headings?|headers?|section titles?)\b",
        "structure",
        check("headings", min=2),
        check("no_headings"),
    ),
    (
        r"\b(?:a|as|in|in a|use|no|any|with|without) tables?\b|\btables\b",
        "format",
        check("table"),
        check("table", negate=True),
    ),
    (
        r"\b(?:bold(?:face| text| type| words)?|bolding|bolded)\b",
        "format",
        check("has_bold"),
        check("has_bold", negate=True),
    ),
    (
        r"\b(?:markdown|formatting|asterisks)\b",
        "format",
        check("no_markdown", negate=True),
        check("no_markdown"),
    ),
    (r"\bplain text\b", "format", check("no_markdown"), check("no_markdown", negate=True)),
    (r"\bcommas?\b", "format", None, check("no_comma")),
    (
        r"\bexclamation(?: ?(?:marks?|points?|signs?))?s?\b",
        "format",
        check("has_exclamation"),
        check("no_exclamation"),
    ),
    (
        r"\b(?:all[- ]caps|upper[- ]?case|(?:all )?capitals|in caps|caps|(?:all "
        r"|in )?capital letters)\b",
        "format",
        check("uppercase"),
        check("lowercase"),
    ),
    (
        r"\b(?:lower[- ]?case|small letters)\b",
        "format",
        check("lowercase"),
        check("lowercase", negate=True),
    ),
    (
        r"\b(?:write |give |put |use |spell )?(?:all |the |every |your )?(?:numbers?|amounts"
        r"|figures) (?:\w+ ){0,2}?"
        r"(?:as|in|with|using) (?:digits|numerals|figures|numbers)\b|\buse (?:digits"
        r"|numerals) (?:for|instead of)(?: \w+)?\b",
        "wording",
        check("numbers_as_digits"),
        check("numbers_as_words"),
    ),
    (
        r"\b(?:write |give |put |spell )?(?:all |the |every |your |small )?(?:numbers?"
        r"|digits) (?:out|(?:\w+ ){0,2}?(?:as|in)"
        r" (?:full )?words)\b|\bspell (?:out )?(?:all |the |your )?numbers\b",
        "wording",
        check("numbers_as_words"),
        check("numbers_as_digits"),
    ),
    (
        r"\b(?:em[- ]?dash(?:es)?|en[- ]?dash(?:es)?|dashes|—)(?!\w)",
        "format",
        check("no_dash", negate=True),
        check("no_dash"),
    ),
    (r"\bsemi-?colons?\b", "format", check("no_semicolon", negate=True), check("no_semicolon")),
    (r"\b(?:parenthes[ei]s|round brackets)\b", "format", None, check("no_brackets")),
    (r"\b(?:hyper)?links\b|\burls\b", "format", check("no_links", negate=True), check("no_links")),
    (r"\btitle case\b", "format", check("title_case"), check("title_case", negate=True)),
    (
        r"\bcontractions?\b",
        "wording",
        check("no_contractions", negate=True),
        check("no_contractions"),
    ),
    (r"\b(?:hedg(?:e|es|ing)|maybes|wishy-washy)\b", "tone", None, check("no_hedging")),
    (
        r"\b(?:flatter(?:y|ing)?(?: me)?|prais(?:e|ing) (?:me|my questions?)|compliment(?:s"
        r"|ing)?(?: me| my questions?)?"
        r"|(?:tell|telling) me (?:it's|that it's|my question is|how) (?:a )?(?:great|good))\b",
        "tone",
        None,
        check("no_flattery"),
    ),
    (
        r"\b(?:filler|pre-?ambles?|intro(?:ductory)? phrases?|opening pleasantries|pleasantries)\b",
        "wording",
        None,
        check("no_filler_opening"),
    ),
    (
        r"\b(?:offer(?:s|ing)? (?:of |me )?(?:more |further )?help|closing offers?|(?:asking"
        r"|ask) if i need anything"
        r"(?: else)?|let me know if)\b",
        "interaction",
        None,
        check("no_closing_offer"),
    ),
    (
        r"\b(?:(?:that |saying )?you(?:'re| are) an? (?:ai|language model|assistant)|as an ai)\b",
        "tone",
        None,
        check("no_machine_talk"),
    ),
    (
        r"\bgreetings?\b|\bgreet (?:me|us)\b",
        "structure",
        check("greeting"),
        check("greeting", negate=True),
    ),
    (
        r"\bthird[- ]person\b",
        "wording",
        check("third_person"),
        check("third_person", negate=True),
    ),
    (
        r"\b(?:british|uk) (?:english|spellings?)\b",
        "wording",
        check("spelling", code="gb"),
        check("spelling", code="us"),
    ),
    (
        r"\b(?:american|us) (?:english|spellings?)\b",
        "wording",
        check("spelling", code="us"),
        check("spelling", code="gb"),
    ),
    (
        rf"\b(?:(?:use|using|with|say|to|formal) {HOLE}?(?:sie|vous|usted|lei){HOLE}?(?!\w)"
        rf"|address me formally|formal address)",
        "tone",
        check("formal_address"),
        check("informal_address"),
    ),
    (
        r"\b(?:(?:use|using|with|say) (?:du|tu|tú)(?!\w)|address me informally|informal address)",
        "tone",
        check("informal_address"),
        check("formal_address"),
    ),
    (
        r"\b(?:some |a |concrete |specific |real |actual )?(?:numbers?|figures|statistics|stats"
        r"|digits)\b(?! of)",
        "detail_examples",
        check("has_number"),
        check("has_number", negate=True),
    ),
    (
        rf"\b(?:(?P<n>{NUMBER}) )?(?:an? |another |some |more |concrete |specific |real "
        rf"|any )*(?<!for )examples?\b(?!\s*[:*(]| of a\b)|^for example$",
        "detail_examples",
        check("has_example", n=1),
        check("has_example", negate=True, n=1),
    ),
    (
        r"\b(?:a|add a|no|any|without a|with a|have a|need a|give it a) (?:short )?title\b"
        r"|\btitles\b",
        "structure",
        check("title"),
        check("title", negate=True),
    ),
    (
        r"\bfirst[- ]person\b|\bthe word i\b",
        "wording",
        check("no_first_person", negate=True),
        check("no_first_person"),
    ),
    (r"\b(?:apologi[sz](?:e|ing)|apolog(?:y|ies)|sorry)\b", "tone", None, check("no_apology")),
    (
        r"\b(?:address me|use the word you|use you\b|second person)",
        "wording",
        check("addresses_you"),
        check("addresses_you", negate=True),
    ),
    (
        r"\b(?:just|only|nothing but) (?:the )?code\b|\bcode only\b",
        "format",
        check("code_only"),
        None,
    ),
    (r"\bjson\b", "format", check("json_only"), check("json_only", negate=True)),
    (
        r"\b(?:in|inside|around it|with) (?:double )?(?:quotes|quotation marks)\b",
        "format",
        check("quotation"),
        check("quotation", negate=True),
    ),
)
_TABLE = tuple((re.compile(noun), aspect, yes, no) for noun, aspect, yes, no in _NOUNS)

_END = re.compile(
    r"\b(?:end|ending|ends|finish|finishing|close|closing|conclude|sign(?:ing)? off)\b"
    r"(?: (?!with\b|in\b|on\b|by\b)[\w']+){0,4}? (?:with|in|on|by (?:saying|asking"
    r"|adding))\s+(?P<what>.+)$"
)
_START = re.compile(
    r"\b(?:start|starting|starts|begin|beginning|open|opening|lead)\b"
    r"(?: (?!with\b|by\b)[\w']+){0,4}? (?:with|by (?:saying|asking|adding)?)\s*(?P<what>.+)$"
)
# What a part of the reply begins or ends with is not what the reply does.
_PART = re.compile(r"\b(?:post ?script|paragraphs?|sections?|sentences|bullets?|lines?)\b")
_FINAL_QUESTION = re.compile(
    r"\b(?:a |one )?(?:\w+ )?question (?:mark )?at the (?:very )?end\b|\b(?:final"
    r"|closing) question\b"
)
_QUESTIONS = re.compile(r"\b(?:rhetorical )?questions in (?:the|your) (?:text|reply|answer)\b")
_TONGUES = "|".join(name.lower() for name in NAMES.values())
_LANGUAGE = re.compile(
    rf"\b(?:in|into|to|use|speak)\s+(?P<name>{_TONGUES})\b"
    rf"|^(?:(?:always|only|just) )?(?P<bare>{_TONGUES})[ ,]+(?:always|only|please|every time)\W*$"
    rf"|^(?:always|only|just) (?P<alone>{_TONGUES})$"
)


def find(scene: Scene) -> Iterator[Finding]:
    """Every wish about form that the clause states. What starts or ends a reply is read first."""
    edge = _edges(scene)
    yield from edge
    taken = [(f.start, f.end) for f in edge]
    for pattern, aspect, wanted, forbidden in _TABLE:
        for match in pattern.finditer(scene.text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                found = _noun(match, scene, aspect, wanted, forbidden)
                if found is not None:
                    taken.append(match.span())
                    yield found
    for match in _LANGUAGE.finditer(scene.text):
        code = next(c for c, n in NAMES.items() if n.lower() == match[match.lastgroup or "name"])
        stop = sense(scene.text[: match.start()]) == "stop"
        yield ask_for(check("language", negate=stop, code=code), match, "language", "replace")


def _noun(
    match: re.Match[str], scene: Scene, aspect: str, wanted: Check | None, forbidden: Check | None
) -> Finding | None:
    before, after = scene.text[: match.start()], scene.text[match.end() :]
    if re.match(r"(?:no|without|as|in|use|any|or|with|more|many)\b", match.group()):
        before += match.group().split()[0] + " "
    name = wanted.name if wanted else ""
    match sense(before, after):
        case "stop" if forbidden:
            return ask_for(forbidden, match, aspect, "stop", polarity=_felt(scene.text))
        case "less" if forbidden:
            return ask_for(_fewer(forbidden, scene), match, aspect, "less", polarity=-1)
        case "more" if wanted:
            return ask_for(_more(wanted, scene), match, aspect, "more", polarity=-1)
        case "want" if wanted and name == "bullets" and match.groupdict().get("n"):
            return _counted(match, before, aspect)
        case "want" if name == "has_example" and match.groupdict().get("n"):
            return ask_for(check("has_example", n=number(match["n"])), match, aspect, "add")
        case "want" if wanted:
            return ask_for(wanted, match, aspect, "add")
        case _:
            return None


def _felt(text: str) -> int:
    return -1 if re.search(r"\b(?:hate|dislike|annoying|sick of|tired of)\b", text) else 0


def _fewer(forbidden: Check, scene: Scene) -> Check:
    """Fewer emoji is half as many; of the others code only knows none."""
    if forbidden.name == "no_emoji":
        half = len(emoji(scene.whole)) // 2
        return check("max_emoji", n=half) if half else forbidden
    return forbidden


def _more(wanted: Check, scene: Scene) -> Check:
    if wanted.name == "has_example":
        return check("has_example", n=examples(scene.whole) + 1)
    return wanted


def _counted(match: re.Match[str], before: str, aspect: str) -> Finding:
    n = number(match["n"])
    if re.search(r"\b(?:at most|no more than|max(?:imum)?(?: of)?|up to|only|just)\s*$", before):
        return ask_for(check("bullets", negate=True, min=n + 1), match, aspect, "less")
    return ask_for(check("bullets", min=n), match, aspect, "add")


def _edges(scene: Scene) -> list[Finding]:
    found = []
    for pattern, end in ((_END, True), (_START, False)):
        match = pattern.search(scene.text)
        if match and not _PART.search(scene.text[: match.start("what")]):
            found.append(_edge(match, scene, end=end))
    match = _FINAL_QUESTION.search(scene.text)
    if match and not found:
        stop = sense(scene.text[: match.start()]) == "stop"
        verdict = check("ends_with_question", negate=stop)
        found.append(ask_for(verdict, match, "structure", "stop" if stop else "add"))
    match = _QUESTIONS.search(scene.text)
    if match and sense(scene.text[: match.start()]) in ("stop", "less"):
        found.append(ask_for(check("question_count", n=0), match, "structure", "stop"))
    return found


def _edge(match: re.Match[str], scene: Scene, *, end: bool) -> Finding:
    stop = sense(scene.text[: match.start()]) == "stop" or _bans(scene.text[: match.start()])
    what, where = match["what"].strip(), match.start("what")
    typed = scene.plain[where : match.end()].strip().rstrip(".")
    if end and re.match(r"(?:a |an |one |some )?(?:[\w-]+ ){0,2}?questions?\b(?! mark)", what):
        found: Check | None = check("ends_with_question", negate=stop)
    elif end and re.match(r"(?:a |an )?question marks?\b", what):
        found = check("ends_with_question", negate=stop)
    elif end and re.match(r"(?:an? )?exclamation", what):
        found = check("ends_with", negate=stop, text="!")
    elif end and re.match(r"(?:a )?(?:full stop|period)\b", what):
        found = check("ends_with", negate=stop, text=".")
    else:
        words = quoted_or_named(what, typed)
        name = "ends_with" if end else "starts_with"
        found = check(name, negate=stop, text=words) if words else None
    if found is not None:
        return ask_for(found, match, "structure", "stop" if stop else "add")
    verb = "end" if end else "start"
    effect = f"do not {verb} with {typed}" if stop else f"{verb} with {typed}"
    op: Op = "stop" if stop else "reorder"
    return Finding("style", "structure", op, effect, *match.span(), sure=0.8)


def _bans(before: str) -> bool:
    return bool(re.search(r"\b(?:don't|do not|never|stop|avoid|not|quit)\b[^,]*$", before))


def quoted_or_named(what: str, typed: str) -> str:
    """The words in quotes, or words that begin with a capital: "sign off with Best wishes"."""
    hole = re.match(rf"(?:the (?:word|words|phrase|sentence|line)s? )?({_Q})", what)
    if hole:
        return typed[hole.start(1) : hole.end(1)].strip("\"'`“”„«»「」")
    named = re.match(r"(?:the (?:words?|phrase) (\S.*)|([A-ZÄÖÜ][^,;]{0,60}))$", typed)
    if not named:
        return ""
    return re.sub(r"\s+(?:please|instead)$", "", named.group(1) or named.group(2))
