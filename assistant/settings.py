"""The few things a person may set. Defaults, then heed.toml in the home, then flags.

Knows no model: a number that one file uses is a constant in that file.
"""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal, get_args

from data.types import Refusal

Quantize = Literal["auto", "nf4", "none"]
Device = Literal["auto", "cpu", "cuda"]
Learn = Literal["asked", "idle"]
Approve = Literal["ask", "on_accept"]
Questions = Literal["never", "less", "normal", "more"]

CLOSED: dict[str, tuple[str, ...]] = {
    "quantize": get_args(Quantize),
    "device": get_args(Device),
    "learn": get_args(Learn),
    "approve": get_args(Approve),
    "questions": get_args(Questions),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one running heed."""

    home: Path
    """Where everything is kept: memory, adapters, starter model. Mode 0700."""
    model: str = ""
    """Empty for the starter; else a folder, a GGUF file or a Hugging Face id."""
    quantize: Quantize = "auto"
    """auto: NF4 on a GPU; on a CPU whatever was measured faster."""
    device: Device = "auto"
    host: str = "127.0.0.1"
    port: int = 7860
    """0 takes any free port."""
    password: str = ""
    """Needed before heed binds anything but this computer's own address."""
    learn: Learn = "asked"
    """idle: approved lessons are taught when nobody has typed for a while."""
    approve: Approve = "ask"
    """on_accept: accepting a repaired reply also approves the lesson in it."""
    questions: Questions = "normal"
    """How readily heed asks before it writes."""
    drafts: int = 6
    """Candidates sampled for one repair."""
    tokens: int = 256
    """The longest reply, in tokens."""
    seed: int = 0


def default_home() -> Path:
    """$HEED_HOME, else the platform's folder for a person's data."""
    named = os.environ.get("HEED_HOME")
    if named:
        return Path(named).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "heed"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "heed"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / "heed"


def load(home: Path | None = None, **flags: str | int | None) -> Settings:
    """Settings of this home; flags that are None leave the file's value. Makes the home folder.

    Raises Refusal for a value outside its set, an unknown name, or a file that is not TOML.
    """
    place = home or default_home()
    try:
        place = place.expanduser().absolute()
        str(place).encode()
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (OSError, ValueError, RuntimeError) as problem:  # no user "~x", a NUL, half a character
        why = problem.strerror if isinstance(problem, OSError) else str(problem).rstrip(".")
        raise Refusal(f"heed cannot keep its memory in {str(place)!r}: {why}.") from problem
    settings = _changed(Settings(home=place), _file(place / "heed.toml"), "heed.toml")
    given = {name: value for name, value in flags.items() if value is not None}
    return _changed(settings, given, "the command line")


def _file(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Refusal(f"The settings file {str(path)!r} cannot be read: {problem}.") from problem


def _changed(
    settings: Settings, values: dict[str, object] | dict[str, str | int], where: str
) -> Settings:
    kinds = {field.name: str(field.type) for field in fields(Settings) if field.name != "home"}
    for name, value in values.items():
        if name not in kinds:
            raise Refusal(
                f"There is no setting {name!r} (in {where}); there are: {', '.join(kinds)}."
            )
        if name in CLOSED and value not in CLOSED[name]:
            raise Refusal(
                f"{name} = {value!r} (in {where}) is not one of {', '.join(CLOSED[name])}."
            )
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole if kinds[name] == "int" else not isinstance(value, str):
            kind = "number" if kinds[name] == "int" else "text"
            raise Refusal(f"{name} = {value!r} (in {where}) is not a {kind}.")
    for name, least, most in (("port", 0, 65535), ("drafts", 1, 64), ("tokens", 8, 32768)):
        value = values.get(name)
        if isinstance(value, int) and not least <= value <= most:
            raise Refusal(f"{name} = {value!r} (in {where}) is not between {least} and {most}.")
    return replace(settings, **values)
