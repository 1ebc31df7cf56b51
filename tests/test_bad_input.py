"""Whatever is typed or found on the disk: one clear sentence, exit 1, and nothing is lost."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.scripted import ScriptedModel
from data.store import Store
from tests.shell import HONEY, PURR, SKY, TOO_LONG, Ran, Shell, as_it_was, shell, taught
from ui import cli

CLOSED_DOOR = "http://127.0.0.1:9"  # nobody listens there


@pytest.fixture
def fresh(tmp_path: Path) -> Shell:
    return shell(tmp_path)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """One request and its reply. For what is refused and so changes nothing."""
    made = shell(tmp_path_factory.mktemp("asked"))
    made.heed("ask", SKY)
    return made


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Shell]:
    """A home with one lesson taught, as it was then at every call."""
    return as_it_was(tmp_path_factory.mktemp("taught"), taught)


def refused(ran: Ran) -> str:
    """The one sentence of a refusal."""
    (line,) = ran.err.splitlines()
    assert ran.code == 1
    assert ran.out == ""
    assert line[-1] in ".)"
    assert "Traceback" not in line
    return line


def kept(shell: Shell) -> list[tuple[str, str]]:
    """What stands in the memory: kind and text of each turn of the last chat."""
    chats = shell.heed("chats", "--json").records
    if not chats:
        return []
    return [
        (one["kind"], one["text"]) for one in shell.heed("show", chats[0]["id"], "--json").records
    ]


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x07\x1b"])
def test_no_words_are_refused_and_leave_no_chat(fresh: Shell, text: str) -> None:
    assert refused(fresh.heed("ask", text)) == ("There are no words in that; type something first.")
    assert fresh.heed("chats", "--json").records == []


def test_100_kilobytes_are_refused_with_both_numbers(fresh: Shell) -> None:
    sentence = refused(fresh.heed("ask", "a" * 100_000))

    assert "100,000" in sentence
    assert "20,000" in sentence
    assert kept(fresh) == []


def test_control_characters_are_left_out_of_what_is_kept(fresh: Shell) -> None:
    ran = fresh.heed("ask", "Why is\x00 the sky\x1b blue?\x07", "--json")

    assert ran.code == 0
    assert kept(fresh)[0] == ("request", SKY)


@pytest.mark.parametrize(
    "words", ["Viel zu lang, bitte kürzer.", "もっと短く、丁寧にお願いします。", "أقصر من فضلك"]
)
def test_a_critique_in_another_language_is_kept_letter_for_letter(fresh: Shell, words: str) -> None:
    fresh.heed("ask", SKY)
    fresh.model.queue(("Air scatters blue light.", "Blue light is scattered.", "It scatters."))

    ran = fresh.heed("critique", words, "--json")

    assert ran.code == 0, ran.err
    assert ran.records[0]["text"] == words
    assert ("critique", words) in kept(fresh)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (("chats", "half \udcff"), "udcff"),
        (("show", "half \udcff"), "udcff"),
        (("lessons", "--edit", "x", "half \udcff"), "udcff"),
        (("data", "backup", "half \udcff"), "udcff"),
        (("data", "backup", "~nobody-of-this-name/x"), "nobody-of-this-name"),
        (("critique", "no", "--quote", "air", "--occurrence", "0"), "--occurrence"),
        (("critique", "no", "--quote", "air", "--occurrence", "9" * 20), "--occurrence"),
        (("demo", "--port", "70000"), "70000"),
        (("demo", "--port", "-1"), "-1"),
    ],
)
def test_an_argument_that_nothing_can_be_done_with_is_named(
    asked: Shell, words: tuple[str, ...], value: str
) -> None:
    assert value in refused(asked.heed(*words))


def test_bytes_that_are_no_text_may_come_through_a_pipe(
    fresh: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Why \xff?"), "utf-8"))

    assert fresh.heed("ask", "-").code == 0

    assert kept(fresh)[0] == ("request", "Why \ufffd?")


def test_a_critique_without_a_reply_says_what_to_do_first(fresh: Shell) -> None:
    assert refused(fresh.heed("critique", "too long")) == (
        'There is no reply to criticise yet. Ask for one first: heed ask "...".'
    )


def test_an_empty_critique_loses_neither_reply_nor_request(asked: Shell) -> None:
    assert refused(asked.heed("critique", "")).startswith("There are no words in that")
    assert [kind for kind, _ in kept(asked)] == ["request", "draft"]


def test_words_that_are_not_in_the_reply_cannot_be_marked(asked: Shell) -> None:
    sentence = refused(asked.heed("critique", "wrong", "--quote", "green cheese"))

    assert "'green cheese'" in sentence
    assert [kind for kind, _ in kept(asked)] == ["request", "draft"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (("critique", "no", "--turn", "nonsense"), "'nonsense'"),
        (("accept", "--turn", "nonsense"), "'nonsense'"),
        (("show", "nonsense"), "'nonsense'"),
        (("ask", "Hi", "--chat", "nonsense"), "'nonsense'"),
        (("forget", "nonsense"), "'nonsense'"),
        (("lessons", "--approve", "nonsense"), "'nonsense'"),
        (("lessons", "--stance", "nonsense", "loved"), "'loved'"),
        (("adapters", "use", "7"), "7"),
    ],
)
def test_an_unknown_id_is_named(asked: Shell, words: tuple[str, ...], value: str) -> None:
    assert value in refused(asked.heed(*words))


@pytest.mark.parametrize(
    "words", [("accept",), ("again",), ("answer", "1"), ("undo",), ("learn",), ("show",)]
)
def test_a_verb_with_nothing_to_act_on_says_so(fresh: Shell, words: tuple[str, ...]) -> None:
    refused(fresh.heed(*words))


def test_an_accepted_reply_without_a_critique_teaches_nothing_yet(fresh: Shell) -> None:
    fresh.heed("ask", SKY)
    fresh.heed("accept", "--always")

    assert refused(fresh.heed("learn")).startswith("There is nothing new to teach")


@pytest.mark.parametrize("content", [b"not a database at all" * 1000, b"\x00" * 50_000])
def test_a_corrupt_memory_is_refused_and_left_as_it_is(fresh: Shell, content: bytes) -> None:
    memory = fresh.home / "memory.duckdb"
    memory.write_bytes(content)

    sentence = refused(fresh.heed("lessons"))

    assert str(memory) in sentence
    assert memory.read_bytes() == content


def test_the_memory_of_a_newer_heed_is_refused_and_left_as_it_is(fresh: Shell) -> None:
    fresh.heed("ask", SKY)
    memory = fresh.home / "memory.duckdb"
    store = Store(memory)
    store.execute("INSERT INTO migration VALUES ('9999 from the future', now())")
    store.close()
    before = memory.read_bytes()

    sentence = refused(fresh.heed("ask", "More?"))

    assert "newer" in sentence
    assert memory.read_bytes() == before


def test_a_memory_that_another_process_holds_is_named_with_that_process(fresh: Shell) -> None:
    hold = (
        "import sys; from pathlib import Path; from data.store import Store;"
        "store = Store(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(fresh.home / "memory.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        sentence = refused(fresh.heed("lessons"))
        holder.communicate("")

    assert sentence == (
        f"heed is already open with this memory (process {holder.pid}). "
        "Use that window, or close it first."
    )


@pytest.mark.parametrize(
    ("toml", "value"),
    [("model = ", "heed.toml"), ("colour = 'red'", "'colour'"), ("questions = 'all'", "'all'")],
)
def test_a_settings_file_that_makes_no_sense_is_named(fresh: Shell, toml: str, value: str) -> None:
    (fresh.home / "heed.toml").write_text(toml)

    assert value in refused(fresh.heed("lessons"))


def test_a_version_of_another_base_does_not_answer_and_the_lesson_still_acts(
    again: Callable[[], Shell],
) -> None:
    fresh = again()
    other = shell(fresh.home, name="other/nf4")

    ran = other.heed("ask", HONEY, "--json")

    assert ran.code == 0
    assert "'scripted/none'" in ran.err
    assert "'other/nf4'" in ran.err
    assert ran.records[0]["version"] is None
    assert len(ran.records[0]["lessons"]) == 1
    assert ran.records[0]["text"].startswith("Bees carry nectar home")


def test_a_version_whose_weights_were_damaged_is_retired_with_a_sentence(
    again: Callable[[], Shell],
) -> None:
    fresh = again()
    (weights,) = (fresh.home / "adapters" / "0001").glob("*.safetensors")
    weights.write_bytes(weights.read_bytes()[:-4] + b"oops")

    asked = fresh.heed("ask", PURR, "--json")
    states = [one["state"] for one in fresh.heed("adapters", "--json").records]

    assert asked.records[0]["version"] is None
    assert states == ["live", "retired"]


def test_a_model_that_breaks_while_learning_leaves_the_old_version(fresh: Shell) -> None:
    fresh.heed("ask", SKY)
    fresh.heed("critique", TOO_LONG)
    fresh.heed("accept", "--always")
    broken = shell(fresh.home, fails_at=2)

    ran = broken.heed("learn")

    assert ran.code == 1
    assert "Nothing was lost" in ran.err
    assert fresh.heed("adapters", "--json").kinds == ["version"]
    assert not list((fresh.home / "adapters").glob("*"))
    assert fresh.heed("learn").code == 0


def real(home: Path, *words: str) -> Ran:
    """A heed of its own that would load a real model, with the hub out of reach."""
    code = f"import sys; from ui import cli; sys.exit(cli.main({['--home', str(home), *words]!r}))"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "HF_ENDPOINT": CLOSED_DOOR, "HF_HOME": str(home / "hub")},
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def last_line(ran: Ran) -> str:
    assert ran.code == 1
    assert "Traceback" not in ran.err
    return ran.err.splitlines()[-1]


def huge(folder: Path) -> Path:
    """A model folder whose header promises weights that no computer holds; 1 kB on the disk."""
    folder.mkdir()
    header = json.dumps(
        {"w.weight": {"dtype": "F32", "shape": [10**7, 10**7], "data_offsets": [0, 4 * 10**14]}}
    ).encode()
    (folder / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header)
    (folder / "config.json").write_text('{"model_type": "llama"}')
    (folder / "tokenizer.json").write_text("{}")
    return folder


@pytest.mark.weights
def test_an_unknown_model_without_a_network_keeps_the_request(tmp_path: Path) -> None:
    ran = real(tmp_path, "ask", SKY, "--model", "nobody/no-such-model")

    assert last_line(ran) == (
        "'nobody/no-such-model' is not on this computer and the network cannot be reached. "
        "Without --model heed uses its starter model, which needs none."
    )
    assert kept(Shell(tmp_path, ScriptedModel())) == [("request", SKY)]


@pytest.mark.weights
def test_a_model_that_is_neither_id_nor_folder_is_named(tmp_path: Path) -> None:
    assert "'no model / at all'" in last_line(
        real(tmp_path, "ask", SKY, "--model", "no model / at all")
    )


@pytest.mark.weights
def test_a_model_that_does_not_fit_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    ran = real(tmp_path, "ask", SKY, "--model", str(huge(tmp_path / "huge")))

    assert "GiB" in last_line(ran)
    assert kept(Shell(tmp_path, ScriptedModel())) == [("request", SKY)]


def test_a_refusal_is_one_line_also_with_json(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()

    code = cli.main(["--home", str(tmp_path), "--json", "accept"], ScriptedModel(), out, err)

    assert (code, out.getvalue()) == (1, "")
    assert len(err.getvalue().splitlines()) == 1
