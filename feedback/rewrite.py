"""Rewriters for surface checks, the inverse of what they look for; deterministic, no model.

Adds no words but the person's own. A rewriting that its check does not pass is given up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from data.checks import registry
from data.checks.format import BOLD, EMOJI, EXCLAMATION
from data.checks.kind import Args, number, words
from data.checks.units import (
    HEADING_LINE,
    LIST_LINE,
    code_blocks,
    paragraphs,
    sentences,
    without_code,
    word_count,
)
from data.types import Check
from feedback import rewording
from feedback.tidying import CLOSING, END_MARKS, Rewriter, closed, tidy, without

# Opening words that lose their capital inside a sentence.
_MID_SENTENCE = re.compile(
    r"(?:An?|All|And|As|At|Because|By|Each|For|From|Here|How|If|In|Its?|Many|Most|On|One|Our|He|She"
    r"|So|Some|Such|That|The|Their|There|These|They|This|To|We|What|When|While|With|You|Your)\b"
)
_LEAST_WORDS = 3  # of a cut clause: less is no answer


def rewrite(check: Check, text: str, *, before: str | None = None) -> str | None:
    """The text changed so that the check passes, or None where no rewriter brings that about.

    Refusal for an unknown check, and for a comparison without `before`.
    """
    if registry.passes(check, text, before=before):
        return text
    table = _INVERSE if check.negate else _DIRECT
    change = table.get(check.name)
    changed = change(dict(check.args), text, before or "") if change else None
    if changed is None or not changed.strip():
        return None
    neat = changed.strip()
    return neat if registry.passes(check, neat, before=before) else None


def _pieces(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


def _first_sentences(text: str, n: int) -> str | None:
    places = sentences(text)
    return closed(text[: places[n - 1][1]]) if 0 < n <= len(places) else None


def _at_most_words(text: str, n: int) -> str | None:
    """Whole sentences as long as they fit; of a first one that does not, a whole clause."""
    best = 0
    for _, end in sentences(text):
        if word_count(text[:end]) > n:
            break
        best = end
    if best:
        return closed(text[:best])
    places = sentences(text)
    return _clause(text[slice(*places[0])], n) if places else None


def _clause(sentence: str, n: int) -> str | None:
    breaks = re.finditer(
        r"[,;:]\s|\s[–—-]\s|\s\(|\s(?=(?:and|but|because|which|while|so|when|where|who|with)\s)",
        sentence,
    )
    fitting = [
        sentence[: m.start()]
        for m in breaks
        if _LEAST_WORDS <= word_count(sentence[: m.start()]) <= n
    ]
    return closed(fitting[-1]) if fitting else None


def _max_words(args: Args, text: str, _before: str) -> str | None:
    return _at_most_words(text, int(number(args, "n")))


def _max_sentences(args: Args, text: str, _before: str) -> str | None:
    return _first_sentences(text, int(number(args, "n")))


def _within(args: Args, text: str, _before: str) -> str | None:
    few = _first_sentences(text, int(number(args, "sentences"))) or text
    return _at_most_words(few, int(number(args, "words")))


def _shorter(args: Args, text: str, before: str) -> str | None:
    return _at_most_words(text, int(number(args, "ratio") * word_count(before)))


def _max_paragraphs(args: Args, text: str, _before: str) -> str | None:
    n = int(number(args, "n"))
    parts = [text[a:b] for a, b in paragraphs(text)]
    if n < 1 or any(LIST_LINE.search(part) for part in parts):
        return "\n\n".join(parts[:n]) if n >= 1 else None
    return "\n\n".join([*parts[: n - 1], " ".join(parts[n - 1 :])])


def _start(args: Args, text: str, _before: str) -> str:
    head, body = words(args, "text").strip(), text.lstrip()
    if LIST_LINE.match(body) or HEADING_LINE.match(body):
        return f"{head.rstrip(',:;')}:\n\n{body}"
    if head[-1:] in tuple(END_MARKS + ",:;"):
        return f"{head} {body}"
    if len(head.split()) > 2:
        return f"{head}. {body}"
    # A word or two opens the sentence: a reply that had to be one sentence still is.
    if _MID_SENTENCE.match(body):
        body = body[:1].lower() + body[1:]
    return f"{head}, {body}"


def _no_start(args: Args, text: str, _before: str) -> str:
    head = re.escape(words(args, "text").strip())
    return _capital(re.sub(rf"^\W*{head}[\s,.:;!–—-]*", "", text, flags=re.I))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _no_end(args: Args, text: str, _before: str) -> str:
    tail = words(args, "text").strip()
    if re.fullmatch(r"\W", tail):
        other = "" if tail == "." else "."
        return text.rstrip(CLOSING).rstrip(tail) + other
    cut = re.sub(rf"{re.escape(tail)}[\s.!]*$", "", text.rstrip(), flags=re.I)
    return closed(cut)


def _end_in_question(_args: Args, text: str, _before: str) -> str | None:
    """Ends where the text itself asks its last question, if that keeps most of it."""
    places = [
        end for start, end in sentences(text) if text[start:end].rstrip(CLOSING).endswith("?")
    ]
    if not places or places[-1] < 0.5 * len(text):
        return None
    return text[: places[-1]]


def _without_last_questions(_args: Args, text: str, _before: str) -> str:
    end = len(text)
    for start, stop in reversed(sentences(text)):
        if not text[start:stop].rstrip(CLOSING).endswith("?"):
            break
        end = start
    return text[:end]


def _fewer_questions(args: Args, text: str, _before: str) -> str:
    left = int(number(args, "n"))
    return without(text, lambda s: "?" in s, spare=left)


def _bullets(args: Args, text: str, _before: str) -> str | None:
    return _listed(text, int(number(args, "min")), lambda _: "- ")


def _numbered(args: Args, text: str, _before: str) -> str | None:
    return _listed(text, int(number(args, "min")), lambda place: f"{place}. ")


def _listed(text: str, least: int, mark: Callable[[int], str]) -> str | None:
    if code_blocks(text):
        return None
    pieces = _pieces(text)
    lead = pieces[0] if pieces and pieces[0].endswith(":") else ""
    points = [" ".join(piece.split()) for piece in (pieces[1:] if lead else pieces)]
    if len(points) < max(1, least):
        return None
    rows = [mark(place) + point for place, point in enumerate(points, start=1)]
    return "\n".join(([lead, ""] if lead else []) + rows)


def _unlisted(_args: Args, text: str, _before: str) -> str:
    rows: list[str] = []
    inside = False
    for line in text.split("\n"):
        if LIST_LINE.match(line):
            point = closed(re.sub(r"^\s+", "", LIST_LINE.sub("", line)))
            if rows and rows[-1].strip():
                rows[-1] = f"{rows[-1].rstrip()} {_capital(point)}"
            else:
                rows.append(_capital(point))
            inside = True
        elif not line.strip() and (inside or (rows and rows[-1].endswith(":"))):
            continue
        else:
            inside = False
            rows.append(line)
    return "\n".join(rows)


def _no_headings(_args: Args, text: str, _before: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", HEADING_LINE.sub("", text))


def _plain(args: Args, text: str, before: str) -> str:
    bare = BOLD.sub(lambda m: m.group()[2:-2], _no_headings(args, text, before))
    return _unlisted(args, re.sub(r"```\w*\n?|`", "", bare), before)


def _no_emoji(_args: Args, text: str, _before: str) -> str:
    return _spaced(EMOJI.sub("", text))


def _fewer_emoji(args: Args, text: str, _before: str) -> str:
    left = int(number(args, "n"))
    found = list(EMOJI.finditer(text))[left:]
    for match in reversed(found):
        text = text[: match.start()] + text[match.end() :]
    return _spaced(text)


def _spaced(text: str) -> str:
    text = re.sub(r"[ \t]{2,}", " ", text)
    return re.sub(r"[ \t]+([,.!?]|$)", r"\1", text, flags=re.M)


def _no_comma(_args: Args, text: str, _before: str) -> str:
    """Two main clauses become two sentences; every other comma just goes. Numbers stay whole."""
    text = re.sub(r",\s+(and|or|but|nor|yet|so)\b", r" \1", text)
    text = re.sub(
        r",\s+(it|he|she|they|we|you|this|that|there|these|those)\b(?=\s+\w)",
        lambda m: ". " + m.group(1).capitalize(),
        text,
    )
    return re.sub(r"(?<!\d)[,،、，]|[,،、，](?!\d)", "", text)


def _calm(_args: Args, text: str, _before: str) -> str:
    text = re.sub(r"[!！]+(?=[?？])|(?<=[?？])[!！]+", "", text)
    return EXCLAMATION.sub(".", re.sub(r"([!！])\1+", r"\1", text))


def _loud(args: Args, text: str, before: str) -> str | None:
    return rewording.end({"text": "!"}, text, before) if text.rstrip(CLOSING)[-1:] != "?" else None


def _sentence_case(_args: Args, text: str, _before: str) -> str:
    lowered = text.lower() if text.upper() == text else text
    return re.sub(r"(^|[.!?]\s+|\n\s*)(\w)", lambda m: m.group(1) + m.group(2).upper(), lowered)


def _no_apology(_args: Args, text: str, _before: str) -> str:
    sorry = Check("no_apology")
    return without(text, lambda s: not registry.passes(sorry, s))


def _only_code(_args: Args, text: str, _before: str) -> str | None:
    return "\n\n".join(text[a:b] for a, b in code_blocks(text)) or None


def _only_json(_args: Args, text: str, _before: str) -> str | None:
    found = re.search(r"```(?:json)?\s*\n(.*?)```", text, re.S)
    if found:
        return found.group(1)
    bare = re.search(r"[\[{].*[\]}]", without_code(text), re.S)
    return bare.group() if bare else None


def _quoted(_args: Args, text: str, _before: str) -> str:
    inner = re.sub(r"[\"“”]", "'", text.strip())
    return f'"{inner}"'


def _cut_part(args: Args, text: str, _before: str) -> str | None:
    part = words(args, "text")
    return tidy(text.replace(part, " ")) if part in text else None


def _drop_between(unit: str) -> Rewriter:
    def change(args: Args, text: str, _before: str) -> str | None:
        high = int(number(args, "high"))
        if unit == "paragraphs":
            return _max_paragraphs({"n": high}, text, _before)
        return _at_most_words(text, high) if unit == "words" else _first_sentences(text, high)

    return change


_DIRECT: Mapping[str, Rewriter] = {
    **rewording.DIRECT,
    "max_words": _max_words,
    "words_between": _drop_between("words"),
    "max_sentences": _max_sentences,
    "sentences_between": _drop_between("sentences"),
    "paragraphs_between": _drop_between("paragraphs"),
    "within": _within,
    "shorter_than_before": _shorter,
    "max_paragraphs": _max_paragraphs,
    "starts_with": _start,
    "ends_with_question": _end_in_question,
    "question_count": _fewer_questions,
    "bullets": _bullets,
    "numbered_list": _numbered,
    "no_bullets": _unlisted,
    "no_headings": _no_headings,
    "no_markdown": _plain,
    "no_emoji": _no_emoji,
    "max_emoji": _fewer_emoji,
    "no_comma": _no_comma,
    "no_exclamation": _calm,
    "has_exclamation": _loud,
    "lowercase": lambda _a, text, _b: text.lower(),
    "uppercase": lambda _a, text, _b: text.upper(),
    "no_apology": _no_apology,
    "code_only": _only_code,
    "json_only": _only_json,
    "quotation": _quoted,
}
_INVERSE: Mapping[str, Rewriter] = {
    **rewording.INVERSE,
    "starts_with": _no_start,
    "ends_with": _no_end,
    "ends_with_question": _without_last_questions,
    "bullets": _unlisted,
    "numbered_list": _unlisted,
    "headings": _no_headings,
    "has_emoji": _no_emoji,
    "has_exclamation": _calm,
    "bullet_count": _unlisted,
    "highlights": lambda _a, text, _b: re.sub(r"(\*\*|__|\*)(?=\S)([^*\n]+?)\1", r"\2", text),
    "has_bold": lambda _a, text, _b: BOLD.sub(lambda m: m.group()[2:-2], text),
    "lowercase": _sentence_case,
    "uppercase": _sentence_case,
    "quotation": lambda _a, text, _b: text.strip().strip("\"“”«»„'"),
    "kept": _cut_part,
}
