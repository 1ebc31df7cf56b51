"""Migrations run in order, each whole with its own record, and an old file becomes a new one."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data import columns, tasks
from data.schema import MIGRATIONS, Migration
from data.store import Store
from data.tables import TABLES

pytestmark = pytest.mark.usefixtures("new_memories")  # migrations are what is tested

OLD = (Path(__file__).parent / "fixtures" / "memory-0001.sql").read_text("utf-8")
FIRST = Migration("1", "CREATE TABLE one (id INTEGER); INSERT INTO one VALUES (7)")
SECOND = Migration("2", "CREATE TABLE two AS SELECT id + 1 AS id FROM one")
BROKEN = Migration("2", "CREATE TABLE two (id INTEGER); INSERT INTO nowhere VALUES (1)")


def names(store: Store) -> list[str]:
    return [name for (name,) in store.rows("SELECT name FROM migration ORDER BY name")]


def test_migrations_run_once_in_their_order_and_are_written_down(tmp_path: Path) -> None:
    path = tmp_path / "memory.duckdb"
    Store(path, migrations=[FIRST]).close()

    store = Store(path, migrations=[FIRST, SECOND])

    assert store.rows("SELECT id FROM one") == [(7,)]
    assert store.rows("SELECT id FROM two") == [(8,)]
    assert names(store) == ["1", "2"]
    store.close()


def test_a_migration_that_fails_leaves_the_file_at_the_step_before(tmp_path: Path) -> None:
    path = tmp_path / "memory.duckdb"

    with pytest.raises(duckdb.Error, match="nowhere"):
        Store(path, migrations=[FIRST, BROKEN])

    store = Store(path, migrations=[FIRST])
    assert names(store) == ["1"]
    assert store.rows("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'two'") == [(0,)]
    store.close()


def test_a_file_of_the_first_schema_is_brought_up_to_date_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "memory.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute(OLD)

    store = Store(path)

    (task,) = tasks.listing(store)
    assert [turn.text for turn in tasks.turns(store, task.id)] == [
        "Tell me about tea.",
        "For whom?",
    ]
    assert tasks.questions(store, task.id)[0].options == ("a child", "an expert")
    assert names(store) == [migration.name for migration in MIGRATIONS]
    assert store.verify() == ()
    store.close()


def test_the_first_migration_is_still_what_it_was_when_it_was_released() -> None:
    then = duckdb.connect(":memory:")
    then.execute(OLD)
    now = Store(None, migrations=MIGRATIONS[:1])

    query = (
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns()"
        " WHERE NOT internal ORDER BY table_name, column_index"
    )

    assert now.rows(query) == then.execute(query).fetchall()


def test_every_record_finds_its_columns_in_its_table() -> None:
    store = Store(None)
    elsewhere = {"adapter": {"lessons", "preferences"}}  # in adapter_lesson, adapter_preference

    for kind, table in TABLES.items():
        found = store.rows(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
            [table],
        )
        wanted = [each for each in columns.names(kind) if each not in elsewhere.get(table, set())]
        assert sorted(name for (name,) in found) == sorted(wanted), table


def test_no_table_has_a_foreign_key_a_check_or_a_secondary_index() -> None:
    store = Store(None)

    kinds = {kind for (kind,) in store.rows("SELECT constraint_type FROM duckdb_constraints()")}

    assert kinds == {"PRIMARY KEY", "NOT NULL"}
    assert store.rows("SELECT * FROM duckdb_indexes()") == []
