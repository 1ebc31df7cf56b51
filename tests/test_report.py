"""A report looks at prompts that nothing has learned from, and counts how often it looked."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from assistant import adapters, report
from assistant.rates import Rate
from assistant.report import Report
from assistant.scripted import NAME, ScriptedModel
from data import audit, ledger, preferences, versions
from data.split import normalised, split_of
from data.store import Store
from data.types import AdapterVersion, Check, Condition, Lesson, Message, Refusal
from feedback import examples
from tests import steps
from tests.records import AT, a_preference
from tests.stand_ins import embed

LONG = "Of {} much is known. There is more. It goes on."
SHORT = "Of {} much is known."
ONE = Check("max_sentences", (("n", 1),))
EXPLAIN = (("task_type", "explanation"),)
Says = Callable[[str], str]


def short(asked: str) -> str:
    return SHORT.format(asked.strip(".?!"))


def endless(asked: str) -> str:
    return f"Of {asked.strip('.?!')} " + "and on " * 50 + "much is known."


@dataclass
class Home:
    """A memory with a live version of some lessons; the version says `says(request)`."""

    folder: Path
    store: Store = field(default_factory=lambda: Store(None))
    says: Says = short
    asked: list[tuple[str, int | None]] = field(default_factory=list)

    def lesson(
        self, effect: str = "answer in one sentence", where: Condition = (), check: Check = ONE
    ) -> Lesson:
        new = Lesson("", "", effect, "", where, check, AT, "learned", "endorsed")
        return ledger.add(self.store, new)

    def learn(self, *lessons: Lesson) -> AdapterVersion:
        live = versions.live(self.store)
        made = adapters.save(
            self.folder,
            number=adapters.next_number(self.store, self.folder),
            parent=None if live is None else live.number,
            base=NAME,
            lessons=[one.id for one in lessons],
            preferences=(),
            seed=0,
            tensors={"x.lora_B": np.ones((1, 1), dtype=np.float32)},
            settings={},
            losses=[1.0],
        )
        return versions.add(self.store, replace(made, state="live"))

    def write(self, messages: Sequence[Message], version: int | None) -> str:
        asked = messages[-1].text
        self.asked.append((asked, version))
        assert "one sentence" not in " ".join(one.text for one in messages)
        return LONG.format(asked.strip(".?!")) if version is None else self.says(asked)

    def report(self) -> Report:
        model = ScriptedModel(complete=self.write)
        return steps.result(report.make(self.store, model, embed, 0, 96))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_report_counts_before_and_after_by_the_check_and_by_its_twin(home: Home) -> None:
    lesson = home.lesson()
    home.learn(lesson)

    made = home.report()

    (look,) = made.looks
    assert look.lesson == lesson.id
    assert (look.obeyed.before, look.obeyed.after) == (Rate(0, 12), Rate(12, 12))
    assert (look.sense.before, look.sense.after) == (Rate(12, 12), Rate(12, 12))
    assert look.outside.after.n == 0  # it holds everywhere
    assert made.alarms == ()


def test_it_is_kept_as_a_run_with_metrics_of_the_split_audit(home: Home) -> None:
    lesson = home.lesson()
    version = home.learn(lesson)

    made = home.report()

    (run,) = versions.runs(home.store, "report")
    assert (run.id, run.adapter) == (made.run, version.number)
    metrics = {one.name: one for one in versions.metrics(home.store, run.id)}
    assert {one.split for one in metrics.values()} == {"audit"}
    after = metrics[f"{lesson.id} obeyed after"]
    assert (after.value, after.n) == (1.0, 12)
    assert after.low == pytest.approx(0.7575, abs=1e-4)
    assert report.last(home.store) == report.stored(home.store, run) == made


def test_only_audit_prompts_are_asked_and_both_models_get_the_same(home: Home) -> None:
    home.learn(home.lesson())

    home.report()

    untaught = [asked for asked, version in home.asked if version is None]
    taught = [asked for asked, version in home.asked if version == 1]
    assert untaught == taught
    assert {split_of(asked, "pool") for asked in taught} == {"audit"}


def test_a_scoped_lesson_is_looked_at_outside_its_scope_too(home: Home) -> None:
    lesson = home.lesson(where=EXPLAIN)
    home.learn(lesson)

    made = home.report()

    (look,) = made.looks
    n = look.obeyed.after.n
    assert n >= report.LEAST
    assert look.obeyed.after == Rate(n, n)
    assert (look.outside.before, look.outside.after) == (Rate(0, 12), Rate(0, 12))  # it is silent
    assert sum(version == 1 for _, version in home.asked) == n
    assert "  where it should not act: 0 → 0 of 12 (95 % interval 0.00 to 0.24)" in report.lines(
        made, [lesson]
    )


def test_a_scoped_lesson_leaks_through_a_block_that_it_shares_with_one_that_always_holds(
    home: Home,
) -> None:
    lesson = home.lesson(where=EXPLAIN)
    home.learn(lesson, home.lesson("use no commas", check=Check("no_comma")))

    made = home.report()

    (look,) = [one for one in made.looks if one.lesson == lesson.id]
    assert (look.outside.before, look.outside.after) == (Rate(0, 12), Rate(12, 12))
    assert "  where it should not act: 0 → 12 of 12 (95 % interval 0.76 to 1.00)" in report.lines(
        made, [lesson]
    )


def test_outside_its_scope_nothing_counts_where_a_lesson_of_its_kind_holds(home: Home) -> None:
    everywhere, scoped = home.lesson(), home.lesson(where=EXPLAIN)
    home.learn(everywhere, scoped)

    looks = {one.lesson: one for one in home.report().looks}

    assert looks[scoped.id].outside.after.n == 0
    assert looks[scoped.id].obeyed.after.n >= report.LEAST


def test_every_reading_of_the_panel_is_counted_and_told(home: Home) -> None:
    first = home.lesson()
    home.learn(first)
    home.report()
    version = home.learn(first, home.lesson("answer briefly", EXPLAIN))

    made = home.report()

    # Once for the prompts and once for each lesson's twin, on this version and its parent.
    assert made.readings == (1 + 1) + (1 + 2)
    assert made.readings == audit.consulted(home.store, version.number)
    assert made.conditions.audit_reads == made.readings
    assert "The audit panel was read 5 times" in "\n".join(report.lines(made, []))


@pytest.mark.parametrize("since", ["nothing", "withdrawn", "lesson retired"])
def test_a_prompt_that_reads_like_one_trained_on_is_left_out(home: Home, since: str) -> None:
    lesson = home.lesson()
    home.learn(lesson)
    home.report()
    seen = home.asked[0][0]
    alike = next(
        text for n in range(50) if split_of(text := f"{seen} {'!' * n}", "chat") == "train"
    )
    other = home.lesson("answer in one sentence, please")
    row = preferences.add(home.store, replace(a_preference(alike), lesson=other.id))
    if since == "withdrawn":
        preferences.withdraw(home.store, [row.id], "the person kept it out of learning")
    if since == "lesson retired":
        ledger.change(home.store, replace(other, status="retired"), "switched off")
    assert normalised(alike) != normalised(seen)
    assert (row in preferences.training(home.store)) == (since == "nothing")
    home.asked.clear()

    (look,) = home.report().looks

    assert seen not in {asked for asked, _ in home.asked}
    assert look.obeyed.after.n == report.MOST  # another one took its place


def test_too_few_prompts_are_told_and_not_counted_on(home: Home) -> None:
    lesson = home.lesson(where=(("topic", "zeppelins"),))
    home.learn(lesson)

    made = home.report()

    assert made.looks[0].obeyed.after.n < report.LEAST
    lines = report.lines(made, [lesson])
    assert lines[1].startswith("Answer in one sentence: not enough data (")
    assert json.loads(made.to_json())["looks"][0]["obeyed"]["enough"] is False


def test_what_is_met_more_and_makes_less_sense_is_alarmed_about(home: Home) -> None:
    lesson = home.lesson()
    home.learn(lesson)
    home.says = lambda asked: short(asked) if len(asked) % 2 else LONG.format(asked.strip(".?!"))
    first = home.report()
    home.says = endless
    home.learn(lesson)

    made = home.report()

    assert first.alarms == ()
    (alarm,) = made.alarms
    assert alarm.obeyed.passed > alarm.obeyed_then.passed
    assert (alarm.sense_then, alarm.sense) == (Rate(12, 12), Rate(0, 12))
    (said,) = [line for line in report.lines(made, [lesson]) if line.startswith("Look at")]
    assert "its check passes 12 of 12 replies" in said
    assert "but the second look only 0 of 12" in said
    assert "letter only" in report.told(made, [lesson])


@pytest.mark.parametrize("later", [short, lambda asked: LONG.format(asked)])
def test_better_in_both_or_worse_in_one_is_no_alarm(home: Home, later: Says) -> None:
    lesson = home.lesson()
    home.learn(lesson)
    home.report()
    home.says = later

    assert home.report().alarms == ()


def test_a_report_that_is_stopped_keeps_no_figure_but_its_readings(home: Home) -> None:
    home.learn(home.lesson())
    model = ScriptedModel(complete=home.write)
    making = report.make(home.store, model, embed, 0, 96)
    while "untaught" not in next(making).label:
        pass

    making.close()

    (run,) = versions.runs(home.store, "report")
    assert (run.outcome, run.audit_reads) == ("stopped", 1)
    assert report.last(home.store) is None
    assert versions.metrics(home.store, run.id) == ()


def test_no_word_of_a_prompt_or_a_person_is_kept(home: Home) -> None:
    home.learn(home.lesson("answer in one xylophonic sentence"))

    made = home.report()

    kept = made.to_json() + str(home.store.rows("SELECT * FROM run, metric"))
    assert "xylophonic" not in kept
    assert [asked for asked, _ in home.asked if asked in kept] == []
    named = {one.text for one in examples.pool()}
    assert {asked for asked, _ in home.asked} <= named


def test_without_a_taught_version_there_is_nothing_to_report(home: Home) -> None:
    with pytest.raises(Refusal, match="the untaught model is answering"):
        home.report()
    home.learn()
    with pytest.raises(Refusal, match="version 1 holds no lesson any more"):
        home.report()


def test_the_lines_give_counts_with_their_interval_and_end_with_the_conditions(
    home: Home,
) -> None:
    lesson = home.lesson()
    home.learn(lesson)

    lines = report.lines(home.report(), [lesson])

    assert lines[0] == "Version 1 beside the untaught model, on audit prompts:"
    assert lines[1] == "Answer in one sentence: 0 → 12 of 12 (95 % interval 0.76 to 1.00)"
    assert lines[2].startswith("  on a second look (ends as a sentence,")
    assert lines[-6].startswith("Checked by code, in two ways, on up to 12 prompts a lesson")
    assert len(lines) == 3 + 6
