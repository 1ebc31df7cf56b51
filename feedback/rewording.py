"""Rewriters for checks of wording, voice, spelling and parts: what rewrite.py has no room for.

Whole sentences go where a missing word would leave a broken one. Adds no words but the person's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from data.checks import parts, registry, spelling, voice
from data.checks.kind import Args, number, words
from data.checks.marks import BRACKETS, DASH, LINK, SEMICOLON
from data.checks.units import BULLET_LINE, lines, paragraphs, sentences, word_count
from data.checks.words import whole_word
from data.types import Check
from feedback.tidying import CLOSING, END_MARKS, Rewriter, closed, tidy, without

_LEFT = 0.5  # of the words: a rewriting that drops more says something else; an estimate
_FRAME = 0.3  # the same where only the frame of an answer goes: praise, offers; an estimate
# Words that a sentence can lose and stay whole.
_LOOSE = re.compile(
    r"(?:[a-z]+ly|very|just|quite|rather|too|also|even|so|perhaps|maybe|sure|well|of course|indeed"
    r"|however|therefore|thus|hence|moreover|furthermore|in fact|in addition|for example"
    r"|for instance|as well|still|yet|always|often|sometimes|please|oh|wow|great|basically"
    r"|certainly|absolutely|kind of|sort of|you know|i think|i mean|to be honest|in order)",
    re.I,
)
# "That" after these only joins two clauses: without it the sentence stays whole.
_JOINED = re.compile(
    r"\b(?:say|says|said|think|thinks|thought|know|knows|knew|believe|believes"
    r"|believed|mean|means|meant|feel|feels|felt|hope|hopes|hoped|sure|show|shows|showed|found"
    r"|find|finds|told|tell|tells|suggest|suggests|notice|noticed|see|sees|saw|so|ensure|ensures"
    r"|glad|happy|aware|note) that (?=(?:i|you|he|she|it|we|they|the|a|an|this|these|those|there"
    r"|my|your|his|her|its|our|their|some|most|all|many)\b)",
    re.I,
)
_SIGN_OFF = re.compile(
    r"(?:(?:best|kind|warm|many|with)(?:est)? )*(?:regards|wishes|thanks)\b|best\b|sincerely\b"
    r"|cheers\b|yours(?: \w+)?\b|love\b|take care\b|thanks\b|thank you\b|respectfully\b|all"
    r" the best"
    r"|cordially\b|(?:viele|beste|liebe|herzliche|freundliche[n]?|mit freundlichen) gr(?:ü"
    r"|ue)(?:ß|ss)e"
    r"|cordialement|bien à vous|saludos|atentamente|cordiali saluti|atenciosamente",
    re.I,
)
_SHORT_LINE = 6  # words of a line of leave-taking or of the name under it


def forbidden(args: Args, text: str, _before: str) -> str | None:
    """Without the word: taken out where the sentence stays whole, else with its sentence."""
    word = words(args, "word").strip()
    if not re.search(r"\w", word):
        return tidy(whole_word(word).sub("", text))
    if word.casefold() == "that":
        text = _JOINED.sub(lambda m: m.group()[: -len("that ")], text)
    elif _LOOSE.fullmatch(word):
        return tidy(whole_word(word).sub("", text))
    left = without(text, lambda s: whole_word(word).search(s) is not None)
    return left if word_count(left) >= _LEFT * word_count(text) else None


def end(args: Args, text: str, _before: str) -> str:
    """With the ending. Leave-taking replaces the one that stands there, and none stands twice."""
    tail = words(args, "text").strip()
    body = text.rstrip()
    if re.fullmatch(r"\W", tail):
        return re.sub(rf"[{re.escape(END_MARKS)},;:]+$", "", body.rstrip(CLOSING)) + tail
    body = _until(tail, body)
    if _SIGN_OFF.match(tail):
        body = _without_sign_off(body)
    if not body.strip():
        return tail
    return f"{closed(body)}\n\n{tail}" if "\n" in text.strip() else f"{closed(body)} {tail}"


def _until(tail: str, body: str) -> str:
    """The text before the ending, if the ending stands near its end already."""
    found = [*whole_word(tail).finditer(body)]
    if found and word_count(body[found[-1].end() :]) <= _SHORT_LINE:
        return body[: found[-1].start()].rstrip(" \t\n*_")
    return body


def _without_sign_off(body: str) -> str:
    """Without a last line or two of leave-taking and name."""
    rows = body.split("\n")
    for place in range(len(rows) - 1, max(-1, len(rows) - 5), -1):
        row = rows[place].strip(" *_")
        if _SIGN_OFF.match(row) and word_count(row) <= _SHORT_LINE:
            return "\n".join(rows[:place]).rstrip()
        if row and word_count(row) > _SHORT_LINE:
            break
    last = sentences(body)[-1:]
    if len(sentences(body)) > 1 and last:
        a, b = last[0]
        piece = body[a:b]
        if _SIGN_OFF.match(piece) and word_count(piece) <= _SHORT_LINE:
            return body[:a].rstrip()
    return body


def _postscript(args: Args, text: str, _before: str) -> str | None:
    """No text of one's own is made up: only a mark that differs is put right."""
    found = re.search(r"(?im)^[ \t*_]*(?:p\.?\s?){1,3}s\b[.:]*[ \t]*(?=\S)", text)
    mark = words(args, "text").strip()
    return f"{text[: found.start()]}{mark} {text[found.end() :]}" if found else None


def _no_postscript(args: Args, text: str, _before: str) -> str:
    places = parts.postscript(words(args, "text"), text)
    return text[: places[0][0]] if places else text


def _no_placeholders(_args: Args, text: str, _before: str) -> str | None:
    left = without(text, lambda s: bool(parts.placeholders(s)))
    return left if word_count(left) >= _LEFT * word_count(text) else None


def _repeat(args: Args, text: str, _before: str) -> str:
    return f"{words(args, 'text').strip()}\n\n{text.lstrip()}"


def _not_repeated(args: Args, text: str, _before: str) -> str:
    return text.lstrip()[len(words(args, "text").strip()) :]


def _open_paragraph(args: Args, text: str, _before: str) -> str | None:
    n, places = int(number(args, "n")), paragraphs(text)
    at = n - 1 if n > 0 else n + len(places)
    if not 0 <= at < len(places):
        return None
    start, word = places[at][0], words(args, "word").strip()
    return f"{text[:start]}{word[:1].upper()}{word[1:]}: {text[start:]}"


def _one_reply(_args: Args, text: str, _before: str) -> str | None:
    pieces = parts.replies(text)
    return pieces[0] if pieces else None


def _fewer_bullets(args: Args, text: str, _before: str) -> str | None:
    places, n = lines(text, BULLET_LINE), int(number(args, "n"))
    if len(places) < n or n < 1:
        return None
    for a, b in reversed(places[n:]):
        text = text[:a] + text[b:].removeprefix("\n")
    return text


def _split_clauses(_args: Args, text: str, _before: str) -> str:
    return re.sub(r"\s*[;；]\s*(\w)", lambda m: ". " + m.group(1).upper(), SEMICOLON.sub(";", text))


def _no_dash(_args: Args, text: str, _before: str) -> str:
    """An aside between two dashes and a clause after one stand between commas."""
    return re.sub(r",\s*(?=[,.;:!?])", "", DASH.sub(", ", re.sub(r"[ \t]*[—―][ \t]*", "—", text)))


def _no_brackets(_args: Args, text: str, _before: str) -> str:
    return tidy(BRACKETS.sub("", text))


def _no_links(_args: Args, text: str, _before: str) -> str:
    named = re.sub(r"\[([^\]\n]+)\]\([^)\s]+\)", r"\1", text)
    return tidy(LINK.sub("", named))


_LONG = {
    "won't": "will not", "can't": "cannot", "shan't": "shall not", "let's": "let us",
    "gonna": "going to", "wanna": "want to", "gotta": "have to", "y'all": "you all",
    "i'm": "I am",
}  # fmt: skip
_ENDINGS = (("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'m", " am"))


def _no_contractions(_args: Args, text: str, _before: str) -> str:
    return voice.CONTRACTION.sub(lambda m: _long(m.group(), text[m.end() :]), text)


def _long(short: str, rest: str) -> str:
    plain = short.replace("’", "'")
    full = _LONG.get(plain.casefold())
    if full is None:
        for ending, said in _ENDINGS:
            if plain.casefold().endswith(ending):
                return plain[: -len(ending)] + said
        past = re.match(r"\s+(?:been|got|had|become|done|gone|made|\w+ed)\b", rest)
        if plain.casefold().endswith("'s"):
            return plain[:-2] + (" has" if past else " is")
        return plain[:-2] + (" had" if past else " would")
    return full[:1].upper() + full[1:] if plain[0].isupper() else full


def _dropped(name: str) -> Rewriter:
    check = Check(name)

    def change(_args: Args, text: str, _before: str) -> str | None:
        left = without(text, lambda s: not registry.passes(check, s))
        return left if word_count(left) >= _FRAME * word_count(text) else None

    return change


def _direct(_args: Args, text: str, _before: str) -> str:
    for _ in range(3):
        text = voice.FILLER.sub("", text, count=1)
    return text[:1].upper() + text[1:]


def _spelling(args: Args, text: str, _before: str) -> str:
    return spelling.swap(text, words(args, "code"))


def _digits(_args: Args, text: str, _before: str) -> str:
    for a, b in reversed(spelling.number_words(text)):
        text = f"{text[:a]}{spelling.value(text[a:b])}{text[b:]}"
    return text


def _spelled(_args: Args, text: str, _before: str) -> str:
    for a, b in reversed(spelling.small_digits(text)):
        said = spelling.spelled(int(text[a:b]))
        first = not text[:a].strip() or text[:a].rstrip()[-1:] in tuple(END_MARKS)
        text = f"{text[:a]}{said.capitalize() if first else said}{text[b:]}"
    return text


def _titled(_args: Args, text: str, _before: str) -> str:
    found = Check("title_case")
    for span in reversed(registry.evidence(found, text)):
        if span.start is not None:
            text = text[: span.start] + text[span.start].upper() + text[span.start + 1 :]
    return text


DIRECT: Mapping[str, Rewriter] = {
    "forbids": forbidden,
    "ends_with": end,
    "postscript": _postscript,
    "repeats": _repeat,
    "paragraph_opens": _open_paragraph,
    "bullet_count": _fewer_bullets,
    "no_semicolon": _split_clauses,
    "no_dash": _no_dash,
    "no_brackets": _no_brackets,
    "no_links": _no_links,
    "no_contractions": _no_contractions,
    "no_flattery": _dropped("no_flattery"),
    "no_closing_offer": _dropped("no_closing_offer"),
    "no_machine_talk": _dropped("no_machine_talk"),
    "no_filler_opening": _direct,
    "spelling": _spelling,
    "numbers_as_digits": _digits,
    "numbers_as_words": _spelled,
    "title_case": _titled,
}
INVERSE: Mapping[str, Rewriter] = {
    "contains": forbidden,
    "postscript": _no_postscript,
    "placeholders": _no_placeholders,
    "repeats": _not_repeated,
    "two_responses": _one_reply,
}
