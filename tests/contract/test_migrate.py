"""A new database and one that took every migration are the same, and a newer one is refused."""

import pytest
from sqlalchemy import inspect, text

from worker.errors import StorageError
from worker.storage.engine import open_engine
from worker.storage.migrate import HEAD, MIGRATIONS, level, migrate
from worker.storage.tables import metadata


def shape(engine):
    """Tables with their columns, keys and indexes, as the database tells them."""
    found = inspect(engine)
    tables = {}
    for name in sorted(found.get_table_names()):
        if name == "alembic_version" or name.startswith("word_index"):  # SQLite keeps its index as tables
            continue
        tables[name] = (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
            sorted((i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in found.get_indexes(name)),
            sorted(tuple(u["column_names"]) for u in found.get_unique_constraints(name)),
            sorted(
                (tuple(f["constrained_columns"]), f["referred_table"]) for f in found.get_foreign_keys(name)
            ),
            found.get_pk_constraint(name)["constrained_columns"],
        )
    return tables


def test_the_migrations_lead_to_the_tables_that_a_new_database_gets(engine):
    new = shape(engine)
    assert set(new) == set(metadata.tables)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = 'base'"))
        connection.execute(text("DELETE FROM alembic_version"))
    assert migrate(engine) == "upgraded"
    assert level(engine) == HEAD
    assert shape(engine) == new


def triggers(engine):
    """What keeps the word index in step, and the index itself, as the database tells them."""
    query = (
        "SELECT name, sql FROM sqlite_schema WHERE sql LIKE '%word_index%' AND name NOT LIKE 'word_index_%' ORDER BY name"
        if engine.dialect.name == "sqlite"
        else "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = 'word_index'"
    )
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_the_word_index_of_a_migrated_database_is_that_of_a_new_one(engine):
    new = triggers(engine)
    assert new
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DELETE FROM alembic_version"))
    assert not triggers(engine)
    migrate(engine)
    assert triggers(engine) == new


def test_the_newest_migration_is_the_head_that_a_new_database_is_marked_with():
    revisions = sorted(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("0*.py"))
    assert revisions[-1] == HEAD


def test_a_current_database_is_left_alone(engine):
    assert migrate(engine) == "current"


def test_a_database_of_a_newer_marsad_is_refused_with_what_to_do(engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="newer"):
        migrate(engine)


def test_a_foreign_database_with_our_table_names_is_refused(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/foreign.sqlite")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE items (id INTEGER)"))
    with pytest.raises(StorageError, match="did not make"):
        migrate(engine)
