"""Telling is free of penalty: nothing joins a disclosure to a preference, choice or metric."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from data.store import Store

ROOT = Path(__file__).parent.parent
REWARDS = re.compile(r"\b(?:preference|choice|metric)\b")


def texts(source: str) -> list[str]:
    """Every string of a source text, the fixed parts of a formatted one put together."""
    tree = ast.parse(source)
    return [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)] + [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_no_column_leads_from_a_reward_to_a_disclosure_or_back() -> None:
    rows = Store(None).rows("SELECT table_name, column_name FROM duckdb_columns()")
    columns = {(table, column) for table, column in rows}

    assert {column for table, column in columns if table == "disclosure"} == {
        "id",
        "turn",
        "text",
        "kind",
        "useful",
    }
    assert [(table, column) for table, column in columns if "disclosure" in column] == []


def test_no_query_names_a_disclosure_and_a_reward_together() -> None:
    found = [
        (file.name, text)
        for floor in ("data", "feedback", "clarify", "assistant", "ui")
        for file in (ROOT / floor).rglob("*.py")
        for text in texts(file.read_text("utf-8"))
        if re.search(r"\bdisclosure\b", text)
        and REWARDS.search(text)
        and re.search(r"\b(?:SELECT|FROM|JOIN|TABLE)\b", text)
    ]

    assert found == []
