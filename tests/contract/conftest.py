"""One empty, migrated database of each kind; every store contract runs on both."""

import uuid

import pytest
from sqlalchemy import make_url, text

from worker.storage.engine import open_engine
from worker.storage.migrate import migrate


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request, tmp_path):
    if request.param == "sqlite":
        made = open_engine(f"sqlite:///{tmp_path}/marsad.sqlite", synchronous="OFF")
        migrate(made)
        yield made
        made.dispose()
        return
    server = request.getfixturevalue("postgres_url")
    name = f"t{uuid.uuid4().hex[:12]}"
    admin = open_engine(server, pooled=False)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    made = open_engine(make_url(server).set(database=name).render_as_string(hide_password=False))
    migrate(made)
    yield made
    made.dispose()
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()
