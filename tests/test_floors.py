"""The house rules that a machine can check: floors, homes of heavy libraries, sizes, names.

Reads source text only; it imports no floor, so it runs in a fraction of a second.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
BELOW = {
    "data": frozenset[str](),
    "feedback": frozenset({"data"}),
    "clarify": frozenset({"data"}),
    "assistant": frozenset({"data", "feedback", "clarify"}),
    "ui": frozenset({"data", "assistant"}),
}
# Not packaged: they import any floor, and no floor imports them.
BESIDE = ("bench", "heads", "prior", "tests")
HOMES = {
    "duckdb": "data",
    "torch": "assistant",
    "transformers": "assistant",
    "peft": "assistant",
    "bitsandbytes": "assistant",
    "accelerate": "assistant",
    "sentence_transformers": "assistant",
    "sklearn": "assistant",
    "safetensors": "assistant",
    "tokenizers": "assistant",
    "huggingface_hub": "assistant",
    "gguf": "assistant",
    "gradio": "ui",
    "fastapi": "ui",
    "starlette": "ui",
    "uvicorn": "ui",
    "markdown_it": "ui",
}
LINES = 400
VAGUE = {"utils", "util", "common", "core", "base", "manager", "helpers", "misc"}
PROBES = {"getattr", "hasattr", "__import__", "import_module"}


class Import(NamedTuple):
    """One imported module, by its full dotted name, and the function that it stands in."""

    name: str
    inside: str | None  # the function's own docstring, "" without one; None at module level
    line: int


@cache
def tree(source: str) -> ast.Module:
    """A source text read once for all tests."""
    return ast.parse(source)


@cache
def imports(source: str) -> tuple[Import, ...]:
    """Every import of a source text, those inside functions included."""

    def walk(node: ast.AST, inside: str | None) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            match child:
                case ast.Import():
                    for alias in child.names:
                        yield Import(alias.name, inside, child.lineno)
                case ast.ImportFrom():
                    module = "." * child.level + (child.module or "")
                    for alias in child.names:
                        yield Import(f"{module}.{alias.name}", inside, child.lineno)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    yield from walk(child, ast.get_docstring(child) or "")
                case _:
                    yield from walk(child, inside)

    return tuple(walk(tree(source), None))


def climbs(floor: str, source: str) -> list[str]:
    """The imports that a file on this floor may not have: upward, sideways or relative."""
    found = []
    for name, _, line in imports(source):
        top = name.split(".")[0]
        if top == "" or (top in {*BELOW, *BESIDE} and top not in {floor, *BELOW[floor]}):
            found.append(f"line {line}: {name}")
    return found


def strangers(floor: str, source: str) -> list[str]:
    """The heavy libraries that a file imports although their home is another floor."""
    return [
        f"line {line}: {name}"
        for name, _, line in imports(source)
        if HOMES.get(name.split(".")[0], floor) != floor
    ]


def late(path: Path, source: str) -> list[str]:
    """The imports inside functions, but for the composition root and those with a stated reason."""
    if path == Path("ui/cli.py"):
        return []
    return [
        f"line {line}: {name}"
        for name, inside, line in imports(source)
        if inside is not None and not (path.parts[0] == "assistant" and "import" in inside.lower())
    ]


def folders_imported(source: str) -> list[str]:
    """The imports of ours that name a folder, or a thing in a folder, instead of a file."""
    found = []
    for name, _, line in imports(source):
        parts = name.split(".")
        if parts[0] not in {*BELOW, *BESIDE}:
            continue
        if not any(there("/".join(parts[:n]) + ".py") for n in range(2, len(parts) + 1)):
            found.append(f"line {line}: {name}")
    return found


def probes(source: str) -> list[str]:
    """The uses of getattr, hasattr and imports by a string."""
    return [
        f"line {node.lineno}"
        for node in ast.walk(tree(source))
        if (isinstance(node, ast.Name) and node.id in PROBES)
        or (isinstance(node, ast.Attribute) and node.attr in PROBES)
    ]


@cache
def there(name: str) -> bool:
    """Whether a file of ours has this path, relative to the root."""
    return (ROOT / name).is_file()


@cache
def own(path: Path) -> frozenset[Path]:
    """The files of ours that a file imports at module level, relative to the root."""
    found: set[Path] = set()
    for name, inside, _ in imports(text_of(path)):
        parts = name.split(".")
        if inside is None and parts[0] in BELOW:
            files = ["/".join(parts[:n]) + ".py" for n in (len(parts), len(parts) - 1)]
            found.update(Path(file) for file in files if there(file))
    return frozenset(found)


def reached(start: Path) -> set[Path]:
    """All files of ours that importing one file loads."""
    seen: set[Path] = set()
    queue = [start]
    while queue:
        path = queue.pop()
        if path not in seen:
            seen.add(path)
            queue.extend(own(path))
    return seen


FILES = sorted(
    path.relative_to(ROOT)
    for folder in (*BELOW, *BESIDE)
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".js", ".css"} and path.is_file()
)
PYTHON = [path for path in FILES if path.suffix == ".py"]
SOURCES = [path for path in PYTHON if path.parts[0] in BELOW]


@cache
def text_of(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def complaints(rule: str, found: dict[Path, list[str]]) -> None:
    """Fails with every breach of a rule, one per line."""
    told = [f"{path}: {item}" for path, items in found.items() for item in items]
    assert told == [], rule + "\n" + "\n".join(told)


def test_every_floor_has_files() -> None:
    assert {path.parts[0] for path in SOURCES} == set(BELOW)


def test_imports_go_down_only() -> None:
    complaints("goes up or sideways", {p: climbs(p.parts[0], text_of(p)) for p in SOURCES})


def test_heavy_libraries_stay_in_their_homes() -> None:
    complaints("lives elsewhere", {p: strangers(p.parts[0], text_of(p)) for p in SOURCES})


def test_imports_stand_at_the_top_of_their_file() -> None:
    complaints("is a late import", {p: late(p, text_of(p)) for p in SOURCES})


def test_files_are_imported_and_never_folders() -> None:
    complaints("imports a folder", {p: folders_imported(text_of(p)) for p in PYTHON})


def test_no_file_is_longer_than_400_lines() -> None:
    long = {p: [f"{n} lines"] for p in FILES if (n := len(text_of(p).splitlines())) > LINES}
    complaints("is too long: find the second noun", long)


def test_nothing_is_probed_by_name() -> None:
    complaints("probes", {p: probes(text_of(p)) for p in SOURCES})


def test_what_stands_beside_the_floors_is_not_packaged() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]

    assert wheel["targets"]["wheel"]["packages"] == sorted(BELOW)


def test_every_package_file_is_one_docstring() -> None:
    for path in (p for p in PYTHON if p.name == "__init__.py"):
        body = tree(text_of(path)).body
        assert len(body) == 1, path
        assert isinstance(body[0], ast.Expr), path
        assert isinstance(body[0].value, ast.Constant), path


def test_every_module_says_what_it_is_and_what_it_does_not_know() -> None:
    short = {
        p: ["needs two sentences in its docstring"]
        for p in PYTHON
        if p.parts[0] != "tests"
        and p.name != "__init__.py"
        and (ast.get_docstring(tree(text_of(p))) or "").count(".") < 2
    }
    complaints("says too little", short)


def test_no_file_has_a_vague_name() -> None:
    assert [p for p in FILES if VAGUE & set(p.stem.split("_"))] == []


def test_the_session_knows_neither_the_model_nor_a_heavy_library() -> None:
    loaded = reached(Path("assistant/session.py"))

    assert Path("assistant/model.py") not in loaded
    at_home = {"duckdb"}  # the store's own, 0.2 s
    for path in loaded:
        heavy = {n.split(".")[0] for n, inside, _ in imports(text_of(path)) if inside is None}
        allowed = at_home | {"safetensors"}  # of numpy, without torch
        assert not heavy & set(HOMES) - allowed, path


def test_only_the_audit_knows_the_twins() -> None:
    users = {p for p in SOURCES if Path("data/checks/twins.py") in own(p)}

    assert users == {Path("data/audit.py")}


def test_only_the_report_asks_the_audit() -> None:
    users = {p for p in SOURCES if Path("data/audit.py") in own(p)}

    assert users == {Path("assistant/report.py")}


@pytest.mark.parametrize(
    "learner",
    ["build", "curriculum", "gate", "instructions", "learn", "lecture", "redraft", "teacher"],
)
def test_nothing_that_learns_or_judges_a_candidate_reaches_the_audit(learner: str) -> None:
    loaded = reached(Path(f"assistant/{learner}.py"))

    forbidden = {"data/audit.py", "data/checks/twins.py", "assistant/report.py"}
    assert not loaded & {Path(name) for name in forbidden}


def test_the_split_of_the_audit_is_named_where_it_is_made_and_read_only() -> None:
    naming = {
        path
        for path in SOURCES
        for node in ast.walk(tree(text_of(path)))
        if isinstance(node, ast.Constant) and node.value == "audit"
    }

    assert naming == {
        Path("assistant/report.py"),  # the split of its metrics
        Path("data/audit.py"),
        Path("data/split.py"),
        Path("data/types.py"),
    }


def test_no_other_distribution_shadows_a_floor() -> None:
    # Seen: a stray top-level `data/` in site-packages comes before an editable install.
    others = [Path(entry).resolve() for entry in sys.path if entry]
    strays = [
        str(entry / floor)
        for entry in others
        if entry != ROOT and entry.is_dir()
        for floor in BELOW
        if (entry / floor).is_dir() or (entry / f"{floor}.py").is_file()
    ]

    assert strays == []


@pytest.mark.parametrize(
    ("floor", "line"),
    [
        ("data", "from feedback import parse"),
        ("feedback", "from clarify import ask"),
        ("clarify", "def f():\n    import feedback.parse"),
        ("assistant", "from ui import app"),
        ("ui", "from feedback import parse"),
        ("data", "from . import types"),
        ("ui", "from bench import ratio"),
        ("assistant", "from tests import tiny"),
    ],
)
def test_a_climbing_import_is_seen(floor: str, line: str) -> None:
    assert climbs(floor, line)


def test_a_library_away_from_home_is_seen() -> None:
    assert strangers("ui", "def f():\n    import torch.nn")
    assert strangers("assistant", "import duckdb")
    assert not strangers("assistant", "import torch")


def test_a_late_import_needs_a_reason_and_a_place() -> None:
    bare = 'def f():\n    """Reads."""\n    import json'
    told = 'def f():\n    """Imports late: json takes a second."""\n    import json'

    assert late(Path("data/x.py"), told)
    assert late(Path("assistant/x.py"), bare)
    assert not late(Path("assistant/x.py"), told)
    assert not late(Path("ui/cli.py"), bare)


def test_a_probe_and_a_folder_import_are_seen() -> None:
    assert probes("x = getattr(y, 'z')")
    assert probes("import importlib\nimportlib.import_module('torch')")
    assert folders_imported("from data import Store")
    assert folders_imported("import data")
    assert not folders_imported("from data import types")
    assert not folders_imported("from data.types import Turn")
