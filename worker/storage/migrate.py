"""Brings a database to the present level: at once when it is new, by Alembic when it is older."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from worker.errors import StorageError
from worker.storage.engine import reading, writing
from worker.storage.level import HEAD
from worker.storage.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"


def level(engine: Engine) -> str | None:
    """Name the revision the database is at; None for an empty database."""
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> str:
    """Make the database current and say what was done: `new`, `current` or `upgraded`.

    A new database gets the tables at once; Alembic is imported only where there is a step to take.
    Two processes that start together take turns. Raises `StorageError` for a database from a
    newer Marsad.
    """
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7364923)"))
        tables = inspect(connection).get_table_names()
        if "alembic_version" not in tables:
            if set(tables) & set(metadata.tables):
                raise StorageError(
                    "the database has tables of these names that Marsad did not make",
                    remedy="give Marsad a database of its own",
                )
            metadata.create_all(connection)
            connection.execute(
                text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            )
            connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
            return "new"
        present = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if present == HEAD:
        return "current"
    _upgrade(engine, present)
    return "upgraded"


def _upgrade(engine: Engine, present: str | None) -> None:
    from alembic import command  # noqa: PLC0415 - 150 ms that a current database need not wait for
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as fault:
        raise StorageError(
            f"the database is at level {present!r}, which this version does not know: {fault}",
            remedy="start the newer Marsad that made it, or restore a backup",
        ) from fault
