"""`--model`: a folder, a GGUF file, an id; and one sentence for each that cannot be loaded."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event

import pytest
import torch

from assistant import loading, quantize, weights
from assistant.download import Hub
from assistant.model import LocalModel
from assistant.protocols import Progress
from assistant.settings import Settings
from data.types import Message, Refusal
from tests import tiny

pytestmark = pytest.mark.weights

CLOSED = "http://127.0.0.1:9"  # nobody listens there
ASKED = (Message("user", "Hello?"),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.save(tmp_path / "Tiny-Llama")


def silent(progress: Progress) -> None:
    """Nobody listens."""


def load(home: Path, model: str, hub: Hub | None = None, **more: str) -> LocalModel:
    settings = Settings(home, model=model, device="cpu", **more)  # type: ignore[arg-type]
    return loading.model(settings, silent, hub)


@contextmanager
def served(repository: Path | None) -> Iterator[str]:
    """A hub with one model, "heed/tiny", or none; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            name = path.rpartition("/")[2]
            if repository is None or "heed/tiny" not in path:
                self._say(404, b'{"error": "Repository not found"}', "RepoNotFound")
            elif path.startswith("/api/"):
                self._say(200, json.dumps(self._listing(repository)).encode())
            elif (repository / name).is_file():
                self._say(200, (repository / name).read_bytes())
            else:
                self._say(404, b"{}", "EntryNotFound")

        def _listing(self, repository: Path) -> object:
            files = [
                {"rfilename": path.name, "size": path.stat().st_size}
                for path in sorted(repository.iterdir())
            ]
            return {"id": "heed/tiny", "sha": "a" * 40, "siblings": files}

        def _say(self, code: int, body: bytes, error: str = "") -> None:
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", f'"{hash(body)}"')
            self.send_header("X-Repo-Commit", "a" * 40)
            if error:
                self.send_header("X-Error-Code", error)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_local_folder_speaks(folder: Path, tmp_path: Path) -> None:
    model = load(tmp_path, str(folder), quantize="none")

    assert "".join(model.stream(ASKED, seed=1, limit=8, stop=Event()))


def test_the_same_base_has_the_same_name_wherever_it_lies(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "copies" / "Tiny-Llama"
    elsewhere.parent.mkdir()
    folder.rename(elsewhere)
    moved = load(tmp_path, str(elsewhere), quantize="nf4").name
    elsewhere.rename(folder)

    assert load(tmp_path, str(folder), quantize="nf4").name == moved
    assert moved.startswith("tiny-llama@")
    assert moved.endswith("/nf4")


def test_another_base_in_a_folder_of_that_name_has_another_name(
    folder: Path, tmp_path: Path
) -> None:
    before = weights.fingerprint(folder)

    tiny.llama(seed=1).save_pretrained(folder)

    assert weights.fingerprint(folder) != before


def test_weights_that_changed_under_a_name_are_told_from_what_they_were(
    folder: Path, tmp_path: Path
) -> None:
    before = load(tmp_path, str(folder), quantize="nf4").fingerprint
    assert load(tmp_path, str(folder), quantize="none").fingerprint == before

    tiny.llama(seed=1).save_pretrained(folder)

    assert load(tmp_path, str(folder), quantize="nf4").fingerprint not in ("", before)


def test_progress_says_what_is_loaded_and_why_in_this_form(folder: Path, tmp_path: Path) -> None:
    heard: list[str] = []

    loading.model(
        Settings(tmp_path, model=str(folder), device="cpu"), lambda p: heard.append(p.label)
    )

    assert heard[-1].startswith("Loading tiny-llama@")
    assert "faster on a CPU than NF4" in heard[-1]


@pytest.mark.parametrize(
    "text", ["no/such/folder", "./nothing", "one two", "/etc/hostname", "plain"]
)
def test_what_is_no_model_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refusal, match=r"no folder, no \.gguf file and no Hugging Face id"):
        load(tmp_path, text)


def test_a_gguf_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"There is no file '.*none\.gguf'"):
        load(tmp_path, str(tmp_path / "none.gguf"))


@pytest.mark.parametrize(("name", "what"), [("config.json", "model"), ("tokenizer.json", "token")])
def test_a_folder_that_lacks_a_part_is_refused(
    folder: Path, tmp_path: Path, name: str, what: str
) -> None:
    (folder / name).unlink()
    (folder / "tokenizer_config.json").unlink()

    with pytest.raises(Refusal, match=f"holds no {what}"):
        load(tmp_path, str(folder))


def cut(folder: Path) -> None:
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-64])


def unknown_kind(folder: Path) -> None:
    file = folder / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"model_type": "no-such-kind"}))


def no_json(folder: Path) -> None:
    (folder / "config.json").write_text("{")


@pytest.mark.parametrize("spoil", [cut, unknown_kind, no_json])
def test_a_folder_that_transformers_cannot_read_is_refused(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(folder)

    with pytest.raises(Refusal, match=r"'tiny-llama@\w+' cannot be loaded: .*\.$"):
        load(tmp_path, str(folder))


def test_a_base_that_does_not_fit_is_refused_before_it_is_loaded(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantize, "room", lambda device: 1000)

    with pytest.raises(Refusal, match=r"'tiny-llama@\w+' needs about 0\.8 GiB in \w+ and 0\.0 GiB"):
        load(tmp_path, str(folder))


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_a_gpu_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="There is no GPU"):
        loading.model(Settings(tmp_path, device="cuda"), silent)


def test_no_network_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="'heed/tiny' is not on this computer and the network"):
        load(tmp_path, "heed/tiny", Hub(CLOSED, tmp_path / "cache"))


def test_an_unknown_id_is_one_sentence(tmp_path: Path) -> None:
    with (
        served(None) as address,
        pytest.raises(Refusal, match="There is no model 'heed/tiny' on the hub"),
    ):
        load(tmp_path, "heed/tiny", Hub(address, tmp_path / "cache"))


def test_a_model_is_fetched_once_and_then_needs_no_network(folder: Path, tmp_path: Path) -> None:
    with served(folder) as address:
        fetched = load(tmp_path, "heed/tiny", Hub(address, tmp_path / "cache"))

    kept = load(tmp_path, "heed/tiny", Hub(CLOSED, tmp_path / "cache"))

    assert fetched.name == kept.name
    assert kept.name.startswith("tiny@")


def test_what_does_not_fit_is_refused_before_it_is_fetched(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantize, "room", lambda device: 1000)

    with served(folder) as address, pytest.raises(Refusal, match="'heed/tiny' needs about"):
        load(tmp_path, "heed/tiny", Hub(address, tmp_path / "cache"))

    assert not list((tmp_path / "cache").rglob("*.safetensors"))
