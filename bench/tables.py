"""Result files of the benches as tables and plots in docs/.

Knows no model: it reads what was measured, adds intervals, and writes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench import figures
from bench.count import Count, summary

Row = dict[str, Any]
RESULTS = Path("bench/results")  # what was measured and is committed
COUNTED = ("before", "first", "last")
NAMES = {
    "ours": "ours (heed)",
    "ours with pairs": "ours with a pair loss",
    "ours without hold": "ours, the base's own tokens fitted and not held",
    "ours without weights": "ours, every token alike",
    "sft in blocks": "SFT in blocks behind the scope test",
    "one adapter": "one adapter: replay, near and general answers held",
    "sft with replay": "one adapter: SFT with replay",
    "sft": "one adapter: SFT on the revision",
    "dpo": "one adapter: DPO, reference = base",
    "c3po": "one adapter: C3PO loss",
    "distilled": "one adapter: token-level self-distillation (KL to the told base)",
    "hindsight": "one adapter: token-level advantage in hindsight (SDPO)",
    "rule in the prompt": "rules in the prompt, each where it holds",
}


def objectives(homes: Sequence[Path], docs: Path) -> None:
    """Writes docs/bench-objectives.md from every result file below `homes`; the last one counts."""
    files = {f"{path.parent.name}/{path.name}": path for path in _files(homes, "*-*-*/*.json")}
    found: dict[tuple[str, str], list[Row]] = {}
    for _, path in sorted(files.items()):
        row = json.loads(path.read_text("utf-8"))
        if isinstance(row, dict) and "arm" in row:
            found.setdefault((path.parent.name.rpartition("-")[0], row["arm"]), []).append(row)
    lines = [
        "# Which objective teaches best",
        "",
        "Raters are code checks on replies of a model, not persons. Lessons are taught one after",
        "the other, each from the version before, on the same verified answers, each seen four",
        "times; replies are greedy, at most 64 tokens, with no rule in the prompt unless the row",
        "says so. Arms of one adapter serve it everywhere. Ours has a block for each lesson that",
        "speaks where heed's scope test says that the lesson holds; that test reads the words of a",
        "request, and is right on all 384 requests of the 16 scoped lessons of this bench, which",
        "name their place. See docs/log.md for requests that do not.",
        "adherence: share of 12 held requests per lesson that obey, right after its round. leak:",
        "how much more often 12 near requests obey than before. retention: share of the first",
        "adherence that is left at the end, at most 1. mean: of adherence, 1 - leak and",
        "retention, with a 95 % interval from resampling lessons within seeds. Written by",
        "`make bench-objectives`.",
    ]
    for form in sorted({form for form, _ in found}):
        lines += ["", f"## {form}", "", HEAD, "| --- " * (HEAD.count("|") - 1) + "|"]
        rows = [_line(arm, rows) for (kind, arm), rows in found.items() if kind == form]
        lines += [text for _, text in sorted(rows, reverse=True)]
    (docs / "bench-objectives.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


HEAD = (
    "| objective | seeds | lessons | adherence | leak | retention | **mean** [95 %] | drift, nats |"
    " CPU s a lesson |"
)


def _line(arm: str, rows: Sequence[Row]) -> tuple[float, str]:
    summed = [summary(row) for row in rows]
    mean = {name: float(np.mean([one[name] for one in summed])) for name in summed[0]}
    low, high = figures.interval([_by_lesson(row) for row in rows], _mean)
    spent = [value for row in rows for value in row["cpu seconds a lesson"]]
    cost = f"{np.mean(spent):.0f}" if spent else "-"
    lessons = "/".join(str(len(row["first"])) for row in rows)
    text = (
        f"| {NAMES.get(arm, arm)} | {len(rows)} | {lessons} | {mean['adherence']:.2f} |"
        f" {mean['leak']:.2f} | {mean['retention']:.2f} |"
        f" **{mean['mean']:.2f}** [{low:.2f}, {high:.2f}] | {mean['drift']:.3f} | {cost} |"
    )
    return mean["mean"], text


def _by_lesson(row: Row) -> list[Row]:
    return [{name: row[name][at] for name in COUNTED} for at in range(len(row["first"]))]


def _mean(lessons: Sequence[Row]) -> float:
    rows = {name: [one[name] for one in lessons] for name in COUNTED}
    return summary(rows | {"drift": 0.0})["mean"]


def _files(homes: Sequence[Path], pattern: str) -> list[Path]:
    return [path for home in homes for path in sorted(home.glob(pattern))]


def learning(homes: Sequence[Path], docs: Path) -> None:
    """Writes docs/bench-learning.md and docs/bench-learning.svg from every seed below `homes`."""
    seeds: dict[str, list[Row]] = {}
    files = {path.parent.name: path for path in _files(homes, "*-*-*/results.json")}
    for _, path in sorted(files.items()):
        if "-without-" not in path.parent.name:
            row = json.loads(path.read_text("utf-8"))
            seeds.setdefault(path.parent.name.rpartition("-")[0], []).append(row)
    lines = [
        "# One sentence, once: the sequential bench",
        "",
        "Raters are code checks on replies of a model, not persons. Each lesson is taught by one",
        "round of the product (examples, learning, gate), from the version before; 12 held",
        "requests a lesson, greedy replies of at most 64 tokens, no lesson in the prompt. *told*:",
        "the untaught model with this rule in its prompt; *any*: requests for which any of three",
        "ways to tell it gives a verified reply (what the teacher can reach). Leak: how much more",
        "often near requests obey than before the lesson. Retention: share of the first rate of a",
        "lesson that is left, at most 1. Intervals: 95 % of the means over seeds, lessons drawn",
        "anew within each. Written by `make bench-learning`.",
    ]
    for form, rows in sorted(seeds.items()):
        lines += ["", f"## {form}, {len(rows)} seed{'s' * (len(rows) > 1)}", ""]
        lines += [*_lessons(rows), "", *_figures(rows), "", *_totals(rows)]
    (docs / "bench-learning.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    _plot(seeds, docs / "bench-learning.svg")


def _lessons(rows: Sequence[Row]) -> list[str]:
    lines = [
        "| lesson | untaught | told | any | outcome | first | at the end | twin at the end |"
        " near: before -> after | CPU s |",
        "| --- " * 10 + "|",
    ]
    for slug in figures.slugs(rows[0]):
        done = [row for row in rows if f"taught {slug}" in row]
        first = [Count(**row[f"taught {slug}"]["first"]) for row in done]
        ends = [_end(row, slug) for row in done if "last" in row]
        alone = rows[0][f"untaught {slug}"]
        outcomes = [row[f"taught {slug}"]["outcome"] for row in done]
        spent = [round(row[f"taught {slug}"]["seconds"]["cpu"]) for row in done]
        n = alone["of_inside"]
        was = _all(row[f"taught {slug}"]["before"]["near"] for row in done)
        near = f"{was} -> {_all(one.near for one in first)} of {alone['of_near']}"
        lines.append(
            f"| {slug} | {alone['inside']} | {alone['told']} | {alone['any']} |"
            f" {', '.join(outcomes)} | {_all(one.inside for one in first)} of {n} |"
            f" {_all(one.inside for one in ends)} | {_all(one.twin for one in ends)} |"
            f" {near if alone['of_near'] else '-'} | {_all(spent)} |"
        )
    return lines


def _figures(rows: Sequence[Row]) -> list[str]:
    """Of the lessons that went into the weights, over all seeds."""
    lines = ["| figure | lessons | by seed | mean [95 %] |", "| --- " * 4 + "|"]
    for one in figures.of(rows):
        values = _all(f"{value:.2f}" for value in one.values)
        lines.append(
            f"| {one.name} | {_all(one.lessons)} | {values} |"
            f" {one.mean:.2f} [{one.low:.2f}, {one.high:.2f}] |"
        )
    for name, seconds in (
        ("seconds of the last lesson over those of the second (wall)", figures.of_lesson),
        ("the same of their rounds, with what is tried again (CPU)", figures.of_round),
    ):
        grown = [figures.growth(row, seconds) for row in rows]
        grown = [each for each in grown if not math.isnan(each)]
        if grown:
            values = _all(f"{each:.2f}" for each in grown)
            lines.append(f"| {name} | - | {values} | {np.mean(grown):.2f} |")
    return lines


def _totals(rows: Sequence[Row]) -> list[str]:
    lines = []
    for row in rows:
        slugs = [slug for slug in figures.slugs(row) if f"taught {slug}" in row]
        taught = [row[f"taught {slug}"] for slug in slugs]
        live = [slug for slug, one in zip(slugs, taught, strict=True) if one["outcome"] == "live"]
        first = {slug: Count(**row[f"taught {slug}"]["first"]) for slug in live}
        total = sum(one.inside for one in first.values())
        of = sum(one.of_inside for one in first.values())
        reach = sum(row[f"untaught {slug}"]["any"] for slug in live)
        said = [
            f"Seed {row['seed']} ({row['base']}): {len(live)} of {len(taught)} lessons went into"
            f" the weights, the others act from the prompt. Of those in the weights, right after"
            f" their round {total} of {of} replies obey (any way to tell the base: {reach})."
        ]
        if "last" in row:
            ends = {slug: _end(row, slug) for slug in live}
            kept = sum(min(ends[s].inside, first[s].inside) for s in live)
            spread = sum(max(0, first[s].near - row[f"taught {s}"]["before"]["near"]) for s in live)
            near = sum(one.of_near for one in first.values())
            said.append(
                f"At the end {sum(one.inside for one in ends.values())} of {of} obey"
                f" ({kept} of the first {total} are kept); near requests: {spread} of {near} more"
                f" than before; drift {row['last']['drift']:.3f} nats a token on plain text."
            )
        walls = [one["seconds"]["wall"] for one in taught if one.get("whole", True)]
        said.append(
            "Seconds a lesson (wall, with generation and gate): median"
            f" {np.median(walls or [math.nan]):.0f}; peak memory"
            f" {max(one['peak GiB'] for one in taught):.1f} GiB;"
            f" {taught[-1]['tokens']} prompt tokens saved at the last lesson's request."
        )
        for name, one in row.items():
            if name.startswith("forgotten ") and "now" in one:
                now, never = Count(**one["now"]), Count(**one["never taught"])
                said.append(
                    f"Forgot {name.removeprefix('forgotten ')!r}: {now.inside} of {now.of_inside}"
                    f" obey, {never.inside} in a build that never saw it;"
                    f" weights {'equal' if one['same bits'] else 'differ from'} that build bit for"
                    f" bit; served in {_seconds(one.get('seconds until served'))}, rebuilt in"
                    f" {_seconds(one['seconds until rebuilt'])}; files with its words:"
                    f" {len(one['files with its words'])}."
                )
        lines += ["- " + " ".join(said)]
    return lines


def _plot(seeds: Mapping[str, Sequence[Row]], path: Path) -> None:
    """Adherence by lesson, right after its round and at the end."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "heed"
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(
        len(seeds), 1, figsize=(9, 3.2 * len(seeds)), squeeze=False, constrained_layout=True
    )
    for panel, (form, rows) in zip(panels[:, 0], sorted(seeds.items()), strict=True):
        slugs = figures.slugs(rows[0])
        at = np.arange(len(slugs))
        marks: tuple[tuple[str, float, str, Any], ...] = (
            ("untaught", -0.3, "#9aa0a6", lambda row, s: row[f"untaught {s}"]["inside"]),
            (
                "told (rule in the prompt)",
                -0.1,
                "#f2a93b",
                lambda row, s: row[f"untaught {s}"]["told"],
            ),
            (
                "after its round",
                0.1,
                "#2a7de1",
                lambda row, s: row[f"taught {s}"]["first"]["inside"],
            ),
            ("at the end", 0.3, "#12805c", lambda row, s: _end(row, s).inside),
        )
        for name, shift, colour, value in marks:
            heights = [
                np.mean(
                    [value(row, s) for row in rows if f"taught {s}" in row and "last" in row] or [0]
                )
                for s in slugs
            ]
            panel.bar(at + shift, heights, 0.2, color=colour, label=name)
        panel.set_xticks(at, slugs, rotation=35, ha="right", fontsize=7)
        panel.set_ylim(0, 12.5)
        panel.set_ylabel("obeying replies of 12")
        panel.set_title(f"{form}: mean of {len(rows)} seed(s); raters are code checks", fontsize=9)
        panel.legend(fontsize=7, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.45))
    figure.savefig(path, metadata={"Date": None})


def _end(row: Row, slug: str) -> Count:
    found = figures.counted(row, "last", slug)
    assert found is not None
    return found


def _seconds(value: float | None) -> str:
    return "more than one process" if value is None else f"{value:.1f} s"


def _all(values: Any) -> str:
    return "/".join(str(value) for value in values)
