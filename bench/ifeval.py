"""How well words become checks: ids and arguments on a file of prompts with known instructions.

    python -m bench.ifeval FILE.jsonl [--keys even] [--parse] [--misses]

A row of the file holds `prompt`, `instruction_ids` and `kwargs`, as those of IFEval, M-IFEval and
IFBench do. Ids of another set are unknown here, and every check read from such a prompt counts as
wrong. Prints totals, and only with --misses the prompts behind them. Downloads nothing.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data.types import Check
from feedback import constraints
from feedback.parse import parse

Value = str | int | tuple[str, ...]
_MOST = ("less than", "at most")
_CASES = ("change_case:english_lowercase", "change_case:english_capital")


@dataclass(frozen=True, slots=True)
class Asked:
    """One instruction: its id in IFEval and its arguments in one common form."""

    id: str
    args: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A prompt with the instructions that it is known to hold; `known`: their ids are IFEval's."""

    key: str
    prompt: str
    asked: tuple[Asked, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over rows: ids found, wrong and missed, and found ones with exact arguments."""

    found: int = 0
    wrong: int = 0
    missed: int = 0
    exact: int = 0

    @property
    def f1(self) -> float:
        """Micro-F1 of the ids."""
        return 2 * self.found / max(1, 2 * self.found + self.wrong + self.missed)


def rows(path: Path, keys: str = "all") -> tuple[Row, ...]:
    """The rows of a file; `keys` takes those whose number is odd or even."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        digits = "".join(c for c in str(raw.get("id", raw.get("key", ""))) if c.isdigit())
        if keys != "all" and int(digits or 0) % 2 != (keys == "odd"):
            continue
        ids = raw.get("instruction_ids") or raw["instruction_id_list"]
        short = [_english(one) for one in ids]
        asked = tuple(_gold(i, args) for i, args in zip(short, raw["kwargs"], strict=True))
        known = all(one in _GOLD for one in short)
        found.append(Row(str(raw.get("id", raw.get("key"))), raw["prompt"], asked, known))
    return tuple(found)


def asked_by(checks: Iterable[Check]) -> tuple[Asked, ...]:
    """Checks of one text in the terms of IFEval; a check without such an id keeps its own name."""
    given = list(checks)
    found: list[Asked] = []
    opens = [one for one in given if one.name == "paragraph_opens"]
    for name, id in (("contains", "keywords:existence"), ("forbids", "keywords:forbidden_words")):
        words = [
            str(dict(one.args)["word"]) for one in given if one.name == name and not one.negate
        ]
        words += [
            str(dict(one.args)["word"]) for one in given
            if id.endswith("existence") and one.name == "word_exactly" and dict(one.args)["n"] == 1
        ]  # fmt: skip
        if words:
            found.append(_asked(id, words=tuple(sorted({_plain(word) for word in words}))))
    for one in given:
        found += _terms(one, given, opens)
    cased = any(one.id in _CASES for one in found)
    # "In English and in capitals" is one instruction there, as it is in the other two tongues.
    own = [Asked("language:response_language", (("language", c),)) for c in ("en", "es", "fr")]
    return tuple(one for one in found if not (cased and one in own))


def score(row: Row, given: Sequence[Asked]) -> Score:
    """Compares id by id; of several with one id, those with equal arguments are matched first."""
    wanted = Counter(one.id for one in row.asked)
    had = Counter(one.id for one in given)
    both = wanted & had
    same = Counter(row.asked) & Counter(given)
    return Score(
        found=both.total(),
        wrong=(had - wanted).total(),
        missed=(wanted - had).total(),
        exact=same.total(),
    )


def interval(part: int, whole: int) -> str:
    """A share with its 95 % Wilson interval, in percent."""
    if not whole:
        return "-"
    p, z = part / whole, 1.96
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole**2)) / (1 + z * z / whole)
    return f"{100 * p:.1f} % [{100 * (middle - half):.1f}, {100 * (middle + half):.1f}]"


def main(argv: Sequence[str] | None = None) -> None:
    """Prints the totals of a file."""
    flags = argparse.ArgumentParser(prog="bench.ifeval")
    flags.add_argument("file", type=Path)
    flags.add_argument("--keys", choices=("all", "odd", "even"), default="all")
    flags.add_argument("--common", action="store_true", help="only ids that English has too")
    flags.add_argument("--parse", action="store_true", help="through the parser of critiques")
    flags.add_argument("--misses", action="store_true", help="print the prompts that went wrong")
    chosen = flags.parse_args(argv)
    whole: list[Score] = []
    by_id: dict[str, list[int]] = {}
    loud = 0
    everything = rows(chosen.file, chosen.keys)
    if chosen.common:
        everything = tuple(
            replace(row, asked=tuple(one for one in row.asked if one.id in _GOLD))
            for row in everything
        )
    for row in everything:
        given = asked_by(_checks(row.prompt, by_parser=chosen.parse))
        one = score(row, given)
        whole.append(one)
        loud += bool(one.wrong)
        for asked in row.asked:
            counts = by_id.setdefault(asked.id, [0, 0, 0, 0])
            counts[0] += 1
        for id, n in (Counter(a.id for a in row.asked) & Counter(a.id for a in given)).items():
            by_id[id][1] += n
        for asked, n in (Counter(row.asked) & Counter(given)).items():
            by_id[asked.id][2] += n
        for id, n in (Counter(a.id for a in given) - Counter(a.id for a in row.asked)).items():
            by_id.setdefault(id, [0, 0, 0, 0])[3] += n
        if chosen.misses and (one.wrong or one.missed or one.exact < one.found):
            print(f"\n{row.key}: {row.prompt}\n  gold  {row.asked}\n  given {given}")
    found, wrong = sum(s.found for s in whole), sum(s.wrong for s in whole)
    missed, exact = sum(s.missed for s in whole), sum(s.exact for s in whole)
    print(f"rows {len(everything)}, instructions {found + missed}")
    for id in sorted(by_id):
        print("  {:45} gold {:3}  found {:3}  exact {:3}  wrong {:3}".format(id, *by_id[id]))
    print(f"precision  {found} of {found + wrong}: {interval(found, found + wrong)}")
    print(f"recall     {found} of {found + missed}: {interval(found, found + missed)}")
    print(f"micro-F1   {Score(found, wrong, missed, exact).f1:.3f}")
    print(f"exact arguments, of those found  {exact} of {found}: {interval(exact, found)}")
    whole_share = interval(exact, found + missed)
    print(f"exact arguments, of all          {exact} of {found + missed}: {whole_share}")
    print(
        f"prompts with a wrong id  {loud} of {len(everything)}: {interval(loud, len(everything))}"
    )


def _checks(prompt: str, *, by_parser: bool) -> list[Check]:
    if by_parser:
        return [wish.check for wish in parse(prompt, reply="") if wish.check is not None]
    return [one.check for one in constraints.read(prompt)]


def _asked(id: str, **args: Value) -> Asked:
    return Asked(id, tuple(sorted(args.items())))


def _plain(text: object) -> str:
    return " ".join(str(text).replace("’", "'").split()).strip(" \"'").casefold()


_COUNTED = {
    "words": "length_constraints:number_words", "sentences": "length_constraints:number_sentences",
}  # fmt: skip
_NAMES = {
    "angle_title": "detectable_format:title",
    "uppercase": "change_case:english_capital",
    "lowercase": "change_case:english_lowercase",
    "quotation": "startend:quotation",
    "no_comma": "punctuation:no_comma",
    "json_only": "detectable_format:json_format",
    "two_responses": "combination:two_responses",
    "choice": "detectable_format:constrained_response",
}
_LEAST = {
    "highlights": "detectable_format:number_highlighted_sections",
    "placeholders": "detectable_content:number_placeholders",
    "bullets": "detectable_format:number_bullet_lists",
    "bullet_count": "detectable_format:number_bullet_lists",
}


def _terms(one: Check, given: Sequence[Check], opens: Sequence[Check]) -> Iterator[Asked]:
    args = dict(one.args)
    kind, _, noun = one.name.partition("_")
    low = high = None
    if noun in ("words", "sentences", "paragraphs") and kind in ("min", "max"):
        low, high = (args["n"], None) if kind == "min" else (None, args["n"])
    elif noun == "between":
        noun, (low, high) = kind, (args["low"], args["high"])
    if one.name in ("contains", "forbids"):
        return
    if noun in _COUNTED and (low or high):
        if low is not None:
            yield _asked(_COUNTED[noun], low=int(low))
        if high is not None:
            yield _asked(_COUNTED[noun], high=int(high))
    elif noun == "paragraphs" and (low or high):
        if not opens:
            n = low if low is not None else high
            yield _asked("length_constraints:number_paragraphs", n=int(n or 0))
    elif one.name == "paragraph_opens":
        n, many = int(args["n"]), _paragraphs(given)
        yield _asked(
            "length_constraints:nth_paragraph_first_word",
            word=_plain(args["word"]), n=many if n < 0 else n, paragraphs=many,
        )  # fmt: skip
    elif one.name in ("word_times", "letter_times", "capital_words"):
        id = {
            "word_times": "keywords:frequency", "letter_times": "keywords:letter_frequency",
            "capital_words": "change_case:capital_word_frequency",
        }[one.name]  # fmt: skip
        bound: dict[str, Value] = (
            {"high": int(args["min"]) - 1} if one.negate else {"low": int(args["min"])}
        )
        if "word" in args:
            bound["word"] = _plain(args["word"])
        yield _asked(id, **bound)
    elif one.name == "word_exactly":
        word = _plain(args["word"])
        if args["n"] != 1:
            yield _asked("keywords:frequency", word=word, low=int(args["n"]))
        yield _asked("keywords:frequency", word=word, high=int(args["n"]))
    elif one.name in _LEAST and not one.negate:
        yield _asked(_LEAST[one.name], n=int(args.get("min", args.get("n", 0))))
    elif one.name == "sections":
        yield _asked(
            "detectable_format:multiple_sections", word=_plain(args["word"]), n=int(args["min"])
        )
    elif one.name == "postscript":
        yield _asked("detectable_content:postscript", mark=_plain(args["text"]))
    elif one.name == "repeats":
        yield _asked("combination:repeat_prompt", text=_plain(args["text"]))
    elif one.name == "ends_with":
        yield _asked("startend:end_checker", text=_plain(args["text"]))
    elif one.name == "language":
        yield _asked("language:response_language", language=str(args["code"]))
    elif one.name in _NAMES and not one.negate:
        yield _asked(_NAMES[one.name])
    else:
        yield Asked(f"ours:{'not ' * one.negate}{one.name}")


def _paragraphs(given: Sequence[Check]) -> int:
    for one in given:
        if one.name.endswith("_paragraphs") or one.name == "paragraphs_between":
            args = dict(one.args)
            return int(args.get("n", args.get("low", 0)))
    return 0


def _english(id: str) -> str:
    """The id without its language: es:change_case:spanish_capital is that of English."""
    parts = id.split(":")
    short = ":".join(parts[-2:])
    for tongue in ("spanish", "french", "japanese"):
        short = short.replace(f":{tongue}_", ":english_")
    return short


_GOLD = {
    *_COUNTED.values(), *_NAMES.values(), *_LEAST.values(), "length_constraints:number_paragraphs",
    "length_constraints:nth_paragraph_first_word", "keywords:frequency",
    "keywords:letter_frequency",
    "keywords:existence", "keywords:forbidden_words", "change_case:capital_word_frequency",
    "detectable_format:multiple_sections", "detectable_content:postscript",
    "combination:repeat_prompt", "startend:end_checker", "language:response_language",
}  # fmt: skip
# Relations as M-IFEval stores them, beside IFEval's two.
_LESS = {"menos de": -1, "moins de": -1, "未満": -1, "less than": -1, "como máximo": 0,
         "at most": 0, "au plus": 0, "以下": 0, "au maximum": 0, "máximo": 0}  # fmt: skip


def _gold(id: str, raw: Mapping[str, object]) -> Asked:
    args = {name: value for name, value in raw.items() if value is not None}
    bound: dict[str, Value] = {}
    relation = next((str(v) for k, v in args.items() if k.endswith("relation")), None)
    amounts = [
        int(str(v)) for k, v in args.items() if isinstance(v, int | float) and k != "nth_paragraph"
    ]
    if relation is not None and amounts:
        shift = _LESS.get(relation)
        bound = {"low": amounts[0]} if shift is None else {"high": amounts[0] + shift}
    match id.partition(":")[2]:
        case "existence" | "forbidden_words":
            words = args.get("keywords", args.get("forbidden_words", ()))
            listed = words if isinstance(words, list) else []
            return _asked(id, words=tuple(sorted({_plain(word) for word in listed})))
        case "frequency" | "letter_frequency":
            return _asked(id, word=_plain(args.get("keyword", args.get("letter", ""))), **bound)
        case "number_words" | "number_sentences" | "capital_word_frequency":
            return _asked(id, **bound)
        case "nth_paragraph_first_word":
            return _asked(id, word=_plain(args["first_word"]), n=int(str(args["nth_paragraph"])),
                          paragraphs=int(str(args["num_paragraphs"])))  # fmt: skip
        case "multiple_sections":
            return _asked(id, word=_plain(args.get("section_spliter", "")), n=amounts[0])
        case "postscript":
            return _asked(id, mark=_plain(args["postscript_marker"]))
        case "repeat_prompt":
            return _asked(id, text=_plain(args["prompt_to_repeat"]))
        case "end_checker":
            return _asked(id, text=_plain(args["end_phrase"]))
        case "response_language":
            return _asked(id, language=str(args["language"]))
        case _:
            return _asked(id, n=amounts[0]) if amounts else _asked(id)


if __name__ == "__main__":
    main()
