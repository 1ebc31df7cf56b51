"""Settings come from defaults, then heed.toml, then flags; a bad one is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import default_home, load
from data.types import Refusal


def test_flags_beat_the_file_and_the_file_beats_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "heed.toml").write_text('port = 9000\nquestions = "less"\n')

    settings = load(tmp_path, port=9100, model=None)

    assert (settings.port, settings.questions, settings.model) == (9100, "less", "")


def test_the_home_is_made_and_only_the_person_may_read_it(tmp_path: Path) -> None:
    home = load(tmp_path / "new" / "heed").home

    assert home.is_dir()
    assert home.stat().st_mode & 0o077 == 0


def test_the_environment_names_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEED_HOME", str(tmp_path))

    assert default_home() == tmp_path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('quantize = "int3"', "'int3' .* is not one of auto, nf4, none"),
        ("colour = 1", "no setting 'colour'"),
        ('port = "many"', "'many' .* is not a number"),
        ("model = 3", "3 .* is not a text"),
        ("model = ['a']", "a.* is not a text"),
        ("[model]\nname = 'a'", "a.* is not a text"),
        ("port = 70000", "70000 .* is not between"),
        ("drafts = 0", "0 .* is not between 1 and 64"),
        ("port = ", "cannot be read"),
    ],
)
def test_a_bad_setting_is_one_clear_sentence(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "heed.toml").write_text(text)

    with pytest.raises(Refusal, match=says):
        load(tmp_path)


def test_a_home_that_cannot_be_made_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(Refusal, match="cannot keep its memory"):
        load(tmp_path / "file" / "home")


def test_a_settings_file_that_is_a_folder_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "heed.toml").mkdir()

    with pytest.raises(Refusal, match=r"heed\.toml' cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["a\0b", "half \udcff", "~nobody-of-this-name/heed"])
def test_a_home_that_cannot_be_a_folder_is_one_clear_sentence(name: str) -> None:
    with pytest.raises(Refusal, match="cannot keep its memory"):
        load(Path(name))
