"""Fixtures that every kind of test shares."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _loopback_only(socket_enabled, monkeypatch):
    """No test reaches beyond this machine: pytest-socket refuses every other host."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the checkout; tests that need it skip where it is absent."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("needs the real material in ../shared, which is not part of the project")
    return path
