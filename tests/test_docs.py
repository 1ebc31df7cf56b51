"""The documentation names every command, setting, table and file, and its links lead somewhere."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from assistant.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SETTINGS = (ROOT / "docs/settings.md").read_text("utf-8")
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += [ROOT / "bench/README.md"]
PAGES += sorted((ROOT / "docs").glob("*.md"))
FLOORS = ("data", "feedback", "clarify", "assistant", "ui")


def tree() -> set[Path]:
    """The files that README's tree names, from its indented lines."""
    found: set[Path] = set()
    folder = Path()
    for line in README.splitlines():
        match = re.match(r"^    (  )*([\w/.-]+?)(/?)(?:\s{2,}|$)", line)
        if match is None:
            continue
        name = match.group(2)
        if match.group(3):
            folder = Path(name)
        elif line.startswith("      ") and folder != Path():
            found.add(folder / name)
    return found


def test_the_first_screen_names_the_two_commands() -> None:
    first = "\n".join(README.splitlines()[:20])

    assert "make chat" in first
    assert "make test" in first


def test_every_command_and_flag_is_named() -> None:
    source = (ROOT / "ui/arguments.py").read_text("utf-8")
    commands = re.findall(r'command\(\s*"([a-z]+)"', source)
    flags = re.findall(r'"(--[a-z-]+)"', source)

    assert "chat" in commands
    assert [name for name in commands if f"`heed {name}" not in SETTINGS] == []
    assert [flag for flag in flags if f"`{flag}`" not in SETTINGS] == []


def test_every_setting_is_named() -> None:
    names = [field.name for field in fields(Settings)]

    assert [name for name in names if f"| `{name}` |" not in SETTINGS] == []


def test_every_table_is_named_and_no_other() -> None:
    schema = (ROOT / "data/schema.py").read_text("utf-8")
    tables = set(re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", schema))
    documented = set(re.findall(r"^\| `(\w+)` \|", SETTINGS.partition("## Tables")[2], re.M))

    assert tables == documented


def test_every_make_target_is_named() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    pages = ("CONTRIBUTING.md", "bench/README.md")
    said = README + "".join((ROOT / page).read_text("utf-8") for page in pages)

    assert [name for name in targets if f"make {name}" not in said] == []


def test_the_tree_names_every_file_and_no_other() -> None:
    there = {
        path.relative_to(ROOT)
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*")
        if path.suffix in {".py", ".js", ".css", ".json", ".jsonl"} and path.name != "__init__.py"
    }

    assert tree() == there


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_sentence_of_the_changelog_is_short() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    entries = [line for line in lines if line.startswith("- ")]

    assert entries
    assert [entry for entry in entries if len(entry[2:].split()) > 25] == []
